/*
 * A side is one overlay of lines along its address:
 *
 *     near   possible | ACL in, out of the target's subnet    | parts asked for
 *     far    possible | ACL out, in of the sender's subnet    | egress rules | destinations
 *
 * The ACLs are there only if the hop crosses from one subnet into another; a Classic balancer
 * meets the ACL out at home, too.
 */
#include "reach/hop_side.h"

#include "reach/acl.h"
#include "reach/stretch.h"
#include "reach/whereabouts.h"

struct lines {
    struct reach *r;
    struct arena *arena;
    const struct hop *h;
    VEC(struct line) all;
};

static void lay(struct lines *l, struct line line)
{
    *VEC_ADD(l->arena, &l->all) = line;
}

static void lay_acls(struct lines *l, const struct world_subnet *s, bool egress)
{
    for (size_t i = 0; i < s->acls.n; i++) {
        lay(l, acl_line_map(l->r, s->acls.at[i].index, egress, l->h->family, l->h->protocol));
    }
}

static uint32_t through_acls(struct reach *r, const struct world_subnet *s, const uint32_t *values)
{
    uint32_t map = PORTMAP_NOTHING;
    for (size_t i = 0; i < s->acls.n; i++) {
        uint32_t one = portmap_and(&r->ports, values[i], s->acls.at[i].when);
        map = portmap_or(&r->ports, map, one);
    }
    return map;
}

static uint32_t target_subnet(const struct hop *h)
{
    return h->target->sample->placements.at[h->placement].subnet;
}

struct hop_side hop_near(struct reach *r, struct arena *a, const struct hop *h,
                         const struct ipset *parts, size_t n)
{
    const struct world_subnet *s = &r->world->subnets.at[target_subnet(h)];
    bool crosses = h->sender.subnet != target_subnet(h);
    bool forth = crosses && !(h->permissive & HOP_ACL_FORTH);
    bool back = crosses && !(h->permissive & HOP_ACL_BACK);
    struct lines l = {.r = r, .arena = a, .h = h};
    lay(&l, h->sender.keeps_client ? line_constant(a, GUARD_TRUE.node)
                                   : whereabouts_line(r, a, h->sender.subnet, h->family));
    if (crosses) {
        lay_acls(&l, s, false);
        lay_acls(&l, s, true);
    }
    size_t first_part = l.all.n;
    for (size_t i = 0; i < n; i++) {
        lay(&l, line_of_set(a, parts[i], 1, 0));
    }
    struct stretches all = stretches_of(a, l.all.at, l.all.n, h->family);
    struct hop_view *view = ARENA_ARRAY(a, all.n, struct hop_view);
    struct hop_side side = {.at = view};
    for (size_t i = 0; i < all.n; i++) {
        const uint32_t *values = all.at[i].values;
        struct hop_view v = {
            .where = all.at[i].where,
            .possible = {values[0]},
            .forth = forth ? through_acls(r, s, values + 1) : PORTMAP_EVERYTHING,
            .back = back ? through_acls(r, s, values + 1 + s->acls.n) : PORTMAP_EVERYTHING,
            .parts = values + first_part,
        };
        if (reach_live(r, v.possible)) {
            view[side.n++] = v;
        }
    }
    return side;
}

/* When the target carries a group. */
static struct guard target_carries(const struct reach *r, const struct hop *h, uint32_t group)
{
    const struct world_interface *n = h->target->sample;
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < n->groups.n; i++) {
        if (n->groups.at[i].group == group) {
            when = guard_or(r->space, when, n->groups.at[i].when);
        }
    }
    return when;
}

/* The egress rules of the sender that can let something out to the target. */
struct way_out {
    const struct world_rule *rule;
    struct guard when;
};
struct ways_out {
    VEC(struct way_out) all;
};

