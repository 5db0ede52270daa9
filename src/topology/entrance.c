/*
 * Ways in that begin at a subnet inside the VPC (SEMANTICS 1.7): a Client VPN endpoint with the
 * subnets that it is associated with, and an EC2 Instance Connect Endpoint.
 */
#include "topology/block.h"
#include "topology/kinds.h"
#include "topology/outside.h"
#include "topology/resolve.h"

struct draft_entrance {
    const struct cfn_resource *owner; /* whose groups the clients carry */
    enum world_edge edge;
    uint32_t gateway;
    struct hit subnet;
    const struct cfn_resource *by; /* the resource that makes the entrance */
    struct guard preserves;        /* targets see the client's address */
    struct guard filters;          /* the groups' egress rules count */
};

static bool is_of(const struct slot *s, const char *type)
{
    return str_is(s->resource->type, type);
}

/* The groups of the endpoint, or the default group of the subnet's VPC. */
static void carry(struct builder *b, const struct draft_entrance *d, struct world_entrance *e)
{
    struct hits groups = resolve_group(b, cfn_items(cfn_property(d->owner, "SecurityGroupIds")));
    struct guard left = without(b, e->when, hits_any(b, &groups));
    if (!guard_is_false(left)) {
        uint32_t vpc = builder_vpc_root(b, b->world->subnets.at[e->subnet].vpc);
        hits_add(b, &groups, left, outside_default_group(b, vpc), NULL);
    }
    hits_merge(b, &groups);
    for (size_t i = 0; i < groups.n; i++) {
        struct guard when = both(b, groups.at[i].when, e->when);
        if (!guard_is_false(when)) {
            *VEC_ADD(b->arena, &e->groups) =
                (struct world_membership){.when = when, .group = groups.at[i].index};
        }
    }
}

/* Where the clients have IPv6 as well: an address type other than ipv4. */
static struct guard has_six(struct builder *b, const struct cfn_resource *r)
{
    static const char *const KEYS[] = {"IpAddressType", "TrafficIpAddressType"};
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        struct cfn_value v = cfn_property(r, KEYS[i]);
        FOREACH_TERM (term, v) {
            if (term->kind == CFN_TEXT && !str_eq_nocase(term->text, STR("ipv4"))) {
                when = either(b, when, term->when);
            }
        }
    }
    return when;
}

static struct world_entrance *add(struct builder *b, const struct draft_entrance *d)
{
    struct world_entrance e = {.edge = d->edge,
                               .gateway = d->gateway,
                               .when = d->subnet.when,
                               .subnet = d->subnet.index,
                               .carries6 = both(b, d->subnet.when, has_six(b, d->owner)),
                               .preserves = d->preserves,
                               .filters = d->filters};
    carry(b, d, &e);
    uint32_t index = world_add_entrance(b->world, e);
    struct world_entrance *added = &b->world->entrances.at[index];
    builder_origin(b, added->id, origin_resource(b, d->by));
    return added;
}

/* ---- AWS::EC2::InstanceConnectEndpoint ---------------------------------------------------- */

/* Where the client's address is kept; a flag that is not known is either, by a choice. */
static struct guard keeps_client(struct builder *b, const struct cfn_resource *r)
{
    struct guard when = GUARD_FALSE;
    struct cfn_value v = cfn_property(r, "PreserveClientIp");
    FOREACH_TERM (term, v) {
        struct cfn_truth truth = cfn_truth(r->home, (struct cfn_value){term, 1});
        struct guard open = truth.unknown;
        open = guard_is_false(open) ? open : both(b, open, builder_choice(b, term));
        when = either(b, when, either(b, truth.yes, open));
    }
    return when;
}

/* Its groups' egress rules count, too ("Security groups for EC2 Instance Connect Endpoint"). */
void connect_endpoint_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct hits subnets = resolve_subnet(b, cfn_property(r, "SubnetId"));
    for (size_t i = 0; i < subnets.n && s->elements.n > 0; i++) {
        struct draft_entrance d = {.owner = r,
                                   .edge = EDGE_MANAGED,
                                   .gateway = s->elements.at[0].index,
                                   .subnet = subnets.at[i],
                                   .by = r,
                                   .preserves = keeps_client(b, r),
                                   .filters = GUARD_TRUE};
        add(b, &d);
    }
}

