#include "tests/fix/fixing.h"

static void the_port_is_denied_before_it_is_allowed(void **state UNUSED)
{
    fixing_check(NETWORK RULE(22, 22, WORLD), "R6-1", FIX_UNSAFE,
                 "      NetworkAclId: !GetAtt Vpc.DefaultNetworkAcl\n      RuleNumber: 90\n", NULL);
}

static void private_sources_are_allowed_first(void **state UNUSED)
{
    /* The rule's own source, and the VPC for the rule that names a group. */
    static const char text[] = NETWORK RULE(22, 22, WORLD) RULE(22, 22, "CidrIp: 10.1.0.0/16")
        RULE(22, 22,
             "SourceSecurityGroupId: !Ref Other") "  Other:\n    Type: AWS::EC2::SecurityGroup\n   "
                                                  " Properties: {GroupDescription: a, VpcId: "
                                                  "!Ref Vpc}\n";
    fixing_check(text, "R6-1", FIX_UNSAFE,
                 "RuleNumber: 88\n      Protocol: 6\n      RuleAction: allow", NULL);
    fixing_check(text, "R6-1", FIX_UNSAFE, "CidrBlock: 10.1.0.0/16\n      PortRange", NULL);
    fixing_check(text, "R6-1", FIX_UNSAFE, "CidrBlock: 10.0.0.0/16\n      PortRange", NULL);
}

static void without_a_free_number_there_is_no_fix(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(
        22, 22, WORLD) "  Acl:\n    Type: AWS::EC2::NetworkAcl\n    Properties: {VpcId: !Ref Vpc}\n"
                       "  In:\n    Type: AWS::EC2::NetworkAclEntry\n    Properties: {NetworkAclId: "
                       "!Ref Acl, "
                       "RuleNumber: 1, Protocol: -1, RuleAction: allow, CidrBlock: 0.0.0.0/0}\n"
                       "  Out:\n    Type: AWS::EC2::NetworkAclEntry\n    Properties: "
                       "{NetworkAclId: !Ref Acl, "
                       "RuleNumber: 1, Protocol: -1, RuleAction: allow, CidrBlock: 0.0.0.0/0, "
                       "Egress: true}\n"
                       "  At:\n    Type: AWS::EC2::SubnetNetworkAclAssociation\n    Properties: "
                       "{SubnetId: !Ref "
                       "Subnet, NetworkAclId: !Ref Acl}\n");
    assert_null(fixing_find(fixing_list(f), "R6-1"));
    fixing_free(f);
}

static void entries_for_two_protocols_have_two_numbers(void **state UNUSED)
{
    /* RDP is tcp and udp: one finding with two endpoints. */
    static const char text[] = NETWORK "        - IpProtocol: -1\n          CidrIp: 0.0.0.0/0\n";
    struct fixing *f = fixing_of(text);
    for (size_t i = 0; i < f->analysis->findings->all.n; i++) {
        if (str_is(str_from(f->analysis->findings->all.at[i].rule->id), "CFNR105")) {
            struct fix_list list = fix_find_one(&f->arena, f->analysis, i, 7, &f->options);
            const struct fix *fix = fixing_need(list, "R6-7");
            struct str after = fixing_bytes(f, fix);
            assert_true(str_find(after, STR("RuleNumber: 90\n      Protocol: 6\n"), 0) != STR_NPOS);
            assert_true(
                str_find(after, STR("RuleNumber: 89\n      Protocol: 17\n"), 0) != STR_NPOS ||
                str_find(after, STR("RuleNumber: 80\n      Protocol: 17\n"), 0) != STR_NPOS);
        }
    }
    fixing_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_port_is_denied_before_it_is_allowed),
        cmocka_unit_test(private_sources_are_allowed_first),
        cmocka_unit_test(without_a_free_number_there_is_no_fix),
        cmocka_unit_test(entries_for_two_protocols_have_two_numbers),
    };
    return RUN_TESTS(tests);
}
