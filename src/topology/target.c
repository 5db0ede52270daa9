/*
 * Target groups: what their balancers forward to, at which port, and whether the targets see
 * the client's address (SEMANTICS 1.6).
 *
 *     Targets[].Id       an instance, an address (of an interface of the templates), a balancer
 *     registrations      groups of instances, services of containers (balancer.h)
 *     Instances          of a Classic balancer
 *
 * A registered instance receives at its primary interface. Addresses that no interface of the
 * templates has are outside of them.
 */
#include "topology/balancer.h"
#include "topology/kinds.h"
#include "topology/own_address.h"
#include "topology/plan.h"
#include "topology/resolve.h"
#include "topology/service.h"

/* An address written in the templates. */
struct known_address {
    struct guard when;
    struct str text;
    uint32_t interface;
    const struct cfn_resource *resource;
};

/* What a group says about all of its targets; by index of the group in the world. */
struct group_facts {
    struct services ports; /* none: each target says */
    struct guard types[4]; /* of TargetType, in order of TYPES */
};

enum { TYPE_INSTANCE, TYPE_IP, TYPE_ALB, TYPE_LAMBDA };
static const char *const TYPES[] = {"instance", "ip", "alb", "lambda"};

struct work {
    struct builder *b;
    struct balancing *g;
    struct group_facts *sites;
    VEC(struct known_address) addresses;
};

/* One target, or all that one name stands for. */
struct joining {
    uint32_t group;
    struct guard when;
    struct services ports;
    struct topology_origin origin;
};

void target_declare(struct builder *b, struct slot *s)
{
    struct topology_origin origin = origin_resource(b, s->resource);
    origin.name = cfn_resource_name(s->resource);
    uint32_t group = world_add_target_group(b->world, origin.name);
    builder_origin(b, b->world->target_groups.at[group].id, origin);
    hits_add(b, &s->elements, s->resource->when, group, NULL);
}

/* ---- attributes -------------------------------------------------------------------------- */

struct attribute balancer_attribute(struct builder *b, const struct cfn_resource *r,
                                    const char *list, const char *key)
{
    struct attribute a = {GUARD_FALSE, GUARD_FALSE};
    struct cfn_value items = cfn_items(cfn_property(r, list));
    FOREACH_TERM (item, items) {
        struct cfn_value keys = cfn_get_term(item, "Key");
        if (keys.n != 1 || keys.at[0].kind != CFN_TEXT || !str_is(keys.at[0].text, key)) {
            continue;
        }
        struct cfn_value values = cfn_get_term(item, "Value");
        FOREACH_TERM (value, values) {
            struct cfn_truth truth = cfn_truth(r->home, (struct cfn_value){value, 1});
            struct guard on = truth.yes;
            if (!guard_is_false(truth.unknown)) {
                on = either(b, on, both(b, truth.unknown, builder_choice(b, value)));
            }
            a.on = either(b, a.on, on);
            a.off = either(b, a.off, without(b, either(b, truth.no, truth.unknown), on));
        }
    }
    return a;
}

/* Where the protocol is one of these. */
static struct guard has_protocol(struct builder *b, const struct cfn_resource *r, int protocol)
{
    struct guard when = GUARD_FALSE;
    struct cfn_value v = cfn_property(r, "Protocol");
    FOREACH_TERM (term, v) {
        bool http = term->kind == CFN_TEXT && str_starts(term->text, STR("HTTP"));
        if (term->kind != CFN_TEXT || http) {
            continue;
        }
        int found = balancer_protocol(term->text);
        if (protocol == PROTOCOL_TCP || found == PROTOCOL_UDP || found == PROTOCOL_ALL) {
            when = either(b, when, term->when);
        }
    }
    return when;
}

/* Network balancers only: by type and protocol, unless the attribute says otherwise; always for
 * UDP and in front of another balancer. */
static struct guard preserves(struct builder *b, const struct cfn_resource *r,
                              const struct group_facts *site)
{
    struct guard network = has_protocol(b, r, PROTOCOL_TCP);
    struct guard udp = has_protocol(b, r, PROTOCOL_UDP);
    struct attribute said =
        balancer_attribute(b, r, "TargetGroupAttributes", "preserve_client_ip.enabled");
    struct guard always = either(b, udp, both(b, network, site->types[TYPE_ALB]));
    struct guard on = both(b, network, either(b, site->types[TYPE_INSTANCE], said.on));
    return either(b, always, without(b, on, said.off));
}

