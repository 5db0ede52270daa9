/*
 * Instances in every shape of SEMANTICS 2.7, and the launch templates and configurations that
 * fill them in. Those alone have no interface.
 */
#include "topology/kinds.h"
#include "topology/plan.h"
#include "topology/resolve.h"

void launch_declare(struct builder *b, struct slot *s)
{
    resolve_index_name(b, &b->launch_names, s, "LaunchTemplateName");
    resolve_index_name(b, &b->launch_names, s, "LaunchConfigurationName");
}

void instance_declare(struct builder *b, struct slot *s)
{
    hits_add(b, &s->elements, s->resource->when, builder_add_owner(b, s->resource), NULL);
}

/* Interfaces that are resources of their own learn here who holds them. */
static void hold(struct builder *b, struct slot *s, const struct plan_item *item)
{
    struct cfn_value ids = cfn_get_term(item->term, "NetworkInterfaceId");
    FOREACH_TERM (id, ids) {
        struct slot *target = resolve_slot(b, id, SLOT_INTERFACE);
        if (target) {
            *VEC_ADD(b->arena, &target->holders) = (struct holder){
                .when = id->when,
                .owner = s->elements.at[0].index,
                .number = item->number,
                .by = s,
            };
        }
    }
}

void instance_connect(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    if (s->elements.n == 0) {
        return;
    }
    struct plan *p = ARENA_NEW(b->arena, struct plan);
    p->when = r->when;
    p->own = cfn_eval(r->home, r->properties, r->when);
    p->data = plan_launch_template(b, cfn_get(p->own, "LaunchTemplate"));
    plan_read(b, p);
    for (size_t i = 0; i < p->item_n; i++) {
        hold(b, s, &p->items[i]);
    }
    s->plan = p;
}

void instance_place(struct builder *b, struct slot *s)
{
    if (s->plan) {
        struct launcher by = {
            .slot = s, .owner = s->elements.at[0].index, .name = cfn_resource_name(s->resource)};
        plan_make(b, s->plan, &by);
    }
}
