#include "guard/guard.h"

#include "guard/guard_space.h"
#include "tests/check.h"
#include "tests/guard/table.h"
#include "tests/guard/witness.h"

/* Is the point in the cube, looking away from part `without` (cube->n: at all parts)? */
static bool cube_has(const struct table *t, const struct guard_cube *cube, size_t point,
                     size_t without)
{
    uint32_t outcome[TABLE_VARS];
    table_decode(t, point, outcome);
    for (size_t i = 0; i < cube->n; i++) {
        bool among = i == without;
        for (size_t k = 0; k < cube->parts[i].n; k++) {
            among = among || cube->parts[i].outcomes[k] == outcome[cube->parts[i].var];
        }
        if (!among) {
            return false;
        }
    }
    return true;
}

/* A part that could be dropped would leave all of the family inside g and outside of earlier
 * cubes. */
static bool can_drop(const struct table *t, const struct guard_cover *c, size_t cube, size_t part,
                     const bool *g, const bool *family)
{
    for (size_t p = 0; p < t->points; p++) {
        if (!family[p] || !cube_has(t, &c->at[cube], p, part)) {
            continue;
        }
        bool open = g[p];
        for (size_t i = 0; i < cube; i++) {
            open = open && !cube_has(t, &c->at[i], p, c->at[i].n);
        }
        if (!open) {
            return false;
        }
    }
    return true;
}

static void cubes_cover_the_guard_once_and_none_has_a_part_too_many(void **state)
{
    (void)state;
    static struct table t;
    struct check_random random = {161803};
    size_t cubes = 0;
    for (int world = 0; world < 60; world++) {
        table_open(&t, &random, 4);
        for (int i = 0; i < 12; i++) {
            const struct table_set *g = table_any(&t);
            const struct table_set *family = table_any(&t);
            struct guard_cover c = guard_cover(t.s, g->g, family->g, TABLE_POINTS, &t.memory);
            assert_false(c.more);
            for (size_t p = 0; p < t.points; p++) {
                size_t times = 0;
                for (size_t k = 0; k < c.n; k++) {
                    times += cube_has(&t, &c.at[k], p, c.at[k].n);
                }
                if (family->in[p]) {
                    assert_int_equal(times, g->in[p]);
                }
            }
            for (size_t k = 0; k < c.n; k++) {
                for (size_t part = 0; part < c.at[k].n; part++) {
                    assert_false(can_drop(&t, &c, k, part, g->in, family->in));
                }
            }
            cubes += c.n;
        }
        assert_false(guard_exceeded(t.s));
        table_close(&t);
    }
    assert_true(cubes > 300);
}

static void the_first_cube_holds_the_witness(void **state)
{
    (void)state;
    static struct table t;
    struct check_random random = {577};
    for (int world = 0; world < 30; world++) {
        table_open(&t, &random, 4);
        const struct table_set *g = table_any(&t);
        const struct table_set *family = table_any(&t);
        struct guard_witness w = guard_witness(t.s, g->g, family->g, &t.memory);
        struct guard_cover c = guard_cover(t.s, g->g, family->g, TABLE_POINTS, &t.memory);
        assert_int_equal(w.found, c.n > 0);
        if (w.found) {
            assert_int_equal(c.at[0].n, w.n);
        }
        for (size_t i = 0; w.found && i < w.n; i++) {
            assert_int_equal(c.at[0].parts[i].var, w.at[i].var);
            bool has = false;
            for (size_t k = 0; k < c.at[0].parts[i].n; k++) {
                has = has || c.at[0].parts[i].outcomes[k] == w.at[i].outcome;
            }
            assert_true(has);
        }
        table_close(&t);
    }
}

/* Env is dev, test or prod; open in dev and test, and in prod with Ssh. */
static void outcomes_that_do_the_same_are_listed_together(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    uint32_t env = guard_add(s, (struct guard_variable){.name = STR("Env"), .outcomes = 3});
    struct guard ssh = table_fact(s);
    const uint32_t early[] = {0, 1};
    struct guard g = guard_or(s, guard_among(s, env, early, 2), ssh);
    struct guard_cover c = guard_cover(s, g, GUARD_TRUE, 9, &a);
    assert_int_equal(c.n, 2);
    assert_false(c.more);
    assert_int_equal(c.at[0].n, 1);
    assert_int_equal(c.at[0].parts[0].var, env);
    assert_int_equal(c.at[0].parts[0].n, 2);
    assert_int_equal(c.at[1].n, 2); /* Env=prod, Ssh */
    assert_int_equal(c.at[1].parts[0].outcomes[0], 2);
    arena_release(&a);
}

