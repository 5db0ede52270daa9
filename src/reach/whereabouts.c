/*
 * The CIDRs of a subnet nest or are disjoint; each is there under its guard. Where none of a
 * family is there, its addresses are not known and may be any.
 */
#include "reach/whereabouts.h"

#include "reach/nest.h"

/* When no CIDR of the family is known. */
static struct guard unknown_cidr(const struct reach *r, uint32_t subnet, enum net_family f)
{
    const struct world_subnet *s = &r->world->subnets.at[subnet];
    struct guard known = GUARD_FALSE;
    for (size_t i = 0; i < s->cidrs.n; i++) {
        if (s->cidrs.at[i].prefix.family == f) {
            known = guard_or(r->space, known, s->cidrs.at[i].when);
        }
    }
    return guard_not(r->space, known);
}

struct line whereabouts_line(struct reach *r, struct arena *a, uint32_t subnet, enum net_family f)
{
    const struct world_subnet *s = &r->world->subnets.at[subnet];
    struct prefix *prefix = ARENA_ARRAY(a, s->cidrs.n, struct prefix);
    struct guard *when = ARENA_ARRAY(a, s->cidrs.n, struct guard);
    size_t n = 0;
    for (size_t i = 0; i < s->cidrs.n; i++) {
        if (s->cidrs.at[i].prefix.family == f) {
            prefix[n] = s->cidrs.at[i].prefix;
            when[n++] = s->cidrs.at[i].when;
        }
    }
    struct nest nest = nest_of(a, f, prefix, n);
    uint32_t *value = ARENA_ARRAY(a, nest.n, uint32_t);
    value[0] = unknown_cidr(r, subnet, f).node;
    for (uint32_t i = 0; i < nest.n; i++) {
        struct guard here = {i == 0 ? value[0] : value[nest.node[i].parent]};
        for (uint32_t k = nest.node[i].begin; k < nest.node[i].end; k++) {
            here = guard_or(r->space, here, when[nest.order[k]]);
        }
        value[i] = here.node;
    }
    return nest_line(a, &nest, value);
}

struct ipset whereabouts_set(struct reach *r, struct arena *a, uint32_t subnet, enum net_family f)
{
    const struct world_subnet *s = &r->world->subnets.at[subnet];
    if (reach_live(r, unknown_cidr(r, subnet, f))) {
        return ipset_all(f);
    }
    struct arena scratch = {0};
    VEC(struct prefix) all = {0};
    for (size_t i = 0; i < s->cidrs.n; i++) {
        if (reach_live(r, s->cidrs.at[i].when)) {
            *VEC_ADD(&scratch, &all) = s->cidrs.at[i].prefix;
        }
    }
    struct ipset set = ipset_of_prefixes(a, f, all.at, all.n);
    arena_release(&scratch);
    return set;
}

uint32_t whereabouts_settle(struct reach *r, const struct guard *possible, const uint32_t *map,
                            size_t n, struct str subject)
{
    struct portmaps *maps = &r->ports;
    uint32_t some = PORTMAP_NOTHING;
    uint32_t every = PORTMAP_EVERYTHING;
    for (size_t i = 0; i < n; i++) {
        struct guard not_here = guard_not(r->space, possible[i]);
        uint32_t excused = portmap_and(maps, PORTMAP_EVERYTHING, not_here);
        some = portmap_or(maps, some, portmap_and(maps, map[i], possible[i]));
        every = portmap_both(maps, every, portmap_or(maps, excused, map[i]));
    }
    every = portmap_both(maps, every, some);
    if (every == some) {
        return some;
    }
    struct guard fact = world_fact(r->world, FACT_ADDR, subject);
    return portmap_or(maps, every, portmap_and(maps, some, fact));
}
