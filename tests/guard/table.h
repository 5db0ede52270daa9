/*
 * Truth tables: small random spaces in which every guard is also kept as the plain set of
 * its assignments ("points"), to compare with. Obviously right and slow.
 *
 * A point is a number in mixed radix: variable 0 is the lowest digit.
 */
#ifndef CFNREACH_TESTS_GUARD_TABLE_H
#define CFNREACH_TESTS_GUARD_TABLE_H

#include "guard/guard.h"
#include "tests/check.h"

enum { TABLE_VARS = 6, TABLE_POINTS = 1024, TABLE_SETS = 24 };

struct table_set {
    struct guard g;
    bool in[TABLE_POINTS];
};

struct table {
    struct arena memory;
    struct check_random *random;
    struct guard_space *s;
    uint32_t vars;
    uint32_t outcomes[TABLE_VARS];
    size_t points;
    struct table_set sets[TABLE_SETS];
};

static inline void table_decode(const struct table *t, size_t point, uint32_t *outcome)
{
    for (uint32_t v = 0; v < t->vars; v++) {
        outcome[v] = (uint32_t)(point % t->outcomes[v]);
        point /= t->outcomes[v];
    }
}

static inline size_t table_encode(const struct table *t, const uint32_t *outcome)
{
    size_t point = 0;
    for (uint32_t v = t->vars; v-- > 0;) {
        point = point * t->outcomes[v] + outcome[v];
    }
    return point;
}

/* The point like this one but with var at outcome. */
static inline size_t table_with(const struct table *t, size_t point, uint32_t var, uint32_t o)
{
    uint32_t outcome[TABLE_VARS];
    table_decode(t, point, outcome);
    outcome[var] = o;
    return table_encode(t, outcome);
}

/* Fails unless g holds exactly at the points of in. */
static inline void table_same(const struct table *t, struct guard g, const bool *in)
{
    uint32_t outcome[TABLE_VARS];
    for (size_t p = 0; p < t->points; p++) {
        table_decode(t, p, outcome);
        assert_int_equal(guard_holds(t->s, g, outcome), in[p]);
    }
}

static inline struct table_set *table_any(struct table *t)
{
    return &t->sets[check_random_below(t->random, TABLE_SETS)];
}

/* A random set of outcomes of a random variable. */
static inline void table_leaf(struct table *t, struct table_set *out)
{
    uint32_t var = check_random_below(t->random, t->vars);
    bool chosen[16] = {false};
    uint32_t list[32];
    size_t n = check_random_below(t->random, t->outcomes[var] + 2); /* may repeat itself */
    for (size_t i = 0; i < n; i++) {
        list[i] = check_random_below(t->random, t->outcomes[var]);
        chosen[list[i]] = true;
    }
    out->g = n == 1 ? guard_is(t->s, var, list[0]) : guard_among(t->s, var, list, n);
    uint32_t outcome[TABLE_VARS];
    for (size_t p = 0; p < t->points; p++) {
        table_decode(t, p, outcome);
        out->in[p] = chosen[outcome[var]];
    }
}

/* One of the sets becomes a random combination of two. */
static inline struct table_set *table_combine(struct table *t)
{
    const struct table_set a = *table_any(t);
    const struct table_set b = *table_any(t);
    struct table_set *out = table_any(t);
    uint32_t op = check_random_below(t->random, 5);
    if (op == 4) {
        table_leaf(t, out);
        return out;
    }
    for (size_t p = 0; p < t->points; p++) {
        const bool results[] = {a.in[p] && b.in[p], a.in[p] || b.in[p], a.in[p] && !b.in[p],
                                !a.in[p]};
        out->in[p] = results[op];
    }
    switch (op) {
    case 0:
        out->g = guard_and(t->s, a.g, b.g);
        break;
    case 1:
        out->g = guard_or(t->s, a.g, b.g);
        break;
    case 2:
        out->g = guard_minus(t->s, a.g, b.g);
        break;
    default:
        out->g = guard_not(t->s, a.g);
        break;
    }
    return out;
}

/* A space of 1..most variables with 2..5 outcomes each, and sets that were combined a few
 * dozen times. Doubts, ranks and standard outcomes are random too. */
static inline void table_open(struct table *t, struct check_random *random, uint32_t most)
{
    memset(t, 0, sizeof *t);
    t->random = random;
    t->s = guard_space_new(&t->memory);
    t->vars = 1 + check_random_below(random, most);
    t->points = 1;
    for (uint32_t v = 0; v < t->vars; v++) {
        uint32_t room = (uint32_t)(TABLE_POINTS / t->points) >> (t->vars - v - 1);
        t->outcomes[v] = 2 + check_random_below(random, room > 5 ? 4 : room - 1);
        t->points *= t->outcomes[v];
        uint32_t standard = check_random_below(random, t->outcomes[v] + 1);
        uint32_t var =
            guard_add(t->s, (struct guard_variable){
                                .name = str_format(&t->memory, "v%u", (unsigned)v),
                                .outcomes = t->outcomes[v],
                                .standard = standard < t->outcomes[v] ? standard : GUARD_NO_OUTCOME,
                                .doubt = (enum guard_doubt)check_random_below(random, 3),
                                .rank = (uint8_t)check_random_below(random, 4),
                                .doubts_rule = check_random_below(random, 2) == 1});
        assert_int_equal(var, v);
    }
    for (size_t i = 0; i < TABLE_SETS; i++) {
        table_leaf(t, &t->sets[i]);
    }
    for (size_t i = 0; i < 2 * (size_t)TABLE_SETS; i++) {
        (void)table_combine(t);
    }
}

static inline void table_close(struct table *t)
{
    arena_release(&t->memory);
}

/* A yes/no variable; its guard. */
static inline struct guard table_fact(struct guard_space *s)
{
    uint32_t var = guard_add(
        s,
        (struct guard_variable){.name = STR("fact"), .outcomes = 2, .standard = GUARD_NO_OUTCOME});
    return guard_is(s, var, 1);
}

#endif
