/*
 * VPC peering connections (SEMANTICS 1.3): an attachment to each VPC, through which the blocks
 * of the other one come in.
 *
 *     A <--attachment, sources B-- connection --attachment, sources A--> B
 *
 * Blocks that overlap: EC2 does not make such a connection. Another account has to accept it
 * (A-ACCEPT), unless PeerRoleArn lets CloudFormation do that; in another region of the same
 * account that is assumed by default (SEMANTICS 10.5).
 */
#include "topology/edge.h"
#include "topology/kinds.h"
#include "topology/resolve.h"

struct peering {
    const struct cfn_resource *resource;
    uint32_t gateway;
    struct guard active;
    struct guard same_region;
};

/* Where the value is given and is not this pseudo parameter. */
static struct guard elsewhere(struct builder *b, const struct cfn_resource *r, const char *key,
                              const char *pseudo)
{
    struct guard when = GUARD_FALSE;
    struct cfn_value v = cfn_property(r, key);
    FOREACH_TERM (term, v) {
        if (term->kind != CFN_NONE && !edge_is_pseudo(b, term, pseudo)) {
            when = either(b, when, term->when);
        }
    }
    return when;
}

static void read_state(struct builder *b, struct peering *p)
{
    struct guard role = builder_given(b, p->resource, "PeerRoleArn");
    struct guard distant = elsewhere(b, p->resource, "PeerRegion", "AWS::Region");
    struct guard foreign = elsewhere(b, p->resource, "PeerOwnerId", "AWS::AccountId");
    p->same_region = without(b, GUARD_TRUE, distant);
    foreign = without(b, foreign, role);
    struct guard doubtful = either(b, foreign, without(b, distant, role));
    p->active = GUARD_TRUE;
    if (guard_is_false(doubtful)) {
        return;
    }
    struct str name = cfn_resource_name(p->resource);
    struct guard fact = guard_is_false(foreign) ? world_fact_by_default(b->world, FACT_ACCEPT, name)
                                                : builder_fact(b, FACT_ACCEPT, name);
    p->active = either(b, without(b, GUARD_TRUE, doubtful), fact);
}

/* Where a block of one VPC overlaps one of the other. */
static struct guard find_clash(struct builder *b, uint32_t x, uint32_t y)
{
    const struct world_vpc *v = &b->world->vpcs.at[builder_vpc_root(b, x)];
    const struct world_vpc *w = &b->world->vpcs.at[builder_vpc_root(b, y)];
    struct guard clash = v == w ? GUARD_TRUE : GUARD_FALSE;
    for (size_t i = 0; i < v->cidrs.n; i++) {
        for (size_t k = 0; k < w->cidrs.n; k++) {
            struct prefix p = v->cidrs.at[i].prefix;
            struct prefix q = w->cidrs.at[k].prefix;
            if (prefix_covers(p, q) || prefix_covers(q, p)) {
                struct guard here = both(b, v->cidrs.at[i].when, w->cidrs.at[k].when);
                clash = either(b, clash, here);
            }
        }
    }
    return clash;
}

static void add_side(struct builder *b, const struct peering *p, struct guard when, uint32_t here,
                     uint32_t there)
{
    struct world_attachment *at =
        attach_edge(b, p->gateway, when, here, origin_resource(b, p->resource));
    at->any_source = edge_unknown4(b, there);
    if (edge_inside(b, there)) {
        at->remote_vpc = there;
        at->group_references = p->same_region;
        edge_source_vpc(b, at, GUARD_TRUE, there);
    }
}

static void add_pair(struct builder *b, const struct peering *p, const struct hit *near,
                     const struct hit *far)
{
    struct guard when = both(b, both(b, near->when, far->when), p->active);
    struct guard clash = both(b, when, find_clash(b, near->index, far->index));
    if (!guard_disjoint(b->space, clash, b->world->family)) {
        const struct world_vpc *vpcs = b->world->vpcs.at;
        builder_warn(b, p->resource, far->term ? far->term->node : NULL,
                     str_format(b->arena,
                                "The address blocks of '%.*s' and '%.*s' overlap; they cannot "
                                "be peered, so nothing comes in here.",
                                STR_ARG(vpcs[near->index].name), STR_ARG(vpcs[far->index].name)));
    }
    when = without(b, when, clash);
    if (!guard_is_false(when)) {
        add_side(b, p, when, near->index, far->index);
        add_side(b, p, when, far->index, near->index);
    }
}

void peering_place(struct builder *b, struct slot *s)
{
    if (s->elements.n == 0) {
        return;
    }
    const struct cfn_resource *r = s->resource;
    struct peering p = {.resource = r, .gateway = s->elements.at[0].index};
    struct hits near = resolve_vpc(b, cfn_property(r, "VpcId"));
    struct hits far = resolve_vpc(b, cfn_property(r, "PeerVpcId"));
    read_state(b, &p);
    for (size_t i = 0; i < near.n; i++) {
        for (size_t k = 0; k < far.n; k++) {
            if (!guard_disjoint(b->space, near.at[i].when, far.at[k].when)) {
                add_pair(b, &p, &near.at[i], &far.at[k]);
            }
        }
    }
}
