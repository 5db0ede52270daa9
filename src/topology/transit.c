/*
 * Transit gateways (SEMANTICS 1.5): for each attached VPC, who can come in from the others.
 *
 *     x --its table--> longest route for the VPC leads to its attachment      it gets here
 *     VPC --its table--> longest route for x's addresses leads back to x      it is answered
 *
 * Attachments are associated with the table that the templates say, else with the gateway's
 * default one, which knows the blocks of all VPCs. What is attached from outside the templates
 * has unknown prefixes: A-TGW(gateway). A subnet in a zone without an attachment subnet gets
 * nothing.
 */
#include "base/limits.h"
#include "topology/block.h"
#include "topology/edge.h"
#include "topology/hub.h"
#include "topology/kinds.h"
#include "topology/plan.h"
#include "topology/resolve.h"
#include "topology/zone.h"

struct net {
    struct builder *b;
    VEC(struct member) members;
    VEC(struct hub) hubs;
};

static bool is_of(const struct slot *s, const char *type)
{
    return str_is(s->resource->type, type);
}

/* ---- members ------------------------------------------------------------------------------ */

static void read_member(struct net *t, const struct slot *s, bool has_vpc)
{
    struct builder *b = t->b;
    const struct cfn_resource *r = s->resource;
    struct hits gateways = resolve_gateway(b, cfn_property(r, "TransitGatewayId"), GATEWAY_TRANSIT);
    struct hits vpcs = {0};
    if (has_vpc) {
        vpcs = resolve_vpc(b, cfn_property(r, "VpcId"));
    } else {
        hits_add(b, &vpcs, r->when, WORLD_NONE, NULL);
    }
    for (size_t g = 0; g < gateways.n; g++) {
        for (size_t v = 0; v < vpcs.n; v++) {
            struct member m = {
                .slot = s,
                .gateway = gateways.at[g].index,
                .vpc = builder_vpc_root(b, vpcs.at[v].index),
                .when = both(b, gateways.at[g].when, vpcs.at[v].when),
                .subnets = resolve_subnet(b, cfn_items(cfn_property(r, "SubnetIds"))),
            };
            if (!guard_is_false(m.when)) {
                *VEC_ADD(b->arena, &t->members) = m;
            }
        }
    }
}

static void read_members(struct net *t)
{
    for (size_t i = 0; i < t->b->slot_n; i++) {
        const struct slot *s = &t->b->slots[i];
        if (is_of(s, "AWS::EC2::TransitGatewayAttachment") ||
            is_of(s, "AWS::EC2::TransitGatewayVpcAttachment")) {
            read_member(t, s, true);
        } else if (is_of(s, "AWS::EC2::TransitGatewayPeeringAttachment") ||
                   is_of(s, "AWS::EC2::VPNConnection")) {
            read_member(t, s, false);
        }
    }
}

/* ---- tables ------------------------------------------------------------------------------- */

static uint32_t hub_of(struct net *t, const struct slot *s, uint32_t gateway)
{
    for (uint32_t i = 0; i < t->hubs.n; i++) {
        const struct hub *hub = &t->hubs.at[i];
        if (s ? hub->slot == s : !hub->slot && hub->gateway == gateway) {
            return i;
        }
    }
    *VEC_ADD(t->b->arena, &t->hubs) = (struct hub){.slot = s, .gateway = gateway};
    return (uint32_t)t->hubs.n - 1;
}

/* Where an option of a gateway of the templates is on; it is so by default, or not. */
static struct guard option(struct builder *b, const struct cfn_resource *r, const char *key,
                           bool by_default)
{
    struct guard on = GUARD_FALSE;
    struct cfn_value v = cfn_property(r, key);
    FOREACH_TERM (term, v) {
        bool off = term->kind == CFN_TEXT && str_eq_nocase(term->text, STR("disable"));
        bool said = term->kind == CFN_TEXT && str_eq_nocase(term->text, STR("enable"));
        if (said || (by_default && !off)) {
            on = either(b, on, term->when);
        }
    }
    return on;
}

static const struct cfn_resource *gateway_resource(const struct builder *b, uint32_t gateway)
{
    const struct topology_origin *o = &b->t->origins.at[b->world->gateways.at[gateway].id];
    return o->outside ? NULL : o->resource;
}

/* Members that the value of an association, propagation or route names. */
static bool is_named(const struct member *m, struct cfn_value v, struct guard *when)
{
    FOREACH_TERM (term, v) {
        if (term->kind == CFN_OBJECT && term->resource == m->slot->resource) {
            *when = term->when;
            return true;
        }
    }
    return false;
}