static void list_ways_out(struct lines *l, struct ways_out *out)
{
    struct reach *r = l->r;
    const struct hop_sender *s = &l->h->sender;
    for (size_t i = 0; i < s->group_n; i++) {
        const struct world_group *g = &r->world->groups.at[s->groups[i].group];
        for (size_t k = 0; k < g->rules.n; k++) {
            const struct world_rule *rule = &g->rules.at[k];
            bool speaks = rule->protocol == PROTOCOL_ALL || rule->protocol == l->h->protocol;
            if (!rule->egress || !speaks ||
                (rule->group == WORLD_NONE && rule->remote.family != l->h->family)) {
                continue;
            }
            struct guard when = guard_and(r->space, s->groups[i].when, rule->when);
            if (rule->group != WORLD_NONE) {
                when = guard_and(r->space, when, target_carries(r, l->h, rule->group));
            }
            if (reach_live(r, when)) {
                *VEC_ADD(l->arena, &out->all) = (struct way_out){.rule = rule, .when = when};
                lay(l, rule->group == WORLD_NONE ? line_of_set(l->arena, rule->remote, 1, 0)
                                                 : line_constant(l->arena, 1));
            }
        }
    }
}

static uint32_t let_out(struct reach *r, const struct hop_sender *s, const struct ways_out *out,
                        const uint32_t *values)
{
    struct portmaps *maps = &r->ports;
    uint32_t map = portmap_and(maps, PORTMAP_EVERYTHING, guard_not(r->space, s->filters));
    for (size_t i = 0; i < out->all.n && map != PORTMAP_EVERYTHING; i++) {
        if (values[i] != 0) {
            struct port_piece piece = {.ports = admit_ports(out->all.at[i].rule),
                                       .when = out->all.at[i].when};
            map = portmap_or(maps, map, portmap_number(maps, &piece, 1));
        }
    }
    return map;
}

static struct guard permitted(struct reach *r, const struct hop_sender *s, const uint32_t *values)
{
    struct guard when = s->destination_n == 0 ? GUARD_TRUE : GUARD_FALSE;
    for (size_t i = 0; i < s->destination_n; i++) {
        if (values[i] != 0) {
            when = guard_or(r->space, when, s->destinations[i].when);
        }
    }
    return when;
}

struct hop_side hop_far(struct reach *r, struct arena *a, const struct hop *h)
{
    const struct hop_sender *sender = &h->sender;
    const struct world_subnet *s = &r->world->subnets.at[sender->subnet];
    bool crosses = sender->subnet != target_subnet(h);
    bool sent = (crosses || sender->acl_at_home) && !(h->permissive & HOP_ACL_FORTH);
    bool back = crosses && !(h->permissive & HOP_ACL_BACK);
    bool limits = !(h->permissive & HOP_LIMITS);
    struct lines l = {.r = r, .arena = a, .h = h};
    lay(&l, whereabouts_line(r, a, target_subnet(h), h->family));
    lay_acls(&l, s, true);
    lay_acls(&l, s, false);
    struct ways_out out = {0};
    list_ways_out(&l, &out);
    size_t first_destination = l.all.n;
    for (size_t i = 0; i < sender->destination_n; i++) {
        bool speaks = sender->destinations[i].prefix.family == h->family;
        lay(&l, speaks ? line_of_set(a, ipset_of(a, sender->destinations[i].prefix), 1, 0)
                       : line_constant(a, 0));
    }
    struct stretches all = stretches_of(a, l.all.at, l.all.n, h->family);
    struct hop_view *view = ARENA_ARRAY(a, all.n, struct hop_view);
    struct hop_side side = {.at = view};
    for (size_t i = 0; i < all.n; i++) {
        const uint32_t *values = all.at[i].values;
        uint32_t forth = sent ? through_acls(r, s, values + 1) : PORTMAP_EVERYTHING;
        uint32_t egress = let_out(r, sender, &out, values + 1 + 2 * s->acls.n);
        struct guard allowed = permitted(r, sender, values + first_destination);
        if (limits) {
            forth = portmap_and(&r->ports, portmap_both(&r->ports, forth, egress), allowed);
        }
        struct hop_view v = {
            .where = all.at[i].where,
            .possible = {values[0]},
            .forth = forth,
            .back = back ? through_acls(r, s, values + 1 + s->acls.n) : PORTMAP_EVERYTHING,
        };
        if (reach_live(r, v.possible)) {
            view[side.n++] = v;
        }
    }
    return side;
}
