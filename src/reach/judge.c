/*
 * A guard is judged against the family of assignments that can be deployed:
 *
 *     family within g                              reachable
 *     the standard member of the family within g   reachable-by-default
 *     some member in g                             possible, with a witness
 *     none                                         blocked
 */
#include "reach/judge.h"

#include <stdlib.h>

const char *reach_verdict_name(enum reach_verdict v)
{
    switch (v) {
    case REACH_BLOCKED:
        return "blocked";
    case REACH_NOT_ATTACHED:
        return "not-attached";
    case REACH_POSSIBLE:
        return "possible";
    case REACH_BY_DEFAULT:
        return "reachable-by-default";
    case REACH_REACHABLE:
        return "reachable";
    }
    BUG("no verdict %u", (unsigned)v);
}

/* The variables that can matter and have a standard outcome, by rank, then number. */
struct standards {
    struct guard_literal *at;
    size_t n;
};

struct ranked {
    struct guard_literal literal;
    uint8_t rank;
};

static int by_rank(const void *x, const void *y)
{
    const struct ranked *a = x;
    const struct ranked *b = y;
    if (a->rank != b->rank) {
        return a->rank < b->rank ? -1 : 1;
    }
    return (a->literal.var > b->literal.var) - (a->literal.var < b->literal.var);
}

static struct standards standards_of(struct guard_space *s, struct guard g, struct guard family,
                                     struct arena *a)
{
    struct guard_vars vars = {0};
    guard_support(s, g, a, &vars);
    guard_support(s, family, a, &vars);
    struct ranked *ranked = ARENA_ARRAY(a, vars.n, struct ranked);
    size_t n = 0;
    for (size_t i = 0; i < vars.n; i++) {
        const struct guard_variable *v = guard_variable(s, vars.at[i]);
        if (v->standard != GUARD_NO_OUTCOME) {
            ranked[n++] = (struct ranked){{.var = vars.at[i], .outcome = v->standard}, v->rank};
        }
    }
    qsort(ranked, n, sizeof *ranked, by_rank);
    struct standards result = {.at = ARENA_ARRAY(a, n, struct guard_literal)};
    for (size_t i = 0; i < n; i++) {
        if (result.n == 0 || result.at[result.n - 1].var != ranked[i].literal.var) {
            result.at[result.n++] = ranked[i].literal;
        }
    }
    return result;
}

/* The family with all of these literals but those that were dropped. */
static struct guard with_literals(struct guard_space *s, struct guard family,
                                  const struct guard_literal *at, const bool *dropped, size_t n)
{
    struct guard g = family;
    for (size_t i = 0; i < n; i++) {
        if (!dropped[i]) {
            g = guard_and(s, g, guard_is(s, at[i].var, at[i].outcome));
        }
    }
    return g;
}

/* A minimal set of standard outcomes under which g holds, where all of them together do:
 * variables are dropped one after the other in the order of SEMANTICS 4.2. */
static struct guard_witness defaults_of(struct guard_space *s, struct guard g, struct guard family,
                                        struct arena *a)
{
    struct arena scratch = {0};
    struct standards all = standards_of(s, g, family, &scratch);
    bool *dropped = ARENA_ARRAY(&scratch, all.n, bool);
    size_t left = all.n;
    for (size_t i = 0; i < all.n; i++) {
        dropped[i] = true;
        left--;
        if (!guard_implies(s, with_literals(s, family, all.at, dropped, all.n), g)) {
            dropped[i] = false;
            left++;
        }
    }
    struct guard_literal *at = ARENA_ARRAY(a, left, struct guard_literal);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++) {
        if (!dropped[i]) {
            at[n++] = all.at[i];
        }
    }
    arena_release(&scratch);
    return (struct guard_witness){.at = at, .n = n, .doubt = GUARD_HIGH, .found = true};
}

/* Does g hold throughout the standard part of the family, and is there one? */
static bool by_default(struct guard_space *s, struct guard g, struct guard family)
{
    struct guard standard = guard_standard(s, family);
    return !guard_is_false(standard) && guard_implies(s, standard, guard_standard(s, g));
}

