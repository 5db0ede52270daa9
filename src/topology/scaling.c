/*
 * Groups of instances. Each member is in one of the group's subnets; which one is a variable of
 * its own (A-PLACE), so that a flow is reachable only if every subnet admits it and possible if
 * one does (SEMANTICS 2.8, 10.15).
 */
#include "topology/kinds.h"
#include "topology/outside.h"
#include "topology/plan.h"
#include "topology/resolve.h"

void scaling_declare(struct builder *b, struct slot *s)
{
    hits_add(b, &s->elements, s->resource->when, builder_add_owner(b, s->resource), NULL);
}

/* VPCZoneIdentifier: a list, or texts with commas. */
static struct hits read_places(struct builder *b, const struct cfn_resource *r)
{
    struct hits places = {0};
    struct cfn_value items = cfn_items(cfn_property(r, "VPCZoneIdentifier"));
    FOREACH_TERM (item, items) {
        struct cfn_value one = {item, 1};
        if (item->kind == CFN_TEXT || item->kind == CFN_JOINED) {
            one = cfn_items(cfn_split(r->home, one, ','));
        }
        struct hits more = resolve_subnet(b, one);
        for (size_t i = 0; i < more.n; i++) {
            hits_add(b, &places, more.at[i].when, more.at[i].index, more.at[i].term);
        }
    }
    struct guard left = without(b, r->when, hits_any(b, &places));
    if (!guard_is_false(left)) {
        hits_add(b, &places, left, outside_default_subnet(b), NULL);
    }
    hits_merge(b, &places);
    struct str *labels = ARENA_ARRAY(b->arena, places.n, struct str);
    for (size_t i = 0; i < places.n; i++) {
        labels[i] = b->world->subnets.at[places.at[i].index].name;
    }
    hits_contend(b, &places, FACT_PLACE, builder_resource_name(b, r), labels);
    return places;
}

/* A group with MaxSize 0 never has a member. */
static struct guard has_members(struct builder *b, const struct cfn_resource *r)
{
    struct guard when = r->when;
    struct cfn_value v = cfn_property(r, "MaxSize");
    FOREACH_TERM (term, v) {
        int64_t size;
        if (cfn_integer(term, &size) && size == 0) {
            when = without(b, when, term->when);
        }
    }
    return when;
}

/* A group made after an instance launches what that instance is. */
static struct cfn_value like_instance(struct builder *b, struct cfn_value id)
{
    FOREACH_TERM (term, id) {
        const struct slot *s = resolve_slot(b, term, SLOT_OWNER);
        if (s) {
            return cfn_eval(s->resource->home, s->resource->properties, term->when);
        }
    }
    return (struct cfn_value){0};
}

static struct cfn_value launch_data(struct builder *b, const struct cfn_resource *r)
{
    struct cfn_value data = plan_launch_template(b, cfn_property(r, "LaunchTemplate"));
    data = plan_else(
        b, data,
        plan_launch_template(
            b, cfn_property(r, "MixedInstancesPolicy/LaunchTemplate/LaunchTemplateSpecification")));
    data = plan_else(b, data,
                     plan_launch_configuration(b, cfn_property(r, "LaunchConfigurationName")));
    return plan_else(b, data, like_instance(b, cfn_property(r, "InstanceId")));
}

static void make(struct builder *b, const struct launcher *by, struct cfn_value data,
                 struct guard when)
{
    struct plan p = {.when = when, .data = data};
    plan_read(b, &p);
    plan_make(b, &p, by);
}

/* Overrides with a launch template of their own: another kind of member each. */
static void make_overrides(struct builder *b, struct launcher by, const struct cfn_resource *r,
                           struct guard when)
{
    struct cfn_value overrides =
        cfn_items(cfn_property(r, "MixedInstancesPolicy/LaunchTemplate/Overrides"));
    struct str name = by.name;
    unsigned position = 0;
    FOREACH_TERM (item, overrides) {
        struct cfn_value data =
            plan_launch_template(b, cfn_get_term(item, "LaunchTemplateSpecification"));
        struct guard here = both(b, plan_given(b, data), when);
        by.name = str_format(b->arena, "%.*s/Overrides/%u", STR_ARG(name), position++);
        if (!guard_is_false(here)) {
            make(b, &by, data, here);
        }
    }
}

void scaling_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    if (s->elements.n == 0) {
        return;
    }
    struct hits places = read_places(b, r);
    struct guard when = has_members(b, r);
    struct launcher by = {.slot = s,
                          .owner = s->elements.at[0].index,
                          .name = builder_resource_name(b, r),
                          .places = &places};
    if (guard_is_false(when)) {
        by.owner = WORLD_NONE; /* so that it is not attached rather than absent */
        when = r->when;
    }
    make(b, &by, launch_data(b, r), when);
    make_overrides(b, by, r, when);
}
