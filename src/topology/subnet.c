/*
 * Subnets: where they are, what public addresses they hand out, which table and ACL they use.
 *
 *     explicit associations (declared before routes are read)      tables, acls of the site
 *     made disjoint: A-ROUTE / A-NACL choose between two            subnet_finish
 *     what is left: main table and default ACL of a VPC of the templates or the default VPC;
 *                   in any other VPC A-SUBROUTE(S), A-NACL(S)       (SEMANTICS 2.5.1, 10.6)
 */
#include "topology/kinds.h"
#include "topology/outside.h"
#include "topology/resolve.h"

void subnet_declare(struct builder *b, struct slot *s)
{
    resolve_declare(b, s, "subnet", builder_add_subnet);
}

/* MapPublicIpOnLaunch: absent is false (1.1.2 f); one that is not known is A-SUBPUBIP(S). */
static void read_public(struct builder *b, const struct cfn_resource *r, struct subnet_site *site,
                        uint32_t id)
{
    struct cfn_value v = cfn_property(r, "MapPublicIpOnLaunch");
    struct cfn_truth truth = cfn_truth(r->home, v);
    site->public4 = truth.yes;
    site->public4_id = id;
    if (!guard_is_false(truth.unknown)) {
        struct guard fact = builder_fact(b, FACT_SUBPUBIP, site->subject);
        site->public4 = either(b, site->public4, both(b, truth.unknown, fact));
    }
    FOREACH_TERM (term, v) {
        if (term->kind != CFN_NONE) {
            site->public4_id = builder_new_id(b, origin_value(b, r, term));
            break;
        }
    }
}

static void read_blocks(struct builder *b, const struct cfn_resource *r, uint32_t subnet)
{
    static const char *const KEYS[] = {"CidrBlock", "Ipv6CidrBlock"};
    for (size_t k = 0; k < sizeof KEYS / sizeof *KEYS; k++) {
        struct cfn_value v = cfn_property(r, KEYS[k]);
        FOREACH_TERM (term, v) {
            struct prefix block;
            if (term->kind == CFN_TEXT && prefix_parse(term->text, &block, NULL)) {
                builder_origin(b, world_add_subnet_cidr(b->world, subnet, term->when, block),
                               origin_value(b, r, term));
            }
        }
    }
}

static struct guard likely(const struct builder *b, const struct cfn_resource *r, const char *key)
{
    struct cfn_truth truth = cfn_truth(r->home, cfn_property(r, key));
    return either(b, truth.yes, truth.unknown);
}

void subnet_connect(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    for (size_t i = 0; i < s->elements.n; i++) {
        uint32_t subnet = s->elements.at[i].index;
        read_public(b, r, &b->subnets.at[subnet], b->world->subnets.at[subnet].id);
        read_blocks(b, r, subnet);
        struct subnet_site *site = &b->subnets.at[subnet];
        site->assign6 = likely(b, r, "AssignIpv6AddressOnCreation");
        site->native6 = cfn_truth(r->home, cfn_property(r, "Ipv6Native")).yes;
        struct guard has6 =
            either(b, builder_given(b, r, "Ipv6CidrBlock"), builder_given(b, r, "Ipv6IpamPoolId"));
        site->has6 = either(b, site->has6, has6);
    }
}

void subnet_cidr_connect(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct hits subnets = resolve_subnet(b, cfn_property(r, "SubnetId"));
    struct guard has6 =
        either(b, builder_given(b, r, "Ipv6CidrBlock"), builder_given(b, r, "Ipv6IpamPoolId"));
    for (size_t i = 0; i < subnets.n; i++) {
        struct subnet_site *site = &b->subnets.at[subnets.at[i].index];
        site->has6 = either(b, site->has6, both(b, has6, subnets.at[i].when));
    }
}

/* ---- associations ---------------------------------------------------------------------- */

/* Two variants that are in different VPCs of the templates are never together. */
static bool may_meet(const struct builder *b, uint32_t x, uint32_t y)
{
    if (x == y || x == WORLD_NONE || y == WORLD_NONE) {
        return true;
    }
    return b->vpcs.at[x].standing != STANDS_INSIDE || b->vpcs.at[y].standing != STANDS_INSIDE;
}

/* The term that is kept with an association is only there for its place: its guard is the
 * association's, and its resource says who owns it. */
static struct cfn_term *mark(struct builder *b, const struct cfn_resource *r,
                             const struct cfn_term *term)
{
    struct cfn_term *t = ARENA_NEW(b->arena, struct cfn_term);
    if (term) {
        *t = *term;
    }
    t->resource = r;
    return t;
}

