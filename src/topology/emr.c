/*
 * EMR clusters (SEMANTICS 2.9): a primary node and core nodes in one of the subnets, with the
 * groups that the properties name. Managed groups that they do not name are made by EMR and may
 * have been changed since, so their rules are A-SG(EMR).
 */
#include "topology/kinds.h"
#include "topology/managed.h"
#include "topology/outside.h"
#include "topology/plan.h"
#include "topology/resolve.h"

static struct hits groups_of(struct builder *b, const struct cfn_resource *r, const char *managed,
                             const char *additional)
{
    struct cfn_value instances = cfn_property(r, "Instances");
    struct hits groups = resolve_group(b, cfn_get(instances, managed));
    struct guard left = without(b, r->when, hits_any(b, &groups));
    if (!guard_is_false(left)) {
        struct cfn_term emr = {
            .when = left, .kind = CFN_TEXT, .text = STR("EMR"), .home = r->home, .node = r->key};
        hits_add(b, &groups, left, outside_group(b, &emr), NULL);
    }
    struct hits more = resolve_group(b, cfn_items(cfn_get(instances, additional)));
    for (size_t i = 0; i < more.n; i++) {
        hits_add(b, &groups, more.at[i].when, more.at[i].index, more.at[i].term);
    }
    return groups;
}

void emr_place(struct builder *b, struct slot *s)
{
    static const char *const ROLES[][3] = {
        {"Master", "EmrManagedMasterSecurityGroup", "AdditionalMasterSecurityGroups"},
        {"Core", "EmrManagedSlaveSecurityGroup", "AdditionalSlaveSecurityGroups"},
    };
    const struct cfn_resource *r = s->resource;
    if (s->elements.n == 0) {
        return;
    }
    struct cfn_value subnets = plan_else(b, cfn_property(r, "Instances/Ec2SubnetId"),
                                         cfn_property(r, "Instances/Ec2SubnetIds"));
    struct hits places = managed_subnets(b, r, subnets, r->when);
    managed_any(b, &places, r);
    for (size_t i = 0; i < sizeof ROLES / sizeof *ROLES; i++) {
        struct hits groups = groups_of(b, r, ROLES[i][1], ROLES[i][2]);
        struct plan p = {.when = r->when};
        plan_read(b, &p);
        plan_make(
            b, &p,
            &(struct launcher){
                .slot = s,
                .owner = s->elements.at[0].index,
                .name = str_format(b->arena, "%.*s/%s", STR_ARG(cfn_resource_name(r)), ROLES[i][0]),
                .places = &places,
                .fallback = &groups,
            });
    }
}
