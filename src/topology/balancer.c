/*
 * Balancers and their own interfaces: one in each subnet, with a public address where the
 * scheme says so, whatever the subnet gives to others.
 *
 * The kind is that of the property Type; where a condition chooses between two kinds, they are
 * two balancers of the world, each under its guard. A gateway balancer is none: appliances
 * behind it are reached through routes to its endpoints (SEMANTICS 1.1.4).
 */
#include "topology/balancer.h"

#include "topology/interface.h"
#include "topology/kinds.h"
#include "topology/outside.h"
#include "topology/resolve.h"
#include "topology/service.h"

struct balancing *balancer_state(struct builder *b)
{
    if (!b->balancing) {
        b->balancing = ARENA_NEW(b->arena, struct balancing);
        map_init(&b->balancing->names, b->arena);
    }
    return b->balancing;
}

void balancer_register(struct builder *b, struct registration r)
{
    *VEC_ADD(b->arena, &balancer_state(b)->registrations) = r;
}

struct services balancer_ports(struct builder *b, const struct cfn_resource *r,
                               const struct doc_node *place, struct guard when,
                               struct cfn_value port)
{
    static const struct cfn_term TCP = {
        .when = {1}, .kind = CFN_TEXT, .text = {"tcp", sizeof "tcp" - 1}};
    return service_read(b, &(struct service_text){
                               .resource = r,
                               .place = place,
                               .when = when,
                               .protocol = {&TCP, 1},
                               .from = port,
                               .to = port,
                           });
}

/* ---- declared ---------------------------------------------------------------------------- */

static void add_kind(struct builder *b, struct slot *s, enum world_balancer_kind kind,
                     struct guard when)
{
    if (guard_is_false(when)) {
        return;
    }
    const struct cfn_resource *r = s->resource;
    uint32_t owner = builder_add_owner(b, r);
    struct str name = cfn_resource_name(r);
    uint32_t balancer = world_add_balancer(b->world, name, kind, owner);
    struct topology_origin origin = origin_resource(b, r);
    origin.name = name;
    builder_origin(b, b->world->balancers.at[balancer].id, origin);
    hits_add(b, &s->elements, when, balancer, NULL);
}

void balancer_classic_declare(struct builder *b, struct slot *s)
{
    add_kind(b, s, BALANCER_CLASSIC, s->resource->when);
    resolve_index_name(b, &balancer_state(b)->names, s, "LoadBalancerName");
}

/* Type: application (also where it is absent), network, gateway. */
void balancer_declare(struct builder *b, struct slot *s)
{
    struct guard kinds[2] = {GUARD_FALSE, GUARD_FALSE}; /* network, gateway */
    struct cfn_value v = cfn_property(s->resource, "Type");
    FOREACH_TERM (term, v) {
        for (int i = 0; i < 2 && term->kind == CFN_TEXT; i++) {
            if (str_eq_nocase(term->text, i == 0 ? STR("network") : STR("gateway"))) {
                kinds[i] = either(b, kinds[i], term->when);
            }
        }
    }
    struct guard rest = without(b, without(b, s->resource->when, kinds[0]), kinds[1]);
    add_kind(b, s, BALANCER_APPLICATION, rest);
    add_kind(b, s, BALANCER_NETWORK, kinds[0]);
    resolve_index_name(b, &balancer_state(b)->names, s, "Name");
}

/* ---- its interfaces ---------------------------------------------------------------------- */

/* Where a scheme is internal, and where it is internet-facing; absent is the latter. */
struct scheme {
    struct guard internal;
    struct guard is_public;
    uint32_t by;
};

static struct scheme read_scheme(struct builder *b, const struct cfn_resource *r, uint32_t id)
{
    struct scheme s = {.is_public = GUARD_FALSE, .by = id};
    struct cfn_value v = cfn_property(r, "Scheme");
    FOREACH_TERM (term, v) {
        if (term->kind != CFN_NONE && s.by == id) {
            s.by = builder_new_id(b, origin_value(b, r, term));
        }
        if (term->kind == CFN_TEXT && str_eq_nocase(str_trim(term->text), STR("internal"))) {
            s.internal = either(b, s.internal, term->when);
        } else if (term->kind == CFN_TEXT || term->kind == CFN_NONE) {
            s.is_public = either(b, s.is_public, term->when);
        } else {
            struct str text = cfn_text_of(b->arena, term);
            builder_unknown(b, "scheme", term, text, "a public address is open (A-SUBPUBIP)");
            struct guard fact = builder_fact(b, FACT_SUBPUBIP, text);
            s.is_public = either(b, s.is_public, both(b, term->when, fact));
            s.internal = either(b, s.internal, without(b, term->when, fact));
        }
    }
    return s;
}

/* Where IpAddressType is this text. */
static struct guard address_type(struct builder *b, const struct cfn_resource *r, const char *type)
{
    struct guard when = GUARD_FALSE;
    struct cfn_value v = cfn_property(r, "IpAddressType");
    FOREACH_TERM (term, v) {
        if (term->kind == CFN_TEXT && str_is(term->text, type)) {
            when = either(b, when, term->when);
        }
    }
    return when;
}

