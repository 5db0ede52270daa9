/*
 * The carriers of all groups are listed once, by group and subnet.
 */
#include "reach/reference.h"

#include "reach/stretch.h"
#include "reach/whereabouts.h"

/* Interfaces in a subnet that carry a group. */
struct carrier {
    uint32_t subnet;
    struct guard when[2]; /* by family: there is one with an address of it */
};

struct carrier_list {
    VEC(struct carrier) at;
};

static struct carrier *carrier_of(struct reach *r, uint32_t group, uint32_t subnet)
{
    const uint32_t key[] = {CACHE_CARRIERS, group, subnet};
    uint32_t *known = cache_get(r, key, 3);
    struct carrier_list *list = &r->carriers[group];
    if (!known) {
        known = ARENA_NEW(r->arena, uint32_t);
        *known = (uint32_t)list->at.n;
        *VEC_ADD(r->arena, &list->at) =
            (struct carrier){.subnet = subnet, .when = {GUARD_FALSE, GUARD_FALSE}};
        cache_put(r, key, 3, known);
    }
    return &list->at.at[*known];
}

static void add_carrier(struct reach *r, const struct world_interface *n,
                        const struct world_membership *m)
{
    struct guard carries = guard_and(r->space, n->when, m->when);
    for (size_t i = 0; i < n->placements.n; i++) {
        const struct world_placement *p = &n->placements.at[i];
        struct guard here = guard_and(r->space, carries, p->when);
        struct guard four = guard_and(r->space, here, p->has4);
        struct guard six = guard_and(r->space, here, p->has6);
        struct carrier *c = carrier_of(r, m->group, p->subnet);
        c->when[NET_V4] = guard_or(r->space, c->when[NET_V4], four);
        c->when[NET_V6] = guard_or(r->space, c->when[NET_V6], six);
    }
}

static const struct carrier_list *carriers_of(struct reach *r, uint32_t group)
{
    const struct world *w = r->world;
    if (!r->carriers) {
        r->carriers = ARENA_ARRAY(r->arena, w->groups.n, struct carrier_list);
        for (size_t i = 0; i < w->interfaces.n; i++) {
            const struct world_interface *n = &w->interfaces.at[i];
            for (size_t k = 0; n->owner != WORLD_NONE && k < n->groups.n; k++) {
                add_carrier(r, n, &n->groups.at[k]);
            }
        }
    }
    return &r->carriers[group];
}

struct matching {
    struct reach *r;
    const struct transit *plain;
    uint32_t group;
    uint32_t index;
    const struct world_rule *rule;
    struct contribution_heap *heap;
};

struct regions {
    size_t n;
};

static uint32_t the_one(void *ctx, const uint32_t *values)
{
    const struct regions *all = ctx;
    for (size_t i = 0; i < all->n; i++) {
        if (values[i] != 0) {
            return values[i];
        }
    }
    return 0;
}

/* Which region an address is in, from 1; 0: none. */
static struct line region_line(const struct transit *t, struct arena *a)
{
    struct line *lines = ARENA_ARRAY(a, t->n, struct line);
    for (uint32_t i = 0; i < t->n; i++) {
        lines[i] = line_of_set(a, t->at[i].sources, i + 1, 0);
    }
    return line_overlay(a, lines, t->n, the_one, &(struct regions){t->n});
}

static void open_from(struct matching *m, const struct carrier *c, struct guard when)
{
    struct reach *r = m->r;
    struct arena scratch = {0};
    enum net_family f = m->plain->family;
    const struct line lines[] = {
        whereabouts_line(r, &scratch, c->subnet, f),
        region_line(m->plain, &scratch),
    };
    struct stretches all = stretches_of(&scratch, lines, 2, f);
    struct guard *possible = ARENA_ARRAY(&scratch, all.n, struct guard);
    uint32_t *map = ARENA_ARRAY(&scratch, all.n, uint32_t);
    VEC(struct ipset) through = {0};
    for (size_t i = 0; i < all.n; i++) {
        uint32_t region = all.at[i].values[1];
        possible[i].node = all.at[i].values[0];
        map[i] = region > 0 ? m->plain->at[region - 1].ports : PORTMAP_NOTHING;
        if (region > 0 && reach_live(r, possible[i])) {
            *VEC_ADD(&scratch, &through) = all.at[i].where;
        }
    }
    struct str subject = r->world->subnets.at[c->subnet].name;
    struct portmap open =
        portmap_of(&r->ports, whereabouts_settle(r, possible, map, all.n, subject));
    struct ipset sources = ipset_union_all(r->arena, f, through.at, through.n);
    for (size_t i = 0; i < open.n; i++) {
        struct ports ports = ports_both(admit_ports(m->rule), open.at[i].ports);
        struct guard both = guard_and(r->space, when, open.at[i].when);
        if (!ports_is_empty(ports) && reach_live(r, both)) {
            *VEC_ADD(m->heap->arena, &m->heap->all) = (struct contribution){
                .ports = ports,
                .when = both,
                .group = m->group,
                .rule = m->index,
                .rule_id = m->rule->id,
                .sources = sources,
                .passing = sources,
                .exposure = EXPOSURE_NONE,
                .somewhere = subject,
            };
        }
    }
    arena_release(&scratch);
}

