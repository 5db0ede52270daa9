/*
 * What stands between a gateway and a subnet (SEMANTICS 1.1.4, 1.1.5): gateway route tables,
 * the appliances that they lead to, and VPC Block Public Access.
 *
 *     GatewayRouteTableAssociation   for each subnet the longest route that covers it:
 *         an interface or endpoint   packets go through that middlebox, if A-MB(it) holds
 *         none, or the local route   packets enter directly
 *     VPCBlockPublicAccessOptions    nothing enters from the internet, exclusions apart
 *
 * A route that covers only a part of a subnet does not decide for all of it; there packets
 * count as entering directly.
 */
#include <stdlib.h>

#include "topology/kinds.h"
#include "topology/resolve.h"

static bool is_of(const struct slot *s, const char *type)
{
    return str_is(s->resource->type, type);
}

/* ---- middleboxes ------------------------------------------------------------------------- */

/* The firewall that a text refers to which only deployment knows: a part of its EndpointIds. */
static const struct cfn_resource *firewall_of(const struct builder *b, const struct doc_node *node)
{
    if (!node) {
        return NULL;
    }
    struct span at = doc_full_span(node);
    for (size_t i = 0; i < b->unit->templates.n; i++) {
        const struct cfn_template *t = b->unit->templates.at[i];
        for (size_t k = 0; k < t->references.n; k++) {
            const struct cfn_reference *ref = &t->references.at[k];
            struct span here = doc_full_span(ref->node);
            if (here.source == at.source && at.begin <= here.begin && here.end <= at.end &&
                str_is(ref->to->type, "AWS::NetworkFirewall::Firewall")) {
                return ref->to;
            }
        }
    }
    return NULL;
}

/* "Select 1 of Firewall.EndpointIds": its position; 0 if the text says none. */
static size_t position_of(struct str text)
{
    size_t at = str_find(text, STR("EndpointIds["), 0);
    if (at == STR_NPOS) {
        return 0;
    }
    size_t n = 0;
    for (at += sizeof "EndpointIds[" - 1; at < text.n && text.p[at] >= '0' && text.p[at] <= '9';
         at++) {
        n = n < 1000 ? n * 10 + (size_t)(text.p[at] - '0') : n;
    }
    return n;
}

/* The subnet of an interface that this resource has. */
static uint32_t subnet_of_interface(const struct builder *b, const struct cfn_resource *r)
{
    for (size_t i = 0; i < b->world->interfaces.n; i++) {
        const struct world_interface *n = &b->world->interfaces.at[i];
        if (b->t->origins.at[n->id].resource == r && n->number == 0 && n->placements.n > 0) {
            return n->placements.at[0].subnet;
        }
    }
    return WORLD_NONE;
}

static uint32_t first_subnet(struct builder *b, struct cfn_value v)
{
    struct hits hits = resolve_subnet(b, v);
    return hits.n > 0 ? hits.at[0].index : WORLD_NONE;
}

static uint32_t subnet_of(struct builder *b, const struct cfn_resource *r, size_t position)
{
    if (str_is(r->type, "AWS::EC2::VPCEndpoint")) {
        return first_subnet(b, cfn_items(cfn_property(r, "SubnetIds")));
    }
    if (!str_is(r->type, "AWS::NetworkFirewall::Firewall")) {
        return subnet_of_interface(b, r);
    }
    struct cfn_value mappings = cfn_items(cfn_property(r, "SubnetMappings"));
    if (mappings.n == 0) {
        return WORLD_NONE;
    }
    const struct cfn_term *item = &mappings.at[position < mappings.n ? position : 0];
    return first_subnet(b, cfn_get_term(item, "SubnetId"));
}

static void read_middlebox(struct builder *b, uint32_t index)
{
    struct world_gateway *g = &b->world->gateways.at[index];
    struct topology_origin origin = b->t->origins.at[g->id];
    const struct cfn_resource *r = origin.resource;
    if (!r) {
        r = firewall_of(b, origin.node);
        if (r) {
            size_t position = position_of(g->name);
            g->subnet = subnet_of(b, r, position);
            g->name = str_format(b->arena, "%.*s.EndpointIds[%zu]", STR_ARG(cfn_resource_name(r)),
                                 position);
            g->outside = false;
            origin = origin_resource(b, r);
            origin.name = g->name;
            builder_origin(b, g->id, origin);
        }
    } else {
        g->subnet = subnet_of(b, r, 0);
    }
    g->passes = builder_fact(b, FACT_MB, g->name);
}

