#include "guard/guard.h"

#include "guard/guard_space.h"
#include "tests/check.h"
#include "tests/death.h"
#include "tests/guard/table.h"

static uint32_t add(struct guard_space *s, uint32_t outcomes)
{
    return guard_add(s, (struct guard_variable){
                            .name = STR("x"), .outcomes = outcomes, .standard = GUARD_NO_OUTCOME});
}

static void variables_are_numbered_in_the_order_of_adding(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    assert_int_equal(guard_count(s), 0);
    assert_int_equal(add(s, 2), 0);
    const struct guard_variable *first = guard_variable(s, 0);
    assert_int_equal(add(s, 4096), 1);
    for (uint32_t i = 2; i < 100; i++) {
        assert_int_equal(add(s, 3), i);
    }
    assert_int_equal(guard_count(s), 100);
    assert_int_equal(guard_variable(s, 1)->outcomes, 4096);
    assert_ptr_equal(guard_variable(s, 0), first); /* stays where it is */
    arena_release(&a);
}

static void among_all_outcomes_is_true_and_among_none_is_false(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    uint32_t x = add(s, 3);
    const uint32_t all[] = {2, 0, 1, 0}; /* any order, repeated */
    assert_true(guard_is_true(guard_among(s, x, all, 4)));
    assert_true(guard_is_false(guard_among(s, x, NULL, 0)));
    assert_true(guard_same(guard_among(s, x, all, 1), guard_is(s, x, 2)));
    struct guard two = guard_among(s, x, all, 2);
    assert_true(guard_same(two, guard_not(s, guard_is(s, x, 1))));
    arena_release(&a);
}

static void equal_sets_are_equal_nodes(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard x = table_fact(s);
    struct guard y = table_fact(s);
    struct guard z = table_fact(s);
    /* de Morgan, distribution, exclusive or in two ways */
    struct guard left = guard_not(s, guard_and(s, x, guard_or(s, y, z)));
    struct guard right =
        guard_or(s, guard_not(s, x), guard_and(s, guard_not(s, y), guard_not(s, z)));
    assert_true(guard_same(left, right));
    struct guard xor1 = guard_or(s, guard_minus(s, x, y), guard_minus(s, y, x));
    struct guard xor2 = guard_minus(s, guard_or(s, x, y), guard_and(s, x, y));
    assert_true(guard_same(xor1, xor2));
    assert_false(guard_same(xor1, left));
    arena_release(&a);
}

/* n literals of a 4096-outcome variable take three runs each, not 4096 children. */
static void a_large_variable_costs_little(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    uint32_t x = add(s, LIMIT_OUTCOMES);
    uint32_t *odd = ARENA_ARRAY(&a, LIMIT_OUTCOMES / 2, uint32_t);
    struct guard some = GUARD_FALSE;
    for (uint32_t o = 0; o < LIMIT_OUTCOMES; o++) {
        struct guard g = guard_is(s, x, o);
        if (o < 64) {
            some = guard_or(s, some, g);
        }
        if (o % 2 == 1) {
            odd[o / 2] = o;
        }
    }
    assert_true(a.total < 2 * 1024 * 1024);
    uint32_t outcome = 63;
    assert_true(guard_holds(s, some, &outcome));
    outcome = 64;
    assert_false(guard_holds(s, some, &outcome));
    struct guard g = guard_among(s, x, odd, LIMIT_OUTCOMES / 2);
    for (outcome = 0; outcome < LIMIT_OUTCOMES; outcome++) {
        assert_int_equal(guard_holds(s, g, &outcome), outcome % 2 == 1);
    }
    assert_false(guard_exceeded(s));
    arena_release(&a);
}

static void a_variable_may_be_added_between_operations(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard x = table_fact(s);
    struct guard before = guard_not(s, x);
    struct guard y = table_fact(s);
    struct guard g = guard_or(s, guard_and(s, x, y), before);
    const uint32_t worlds[4][2] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    const bool expected[4] = {true, true, false, true};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(guard_holds(s, g, worlds[i]), expected[i]);
    }
    arena_release(&a);
}