/* ---- AWS::EC2::ClientVpnEndpoint ---------------------------------------------------------- */

/* An authorisation rule: who is let through to where. */
struct allowance {
    const struct slot *endpoint;
    struct guard when;
    struct prefix prefix;
    struct topology_origin origin;
};
struct allowances {
    VEC(struct allowance) all;
};

static const struct slot *endpoint_of(struct builder *b, const struct cfn_term *term)
{
    const struct slot *s = resolve_slot(b, term, SLOT_GATEWAY);
    return s && s->family->detail == GATEWAY_CLIENT_VPN && s->elements.n > 0 ? s : NULL;
}

static void read_allowance(struct builder *b, const struct cfn_resource *r,
                           struct allowances *allowances)
{
    struct blocks blocks = block_read(b, r, cfn_property(r, "TargetNetworkCidr"), NET_V4);
    struct cfn_value endpoints = cfn_property(r, "ClientVpnEndpointId");
    FOREACH_TERM (term, endpoints) {
        const struct slot *endpoint = endpoint_of(b, term);
        for (size_t i = 0; endpoint && i < blocks.n; i++) {
            struct guard when = both(b, blocks.at[i].when, term->when);
            if (!guard_is_false(when)) {
                *VEC_ADD(b->arena, &allowances->all) = (struct allowance){
                    endpoint, when, blocks.at[i].prefix, origin_value(b, r, blocks.at[i].term)};
            }
        }
    }
}

/* Without a rule nobody is let through; without destinations an entrance leads everywhere. */
static void enter(struct builder *b, const struct allowances *allowances,
                  const struct slot *endpoint, struct draft_entrance *d)
{
    struct guard allowed = GUARD_FALSE;
    for (size_t i = 0; i < allowances->all.n; i++) {
        if (allowances->all.at[i].endpoint == endpoint) {
            allowed = either(b, allowed, allowances->all.at[i].when);
        }
    }
    d->subnet.when = both(b, d->subnet.when, allowed);
    if (guard_is_false(d->subnet.when)) {
        return;
    }
    struct world_entrance *e = add(b, d);
    for (size_t i = 0; i < allowances->all.n; i++) {
        const struct allowance *a = &allowances->all.at[i];
        if (a->endpoint == endpoint) {
            *VEC_ADD(b->arena, &e->destinations) = (struct world_source){
                .id = builder_new_id(b, a->origin), .when = a->when, .prefix = a->prefix};
        }
    }
}

static void read_association(struct builder *b, const struct cfn_resource *r,
                             const struct allowances *allowances)
{
    struct hits subnets = resolve_subnet(b, cfn_property(r, "SubnetId"));
    struct cfn_value endpoints = cfn_property(r, "ClientVpnEndpointId");
    FOREACH_TERM (term, endpoints) {
        const struct slot *endpoint = endpoint_of(b, term);
        for (size_t i = 0; endpoint && i < subnets.n; i++) {
            struct draft_entrance d = {.owner = endpoint->resource,
                                       .edge = EDGE_CLIENT_VPN,
                                       .gateway = endpoint->elements.at[0].index,
                                       .subnet = subnets.at[i],
                                       .by = r};
            d.subnet.when = both(b, subnets.at[i].when, term->when);
            enter(b, allowances, endpoint, &d);
        }
    }
}

void entrance_finish(struct builder *b)
{
    struct allowances allowances = {0};
    for (size_t i = 0; i < b->slot_n; i++) {
        if (is_of(&b->slots[i], "AWS::EC2::ClientVpnAuthorizationRule")) {
            read_allowance(b, b->slots[i].resource, &allowances);
        }
    }
    for (size_t i = 0; i < b->slot_n; i++) {
        if (is_of(&b->slots[i], "AWS::EC2::ClientVpnTargetNetworkAssociation")) {
            read_association(b, b->slots[i].resource, &allowances);
        }
    }
}
