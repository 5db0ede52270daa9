#include "tests/policy/network.h"

/* A group that nothing in the template carries, beside the base topology. */
#define LONELY(ingress)                                                                            \
    "  Lonely:\n"                                                                                  \
    "    Type: AWS::EC2::SecurityGroup\n"                                                          \
    "    Properties:\n"                                                                            \
    "      GroupDescription: lonely\n"                                                             \
    "      VpcId: !Ref Vpc\n"                                                                      \
    "      SecurityGroupIngress:\n" ingress

#define RULE(port, source)                                                                         \
    "        - {IpProtocol: tcp, FromPort: " port ", ToPort: " port ", CidrIp: " source "}\n"

static const char *const CLOSED = RULE("22", "10.0.0.0/8");

/* SEMANTICS 5.5, "Extra severities": the table's value, capped as the policy says. */
static void a_rule_of_a_group_that_nothing_carries_has_the_tables_severity(void **state)
{
    (void)state;
    static const struct {
        const char *more;
        const char *policy;
        const char *summary;
    } rows[] = {
        {LONELY(RULE("22", "0.0.0.0/0")), "default", "CFNR201 medium not-attached"},
        {LONELY(RULE("23", "0.0.0.0/0")), "default", "CFNR201 high not-attached"},
        {LONELY(RULE("80", "0.0.0.0/0")), "default", "CFNR201 low not-attached"},
        {LONELY(RULE("8080", "0.0.0.0/0")), "default", "CFNR201 informational not-attached"},
        {LONELY(RULE("23", "8.8.8.8/32")), "default", "CFNR201 low not-attached"},
        {LONELY(RULE("23", "8.8.8.8/32")), "inspector", "CFNR201 high not-attached"},
        {LONELY(RULE("22", "10.0.0.0/8")), "default", ""},
        {LONELY(RULE("22", "203.0.113.0/24")), "default", ""},
        {LONELY("        - {IpProtocol: -1, CidrIp: 0.0.0.0/0}\n"), "default",
         "CFNR201 high not-attached"},
        {LONELY("        - {IpProtocol: icmp, FromPort: -1, ToPort: -1, CidrIp: 0.0.0.0/0}\n"),
         "default", ""},
        {LONELY("        - {IpProtocol: 50, CidrIp: 0.0.0.0/0}\n"), "default", ""},
        {LONELY("        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIpv6: '::/0'}\n"),
         "default", "CFNR201 medium not-attached"},
        {LONELY("        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, SourceSecurityGroupId: !Ref "
                "Sg}\n"),
         "default", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct outcome o;
        outcome_network(&o, rows[i].policy,
                        (struct network){.ingress = CLOSED, .more = rows[i].more});
        assert_str(outcome_summary(&o), rows[i].summary);
        outcome_close(&o);
    }
}

static void a_lonely_rule_is_described(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "default",
                    (struct network){.ingress = CLOSED, .more = LONELY(RULE("22", "0.0.0.0/0"))});
    const struct finding *f = the_finding(&o, "CFNR201");
    assert_str(f->resource, "Lonely");
    assert_str(f->property, "Properties/SecurityGroupIngress/0/CidrIp");
    assert_str(source_text(&o.sources, f->at), "0.0.0.0/0");
    assert_str(f->message, "Security group 'Lonely' admits tcp port 22 (SSH) from any IPv4 "
                           "address, but nothing carries the group.");
    assert_int_equal(f->endpoints.n, 0);
    assert_int_equal(f->blockers.n, 0);
    assert_int_equal(f->exposure, EXPOSURE_WORLD);
    outcome_close(&o);
}