enum reach_verdict reach_verdict_of(const struct world *w, struct guard g)
{
    if (guard_disjoint(w->space, g, w->family)) {
        return REACH_BLOCKED;
    }
    if (guard_implies(w->space, w->family, g)) {
        return REACH_REACHABLE;
    }
    return by_default(w->space, g, w->family) ? REACH_BY_DEFAULT : REACH_POSSIBLE;
}

struct reach_judgement reach_judge(const struct world *w, struct guard g, struct arena *a)
{
    struct guard_space *s = w->space;
    struct reach_judgement j = {.verdict = reach_verdict_of(w, g), .doubt = GUARD_HIGH};
    if (j.verdict == REACH_REACHABLE) {
        j.witness.found = true;
    } else if (j.verdict == REACH_BY_DEFAULT) {
        j.witness = defaults_of(s, g, w->family, a);
    } else if (j.verdict == REACH_POSSIBLE) {
        j.witness = guard_witness(s, g, w->family, a);
        j.doubt = j.witness.doubt;
        j.doubts_rule = j.witness.doubts_rule;
    }
    return j;
}

struct reach_judgement judge_kept(struct reach *r, struct guard g)
{
    const uint32_t key[] = {CACHE_JUDGEMENT, g.node};
    struct reach_judgement *known = cache_get(r, key, 2);
    if (!known) {
        known = ARENA_NEW(r->arena, struct reach_judgement);
        *known = reach_judge(r->world, g, r->arena);
        cache_put(r, key, 2, known);
    }
    return *known;
}

/* The first cube's lowest outcomes, over the outcomes that are there already. */
static bool take_cube(void *ctx, const struct guard_cube_part *parts, size_t n)
{
    uint32_t *outcome = ctx;
    for (size_t i = 0; i < n; i++) {
        outcome[parts[i].var] = parts[i].outcomes[0];
    }
    return false;
}

struct assignment {
    uint32_t *outcome;
    uint32_t n;
};

/* Does the witness imply the guard by itself, whatever the family? That of the budget does not. */
static bool suffices(const struct reach *r, const struct guard_witness *w)
{
    for (size_t i = 0; i < w->n; i++) {
        if (guard_variable(r->space, w->at[i].var)->rank == UINT8_MAX) {
            return false;
        }
    }
    return guard_is_true(r->world->family);
}

/* What is left of g within the family and the witness, with standard outcomes where they can be. */
static struct guard within_family(const struct reach *r, struct guard g,
                                  const struct guard_witness *w)
{
    struct guard_space *s = r->space;
    struct guard rest = guard_and(s, g, r->world->family);
    for (size_t i = 0; i < w->n; i++) {
        const struct guard_literal *l = &w->at[i];
        rest = guard_and(s, rest, guard_is(s, l->var, l->outcome));
    }
    struct arena scratch = {0};
    struct standards all = standards_of(s, rest, rest, &scratch);
    for (size_t i = 0; i < all.n; i++) {
        struct guard next = guard_and(s, rest, guard_is(s, all.at[i].var, all.at[i].outcome));
        rest = guard_is_false(next) ? rest : next;
    }
    arena_release(&scratch);
    return rest;
}

const uint32_t *judge_assignment(struct reach *r, struct guard g)
{
    const uint32_t key[] = {CACHE_ASSIGNMENT, g.node};
    struct guard_space *s = r->space;
    struct assignment *known = cache_get(r, key, 2);
    if (known && known->n == guard_count(s)) {
        return known->outcome;
    }
    if (!known) {
        known = ARENA_NEW(r->arena, struct assignment);
        cache_put(r, key, 2, known);
    }
    known->n = guard_count(s);
    known->outcome = ARENA_ARRAY(r->arena, known->n, uint32_t);
    for (uint32_t i = 0; i < known->n; i++) {
        uint32_t standard = guard_variable(s, i)->standard;
        known->outcome[i] = standard == GUARD_NO_OUTCOME ? 0 : standard;
    }
    struct reach_judgement j = judge_kept(r, g);
    if (suffices(r, &j.witness)) {
        for (size_t i = 0; i < j.witness.n; i++) {
            known->outcome[j.witness.at[i].var] = j.witness.at[i].outcome;
        }
    } else {
        guard_cubes(s, within_family(r, g, &j.witness), take_cube, known->outcome);
    }
    return known->outcome;
}
