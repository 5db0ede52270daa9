/*
 * VPCs and their address blocks. A block that is not known covers nothing (SEMANTICS 10.7):
 * it is an identity, and never decides an internet flow.
 */
#include "topology/kinds.h"
#include "topology/resolve.h"

void vpc_declare(struct builder *b, struct slot *s)
{
    uint32_t vpc = builder_add_vpc(b, cfn_resource_name(s->resource), STANDS_INSIDE,
                                   origin_resource(b, s->resource));
    hits_add(b, &s->elements, s->resource->when, vpc, NULL);
}

/* Known blocks of a property, added to the VPCs. */
static void add_blocks(struct builder *b, const struct cfn_resource *r, const char *key,
                       const struct hits *vpcs)
{
    struct cfn_value v = cfn_property(r, key);
    FOREACH_TERM (term, v) {
        struct prefix block;
        if (term->kind == CFN_NONE) {
            continue;
        }
        if (term->kind != CFN_TEXT || term->text.n == 0) {
            for (size_t i = 0; i < vpcs->n && str_is(str_from(key), "CidrBlock"); i++) {
                struct vpc_site *site = &b->vpcs.at[vpcs->at[i].index];
                struct guard when = both(b, term->when, vpcs->at[i].when);
                site->open4 = either(b, site->open4, when);
            }
            continue;
        }
        if (!prefix_parse(term->text, &block, NULL)) {
            builder_warn(b, r, term->node,
                         str_format(b->arena, "'%.*s' is not a CIDR.", STR_ARG(term->text)));
            continue;
        }
        for (size_t i = 0; i < vpcs->n; i++) {
            struct guard when = both(b, term->when, vpcs->at[i].when);
            if (!guard_is_false(when)) {
                builder_origin(b, world_add_cidr(b->world, vpcs->at[i].index, when, block),
                               origin_value(b, r, term));
            }
        }
    }
}

void vpc_connect(struct builder *b, struct slot *s)
{
    add_blocks(b, s->resource, "CidrBlock", &s->elements);
}

void vpc_cidr_connect(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct hits vpcs = resolve_vpc(b, cfn_property(r, "VpcId"));
    add_blocks(b, r, "CidrBlock", &vpcs);
    add_blocks(b, r, "Ipv6CidrBlock", &vpcs);
    struct cfn_truth amazon = cfn_truth(r->home, cfn_property(r, "AmazonProvidedIpv6CidrBlock"));
    struct guard has6 = either(b, amazon.yes, amazon.unknown);
    has6 = either(b, has6, builder_given(b, r, "Ipv6CidrBlock"));
    has6 = either(b, has6, builder_given(b, r, "Ipv6IpamPoolId"));
    for (size_t i = 0; i < vpcs.n; i++) {
        struct vpc_site *site = &b->vpcs.at[vpcs.at[i].index];
        site->has6 = either(b, site->has6, both(b, has6, vpcs.at[i].when));
    }
}
