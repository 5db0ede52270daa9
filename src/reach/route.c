/*
 * Each node of the tree of destinations asks its own routes first and leaves what remains
 * to its parent:
 *
 *     next(node) = hits of its routes  \/  (not hit  /\  next(parent))
 *
 * so a table is worked out in one pass from the root, however many routes it has. Local
 * routes: nothing but a NAT gateway, an interface or an endpoint can take addresses of the
 * VPC from its implicit local routes, be the route equal or more specific (VPC user guide,
 * "Route tables", "Route priority"); so to an edge's gateway no such address ever goes.
 */
#include "reach/route.h"

#include <stdlib.h>

#include "reach/nest.h"

/* Kept by family, by (precedence, id). */
struct route_order {
    const struct world_route **at;
    struct prefix *prefixes;
    size_t n;
};

static int by_precedence(const void *x, const void *y)
{
    const struct world_route *a = *(const struct world_route *const *)x;
    const struct world_route *b = *(const struct world_route *const *)y;
    if (a->precedence != b->precedence) {
        return a->precedence < b->precedence ? -1 : 1;
    }
    return (a->id > b->id) - (a->id < b->id);
}

static const struct route_order *ordered(struct reach *r, uint32_t table, enum net_family f)
{
    const uint32_t key[] = {CACHE_ROUTE_ORDER, table, f};
    struct route_order *order = cache_get(r, key, 3);
    if (order) {
        return order;
    }
    const struct world_table *t = &r->world->tables.at[table];
    order = ARENA_NEW(r->arena, struct route_order);
    order->at = arena_array(r->arena, t->routes.n, sizeof *order->at);
    for (size_t i = 0; i < t->routes.n; i++) {
        if (t->routes.at[i].destination.family == f && !t->routes.at[i].unknown) {
            order->at[order->n++] = &t->routes.at[i];
        }
    }
    qsort(order->at, order->n, sizeof(const struct world_route *), by_precedence);
    order->prefixes = ARENA_ARRAY(r->arena, order->n, struct prefix);
    for (size_t i = 0; i < order->n; i++) {
        order->prefixes[i] = order->at[i]->destination;
    }
    cache_put(r, key, 3, order);
    return order;
}

static const struct world_vpc *vpc_of(const struct reach *r, uint32_t table)
{
    uint32_t vpc = r->world->tables.at[table].vpc;
    return vpc < r->world->vpcs.n ? &r->world->vpcs.at[vpc] : NULL;
}

/* When an address is the VPC's own, as guards along the line. */
static struct line local_line(struct reach *r, struct arena *a, uint32_t table, enum net_family f)
{
    const struct world_vpc *vpc = vpc_of(r, table);
    size_t all = vpc ? vpc->cidrs.n : 0;
    struct prefix *prefixes = ARENA_ARRAY(a, all, struct prefix);
    struct guard *whens = ARENA_ARRAY(a, all, struct guard);
    size_t n = 0;
    for (size_t i = 0; i < all; i++) {
        if (vpc->cidrs.at[i].prefix.family == f) {
            prefixes[n] = vpc->cidrs.at[i].prefix;
            whens[n++] = vpc->cidrs.at[i].when;
        }
    }
    struct nest nest = nest_of(a, f, prefixes, n);
    uint32_t *value = ARENA_ARRAY(a, nest.n, uint32_t);
    for (uint32_t i = 0; i < nest.n; i++) {
        struct guard when = GUARD_FALSE;
        if (i > 0) {
            when.node = value[nest.node[i].parent];
        }
        for (uint32_t k = nest.node[i].begin; k < nest.node[i].end; k++) {
            when = guard_or(r->space, when, whens[nest.order[k]]);
        }
        value[i] = when.node;
    }
    return nest_line(a, &nest, value);
}

/* When the next hop is the gateway, local routes left aside. */
static struct line match_line(struct reach *r, struct arena *a, uint32_t table, enum net_family f,
                              uint32_t gateway)
{
    const struct route_order *routes = ordered(r, table, f);
    struct nest nest = nest_of(a, f, routes->prefixes, routes->n);
    uint32_t *value = ARENA_ARRAY(a, nest.n, uint32_t);
    for (uint32_t i = 0; i < nest.n; i++) {
        struct guard hit = GUARD_FALSE;
        struct guard rest = GUARD_TRUE;
        for (uint32_t k = nest.node[i].begin; k < nest.node[i].end && !guard_is_false(rest); k++) {
            const struct world_route *route = routes->at[nest.order[k]];
            if (route->gateway == gateway) {
                hit = guard_or(r->space, hit, guard_and(r->space, rest, route->when));
            }
            rest = guard_minus(r->space, rest, route->when);
        }
        if (i > 0) {
            struct guard above = {value[nest.node[i].parent]};
            hit = guard_or(r->space, hit, guard_and(r->space, rest, above));
        }
        value[i] = hit.node;
    }
    return nest_line(a, &nest, value);
}

/* When the table has a route of unknown destination to the gateway: any address may be
 * meant, and no other route takes it (SEMANTICS 10.8). */
static struct guard unknown_route(struct reach *r, uint32_t table, enum net_family f,
                                  uint32_t gateway)
{
    const struct world_table *t = &r->world->tables.at[table];
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < t->routes.n; i++) {
        const struct world_route *route = &t->routes.at[i];
        if (route->unknown && route->gateway == gateway && route->destination.family == f) {
            when = guard_or(r->space, when, route->when);
        }
    }
    return when;
}

