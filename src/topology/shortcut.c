/*
 * Ways in that lead to a balancer or an interface past addresses and routes (SEMANTICS 1.7):
 * endpoint services (PrivateLink) and accelerators.
 *
 *     VPCEndpointService --NetworkLoadBalancerArns--> balancer          if A-CONSUMER(service)
 *     Listener (PortRanges) <-- EndpointGroup (PortOverrides) --EndpointId--> balancer, instance
 *                               where the VPC there has an internet gateway
 */
#include "topology/balancer.h"
#include "topology/edge.h"
#include "topology/kinds.h"
#include "topology/resolve.h"
#include "topology/service.h"

static bool is_of(const struct slot *s, const char *type)
{
    return str_is(s->resource->type, type);
}

static void add(struct builder *b, struct world_shortcut shortcut, struct topology_origin origin)
{
    if (!guard_is_false(shortcut.when)) {
        uint32_t index = world_add_shortcut(b->world, shortcut);
        builder_origin(b, b->world->shortcuts.at[index].id, origin);
    }
}

/* ---- endpoint services -------------------------------------------------------------------- */

static void read_service(struct builder *b, const struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct cfn_value arns = cfn_items(cfn_property(r, "NetworkLoadBalancerArns"));
    FOREACH_TERM (term, arns) {
        const struct slot *to = resolve_slot(b, term, SLOT_BALANCER);
        if (!to) {
            balancer_outside(b, "load balancer", term,
                             "what it passes on to targets of the templates is not in the result");
        }
        for (size_t i = 0; to && i < to->elements.n && s->elements.n > 0; i++) {
            struct guard when = both(b, term->when, to->elements.at[i].when);
            struct guard fact = builder_fact(b, FACT_CONSUMER, cfn_resource_name(r));
            add(b,
                (struct world_shortcut){.edge = EDGE_PRIVATELINK,
                                        .gateway = s->elements.at[0].index,
                                        .when = both(b, when, fact),
                                        .balancer = to->elements.at[i].index,
                                        .interface = WORLD_NONE,
                                        .protocol = PROTOCOL_ALL,
                                        .ports = PORTS_ALL,
                                        .target = PORTS_ALL},
                origin_value(b, r, term));
        }
    }
}

/* Every account may ask for a connection: worth a word (SEMANTICS 1.7). */
static void read_permissions(struct builder *b, const struct cfn_resource *r)
{
    struct cfn_value principals = cfn_items(cfn_property(r, "AllowedPrincipals"));
    FOREACH_TERM (term, principals) {
        if (term->kind == CFN_TEXT && str_is(term->text, "*")) {
            struct diag *d = diag_add(
                b->unit->diags, DIAG_UNKNOWN_VALUE, doc_full_span(term->node ? term->node : r->key),
                "The principal '*' lets every account connect to the endpoint service.");
            d->resource = cfn_resource_name(r);
        }
    }
}

/* ---- accelerators -------------------------------------------------------------------------- */

static struct guard online(struct builder *b, uint32_t interface)
{
    const struct world_interface *n = &b->world->interfaces.at[interface];
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < n->placements.n; i++) {
        uint32_t vpc = b->world->subnets.at[n->placements.at[i].subnet].vpc;
        when = either(b, when, both(b, n->placements.at[i].when, edge_internet(b, vpc)));
    }
    return when;
}

/* One endpoint of a group. */
struct draft_endpoint {
    const struct cfn_resource *resource; /* the endpoint group */
    const struct slot *listener;
    const struct cfn_term *item;
    const struct cfn_term *id;
    struct guard when;
    struct services ports; /* of the listener */
    struct cfn_value overrides;
};

struct override {
    struct guard when;
    uint16_t from;
    uint16_t to;
};

static bool read_port(struct cfn_value v, uint16_t *out)
{
    int64_t port;
    if (v.n != 1 || !cfn_integer(&v.at[0], &port) || port < 1 || port > 65535) {
        return false;
    }
    *out = (uint16_t)port;
    return true;
}

/* The next port of the range that an override changes; 65536 if there is none. */
static uint32_t next_override(const struct draft_endpoint *d, uint32_t from, uint32_t end,
                              struct override *out)
{
    uint32_t best = 65536;
    FOREACH_TERM (item, d->overrides) {
        struct override o = {.when = item->when};
        if (read_port(cfn_get_term(item, "ListenerPort"), &o.from) &&
            read_port(cfn_get_term(item, "EndpointPort"), &o.to) && o.from >= from &&
            o.from <= end && o.from < best) {
            best = o.from;
            *out = o;
        }
    }
    return best;
}