static const struct slot *table_of(struct builder *b, struct cfn_value v)
{
    FOREACH_TERM (term, v) {
        const struct slot *s = resolve_slot(b, term, SLOT_HUB);
        if (s) {
            return s;
        }
    }
    return NULL;
}

static void associate(struct net *t, const struct cfn_resource *r)
{
    struct builder *b = t->b;
    const struct slot *table = table_of(b, cfn_property(r, "TransitGatewayRouteTableId"));
    struct cfn_value ids = cfn_property(r, "TransitGatewayAttachmentId");
    for (size_t i = 0; table && i < t->members.n; i++) {
        struct guard when;
        if (is_named(&t->members.at[i], ids, &when)) {
            hits_add(b, &t->members.at[i].hubs, both(b, when, r->when),
                     hub_of(t, table, WORLD_NONE), NULL);
        }
    }
}

static void add_route(struct net *t, uint32_t hub, struct hub_route route)
{
    if (!guard_is_false(route.when)) {
        *VEC_ADD(t->b->arena, &t->hubs.at[hub].routes) = route;
    }
}

/* The blocks of a member's VPC; of one that is not known, a prefix that is not known. */
static void spread(struct net *t, uint32_t hub, size_t member, struct guard when)
{
    struct builder *b = t->b;
    const struct member *m = &t->members.at[member];
    struct hub_route route = {.when = when,
                              .any = true,
                              .member = (int64_t)member,
                              .origin = origin_resource(b, m->slot->resource)};
    if (m->vpc == WORLD_NONE) {
        add_route(t, hub, route);
        return;
    }
    const struct world_vpc *v = &b->world->vpcs.at[m->vpc];
    for (size_t i = 0; i < v->cidrs.n; i++) {
        struct hub_route one = route;
        one.any = false;
        one.prefix = v->cidrs.at[i].prefix;
        one.when = both(b, when, v->cidrs.at[i].when);
        add_route(t, hub, one);
    }
    route.when = both(b, when, edge_unknown4(b, m->vpc));
    add_route(t, hub, route);
}

static void propagate(struct net *t, const struct cfn_resource *r)
{
    struct builder *b = t->b;
    const struct slot *table = table_of(b, cfn_property(r, "TransitGatewayRouteTableId"));
    struct cfn_value ids = cfn_property(r, "TransitGatewayAttachmentId");
    for (size_t i = 0; table && i < t->members.n; i++) {
        struct guard when;
        if (is_named(&t->members.at[i], ids, &when)) {
            when = both(b, both(b, when, r->when), t->members.at[i].when);
            spread(t, hub_of(t, table, WORLD_NONE), i, when);
        }
    }
}

static void read_route(struct net *t, const struct cfn_resource *r)
{
    struct builder *b = t->b;
    const struct slot *table = table_of(b, cfn_property(r, "TransitGatewayRouteTableId"));
    if (!table) {
        return;
    }
    uint32_t hub = hub_of(t, table, WORLD_NONE);
    struct cfn_truth hole = cfn_truth(r->home, cfn_property(r, "Blackhole"));
    struct cfn_value ids = cfn_property(r, "TransitGatewayAttachmentId");
    struct blocks blocks = block_read(b, r, cfn_property(r, "DestinationCidrBlock"), NET_V4);
    for (size_t k = 0; k < blocks.n; k++) {
        struct hub_route route = {.when = both(b, blocks.at[k].when, hole.yes),
                                  .prefix = blocks.at[k].prefix,
                                  .fixed = true,
                                  .member = HUB_BLACKHOLE,
                                  .origin = origin_resource(b, r)};
        add_route(t, hub, route);
        struct guard left = without(b, blocks.at[k].when, hole.yes);
        for (size_t i = 0; i < t->members.n; i++) {
            struct guard when;
            if (is_named(&t->members.at[i], ids, &when)) {
                route.member = (int64_t)i;
                route.when = both(b, both(b, left, when), t->members.at[i].when);
                add_route(t, hub, route);
                left = without(b, left, route.when);
            }
        }
        route.member = HUB_OUTSIDE;
        route.when = both(b, left, plan_given(b, ids));
        add_route(t, hub, route);
    }
}

