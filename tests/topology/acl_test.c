#include "tests/topology/world_of.h"

#define ACL "  Acl: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: !Ref Vpc}}\n"
#define ENTRY(name, properties)                                                                    \
    "  " name ":\n    Type: AWS::EC2::NetworkAclEntry\n    Properties: {" properties "}\n"
#define OWN "NetworkAclId: !Ref Acl, "

static void entries_are_read_with_all_their_properties(void **state)
{
    (void)state; /* T18, T20, 2.4.3, 2.4.4 */
    struct built *b = built_of(
        "Resources:\n" B_VPC ACL ENTRY(
            "A", OWN "RuleNumber: 90, Protocol: 6, RuleAction: deny, CidrBlock: 0.0.0.0/0, "
                     "PortRange: {From: 22, To: 22}")
            ENTRY("B", OWN "RuleNumber: '100', Protocol: '-1', RuleAction: ALLOW, Egress: false, "
                           "CidrBlock: 100.68.0.18/18, PortRange: {From: 1, To: 2}")
                ENTRY("C", OWN "RuleNumber: 100, Protocol: 17, RuleAction: allow, Egress: 'true', "
                               "Ipv6CidrBlock: '::/0', PortRange: {From: 53, To: 53}")
                    ENTRY("D", OWN
                          "RuleNumber: 120, Protocol: 1, RuleAction: allow, CidrBlock: 0.0.0.0/0, "
                          "Icmp: {Type: 8, Code: -1}"));
    assert_block(b, "acl Acl",
                 "acl Acl\n"
                 "  entry 90 in deny tcp 22-22 0.0.0.0/0\n"
                 "  entry 100 in allow all 100.68.0.0/18\n"
                 "  entry 100 out allow udp 53-53 ::/0\n"
                 "  entry 120 in allow icmp 0.0.0.0/0\n");
    assert_int_equal(built_said(b, DIAG_CONFIG, ""), 0);
    built_free(b);
}

static void odd_entries_are_warned_of_and_read_generously(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Resources:\n" B_VPC ACL ENTRY(
            "A", OWN "RuleNumber: 90, Protocol: tcp, RuleAction: allow, CidrBlock: 0.0.0.0/0")
            ENTRY("B", OWN "RuleNumber: 90, Protocol: -1, RuleAction: permit, CidrBlock: 0.0.0.0/0")
                ENTRY("C",
                      OWN "RuleNumber: ten, Protocol: -1, RuleAction: deny, CidrBlock: 0.0.0.0/0"));
    assert_line(b, "  entry 90 in allow tcp 0-65535 0.0.0.0/0");
    assert_line(b, "  entry 90 in deny all 0.0.0.0/0");
    assert_line(b, "  entry 0 in deny all 0.0.0.0/0 when order of entry ten=first");
    assert_int_equal(built_said(b, DIAG_CONFIG, "is a name; the protocol"), 1);
    assert_int_equal(built_said(b, DIAG_CONFIG, "A port is missing"), 1);
    assert_int_equal(built_said(b, DIAG_CONFIG, "neither allow nor deny"), 1);
    assert_int_equal(built_said(b, DIAG_CONFIG, "two entries with number 90"), 1);
    assert_int_equal(built_said(b, DIAG_CONFIG, "RuleNumber is no number"), 1);
    built_free(b);
}

static void entries_of_a_default_acl_join_its_own(void **state)
{
    (void)state; /* 10.14: an explicit entry 100 takes the place of the one that AWS makes */
    struct built *b =
        built_of("Parameters:\n"
                 "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                 "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
                 "Resources:\n" B_VPC B_SUBNET ENTRY(
                     "Deny", "NetworkAclId: !GetAtt Vpc.DefaultNetworkAcl, RuleNumber: 90, "
                             "Protocol: 6, "
                             "RuleAction: deny, CidrBlock: 0.0.0.0/0, PortRange: {From: 22, To: "
                             "22}") "  Mine:\n"
                                    "    Type: AWS::EC2::NetworkAclEntry\n"
                                    "    Condition: IsDev\n"
                                    "    Properties: {NetworkAclId: !GetAtt Vpc.DefaultNetworkAcl, "
                                    "RuleNumber: 100,\n"
                                    "                 Protocol: -1, RuleAction: deny, CidrBlock: "
                                    "0.0.0.0/0}\n");
    assert_block(b, "acl Vpc.DefaultNetworkAcl",
                 "acl Vpc.DefaultNetworkAcl\n"
                 "  entry 90 in deny tcp 22-22 0.0.0.0/0\n"
                 "  entry 100 in deny all 0.0.0.0/0 when Env=dev\n"
                 "  entry 100 in allow all 0.0.0.0/0 when Env=prod\n"
                 "  entry 101 in allow all ::/0\n"
                 "  entry 100 out allow all 0.0.0.0/0\n"
                 "  entry 101 out allow all ::/0\n");
    assert_int_equal(built_said(b, DIAG_CONFIG, "has an entry 100 of its own"), 1);
    built_free(b);
}

static void an_acl_without_entries_is_empty(void **state)
{
    (void)state; /* T22 */
    struct built *b = built_of("Resources:\n" B_VPC B_SUBNET ACL "  Association:\n"
                               "    Type: AWS::EC2::SubnetNetworkAclAssociation\n"
                               "    Properties: {SubnetId: !Ref Subnet, NetworkAclId: !Ref Acl}\n");
    assert_block(b, "acl Acl", "acl Acl\n");
    assert_line(b, "  association acl=Acl");
    built_free(b);
}

static void a_deny_of_an_unknown_block_is_only_what_it_may_be(void **state)
{
    (void)state; /* 10.7 */
    struct built *b = built_of(
        "Parameters:\n"
        "  Where: {Type: String}\n"
        "Resources:\n" B_VPC ACL ENTRY(
            "A", OWN "RuleNumber: 90, Protocol: -1, RuleAction: deny, CidrBlock: !Ref Where"));
    assert_block(b, "acl Acl",
                 "acl Acl\n"
                 "  entry 90 in deny all 0.0.0.0/0 when Where=0.0.0.0/0\n"
                 "  entry 90 in deny all 8.8.8.8/32 when Where=8.8.8.8/32\n");
    built_free(b);
}

static void the_origin_of_an_entry_is_its_block(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" B_VPC ACL ENTRY(
        "Deny", OWN "RuleNumber: 90, Protocol: -1, RuleAction: deny, CidrBlock: 8.0.0.0/7"));
    const struct topology_origin *o = topology_origin(b->t, b->w->acls.at[0].entries.at[0].id);
    assert_str(built_text(b, o->at), "8.0.0.0/7");
    assert_str(o->name, "Deny");
    assert_true(str_starts(built_text(b, o->block), STR("Deny:\n    Type:")));
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_read_with_all_their_properties),
        cmocka_unit_test(odd_entries_are_warned_of_and_read_generously),
        cmocka_unit_test(entries_of_a_default_acl_join_its_own),
        cmocka_unit_test(an_acl_without_entries_is_empty),
        cmocka_unit_test(a_deny_of_an_unknown_block_is_only_what_it_may_be),
        cmocka_unit_test(the_origin_of_an_entry_is_its_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
