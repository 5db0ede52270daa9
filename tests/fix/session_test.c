#include "tests/fix/fixing.h"

static void egress_on_443_is_added_where_it_is_missing(void **state UNUSED)
{
    fixing_check(NETWORK RULE(22, 22, WORLD) "      SecurityGroupEgress:\n        - {IpProtocol: "
                                             "tcp, FromPort: 80, ToPort: 80, "
                                             "CidrIp: 0.0.0.0/0}\n",
                 "R7-1", FIX_UNSAFE,
                 "  SessionManagerEgress:\n    Type: "
                 "AWS::EC2::SecurityGroupEgress\n",
                 NULL);
}

static void egress_that_is_there_is_enough(void **state UNUSED)
{
    fixing_check(NETWORK RULE(22, 22, WORLD), "R7-1", FIX_UNSAFE, NULL, "SessionManagerEgress");
    fixing_check(NETWORK RULE(22, 22, WORLD), "R7-1", FIX_UNSAFE, NULL, "VPCEndpoint");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(egress_on_443_is_added_where_it_is_missing),
        cmocka_unit_test(egress_that_is_there_is_enough),
    };
    return RUN_TESTS(tests);
}
