/*
 * Carrier gateways (Wavelength) and local gateways (Outposts): whether somebody beyond them can
 * get in is not known, so everything is possible at most, under A-CARRIER (SEMANTICS 1.7).
 *
 * A local gateway stands outside the templates. EC2 takes a route to one only in a VPC that is
 * associated with it, so a route to it means that it is attached.
 */
#include "topology/edge.h"
#include "topology/kinds.h"
#include "topology/resolve.h"

static void attach(struct builder *b, uint32_t gateway, struct guard when, uint32_t vpc,
                   struct topology_origin origin)
{
    struct guard fact = builder_fact(b, FACT_CARRIER, b->world->gateways.at[gateway].name);
    when = both(b, when, fact);
    if (!guard_is_false(when)) {
        attach_edge(b, gateway, when, vpc, origin)->any_source = GUARD_TRUE;
    }
}

void carrier_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct hits vpcs = resolve_vpc(b, cfn_property(r, "VpcId"));
    for (size_t i = 0; i < vpcs.n && s->elements.n > 0; i++) {
        attach(b, s->elements.at[0].index, vpcs.at[i].when, vpcs.at[i].index,
               origin_resource(b, r));
    }
}

static bool is_attached(const struct builder *b, uint32_t gateway, uint32_t vpc)
{
    const struct world_gateway *g = &b->world->gateways.at[gateway];
    for (size_t i = 0; i < g->attachments.n; i++) {
        if (builder_vpc_root(b, g->attachments.at[i].vpc) == vpc) {
            return true;
        }
    }
    return false;
}

void carrier_finish(struct builder *b)
{
    for (size_t t = 0; t < b->world->tables.n; t++) {
        const struct world_table *table = &b->world->tables.at[t];
        uint32_t vpc = builder_vpc_root(b, table->vpc);
        for (size_t i = 0; i < table->routes.n && vpc != WORLD_NONE; i++) {
            const struct world_route *route = &table->routes.at[i];
            if (route->gateway == WORLD_NONE) {
                continue;
            }
            const struct world_gateway *g = &b->world->gateways.at[route->gateway];
            bool outside = g->outside && (g->kind == GATEWAY_LOCAL || g->kind == GATEWAY_CARRIER);
            if (outside && !is_attached(b, route->gateway, vpc)) {
                attach(b, route->gateway, GUARD_TRUE, vpc, b->t->origins.at[route->id]);
            }
        }
    }
}
