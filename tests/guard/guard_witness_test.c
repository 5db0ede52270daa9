#include "guard/guard.h"

#include "guard/guard_space.h"
#include "tests/check.h"
#include "tests/guard/table.h"
#include "tests/guard/witness.h"

/* Which of two witnesses people would rather read, spelled out: doubt, number, sorted ranks,
 * variables, outcomes. Negative: x. */
static int compare(const struct table *t, const struct claim *x, const struct claim *y)
{
    int order = (int)claim_doubt(t, x) - (int)claim_doubt(t, y);
    int numbers = 0;
    int ranks[4] = {0};
    for (uint32_t v = 0; v < t->vars; v++) {
        int more = (x->outcome[v] != GUARD_NO_OUTCOME) - (y->outcome[v] != GUARD_NO_OUTCOME);
        numbers += more;
        ranks[guard_variable(t->s, v)->rank] += more;
    }
    order = order ? order : numbers;
    for (size_t rank = 0; rank < 4; rank++) {
        order = order ? order : -ranks[rank];
    }
    for (uint32_t v = 0; v < t->vars; v++) {
        int more = (x->outcome[v] != GUARD_NO_OUTCOME) - (y->outcome[v] != GUARD_NO_OUTCOME);
        order = order ? order : -more;
    }
    for (uint32_t v = 0; v < t->vars && order == 0; v++) {
        uint32_t standard = guard_variable(t->s, v)->standard;
        if (x->outcome[v] != y->outcome[v]) {
            bool first = x->outcome[v] == standard ||
                         (y->outcome[v] != standard && x->outcome[v] < y->outcome[v]);
            order = first ? -1 : 1;
        }
    }
    return order;
}

static void a_witness_is_the_best_of_all_sets_of_literals(void **state)
{
    (void)state;
    static struct table t;
    struct check_random random = {2718};
    size_t found = 0;
    for (int world = 0; world < 60; world++) {
        table_open(&t, &random, 4);
        for (int i = 0; i < 12; i++) {
            const struct table_set *g = table_any(&t);
            const struct table_set *family = table_any(&t);
            struct claim c;
            struct claim best;
            bool any = false;
            memset(&c, 0xff, sizeof c); /* GUARD_NO_OUTCOME everywhere */
            do {
                if (claim_is_witness(&t, &c, g->in, family->in) &&
                    (!any || compare(&t, &c, &best) < 0)) {
                    any = true;
                    best = c;
                }
            } while (claim_next(&t, &c));
            struct guard_witness w = guard_witness(t.s, g->g, family->g, &t.memory);
            assert_int_equal(w.found, any);
            if (any) {
                found++;
                claim_check(&t, &w, g->in, family->in);
                struct claim actual = claim_of(&t, &w);
                assert_memory_equal(actual.outcome, best.outcome, t.vars * sizeof(uint32_t));
            }
        }
        assert_false(guard_exceeded(t.s));
        table_close(&t);
    }
    assert_true(found > 300);
}

static uint32_t add(struct guard_space *s, enum guard_doubt doubt, uint8_t rank)
{
    return guard_add(s, (struct guard_variable){.name = STR("x"),
                                                .outcomes = 2,
                                                .standard = GUARD_NO_OUTCOME,
                                                .doubt = doubt,
                                                .rank = rank});
}

static void what_holds_throughout_needs_no_literal_and_what_cannot_hold_has_none(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard x = table_fact(s);
    struct guard y = table_fact(s);
    struct guard_witness w = guard_witness(s, guard_or(s, x, y), x, &a);
    assert_true(w.found);
    assert_int_equal(w.n, 0);
    assert_int_equal(w.doubt, GUARD_HIGH);
    assert_true(guard_witness(s, GUARD_TRUE, GUARD_TRUE, &a).found);
    assert_false(guard_witness(s, GUARD_FALSE, GUARD_TRUE, &a).found);
    assert_false(guard_witness(s, GUARD_TRUE, GUARD_FALSE, &a).found);
    assert_false(guard_witness(s, guard_not(s, x), x, &a).found);
    arena_release(&a);
}

