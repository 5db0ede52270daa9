/*
 * VPC endpoints, by type.
 *
 *     Gateway               a target of routes that lets nothing in (SEMANTICS 1.2)
 *     GatewayLoadBalancer   a target of routes behind which an appliance stands (middlebox.c)
 *     Interface             an interface in each subnet that listens on 443, never reached from
 *                           the internet (SEMANTICS 1.7)
 */
#include "topology/interface.h"
#include "topology/kinds.h"
#include "topology/resolve.h"

/* Where VpcEndpointType is this text; absent is Gateway. */
static struct guard has_type(struct builder *b, const struct cfn_resource *r, const char *type)
{
    struct guard when = GUARD_FALSE;
    struct cfn_value v = cfn_property(r, "VpcEndpointType");
    FOREACH_TERM (term, v) {
        if (term->kind == CFN_TEXT && str_eq_nocase(term->text, str_from(type))) {
            when = either(b, when, term->when);
        }
    }
    return when;
}

static void add_gateway(struct builder *b, struct slot *s, enum world_gateway_kind kind,
                        struct guard when)
{
    if (!guard_is_false(when)) {
        const struct cfn_resource *r = s->resource;
        uint32_t gateway =
            builder_add_gateway(b, cfn_resource_name(r), kind, origin_resource(b, r));
        hits_add(b, &s->elements, when, gateway, NULL);
    }
}

void endpoint_declare(struct builder *b, struct slot *s)
{
    struct guard appliance = has_type(b, s->resource, "GatewayLoadBalancer");
    struct guard interface = has_type(b, s->resource, "Interface");
    struct guard rest = without(b, without(b, s->resource->when, appliance), interface);
    add_gateway(b, s, GATEWAY_ENDPOINT, rest);
    add_gateway(b, s, GATEWAY_INTERFACE, appliance);
}

static void make_interface(struct builder *b, const struct slot *s, uint32_t owner, size_t position,
                           const struct hit *subnet)
{
    const struct cfn_resource *r = s->resource;
    struct hits one = {.at = ARENA_NEW(b->arena, struct hit), .n = 1, .cap = 1};
    struct guard nowhere = GUARD_FALSE;
    one.at[0] = *subnet;
    struct draft d = {
        .resource = r,
        .origin = origin_implicit(b, r, "AWS::EC2::NetworkInterface"),
        .name = str_format(b->arena, "%.*s/NetworkInterfaces/%zu",
                           STR_ARG(b->world->owners.at[owner].name), position),
        .owner = owner,
        .when = subnet->when,
        .places = &one,
        .groups = resolve_group(b, cfn_items(cfn_property(r, "SecurityGroupIds"))),
        .is_public = &nowhere,
        .public_by = b->world->owners.at[owner].id,
    };
    uint32_t index = interface_make(b, &d);
    struct world_interface *n = &b->world->interfaces.at[index];
    n->no_internet = GUARD_TRUE;
    *VEC_ADD(b->arena, &n->listens) =
        (struct world_listening){GUARD_TRUE, PROTOCOL_TCP, (struct ports){443, 443}};
}

void endpoint_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct guard when = has_type(b, r, "Interface");
    struct hits subnets = resolve_subnet(b, cfn_items(cfn_property(r, "SubnetIds")));
    hits_merge(b, &subnets);
    if (guard_is_false(when) || subnets.n == 0) {
        return;
    }
    uint32_t owner = builder_add_owner(b, r);
    for (size_t i = 0; i < subnets.n; i++) {
        struct hit subnet = subnets.at[i];
        subnet.when = both(b, subnet.when, when);
        if (!guard_is_false(subnet.when)) {
            make_interface(b, s, owner, i, &subnet);
        }
    }
}
