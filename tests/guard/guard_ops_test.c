#include "guard/guard.h"

#include "guard/guard_space.h"
#include "tests/check.h"
#include "tests/guard/table.h"

static void every_operation_agrees_with_its_truth_table(void **state)
{
    (void)state;
    static struct table t;
    struct check_random random = {20240601};
    for (int world = 0; world < 60; world++) {
        table_open(&t, &random, TABLE_VARS);
        for (int i = 0; i < 60; i++) {
            const struct table_set *set = table_combine(&t);
            table_same(&t, set->g, set->in);
        }
        assert_false(guard_exceeded(t.s));
        table_close(&t);
    }
}

static void equal_tables_have_equal_nodes_and_only_they(void **state)
{
    (void)state;
    static struct table t;
    struct check_random random = {77};
    for (int world = 0; world < 100; world++) {
        table_open(&t, &random, 3);
        for (size_t i = 0; i < TABLE_SETS; i++) {
            for (size_t j = 0; j < TABLE_SETS; j++) {
                bool same = memcmp(t.sets[i].in, t.sets[j].in, t.points) == 0;
                assert_int_equal(guard_same(t.sets[i].g, t.sets[j].g), same);
            }
        }
        table_close(&t);
    }
}

static void tests_of_two_guards_agree_with_their_truth_tables(void **state)
{
    (void)state;
    static struct table t;
    struct check_random random = {4711};
    for (int world = 0; world < 100; world++) {
        table_open(&t, &random, 4);
        for (size_t i = 0; i < TABLE_SETS * TABLE_SETS; i++) {
            const struct table_set *a = &t.sets[i / TABLE_SETS];
            const struct table_set *b = &t.sets[i % TABLE_SETS];
            bool disjoint = true;
            bool implies = true;
            for (size_t p = 0; p < t.points; p++) {
                disjoint = disjoint && !(a->in[p] && b->in[p]);
                implies = implies && (!a->in[p] || b->in[p]);
            }
            assert_int_equal(guard_disjoint(t.s, a->g, b->g), disjoint);
            assert_int_equal(guard_implies(t.s, a->g, b->g), implies);
        }
        table_close(&t);
    }
}

static void constants_and_equal_operands_make_no_nodes(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard x = table_fact(s);
    size_t total = guard_total(s);
    assert_true(guard_same(guard_and(s, x, GUARD_TRUE), x));
    assert_true(guard_same(guard_and(s, GUARD_TRUE, x), x));
    assert_true(guard_is_false(guard_and(s, x, GUARD_FALSE)));
    assert_true(guard_is_false(guard_and(s, GUARD_FALSE, x)));
    assert_true(guard_same(guard_or(s, x, GUARD_FALSE), x));
    assert_true(guard_same(guard_or(s, GUARD_FALSE, x), x));
    assert_true(guard_is_true(guard_or(s, x, GUARD_TRUE)));
    assert_true(guard_is_true(guard_or(s, GUARD_TRUE, x)));
    assert_true(guard_same(guard_and(s, x, x), x));
    assert_true(guard_same(guard_or(s, x, x), x));
    assert_true(guard_is_false(guard_minus(s, x, x)));
    assert_true(guard_is_false(guard_minus(s, x, GUARD_TRUE)));
    assert_true(guard_is_false(guard_minus(s, GUARD_FALSE, x)));
    assert_true(guard_same(guard_minus(s, x, GUARD_FALSE), x));
    assert_true(guard_is_false(guard_not(s, GUARD_TRUE)));
    assert_true(guard_is_true(guard_not(s, GUARD_FALSE)));
    assert_int_equal(guard_total(s), total);
    arena_release(&a);
}

