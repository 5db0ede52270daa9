#include "guard/guard.h"

#include "guard/guard_space.h"
#include "tests/check.h"
#include "tests/death.h"
#include "tests/guard/table.h"

/* A variable is mentioned iff changing it alone can change the value. */
static void the_support_is_what_the_value_depends_on(void **state)
{
    (void)state;
    static struct table t;
    struct check_random random = {123};
    for (int world = 0; world < 150; world++) {
        table_open(&t, &random, 5);
        for (size_t i = 0; i < TABLE_SETS; i++) {
            const struct table_set *set = &t.sets[i];
            struct guard_vars vars = {0};
            *VEC_ADD(&t.memory, &vars) = 99; /* appended to what is there */
            guard_support(t.s, set->g, &t.memory, &vars);
            size_t next = 1;
            for (uint32_t v = 0; v < t.vars; v++) {
                bool depends = false;
                for (size_t p = 0; p < t.points; p++) {
                    depends = depends || set->in[p] != set->in[table_with(&t, p, v, 0)];
                }
                assert_int_equal(guard_mentions(t.s, set->g, v), depends);
                if (depends) {
                    assert_int_equal(vars.at[next++], v);
                }
            }
            assert_int_equal(vars.n, next);
        }
        table_close(&t);
    }
}

static void constants_mention_nothing(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    (void)table_fact(s);
    struct guard_vars vars = {0};
    guard_support(s, GUARD_TRUE, &a, &vars);
    guard_support(s, GUARD_FALSE, &a, &vars);
    assert_int_equal(vars.n, 0);
    assert_false(guard_mentions(s, GUARD_TRUE, 0));
    const uint32_t outcome[] = {0};
    assert_true(guard_holds(s, GUARD_TRUE, outcome));
    assert_false(guard_holds(s, GUARD_FALSE, outcome));
    arena_release(&a);
}

/* Walks mark nodes with a number that counts up; after the last one it starts again. */
static void walks_survive_the_end_of_the_stamps(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard g = guard_and(s, table_fact(s), table_fact(s));
    s->stamp = 0;
    assert_int_equal(guard_size(s, g), 2); /* leaves the first stamp behind */
    s->stamp = UINT32_MAX;
    assert_int_equal(guard_size(s, g), 2); /* takes the first stamp again */
    assert_int_equal(guard_size(s, g), 2);
    struct guard fresh = guard_or(s, guard_is(s, 0, 0), guard_is(s, 1, 0)); /* without a stamp */
    s->stamp = UINT32_MAX;
    assert_int_equal(guard_size(s, fresh), 2);
    s->stamp = UINT32_MAX;
    assert_int_equal(guard_next_stamp(s), 1);
    assert_int_equal(guard_next_stamp(s), 2);
    arena_release(&a);
}

/* A chain: the walk comes by one more node at each step. */
static void a_walk_tells_that_there_are_more_than_the_limit(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard all = GUARD_TRUE;
    for (size_t i = 0; i < 20; i++) {
        all = guard_and(s, all, table_fact(s));
    }
    assert_int_equal(guard_walk(s, all.node, 10), 11);
    assert_int_equal(guard_walk(s, all.node, 19), 20);
    assert_int_equal(guard_walk(s, all.node, 20), 20);
    arena_release(&a);
}

static void asks_about_an_outcome_too_many(void)
{
    static struct arena a;
    struct guard_space *s = guard_space_new(&a);
    struct guard x = table_fact(s);
    const uint32_t outcome[] = {2};
    (void)guard_holds(s, x, outcome);
}

static void an_outcome_that_cannot_be_is_a_defect(void **state)
{
    (void)state;
    assert_aborts(asks_about_an_outcome_too_many, "variable 0 has no outcome 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_support_is_what_the_value_depends_on),
        cmocka_unit_test(constants_mention_nothing),
        cmocka_unit_test(walks_survive_the_end_of_the_stamps),
        cmocka_unit_test(a_walk_tells_that_there_are_more_than_the_limit),
        cmocka_unit_test(an_outcome_that_cannot_be_is_a_defect),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