/* a & b & c of no doubt is better than d alone, which is doubtful. */
static void less_doubt_is_better_than_fewer_literals(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    uint32_t d = add(s, GUARD_LOW, 0);
    struct guard abc = GUARD_TRUE;
    for (int i = 0; i < 3; i++) {
        abc = guard_and(s, abc, guard_is(s, add(s, GUARD_HIGH, 9), 1));
    }
    struct guard g = guard_or(s, guard_is(s, d, 1), abc);
    struct guard_witness w = guard_witness(s, g, GUARD_TRUE, &a);
    assert_int_equal(w.n, 3);
    assert_int_equal(w.doubt, GUARD_HIGH);
    w = guard_witness(s, g, guard_not(s, abc), &a); /* the family forbids it */
    assert_int_equal(w.n, 1);
    assert_int_equal(w.at[0].var, d);
    assert_int_equal(w.doubt, GUARD_LOW);
    arena_release(&a);
}

/* A shortest path of x ? c & e : (c & e | d & b) has three literals; c & e needs no x. */
static void a_witness_may_skip_a_variable_that_every_path_asks(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard x = table_fact(s);
    struct guard c = table_fact(s);
    struct guard e = table_fact(s);
    struct guard d = table_fact(s);
    struct guard b = table_fact(s);
    struct guard ce = guard_and(s, c, e);
    struct guard g = guard_or(s, ce, guard_minus(s, guard_and(s, d, b), x));
    struct guard_witness w = guard_witness(s, g, GUARD_TRUE, &a);
    assert_int_equal(w.n, 2);
    assert_int_equal(w.at[0].var, 1);
    assert_int_equal(w.at[1].var, 2);
    arena_release(&a);
}

static void the_standard_outcome_is_preferred_then_the_lowest(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    uint32_t x =
        guard_add(s, (struct guard_variable){.name = STR("x"), .outcomes = 6, .standard = 4});
    uint32_t standard[] = {1, 2, 4};
    uint32_t others[] = {5, 3, 2};
    struct guard_witness w = guard_witness(s, guard_among(s, x, standard, 3), GUARD_TRUE, &a);
    assert_int_equal(w.n, 1);
    assert_int_equal(w.at[0].outcome, 4);
    w = guard_witness(s, guard_among(s, x, others, 3), GUARD_TRUE, &a);
    assert_int_equal(w.at[0].outcome, 2);
    /* within a family that does not have the standard */
    w = guard_witness(s, guard_among(s, x, standard, 3), guard_not(s, guard_is(s, x, 4)), &a);
    assert_int_equal(w.at[0].outcome, 1);
    arena_release(&a);
}

static void literals_are_listed_by_rank_then_by_variable(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    const uint8_t ranks[] = {255, 3, 0, 3, 0};
    struct guard g = GUARD_TRUE;
    for (size_t i = 0; i < 5; i++) {
        g = guard_and(s, g, guard_is(s, add(s, GUARD_MEDIUM, ranks[i]), (uint32_t)i % 2));
    }
    struct guard_witness w = guard_witness(s, g, GUARD_TRUE, &a);
    const uint32_t order[] = {2, 4, 1, 3, 0};
    assert_int_equal(w.n, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(w.at[i].var, order[i]);
        assert_int_equal(w.at[i].outcome, order[i] % 2);
    }
    assert_int_equal(w.doubt, GUARD_MEDIUM);
    arena_release(&a);
}

