/*
 * An operation may run out of steps at any point. Here it does at every point in turn: small
 * random spaces are left with 0, 1, 2 ... steps, and each answer must be the exact one of the
 * truth table, or the budget.
 */
#include "guard/guard.h"

#include "guard/guard_space.h"
#include "tests/check.h"
#include "tests/guard/table.h"

enum { SPACES = 8, STEPS = 32, NODES = 100000, TOTAL = 1000000, BUILDS = 16, SEARCHES = 8 };

/* Of the steps that TOTAL allows all builds (or all searches), only `left` are not yet taken. */
static void leave(struct guard_space *s, size_t share, size_t left)
{
    guard_set_limits(s, (struct guard_limits){.nodes = NODES, .total = TOTAL, .search = NODES});
    (void)guard_exceeded(s);
    s->steps = TOTAL * share - left;
}

static void open_same(struct table *t, struct check_random *random, size_t seed)
{
    random->state = 1 + seed * UINT64_C(0x51ED270B);
    table_open(t, random, 4);
}

/* What the operation gives at a point. */
static bool wanted(const struct table *t, size_t op, const struct table_set *a,
                   const struct table_set *b, size_t p)
{
    bool all = true;
    bool some = false;
    for (uint32_t o = 0; o < t->outcomes[0]; o++) {
        bool in = a->in[table_with(t, p, 0, o)];
        all = all && in;
        some = some || in;
    }
    const bool at[] = {a->in[p] && b->in[p],
                       a->in[p] || b->in[p],
                       a->in[p] && !b->in[p],
                       all,
                       some,
                       a->in[table_with(t, p, 0, t->outcomes[0] - 1)]};
    return at[op];
}

static struct guard given(struct table *t, size_t op, struct guard a, struct guard b)
{
    switch (op) {
    case 0:
        return guard_and(t->s, a, b);
    case 1:
        return guard_or(t->s, a, b);
    case 2:
        return guard_minus(t->s, a, b);
    case 3:
        return guard_forall(t->s, a, 0);
    case 4:
        return guard_exists(t->s, a, 0);
    default:
        return guard_fix(t->s, a, 0, t->outcomes[0] - 1);
    }
}

/* Fails unless g is what the operation gives. */
static void is_exact(const struct table *t, size_t op, struct guard g, const struct table_set *a,
                     const struct table_set *b)
{
    bool in[TABLE_POINTS];
    for (size_t p = 0; p < t->points; p++) {
        in[p] = wanted(t, op, a, b, p);
    }
    table_same(t, g, in);
}

static void an_operation_cut_at_any_step_is_exact_or_the_budget(void **state)
{
    (void)state;
    size_t cut = 0;
    size_t whole = 0;
    for (size_t at = 0; at < (size_t)SPACES * STEPS * 6; at++) {
        struct check_random random;
        static struct table t;
        open_same(&t, &random, at / (STEPS * 6UL));
        size_t op = at % 6;
        const struct table_set *a = table_any(&t);
        const struct table_set *b = table_any(&t);
        leave(t.s, BUILDS, at / 6 % STEPS);
        struct guard g = given(&t, op, a->g, b->g);
        if (guard_exceeded(t.s)) {
            assert_true(guard_same(g, guard_budget(t.s)));
            cut++;
            leave(t.s, BUILDS, NODES); /* what was cut is not remembered */
            is_exact(&t, op, given(&t, op, a->g, b->g), a, b);
        } else {
            is_exact(&t, op, g, a, b);
            whole++;
        }
        table_close(&t);
    }
    assert_true(cut > 100);
    assert_true(whole > 100);
}

/* Within the family, wherever the literals hold g does. */
static void suffices(const struct table *t, const struct guard_witness *w,
                     const struct table_set *g, const struct table_set *family)
{
    uint32_t outcome[TABLE_VARS];
    for (size_t p = 0; p < t->points; p++) {
        table_decode(t, p, outcome);
        bool holds = family->in[p];
        for (size_t i = 0; i < w->n && holds; i++) {
            holds = outcome[w->at[i].var] == w->at[i].outcome;
        }
        assert_true(!holds || g->in[p]);
    }
}

static void a_witness_cut_at_any_step_suffices_or_is_the_budget(void **state)
{
    (void)state;
    size_t cut = 0;
    size_t whole = 0;
    for (size_t at = 0; at < (size_t)SPACES * STEPS * 4; at++) {
        struct check_random random;
        static struct table t;
        open_same(&t, &random, at / (STEPS * 4UL));
        const struct table_set *g = table_any(&t);
        const struct table_set *family = table_any(&t);
        leave(t.s, at % 2 == 0 ? BUILDS : SEARCHES, at / 2 % (STEPS * 2UL));
        struct guard_witness w = guard_witness(t.s, g->g, family->g, &t.memory);
        bool both = false;
        for (size_t p = 0; p < t.points; p++) {
            both = both || (g->in[p] && family->in[p]);
        }
        if (guard_exceeded(t.s)) {
            assert_true(w.found);
            assert_int_equal(w.n, 1);
            assert_true(guard_same(guard_is(t.s, w.at[0].var, 1), guard_budget(t.s)));
            assert_int_equal(w.doubt, GUARD_LOW);
            cut++;
        } else {
            assert_int_equal(w.found, both);
            if (both) {
                suffices(&t, &w, g, family);
            }
            whole++;
        }
        table_close(&t);
    }
    assert_true(cut > 100);
    assert_true(whole > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_operation_cut_at_any_step_is_exact_or_the_budget),
        cmocka_unit_test(a_witness_cut_at_any_step_suffices_or_is_the_budget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
