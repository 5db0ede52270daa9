#include "tests/fix/fixing.h"

static void the_port_is_cut_out_of_the_range(void **state UNUSED)
{
    fixing_check(NETWORK RULE(22, 24, WORLD), "R1s-1", FIX_SAFE, "ToPort: 22\n", NULL);
    fixing_check(NETWORK RULE(22, 24, WORLD), "R1s-1", FIX_SAFE, "FromPort: 24\n", NULL);
}

static void a_single_port_is_no_range(void **state UNUSED)
{
    fixing_refused(NETWORK RULE(23, 23, WORLD), "R1s-1", NULL);
}

static void ports_that_are_not_written_plainly_stay(void **state UNUSED)
{
    fixing_refused(
        "Parameters:\n  Port:\n    Type: Number\n    Default: 22\n" NETWORK
        "        - IpProtocol: tcp\n          FromPort: !Ref Port\n          ToPort: 23\n"
        "          CidrIp: 0.0.0.0/0\n",
        "R1s-1", NULL);
}

static void a_range_with_many_services_is_not_cut_to_pieces(void **state UNUSED)
{
    fixing_refused(NETWORK RULE(1000, 6000, WORLD), "R1s-1", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_port_is_cut_out_of_the_range),
        cmocka_unit_test(a_single_port_is_no_range),
        cmocka_unit_test(ports_that_are_not_written_plainly_stay),
        cmocka_unit_test(a_range_with_many_services_is_not_cut_to_pieces),
    };
    return RUN_TESTS(tests);
}