/* Subnets and SubnetMappings; without either those of the default VPC. */
static struct hits read_subnets(struct builder *b, const struct cfn_resource *r)
{
    struct hits subnets = resolve_subnet(b, cfn_items(cfn_property(r, "Subnets")));
    struct cfn_value mappings = cfn_items(cfn_property(r, "SubnetMappings"));
    FOREACH_TERM (item, mappings) {
        struct hits more = resolve_subnet(b, cfn_get_term(item, "SubnetId"));
        for (size_t i = 0; i < more.n; i++) {
            hits_add(b, &subnets, more.at[i].when, more.at[i].index, more.at[i].term);
        }
    }
    struct guard left = without(b, r->when, hits_any(b, &subnets));
    if (!guard_is_false(left)) {
        hits_add(b, &subnets, left, outside_default_subnet(b), NULL);
    }
    hits_merge(b, &subnets);
    return subnets;
}

/* Where a network balancer has no group: then nothing filters (SEMANTICS 1.6). */
static struct guard unfiltered(struct builder *b, const struct hits *groups,
                               enum world_balancer_kind kind)
{
    return kind == BALANCER_NETWORK ? without(b, GUARD_TRUE, hits_any(b, groups)) : GUARD_FALSE;
}

static void make_interfaces(struct builder *b, const struct slot *s, const struct hit *element,
                            const struct hits *subnets, const struct scheme *scheme)
{
    const struct cfn_resource *r = s->resource;
    uint32_t index = element->index;
    enum world_balancer_kind kind = b->world->balancers.at[index].kind;
    struct hits groups = resolve_group(b, cfn_items(cfn_property(r, "SecurityGroups")));
    struct guard hidden4 = address_type(b, r, "dualstack-without-public-ipv4");
    struct guard is_public = without(b, scheme->is_public, hidden4);
    struct draft d = {
        .resource = r,
        .origin = origin_implicit(b, r, "AWS::EC2::NetworkInterface"),
        .owner = b->world->balancers.at[index].owner,
        .groups = groups,
        .wants6 = either(b, address_type(b, r, "dualstack"), hidden4),
        .is_public = &is_public,
        .public_by = scheme->by,
        .open = unfiltered(b, &groups, kind),
    };
    b->world->balancers.at[index].filters = without(b, GUARD_TRUE, d.open);
    struct str name = cfn_resource_name(r);
    for (size_t i = 0; i < subnets->n; i++) {
        struct hits one = {.at = &subnets->at[i], .n = 1, .cap = 1};
        d.when = both(b, subnets->at[i].when, element->when);
        d.may_assign = d.when;
        d.places = &one;
        d.name = str_format(b->arena, "%.*s/NetworkInterfaces/%zu", STR_ARG(name), i);
        if (guard_is_false(d.when)) {
            continue;
        }
        uint32_t interface = interface_make(b, &d);
        b->world->interfaces.at[interface].balancer = index;
        /* The IPv6 addresses of an internal one are refused by the internet gateway, too. */
        b->world->interfaces.at[interface].no_internet = scheme->internal;
        *VEC_ADD(b->arena, &b->world->balancers.at[index].interfaces) = interface;
    }
}

void balancer_place(struct builder *b, struct slot *s)
{
    if (s->elements.n == 0) {
        return;
    }
    struct hits subnets = read_subnets(b, s->resource);
    uint32_t id = b->world->balancers.at[s->elements.at[0].index].id;
    struct scheme scheme = read_scheme(b, s->resource, id);
    for (size_t i = 0; i < s->elements.n; i++) {
        make_interfaces(b, s, &s->elements.at[i], &subnets, &scheme);
    }
}

void balancer_outside(struct builder *b, const char *what, const struct cfn_term *term,
                      const char *therefore)
{
    if (term->kind == CFN_NONE || term->kind == CFN_LIST || term->kind == CFN_MAP ||
        (term->kind == CFN_UNKNOWN && term->unknown->why == CFN_WHY_FAULT)) {
        return;
    }
    struct str text = cfn_text_of(b->arena, term);
    void **said = map_at(&b->said, str_format(b->arena, "%s %.*s", what, STR_ARG(text)));
    if (text.n == 0 || *said) {
        return;
    }
    *said = b;
    diag_add(b->unit->diags, DIAG_UNKNOWN_VALUE, term->node ? doc_full_span(term->node) : SPAN_NONE,
             "The %s '%.*s' stands outside the templates; %s.", what, STR_ARG(text), therefore);
}

/* ---- the end ------------------------------------------------------------------------------ */

/* Interfaces by owner, in order of index. */
static void index_interfaces(struct builder *b, struct balancing *g)
{
    const struct world *w = b->world;
    g->first = ARENA_ARRAY(b->arena, w->owners.n + 1, uint32_t);
    g->next = ARENA_ARRAY(b->arena, w->interfaces.n + 1, uint32_t);
    for (size_t i = 0; i < w->owners.n; i++) {
        g->first[i] = WORLD_NONE;
    }
    for (uint32_t i = (uint32_t)w->interfaces.n; i-- > 0;) {
        uint32_t owner = w->interfaces.at[i].owner;
        if (owner != WORLD_NONE) {
            g->next[i] = g->first[owner];
            g->first[owner] = i;
        }
    }
}

void balancer_finish(struct builder *b)
{
    index_interfaces(b, balancer_state(b));
    listener_finish(b);
    target_finish(b);
    zone_finish(b);
}
