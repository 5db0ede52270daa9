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

static void the_budget_goes_round(void **state UNUSED)
{
    /* Two findings, two proofs: each has its best fix, the others are named. */
    struct fixing *f = fixing_of(NETWORK RULE(23, 23, WORLD) RULE(22, 22, WORLD));
    struct fixes *fixes = fix_find(&f->arena, f->analysis, &f->options);
    assert_int_equal(fixes->proofs, 2);
    for (size_t i = 0; i < 2; i++) {
        size_t edits = 0;
        for (size_t k = 0; k < fixes->of[i].n; k++) {
            edits += fixes->of[i].at[k].edit_n > 0;
        }
        assert_int_equal(edits, 1);
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
        cmocka_unit_test(the_budget_goes_round),
        cmocka_unit_test(what_needs_no_fix_has_none),
    };
    return RUN_TESTS(tests);
}
