/*
 * The shared part of managed services: from properties to interfaces that are placed like any
 * other, so that routes, ACLs and groups decide about them as about an instance. What differs
 * is where the public address comes from, and that only some ports are listened on.
 */
#include "topology/managed.h"

#include "topology/edge.h"
#include "topology/interface.h"
#include "topology/kinds.h"
#include "topology/outside.h"
#include "topology/plan.h"
#include "topology/resolve.h"
#include "topology/service.h"

void managed_declare(struct builder *b, struct slot *s)
{
    hits_add(b, &s->elements, s->resource->when, builder_add_owner(b, s->resource), NULL);
}

/* ---- references -------------------------------------------------------------------------- */

static struct str group_key(struct builder *b, const char *type, struct str name)
{
    return str_format(b->arena, "%s %.*s", type, STR_ARG(name));
}

/* Each service has a name of its own for the name. They are kept in lower case by AWS. */
void managed_group_declare(struct builder *b, struct slot *s)
{
    static const char *const KEYS[] = {"DBSubnetGroupName", "CacheSubnetGroupName",
                                       "ReplicationSubnetGroupIdentifier", "SubnetGroupName"};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        struct cfn_value v = cfn_property(s->resource, KEYS[i]);
        FOREACH_TERM (term, v) {
            if (term->kind == CFN_NONE || term->kind == CFN_LIST || term->kind == CFN_MAP) {
                continue;
            }
            struct str name = cfn_text_of(b->arena, term);
            void **known = map_at(&b->subnet_groups, group_key(b, s->family->type, name));
            if (!*known) {
                *known = s;
            }
        }
    }
}

struct found {
    struct cfn_term *at;
    size_t n;
    size_t cap;
};

static void add_unknown(struct builder *b, struct found *out, const struct cfn_term *term)
{
    struct cfn_term *t = VEC_ADD(b->arena, out);
    *t = *term;
    if (term->kind == CFN_UNKNOWN) {
        return;
    }
    struct cfn_unknown *unknown = ARENA_NEW(b->arena, struct cfn_unknown);
    unknown->why = CFN_WHY_COMPUTED;
    unknown->text = cfn_text_of(b->arena, term);
    t->kind = CFN_UNKNOWN;
    t->unknown = unknown;
}

static void add_property(struct builder *b, struct found *out, const struct cfn_resource *r,
                         const char *key, struct guard when)
{
    struct cfn_value v = plan_within(b, cfn_property(r, key), when);
    FOREACH_TERM (term, v) {
        *VEC_ADD(b->arena, out) = *term;
    }
}

static bool is_nothing(const struct cfn_term *term)
{
    return term->kind == CFN_NONE || (term->kind == CFN_TEXT && str_trim(term->text).n == 0);
}

static struct cfn_value through(struct builder *b, struct cfn_value v, const char *type,
                                const char *key, bool outside)
{
    struct found out = {0};
    FOREACH_TERM (term, v) {
        if (is_nothing(term)) {
            continue;
        }
        if (term->kind == CFN_OBJECT && str_is(term->resource->type, type)) {
            add_property(b, &out, term->resource, key, term->when);
        } else if (outside) {
            add_unknown(b, &out, term);
        }
    }
    return (struct cfn_value){out.at, out.n};
}

struct cfn_value managed_through(struct builder *b, struct cfn_value v, const char *type,
                                 const char *key)
{
    return through(b, v, type, key, true);
}

struct cfn_value managed_of(struct builder *b, struct cfn_value v, const char *type,
                            const char *key)
{
    return through(b, v, type, key, false);
}

struct cfn_value managed_group_subnets(struct builder *b, struct cfn_value v, const char *type,
                                       const char *list)
{
    struct found out = {0};
    FOREACH_TERM (term, v) {
        if (is_nothing(term) ||
            (term->kind == CFN_TEXT && str_eq_nocase(term->text, STR("default")))) {
            continue;
        }
        struct str text = cfn_text_of(b->arena, term);
        const struct slot *named = map_get(&b->subnet_groups, group_key(b, type, text));
        if (term->kind == CFN_OBJECT && str_is(term->resource->type, type)) {
            add_property(b, &out, term->resource, list, term->when);
        } else if (named) {
            add_property(b, &out, named->resource, list, term->when);
        } else {
            add_unknown(b, &out, term);
        }
    }
    return (struct cfn_value){out.at, out.n};
}

