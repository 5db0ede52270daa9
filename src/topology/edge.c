/*
 * What private edges have in common: an attachment, and the prefixes beyond it.
 */
#include "topology/edge.h"

struct world_attachment *edge_last(const struct builder *b, uint32_t gateway)
{
    const struct world_gateway *g = &b->world->gateways.at[gateway];
    return &g->attachments.at[g->attachments.n - 1];
}

struct world_attachment *attach_edge(struct builder *b, uint32_t gateway, struct guard when,
                                     uint32_t vpc, struct topology_origin origin)
{
    builder_origin(b, world_add_attachment(b->world, gateway, when, vpc), origin);
    return edge_last(b, gateway);
}

void edge_source(struct builder *b, struct world_attachment *at, struct guard when,
                 struct prefix prefix, struct topology_origin origin)
{
    if (guard_is_false(when)) {
        return;
    }
    uint32_t id = builder_new_id(b, origin);
    *VEC_ADD(b->arena, &at->sources) =
        (struct world_source){.id = id, .when = when, .prefix = prefix};
}

void edge_source_vpc(struct builder *b, struct world_attachment *at, struct guard when,
                     uint32_t vpc)
{
    vpc = builder_vpc_root(b, vpc);
    const struct world_vpc *v = &b->world->vpcs.at[vpc];
    struct guard known6 = GUARD_FALSE;
    for (size_t i = 0; i < v->cidrs.n; i++) {
        const struct world_cidr *c = &v->cidrs.at[i];
        if (c->prefix.family == NET_V6) {
            known6 = either(b, known6, c->when);
        }
        edge_source(b, at, both(b, when, c->when), c->prefix, b->t->origins.at[c->id]);
    }
    struct guard open6 = without(b, b->vpcs.at[vpc].has6, known6);
    edge_source(b, at, both(b, when, open6), (struct prefix){.family = NET_V6},
                b->t->origins.at[v->id]);
}

bool edge_inside(const struct builder *b, uint32_t vpc)
{
    return b->vpcs.at[builder_vpc_root(b, vpc)].standing == STANDS_INSIDE;
}

struct guard edge_unknown4(const struct builder *b, uint32_t vpc)
{
    vpc = builder_vpc_root(b, vpc);
    return edge_inside(b, vpc) ? b->vpcs.at[vpc].open4 : GUARD_TRUE;
}

struct guard edge_internet(const struct builder *b, uint32_t vpc)
{
    vpc = builder_vpc_root(b, vpc);
    if (!edge_inside(b, vpc)) {
        return GUARD_TRUE;
    }
    struct guard any = GUARD_FALSE;
    for (size_t i = 0; i < b->world->gateways.n; i++) {
        const struct world_gateway *g = &b->world->gateways.at[i];
        for (size_t k = 0; k < g->attachments.n && g->kind == GATEWAY_INTERNET; k++) {
            if (builder_vpc_root(b, g->attachments.at[k].vpc) == vpc) {
                any = either(b, any, g->attachments.at[k].when);
            }
        }
    }
    return any;
}

bool edge_is_pseudo(const struct builder *b, const struct cfn_term *term, const char *name)
{
    if (term->kind == CFN_UNKNOWN) {
        return term->unknown->pseudo && str_is(term->unknown->pseudo->name, name);
    }
    if (term->kind != CFN_TEXT) {
        return false;
    }
    struct str region = b->unit->options.region;
    return (term->parameter && str_is(term->parameter->name, name)) ||
           (region.n > 0 && str_is(STR("AWS::Region"), name) && str_eq(term->text, region));
}
