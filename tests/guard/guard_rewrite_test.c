#include "guard/guard.h"

#include "guard/guard_space.h"
#include "tests/check.h"
#include "tests/death.h"
#include "tests/guard/table.h"

static void fixing_and_quantifying_agree_with_truth_tables(void **state)
{
    (void)state;
    static struct table t;
    static bool forall[TABLE_POINTS];
    static bool exists[TABLE_POINTS];
    static bool fixed[TABLE_POINTS];
    struct check_random random = {31337};
    for (int world = 0; world < 150; world++) {
        table_open(&t, &random, 5);
        for (int i = 0; i < 20; i++) {
            const struct table_set *set = table_any(&t);
            uint32_t var = check_random_below(&random, t.vars);
            uint32_t outcome = check_random_below(&random, t.outcomes[var]);
            for (size_t p = 0; p < t.points; p++) {
                forall[p] = true;
                exists[p] = false;
                for (uint32_t o = 0; o < t.outcomes[var]; o++) {
                    bool in = set->in[table_with(&t, p, var, o)];
                    forall[p] = forall[p] && in;
                    exists[p] = exists[p] || in;
                }
                fixed[p] = set->in[table_with(&t, p, var, outcome)];
            }
            table_same(&t, guard_forall(t.s, set->g, var), forall);
            table_same(&t, guard_exists(t.s, set->g, var), exists);
            table_same(&t, guard_fix(t.s, set->g, var, outcome), fixed);
            assert_false(guard_mentions(t.s, guard_forall(t.s, set->g, var), var));
            assert_false(guard_mentions(t.s, guard_exists(t.s, set->g, var), var));
            assert_false(guard_mentions(t.s, guard_fix(t.s, set->g, var, outcome), var));
        }
        table_close(&t);
    }
}

static void the_standard_agrees_with_truth_tables(void **state)
{
    (void)state;
    static struct table t;
    static bool in[TABLE_POINTS];
    struct check_random random = {8};
    for (int world = 0; world < 150; world++) {
        table_open(&t, &random, 5);
        for (size_t i = 0; i < TABLE_SETS; i++) {
            for (size_t p = 0; p < t.points; p++) {
                size_t at = p;
                for (uint32_t v = 0; v < t.vars; v++) {
                    uint32_t standard = guard_variable(t.s, v)->standard;
                    if (standard != GUARD_NO_OUTCOME) {
                        at = table_with(&t, at, v, standard);
                    }
                }
                in[p] = t.sets[i].in[at];
            }
            table_same(&t, guard_standard(t.s, t.sets[i].g), in);
        }
        table_close(&t);
    }
}

static void the_standard_leaves_what_has_none(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    uint32_t env =
        guard_add(s, (struct guard_variable){.name = STR("Env"), .outcomes = 3, .standard = 2});
    struct guard fact = table_fact(s);
    struct guard prod = guard_is(s, env, 2);
    assert_true(guard_is_true(guard_standard(s, prod)));
    assert_true(guard_is_false(guard_standard(s, guard_is(s, env, 0))));
    assert_true(guard_same(guard_standard(s, guard_and(s, prod, fact)), fact));
    assert_true(guard_is_true(guard_standard(s, guard_or(s, prod, fact))));
    assert_true(guard_same(guard_standard(s, guard_budget(s)), guard_budget(s)));
    arena_release(&a);
}

static void what_is_not_mentioned_can_be_taken_out_for_nothing(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard x = table_fact(s);
    struct guard y = table_fact(s);
    struct guard z = table_fact(s);
    struct guard g = guard_or(s, x, z);
    size_t total = guard_total(s);
    size_t steps = s->steps;
    assert_true(guard_same(guard_forall(s, z, 0), z));
    assert_true(guard_same(guard_fix(s, z, 1, 1), z));
    assert_true(guard_same(guard_standard(s, g), g));
    assert_int_equal(s->steps, steps); /* all variables come later, or none has a standard */
    assert_true(guard_same(guard_forall(s, g, 1), g));
    assert_true(guard_same(guard_exists(s, g, 1), g));
    assert_true(guard_same(guard_fix(s, g, 1, 0), g));
    assert_true(guard_same(guard_forall(s, y, 2), y));
    assert_true(guard_is_true(guard_exists(s, GUARD_TRUE, 0)));
    assert_true(guard_is_false(guard_exists(s, GUARD_FALSE, 0)));
    assert_int_equal(guard_total(s), total);
    arena_release(&a);
}

static void fixes_an_outcome_too_many(void)
{
    static struct arena a;
    struct guard_space *s = guard_space_new(&a);
    struct guard x = table_fact(s);
    (void)guard_fix(s, x, 0, 2);
}

static void an_outcome_that_cannot_be_is_a_defect(void **state)
{
    (void)state;
    assert_aborts(fixes_an_outcome_too_many, "fact has no outcome 2");
}

/* v0 chooses between two guards of eight facts, which share only some outcomes. */
static void what_ran_out_of_steps_is_not_remembered(void **state)
{
    (void)state;
    enum { FACTS = 8, BUILDS = 16, TOTAL = 1000 };
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard choice = table_fact(s);
    struct guard odd = GUARD_FALSE;
    struct guard all = GUARD_TRUE;
    for (size_t i = 0; i < FACTS; i++) {
        struct guard x = table_fact(s);
        odd = guard_or(s, guard_minus(s, odd, x), guard_minus(s, x, odd));
        all = guard_and(s, all, x);
    }
    struct guard some = guard_not(s, all);
    struct guard g = guard_or(s, guard_and(s, choice, odd), guard_minus(s, some, choice));
    guard_set_limits(s, (struct guard_limits){.nodes = TOTAL, .total = TOTAL, .search = TOTAL});
    s->steps = (size_t)TOTAL * BUILDS - 8; /* enough for v0, not for the rest */
    struct guard cut = guard_forall(s, g, 0);
    assert_true(guard_exceeded(s));
    assert_true(guard_same(cut, guard_budget(s)));
    s->steps = 0;
    struct guard whole = guard_forall(s, g, 0);
    assert_false(guard_exceeded(s));
    assert_true(guard_same(whole, guard_and(s, odd, some)));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixing_and_quantifying_agree_with_truth_tables),
        cmocka_unit_test(the_standard_agrees_with_truth_tables),
        cmocka_unit_test(the_standard_leaves_what_has_none),
        cmocka_unit_test(what_is_not_mentioned_can_be_taken_out_for_nothing),
        cmocka_unit_test(what_ran_out_of_steps_is_not_remembered),
        cmocka_unit_test(an_outcome_that_cannot_be_is_a_defect),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
