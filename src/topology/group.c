/*
 * Security groups and their rules (SEMANTICS 2.1). A group stands in one VPC; where conditions
 * choose between several, its VPC counts as unknown.
 */
#include "topology/kinds.h"
#include "topology/resolve.h"
#include "topology/rule.h"

enum { MAX_NESTING = 4 }; /* lists in lists of rules */

void group_declare(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct hits homes = resolve_home(b, r);
    uint32_t vpc = homes.n == 1 ? homes.at[0].index : WORLD_NONE;
    uint32_t group = builder_add_group(b, cfn_resource_name(r), vpc, origin_resource(b, r));
    hits_add(b, &s->elements, r->when, group, NULL);
    resolve_index_name(b, &b->group_names, s, "GroupName");
}

/* A rule of which nothing can be read (a macro makes it): any source, as A-SG. */
static void add_unread(struct builder *b, const struct cfn_resource *r, uint32_t group,
                       const struct cfn_term *item, bool egress)
{
    struct str text = cfn_text_of(b->arena, item);
    builder_unknown(b, "rule", item, text, "it may admit any source");
    struct guard when = both(b, item->when, builder_choice(b, item));
    for (int family = NET_V4; family <= NET_V6 && !guard_is_false(when); family++) {
        struct world_rule rule = {.when = when,
                                  .egress = egress,
                                  .protocol = PROTOCOL_ALL,
                                  .ports = PORTS_ALL,
                                  .group = WORLD_NONE,
                                  .remote = ipset_all(family == NET_V4 ? NET_V4 : NET_V6)};
        builder_origin(b, world_add_rule(b->world, group, rule), origin_value(b, r, item));
    }
}

static void add_items(struct builder *b, const struct slot *s, struct cfn_value items, bool egress,
                      int depth)
{
    const struct cfn_resource *r = s->resource;
    uint32_t group = s->elements.at[0].index;
    FOREACH_TERM (item, items) {
        switch (item->kind) {
        case CFN_MAP:
            rule_add(b, r, &s->elements, item, egress);
            break;
        case CFN_LIST:
            if (depth < MAX_NESTING) {
                add_items(b, s, cfn_items((struct cfn_value){item, 1}), egress, depth + 1);
            }
            continue;
        case CFN_UNKNOWN:
        case CFN_JOINED:
        case CFN_OBJECT:
            if (item->kind != CFN_UNKNOWN || item->unknown->why != CFN_WHY_FAULT) {
                add_unread(b, r, group, item, egress);
            }
            break;
        case CFN_TEXT:
            builder_warn(b, r, item->node, STR("A rule is a map; this text is none."));
            continue;
        case CFN_NONE:
            continue;
        }
        if (egress) {
            struct group_site *site = &b->groups.at[group];
            site->inline_egress = either(b, site->inline_egress, item->when);
        }
    }
}

void group_connect(struct builder *b, struct slot *s)
{
    if (s->elements.n == 0) {
        return;
    }
    const struct cfn_resource *r = s->resource;
    add_items(b, s, cfn_items(cfn_property(r, "SecurityGroupIngress")), false, 0);
    add_items(b, s, cfn_items(cfn_property(r, "SecurityGroupEgress")), true, 0);
}

/* The groups that a standalone rule is for: GroupId, else GroupName. */
static struct hits owners(struct builder *b, const struct cfn_resource *r)
{
    struct hits hits = resolve_group(b, cfn_property(r, "GroupId"));
    struct guard left = without(b, r->when, hits_any(b, &hits));
    struct hits named = resolve_group_name(b, cfn_property(r, "GroupName"));
    for (size_t i = 0; i < named.n; i++) {
        hits_add(b, &hits, both(b, named.at[i].when, left), named.at[i].index, named.at[i].term);
    }
    return hits;
}

