#include "tests/fix/fixing.h"

static void the_subnet_gives_no_address_any_more(void **state UNUSED)
{
    fixing_check(NETWORK RULE(3306, 3306, WORLD), "R5-1", FIX_UNSAFE, "MapPublicIpOnLaunch: false",
                 NULL);
}

static void what_another_port_loses_is_listed(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(3306, 3306, WORLD) RULE(443, 443, WORLD));
    const struct fix *fix = fixing_need(fixing_list(f), "R5-1");
    assert_int_equal(fix->collateral_n, 1);
    assert_str(fix->collateral[0], "tcp/443 of 'Web' from the internet");
    fixing_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_subnet_gives_no_address_any_more),
        cmocka_unit_test(what_another_port_loses_is_listed),
    };
    return RUN_TESTS(tests);
}