static int protocol_of(const struct cfn_resource *r)
{
    struct cfn_value v = cfn_property(r, "Protocol");
    int protocol = PROTOCOL_TCP;
    for (size_t i = 0; i < v.n; i++) {
        bool known = v.at[i].kind == CFN_TEXT || v.at[i].kind == CFN_NONE;
        int here = known ? balancer_protocol(v.at[i].text) : PROTOCOL_ALL;
        protocol = i > 0 && here != protocol ? PROTOCOL_ALL : here;
    }
    return protocol;
}

static void read_group(struct work *w, const struct slot *s)
{
    struct builder *b = w->b;
    const struct cfn_resource *r = s->resource;
    uint32_t group = s->elements.at[0].index;
    struct group_facts *site = &w->sites[group];
    struct cfn_value types = cfn_property(r, "TargetType");
    FOREACH_TERM (term, types) {
        int found = TYPE_INSTANCE;
        for (int i = 0; i < 4 && term->kind == CFN_TEXT; i++) {
            found = str_eq_nocase(term->text, str_from(TYPES[i])) ? i : found;
        }
        site->types[found] = either(b, site->types[found], term->when);
    }
    struct guard given = builder_given(b, r, "Port");
    if (!guard_is_false(given)) {
        site->ports = balancer_ports(b, r, NULL, given, cfn_property(r, "Port"));
    }
    b->world->target_groups.at[group].preserves = preserves(b, r, site);
    b->world->target_groups.at[group].protocol = protocol_of(r);
}

/* ---- joining ----------------------------------------------------------------------------- */

static void join(struct builder *b, const struct joining *j, struct world_target target)
{
    for (size_t i = 0; i < j->ports.n; i++) {
        target.when = both(b, j->when, j->ports.at[i].when);
        target.ports = j->ports.at[i].ports;
        if (!guard_is_false(target.when)) {
            builder_origin(b, world_add_target(b->world, j->group, target), j->origin);
        }
    }
}

static void join_interface(struct builder *b, const struct joining *j, uint32_t interface)
{
    join(b, j, (struct world_target){.interface = interface, .balancer = WORLD_NONE});
}

static void join_owner(struct work *w, const struct joining *j, uint32_t owner)
{
    for (uint32_t i = w->g->first[owner]; i != WORLD_NONE; i = w->g->next[i]) {
        if (w->b->world->interfaces.at[i].number == 0) {
            join_interface(w->b, j, i);
        }
    }
}

static void join_slot(struct work *w, const struct joining *j, const struct slot *s)
{
    for (size_t i = 0; i < s->elements.n; i++) {
        join_owner(w, j, s->elements.at[i].index);
    }
}

/* ---- addresses ---------------------------------------------------------------------------- */

static void know(struct work *w, uint32_t interface, const struct cfn_resource *r,
                 struct cfn_value addresses)
{
    FOREACH_TERM (term, addresses) {
        if (term->kind == CFN_TEXT) {
            *VEC_ADD(w->b->arena, &w->addresses) =
                (struct known_address){term->when, str_trim(term->text), interface, r};
        }
    }
}

/* The addresses of all interfaces, as far as they are written; each interface that is a
 * resource is there with an empty one, too. */
static void collect_addresses(struct work *w)
{
    struct builder *b = w->b;
    for (uint32_t i = 0; i < b->world->interfaces.n; i++) {
        const struct topology_origin *o = &b->t->origins.at[b->world->interfaces.at[i].id];
        const struct cfn_resource *r = o->resource;
        const struct slot *s = r ? builder_slot(b, r) : NULL;
        if (!s || !s->family) {
            continue;
        }
        struct guard when = b->world->interfaces.at[i].when;
        if (s->family->kind == SLOT_INTERFACE) {
            *VEC_ADD(b->arena, &w->addresses) =
                (struct known_address){.when = when, .interface = i, .resource = r};
            know(w, i, r, cfn_property(r, "PrivateIpAddress"));
        } else if (s->plan && o->item) {
            know(w, i, r, cfn_eval(r->home, doc_get(o->item, "PrivateIpAddress"), when));
        } else if (s->plan) {
            know(w, i, r, cfn_property(r, "PrivateIpAddress"));
        }
    }
}

static bool is_attached(const struct builder *b, const struct world_gateway *g, uint32_t vpc)
{
    for (size_t i = 0; i < g->attachments.n; i++) {
        if (builder_vpc_root(b, g->attachments.at[i].vpc) == vpc) {
            return true;
        }
    }
    return false;
}