static void connect_rule(struct builder *b, const struct cfn_resource *r, bool egress)
{
    struct hits groups = owners(b, r);
    if (groups.n == 0) {
        if (!guard_is_false(r->when)) {
            builder_warn(b, r, NULL, STR("The rule names no group."));
        }
        return;
    }
    struct cfn_term properties = {.when = r->when,
                                  .kind = CFN_MAP,
                                  .tree = r->properties,
                                  .home = r->home,
                                  .node = r->properties};
    struct cfn_term *item = ARENA_NEW(b->arena, struct cfn_term);
    *item = properties;
    struct guard when = rule_add(b, r, &groups, item, egress);
    for (size_t i = 0; i < groups.n && egress; i++) {
        struct group_site *site = &b->groups.at[groups.at[i].index];
        struct guard here = both(b, when, groups.at[i].when);
        site->separate_egress = either(b, site->separate_egress, here);
        site->separate_n++;
    }
}

void group_ingress_connect(struct builder *b, struct slot *s)
{
    connect_rule(b, s->resource, false);
}

void group_egress_connect(struct builder *b, struct slot *s)
{
    connect_rule(b, s->resource, true);
}

/* The pairs are kept among the notes: they only silence one (SEMANTICS 2.1.10). */
void group_vpc_connect(struct builder *b, struct slot *s)
{
    struct hits groups = resolve_group(b, cfn_property(s->resource, "GroupId"));
    struct hits vpcs = resolve_vpc(b, cfn_property(s->resource, "VpcId"));
    for (size_t i = 0; i < groups.n; i++) {
        for (size_t k = 0; k < vpcs.n; k++) {
            struct str key = str_format(b->arena, "shared %u %u", (unsigned)groups.at[i].index,
                                        (unsigned)vpcs.at[k].index);
            *map_at(&b->said, key) = b;
        }
    }
}

/* ---- the end: egress that is not written (SEMANTICS 2.1.4) -------------------------------- */

/* Creation order may delete a standalone rule that equals the default one (aws-cdk#987). */
static void doubt_order(struct builder *b, uint32_t group)
{
    struct world_group *g = &b->world->groups.at[group];
    struct guard kept = GUARD_FALSE;
    for (size_t i = 0; i < g->rules.n; i++) {
        struct world_rule *rule = &g->rules.at[i];
        const struct cfn_resource *r = b->t->origins.at[rule->id].resource;
        bool all = rule->egress && rule->protocol == PROTOCOL_ALL && rule->group == WORLD_NONE &&
                   ipset_equal(rule->remote, ipset_all(rule->remote.family));
        if (all && r && r != b->groups.at[group].resource) {
            if (guard_is_false(kept)) {
                kept = builder_fact(b, FACT_EGRESSORDER, g->name);
            }
            rule->when = both(b, rule->when, kept);
        }
    }
}

static void add_default_egress(struct builder *b, uint32_t group)
{
    const struct group_site *site = &b->groups.at[group];
    struct guard written = GUARD_FALSE;
    if (!site->is_default) {
        written = either(b, site->inline_egress, site->separate_egress);
    }
    struct guard when = without(b, GUARD_TRUE, written);
    uint32_t id = b->world->groups.at[group].id;
    for (int family = NET_V4; family <= NET_V6 && !guard_is_false(when); family++) {
        struct world_rule rule = {.when = when,
                                  .egress = true,
                                  .protocol = PROTOCOL_ALL,
                                  .ports = PORTS_ALL,
                                  .group = WORLD_NONE,
                                  .remote = ipset_all(family == NET_V4 ? NET_V4 : NET_V6)};
        builder_origin(b, world_add_rule(b->world, group, rule), b->t->origins.at[id]);
    }
}

void group_finish(struct builder *b)
{
    for (uint32_t i = 0; i < b->groups.n; i++) {
        if (b->groups.at[i].separate_n > 1) {
            doubt_order(b, i);
        }
        if (b->groups.at[i].resource || b->groups.at[i].is_default) {
            add_default_egress(b, i);
        }
    }
}