/* The functions behind the inline ones, which their own recursion asks with constants. */
static void constants_and_equal_operands_take_no_step(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard x = table_fact(s);
    const struct guard yes = GUARD_TRUE;
    const struct guard no = GUARD_FALSE;
    const struct {
        struct guard a;
        struct guard b;
        struct guard and_of;
        struct guard or_of;
        struct guard minus_of;
        bool disjoint;
        bool implies;
    } cases[] = {
        {x, x, x, x, no, false, true},        {x, yes, x, yes, no, false, true},
        {x, no, no, x, x, true, false},       {no, x, no, x, no, true, true},
        {no, no, no, no, no, true, true},     {no, yes, no, yes, no, true, true},
        {yes, no, no, yes, yes, true, false}, {yes, yes, yes, yes, no, false, true},
    };
    size_t steps = s->steps;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(guard_same(guard_and_of(s, cases[i].a, cases[i].b), cases[i].and_of));
        assert_true(guard_same(guard_or_of(s, cases[i].a, cases[i].b), cases[i].or_of));
        assert_true(guard_same(guard_minus_of(s, cases[i].a, cases[i].b), cases[i].minus_of));
        assert_int_equal(guard_disjoint_of(s, cases[i].a, cases[i].b), cases[i].disjoint);
        assert_int_equal(guard_implies_of(s, cases[i].a, cases[i].b), cases[i].implies);
    }
    assert_true(guard_same(guard_and_of(s, yes, x), x));
    assert_true(guard_is_true(guard_or_of(s, yes, x)));
    assert_false(guard_disjoint_of(s, yes, x));
    assert_false(guard_implies_of(s, yes, x));
    assert_int_equal(s->steps, steps);
    arena_release(&a);
}

#ifdef CFNREACH_TEST
enum { SMALLEST = 4, LARGEST = 1 << 12 };
#else
enum { SMALLEST = 256, LARGEST = 1 << 20 };
#endif

/* Each size takes twice as many puts: all that are smaller than N take 2 * (N - SMALLEST). */
static void the_cache_doubles_once_it_was_filled_twice(void **state)
{
    (void)state;
    const struct {
        uint32_t puts;
        size_t size;
    } cases[] = {
        {0, 0},
        {1, SMALLEST},
        {2 * SMALLEST, SMALLEST},
        {2 * SMALLEST + 1, 2 * SMALLEST},
        {6 * SMALLEST, 2 * SMALLEST},
        {6 * SMALLEST + 1, 4 * SMALLEST},
        {2 * (LARGEST - SMALLEST), LARGEST / 2},
        {2 * (LARGEST - SMALLEST) + 1, LARGEST},
        {7 * LARGEST, LARGEST},
    };
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    uint32_t puts = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (; puts < cases[i].puts; puts++) {
            guard_remember(s, GUARD_OP_AND, puts, puts + 1, 7);
        }
        assert_int_equal(s->cache_count, cases[i].size);
    }
    arena_release(&a);
}

/* Entries that were in different slots of the small one are so in the large one. */
static void what_the_cache_knew_it_knows_when_it_has_grown(void **state)
{
    (void)state;
    enum { PUTS = 2 * SMALLEST, TRIALS = 20 };
    size_t slots = 0; /* of the small ones */
    for (uint32_t b = 1000; b < 1000 + TRIALS; b++) {
        struct arena a = {0};
        struct guard_space *s = guard_space_new(&a);
        bool known[PUTS];
        uint32_t r;
        for (uint32_t i = 0; i < PUTS; i++) {
            guard_remember(s, GUARD_OP_OR, i, b, i);
        }
        for (uint32_t i = 0; i < PUTS; i++) {
            known[i] = guard_recall(s, GUARD_OP_OR, i, b, &r);
            slots += known[i];
        }
        assert_true(known[PUTS - 1]);
        guard_remember(s, GUARD_OP_OR, PUTS - 1, b, PUTS - 1); /* again: takes nobody's place */
        assert_int_equal(s->cache_count, 2 * SMALLEST);
        for (uint32_t i = 0; i < PUTS; i++) {
            assert_int_equal(guard_recall(s, GUARD_OP_OR, i, b, &r), known[i]);
            assert_true(!known[i] || r == i);
        }
        arena_release(&a);
    }
    assert_true(slots > (size_t)TRIALS * SMALLEST * 3 / 4);
}

