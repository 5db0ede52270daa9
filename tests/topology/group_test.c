#include "tests/topology/world_of.h"

#define PLAIN(name) "  " name ": {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc}}\n"
#define RULE(name, type, properties)                                                               \
    "  " name ":\n    Type: AWS::EC2::SecurityGroup" type "\n    Properties: {" properties "}\n"
#define SSH "IpProtocol: tcp, FromPort: 22, ToPort: 22"

static void standalone_rules_join_their_group(void **state)
{
    (void)state; /* 2.1.1, 2.1.2 */
    struct built *b = built_of("Resources:\n" B_VPC PLAIN("G")
                                   RULE("A", "Ingress", "GroupId: !Ref G, CidrIp: 1.0.0.0/8, " SSH)
                                       RULE("B", "Ingress",
                                            "GroupId: !GetAtt G.GroupId, CidrIp: "
                                            "2.0.0.0/8, " SSH));
    assert_block(b, "group G",
                 "group G vpc=Vpc\n"
                 "  rule in tcp 22-22 1.0.0.0/8\n"
                 "  rule in tcp 22-22 2.0.0.0/8\n"
                 "  rule out all 0.0.0.0/0\n"
                 "  rule out all ::/0\n");
    const struct topology_origin *o = topology_origin(b->t, built_group(b, "G")->rules.at[0].id);
    assert_str(o->resource->id, "A");
    assert_string_equal(o->type, "AWS::EC2::SecurityGroupIngress");
    assert_str(built_text(b, o->at), "1.0.0.0/8");
    assert_true(str_starts(built_text(b, o->block), STR("A:\n")));
    built_free(b);
}

