#include "tests/fix/fixing.h"

static void telnet_is_deleted_safely(void **state UNUSED)
{
    fixing_check(NETWORK RULE(23, 23, WORLD) RULE(443, 443, "CidrIp: 10.0.0.0/8"), "R1-1", FIX_SAFE,
                 "FromPort: 443", "FromPort: 23");
}

static void behind_another_port_there_may_be_somebody(void **state UNUSED)
{
    fixing_check(NETWORK RULE(22, 22, WORLD), "R1-1", FIX_UNSAFE, NULL, "SecurityGroupIngress");
}

static void what_else_the_rule_admits_is_listed(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(20, 23, WORLD));
    const struct fix *fix = fixing_need(fixing_list(f), "R1-1");
    assert_int_equal(fix->safety, FIX_UNSAFE); /* FTP is the finding; 20, 22 and 23 close, too */
    assert_int_equal(fix->collateral_n, 2);
    assert_str(fix->collateral[0], "tcp/20 of 'Web' from the internet");
    assert_str(fix->collateral[1], "tcp/22-23 of 'Web' from the internet");
    fixing_free(f);
}

static void a_rule_that_something_refers_to_stays(void **state UNUSED)
{
    fixing_refused(
        "Outputs:\n  Rule:\n    Value: !Ref Telnet\n" NETWORK RULE(
            443, 443, "CidrIp: 10.0.0.0/8") "  Telnet:\n    Type: AWS::EC2::SecurityGroupIngress\n "
                                            "   Properties: {GroupId: "
                                            "!GetAtt Sg.GroupId, IpProtocol: tcp, FromPort: 23, "
                                            "ToPort: 23, CidrIp: "
                                            "0.0.0.0/0}\n",
        "R1-1", NULL);
}

static void a_rule_that_other_places_share_stays(void **state UNUSED)
{
    fixing_refused(
        "Resources:\n"
        "  Other:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n"
        "      GroupDescription: a\n      SecurityGroupIngress:\n"
        "        - &rule {IpProtocol: tcp, FromPort: 23, ToPort: 23, CidrIp: 0.0.0.0/0}\n"
        "  Sg:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n"
        "      GroupDescription: b\n      SecurityGroupIngress:\n        - *rule\n",
        "R1-1", "anchor");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(telnet_is_deleted_safely),
        cmocka_unit_test(behind_another_port_there_may_be_somebody),
        cmocka_unit_test(what_else_the_rule_admits_is_listed),
        cmocka_unit_test(a_rule_that_something_refers_to_stays),
        cmocka_unit_test(a_rule_that_other_places_share_stays),
    };
    return RUN_TESTS(tests);
}