/* Associations and propagation by default. */
static void read_defaults(struct net *t)
{
    struct builder *b = t->b;
    for (size_t i = 0; i < t->members.n; i++) {
        struct member *m = &t->members.at[i];
        const struct cfn_resource *gateway = gateway_resource(b, m->gateway);
        if (!gateway) {
            continue;
        }
        uint32_t hub = hub_of(t, NULL, m->gateway);
        struct guard left = without(b, m->when, hits_any(b, &m->hubs));
        left = both(b, left, option(b, gateway, "DefaultRouteTableAssociation", true));
        hits_add(b, &m->hubs, left, hub, NULL);
        struct guard spreads = option(b, gateway, "DefaultRouteTablePropagation", true);
        spread(t, hub, i, both(b, m->when, spreads));
    }
}

static void read_tables(struct net *t)
{
    for (size_t i = 0; i < t->b->slot_n; i++) {
        const struct slot *s = &t->b->slots[i];
        if (is_of(s, "AWS::EC2::TransitGatewayRouteTableAssociation")) {
            associate(t, s->resource);
        } else if (is_of(s, "AWS::EC2::TransitGatewayRouteTablePropagation")) {
            propagate(t, s->resource);
        } else if (is_of(s, "AWS::EC2::TransitGatewayRoute")) {
            read_route(t, s->resource);
        }
    }
    read_defaults(t);
    for (size_t i = 0; i < t->hubs.n; i++) {
        hub_sort(&t->hubs.at[i]);
    }
}

/* ---- who comes in -------------------------------------------------------------------------- */

/* Where packets of x find their way to the VPC of v. */
static struct guard gets_to(struct net *t, const struct member *x, size_t v)
{
    struct builder *b = t->b;
    const struct world_vpc *vpc = &b->world->vpcs.at[t->members.at[v].vpc];
    struct guard found = GUARD_FALSE;
    for (size_t h = 0; h < x->hubs.n; h++) {
        const struct hub *hub = &t->hubs.at[x->hubs.at[h].index];
        struct guard here = GUARD_FALSE;
        for (size_t i = 0; i < vpc->cidrs.n; i++) {
            struct guard leads = hub_leads(b, hub, vpc->cidrs.at[i].prefix, (int64_t)v);
            here = either(b, here, both(b, leads, vpc->cidrs.at[i].when));
        }
        struct guard open = edge_unknown4(b, t->members.at[v].vpc);
        here = either(b, here, both(b, open, hub_names(b, hub, (int64_t)v)));
        found = either(b, found, both(b, here, x->hubs.at[h].when));
    }
    return found;
}

/* The addresses of x that the table of v leads back to. */
static void add_sources(struct net *t, struct world_attachment *at, const struct member *v,
                        size_t x)
{
    struct builder *b = t->b;
    const struct world_vpc *vpc = &b->world->vpcs.at[t->members.at[x].vpc];
    for (size_t h = 0; h < v->hubs.n; h++) {
        const struct hub *hub = &t->hubs.at[v->hubs.at[h].index];
        for (size_t i = 0; i < vpc->cidrs.n; i++) {
            struct hub_pieces pieces = {0};
            hub_parts(b, hub, vpc->cidrs.at[i].prefix, (int64_t)x, &pieces);
            struct guard when = both(b, v->hubs.at[h].when, vpc->cidrs.at[i].when);
            for (size_t k = 0; k < pieces.all.n; k++) {
                edge_source(b, at, both(b, when, pieces.all.at[k].when), pieces.all.at[k].prefix,
                            b->t->origins.at[vpc->cidrs.at[i].id]);
            }
        }
        struct guard open = edge_unknown4(b, t->members.at[x].vpc);
        open = both(b, both(b, open, v->hubs.at[h].when), hub_names(b, hub, (int64_t)x));
        at->any_source = either(b, at->any_source, open);
    }
}

/* Both sides and the gateway let groups of the other VPC be named. */
static struct guard share_groups(struct net *t, const struct member *v, const struct member *x)
{
    struct builder *b = t->b;
    static const char KEY[] = "SecurityGroupReferencingSupport";
    static const char SIDE[] = "Options/SecurityGroupReferencingSupport";
    const struct cfn_resource *gateway = gateway_resource(b, v->gateway);
    if (!gateway) {
        return GUARD_FALSE;
    }
    struct guard on = option(b, gateway, KEY, false);
    on = both(b, on, option(b, v->slot->resource, SIDE, true));
    return both(b, on, option(b, x->slot->resource, SIDE, true));
}