/* An outcome that the family does not have is no choice. */
static void what_cannot_be_deployed_is_not_listed(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    uint32_t env = guard_add(s, (struct guard_variable){.name = STR("Env"), .outcomes = 4});
    const uint32_t open[] = {0, 1, 2};
    const uint32_t deployable[] = {0, 2, 3};
    struct guard_cover c =
        guard_cover(s, guard_among(s, env, open, 3), guard_among(s, env, deployable, 3), 9, &a);
    assert_int_equal(c.n, 1);
    assert_int_equal(c.at[0].parts[0].n, 2);
    assert_int_equal(c.at[0].parts[0].outcomes[0], 0);
    assert_int_equal(c.at[0].parts[0].outcomes[1], 2);
    arena_release(&a);
}

static void always_is_one_cube_without_parts_and_never_is_none(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard x = table_fact(s);
    struct guard_cover c = guard_cover(s, GUARD_TRUE, x, 9, &a);
    assert_int_equal(c.n, 1);
    assert_int_equal(c.at[0].n, 0);
    assert_false(c.more);
    c = guard_cover(s, guard_not(s, x), x, 9, &a);
    assert_int_equal(c.n, 0);
    assert_false(c.more);
    arena_release(&a);
}

/* Ten variables of which an odd number holds: 512 cubes, none of which can be larger. */
static void a_list_that_ends_early_says_so(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard odd = GUARD_FALSE;
    for (size_t i = 0; i < 10; i++) {
        struct guard x = table_fact(s);
        odd = guard_or(s, guard_minus(s, odd, x), guard_minus(s, x, odd));
    }
    struct guard_cover c = guard_cover(s, odd, GUARD_TRUE, 511, &a);
    assert_int_equal(c.n, 511);
    assert_true(c.more);
    c = guard_cover(s, odd, GUARD_TRUE, 512, &a);
    assert_int_equal(c.n, 512);
    assert_false(c.more);
    arena_release(&a);
}

static void over_the_budget_there_are_more_than_are_listed(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard odd = GUARD_FALSE;
    for (size_t i = 0; i < 60; i++) {
        struct guard x = table_fact(s);
        odd = guard_or(s, guard_minus(s, odd, x), guard_minus(s, x, odd));
    }
    guard_set_limits(s, (struct guard_limits){.nodes = 1, .total = 100000, .search = 1});
    struct guard_cover c = guard_cover(s, odd, GUARD_TRUE, 9, &a);
    assert_true(c.more);
    assert_true(guard_exceeded(s));
    arena_release(&a);
}

/* Two of three outcomes of each of two variables are one cube, not four. */
static void every_part_of_a_cube_takes_in_what_it_can(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    static const uint32_t low[] = {0, 1};
    struct guard g = GUARD_TRUE;
    for (uint32_t var = 0; var < 2; var++) {
        guard_add(s, (struct guard_variable){
                         .name = STR("v"), .outcomes = 3, .standard = GUARD_NO_OUTCOME});
        g = guard_and(s, g, guard_among(s, var, low, 2));
    }
    struct guard_cover c = guard_cover(s, g, GUARD_TRUE, 9, &a);
    assert_false(c.more);
    assert_int_equal(c.n, 1);
    assert_int_equal(c.at[0].n, 2);
    for (uint32_t i = 0; i < 2; i++) {
        assert_int_equal(c.at[0].parts[i].var, i);
        assert_int_equal(c.at[0].parts[i].n, 2);
        assert_int_equal(c.at[0].parts[i].outcomes[0], 0);
        assert_int_equal(c.at[0].parts[i].outcomes[1], 1);
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cubes_cover_the_guard_once_and_none_has_a_part_too_many),
        cmocka_unit_test(the_first_cube_holds_the_witness),
        cmocka_unit_test(outcomes_that_do_the_same_are_listed_together),
        cmocka_unit_test(every_part_of_a_cube_takes_in_what_it_can),
        cmocka_unit_test(what_cannot_be_deployed_is_not_listed),
        cmocka_unit_test(always_is_one_cube_without_parts_and_never_is_none),
        cmocka_unit_test(a_list_that_ends_early_says_so),
        cmocka_unit_test(over_the_budget_there_are_more_than_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
