/*
 * Every gateway of the sender's VPC that has the target's on its other side is one way; addresses
 * that are not written down are somewhere in their subnet, so a route may lead to a part of them.
 */
#include "reach/hop_cross.h"

#include "reach/edge.h"
#include "reach/route.h"
#include "reach/stretch.h"
#include "reach/whereabouts.h"

/* When the tables of a subnet lead to the gateway what is meant for somebody in another one. */
static struct guard leads(struct reach *r, uint32_t from, uint32_t to, uint32_t gateway,
                          enum net_family f, struct str subject)
{
    const struct world_subnet *s = &r->world->subnets.at[from];
    struct arena scratch = {0};
    struct line *lines = ARENA_ARRAY(&scratch, s->tables.n + 1, struct line);
    lines[0] = whereabouts_line(r, &scratch, to, f);
    for (size_t i = 0; i < s->tables.n; i++) {
        lines[i + 1] = route_line(r, s->tables.at[i].index, f, gateway);
    }
    struct stretches all = stretches_of(&scratch, lines, s->tables.n + 1, f);
    struct guard *possible = ARENA_ARRAY(&scratch, all.n, struct guard);
    uint32_t *map = ARENA_ARRAY(&scratch, all.n, uint32_t);
    for (size_t i = 0; i < all.n; i++) {
        struct guard routed = GUARD_FALSE;
        for (size_t k = 0; k < s->tables.n; k++) {
            struct guard hit = {all.at[i].values[k + 1]};
            routed = guard_or(r->space, routed, guard_and(r->space, hit, s->tables.at[k].when));
        }
        possible[i] = (struct guard){all.at[i].values[0]};
        map[i] = portmap_and(&r->ports, PORTMAP_EVERYTHING, routed);
    }
    uint32_t settled = whereabouts_settle(r, possible, map, all.n, subject);
    arena_release(&scratch);
    return portmap_some(&r->ports, settled, PORTS_ALL);
}

static bool is_way(const struct hop *h, enum world_gateway_kind kind)
{
    return kind == GATEWAY_PEERING || (kind == GATEWAY_TRANSIT && !h->sender.keeps_client);
}

/* Both routes to one gateway. */
static struct guard routed(struct reach *r, const struct hop *h, uint32_t gateway)
{
    const struct world_interface *target = h->target->sample;
    uint32_t to = target->placements.at[h->placement].subnet;
    struct guard when = leads(r, h->sender.subnet, to, gateway, h->family, target->name);
    if (!h->sender.keeps_client && reach_live(r, when)) {
        struct guard back = leads(r, to, h->sender.subnet, gateway, h->family, h->sender.name);
        when = guard_and(r->space, when, back);
    }
    return when;
}

struct hop_cross hop_cross(struct reach *r, const struct hop *h)
{
    const struct world *w = r->world;
    struct hop_cross all = {GUARD_FALSE, GUARD_FALSE};
    uint32_t home = w->subnets.at[h->sender.subnet].vpc;
    uint32_t there = w->subnets.at[h->target->sample->placements.at[h->placement].subnet].vpc;
    for (uint32_t i = 0; home < w->vpcs.n && i < r->attached[home].gateways.n; i++) {
        uint32_t gateway = r->attached[home].gateways.at[i].gateway;
        const struct world_gateway *g = &w->gateways.at[gateway];
        struct guard joined = GUARD_FALSE;
        struct guard refers = GUARD_FALSE;
        for (size_t k = 0; is_way(h, g->kind) && k < g->attachments.n; k++) {
            const struct world_attachment *a = &g->attachments.at[k];
            if (a->vpc == home && a->remote_vpc == there) {
                struct guard named = guard_and(r->space, a->when, a->group_references);
                joined = guard_or(r->space, joined, a->when);
                refers = guard_or(r->space, refers, named);
            }
        }
        joined = guard_and(r->space, joined, edge_entry(r, gateway, there));
        if (reach_live(r, joined)) {
            joined = guard_and(r->space, joined, routed(r, h, gateway));
            all.open = guard_or(r->space, all.open, joined);
            all.refers = guard_or(r->space, all.refers, guard_and(r->space, joined, refers));
        }
    }
    return all;
}
