/*
 *     { IpProtocol, FromPort, ToPort }  x  { CidrIp | CidrIpv6 | prefix list | group }
 *           services (service.h)               sources (block.h, resolve.h)
 *
 * Each source counts by itself, even where EC2 wants only one; a rule without any source is
 * not created by CloudFormation (SEMANTICS 2.1.3).
 */
#include "topology/rule.h"

#include "base/limits.h"
#include "topology/block.h"
#include "topology/prefix_list.h"
#include "topology/resolve.h"
#include "topology/service.h"

struct draft_rule {
    const struct cfn_resource *resource;
    const struct hits *groups;
    const struct cfn_term *item;
    bool egress;
    struct services services;
    struct combining combining;
};

struct side {
    const char *list;
    const char *group;
    const char *group_name; /* NULL: there is no such property */
};

static const struct side SIDES[2] = {
    {"SourcePrefixListId", "SourceSecurityGroupId", "SourceSecurityGroupName"},
    {"DestinationPrefixListId", "DestinationSecurityGroupId", NULL},
};

static struct guard present(const struct builder *b, struct cfn_value v)
{
    struct guard any = GUARD_FALSE;
    FOREACH_TERM (term, v) {
        if (term->kind != CFN_NONE) {
            any = either(b, any, term->when);
        }
    }
    return any;
}

static struct topology_origin origin_rule(struct builder *b, const struct draft_rule *d,
                                          const struct cfn_term *source)
{
    struct topology_origin o = origin_value(b, d->resource, source);
    o.item = d->item->tree;
    if (d->item->tree && d->item->tree != d->resource->properties) {
        o.block = doc_full_span(d->item->tree);
    }
    return o;
}

/* The entries for one source, given as the rest of the rule. */
static void add_source(struct builder *b, struct draft_rule *d, struct guard when,
                       struct world_rule rule, struct topology_origin origin)
{
    for (size_t i = 0; i < d->services.n; i++) {
        const struct service *s = &d->services.at[i];
        struct guard served = both(b, when, s->when);
        for (size_t k = 0; k < d->groups->n; k++) {
            if (!builder_step(b, &d->combining)) {
                return;
            }
            rule.when = both(b, served, d->groups->at[k].when);
            if (guard_is_false(rule.when)) {
                continue;
            }
            if (!builder_room(b, &d->combining)) {
                return;
            }
            rule.protocol = s->protocol;
            rule.ports = s->ports;
            rule.egress = d->egress;
            builder_origin(b, world_add_rule(b->world, d->groups->at[k].index, rule), origin);
        }
    }
}

static void add_blocks(struct builder *b, struct draft_rule *d, struct blocks blocks)
{
    for (size_t i = 0; i < blocks.n; i++) {
        const struct block *block = &blocks.at[i];
        struct topology_origin origin = origin_rule(b, d, block->term);
        origin.free_text = block->free_text;
        struct world_rule rule = {.group = WORLD_NONE, .remote = ipset_of(b->arena, block->prefix)};
        add_source(b, d, block->when, rule, origin);
    }
}

static void add_lists(struct builder *b, struct draft_rule *d, struct address_sets sets)
{
    for (size_t i = 0; i < sets.n; i++) {
        const struct address_set *set = &sets.at[i];
        struct topology_origin origin = origin_rule(b, d, set->term);
        origin.free_text = set->free_text;
        struct world_rule rule = {.group = WORLD_NONE, .remote = set->addresses};
        add_source(b, d, set->when, rule, origin);
    }
}

static void add_groups(struct builder *b, struct draft_rule *d, struct hits sources)
{
    for (size_t i = 0; i < sources.n; i++) {
        const struct hit *hit = &sources.at[i];
        struct world_rule rule = {.group = hit->index, .remote = ipset_empty(NET_V4)};
        add_source(b, d, hit->when, rule, origin_rule(b, d, hit->term));
    }
}

/* A name in another account (amazon-elb/amazon-elb-sg) is none of the templates'. */
static struct hits named_groups(struct builder *b, struct cfn_value names, struct cfn_value owner)
{
    bool foreign = false;
    FOREACH_TERM (term, owner) {
        foreign = foreign || term->kind == CFN_TEXT;
    }
    return foreign ? resolve_group(b, names) : resolve_group_name(b, names);
}

static void warn_sources(struct builder *b, const struct draft_rule *d, struct guard none,
                         struct guard several)
{
    /* A value over its budget is there where the budget's variable says so, and only there: that
     * it is not elsewhere is no fault of the template. */
    bool is_missing =
        !guard_is_false(none) && !guard_is_false(both(b, none, guard_budget(b->space)));
    if (is_missing) {
        builder_warn(b, d->resource, d->item->node,
                     d->egress ? STR("The rule has no destination, so it is not created.")
                               : STR("The rule has no source, so it is not created."));
    }
    if (!guard_is_false(several)) {
        builder_warn(b, d->resource, d->item->node,
                     STR("The rule has several sources or destinations; EC2 takes one, here each "
                         "counts."));
    }
}

/* Too many: what is left over counts as possible, whatever it is (SEMANTICS 4.6). */
static void open_the_rest(struct builder *b, const struct draft_rule *d)
{
    for (size_t k = 0; k < 2 * d->groups->n; k++) {
        const struct hit *hit = &d->groups->at[k / 2];
        struct guard when = both(b, both(b, d->item->when, hit->when), guard_budget(b->space));
        struct world_rule rule = {.when = when,
                                  .egress = d->egress,
                                  .protocol = PROTOCOL_ALL,
                                  .ports = PORTS_ALL,
                                  .group = WORLD_NONE,
                                  .remote = ipset_all(k % 2 == 0 ? NET_V4 : NET_V6)};
        builder_origin(b, world_add_rule(b->world, hit->index, rule), origin_rule(b, d, NULL));
    }
}

struct guard rule_add(struct builder *b, const struct cfn_resource *r, const struct hits *groups,
                      const struct cfn_term *item, bool egress)
{
    struct draft_rule d = {.resource = r, .groups = groups, .item = item, .egress = egress};
    const struct side *side = &SIDES[egress];
    struct cfn_value sources[] = {
        cfn_get_term(item, "CidrIp"),
        cfn_get_term(item, "CidrIpv6"),
        cfn_get_term(item, side->list),
        cfn_get_term(item, side->group),
        side->group_name ? cfn_get_term(item, side->group_name) : (struct cfn_value){0},
    };
    struct guard any = GUARD_FALSE;
    struct guard several = GUARD_FALSE;
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct guard here = present(b, sources[i]);
        several = either(b, several, both(b, any, here));
        any = either(b, any, here);
    }
    warn_sources(b, &d, without(b, item->when, any), several);
    if (guard_is_false(any)) {
        return any;
    }
    d.services = service_read(b, &(struct service_text){
                                     .resource = r,
                                     .place = item->node,
                                     .when = item->when,
                                     .protocol = cfn_get_term(item, "IpProtocol"),
                                     .from = cfn_get_term(item, "FromPort"),
                                     .to = cfn_get_term(item, "ToPort"),
                                 });
    add_blocks(b, &d, block_read(b, r, sources[0], NET_V4));
    add_blocks(b, &d, block_read(b, r, sources[1], NET_V6));
    add_lists(b, &d, prefix_list_sets(b, sources[2]));
    add_groups(b, &d, resolve_group(b, sources[3]));
    add_groups(b, &d,
               named_groups(b, sources[4], cfn_get_term(item, "SourceSecurityGroupOwnerId")));
    if (builder_gave_up(b, r, item->node, &d.combining)) {
        open_the_rest(b, &d);
    }
    return any;
}