static void chains_of_many_conditions_have_witnesses_at_once(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    enum { N = GUARD_HEIGHT };
    for (size_t i = 0; i < N; i++) {
        (void)add(s, GUARD_HIGH, (uint8_t)(i == 1234 ? 0 : 1));
    }
    struct guard all = GUARD_TRUE;
    struct guard any = GUARD_FALSE;
    struct guard odd = GUARD_FALSE;
    for (uint32_t i = N; i-- > 0;) {
        struct guard x = guard_is(s, i, 1);
        all = guard_and(s, x, all);
        any = guard_or(s, x, any);
        odd = guard_or(s, guard_minus(s, x, odd), guard_minus(s, odd, x));
    }
    struct guard_witness w = guard_witness(s, all, GUARD_TRUE, &a);
    assert_int_equal(w.n, N);
    w = guard_witness(s, any, GUARD_TRUE, &a);
    assert_int_equal(w.n, 1);
    assert_int_equal(w.at[0].var, 1234); /* the lowest rank */
    w = guard_witness(s, odd, GUARD_TRUE, &a);
    assert_int_equal(w.n, N);
    w = guard_witness(s, all, any, &a);
    assert_int_equal(w.n, N);
    w = guard_witness(s, any, guard_not(s, all), &a);
    assert_int_equal(w.n, 1);
    assert_false(guard_exceeded(s));
    arena_release(&a);
}

static void over_the_budget_the_witness_is_the_budget(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard any = GUARD_FALSE;
    struct guard odd = GUARD_FALSE;
    for (size_t i = 0; i < 60; i++) {
        struct guard x = table_fact(s);
        any = guard_or(s, any, x);
        odd = guard_or(s, guard_minus(s, odd, x), guard_minus(s, x, odd));
    }
    guard_set_limits(s, (struct guard_limits){.nodes = 1, .total = 100000, .search = 1});
    struct guard_witness w = guard_witness(s, odd, any, &a);
    assert_true(w.found);
    assert_int_equal(w.n, 1);
    assert_true(guard_same(guard_is(s, w.at[0].var, w.at[0].outcome), guard_budget(s)));
    assert_int_equal(w.doubt, GUARD_LOW);
    assert_true(w.doubts_rule);
    assert_true(guard_exceeded(s));
    arena_release(&a);
}

/* A witness that rests on the budget says so, and only if there is no other. */
static void the_budget_is_the_last_choice(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard budget = guard_budget(s);
    struct guard low = guard_is(s, add(s, GUARD_LOW, 7), 1);
    struct guard_witness w = guard_witness(s, guard_or(s, budget, low), GUARD_TRUE, &a);
    assert_int_equal(w.n, 1);
    assert_int_equal(w.at[0].var, 1);
    w = guard_witness(s, budget, GUARD_TRUE, &a);
    assert_int_equal(w.at[0].var, 0);
    assert_int_equal(w.at[0].outcome, 1);
    arena_release(&a);
}

static void of_two_differences_the_first_variable_decides(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard x = guard_is(s, add(s, GUARD_HIGH, 1), 1);
    struct guard y = guard_is(s, add(s, GUARD_HIGH, 1), 1);
    struct guard one = guard_or(s, guard_minus(s, x, y), guard_minus(s, y, x));
    struct guard_witness w = guard_witness(s, one, GUARD_TRUE, &a);
    assert_int_equal(w.n, 2);
    assert_int_equal(w.at[0].outcome, 0);
    assert_int_equal(w.at[1].outcome, 1);
    arena_release(&a);
}

/* Variables beyond the first 64 have no bit among those that a node needs. */
static void a_node_needs_what_no_witness_can_do_without(void **state)
{
    (void)state;
    static struct table t;
    struct check_random random = {31};
    size_t needed = 0;
    for (int world = 0; world < 40; world++) {
        table_open(&t, &random, TABLE_VARS);
        for (size_t i = 0; i < TABLE_SETS; i++) {
            const struct guard_node *n = guard_node(t.s, t.sets[i].g.node);
            for (uint32_t v = 0; n->count > 0 && v < 64; v++) {
                if ((n->needs >> v & 1) != 0) {
                    needed++;
                    assert_in_range(v, 0, t.vars - 1);
                    assert_true(guard_is_false(guard_forall(t.s, t.sets[i].g, v)));
                }
            }
        }
        table_close(&t);
    }
    assert_true(needed > 50);
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard all = GUARD_TRUE;
    for (size_t i = 0; i < 70; i++) {
        all = guard_and(s, all, table_fact(s));
    }
    assert_true(guard_node(s, all.node)->needs == UINT64_MAX);
    assert_true(guard_node(s, guard_is(s, 69, 1).node)->needs == 0);
    assert_int_equal(guard_witness(s, all, GUARD_TRUE, &a).n, 70);
    arena_release(&a);
}

