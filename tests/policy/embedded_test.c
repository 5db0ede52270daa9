#include "policy/embedded.h"

#include "tests/check.h"

static void the_built_in_policies_are_there_with_their_bytes(void **state)
{
    (void)state;
    struct str bytes;
    assert_true(embedded_policy(STR("default"), &bytes));
    assert_true(str_starts(bytes, STR("# The policy that applies unless")));
    assert_true(str_ends(bytes, STR("exposure-cap: {limited: low, narrow: low}\n")));
    assert_true(embedded_policy(STR("inspector"), &bytes));
    assert_true(str_find(bytes, STR("extends: default\n"), 0) != STR_NPOS);
}

static void other_names_are_refused_and_the_list_ends(void **state)
{
    (void)state;
    struct str bytes = STR("untouched");
    assert_false(embedded_policy(STR("Default"), &bytes));
    assert_false(embedded_policy(STR(""), &bytes));
    assert_str(bytes, "untouched");
    assert_str(embedded_name(0), "default");
    assert_str(embedded_name(1), "inspector");
    assert_str(embedded_name(2), "strict");
    assert_str(embedded_name(3), "");
    assert_str(embedded_name(SIZE_MAX), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_built_in_policies_are_there_with_their_bytes),
        cmocka_unit_test(other_names_are_refused_and_the_list_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