/* x1=y1 & x2=y2 & ... with all x before all y needs more than 2^n nodes. */
static struct guard pairs(struct guard_space *s, uint32_t n)
{
    uint32_t first = guard_count(s);
    for (uint32_t i = 0; i < 2 * n; i++) {
        (void)table_fact(s);
    }
    struct guard all = GUARD_TRUE;
    for (uint32_t i = 0; i < n; i++) {
        struct guard x = guard_is(s, first + i, 1);
        struct guard y = guard_is(s, first + n + i, 1);
        struct guard same = guard_not(s, guard_or(s, guard_minus(s, x, y), guard_minus(s, y, x)));
        all = guard_and(s, all, same);
    }
    return all;
}

static void a_guard_that_is_too_large_becomes_the_budget(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    guard_set_limits(s, (struct guard_limits){.nodes = 200, .total = 100000, .search = 1000});
    struct guard small = pairs(s, 4);
    assert_int_equal(guard_size(s, small), 3 * 16 - 3); /* 2^4-1 above, 2*2^4-2 below */
    assert_false(guard_exceeded(s));
    struct guard g = pairs(s, 8);
    assert_true(guard_exceeded(s));
    assert_false(guard_exceeded(s)); /* asking forgets */
    struct guard budget = guard_budget(s);
    assert_false(guard_is_true(budget) || guard_is_false(budget));
    uint32_t var = guard_node(s, budget.node)->var;
    assert_true(guard_mentions(s, g, var));
    assert_false(guard_is_true(g) || guard_is_false(g));
    assert_int_equal(guard_variable(s, var)->doubt, GUARD_LOW);
    assert_true(guard_variable(s, var)->doubts_rule);
    assert_str(guard_variable(s, var)->name, "budget");
    assert_true(guard_same(budget, guard_budget(s)));
    arena_release(&a);
}

/* Exclusive or of 20 facts: 39 nodes, but 2^20 paths. */
static struct guard parity(struct guard_space *s)
{
    struct guard odd = GUARD_FALSE;
    for (size_t i = 0; i < 20; i++) {
        struct guard x = table_fact(s);
        odd = guard_or(s, guard_minus(s, odd, x), guard_minus(s, x, odd));
    }
    return odd;
}

/* The nodes that a result shares with its operands count too: a chain of 30 made one by one
 * above 39 others is over 50 once it has 12. */
static void nodes_that_were_there_before_count_for_a_result(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    guard_set_limits(s, (struct guard_limits){.nodes = 50, .total = 100000, .search = 1000});
    for (size_t i = 0; i < 30; i++) {
        (void)table_fact(s);
    }
    struct guard g = parity(s);
    assert_int_equal(guard_size(s, g), 39);
    for (uint32_t i = 30; i > 30 - 11; i--) {
        g = guard_and(s, guard_is(s, i - 1, 1), g);
    }
    assert_int_equal(guard_size(s, g), 50);
    assert_false(guard_exceeded(s));
    assert_true(guard_same(guard_and(s, guard_is(s, 0, 1), g), guard_budget(s)));
    assert_true(guard_exceeded(s));
    arena_release(&a);
}

/* x0=y0 & x1=y1: x0; x1 for each x0: 2; y0 for each (x0, x1): 4; y1 for each x1: 2. In general
 * 2^n - 1 above and 2^n + .. + 2 below. */
static void sizes_are_those_counted_by_hand(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    assert_int_equal(guard_size(s, GUARD_TRUE), 0);
    assert_int_equal(guard_total(s), 0);
    assert_int_equal(guard_size(s, table_fact(s)), 1);
    assert_int_equal(guard_total(s), 1);
    assert_int_equal(guard_size(s, pairs(s, 1)), 3);
    assert_int_equal(guard_size(s, pairs(s, 2)), 1 + 2 + 4 + 2);
    arena_release(&a);
}

static void a_full_space_gives_budgets_but_still_answers(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard x = table_fact(s);
    struct guard y = table_fact(s);
    struct guard xy = guard_and(s, x, y);
    guard_set_limits(s,
                     (struct guard_limits){.nodes = 100, .total = guard_total(s), .search = 1000});
    assert_false(guard_exceeded(s));
    struct guard z = table_fact(s);
    assert_true(guard_exceeded(s));
    assert_true(guard_same(z, guard_budget(s)));
    assert_true(guard_same(guard_and(s, x, y), xy)); /* there already */
    assert_true(guard_same(guard_or(s, xy, x), x));
    assert_true(guard_is_false(guard_minus(s, xy, x)));
    assert_false(guard_exceeded(s));
    assert_true(guard_same(guard_or(s, x, y), guard_budget(s)));
    assert_true(guard_exceeded(s));
    arena_release(&a);
}

