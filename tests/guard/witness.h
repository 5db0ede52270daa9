/*
 * What a witness must be, checked on truth tables by trying every set of literals.
 */
#ifndef CFNREACH_TESTS_GUARD_WITNESS_H
#define CFNREACH_TESTS_GUARD_WITNESS_H

#include "tests/guard/table.h"

/* A set of literals: for each variable its outcome, or GUARD_NO_OUTCOME. */
struct claim {
    uint32_t outcome[TABLE_VARS];
};

/* Within the family the claim is possible, and g holds wherever it is true. */
static inline bool claim_is_witness(const struct table *t, const struct claim *c, const bool *g,
                                    const bool *family)
{
    bool possible = false;
    uint32_t outcome[TABLE_VARS];
    for (size_t p = 0; p < t->points; p++) {
        table_decode(t, p, outcome);
        bool in = family[p];
        for (uint32_t v = 0; v < t->vars && in; v++) {
            in = c->outcome[v] == GUARD_NO_OUTCOME || c->outcome[v] == outcome[v];
        }
        possible = possible || in;
        if (in && !g[p]) {
            return false;
        }
    }
    return possible;
}

static inline enum guard_doubt claim_doubt(const struct table *t, const struct claim *c)
{
    enum guard_doubt doubt = GUARD_HIGH;
    for (uint32_t v = 0; v < t->vars; v++) {
        if (c->outcome[v] != GUARD_NO_OUTCOME && guard_variable(t->s, v)->doubt > doubt) {
            doubt = guard_variable(t->s, v)->doubt;
        }
    }
    return doubt;
}

static inline struct claim claim_of(const struct table *t, const struct guard_witness *w)
{
    struct claim c = {{0}};
    for (uint32_t v = 0; v < TABLE_VARS; v++) {
        c.outcome[v] = GUARD_NO_OUTCOME;
    }
    for (size_t i = 0; i < w->n; i++) {
        assert_in_range(w->at[i].var, 0, t->vars - 1);
        assert_in_range(w->at[i].outcome, 0, t->outcomes[w->at[i].var] - 1);
        assert_int_equal(c.outcome[w->at[i].var], GUARD_NO_OUTCOME);
        c.outcome[w->at[i].var] = w->at[i].outcome;
    }
    return c;
}

/* All claims in turn, starting with the empty one; false after the last. */
static inline bool claim_next(const struct table *t, struct claim *c)
{
    for (uint32_t v = 0; v < t->vars; v++) {
        if (c->outcome[v] == GUARD_NO_OUTCOME) {
            c->outcome[v] = 0;
            return true;
        }
        if (++c->outcome[v] < t->outcomes[v]) {
            return true;
        }
        c->outcome[v] = GUARD_NO_OUTCOME;
    }
    return false;
}

/* Fails unless w is possible, sufficient, minimal, ordered and labelled as promised. */
static inline void claim_check(const struct table *t, const struct guard_witness *w, const bool *g,
                               const bool *family)
{
    struct claim c = claim_of(t, w);
    assert_true(claim_is_witness(t, &c, g, family));
    bool doubts_rule = false;
    for (size_t i = 0; i < w->n; i++) {
        struct claim less = c;
        less.outcome[w->at[i].var] = GUARD_NO_OUTCOME;
        assert_false(claim_is_witness(t, &less, g, family));
        const struct guard_variable *v = guard_variable(t->s, w->at[i].var);
        doubts_rule = doubts_rule || v->doubts_rule;
        if (i > 0) {
            const struct guard_variable *u = guard_variable(t->s, w->at[i - 1].var);
            assert_true(u->rank < v->rank ||
                        (u->rank == v->rank && w->at[i - 1].var < w->at[i].var));
        }
    }
    assert_int_equal(w->doubt, claim_doubt(t, &c));
    assert_int_equal(w->doubts_rule, doubts_rule);
}

#endif