/* x & p & q | y & r & s | c & d: the shortest path goes through x and y, so without the exact
 * search p and q come with x. What a search has found by the time it is stopped must not help it
 * when the question is asked again. */
static void who_asks_twice_is_told_the_same(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard is[8];
    for (uint32_t i = 0; i < 8; i++) {
        uint32_t var = guard_add(
            s, (struct guard_variable){.name = STR("x"), .outcomes = 2, .standard = i < 2});
        is[i] = guard_is(s, var, 1);
    }
    struct guard g = guard_and(s, is[6], is[7]);
    g = guard_or(s, g, guard_and(s, is[0], guard_and(s, is[2], is[3])));
    g = guard_or(s, g, guard_and(s, is[1], guard_and(s, is[4], is[5])));
    guard_set_limits(s, (struct guard_limits){.nodes = 20000, .total = 1000000, .search = 40});
    for (int i = 0; i < 9; i++) {
        struct guard_witness w = guard_witness(s, g, GUARD_TRUE, &a);
        assert_int_equal(w.n, 3);
        assert_int_equal(w.at[0].var, 0);
    }
    guard_set_limits(s, (struct guard_limits){.nodes = 20000, .total = 1000000, .search = 999});
    struct guard_witness best = guard_witness(s, g, GUARD_TRUE, &a);
    assert_int_equal(best.n, 2);
    assert_int_equal(best.at[0].var, 6);
    arena_release(&a);
}

/* The family says something of a variable before all of g's; to take it out joins two guards of
 * seven facts, for which a search of so few steps has none left. */
static void a_search_may_end_while_the_family_is_made_smaller(void **state)
{
    (void)state;
    enum { FACTS = 7 }; /* odd, so that all of them are */
    for (size_t steps = 0; steps < 40; steps++) {
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
        struct guard family = guard_or(s, guard_and(s, choice, odd), guard_minus(s, all, choice));
        struct guard g = guard_or(s, guard_not(s, guard_and(s, odd, all)), table_fact(s));
        guard_set_limits(s, (struct guard_limits){.nodes = 1000, .total = 100000, .search = steps});
        struct guard_witness w = guard_witness(s, g, family, &a);
        assert_true(w.found);
        assert_false(guard_exceeded(s));
        struct guard within = family;
        for (size_t i = 0; i < w.n; i++) {
            within = guard_and(s, within, guard_is(s, w.at[i].var, w.at[i].outcome));
        }
        assert_false(guard_is_false(within));
        assert_true(guard_implies(s, within, g));
        arena_release(&a);
    }
}

/* Facts of these ranks, in order. */
static void add_ranked(struct guard_space *s, const uint8_t *ranks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        (void)guard_add(s, (struct guard_variable){.name = STR("v"),
                                                   .outcomes = 2,
                                                   .standard = GUARD_NO_OUTCOME,
                                                   .rank = ranks[i]});
    }
}

static void of_the_highest_ranks_the_lower_one_is_preferred(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    add_ranked(s, (const uint8_t[]){UINT8_MAX, UINT8_MAX - 1}, 2);
    struct guard any = guard_or(s, guard_is(s, 0, 1), guard_is(s, 1, 1));
    struct guard_witness w = guard_witness(s, any, GUARD_TRUE, &a);
    assert_int_equal(w.n, 1);
    assert_int_equal(w.at[0].var, 1);
    arena_release(&a);
}

/* v0=no with v2, v0=yes with v1, or v1 with v2: the ranks 0 and 1 are the lowest, though v1 comes
 * before v2. */