/* A range of the listener, cut at the overrides. */
static void add_range(struct builder *b, const struct draft_endpoint *d,
                      struct world_shortcut shortcut, struct ports range)
{
    struct topology_origin origin = origin_value(b, d->resource, d->id);
    uint32_t at = range.begin;
    while (at <= range.end) {
        struct override o = {0};
        uint32_t cut = next_override(d, at, range.end, &o);
        if (cut > at) {
            uint32_t last = cut <= range.end ? cut - 1 : range.end;
            shortcut.ports = (struct ports){(uint16_t)at, (uint16_t)last};
            shortcut.target = shortcut.ports;
            add(b, shortcut, origin);
        }
        if (cut <= range.end) {
            struct world_shortcut one = shortcut;
            one.ports = (struct ports){(uint16_t)cut, (uint16_t)cut};
            one.target = (struct ports){o.to, o.to};
            one.when = both(b, shortcut.when, o.when);
            add(b, one, origin);
            one.target = one.ports;
            one.when = without(b, shortcut.when, o.when);
            add(b, one, origin);
        }
        at = cut <= range.end ? cut + 1 : (uint32_t)range.end + 1;
    }
}

/* Where the accelerator of a listener has IPv6 addresses as well. */
static struct guard is_dual(struct builder *b, const struct cfn_resource *listener)
{
    struct guard when = GUARD_FALSE;
    struct cfn_value arns = cfn_property(listener, "AcceleratorArn");
    FOREACH_TERM (arn, arns) {
        if (arn->kind != CFN_OBJECT) {
            continue;
        }
        struct cfn_value types = cfn_property(arn->resource, "IpAddressType");
        FOREACH_TERM (type, types) {
            if (type->kind == CFN_TEXT && str_eq_nocase(type->text, STR("DUAL_STACK"))) {
                when = either(b, when, both(b, arn->when, type->when));
            }
        }
    }
    return when;
}

static void add_endpoint(struct builder *b, const struct draft_endpoint *d,
                         struct world_shortcut shortcut, bool preserves)
{
    struct cfn_value said = cfn_get_term(d->item, "ClientIPPreservationEnabled");
    struct cfn_truth truth = cfn_truth(d->resource->home, said);
    shortcut.preserves = truth.yes;
    if (preserves) {
        shortcut.preserves = without(b, GUARD_TRUE, truth.no);
    }
    shortcut.edge = EDGE_ACCELERATOR;
    shortcut.carries6 = is_dual(b, d->listener->resource);
    shortcut.gateway = d->listener->elements.at[0].index;
    struct guard when = shortcut.when;
    struct cfn_value protocols = cfn_property(d->listener->resource, "Protocol");
    FOREACH_TERM (term, protocols) {
        bool udp = term->kind == CFN_TEXT && str_eq_nocase(term->text, STR("UDP"));
        shortcut.protocol = udp ? PROTOCOL_UDP : PROTOCOL_TCP;
        for (size_t i = 0; i < d->ports.n; i++) {
            shortcut.when = both(b, both(b, when, term->when), d->ports.at[i].when);
            add_range(b, d, shortcut, d->ports.at[i].ports);
        }
    }
}

static void add_balancer(struct builder *b, const struct draft_endpoint *d, uint32_t balancer,
                         struct guard when)
{
    const struct world_balancer *l = &b->world->balancers.at[balancer];
    struct guard there = GUARD_FALSE;
    for (size_t i = 0; i < l->interfaces.n; i++) {
        there = either(b, there, online(b, l->interfaces.at[i]));
    }
    add_endpoint(b, d,
                 (struct world_shortcut){.when = both(b, both(b, when, d->when), there),
                                         .balancer = balancer,
                                         .interface = WORLD_NONE},
                 l->kind == BALANCER_APPLICATION);
}

/* The primary interfaces of an owner, or those that are a resource. */
static void add_interfaces(struct builder *b, const struct draft_endpoint *d,
                           const struct cfn_resource *r, struct guard when, bool preserves)
{
    for (uint32_t i = 0; i < b->world->interfaces.n; i++) {
        const struct world_interface *n = &b->world->interfaces.at[i];
        bool is_resource = b->t->origins.at[n->id].resource == r && n->number == 0;
        bool is_owned = n->owner != WORLD_NONE && n->number == 0 &&
                        b->t->origins.at[b->world->owners.at[n->owner].id].resource == r;
        if (is_resource || is_owned) {
            add_endpoint(
                b, d,
                (struct world_shortcut){.when = both(b, both(b, when, d->when), online(b, i)),
                                        .balancer = WORLD_NONE,
                                        .interface = i},
                preserves);
        }
    }
}