struct hits managed_subnets(struct builder *b, const struct cfn_resource *r, struct cfn_value v,
                            struct guard when)
{
    struct hits places = {0};
    struct cfn_value items = cfn_items(v);
    FOREACH_TERM (item, items) {
        struct cfn_value one = {item, 1};
        if (item->kind == CFN_TEXT || item->kind == CFN_JOINED) {
            one = cfn_items(cfn_split(r->home, one, ','));
        }
        struct hits more = resolve_subnet(b, one);
        for (size_t i = 0; i < more.n; i++) {
            hits_add(b, &places, both(b, more.at[i].when, when), more.at[i].index, more.at[i].term);
        }
    }
    struct guard left = without(b, when, hits_any(b, &places));
    if (!guard_is_false(left)) {
        hits_add(b, &places, left, outside_default_subnet(b), NULL);
    }
    hits_merge(b, &places);
    return places;
}

void managed_any(struct builder *b, struct hits *places, const struct cfn_resource *r)
{
    struct str *labels = ARENA_ARRAY(b->arena, places->n, struct str);
    for (size_t i = 0; i < places->n; i++) {
        labels[i] = b->world->subnets.at[places->at[i].index].name;
    }
    hits_contend(b, places, FACT_PLACE, cfn_resource_name(r), labels, doc_full_span(r->key));
}

/* ---- yes or no --------------------------------------------------------------------------- */

struct publicity managed_public(struct builder *b, const struct cfn_resource *r, const char *key)
{
    struct cfn_value v = cfn_property(r, key);
    struct cfn_truth truth = cfn_truth(r->home, v);
    struct publicity p = {.yes = truth.yes, .absent = truth.absent, .by = WORLD_NONE};
    FOREACH_TERM (term, v) {
        if (term->kind != CFN_NONE && p.by == WORLD_NONE) {
            p.by = builder_new_id(b, origin_value(b, r, term));
        }
        struct guard open = both(b, truth.unknown, term->when);
        if (!guard_is_false(open)) {
            struct str text = cfn_text_of(b->arena, term);
            builder_unknown(b, "flag", term, text, "a public address is open (A-SUBPUBIP)");
            struct guard fact = builder_fact(b, FACT_SUBPUBIP, text);
            p.yes = either(b, p.yes, both(b, open, fact));
        }
    }
    if (p.by == WORLD_NONE) {
        p.by = builder_new_id(b, origin_resource(b, r));
    }
    return p;
}

/* The default VPC has one as long as it is what AWS made it. */
static struct guard has_gateway(struct builder *b, uint32_t vpc)
{
    return vpc == b->default_vpc ? builder_fact(b, FACT_DEFVPC, STR("")) : edge_internet(b, vpc);
}

struct guard managed_has_gateway(struct builder *b, const struct hits *places)
{
    struct guard any = GUARD_FALSE;
    uint32_t last = WORLD_NONE;
    struct guard last_has = GUARD_FALSE;
    for (size_t i = 0; i < places->n; i++) {
        uint32_t vpc = builder_vpc_root(b, b->world->subnets.at[places->at[i].index].vpc);
        if (vpc != last) {
            last_has = has_gateway(b, vpc);
            last = vpc;
        }
        any = either(b, any, both(b, places->at[i].when, last_has));
    }
    return any;
}

static struct guard matching(struct builder *b, struct cfn_value v, struct str text, bool whole)
{
    struct guard any = GUARD_FALSE;
    FOREACH_TERM (term, v) {
        if (term->kind == CFN_TEXT) {
            struct str given = str_trim(term->text);
            struct str begin = whole ? given : str_sub(given, 0, text.n);
            any = str_eq_nocase(begin, text) ? either(b, any, term->when) : any;
        } else if (term->kind == CFN_UNKNOWN || term->kind == CFN_JOINED) {
            any = either(b, any, both(b, term->when, builder_choice(b, term)));
        }
    }
    return any;
}

