/*
 * A guard in two parts is never built to see that it is possible: two diagrams are walked side by
 * side up to the first assignment that both have.
 */
#include "reach/pending.h"

#include <string.h>

#include "reach/assume.h"

struct reach_pending {
    struct reach *r;
    const struct guard_pair *pairs;
    size_t pair_n;
    const struct reach_when *any;
    size_t any_n;
    bool done;
    struct guard value;
};

static struct reach_when pending(struct reach *r, struct reach_pending what)
{
    struct reach_pending *p = ARENA_NEW(r->arena, struct reach_pending);
    *p = what;
    p->r = r;
    return (struct reach_when){.pending = p};
}

struct reach_when pending_pairs(struct reach *r, const struct guard_pair *pairs, size_t n)
{
    return pending(r, (struct reach_pending){.pairs = pairs, .pair_n = n});
}

struct reach_when pending_any(struct reach *r, const struct reach_when *any, size_t n)
{
    struct guard known = GUARD_FALSE;
    bool all = true;
    for (size_t i = 0; i < n; i++) {
        all = all && !any[i].pending;
    }
    if (!all && n == 1) {
        return any[0];
    }
    if (!all) {
        struct reach_when *kept = ARENA_ARRAY(r->arena, n, struct reach_when);
        memcpy(kept, any, n * sizeof *kept);
        return pending(r, (struct reach_pending){.any = kept, .any_n = n});
    }
    for (size_t i = 0; i < n; i++) {
        known = guard_or(r->space, known, any[i].known);
    }
    return reach_known(known);
}

bool pending_live(const struct reach *r, struct guard one, struct guard other)
{
    if (guard_is_true(r->world->family)) {
        return !guard_disjoint(r->space, one, other);
    }
    return reach_live(r, guard_and(r->space, one, other));
}

static struct guard worked_out(const struct reach_pending *p)
{
    struct guard_space *s = p->r->space;
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < p->pair_n; i++) {
        when = guard_or(s, when, guard_and(s, p->pairs[i].one, p->pairs[i].other));
    }
    when = world_settled(p->r->world, when);
    for (size_t i = 0; i < p->any_n; i++) {
        /* Two levels: a piece of its rules, a rule of its pairs. */
        when = guard_or(s, when, reach_guard(p->any[i]));
    }
    return when;
}

struct guard reach_guard(struct reach_when w)
{
    struct reach_pending *p = w.pending;
    if (!p) {
        return w.known;
    }
    if (!p->done) {
        p->value = worked_out(p);
        p->done = true;
    }
    return p->value;
}