/* ---- gateway route tables ---------------------------------------------------------------- */

static int longest_first(const void *x, const void *y)
{
    const struct world_route *a = *(const struct world_route *const *)x;
    const struct world_route *b = *(const struct world_route *const *)y;
    if (a->destination.length != b->destination.length) {
        return a->destination.length > b->destination.length ? -1 : 1;
    }
    return (a->id > b->id) - (a->id < b->id);
}

struct lookup {
    const struct world_route **routes;
    size_t n;
    uint32_t gateway;
    uint32_t vpc;
};

/* The local route covers the VPC's blocks; only one that is as long takes its place. */
static bool beats_local(const struct builder *b, uint32_t vpc, struct prefix route)
{
    const struct world_vpc *v = &b->world->vpcs.at[vpc];
    for (size_t i = 0; i < v->cidrs.n; i++) {
        struct prefix local = v->cidrs.at[i].prefix;
        if (!prefix_equal(local, route) && prefix_covers(route, local)) {
            return false;
        }
    }
    return true;
}

static void add_ingress(struct builder *b, uint32_t gateway, struct world_ingress ingress,
                        struct topology_origin origin)
{
    if (!guard_is_false(ingress.when)) {
        builder_origin(b, world_add_ingress(b->world, gateway, ingress), origin);
    }
}

static void look_up(struct builder *b, const struct lookup *l, uint32_t subnet, struct guard when)
{
    const struct world_subnet *s = &b->world->subnets.at[subnet];
    for (size_t c = 0; c < s->cidrs.n; c++) {
        struct guard left = both(b, when, s->cidrs.at[c].when);
        for (size_t i = 0; i < l->n && !guard_is_false(left); i++) {
            const struct world_route *route = l->routes[i];
            if (!prefix_covers(route->destination, s->cidrs.at[c].prefix) ||
                !beats_local(b, l->vpc, route->destination)) {
                continue;
            }
            bool leads = route->gateway != WORLD_NONE &&
                         b->world->gateways.at[route->gateway].kind == GATEWAY_INTERFACE;
            struct guard here = both(b, left, route->when);
            add_ingress(b, l->gateway,
                        (struct world_ingress){.when = here,
                                               .subnet = subnet,
                                               .middlebox = leads ? route->gateway : WORLD_NONE},
                        b->t->origins.at[route->id]);
            left = without(b, left, here);
        }
        /* One block decides for the subnet: the next one only where this one is not there. */
        when = without(b, when, s->cidrs.at[c].when);
    }
}

static void associate(struct builder *b, uint32_t gateway, uint32_t table, struct guard when)
{
    const struct world_table *t = &b->world->tables.at[table];
    struct lookup l = {.gateway = gateway, .vpc = builder_vpc_root(b, t->vpc), .n = t->routes.n};
    l.routes = ARENA_ARRAY(b->arena, l.n, const struct world_route *);
    for (size_t i = 0; i < l.n; i++) {
        l.routes[i] = &t->routes.at[i];
    }
    qsort(l.routes, l.n, sizeof *l.routes, longest_first);
    for (uint32_t i = 0; i < b->world->subnets.n; i++) {
        if (builder_vpc_root(b, b->world->subnets.at[i].vpc) == l.vpc) {
            look_up(b, &l, i, when);
        }
    }
}

static void read_association(struct builder *b, const struct cfn_resource *r)
{
    struct hits gateways = resolve_gateway(b, cfn_property(r, "GatewayId"), GATEWAY_INTERNET);
    struct hits tables = resolve_table(b, cfn_property(r, "RouteTableId"), WORLD_NONE);
    for (size_t g = 0; g < gateways.n; g++) {
        for (size_t t = 0; t < tables.n; t++) {
            struct guard when = both(b, gateways.at[g].when, tables.at[t].when);
            if (!guard_is_false(when)) {
                associate(b, gateways.at[g].index, tables.at[t].index, when);
            }
        }
    }
}

/* ---- VPC Block Public Access ------------------------------------------------------------- */

struct ban {
    const struct cfn_resource *resource;
    struct guard when;
    struct guard *spared; /* by subnet */
};

