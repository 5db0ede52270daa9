/*
 * Between two bounds of the rules' port ranges the same rules are active; their guards are
 * joined, and so are their sources. Segments that touch and do not differ become one piece.
 */
#include "reach/sweep.h"

#include <stdlib.h>

#include "base/limits.h"
#include "reach/assume.h"
#include "reach/pending.h"
#include "reach/port_sweep.h"

static int by_rule(const void *x, const void *y)
{
    const struct contribution *a = x;
    const struct contribution *b = y;
    if (a->rule_id != b->rule_id) {
        return a->rule_id < b->rule_id ? -1 : 1;
    }
    if (a->ports.begin != b->ports.begin) {
        return a->ports.begin < b->ports.begin ? -1 : 1;
    }
    return (a->ports.end > b->ports.end) - (a->ports.end < b->ports.end);
}

/* Mostly they are in order already: groups and their rules were numbered one by one. */
static void sort_by_rule(struct contribution *c, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (by_rule(&c[i - 1], &c[i]) > 0) {
            qsort(c, n, sizeof *c, by_rule);
            return;
        }
    }
}

struct sweeper {
    struct reach *r;
    const struct edge_row *row;
    const struct contribution *all;
    struct reach_when *any; /* room for one of each contribution */
};

/* Exposure of some of the contributions together. */
static enum exposure exposure_together(const struct sweeper *s, const uint32_t *active, size_t n)
{
    if (!s->row->exposure) {
        return EXPOSURE_NONE;
    }
    for (size_t i = 0; i < n; i++) {
        if (s->all[active[i]].exposure == EXPOSURE_WORLD) {
            return EXPOSURE_WORLD;
        }
    }
    if (n == 1) {
        return s->all[active[0]].exposure;
    }
    struct arena scratch = {0};
    struct ipset *sets = ARENA_ARRAY(&scratch, n, struct ipset);
    for (size_t i = 0; i < n; i++) {
        sets[i] = s->all[active[i]].sources;
    }
    struct ipset together = ipset_union_all(&scratch, sets[0].family, sets, n);
    enum exposure e = s->row->exposure(&scratch, together);
    arena_release(&scratch);
    return e;
}

/* How many openers of a piece are kept, of n: nested ranges would make a square of them. */
static size_t openers_kept(struct reach *r, size_t n)
{
    if (r->openers + n <= LIMIT_OPENERS || n <= LIMIT_OPENERS_BEYOND) {
        r->openers += n;
        return n;
    }
    return LIMIT_OPENERS_BEYOND;
}

/* When one rule opens a segment: by these of its contributions. */
static struct reach_when opened_by(const struct sweeper *s, const uint32_t *active, size_t n)
{
    struct reach *r = s->r;
    bool apart = false;
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < n; i++) {
        apart = apart || s->all[active[i]].apart;
    }
    if (!apart) {
        for (size_t i = 0; i < n; i++) {
            when = guard_or(r->space, when, s->all[active[i]].when);
        }
        return reach_known(world_settled(r->world, when));
    }
    struct guard_pair *pairs = ARENA_ARRAY(r->arena, n, struct guard_pair);
    for (size_t i = 0; i < n; i++) {
        const struct contribution *c = &s->all[active[i]];
        pairs[i] = (struct guard_pair){c->when, c->apart ? c->also : GUARD_TRUE};
    }
    return pending_pairs(r, pairs, n);
}

/* The piece of one segment. Contributions of one rule stand together. */
static struct piece piece_of(const struct sweeper *s, const uint32_t *active, size_t n)
{
    struct reach *r = s->r;
    struct piece p = {.exposure = exposure_together(s, active, n)};
    size_t kept = openers_kept(r, n);
    struct reach_opener *openers = ARENA_ARRAY(r->arena, kept, struct reach_opener);
    uint32_t *rules = ARENA_ARRAY(r->arena, kept, uint32_t);
    size_t any_n = 0;
    for (size_t i = 0; i < n;) {
        const struct contribution *first = &s->all[active[i]];
        size_t end = i;
        while (end < n && s->all[active[end]].rule_id == first->rule_id) {
            end++;
        }
        struct reach_when when = opened_by(s, active + i, end - i);
        if (first->group != WORLD_NONE && p.opener_n < kept) {
            rules[p.opener_n] = first->rule;
            openers[p.opener_n++] = (struct reach_opener){
                .rule = first->rule_id,
                .group = first->group,
                .when = when,
                .exposure = exposure_together(s, active + i, end - i),
                .ports = r->world->groups.at[first->group].rules.at[first->rule].ports,
            };
        } else if (first->group != WORLD_NONE && !r->cut) {
            r->cut = true;
            r->first_cut = first->rule_id;
        }
        s->any[any_n++] = when;
        i = end;
    }
    p.when = pending_any(r, s->any, any_n);
    p.openers = openers;
    p.rules = rules;
    return p;
}

static bool same_when(struct reach_when x, struct reach_when y)
{
    return (x.pending && x.pending == y.pending) || guard_same(reach_guard(x), reach_guard(y));
}

/* What needs no guard is asked first. */
bool piece_alike(const struct piece *x, const struct piece *y)
{
    if (x->exposure != y->exposure || x->opener_n != y->opener_n) {
        return false;
    }
    for (size_t i = 0; i < x->opener_n; i++) {
        const struct reach_opener *a = &x->openers[i];
        const struct reach_opener *b = &y->openers[i];
        if (a->rule != b->rule || a->exposure != b->exposure) {
            return false;
        }
    }
    for (size_t i = 0; i < x->opener_n; i++) {
        if (!same_when(x->openers[i].when, y->openers[i].when)) {
            return false;
        }
    }
    return same_when(x->when, y->when);
}

struct pieces sweep_pieces(struct reach *r, const struct edge_row *row, struct contribution *c,
                           size_t n)
{
    struct arena scratch = {0};
    struct sweeper s = {.r = r, .row = row, .all = c};
    struct ports *ranges = ARENA_ARRAY(&scratch, n, struct ports);
    s.any = ARENA_ARRAY(&scratch, n, struct reach_when);
    sort_by_rule(c, n);
    for (size_t i = 0; i < n; i++) {
        ranges[i] = c[i].ports;
    }
    VEC(struct piece) pieces = {0};
    struct port_sweep sweep = port_sweep_over(&scratch, ranges, n);
    while (port_sweep_next(&sweep)) {
        struct piece p = piece_of(&s, sweep.active, sweep.active_n);
        p.ports = sweep.segment;
        struct piece *last = pieces.n > 0 ? &pieces.at[pieces.n - 1] : NULL;
        if (last && last->ports.end + 1U == p.ports.begin && piece_alike(last, &p)) {
            last->ports.end = p.ports.end;
        } else {
            *VEC_ADD(r->arena, &pieces) = p;
        }
    }
    arena_release(&scratch);
    return (struct pieces){.at = pieces.at, .n = pieces.n};
}
