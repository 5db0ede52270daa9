#include "tests/fix/fixing.h"

static void every_finding_has_its_list(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(23, 23, WORLD) RULE(22, 22, WORLD));
    struct fixes *fixes = fix_find(&f->arena, f->analysis, &f->options);
    assert_int_equal(fixes->n, 2);
    assert_non_null(fixing_find(fixes->of[0], "R1-1"));
    assert_non_null(fixing_find(fixes->of[1], "R7-2"));
    fixing_free(f);
}

static size_t edits_of(const struct fix_list *list)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++) {
        n += list->at[i].edit_n > 0;
    }
    return n;
}

static void one_proof_gives_each_finding_its_best_fix(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(23, 23, WORLD) RULE(22, 22, WORLD)
                                     RULE(80, 80, "CidrIp: 10.0.0.0/8"));
    f->options.proofs = 1;
    struct fixes *fixes = fix_find(&f->arena, f->analysis, &f->options);
    assert_int_equal(fixes->proofs, 1);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(edits_of(&fixes->of[i]), 1);
        assert_true(fixes->of[i].unproven_n > 0);
    }
    fixing_free(f);
}

static void the_budget_goes_round(void **state UNUSED)
{
    /* Two rules that open one port are proven one by one: each finding has its best fix before
     * one has a second. */
    struct fixing *f = fixing_of(NETWORK RULE(22, 22, WORLD) RULE(22, 22, "CidrIp: 0.0.0.0/1"));
    f->options.proofs = 2;
    struct fixes *fixes = fix_find(&f->arena, f->analysis, &f->options);
    assert_int_equal(fixes->n, 2);
    assert_int_equal(fixes->proofs, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(edits_of(&fixes->of[i]), 1);
        assert_true(fixes->of[i].unproven_n > 0);
    }
    fixing_free(f);
}

static void what_needs_no_fix_has_none(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(22, 22, "CidrIp: 10.0.0.0/8"));
    assert_int_equal(fix_find(&f->arena, f->analysis, &f->options)->n, 0);
    assert_int_equal(fix_find_one(&f->arena, f->analysis, 0, 1, &f->options).n, 0);
    fixing_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_finding_has_its_list),
        cmocka_unit_test(one_proof_gives_each_finding_its_best_fix),
        cmocka_unit_test(the_budget_goes_round),
        cmocka_unit_test(what_needs_no_fix_has_none),
    };
    return RUN_TESTS(tests);
}