/* The same VPC, or one behind a peering connection, a transit or a VPN gateway. */
static bool is_near(const struct builder *b, uint32_t x, uint32_t y)
{
    x = builder_vpc_root(b, x);
    y = builder_vpc_root(b, y);
    for (size_t i = 0; x != y && i < b->world->gateways.n; i++) {
        const struct world_gateway *g = &b->world->gateways.at[i];
        bool joins = g->kind == GATEWAY_PEERING || g->kind == GATEWAY_TRANSIT;
        if (joins && is_attached(b, g, x) && is_attached(b, g, y)) {
            return true;
        }
    }
    return x == y;
}

static bool is_reached(const struct builder *b, uint32_t interface, const struct hits *homes)
{
    const struct world_interface *n = &b->world->interfaces.at[interface];
    for (size_t i = 0; i < n->placements.n; i++) {
        uint32_t vpc = b->world->subnets.at[n->placements.at[i].subnet].vpc;
        for (size_t k = 0; k < homes->n; k++) {
            if (is_near(b, vpc, homes->at[k].index)) {
                return true;
            }
        }
    }
    return homes->n == 0;
}

static void join_address(struct work *w, const struct joining *j, const struct cfn_term *term,
                         const struct hits *homes)
{
    for (size_t i = 0; i < w->addresses.n; i++) {
        const struct known_address *known = &w->addresses.at[i];
        bool same = term->kind == CFN_TEXT
                        ? known->text.n > 0 && str_eq(known->text, str_trim(term->text))
                        : known->text.n == 0 && known->resource == term->resource;
        if (same && is_reached(w->b, known->interface, homes)) {
            struct joining one = *j;
            one.when = both(w->b, j->when, known->when);
            join_interface(w->b, &one, known->interface);
        }
    }
}

/* ---- Targets ----------------------------------------------------------------------------- */

static void join_term(struct work *w, const struct joining *j, const struct cfn_term *id,
                      const struct hits *homes)
{
    struct builder *b = w->b;
    struct slot *s = resolve_slot(b, id, SLOT_OWNER);
    if (s) {
        join_slot(w, j, s);
        return;
    }
    s = resolve_slot(b, id, SLOT_BALANCER);
    for (size_t i = 0; s && i < s->elements.n; i++) {
        join(b, j,
             (struct world_target){.interface = WORLD_NONE, .balancer = s->elements.at[i].index});
    }
    if (s) {
        return;
    }
    /* GetAtt of a private address denotes the primary interface (SEMANTICS 10.11). */
    if (own_address_of(b, id, SLOT_OWNER)) {
        join_slot(w, j, builder_slot(b, id->resource));
    } else if (id->kind == CFN_TEXT || own_address_of(b, id, SLOT_INTERFACE)) {
        join_address(w, j, id, homes);
    } else {
        balancer_outside(b, "target", id, "what is passed on to it is not in the result");
    }
}

static void read_targets(struct work *w, const struct slot *s)
{
    struct builder *b = w->b;
    const struct cfn_resource *r = s->resource;
    uint32_t group = s->elements.at[0].index;
    struct hits homes = resolve_vpc(b, cfn_property(r, "VpcId"));
    struct cfn_value targets = cfn_items(cfn_property(r, "Targets"));
    FOREACH_TERM (item, targets) {
        if (item->kind != CFN_MAP) {
            continue;
        }
        struct cfn_value own = cfn_get_term(item, "Port");
        struct guard given = plan_given(b, own);
        struct joining j = {.group = group, .origin = origin_value(b, r, item)};
        struct cfn_value ids = cfn_get_term(item, "Id");
        FOREACH_TERM (id, ids) {
            struct guard when = without(b, id->when, w->sites[group].types[TYPE_LAMBDA]);
            if (guard_is_false(when)) {
                continue; /* a function has no interface to be reached at */
            }
            j.origin = origin_value(b, r, id);
            j.ports = w->sites[group].ports;
            j.when = without(b, when, given);
            join_term(w, &j, id, &homes);
            j.when = both(b, when, given);
            if (!guard_is_false(j.when)) {
                j.ports = balancer_ports(b, r, item->node, given, own);
                join_term(w, &j, id, &homes);
            }
        }
    }
}

/* ---- registrations ------------------------------------------------------------------------ */

