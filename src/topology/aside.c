/*
 * The service network is made when it is asked for the first time; one is enough for all, as
 * nothing in it refers to anything else in it.
 */
#include "topology/aside.h"

#include "topology/block.h"
#include "topology/outside.h"

static uint32_t keep(struct builder *b, void **place, uint32_t index)
{
    uint32_t *kept = ARENA_NEW(b->arena, uint32_t);
    *kept = index;
    *place = kept;
    return index;
}

/* The table is an association like any, so that the subnet needs no rule of its own. */
static void lead_out(struct builder *b, const struct cfn_resource *r, uint32_t subnet)
{
    uint32_t vpc = b->world->subnets.at[subnet].vpc;
    uint32_t gateway = outside_internet_gateway(b, vpc);
    uint32_t table = builder_add_table(b, STR("ServiceNetwork.RouteTable"), vpc,
                                       origin_outside(NULL, "AWS::EC2::RouteTable"));
    outside_default_route(b, table, NET_V4, GUARD_TRUE, gateway);
    outside_default_route(b, table, NET_V6, GUARD_TRUE, gateway);
    struct cfn_term *mark = ARENA_NEW(b->arena, struct cfn_term);
    mark->resource = r;
    hits_add(b, &b->subnets.at[subnet].tables, GUARD_TRUE, table, mark);
}

struct hits aside_place(struct builder *b, const struct cfn_resource *r, struct guard when)
{
    void **place = map_at(&b->outside, STR("service network"));
    uint32_t subnet;
    if (*place) {
        subnet = *(const uint32_t *)*place;
    } else {
        uint32_t vpc = builder_add_vpc(b, STR("ServiceNetwork"), STANDS_INSIDE,
                                       origin_outside(NULL, "AWS::EC2::VPC"));
        b->vpcs.at[vpc].has6 = GUARD_TRUE;
        subnet = builder_add_subnet(b, STR("ServiceNetwork.Subnet"), vpc,
                                    origin_outside(NULL, "AWS::EC2::Subnet"));
        keep(b, place, subnet);
        b->subnets.at[subnet].outside = false; /* its ACL is the default one */
        b->subnets.at[subnet].has6 = GUARD_TRUE;
        lead_out(b, r, subnet);
    }
    struct hits places = {0};
    hits_add(b, &places, when, subnet, NULL);
    return places;
}

uint32_t aside_group(struct builder *b, const struct cfn_resource *r, const char *suffix,
                     uint32_t vpc)
{
    if (vpc == WORLD_NONE) {
        struct hits place = aside_place(b, r, GUARD_TRUE);
        vpc = b->world->subnets.at[place.at[0].index].vpc;
    }
    struct str name = builder_name(b, cfn_resource_name(r), suffix);
    return builder_add_group(b, name, vpc, origin_implicit(b, r, "AWS::EC2::SecurityGroup"));
}

uint32_t aside_make(struct builder *b, const struct slot *s, const char *part, struct guard when,
                    uint32_t group, uint32_t public_by)
{
    struct managed m = {
        .slot = s,
        .part = part,
        .when = when,
        .places = aside_place(b, s->resource, when),
        .is_public = GUARD_TRUE,
        .public_by = public_by,
    };
    if (public_by == WORLD_NONE) {
        m.public_by = builder_new_id(b, origin_resource(b, s->resource));
    }
    hits_add(b, &m.groups, GUARD_TRUE, group, NULL);
    return managed_make(b, &m);
}

/* ---- rules ------------------------------------------------------------------------------- */

static void add(struct builder *b, const struct aside_rule *rule, struct guard when,
                struct world_rule r, struct topology_origin origin)
{
    r.when = both(b, rule->when, when);
    r.protocol = rule->protocol;
    r.ports = rule->ports;
    origin.implicit = origin.item == NULL; /* it is not written as a rule */
    if (!guard_is_false(r.when)) {
        builder_origin(b, world_add_rule(b->world, rule->group, r), origin);
    }
}

void aside_admit_all(struct builder *b, const struct aside_rule *rule, bool in4, bool in6,
                     struct topology_origin origin)
{
    for (int family = NET_V4; family <= NET_V6; family++) {
        if (family == NET_V4 ? in4 : in6) {
            struct world_rule r = {.group = WORLD_NONE,
                                   .remote = ipset_all(family == NET_V4 ? NET_V4 : NET_V6)};
            add(b, rule, GUARD_TRUE, r, origin);
        }
    }
}

struct guard aside_admit_blocks(struct builder *b, const struct aside_rule *rule,
                                struct cfn_value sources, enum net_family family,
                                const struct doc_node *item)
{
    struct guard any = GUARD_FALSE;
    struct cfn_value items = cfn_items(sources);
    FOREACH_TERM (term, items) {
        any = term->kind == CFN_NONE ? any : either(b, any, term->when);
    }
    struct blocks blocks = block_read(b, rule->resource, items, family);
    for (size_t i = 0; i < blocks.n; i++) {
        struct topology_origin origin = origin_value(b, rule->resource, blocks.at[i].term);
        origin.free_text = blocks.at[i].free_text;
        if (item) {
            origin.item = item;
            origin.block = doc_full_span(item);
        }
        struct world_rule r = {.group = WORLD_NONE,
                               .remote = ipset_of(b->arena, blocks.at[i].prefix)};
        add(b, rule, blocks.at[i].when, r, origin);
    }
    return any;
}

void aside_admit_groups(struct builder *b, const struct aside_rule *rule, const struct hits *from)
{
    for (size_t i = 0; i < from->n; i++) {
        struct world_rule r = {.group = from->at[i].index, .remote = ipset_empty(NET_V4)};
        add(b, rule, from->at[i].when, r, origin_value(b, rule->resource, from->at[i].term));
    }
}

struct topology_origin aside_origin(struct builder *b, const struct cfn_resource *r,
                                    const struct doc_node *map, const char *key)
{
    struct topology_origin o = origin_resource(b, r);
    const struct doc_entry *entry = doc_entry_of(map, str_from(key));
    if (entry) {
        o.at = doc_full_span(entry->key);
        o.node = entry->key;
    }
    return o;
}
