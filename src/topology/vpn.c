/*
 * What lies behind virtual private gateways (SEMANTICS 1.4): connections, their static routes,
 * and the propagation of those into route tables.
 *
 *     static routes only:  each prefix  a source, and a propagated route
 *     BGP, or no connection in the templates (Direct Connect):  one propagated route of unknown
 *     destination, where A-BGP(gateway) holds (SEMANTICS 10.8)
 */
#include "topology/block.h"
#include "topology/edge.h"
#include "topology/kinds.h"
#include "topology/resolve.h"

/* A prefix behind a connection. */
struct remote {
    struct guard when;
    struct prefix prefix;
    struct topology_origin origin;
};

/* A connection of a virtual private gateway. */
struct line {
    const struct slot *slot;
    struct hits gateways;
    struct guard fixed; /* StaticRoutesOnly */
    VEC(struct remote) remotes;
};
struct lines {
    VEC(struct line) all;
};

static bool is_of(const struct slot *s, const char *type)
{
    return str_is(s->resource->type, type);
}

static void read_connections(struct builder *b, struct lines *lines)
{
    for (size_t i = 0; i < b->slot_n; i++) {
        const struct slot *s = &b->slots[i];
        if (!is_of(s, "AWS::EC2::VPNConnection")) {
            continue;
        }
        const struct cfn_resource *r = s->resource;
        *VEC_ADD(b->arena, &lines->all) = (struct line){
            .slot = s,
            .gateways = resolve_gateway(b, cfn_property(r, "VpnGatewayId"), GATEWAY_VPN),
            .fixed = cfn_truth(r->home, cfn_property(r, "StaticRoutesOnly")).yes,
        };
    }
}

static struct line *line_of(struct lines *lines, const struct slot *s)
{
    for (size_t i = 0; s && i < lines->all.n; i++) {
        if (lines->all.at[i].slot == s) {
            return &lines->all.at[i];
        }
    }
    return NULL;
}

static void read_remote(struct builder *b, struct lines *lines, const struct cfn_resource *r)
{
    struct cfn_value connections = cfn_property(r, "VpnConnectionId");
    struct blocks blocks = block_read(b, r, cfn_property(r, "DestinationCidrBlock"), NET_V4);
    FOREACH_TERM (term, connections) {
        struct line *line = line_of(lines, resolve_slot(b, term, SLOT_CONNECTION));
        for (size_t i = 0; line && i < blocks.n; i++) {
            struct guard when = both(b, term->when, blocks.at[i].when);
            when = both(b, when, line->fixed);
            if (!guard_is_false(when)) {
                *VEC_ADD(b->arena, &line->remotes) = (struct remote){
                    when, blocks.at[i].prefix, origin_value(b, r, blocks.at[i].term)};
            }
        }
    }
}

/* That a connection is there shows in the sources, even where they say nothing new. */
static void add_sources(struct builder *b, const struct line *line)
{
    for (size_t g = 0; g < line->gateways.n; g++) {
        const struct hit *hit = &line->gateways.at[g];
        struct world_gateway *gateway = &b->world->gateways.at[hit->index];
        for (size_t i = 0; i < gateway->attachments.n; i++) {
            struct world_attachment *at = &gateway->attachments.at[i];
            for (size_t k = 0; k < line->remotes.n; k++) {
                const struct remote *remote = &line->remotes.at[k];
                edge_source(b, at, both(b, hit->when, remote->when), remote->prefix,
                            remote->origin);
            }
            edge_source(b, at, without(b, hit->when, line->fixed),
                        (struct prefix){.family = NET_V4},
                        origin_resource(b, line->slot->resource));
        }
    }
}

struct propagation {
    const struct cfn_resource *resource;
    uint32_t table;
    uint32_t gateway;
    struct guard when;
};

static void add_route(struct builder *b, const struct propagation *p, struct world_route route,
                      struct topology_origin origin)
{
    route.gateway = p->gateway;
    route.precedence = ROUTE_PROPAGATED;
    if (!guard_is_false(route.when)) {
        builder_origin(b, world_add_route(b->world, p->table, route), origin);
    }
}

static void propagate(struct builder *b, const struct lines *lines, const struct propagation *p)
{
    struct guard fixed = GUARD_FALSE;   /* some connection has static routes only */
    struct guard dynamic = GUARD_FALSE; /* some has BGP */
    for (size_t i = 0; i < lines->all.n; i++) {
        const struct line *line = &lines->all.at[i];
        for (size_t g = 0; g < line->gateways.n; g++) {
            if (line->gateways.at[g].index != p->gateway) {
                continue;
            }
            struct guard here = line->gateways.at[g].when;
            fixed = either(b, fixed, both(b, here, line->fixed));
            dynamic = either(b, dynamic, without(b, here, line->fixed));
            for (size_t k = 0; k < line->remotes.n; k++) {
                const struct remote *remote = &line->remotes.at[k];
                struct guard when = both(b, both(b, p->when, here), remote->when);
                add_route(b, p, (struct world_route){.when = when, .destination = remote->prefix},
                          remote->origin);
            }
        }
    }
    struct guard open = both(b, p->when, either(b, dynamic, without(b, GUARD_TRUE, fixed)));
    if (!guard_is_false(open)) {
        struct str name = b->world->gateways.at[p->gateway].name;
        open = both(b, open, builder_fact(b, FACT_BGP, name));
        struct world_route route = {
            .when = open, .destination = {.family = NET_V4}, .unknown = true};
        add_route(b, p, route, origin_resource(b, p->resource));
    }
}

static void read_propagation(struct builder *b, const struct lines *lines,
                             const struct cfn_resource *r)
{
    struct hits tables = resolve_table(b, cfn_items(cfn_property(r, "RouteTableIds")), WORLD_NONE);
    struct hits gateways = resolve_gateway(b, cfn_property(r, "VpnGatewayId"), GATEWAY_VPN);
    for (size_t t = 0; t < tables.n; t++) {
        for (size_t g = 0; g < gateways.n; g++) {
            struct propagation p = {
                .resource = r,
                .table = tables.at[t].index,
                .gateway = gateways.at[g].index,
                .when = both(b, tables.at[t].when, gateways.at[g].when),
            };
            if (!guard_is_false(p.when)) {
                propagate(b, lines, &p);
            }
        }
    }
}

void vpn_finish(struct builder *b)
{
    struct lines lines = {0};
    read_connections(b, &lines);
    for (size_t i = 0; i < b->slot_n; i++) {
        if (is_of(&b->slots[i], "AWS::EC2::VPNConnectionRoute")) {
            read_remote(b, &lines, b->slots[i].resource);
        }
    }
    for (size_t i = 0; i < lines.all.n; i++) {
        add_sources(b, &lines.all.at[i]);
    }
    for (size_t i = 0; i < b->slot_n; i++) {
        if (is_of(&b->slots[i], "AWS::EC2::VPNGatewayRoutePropagation")) {
            read_propagation(b, &lines, b->slots[i].resource);
        }
    }
}
