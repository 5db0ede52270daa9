#include "guard/guard.h"

#include "guard/guard_space.h"
#include "tests/check.h"
#include "tests/guard/table.h"
#include "tests/guard/witness.h"

/* With no step for the exact search every witness is a greedy one. */
static const struct guard_limits GREEDY = {.nodes = 20000, .total = 1000000, .search = 0};

/* The least doubt of any witness. */
static enum guard_doubt least_doubt(const struct table *t, const bool *g, const bool *family)
{
    enum guard_doubt least = GUARD_LOW;
    struct claim c;
    memset(&c, 0xff, sizeof c); /* GUARD_NO_OUTCOME everywhere */
    do {
        if (claim_doubt(t, &c) < least && claim_is_witness(t, &c, g, family)) {
            least = claim_doubt(t, &c);
        }
    } while (claim_next(t, &c));
    return least;
}

static void greedy_witnesses_are_minimal_and_of_the_least_doubt(void **state)
{
    (void)state;
    static struct table t;
    struct check_random random = {1414};
    size_t found = 0;
    for (int world = 0; world < 100; world++) {
        table_open(&t, &random, 4);
        for (int i = 0; i < 12; i++) {
            const struct table_set *g = table_any(&t);
            const struct table_set *family = table_any(&t);
            if (guard_disjoint(t.s, g->g, family->g)) {
                continue;
            }
            found++;
            struct guard h = guard_or(t.s, g->g, guard_not(t.s, family->g));
            struct guard_literal *at;
            size_t n;
            assert_true(guard_greedy(t.s, h.node, family->g.node, &t.memory, &at, &n));
            struct claim c = claim_of(&t, &(struct guard_witness){.at = at, .n = n});
            assert_true(claim_is_witness(&t, &c, g->in, family->in));
            for (size_t k = 0; k < n; k++) {
                struct claim less = c;
                less.outcome[at[k].var] = GUARD_NO_OUTCOME;
                assert_false(claim_is_witness(&t, &less, g->in, family->in));
                assert_true(k == 0 || at[k - 1].var < at[k].var);
            }
            assert_int_equal(claim_doubt(&t, &c), least_doubt(&t, g->in, family->in));
        }
        table_close(&t);
    }
    assert_true(found > 500);
}

static void without_steps_for_the_search_the_greedy_witness_is_given(void **state)
{
    (void)state;
    static struct table t;
    struct check_random random = {999};
    for (int world = 0; world < 100; world++) {
        table_open(&t, &random, 4);
        guard_set_limits(t.s, GREEDY);
        for (int i = 0; i < 12; i++) {
            const struct table_set *g = table_any(&t);
            const struct table_set *family = table_any(&t);
            struct guard_witness w = guard_witness(t.s, g->g, family->g, &t.memory);
            assert_int_equal(w.found, !guard_disjoint(t.s, g->g, family->g));
            if (w.found) {
                claim_check(&t, &w, g->in, family->in);
            }
        }
        assert_false(guard_exceeded(t.s));
        table_close(&t);
    }
}

static void literals_cover_what_they_imply(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard x = table_fact(s);
    struct guard y = table_fact(s);
    struct guard z = table_fact(s);
    struct guard g = guard_or(s, guard_and(s, x, y), guard_minus(s, z, x));
    const struct guard_literal yz[] = {{1, 1}, {2, 1}};
    const bool only_y[] = {true, false};
    assert_true(guard_covers(s, g.node, yz, NULL, 2)); /* whatever x is */
    assert_false(guard_covers(s, g.node, yz, only_y, 2));
    assert_true(guard_covers(s, 1, NULL, NULL, 0));
    assert_false(guard_covers(s, 0, yz, NULL, 2));
    arena_release(&a);
}

/* Two of three facts; with a family of one point the path says all three. h is given as the
 * guard alone, so that not all of them can go: the first to go is v0, of rank 5, and then
 * neither of the others can. */
static void the_highest_rank_is_dropped_first(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    const uint8_t ranks[] = {5, 1, 3};
    for (size_t i = 0; i < 3; i++) {
        (void)guard_add(s, (struct guard_variable){.name = STR("v"),
                                                   .outcomes = 2,
                                                   .standard = GUARD_NO_OUTCOME,
                                                   .rank = ranks[i]});
    }
    struct guard v0 = guard_is(s, 0, 1);
    struct guard v1 = guard_is(s, 1, 1);
    struct guard v2 = guard_is(s, 2, 1);
    struct guard two =
        guard_or(s, guard_or(s, guard_and(s, v0, v1), guard_and(s, v0, v2)), guard_and(s, v1, v2));
    struct guard_literal *at;
    size_t n;
    struct guard family = guard_and(s, guard_and(s, v0, v1), v2);
    assert_true(guard_greedy(s, two.node, family.node, &a, &at, &n));
    assert_int_equal(n, 2);
    assert_int_equal(at[0].var, 1);
    assert_int_equal(at[1].var, 2);
    arena_release(&a);
}

/* Ways of one length: through the first outcome, unless a later one is the standard. */
static void of_ways_of_one_length_the_standard_then_the_first_is_taken(void **state)
{
    (void)state;
    const uint32_t standards[] = {GUARD_NO_OUTCOME, 0, 2, 4, 5};
    const uint32_t taken[] = {0, 0, 2, 4, 0};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        struct arena a = {0};
        struct guard_space *s = guard_space_new(&a);
        (void)guard_add(
            s, (struct guard_variable){.name = STR("v"), .outcomes = 6, .standard = standards[i]});
        struct guard even = guard_among(s, 0, (const uint32_t[]){0, 2, 4}, 3);
        struct guard_literal *at;
        size_t n;
        assert_true(guard_greedy(s, even.node, GUARD_TRUE.node, &a, &at, &n));
        assert_int_equal(n, 1);
        assert_int_equal(at[0].outcome, taken[i]);
        arena_release(&a);
    }
}

/* Exclusive or of 60 facts: 119 nodes, 2^60 paths. */
static void nodes_where_many_paths_meet_are_looked_at_once(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard odd = GUARD_FALSE;
    for (size_t i = 0; i < 60; i++) {
        struct guard x = table_fact(s);
        odd = guard_or(s, guard_minus(s, odd, x), guard_minus(s, x, odd));
    }
    assert_false(guard_covers(s, odd.node, NULL, NULL, 0));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(greedy_witnesses_are_minimal_and_of_the_least_doubt),
        cmocka_unit_test(without_steps_for_the_search_the_greedy_witness_is_given),
        cmocka_unit_test(literals_cover_what_they_imply),
        cmocka_unit_test(the_highest_rank_is_dropped_first),
        cmocka_unit_test(of_ways_of_one_length_the_standard_then_the_first_is_taken),
        cmocka_unit_test(nodes_where_many_paths_meet_are_looked_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