struct match {
    struct reach *r;
    struct guard anyway;
};

static uint32_t not_local(void *ctx, const uint32_t *values)
{
    const struct match *m = ctx;
    struct guard hit = guard_or(m->r->space, (struct guard){values[0]}, m->anyway);
    return guard_minus(m->r->space, hit, (struct guard){values[1]}).node;
}

struct line route_line(struct reach *r, uint32_t table, enum net_family f, uint32_t gateway)
{
    const uint32_t key[] = {CACHE_ROUTE_LINE, table, f, gateway};
    struct line *known = cache_get(r, key, 4);
    if (known) {
        return *known;
    }
    struct arena scratch = {0};
    const struct line lines[] = {
        match_line(r, &scratch, table, f, gateway),
        local_line(r, &scratch, table, f),
    };
    struct line *made = ARENA_NEW(r->arena, struct line);
    *made = line_overlay(r->arena, lines, 2, not_local,
                         &(struct match){.r = r, .anyway = unknown_route(r, table, f, gateway)});
    arena_release(&scratch);
    cache_put(r, key, 4, made);
    return *made;
}

static struct prefix whole_address(enum net_family f, struct address a)
{
    return (struct prefix){.family = f, .length = f == NET_V4 ? 32 : 128, .first = a};
}

static bool takes_from_local(const struct reach *r, const struct world_route *route)
{
    if (route->gateway == WORLD_NONE) {
        return false;
    }
    switch (r->world->gateways.at[route->gateway].kind) {
    case GATEWAY_NAT:
    case GATEWAY_INTERFACE:
        return true;
    case GATEWAY_INTERNET:
    case GATEWAY_EGRESS_ONLY:
    case GATEWAY_VPN:
    case GATEWAY_PEERING:
    case GATEWAY_TRANSIT:
    case GATEWAY_ENDPOINT:
    case GATEWAY_CLIENT_VPN:
    case GATEWAY_SERVICE:
    case GATEWAY_ACCELERATOR:
    case GATEWAY_CONNECT:
    case GATEWAY_CARRIER:
    case GATEWAY_LOCAL:
    case GATEWAY_OTHER:
        break;
    }
    return false;
}

/* Length of the longest local route of an address, or -1. */
static int local_length(const struct reach *r, uint32_t table, struct prefix address,
                        const uint32_t *outcome)
{
    const struct world_vpc *vpc = vpc_of(r, table);
    int length = -1;
    for (size_t i = 0; vpc && i < vpc->cidrs.n; i++) {
        const struct world_cidr *cidr = &vpc->cidrs.at[i];
        if (prefix_covers(cidr->prefix, address) && cidr->prefix.length > length &&
            guard_holds(r->space, cidr->when, outcome)) {
            length = cidr->prefix.length;
        }
    }
    return length;
}

const struct world_route *route_under(struct reach *r, uint32_t table, enum net_family f,
                                      struct address a, const uint32_t *outcome)
{
    const struct route_order *routes = ordered(r, table, f);
    struct prefix address = whole_address(f, a);
    int local = local_length(r, table, address, outcome);
    const struct world_route *best = NULL;
    for (size_t i = 0; i < routes->n; i++) {
        const struct world_route *route = routes->at[i];
        if ((best && route->destination.length <= best->destination.length) ||
            !prefix_covers(route->destination, address) ||
            !guard_holds(r->space, route->when, outcome)) {
            continue;
        }
        if (local >= 0 && (route->destination.length < local || !takes_from_local(r, route))) {
            continue;
        }
        best = route;
    }
    return best;
}

const struct world_route *route_to(struct reach *r, uint32_t table, uint32_t gateway,
                                   enum net_family f, struct address a, const uint32_t *outcome)
{
    const struct world_route *best = route_under(r, table, f, a, outcome);
    const struct world_table *t = &r->world->tables.at[table];
    bool local = local_length(r, table, whole_address(f, a), outcome) >= 0;
    for (size_t i = 0; !local && i < t->routes.n && (!best || best->gateway != gateway); i++) {
        const struct world_route *route = &t->routes.at[i];
        if (route->unknown && route->gateway == gateway && route->destination.family == f &&
            guard_holds(r->space, route->when, outcome)) {
            best = route;
        }
    }
    return best;
}

const struct world_route *route_elsewhere(struct reach *r, uint32_t table, struct ipset sources,
                                          const struct edge_row *row)
{
    const struct route_order *routes = ordered(r, table, sources.family);
    const struct world_route *covering = NULL;
    const struct world_route *meeting = NULL;
    struct arena scratch = {0};
    for (size_t i = 0; i < routes->n; i++) {
        const struct world_route *route = routes->at[i];
        struct ipset destination = ipset_of(&scratch, route->destination);
        if ((route->gateway != WORLD_NONE &&
             edge_has_kind(row, r->world->gateways.at[route->gateway].kind)) ||
            !reach_live(r, route->when) || !ipset_meets(destination, sources)) {
            continue;
        }
        uint8_t length = route->destination.length;
        if (ipset_covers(destination, sources) &&
            (!covering || length > covering->destination.length)) {
            covering = route;
        }
        if (!meeting || length < meeting->destination.length) {
            meeting = route;
        }
    }
    arena_release(&scratch);
    return covering ? covering : meeting;
}
