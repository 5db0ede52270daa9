#include "tests/fix/fixing.h"

static const struct analysis *again(struct fixing *f, const char *text)
{
    return analysis_run(&f->arena, STR("t.yaml"), str_from(text), &f->how);
}

static bool closed(const char *before, const char *after)
{
    struct fixing *f = fixing_of(before);
    bool is = findings_closed(f->analysis->findings, 0, again(f, after)->findings);
    fixing_free(f);
    return is;
}

static void a_finding_that_is_gone_is_closed(void **state UNUSED)
{
    assert_true(
        closed(NETWORK RULE(23, 23, WORLD) RULE(443, 443, WORLD), NETWORK RULE(443, 443, WORLD)));
    assert_false(closed(NETWORK RULE(23, 23, WORLD), NETWORK RULE(23, 23, WORLD)));
}

static void a_lower_one_is_closed_as_well(void **state UNUSED)
{
    /* A /24 is narrow: low, where the world is medium. */
    assert_true(closed(NETWORK RULE(22, 22, WORLD), NETWORK RULE(22, 22, "CidrIp: 8.8.8.0/24")));
    assert_false(closed(NETWORK RULE(22, 22, "CidrIp: 8.8.8.0/24"), NETWORK RULE(22, 22, WORLD)));
}

static void nothing_as_severe_may_be_new(void **state UNUSED)
{
    assert_false(closed(NETWORK RULE(23, 23, WORLD), NETWORK RULE(21, 21, WORLD)));
    assert_true(closed(NETWORK RULE(23, 23, WORLD), NETWORK RULE(443, 443, WORLD)));
}

static void of_two_equal_rules_one_may_stay(void **state UNUSED)
{
    assert_true(
        closed(NETWORK RULE(23, 23, WORLD) RULE(23, 23, WORLD), NETWORK RULE(23, 23, WORLD)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_that_is_gone_is_closed),
        cmocka_unit_test(a_lower_one_is_closed_as_well),
        cmocka_unit_test(nothing_as_severe_may_be_new),
        cmocka_unit_test(of_two_equal_rules_one_may_stay),
    };
    return RUN_TESTS(tests);
}