static void a_lower_rank_is_preferred_to_an_earlier_variable(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    add_ranked(s, (const uint8_t[]){0, 5, 1}, 3);
    struct guard v0 = guard_is(s, 0, 1);
    struct guard g =
        guard_or(s, guard_minus(s, guard_is(s, 2, 1), v0), guard_and(s, v0, guard_is(s, 1, 1)));
    struct guard_witness w = guard_witness(s, g, GUARD_TRUE, &a);
    assert_int_equal(w.n, 2);
    assert_int_equal(w.at[0].var, 0);
    assert_int_equal(w.at[0].outcome, 0);
    assert_int_equal(w.at[1].var, 2);
    arena_release(&a);
}

/* v0 with v3, or v1 with v2: both of ranks 1 and 5. */
static void where_the_ranks_are_the_same_the_earlier_variable_is_preferred(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    add_ranked(s, (const uint8_t[]){1, 5, 1, 5}, 4);
    struct guard g = guard_or(s, guard_and(s, guard_is(s, 0, 1), guard_is(s, 3, 1)),
                              guard_and(s, guard_is(s, 1, 1), guard_is(s, 2, 1)));
    struct guard_witness w = guard_witness(s, g, GUARD_TRUE, &a);
    assert_int_equal(w.n, 2);
    assert_int_equal(w.at[0].var, 0);
    assert_int_equal(w.at[1].var, 3);
    arena_release(&a);
}

static void a_witness_does_not_hide_that_the_budget_was_exceeded_before(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard x = table_fact(s);
    struct guard y = table_fact(s);
    struct guard_limits limits = s->limits;
    guard_set_limits(s, (struct guard_limits){.nodes = 10, .total = 1, .search = 10});
    (void)guard_and(s, x, y);
    guard_set_limits(s, limits);
    assert_true(guard_witness(s, x, GUARD_TRUE, &a).found);
    assert_true(guard_exceeded(s));
    assert_true(guard_witness(s, x, GUARD_TRUE, &a).found);
    assert_false(guard_exceeded(s));
    arena_release(&a);
}

/* The first table of pairs has room for two, the next ones for 4, 8, 16. */
static void what_a_search_found_is_there_for_the_next(void **state)
{
    (void)state;
    enum { FACTS = 16 };
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard fact[FACTS];
    for (size_t i = 0; i < FACTS; i++) {
        fact[i] = table_fact(s);
        assert_int_equal(guard_witness(s, fact[i], GUARD_TRUE, &a).n, 1);
        assert_int_equal(s->found.pair_n, i + 1); /* each is a pair with TRUE */
    }
    for (size_t i = 0; i < FACTS; i++) {
        assert_int_equal(guard_witness(s, fact[i], GUARD_TRUE, &a).n, 1);
    }
    assert_int_equal(s->found.pair_n, FACTS);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_witness_is_the_best_of_all_sets_of_literals),
        cmocka_unit_test(what_holds_throughout_needs_no_literal_and_what_cannot_hold_has_none),
        cmocka_unit_test(less_doubt_is_better_than_fewer_literals),
        cmocka_unit_test(a_witness_may_skip_a_variable_that_every_path_asks),
        cmocka_unit_test(the_standard_outcome_is_preferred_then_the_lowest),
        cmocka_unit_test(literals_are_listed_by_rank_then_by_variable),
        cmocka_unit_test(chains_of_many_conditions_have_witnesses_at_once),
        cmocka_unit_test(over_the_budget_the_witness_is_the_budget),
        cmocka_unit_test(the_budget_is_the_last_choice),
        cmocka_unit_test(of_two_differences_the_first_variable_decides),
        cmocka_unit_test(a_node_needs_what_no_witness_can_do_without),
        cmocka_unit_test(who_asks_twice_is_told_the_same),
        cmocka_unit_test(a_search_may_end_while_the_family_is_made_smaller),
        cmocka_unit_test(of_the_highest_ranks_the_lower_one_is_preferred),
        cmocka_unit_test(a_witness_does_not_hide_that_the_budget_was_exceeded_before),
        cmocka_unit_test(a_lower_rank_is_preferred_to_an_earlier_variable),
        cmocka_unit_test(where_the_ranks_are_the_same_the_earlier_variable_is_preferred),
        cmocka_unit_test(what_a_search_found_is_there_for_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