static void join_classic(struct work *w, struct joining j, const struct slot *balancer,
                         const struct slot *instance, uint32_t owner)
{
    struct builder *b = w->b;
    struct guard when = j.when;
    struct services own = j.ports;
    for (size_t i = 0; i < w->g->classics.n; i++) {
        const struct classic_group *c = &w->g->classics.at[i];
        if (c->slot != balancer) {
            continue;
        }
        struct service at = {.when = GUARD_TRUE, .protocol = PROTOCOL_TCP, .ports = c->ports};
        j.group = c->target_group;
        j.when = both(b, when, c->when);
        j.ports = own.n > 0 ? own : (struct services){.at = &at, .n = 1};
        if (instance) {
            join_slot(w, &j, instance);
        } else {
            join_owner(w, &j, owner);
        }
    }
}

static void read_registration(struct work *w, const struct registration *r)
{
    struct builder *b = w->b;
    struct service at = {.when = GUARD_TRUE, .protocol = PROTOCOL_TCP, .ports = r->ports};
    struct services own = {.at = &at, .n = ports_is_empty(r->ports) ? 0 : 1};
    struct cfn_value with = cfn_items(r->with);
    FOREACH_TERM (term, with) {
        struct joining j = {.when = both(b, term->when, r->when),
                            .ports = own,
                            .origin = origin_value(b, r->by, term)};
        const struct slot *s = resolve_slot(b, term, SLOT_TARGETS);
        if (s) {
            for (size_t i = 0; i < s->elements.n; i++) {
                j.group = s->elements.at[i].index;
                j.ports = own.n > 0 ? own : w->sites[j.group].ports;
                join_owner(w, &j, r->owner);
            }
            continue;
        }
        s = resolve_slot(b, term, SLOT_BALANCER);
        if (!s && term->kind != CFN_NONE && term->kind != CFN_OBJECT) {
            s = map_get(&w->g->names, cfn_text_of(b->arena, term));
        }
        if (s) {
            join_classic(w, j, s, NULL, r->owner);
        } else {
            balancer_outside(b, "target group or load balancer", term,
                             "what it passes on to targets of the templates is not in the result");
        }
    }
}

/* TargetGroupARNs and their like of a group of instances. */
static void read_scaling(struct work *w, const struct slot *s)
{
    static const char *const KEYS[] = {"TargetGroupARNs", "LoadBalancerNames"};
    const struct cfn_resource *r = s->resource;
    for (size_t i = 0; i < s->elements.n; i++) {
        struct registration registration = {.when = s->elements.at[i].when,
                                            .owner = s->elements.at[i].index,
                                            .ports = PORTS_EMPTY,
                                            .by = r};
        for (size_t k = 0; k < sizeof KEYS / sizeof *KEYS; k++) {
            registration.with = cfn_property(r, KEYS[k]);
            read_registration(w, &registration);
        }
        struct cfn_value sources = cfn_items(cfn_property(r, "TrafficSources"));
        FOREACH_TERM (source, sources) {
            registration.with = cfn_get_term(source, "Identifier");
            read_registration(w, &registration);
        }
    }
}

static void read_instances(struct work *w, const struct slot *s)
{
    struct cfn_value ids = cfn_items(cfn_property(s->resource, "Instances"));
    FOREACH_TERM (id, ids) {
        const struct slot *instance = resolve_slot(w->b, id, SLOT_OWNER);
        if (instance) {
            struct joining j = {.when = id->when, .origin = origin_value(w->b, s->resource, id)};
            join_classic(w, j, s, instance, WORLD_NONE);
        } else {
            balancer_outside(w->b, "target", id, "what is passed on to it is not in the result");
        }
    }
}

void target_finish(struct builder *b)
{
    struct work w = {.b = b, .g = balancer_state(b)};
    w.sites = ARENA_ARRAY(b->arena, b->world->target_groups.n + 1, struct group_facts);
    collect_addresses(&w);
    for (size_t i = 0; i < b->slot_n; i++) {
        const struct slot *s = &b->slots[i];
        if (s->family && s->family->kind == SLOT_TARGETS && s->elements.n > 0) {
            read_group(&w, s);
            read_targets(&w, s);
        }
    }
    for (size_t i = 0; i < b->slot_n; i++) {
        const struct slot *s = &b->slots[i];
        if (str_is(s->resource->type, "AWS::AutoScaling::AutoScalingGroup")) {
            read_scaling(&w, s);
        } else if (str_is(s->resource->type, "AWS::ElasticLoadBalancing::LoadBalancer")) {
            read_instances(&w, s);
        }
    }
    for (size_t i = 0; i < w.g->registrations.n; i++) {
        read_registration(&w, &w.g->registrations.at[i]);
    }
}
