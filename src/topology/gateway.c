/*
 * Gateways and what attaches them to VPCs. Attachments are read before route tables, so that a
 * route to a gateway of unknown kind can see that it is an internet gateway.
 */
#include "topology/edge.h"
#include "topology/kinds.h"
#include "topology/resolve.h"

void gateway_declare(struct builder *b, struct slot *s)
{
    uint32_t gateway = builder_add_gateway(b, cfn_resource_name(s->resource),
                                           (enum world_gateway_kind)s->family->detail,
                                           origin_resource(b, s->resource));
    hits_add(b, &s->elements, s->resource->when, gateway, NULL);
}

static void attach(struct builder *b, const struct cfn_resource *r, const struct hits *gateways,
                   const struct hits *vpcs)
{
    for (size_t i = 0; i < gateways->n; i++) {
        uint32_t gateway = gateways->at[i].index;
        for (size_t k = 0; k < vpcs->n; k++) {
            struct guard when = both(b, gateways->at[i].when, vpcs->at[k].when);
            if (guard_is_false(when)) {
                continue;
            }
            builder_origin(b, world_add_attachment(b->world, gateway, when, vpcs->at[k].index),
                           origin_resource(b, r));
            if (b->world->gateways.at[gateway].kind == GATEWAY_VPN) {
                /* Whatever is routed to it may come from beyond (SEMANTICS 1.4). */
                edge_last(b, gateway)->any_source = GUARD_TRUE;
            }
            bool always = guard_implies(b->space, b->world->unpinned, when);
            if (always && b->world->gateways.at[gateway].kind == GATEWAY_INTERNET) {
                b->vpcs.at[vpcs->at[k].index].gateway = gateway;
            }
        }
    }
}

void gateway_attach(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct hits vpcs = resolve_vpc(b, cfn_property(r, "VpcId"));
    struct hits internet =
        resolve_gateway(b, cfn_property(r, "InternetGatewayId"), GATEWAY_INTERNET);
    struct hits vpn = resolve_gateway(b, cfn_property(r, "VpnGatewayId"), GATEWAY_VPN);
    attach(b, r, &internet, &vpcs);
    attach(b, r, &vpn, &vpcs);
}

/* Gateways that name their VPC themselves; a NAT gateway is in that of its subnet. */
void gateway_connect(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct hits own = resolve_vpc(b, cfn_property(r, "VpcId"));
    attach(b, r, &s->elements, &own);
    if (s->family->detail == GATEWAY_NAT) {
        struct hits subnets = resolve_subnet(b, cfn_property(r, "SubnetId"));
        struct hits vpcs = {0};
        for (size_t i = 0; i < subnets.n; i++) {
            hits_add(b, &vpcs, subnets.at[i].when, b->world->subnets.at[subnets.at[i].index].vpc,
                     NULL);
        }
        attach(b, r, &s->elements, &vpcs);
    }
}
