/*
 * OpenSearch and Elasticsearch domains. In a VPC they are like any other service, with an
 * interface in each subnet. Elsewhere their endpoint is public and an access policy decides,
 * which is not analysed (SEMANTICS 2.9).
 */
#include "topology/kinds.h"
#include "topology/managed.h"
#include "topology/plan.h"
#include "topology/resolve.h"

void search_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct guard inside = both(b, r->when, plan_given(b, cfn_property(r, "VPCOptions/SubnetIds")));
    struct guard outside = without(b, r->when, inside);
    if (!guard_disjoint(b->space, outside, b->world->family)) {
        managed_note(b, r, NULL,
                     str_format(b->arena,
                                "The domain '%.*s' is in no VPC: its endpoint is public and its "
                                "access policy, which is not analysed, decides who may use it.",
                                STR_ARG(r->id)));
    }
    if (s->elements.n == 0 || guard_is_false(inside)) {
        return;
    }
    struct managed m = {
        .slot = s,
        .when = inside,
        .places = managed_subnets(b, r, cfn_property(r, "VPCOptions/SubnetIds"), inside),
        .groups = resolve_group(b, cfn_items(cfn_property(r, "VPCOptions/SecurityGroupIds"))),
        .public_by = builder_new_id(b, origin_resource(b, r)),
        .has6 = managed_is(b, cfn_property(r, "IPAddressType"), "dualstack"),
    };
    uint32_t first = managed_each(b, m);
    for (uint32_t i = first; i < b->world->interfaces.n; i++) {
        managed_listen(b, i, inside, PROTOCOL_TCP, port_one(443));
        if (!guard_is_false(m.has6)) {
            b->world->interfaces.at[i].no_internet = GUARD_TRUE;
        }
    }
}