/* T38: a launch template that nothing starts carries nothing; an output may be used elsewhere. */
static void launch_templates_outputs_and_rules_do_not_carry(void **state)
{
    (void)state;
    static const struct {
        const char *more;
        const char *tail; /* end of the message */
    } rows[] = {
        {LONELY(RULE("22", "0.0.0.0/0")) "  Template:\n"
                                         "    Type: AWS::EC2::LaunchTemplate\n"
                                         "    Properties: {LaunchTemplateData: {SecurityGroupIds: "
                                         "[!Ref Lonely]}}\n",
         "but nothing carries the group."},
        {LONELY(RULE("22", "0.0.0.0/0")) "Outputs:\n"
                                         "  Group: {Value: !Ref Lonely}\n",
         "address, but in the templates only output 'Group' names the group. Another stack may "
         "attach it."},
        {LONELY(RULE("22", "0.0.0.0/0")) "  Rule:\n"
                                         "    Type: AWS::EC2::SecurityGroupIngress\n"
                                         "    Properties: {GroupId: !Ref Sg, IpProtocol: tcp, "
                                         "FromPort: 80, ToPort: 80, "
                                         "SourceSecurityGroupId: !Ref Lonely}\n",
         "but nothing carries the group."},
        {LONELY(RULE(
             "22",
             "0.0.0.0/0")) "  Spare:\n"
                           "    Type: AWS::EC2::NetworkInterface\n"
                           "    Properties: {SubnetId: !Ref Subnet, GroupSet: [!Ref Lonely]}\n",
         "but nothing carries the group."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct outcome o;
        outcome_network(&o, "default", (struct network){.ingress = CLOSED, .more = rows[i].more});
        assert_str(outcome_summary(&o), "CFNR201 medium not-attached");
        assert_true(str_ends(the_finding(&o, "CFNR201")->message, str_from(rows[i].tail)));
        outcome_close(&o);
    }
}

/* A type that is not analysed may carry it: a note names the type, nothing is claimed. */
static void a_type_that_is_not_analysed_keeps_the_finding_away(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(
        &o, "default",
        (struct network){
            .ingress = CLOSED,
            .more = LONELY(
                RULE("22", "0.0.0.0/0")) "  Balancer:\n"
                                         "    Type: AWS::Batch::ComputeEnvironment\n"
                                         "    Properties: {SecurityGroups: [!Ref Lonely], Subnets: "
                                         "[!Ref Subnet]}\n"});
    assert_str(outcome_summary(&o), "");
    assert_true(has_diag(&o, DIAG_NOT_ANALYSED, "AWS::Batch::ComputeEnvironment"));
    outcome_close(&o);
}

/* One of two rules is blocked by the ACL: only that one is unused. A possible flow is use. */
static void a_possible_flow_counts_as_use(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "default",
                    (struct network){.head = "Parameters:\n  S: {Type: 'AWS::EC2::Subnet::Id'}\n",
                                     .instance = "      SubnetId: !Ref S\n"
                                                 "      SecurityGroupIds: [!Ref Sg]\n"});
    assert_str(outcome_summary(&o), "CFNR102 medium possible");
    outcome_close(&o);
}

/* What an operator would have to type in first is not open. */
static void free_text_sources_are_not_open(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "default",
                    (struct network){.head = "Parameters:\n  P: {Type: String}\n"
                                             "  Q: {Type: String, Default: 0.0.0.0/0}\n",
                                     .ingress = CLOSED,
                                     .more = LONELY(RULE("22", "!Ref P") RULE("23", "!Ref Q"))});
    assert_str(outcome_summary(&o), "CFNR201 high not-attached");
    assert_str(o.findings->all.at[0].property, "Properties/SecurityGroupIngress/1/CidrIp");
    outcome_close(&o);
}

/* The group of somebody else: a rule that adds to it is attached to nothing here. */
static void a_rule_for_a_group_outside_counts_as_not_attached(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(
        &o, "default",
        (struct network){.ingress = CLOSED,
                         .more = "  Rule:\n"
                                 "    Type: AWS::EC2::SecurityGroupIngress\n"
                                 "    Properties: {GroupId: sg-0123456789abcdef0, IpProtocol: tcp, "
                                 "FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}\n"});
    assert_str(outcome_summary(&o), "CFNR201 medium not-attached");
    const struct finding *f = &o.findings->all.at[0];
    assert_str(f->resource, "Rule");
    assert_str(f->property, "Properties/CidrIp");
    assert_true(str_ends(f->message, STR("whoever carries it there is open.")));
    outcome_close(&o);
}

/* A rule that exists in no deployment is no rule; one in a dead branch neither. */
static void rules_that_never_exist_are_left_out(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(
        &o, "default",
        (struct network){.head = "Conditions:\n  Never: !Equals [a, b]\n",
                         .ingress = CLOSED,
                         .more = LONELY("        - !If [Never, {IpProtocol: tcp, FromPort: 22, "
                                        "ToPort: 22, CidrIp: 0.0.0.0/0}, !Ref 'AWS::NoValue']\n")});
    assert_str(outcome_summary(&o), "");
    outcome_close(&o);
}

/* T11: a placeholder reaches nobody, and is said. */
static void a_documentation_range_is_a_placeholder(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "default", (struct network){.ingress = RULE("22", "203.0.113.0/24")});
    assert_str(outcome_summary(&o), "");
    assert_true(has_diag(&o, DIAG_CONFIG, "'203.0.113.0/24' is a documentation range"));
    outcome_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_of_a_group_that_nothing_carries_has_the_tables_severity),
        cmocka_unit_test(a_lonely_rule_is_described),
        cmocka_unit_test(launch_templates_outputs_and_rules_do_not_carry),
        cmocka_unit_test(a_type_that_is_not_analysed_keeps_the_finding_away),
        cmocka_unit_test(a_possible_flow_counts_as_use),
        cmocka_unit_test(free_text_sources_are_not_open),
        cmocka_unit_test(a_rule_for_a_group_outside_counts_as_not_attached),
        cmocka_unit_test(rules_that_never_exist_are_left_out),
        cmocka_unit_test(a_documentation_range_is_a_placeholder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