static void a_path_may_be_thousands_of_variables_long_but_not_more(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    guard_set_limits(s, (struct guard_limits){.nodes = 100 * 1000,
                                              .total = 100 * 1000 * 1000,
                                              .search = 1000 * 1000});
    /* from the last variable to the first, so that each step costs one node */
    for (uint32_t i = 0; i < GUARD_HEIGHT + 1; i++) {
        (void)add(s, 2);
    }
    struct guard all = GUARD_TRUE;
    struct guard any = GUARD_FALSE;
    for (uint32_t i = GUARD_HEIGHT; i > 0; i--) {
        all = guard_and(s, guard_is(s, i, 1), all);
        any = guard_or(s, guard_is(s, i, 1), any);
    }
    assert_int_equal(guard_size(s, all), GUARD_HEIGHT);
    assert_int_equal(guard_size(s, any), GUARD_HEIGHT);
    /* the whole depth in each recursion */
    assert_true(guard_implies(s, all, any));
    assert_true(guard_same(guard_or(s, all, any), any));
    assert_true(guard_is_false(guard_forall(s, all, GUARD_HEIGHT)));
    assert_true(guard_same(guard_standard(s, all), all));
    assert_false(guard_exceeded(s));
    assert_true(guard_same(guard_and(s, guard_is(s, 0, 1), all), guard_budget(s)));
    assert_true(guard_exceeded(s));
    arena_release(&a);
}

/* The bound of a parity is that of its tree; counted, it is exactly 39. */
static void a_result_of_just_as_many_nodes_as_allowed_is_kept(void **state)
{
    (void)state;
    for (size_t nodes = 38; nodes <= 39; nodes++) {
        struct arena a = {0};
        struct guard_space *s = guard_space_new(&a);
        guard_set_limits(s, (struct guard_limits){.nodes = nodes, .total = 100000, .search = 1000});
        struct guard g = parity(s);
        assert_int_equal(guard_exceeded(s), nodes < 39);
        assert_int_equal(guard_size(s, g) == 39, nodes == 39);
        arena_release(&a);
    }
}

static void no_step_is_left_once_all_of_the_space_are_taken(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    guard_set_limits(s, (struct guard_limits){.nodes = 10, .total = 10, .search = 1000});
    guard_begin_search(s);
    assert_false(guard_spend(s, 81)); /* half of 16 for each node */
    assert_false(guard_spend(s, 1));  /* what was refused ends the operation */
    guard_begin_search(s);
    assert_true(guard_spend(s, 80));
    assert_false(guard_spend(s, 1));
    guard_begin_search(s);
    assert_false(guard_spend(s, 1));
    guard_begin_build(s, 1); /* the other half */
    assert_true(guard_spend(s, 80));
    guard_begin_build(s, 1);
    assert_false(guard_spend(s, 1));
    arena_release(&a);
}

static void a_node_of_three_runs_weighs_as_two(void **state)
{
    (void)state;
    for (size_t total = 2; total <= 3; total++) {
        struct arena a = {0};
        struct guard_space *s = guard_space_new(&a);
        guard_set_limits(s, (struct guard_limits){.nodes = 10, .total = total, .search = 10});
        (void)guard_is(s, add(s, 3), 0);
        (void)guard_is(s, 0, 1);
        assert_int_equal(guard_exceeded(s), total < 3);
        arena_release(&a);
    }
}

/* Of exactly the weight of its first node, and of the second no longer. */
static void a_space_may_weigh_what_its_limit_says(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    guard_set_limits(s, (struct guard_limits){.nodes = 10, .total = 1, .search = 10});
    (void)guard_is(s, add(s, 2), 0);
    assert_false(guard_exceeded(s));
    (void)guard_is(s, add(s, 2), 0);
    assert_true(guard_exceeded(s));
    arena_release(&a);
}

/* 2^60 nodes with 16 or 32 steps for each: more than a number can say, not none. */
static void limits_too_large_to_count_are_none(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    const size_t many = (size_t)1 << 60;
    guard_set_limits(s, (struct guard_limits){.nodes = many, .total = many, .search = many});
    struct guard x = guard_is(s, add(s, 2), 1);
    struct guard y = guard_is(s, add(s, 2), 1);
    struct guard both = guard_and(s, x, y);
    assert_false(guard_exceeded(s));
    assert_true(guard_implies(s, both, x));
    arena_release(&a);
}

