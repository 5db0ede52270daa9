/*
 * Fleets: EC2::SpotFleet and EC2::EC2Fleet (SEMANTICS 2.8). A fleet may launch from any of its
 * specifications, in any of the subnets of one, so each pair is an outcome of A-PLACE, and the
 * fleet has one primary interface whose placement and groups hang on the outcome.
 *
 *     LaunchSpecifications[]                           properties as of an instance
 *     LaunchTemplateConfigs[].LaunchTemplateSpecification
 *                          + .Overrides[].SubnetId     instead of the template's subnet
 */
#include "topology/balancer.h"
#include "topology/kinds.h"
#include "topology/managed.h"
#include "topology/outside.h"
#include "topology/plan.h"
#include "topology/resolve.h"

struct specification {
    struct plan plan;
    struct hits groups; /* SecurityGroups[].GroupId */
    struct hits places; /* not yet disjoint */
    size_t first;       /* of its pairs */
};

struct fleet {
    const struct slot *slot;
    VEC(struct specification) specifications;
    struct hits pairs; /* index: by position */
};

/* What a plan itself says of the subnet: of its first interface, else of the machine. */
static struct cfn_value own_subnet(struct builder *b, const struct plan *p)
{
    struct cfn_value v = plan_property(b, p, "SubnetId");
    for (size_t i = p->item_n; i-- > 0;) {
        v = plan_else(b, cfn_get_term(p->items[i].term, "SubnetId"), v);
    }
    return v;
}

static struct hits places_of(struct builder *b, const struct cfn_resource *r, struct plan *p,
                             struct cfn_value overrides)
{
    struct hits places = {0};
    struct guard overridden = GUARD_FALSE;
    struct guard without_subnet = GUARD_FALSE;
    FOREACH_TERM (item, overrides) {
        struct cfn_value subnet = cfn_get_term(item, "SubnetId");
        struct guard given = both(b, plan_given(b, subnet), p->when);
        struct guard left = without(b, both(b, item->when, p->when), given);
        overridden = either(b, overridden, given);
        without_subnet = either(b, without_subnet, left);
        if (!guard_is_false(given)) {
            struct hits more = managed_subnets(b, r, subnet, given);
            for (size_t i = 0; i < more.n; i++) {
                hits_add(b, &places, more.at[i].when, more.at[i].index, more.at[i].term);
            }
        }
    }
    struct guard left = either(b, without_subnet, without(b, p->when, overridden));
    if (!guard_is_false(left)) {
        struct hits more = managed_subnets(b, r, own_subnet(b, p), left);
        for (size_t i = 0; i < more.n; i++) {
            hits_add(b, &places, more.at[i].when, more.at[i].index, more.at[i].term);
        }
    }
    hits_merge(b, &places);
    return places;
}

static void add(struct builder *b, struct fleet *f, struct cfn_value data, struct guard when,
                struct cfn_value overrides)
{
    if (guard_is_false(when)) {
        return;
    }
    struct specification *s = VEC_ADD(b->arena, &f->specifications);
    s->plan = (struct plan){.when = when, .data = data};
    plan_read(b, &s->plan);
    s->groups = resolve_group(b, cfn_get(cfn_items(cfn_get(data, "SecurityGroups")), "GroupId"));
    s->places = places_of(b, f->slot->resource, &s->plan, overrides);
    s->first = f->pairs.n;
    for (size_t i = 0; i < s->places.n; i++) {
        hits_add(b, &f->pairs, s->places.at[i].when, (uint32_t)f->pairs.n, NULL);
    }
}

static void collect(struct builder *b, struct fleet *f, struct cfn_value data)
{
    struct cfn_value specifications = cfn_items(cfn_get(data, "LaunchSpecifications"));
    FOREACH_TERM (item, specifications) {
        add(b, f, (struct cfn_value){item, 1}, item->when, (struct cfn_value){0});
    }
    struct cfn_value configs = cfn_items(cfn_get(data, "LaunchTemplateConfigs"));
    FOREACH_TERM (item, configs) {
        struct cfn_value launch =
            plan_launch_template(b, cfn_get_term(item, "LaunchTemplateSpecification"));
        add(b, f, launch, item->when, cfn_items(cfn_get_term(item, "Overrides")));
    }
}

/* One variable for all pairs; each specification is launched where one of its own is chosen. */
static void contend(struct builder *b, struct fleet *f)
{
    struct str *labels = ARENA_ARRAY(b->arena, f->pairs.n, struct str);
    for (size_t i = 0; i < f->specifications.n; i++) {
        const struct specification *s = &f->specifications.at[i];
        for (size_t k = 0; k < s->places.n; k++) {
            struct str name = b->world->subnets.at[s->places.at[k].index].name;
            labels[s->first + k] =
                i == 0 ? name : str_format(b->arena, "%.*s #%zu", STR_ARG(name), i + 1);
        }
    }
    const struct cfn_resource *r = f->slot->resource;
    hits_contend(b, &f->pairs, FACT_PLACE, cfn_resource_name(r), labels, doc_full_span(r->key));
}

static void make(struct builder *b, struct fleet *f)
{
    uint32_t primary = WORLD_NONE;
    for (size_t i = 0; i < f->specifications.n; i++) {
        struct specification *s = &f->specifications.at[i];
        struct guard when = GUARD_FALSE;
        for (size_t k = 0; k < s->places.n; k++) {
            bool kept = s->first + k < f->pairs.n; /* beyond the budget of a choice: no more */
            s->places.at[k].when = kept ? f->pairs.at[s->first + k].when : GUARD_FALSE;
            when = either(b, when, s->places.at[k].when);
        }
        s->plan = (struct plan){.when = both(b, s->plan.when, when), .data = s->plan.data};
        if (guard_is_false(s->plan.when)) {
            continue;
        }
        plan_read(b, &s->plan);
        struct launcher by = {.slot = f->slot,
                              .owner = f->slot->elements.at[0].index,
                              .name = cfn_resource_name(f->slot->resource),
                              .places = &s->places,
                              .fallback = &s->groups,
                              .primary = &primary};
        plan_make(b, &s->plan, &by);
    }
}

/* LoadBalancersConfig of a spot fleet: Classic balancers by name, target groups by ARN. */
static void enroll(struct builder *b, const struct slot *s)
{
    static const char *const KEYS[][2] = {
        {"ClassicLoadBalancersConfig/ClassicLoadBalancers", "Name"},
        {"TargetGroupsConfig/TargetGroups", "Arn"},
    };
    struct cfn_value config =
        cfn_property(s->resource, "SpotFleetRequestConfigData/LoadBalancersConfig");
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        struct cfn_value items = cfn_items(cfn_get(config, KEYS[i][0]));
        FOREACH_TERM (item, items) {
            balancer_register(b, (struct registration){
                                     .when = item->when,
                                     .with = cfn_get_term(item, KEYS[i][1]),
                                     .owner = s->elements.at[0].index,
                                     .ports = PORTS_EMPTY,
                                     .by = s->resource,
                                 });
        }
    }
}

static void place(struct builder *b, struct slot *s, struct cfn_value data)
{
    struct fleet f = {.slot = s};
    if (s->elements.n == 0) {
        return;
    }
    collect(b, &f, data);
    contend(b, &f);
    make(b, &f);
    enroll(b, s);
}

void fleet_spot_place(struct builder *b, struct slot *s)
{
    place(b, s, cfn_property(s->resource, "SpotFleetRequestConfigData"));
}

void fleet_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    place(b, s, cfn_eval(r->home, r->properties, r->when));
}