/* Calls visit for each subnet with carriers that the rule may mean, and when it does. Stops
 * when visit returns true, and returns that. */
static bool each_carrier(struct reach *r, const struct transit *plain,
                         const struct world_rule *rule,
                         bool (*visit)(void *ctx, const struct carrier *c, struct guard when),
                         void *ctx)
{
    const struct world *w = r->world;
    bool speaks = rule->protocol == PROTOCOL_ALL || rule->protocol == plain->protocol;
    if (rule->egress || rule->group == WORLD_NONE || !speaks || plain->n == 0 ||
        plain->gateway == WORLD_NONE) {
        return false;
    }
    uint32_t home = w->groups.at[rule->group].vpc;
    const struct carrier_list *carriers = carriers_of(r, rule->group);
    const struct world_gateway *g = &w->gateways.at[plain->gateway];
    for (size_t i = 0; i < g->attachments.n; i++) {
        const struct world_attachment *a = &g->attachments.at[i];
        if (a->vpc != plain->place->vpc || a->remote_vpc == WORLD_NONE ||
            (home != WORLD_NONE && home != a->remote_vpc)) {
            continue;
        }
        struct guard refers = guard_and(r->space, a->when, a->group_references);
        refers = guard_and(r->space, refers, rule->when);
        for (size_t k = 0; k < carriers->at.n; k++) {
            const struct carrier *c = &carriers->at.at[k];
            struct guard when = guard_and(r->space, refers, c->when[plain->family]);
            if (w->subnets.at[c->subnet].vpc == a->remote_vpc && reach_live(r, when) &&
                visit(ctx, c, when)) {
                return true;
            }
        }
    }
    return false;
}

static bool add_carrier_rectangles(void *ctx, const struct carrier *c, struct guard when)
{
    open_from(ctx, c, when);
    return false;
}

void reference_open(struct reach *r, const struct transit *plain, uint32_t group, uint32_t index,
                    struct contribution_heap *heap)
{
    const struct world_rule *rule = &r->world->groups.at[group].rules.at[index];
    struct matching m = {
        .r = r, .plain = plain, .group = group, .index = index, .rule = rule, .heap = heap};
    each_carrier(r, plain, rule, add_carrier_rectangles, &m);
}

struct asked {
    struct reach *r;
    const struct transit *plain;
    struct ipset sources;
    struct ports ports;
    struct guard when;
};

static bool answers(void *ctx, const struct carrier *c, struct guard when)
{
    const struct asked *q = ctx;
    struct reach *r = q->r;
    struct arena scratch = {0};
    struct line line = whereabouts_line(r, &scratch, c->subnet, q->plain->family);
    struct stretches all = stretches_of(&scratch, &line, 1, q->plain->family);
    bool found = false;
    for (size_t i = 0; i < all.n && !found; i++) {
        struct guard here = guard_and(r->space, when, (struct guard){all.at[i].values[0]});
        here = guard_and(r->space, here, q->when);
        struct ipset sources = ipset_both(&scratch, all.at[i].where, q->sources);
        for (size_t k = 0; k < q->plain->n && !found; k++) {
            const struct region *region = &q->plain->at[k];
            struct guard open = portmap_some(&r->ports, region->ports, q->ports);
            found = ipset_meets(sources, region->sources) &&
                    reach_live(r, guard_and(r->space, open, here));
        }
    }
    arena_release(&scratch);
    return found;
}

bool reference_some(struct reach *r, const struct transit *plain, uint32_t group, uint32_t index,
                    struct ipset sources, struct ports ports, struct guard when)
{
    const struct world_rule *rule = &r->world->groups.at[group].rules.at[index];
    struct asked q = {r, plain, sources, ports_both(ports, admit_ports(rule)), when};
    return !ports_is_empty(q.ports) && each_carrier(r, plain, rule, answers, &q);
}

struct ipset reference_sources(struct reach *r, struct arena *a, const struct transit *t,
                               uint32_t group, uint32_t index)
{
    struct contributions all = admit_of(r, group, t);
    struct ipset sources = ipset_empty(t->family);
    for (size_t i = 0; i < all.n; i++) {
        if (all.at[i].rule == index) {
            sources = ipset_union(a, sources, all.at[i].passing);
        }
    }
    return sources;
}