/* An elastic address: whatever it is bound to. */
static void add_address(struct builder *b, const struct draft_endpoint *d)
{
    const struct cfn_resource *address = d->id->resource;
    for (size_t i = 0; i < b->slot_n; i++) {
        const struct slot *s = &b->slots[i];
        for (size_t k = 0; k < s->addresses.n; k++) {
            const struct cfn_resource *by = b->t->origins.at[s->addresses.at[k].id].resource;
            struct cfn_value v = cfn_property(by, "AllocationId");
            bool bound = by == address;
            for (size_t t = 0; t < v.n; t++) {
                bound = bound || (v.at[t].kind == CFN_OBJECT && v.at[t].resource == address);
            }
            if (bound) {
                add_interfaces(b, d, s->resource, s->addresses.at[k].when, false);
            }
        }
    }
}

static void read_endpoint(struct builder *b, struct draft_endpoint *d)
{
    struct cfn_value ids = cfn_get_term(d->item, "EndpointId");
    FOREACH_TERM (id, ids) {
        d->id = id;
        const struct slot *s = resolve_slot(b, id, SLOT_BALANCER);
        for (size_t i = 0; s && i < s->elements.n; i++) {
            add_balancer(b, d, s->elements.at[i].index, both(b, id->when, s->elements.at[i].when));
        }
        if (s) {
            continue;
        }
        if (resolve_slot(b, id, SLOT_OWNER)) {
            add_interfaces(b, d, id->resource, id->when, true);
        } else if (id->kind == CFN_OBJECT && str_is(id->resource->type, "AWS::EC2::EIP")) {
            add_address(b, d);
        } else {
            balancer_outside(b, "endpoint", id, "what is passed on to it is not in the result");
        }
    }
}

/* Port ranges of the listener of a group. */
static struct services read_ranges(struct builder *b, const struct cfn_resource *r)
{
    struct services all = {0};
    struct cfn_value ranges = cfn_items(cfn_property(r, "PortRanges"));
    static const struct cfn_term TCP = {
        .when = {1}, .kind = CFN_TEXT, .text = {"tcp", sizeof "tcp" - 1}};
    FOREACH_TERM (item, ranges) {
        struct services some =
            service_read(b, &(struct service_text){.resource = r,
                                                   .place = item->node,
                                                   .when = item->when,
                                                   .protocol = {&TCP, 1},
                                                   .from = cfn_get_term(item, "FromPort"),
                                                   .to = cfn_get_term(item, "ToPort")});
        for (size_t i = 0; i < some.n; i++) {
            *VEC_ADD(b->arena, &all) = some.at[i];
        }
    }
    return all;
}

static void read_endpoints(struct builder *b, const struct cfn_resource *r)
{
    struct cfn_value listeners = cfn_property(r, "ListenerArn");
    struct cfn_value items = cfn_items(cfn_property(r, "EndpointConfigurations"));
    FOREACH_TERM (term, listeners) {
        const struct slot *listener = resolve_slot(b, term, SLOT_GATEWAY);
        if (!listener) {
            balancer_outside(b, "listener", term,
                             "what it passes on to targets of the templates is not in the result");
        }
        if (!listener || listener->elements.n == 0 ||
            listener->family->detail != GATEWAY_ACCELERATOR) {
            continue;
        }
        struct draft_endpoint d = {.resource = r,
                                   .listener = listener,
                                   .ports = read_ranges(b, listener->resource),
                                   .overrides = cfn_items(cfn_property(r, "PortOverrides"))};
        FOREACH_TERM (item, items) {
            int64_t weight;
            struct cfn_value weights = cfn_get_term(item, "Weight");
            if (weights.n == 1 && cfn_integer(&weights.at[0], &weight) && weight == 0) {
                continue;
            }
            d.item = item;
            d.when = both(b, term->when, item->when);
            read_endpoint(b, &d);
        }
    }
}

void shortcut_finish(struct builder *b)
{
    for (size_t i = 0; i < b->slot_n; i++) {
        const struct slot *s = &b->slots[i];
        if (is_of(s, "AWS::EC2::VPCEndpointService")) {
            read_service(b, s);
        } else if (is_of(s, "AWS::EC2::VPCEndpointServicePermissions")) {
            read_permissions(b, s->resource);
        } else if (is_of(s, "AWS::GlobalAccelerator::EndpointGroup")) {
            read_endpoints(b, s->resource);
        }
    }
}