/* 60 independent conditions: 2^60 scenarios, 60 nodes. */
static void chains_of_independent_conditions_stay_linear(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard facts[60];
    for (size_t i = 0; i < 60; i++) {
        facts[i] = table_fact(s);
    }
    struct guard all = GUARD_TRUE;
    struct guard any = GUARD_FALSE;
    struct guard odd = GUARD_FALSE;
    for (size_t i = 0; i < 60; i++) {
        all = guard_and(s, all, facts[i]);
        any = guard_or(s, any, facts[i]);
        odd = guard_or(s, guard_minus(s, odd, facts[i]), guard_minus(s, facts[i], odd));
    }
    assert_int_equal(guard_size(s, all), 60);
    assert_int_equal(guard_size(s, any), 60);
    assert_int_equal(guard_size(s, odd), 1 + 59 * 2); /* two per level but the first */
    assert_true(guard_implies(s, all, any));
    assert_false(guard_implies(s, any, all));
    assert_false(guard_disjoint(s, odd, any));
    assert_true(guard_disjoint(s, odd, guard_not(s, any)));
    /* each step copies the chain above it: 60 * 60 nodes for each, odd some times more */
    assert_true(guard_total(s) < 6 * 60 * 60);
    assert_false(guard_exceeded(s));
    arena_release(&a);
}

/* Two variables with 4096 outcomes each, equal ones: 4097 nodes. */
static void large_variables_meet_under_the_budget(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard_variable v = {
        .name = STR("v"), .outcomes = LIMIT_OUTCOMES, .standard = GUARD_NO_OUTCOME};
    uint32_t x = guard_add(s, v);
    uint32_t y = guard_add(s, v);
    struct guard some = GUARD_FALSE;
    for (uint32_t o = 0; o < 100; o++) {
        some = guard_or(s, some, guard_and(s, guard_is(s, x, o), guard_is(s, y, o)));
    }
    assert_int_equal(guard_size(s, some), 101);
    const uint32_t equal[] = {99, 99};
    const uint32_t other[] = {99, 98};
    const uint32_t beyond[] = {100, 100};
    assert_true(guard_holds(s, some, equal));
    assert_false(guard_holds(s, some, other));
    assert_false(guard_holds(s, some, beyond));
    arena_release(&a);
}

/* Over the budget nothing is proven: both tests say no, and the caller can tell. */
static void tests_over_the_budget_prove_nothing(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard all = GUARD_FALSE;
    struct guard most = GUARD_FALSE; /* all but the last: apart only at the very end */
    for (size_t i = 0; i < 60; i++) {
        most = all;
        all = guard_or(s, all, table_fact(s));
    }
    struct guard none = guard_not(s, all);
    /* 60 levels of four runs each; a limit of one node allows 32 steps */
    guard_set_limits(s, (struct guard_limits){.nodes = 1, .total = 100000, .search = 1});
    assert_false(guard_implies(s, most, all));
    assert_true(guard_exceeded(s));
    assert_false(guard_disjoint(s, most, none));
    assert_true(guard_exceeded(s));
    guard_set_limits(s, (struct guard_limits){.nodes = 1000, .total = 100000, .search = 1});
    assert_true(guard_implies(s, most, all));
    assert_true(guard_disjoint(s, most, none));
    assert_false(guard_exceeded(s));
    arena_release(&a);
}

/* The same calls give the same numbers: nothing depends on addresses. */
static void two_equal_runs_give_equal_nodes(void **state)
{
    (void)state;
    static struct table t;
    static struct table u;
    struct check_random r1 = {9};
    struct check_random r2 = {9};
    for (int world = 0; world < 20; world++) {
        table_open(&t, &r1, TABLE_VARS);
        table_open(&u, &r2, TABLE_VARS);
        for (size_t i = 0; i < TABLE_SETS; i++) {
            assert_true(guard_same(t.sets[i].g, u.sets[i].g));
        }
        assert_int_equal(guard_total(t.s), guard_total(u.s));
        table_close(&t);
        table_close(&u);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_operation_agrees_with_its_truth_table),
        cmocka_unit_test(equal_tables_have_equal_nodes_and_only_they),
        cmocka_unit_test(tests_of_two_guards_agree_with_their_truth_tables),
        cmocka_unit_test(constants_and_equal_operands_make_no_nodes),
        cmocka_unit_test(constants_and_equal_operands_take_no_step),
        cmocka_unit_test(the_cache_doubles_once_it_was_filled_twice),
        cmocka_unit_test(what_the_cache_knew_it_knows_when_it_has_grown),
        cmocka_unit_test(chains_of_independent_conditions_stay_linear),
        cmocka_unit_test(large_variables_meet_under_the_budget),
        cmocka_unit_test(tests_over_the_budget_prove_nothing),
        cmocka_unit_test(two_equal_runs_give_equal_nodes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