void subnet_table_declare(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct hits subnets = resolve_subnet(b, cfn_property(r, "SubnetId"));
    struct cfn_value table_id = cfn_property(r, "RouteTableId");
    bool met = false;
    for (size_t i = 0; i < subnets.n; i++) {
        uint32_t subnet = subnets.at[i].index;
        uint32_t vpc = b->world->subnets.at[subnet].vpc;
        struct hits tables = resolve_table(b, table_id, vpc);
        for (size_t k = 0; k < tables.n; k++) {
            struct guard when = both(b, subnets.at[i].when, tables.at[k].when);
            uint32_t other = b->world->tables.at[tables.at[k].index].vpc;
            if (guard_is_false(when) ||
                !may_meet(b, builder_vpc_root(b, vpc), builder_vpc_root(b, other))) {
                continue;
            }
            met = true;
            builder_unite(b, vpc, other);
            hits_add(b, &b->subnets.at[subnet].tables, when, tables.at[k].index,
                     mark(b, r, tables.at[k].term));
        }
    }
    if (!met && !guard_is_false(r->when)) {
        builder_warn(b, r, NULL,
                     STR("The association ties no subnet to a route table of its VPC."));
    }
}

void subnet_acl_declare(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct hits subnets = resolve_subnet(b, cfn_property(r, "SubnetId"));
    struct hits acls = resolve_acl(b, cfn_property(r, "NetworkAclId"));
    for (size_t i = 0; i < subnets.n; i++) {
        for (size_t k = 0; k < acls.n; k++) {
            hits_add(b, &b->subnets.at[subnets.at[i].index].acls,
                     both(b, subnets.at[i].when, acls.at[k].when), acls.at[k].index,
                     mark(b, r, acls.at[k].term));
        }
    }
}

/* ---- the end: every subnet has its tables and ACLs -------------------------------------- */

/* Where the routing of a VPC is known to us: it is the templates' own, or the default VPC. */
static bool is_ours(const struct builder *b, uint32_t vpc)
{
    return b->vpcs.at[builder_vpc_root(b, vpc)].standing == STANDS_INSIDE;
}

static struct topology_origin origin_association(struct builder *b, const struct hit *hit)
{
    return origin_value(b, hit->term->resource, hit->term);
}

static uint32_t table_id(const struct world *w, uint32_t index)
{
    return w->tables.at[index].id;
}

static uint32_t acl_id(const struct world *w, uint32_t index)
{
    return w->acls.at[index].id;
}

/* What a subnet has one of at a time. */
struct tie {
    enum world_fact fact;
    const char *what;
    uint32_t (*id)(const struct world *w, uint32_t index);
    uint32_t (*choose)(struct world *w, uint32_t subnet, struct guard when, uint32_t index);
    uint32_t (*of_vpc)(struct builder *b, uint32_t vpc);
    uint32_t (*of_unknown)(struct builder *b, uint32_t subnet);
};
static const struct tie TABLES = {FACT_ROUTE,         "route tables",     table_id,
                                  world_choose_table, outside_main_table, outside_subnet_table};
static const struct tie ACLS = {FACT_NACL,        "network ACLs",      acl_id,
                                world_choose_acl, outside_default_acl, outside_subnet_acl};

/* Disjoint associations; two at once are a choice and worth a warning. */
static void settle(struct builder *b, const struct subnet_site *site, const struct tie *tie,
                   struct hits *hits)
{
    hits_merge(b, hits);
    struct str *labels = ARENA_ARRAY(b->arena, hits->n, struct str);
    for (size_t i = 0; i < hits->n; i++) {
        labels[i] = b->t->origins.at[tie->id(b->world, hits->at[i].index)].name;
    }
    struct span first = SPAN_NONE;
    if (hits->n > 0) {
        first = b->t->origins.at[tie->id(b->world, hits->at[0].index)].at;
    }
    if (hits_contend(b, hits, tie->fact, site->subject, labels, first)) {
        builder_warn(b, hits->at[1].term->resource, NULL,
                     str_format(b->arena, "The subnet '%.*s' has two %s at once.",
                                STR_ARG(site->subject), tie->what));
    }
}

static void finish(struct builder *b, uint32_t subnet, const struct tie *tie, struct hits hits)
{
    const struct cfn_resource *r = b->subnets.at[subnet].resource;
    struct guard left = without(b, b->world->unpinned, hits_any(b, &hits));
    settle(b, &b->subnets.at[subnet], tie, &hits);
    for (size_t i = 0; i < hits.n; i++) {
        builder_origin(b, tie->choose(b->world, subnet, hits.at[i].when, hits.at[i].index),
                       origin_association(b, &hits.at[i]));
    }
    left = r ? both(b, left, r->when) : left;
    if (guard_is_false(left)) {
        return;
    }
    uint32_t vpc = b->world->subnets.at[subnet].vpc;
    bool ours = !b->subnets.at[subnet].outside && is_ours(b, vpc);
    uint32_t index = ours ? tie->of_vpc(b, builder_vpc_root(b, vpc)) : tie->of_unknown(b, subnet);
    builder_origin(b, tie->choose(b->world, subnet, left, index),
                   b->t->origins.at[tie->id(b->world, index)]);
}

void subnet_finish(struct builder *b)
{
    for (uint32_t i = 0; i < b->world->subnets.n; i++) {
        finish(b, i, &TABLES, b->subnets.at[i].tables);
        finish(b, i, &ACLS, b->subnets.at[i].acls);
    }
}