/* Behind the 64th outcome another word of bits begins: 64 is not 0, nor 128 64. */
static void outcomes_are_told_apart_beyond_the_first_64(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    uint32_t var = add(s, 130);
    const uint32_t some[] = {0, 63, 64, 128};
    struct guard g = guard_among(s, var, some, 4);
    struct guard few = guard_among(s, var, some, 2);
    for (uint32_t o = 0; o < 130; o++) {
        bool in = o == 0 || o == 63 || o == 64 || o == 128;
        assert_int_equal(guard_holds(s, g, &o), in);
        assert_int_equal(guard_holds(s, few, &o), in && o < 64);
    }
    arena_release(&a);
}

static void a_node_says_what_its_variable_is(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    for (uint32_t i = 0; i < 65; i++) {
        uint32_t var = guard_add(s, (struct guard_variable){.name = STR("x"),
                                                            .outcomes = 2,
                                                            .standard = GUARD_NO_OUTCOME,
                                                            .doubt = GUARD_LOW});
        const struct guard_node *n = guard_node(s, guard_is(s, var, 1).node);
        assert_int_equal(n->marks, 1U << GUARD_LOW); /* no standard, and of one rank */
        /* only the first 64 variables have a bit among those that are needed */
        assert_int_equal(n->needs, i < 64 ? UINT64_C(1) << i : 0);
    }
    arena_release(&a);
}

static struct guard_space *doomed(void)
{
    static struct arena a;
    return guard_space_new(&a);
}

static void asks_for_the_next_variable(void)
{
    struct guard_space *s = doomed();
    (void)add(s, 2);
    assert_int_equal(guard_variable(s, 0)->outcomes, 2);
    (void)guard_variable(s, 1);
}

static void adds_one_without_a_choice(void)
{
    (void)add(doomed(), 1);
}

static void adds_one_with_too_many_outcomes(void)
{
    struct guard_space *s = doomed();
    assert_int_equal(add(s, LIMIT_OUTCOMES), 0);
    (void)add(s, LIMIT_OUTCOMES + 1);
}

static void adds_a_standard_beyond_the_outcomes(void)
{
    (void)guard_add(doomed(),
                    (struct guard_variable){.name = STR("x"), .outcomes = 3, .standard = 3});
}

static void asks_for_an_outcome_too_many(void)
{
    struct guard_space *s = doomed();
    (void)guard_is(s, add(s, 2), 2);
}

static void variables_that_cannot_be_are_defects(void **state)
{
    (void)state;
    assert_aborts(asks_for_the_next_variable, "no variable 1");
    assert_aborts(adds_one_without_a_choice, "x has 1 outcomes");
    assert_aborts(adds_one_with_too_many_outcomes, "x has ");
    assert_aborts(adds_a_standard_beyond_the_outcomes, "x has no outcome 3");
    assert_aborts(asks_for_an_outcome_too_many, "x has no outcome 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(variables_are_numbered_in_the_order_of_adding),
        cmocka_unit_test(among_all_outcomes_is_true_and_among_none_is_false),
        cmocka_unit_test(equal_sets_are_equal_nodes),
        cmocka_unit_test(a_large_variable_costs_little),
        cmocka_unit_test(a_variable_may_be_added_between_operations),
        cmocka_unit_test(a_guard_that_is_too_large_becomes_the_budget),
        cmocka_unit_test(nodes_that_were_there_before_count_for_a_result),
        cmocka_unit_test(sizes_are_those_counted_by_hand),
        cmocka_unit_test(a_full_space_gives_budgets_but_still_answers),
        cmocka_unit_test(a_path_may_be_thousands_of_variables_long_but_not_more),
        cmocka_unit_test(a_result_of_just_as_many_nodes_as_allowed_is_kept),
        cmocka_unit_test(a_node_of_three_runs_weighs_as_two),
        cmocka_unit_test(no_step_is_left_once_all_of_the_space_are_taken),
        cmocka_unit_test(a_space_may_weigh_what_its_limit_says),
        cmocka_unit_test(limits_too_large_to_count_are_none),
        cmocka_unit_test(outcomes_are_told_apart_beyond_the_first_64),
        cmocka_unit_test(a_node_says_what_its_variable_is),
        cmocka_unit_test(variables_that_cannot_be_are_defects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
