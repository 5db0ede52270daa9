#include "tests/check.h"
#include "tests/cli/captured.h"

static bool says(struct captured c, const char *what)
{
    return str_find(c.out, str_from(what), 0) != STR_NPOS;
}

static void every_rule_is_listed_and_explained(void **state)
{
    (void)state;
    struct arena a = {0};
    struct captured list = captured(&a, run_rules, "rules");
    assert_int_equal(list.status, 0);
    for (size_t i = 0; i < rule_count; i++) {
        assert_true(says(list, rules[i].id));
        struct captured c = captured(&a, run_explain, str_format(&a, "explain %s", rules[i].id).p);
        assert_int_equal(c.status, 0);
        assert_true(says(c, rules[i].name));
        assert_true(says(c, "How to fix"));
    }
    arena_release(&a);
}

static void rules_are_found_by_name_and_diagnostics_too(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_true(says(captured(&a, run_explain, "explain internet-ssh"), "CFNR102"));
    assert_true(says(captured(&a, run_explain, "explain CFNR903"), "duplicate-key"));
    struct captured c = captured(&a, run_explain, "explain internet-shh");
    assert_int_equal(c.status, STATUS_ERROR);
    assert_true(says(c, "did you mean 'internet-ssh'?"));
    assert_int_equal(captured(&a, run_explain, "explain").status, STATUS_ERROR);
    assert_int_equal(captured(&a, run_rules, "rules x").status, STATUS_ERROR);
    arena_release(&a);
}

static void rules_are_shown_with_what_others_call_them(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_true(says(captured(&a, run_explain, "explain CFNR102"), "checkov: CKV_AWS_24"));
    struct captured c = captured(&a, run_explain, "explain ckv_aws_24");
    assert_true(says(c, "CFNR102  internet-ssh") && says(c, "CFNR180") && !says(c, "CFNR101"));
    assert_int_equal(c.status, 0);
    struct captured listed = captured(&a, run_rules, "rules EC2.14 -v");
    assert_true(says(listed, "CFNR105") && says(listed, "CKV_AWS_25") && !says(listed, "CFNR106"));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_are_shown_with_what_others_call_them),
        cmocka_unit_test(every_rule_is_listed_and_explained),
        cmocka_unit_test(rules_are_found_by_name_and_diagnostics_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
