#include "tests/fix/fixing.h"

static void the_subnet_gets_a_table_without_the_gateway(void **state UNUSED)
{
    fixing_check(NETWORK RULE(3306, 3306, WORLD), "R4-1", FIX_UNSAFE,
                 "{SubnetId: !Ref Subnet, RouteTableId: !Ref Inner}", NULL);
}

static void a_nat_gateway_in_the_subnet_needs_the_route(void **state UNUSED)
{
    fixing_refused(NETWORK RULE(3306, 3306, WORLD) "  Nat:\n    Type: AWS::EC2::NatGateway\n    "
                                                   "Properties: {SubnetId: !Ref Subnet}\n",
                   "R4-1", NULL);
}

static void login_ports_keep_their_subnet(void **state UNUSED)
{
    fixing_refused(NETWORK RULE(22, 22, WORLD), "R4-1", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_subnet_gets_a_table_without_the_gateway),
        cmocka_unit_test(a_nat_gateway_in_the_subnet_needs_the_route),
        cmocka_unit_test(login_ports_keep_their_subnet),
    };
    return RUN_TESTS(tests);
}
