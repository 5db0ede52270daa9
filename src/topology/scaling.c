/*
 * Groups of instances. Each member is in one of the group's subnets; which one is a variable of
 * its own (A-PLACE), so that a flow is reachable only if every subnet admits it and possible if
 * one does (SEMANTICS 2.8, 10.15).
 */
#include "topology/kinds.h"
#include "topology/managed.h"
#include "topology/plan.h"
#include "topology/resolve.h"

void scaling_declare(struct builder *b, struct slot *s)
{
    hits_add(b, &s->elements, s->resource->when, builder_add_owner(b, s->resource), NULL);
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
    struct hits places = managed_subnets(b, r, cfn_property(r, "VPCZoneIdentifier"), r->when);
    managed_any(b, &places, r);
    /* A group with MaxSize 0 never has a member. */
    struct guard when = builder_nonzero(b, cfn_property(r, "MaxSize"), r->when);
    struct launcher by = {.slot = s,
                          .owner = s->elements.at[0].index,
                          .name = cfn_resource_name(r),
                          .places = &places};
    if (guard_is_false(when)) {
        by.owner = WORLD_NONE; /* so that it is not attached rather than absent */
        when = r->when;
    }
    make(b, &by, launch_data(b, r), when);
    make_overrides(b, by, r, when);
}