/* Where a mode is one of these texts; one that is not known may be. */
static struct guard mode_is(struct builder *b, const struct cfn_resource *r, const char *key,
                            const char *one, const char *other)
{
    struct guard when = GUARD_FALSE;
    struct cfn_value v = cfn_property(r, key);
    FOREACH_TERM (term, v) {
        if (term->kind == CFN_TEXT) {
            bool same = str_is(term->text, one) || str_is(term->text, other);
            when = same ? either(b, when, term->when) : when;
        } else if (term->kind != CFN_NONE) {
            when = either(b, when, both(b, term->when, builder_choice(b, term)));
        }
    }
    return when;
}

static void read_exclusion(struct builder *b, const struct cfn_resource *r, struct ban *ban)
{
    struct guard when = mode_is(b, r, "InternetGatewayExclusionMode", "allow-bidirectional", "");
    struct hits subnets = resolve_subnet(b, cfn_property(r, "SubnetId"));
    for (size_t i = 0; i < subnets.n; i++) {
        struct guard *spared = &ban->spared[subnets.at[i].index];
        *spared = either(b, *spared, both(b, when, subnets.at[i].when));
    }
    struct hits vpcs = resolve_vpc(b, cfn_property(r, "VpcId"));
    for (size_t i = 0; i < vpcs.n; i++) {
        uint32_t vpc = builder_vpc_root(b, vpcs.at[i].index);
        for (size_t k = 0; k < b->world->subnets.n; k++) {
            if (builder_vpc_root(b, b->world->subnets.at[k].vpc) == vpc) {
                struct guard here = both(b, when, vpcs.at[i].when);
                ban->spared[k] = either(b, ban->spared[k], here);
            }
        }
    }
}

static void ban_subnet(struct builder *b, const struct ban *ban, uint32_t gateway, uint32_t subnet)
{
    struct guard when = without(b, ban->when, ban->spared[subnet]);
    struct world_gateway *g = &b->world->gateways.at[gateway];
    for (size_t i = 0; i < g->ingress.n; i++) {
        if (g->ingress.at[i].subnet == subnet) {
            g->ingress.at[i].when = without(b, g->ingress.at[i].when, when);
        }
    }
    add_ingress(b, gateway,
                (struct world_ingress){.when = when, .subnet = subnet, .middlebox = WORLD_NONE},
                origin_resource(b, ban->resource));
}

static void ban_gateway(struct builder *b, const struct ban *ban, uint32_t gateway)
{
    bool *seen = ARENA_ARRAY(b->arena, b->world->vpcs.n + 1, bool);
    const struct world_gateway *g = &b->world->gateways.at[gateway];
    for (size_t i = 0; i < g->attachments.n; i++) {
        seen[builder_vpc_root(b, g->attachments.at[i].vpc)] = true;
    }
    for (uint32_t i = 0; i < b->world->subnets.n; i++) {
        if (seen[builder_vpc_root(b, b->world->subnets.at[i].vpc)]) {
            ban_subnet(b, ban, gateway, i);
        }
    }
}

static void read_ban(struct builder *b, const struct cfn_resource *r)
{
    struct ban ban = {
        .resource = r,
        .when = mode_is(b, r, "InternetGatewayBlockMode", "block-bidirectional", "block-ingress")};
    if (guard_is_false(ban.when)) {
        return;
    }
    ban.spared = ARENA_ARRAY(b->arena, b->world->subnets.n + 1, struct guard);
    for (size_t i = 0; i < b->slot_n; i++) {
        if (is_of(&b->slots[i], "AWS::EC2::VPCBlockPublicAccessExclusion")) {
            read_exclusion(b, b->slots[i].resource, &ban);
        }
    }
    for (uint32_t g = 0; g < b->world->gateways.n; g++) {
        if (b->world->gateways.at[g].kind == GATEWAY_INTERNET) {
            ban_gateway(b, &ban, g);
        }
    }
}

void middlebox_finish(struct builder *b)
{
    for (uint32_t i = 0; i < b->world->gateways.n; i++) {
        if (b->world->gateways.at[i].kind == GATEWAY_INTERFACE) {
            read_middlebox(b, i);
        }
    }
    for (size_t i = 0; i < b->slot_n; i++) {
        if (is_of(&b->slots[i], "AWS::EC2::GatewayRouteTableAssociation")) {
            read_association(b, b->slots[i].resource);
        }
    }
    for (size_t i = 0; i < b->slot_n; i++) {
        if (is_of(&b->slots[i], "AWS::EC2::VPCBlockPublicAccessOptions")) {
            read_ban(b, b->slots[i].resource);
        }
    }
}
