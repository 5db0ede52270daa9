#include "tests/fix/fixing.h"

static void a_literal_source_becomes_a_parameter(void **state UNUSED)
{
    fixing_check(NETWORK RULE(22, 22, WORLD), "R2-1", FIX_SAFE, "CidrIp: !Ref AdminCidr\n", WORLD);
    fixing_check(NETWORK RULE(22, 22, WORLD), "R2-1", FIX_SAFE,
                 "Parameters:\n  AdminCidr:\n    Type: String\n", "Default");
}

static void a_web_site_is_narrowed_only_when_asked(void **state UNUSED)
{
    fixing_check(NETWORK RULE(443, 443, WORLD), "R2-1", FIX_UNSAFE, "!Ref AdminCidr", NULL);
}

static void an_open_default_goes_from_its_parameter(void **state UNUSED)
{
    fixing_check("Parameters:\n  Source:\n    Type: String\n    Default: 0.0.0.0/0\n" NETWORK RULE(
                     22, 22, "CidrIp: !Ref Source"),
                 "R2-1", FIX_UNSAFE, "    AllowedPattern: '^", "Default: 0");
}

static void a_source_by_mapping_is_replaced_where_it_is_used(void **state UNUSED)
{
    fixing_check("Mappings:\n  M:\n    a:\n      Cidr: 0.0.0.0/0\n" NETWORK RULE(
                     22, 22, "CidrIp: !FindInMap [M, a, Cidr]"),
                 "R2-1", FIX_UNSAFE, "CidrIp: !Ref AdminCidr\n", "FindInMap");
}

static void ipv6_has_no_such_parameter(void **state UNUSED)
{
    fixing_refused(NETWORK RULE(22, 22, "CidrIpv6: '::/0'"), "R2-1", NULL);
}

static void a_parameter_with_a_pattern_has_been_told(void **state UNUSED)
{
    fixing_refused(
        "Parameters:\n  Source:\n    Type: String\n    AllowedPattern: '.*/0'\n" NETWORK RULE(
            22, 22, "CidrIp: !Ref Source"),
        "R2-1", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_literal_source_becomes_a_parameter),
        cmocka_unit_test(a_web_site_is_narrowed_only_when_asked),
        cmocka_unit_test(an_open_default_goes_from_its_parameter),
        cmocka_unit_test(a_source_by_mapping_is_replaced_where_it_is_used),
        cmocka_unit_test(ipv6_has_no_such_parameter),
        cmocka_unit_test(a_parameter_with_a_pattern_has_been_told),
    };
    return RUN_TESTS(tests);
}