static void add_pair(struct net *t, size_t v, size_t x)
{
    struct builder *b = t->b;
    const struct member *here = &t->members.at[v];
    const struct member *there = &t->members.at[x];
    struct guard when = both(b, here->when, there->when);
    when = both(b, when, gets_to(t, there, v));
    if (guard_is_false(when)) {
        return;
    }
    struct world_attachment *at =
        attach_edge(b, here->gateway, when, here->vpc, origin_resource(b, here->slot->resource));
    add_sources(t, at, here, x);
    if (edge_inside(b, there->vpc)) {
        at->remote_vpc = there->vpc;
        at->group_references = share_groups(t, here, there);
    }
}

/* Where something from outside the templates may come in: under A-TGW. */
static struct guard from_outside(struct net *t, size_t v)
{
    struct builder *b = t->b;
    const struct member *m = &t->members.at[v];
    struct guard open = gateway_resource(b, m->gateway) ? GUARD_FALSE : GUARD_TRUE;
    for (size_t h = 0; h < m->hubs.n; h++) {
        const struct hub *hub = &t->hubs.at[m->hubs.at[h].index];
        struct guard here = hub_names(b, hub, HUB_OUTSIDE);
        for (size_t x = 0; x < t->members.n; x++) {
            const struct member *other = &t->members.at[x];
            if (other->gateway == m->gateway && other->vpc == WORLD_NONE) {
                struct guard back = both(b, hub_names(b, hub, (int64_t)x), other->when);
                here = either(b, here, both(b, back, gets_to(t, other, v)));
            }
        }
        open = either(b, open, both(b, here, m->hubs.at[h].when));
    }
    open = both(b, open, m->when);
    if (guard_is_false(open)) {
        return open;
    }
    return both(b, open, builder_fact(b, FACT_TGW, b->world->gateways.at[m->gateway].name));
}

/* ---- zones -------------------------------------------------------------------------------- */

/* Where a subnet has an attachment subnet in its zone. */
static struct guard served(struct net *t, const struct member *m, uint32_t subnet)
{
    struct builder *b = t->b;
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < m->subnets.n; i++) {
        struct guard same = zone_same(b, m->subnets.at[i].index, subnet);
        when = either(b, when, both(b, same, m->subnets.at[i].when));
    }
    return when;
}

/* Where it has none, nothing comes in. */
static void close_zones(struct net *t, const struct member *m)
{
    struct builder *b = t->b;
    for (uint32_t i = 0; i < b->world->subnets.n && m->subnets.n > 0; i++) {
        if (builder_vpc_root(b, b->world->subnets.at[i].vpc) != m->vpc) {
            continue;
        }
        struct guard when = without(b, m->when, served(t, m, i));
        if (!guard_is_false(when)) {
            struct world_ingress none = {.when = when, .subnet = i, .middlebox = WORLD_NONE};
            builder_origin(b, world_add_ingress(b->world, m->gateway, none),
                           origin_resource(b, m->slot->resource));
        }
    }
}

static void join(struct net *t, size_t v)
{
    struct builder *b = t->b;
    const struct member *m = &t->members.at[v];
    if (m->vpc == WORLD_NONE) {
        return;
    }
    struct guard open = from_outside(t, v);
    attach_edge(b, m->gateway, m->when, m->vpc, origin_resource(b, m->slot->resource))->any_source =
        open;
    for (size_t x = 0; x < t->members.n; x++) {
        const struct member *other = &t->members.at[x];
        if (other->gateway == m->gateway && other->vpc != WORLD_NONE && other->vpc != m->vpc) {
            add_pair(t, v, x);
        }
    }
    close_zones(t, m);
}

void transit_finish(struct builder *b)
{
    struct net t = {.b = b};
    read_members(&t);
    read_tables(&t);
    if (t.members.n * t.members.n > LIMIT_TRANSIT_PAIRS) {
        const struct cfn_resource *first = t.members.at[0].slot->resource;
        struct diag *d = diag_add(
            b->unit->diags, DIAG_BUDGET, doc_full_span(first->key),
            "There are %zu attachments to transit gateways, more than %d pairs, the limit; what "
            "comes in through them is not worked out.",
            t.members.n, LIMIT_TRANSIT_PAIRS);
        d->resource = cfn_resource_name(first);
        for (size_t i = 0; i < t.members.n; i++) {
            const struct member *m = &t.members.at[i];
            if (m->vpc != WORLD_NONE) {
                attach_edge(b, m->gateway, m->when, m->vpc, origin_resource(b, m->slot->resource))
                    ->any_source = guard_budget(b->space);
            }
        }
        return;
    }
    for (size_t i = 0; i < t.members.n; i++) {
        join(&t, i);
    }
}