struct guard managed_is(struct builder *b, struct cfn_value v, const char *text)
{
    return matching(b, v, str_from(text), true);
}

struct guard managed_begins(struct builder *b, struct cfn_value v, const char *text)
{
    return matching(b, v, str_from(text), false);
}

/* ---- interfaces -------------------------------------------------------------------------- */

uint32_t managed_make(struct builder *b, const struct managed *m)
{
    const struct cfn_resource *r = m->slot->resource;
    struct draft d = {
        .resource = r,
        .origin = origin_implicit(b, r, "AWS::EC2::NetworkInterface"),
        .name = str_format(b->arena, "%.*s/%s/%u", STR_ARG(cfn_resource_name(r)),
                           m->part ? m->part : "NetworkInterfaces", m->number),
        .owner = m->slot->elements.at[0].index,
        .when = m->when,
        .places = &m->places,
        .groups = m->groups,
        .may_assign = m->when,
        .wants6 = m->has6,
        .is_public = &m->is_public,
        .public_by = m->public_by,
    };
    uint32_t interface = interface_make(b, &d);
    /* What a subnet assigns to others by itself it does not assign to a service. */
    struct world_interface *n = &b->world->interfaces.at[interface];
    for (size_t i = 0; i < n->placements.n; i++) {
        n->placements.at[i].has6 = both(b, n->placements.at[i].has6, m->has6);
    }
    return interface;
}

uint32_t managed_each(struct builder *b, struct managed m)
{
    struct hits places = m.places;
    struct guard when = m.when;
    uint32_t first = WORLD_NONE;
    for (size_t i = 0; i < places.n; i++) {
        m.when = both(b, when, places.at[i].when);
        m.places = (struct hits){.at = &places.at[i], .n = 1, .cap = 1};
        uint32_t interface = managed_make(b, &m);
        first = first == WORLD_NONE ? interface : first;
        m.number++;
    }
    return first;
}

/* ---- what listens ------------------------------------------------------------------------ */

void managed_listen(struct builder *b, uint32_t interface, struct guard when, int protocol,
                    struct ports ports)
{
    if (!guard_is_false(when)) {
        *VEC_ADD(b->arena, &b->world->interfaces.at[interface].listens) =
            (struct world_listening){.when = when, .protocol = protocol, .ports = ports};
    }
}

void managed_listen_list(struct builder *b, uint32_t interface, struct guard when,
                         const struct port_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        managed_listen(b, interface, when, PROTOCOL_TCP, list->at[i]);
    }
}

struct guard managed_listen_port(struct builder *b, uint32_t interface,
                                 const struct cfn_resource *r, struct cfn_value port,
                                 struct guard when)
{
    static const struct cfn_term TCP = {
        .when = {1}, .kind = CFN_TEXT, .text = {"tcp", sizeof "tcp" - 1}};
    struct guard given = both(b, when, plan_given(b, port));
    if (guard_is_false(given)) {
        return when;
    }
    struct services services = service_read(
        b, &(struct service_text){
               .resource = r, .when = given, .protocol = {&TCP, 1}, .from = port, .to = port});
    for (size_t i = 0; i < services.n; i++) {
        managed_listen(b, interface, services.at[i].when, PROTOCOL_TCP, services.at[i].ports);
    }
    return without(b, when, given);
}

void managed_listen_close(struct builder *b, uint32_t interface)
{
    if (b->world->interfaces.at[interface].listens.n == 0) {
        *VEC_ADD(b->arena, &b->world->interfaces.at[interface].listens) = (struct world_listening){
            .when = GUARD_FALSE, .protocol = PROTOCOL_TCP, .ports = PORTS_EMPTY};
    }
}

/* ---- notes ------------------------------------------------------------------------------- */

void managed_note(struct builder *b, const struct cfn_resource *r, const struct doc_node *at,
                  struct str message)
{
    struct diag *d = diag_add(b->unit->diags, DIAG_NOT_ANALYSED, doc_full_span(at ? at : r->key),
                              "%.*s", STR_ARG(message));
    d->resource = cfn_resource_name(r);
}