static void any_written_egress_takes_the_default_away(void **state)
{
    (void)state; /* 2.1.4 */
    static const struct {
        const char *inline_egress;
        const char *separate;
        const char *rules;
    } rows[] = {
        {"", "", "  rule out all 0.0.0.0/0\n  rule out all ::/0\n"},
        {", SecurityGroupEgress: []", "", "  rule out all 0.0.0.0/0\n  rule out all ::/0\n"},
        {", SecurityGroupEgress: [!Ref 'AWS::NoValue']", "",
         "  rule out all 0.0.0.0/0\n  rule out all ::/0\n"},
        {", SecurityGroupEgress: [{IpProtocol: -1, CidrIp: 127.0.0.1/32}]", "",
         "  rule out all 127.0.0.1/32\n"},
        {"", RULE("E", "Egress", "GroupId: !Ref G, CidrIp: 8.0.0.0/8, " SSH),
         "  rule out tcp 22-22 8.0.0.0/8\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        char expected[512];
        snprintf(text, sizeof text,
                 "Resources:\n%s"
                 "  G:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {VpcId: !Ref Vpc%s}\n%s",
                 B_VPC, rows[i].inline_egress, rows[i].separate);
        snprintf(expected, sizeof expected, "group G vpc=Vpc\n%s", rows[i].rules);
        struct built *b = built_of(text);
        assert_block(b, "group G", expected);
        built_free(b);
    }
}

static void conditional_egress_leaves_the_default_elsewhere(void **state)
{
    (void)state;
    struct built *b =
        built_of("Parameters:\n"
                 "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                 "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
                 "Resources:\n" B_VPC PLAIN(
                     "G") "  E:\n"
                          "    Type: AWS::EC2::SecurityGroupEgress\n"
                          "    Condition: IsDev\n"
                          "    Properties: {GroupId: !Ref G, CidrIp: 8.0.0.0/8, IpProtocol: -1}\n");
    assert_block(b, "group G",
                 "group G vpc=Vpc\n"
                 "  rule out all 8.0.0.0/8 when Env=dev\n"
                 "  rule out all 0.0.0.0/0 when Env=prod\n"
                 "  rule out all ::/0 when Env=prod\n");
    built_free(b);
}

static void creation_order_may_delete_a_copy_of_the_default_egress(void **state)
{
    (void)state; /* 2.1.4, aws-cdk#987 */
    struct built *b =
        built_of("Resources:\n" B_VPC PLAIN("G")
                     RULE("All", "Egress", "GroupId: !Ref G, CidrIp: 0.0.0.0/0, IpProtocol: -1")
                         RULE("One", "Egress", "GroupId: !Ref G, CidrIp: 8.0.0.0/8, " SSH));
    assert_block(b, "group G",
                 "group G vpc=Vpc\n"
                 "  rule out all 0.0.0.0/0 when A-EGRESSORDER(G)\n"
                 "  rule out tcp 22-22 8.0.0.0/8\n");
    built_free(b);
}

static void names_lead_to_groups_of_the_templates(void **state)
{
    (void)state; /* 2.1.6; another account's group is none of ours */
    struct built *b =
        built_of("Resources:\n"
                 "  G: {Type: AWS::EC2::SecurityGroup, Properties: {GroupName: web}}\n"
                 "  H: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: h}}\n" RULE(
                     "A", "Ingress", "GroupName: web, CidrIp: 1.0.0.0/8, " SSH)
                     RULE("B", "Ingress", "GroupName: !Ref H, SourceSecurityGroupName: web, " SSH)
                         RULE("C", "Ingress",
                              "GroupName: web, SourceSecurityGroupName: elb, "
                              "SourceSecurityGroupOwnerId: amazon-elb, " SSH));
    assert_line(b, "group G vpc=DefaultVPC");
    assert_line(b, "  rule in tcp 22-22 1.0.0.0/8");
    assert_line(b, "  rule in tcp 22-22 group=G");
    assert_line(b, "  rule in tcp 22-22 group=elb");
    assert_line(b, "group elb vpc=-");
    assert_int_equal(built_group(b, "H")->rules.n, 3);
    built_free(b);
}

static void a_rule_for_a_group_outside_stands_there(void **state)
{
    (void)state; /* 2.1.11: its other rules are A-SG, but only once an interface carries it */
    struct built *b =
        built_of("Parameters: {Sg: {Type: 'AWS::EC2::SecurityGroup::Id'}}\n"
                 "Resources:\n" RULE("A", "Ingress", "GroupId: !Ref Sg, CidrIp: 0.0.0.0/0, " SSH));
    assert_block(b, "group Sg", "group Sg vpc=-\n  rule in tcp 22-22 0.0.0.0/0\n");
    assert_true(b->t->groups.at[0].outside);
    assert_null(b->t->groups.at[0].resource);
    assert_false(b->t->groups.at[0].has_interface);
    built_free(b);
}

static void a_rule_that_names_no_group_is_warned_of(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" RULE("A", "Ingress", "CidrIp: 0.0.0.0/0, " SSH));
    assert_int_equal(built_said(b, DIAG_CONFIG, "names no group"), 1);
    built_free(b);
}

static void optional_rules_are_items_with_guards(void **state)
{
    (void)state; /* T37 */
    struct built *b =
        built_of("Parameters:\n"
                 "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                 "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
                 "Resources:\n" B_VPC "  G:\n"
                 "    Type: AWS::EC2::SecurityGroup\n"
                 "    Properties:\n"
                 "      VpcId: !Ref Vpc\n"
                 "      SecurityGroupIngress:\n"
                 "        - !If [IsDev, {" SSH ", CidrIp: 0.0.0.0/0}, !Ref 'AWS::NoValue']\n"
                 "        - {" SSH ", CidrIp: 10.0.0.0/8}\n");
    assert_line(b, "  rule in tcp 22-22 0.0.0.0/0 when Env=dev");
    assert_line(b, "  rule in tcp 22-22 10.0.0.0/8");
    built_free(b);
}

static void the_rule_of_a_macro_may_be_any(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" B_VPC "  G:\n"
                               "    Type: AWS::EC2::SecurityGroup\n"
                               "    Properties:\n"
                               "      VpcId: !Ref Vpc\n"
                               "      SecurityGroupIngress:\n"
                               "        - Fn::Transform: {Name: Rules}\n");
    assert_int_equal(built_group(b, "G")->rules.n, 4); /* v4 and v6, and the two of egress */
    assert_true(guard_variable(b->w->space, guard_count(b->w->space) - 1)->doubts_rule);
    built_free(b);
}

static void a_group_in_the_wrong_vpc_is_warned_of(void **state)
{
    (void)state; /* 2.1.10 */
    static const char *const shared = "  Shared:\n"
                                      "    Type: AWS::EC2::SecurityGroupVpcAssociation\n"
                                      "    Properties: {GroupId: !Ref G, VpcId: !Ref Vpc}\n";
    for (int with = 0; with < 2; with++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "Resources:\n%s%s"
                 "  G: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g}}\n"
                 "  Web:\n"
                 "    Type: AWS::EC2::Instance\n"
                 "    Properties: {SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref G]}\n%s",
                 B_VPC, B_SUBNET, with ? shared : "");
        struct built *b = built_of(text);
        assert_int_equal(built_said(b, DIAG_CONFIG, "is not in the VPC of the subnet"),
                         with ? 0 : 1);
        built_free(b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(standalone_rules_join_their_group),
        cmocka_unit_test(any_written_egress_takes_the_default_away),
        cmocka_unit_test(conditional_egress_leaves_the_default_elsewhere),
        cmocka_unit_test(creation_order_may_delete_a_copy_of_the_default_egress),
        cmocka_unit_test(names_lead_to_groups_of_the_templates),
        cmocka_unit_test(a_rule_for_a_group_outside_stands_there),
        cmocka_unit_test(a_rule_that_names_no_group_is_warned_of),
        cmocka_unit_test(optional_rules_are_items_with_guards),
        cmocka_unit_test(the_rule_of_a_macro_may_be_any),
        cmocka_unit_test(a_group_in_the_wrong_vpc_is_warned_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
