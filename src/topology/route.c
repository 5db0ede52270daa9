/*
 * Route tables and routes.
 *
 *     tables  x  destinations (block.h)  x  target          one world_route each
 *
 * A target of unknown kind: only `GatewayId` can name an internet gateway. Given by parameter,
 * import or attribute it is an outside gateway; whether it is an internet gateway attached to
 * the table's VPC is what A-SUBROUTE says of a subnet, so the fact's subject is the gateway's
 * text, and where it does not hold the route leads to nowhere (it still wins as the longest
 * prefix). No fact is needed where a VPCGatewayAttachment of the template uses the same text as
 * InternetGatewayId, or for a literal `igw-`: EC2 refuses a route to an internet gateway that
 * is not attached to the VPC.
 */
#include "topology/kinds.h"

#include <stdlib.h>

#include "topology/block.h"
#include "topology/outside.h"
#include "topology/prefix_list.h"
#include "topology/resolve.h"

struct target_property {
    const char *key;
    enum world_gateway_kind kind;
};

static const struct target_property TARGETS[] = {
    {"GatewayId", GATEWAY_INTERNET},
    {"NatGatewayId", GATEWAY_NAT},
    {"TransitGatewayId", GATEWAY_TRANSIT},
    {"VpcPeeringConnectionId", GATEWAY_PEERING},
    {"EgressOnlyInternetGatewayId", GATEWAY_EGRESS_ONLY},
    {"NetworkInterfaceId", GATEWAY_INTERFACE},
    {"InstanceId", GATEWAY_INTERFACE},
    {"VpcEndpointId", GATEWAY_INTERFACE},
    {"CarrierGatewayId", GATEWAY_CARRIER},
    {"LocalGatewayId", GATEWAY_LOCAL},
    {"CoreNetworkArn", GATEWAY_OTHER},
};

void table_declare(struct builder *b, struct slot *s)
{
    resolve_declare(b, s, "route table", builder_add_table);
}

/* One way on, under `when`. A literal id tells its kind by its prefix. */
struct way {
    struct guard when;
    uint32_t gateway;            /* WORLD_NONE: nowhere */
    bool doubtful;               /* an internet gateway only if a fact says so */
    bool attach;                 /* an internet gateway that the table's VPC must have */
    const struct cfn_term *term; /* NULL: no target is written */
};
struct ways {
    struct way *at;
    size_t n;
    size_t cap;
};

static bool begins(const struct cfn_term *term, const char *prefix)
{
    return term->kind == CFN_TEXT && str_starts(str_trim(term->text), str_from(prefix));
}

static enum world_gateway_kind kind_of(const struct cfn_term *term, enum world_gateway_kind kind)
{
    if (kind != GATEWAY_INTERNET || term->kind != CFN_TEXT || begins(term, "igw-")) {
        return kind;
    }
    if (begins(term, "vgw-")) {
        return GATEWAY_VPN;
    }
    return begins(term, "vpce-") ? GATEWAY_ENDPOINT : kind;
}

static void add_way(struct builder *b, struct ways *ways, const struct cfn_term *term,
                    enum world_gateway_kind kind)
{
    if (term->kind == CFN_TEXT && str_is(str_trim(term->text), "local")) {
        return; /* the implicit local route, written out */
    }
    kind = kind_of(term, kind);
    struct hits hits = resolve_gateway(b, (struct cfn_value){term, 1}, kind);
    for (size_t i = 0; i < hits.n; i++) {
        const struct world_gateway *g = &b->world->gateways.at[hits.at[i].index];
        struct way way = {.when = hits.at[i].when, .gateway = hits.at[i].index, .term = term};
        if (g->kind == GATEWAY_INTERNET && g->outside) {
            way.attach = true;
            way.doubtful = g->attachments.n == 0 && !begins(term, "igw-");
        }
        *VEC_ADD(b->arena, ways) = way;
    }
}

static struct ways read_ways(struct builder *b, const struct cfn_resource *r, struct guard *left)
{
    struct ways ways = {0};
    for (size_t i = 0; i < sizeof TARGETS / sizeof *TARGETS; i++) {
        struct cfn_value v = cfn_property(r, TARGETS[i].key);
        FOREACH_TERM (term, v) {
            if (term->kind != CFN_NONE) {
                add_way(b, &ways, term, TARGETS[i].kind);
                *left = without(b, *left, term->when);
            }
        }
    }
    return ways;
}

/* An outside internet gateway is attached to the VPC of each table that leads to it. */
static void attach(struct builder *b, uint32_t gateway, uint32_t vpc, const struct cfn_term *term)
{
    struct str key = str_format(b->arena, "attached %u %u", (unsigned)gateway, (unsigned)vpc);
    void **said = map_at(&b->said, key);
    if (!*said) {
        *said = b;
        builder_origin(b, world_add_attachment(b->world, gateway, GUARD_TRUE, vpc),
                       origin_outside(term, "AWS::EC2::VPCGatewayAttachment"));
    }
}

static void add_route(struct builder *b, const struct cfn_resource *r, uint32_t table,
                      const struct way *way, struct world_route route)
{
    struct guard when = route.when;
    struct topology_origin origin = origin_value(b, r, way->term);
    if (way->attach) {
        attach(b, way->gateway, b->world->tables.at[table].vpc, way->term);
    }
    if (way->doubtful) {
        struct str text = cfn_text_of(b->arena, way->term);
        struct guard fact = builder_fact(b, FACT_SUBROUTE, text);
        builder_unknown(b, "gateway", way->term, text,
                        "whether it is an internet gateway is open (A-SUBROUTE)");
        route.when = without(b, when, fact);
        route.gateway = WORLD_NONE;
        if (!guard_is_false(route.when)) {
            builder_origin(b, world_add_route(b->world, table, route), origin);
        }
        route.when = both(b, when, fact);
    }
    route.gateway = way->gateway;
    if (!guard_is_false(route.when)) {
        builder_origin(b, world_add_route(b->world, table, route), origin);
    }
}

struct draft_route {
    const struct cfn_resource *resource;
    struct hits tables;
    struct ways ways;
    struct combining combining;
};

static void add_routes(struct builder *b, struct draft_route *draft,
                       const struct blocks *destinations, enum world_precedence precedence)
{
    const struct hits *tables = &draft->tables;
    const struct ways *ways = &draft->ways;
    for (size_t t = 0; t < tables->n; t++) {
        for (size_t d = 0; d < destinations->n; d++) {
            struct guard here = both(b, tables->at[t].when, destinations->at[d].when);
            for (size_t w = 0; w < ways->n && !guard_is_false(here); w++) {
                if (!builder_step(b, &draft->combining)) {
                    return;
                }
                struct world_route route = {.when = both(b, here, ways->at[w].when),
                                            .destination = destinations->at[d].prefix,
                                            .precedence = precedence,
                                            .gateway = WORLD_NONE};
                if (guard_is_false(route.when)) {
                    continue;
                }
                if (!builder_room(b, &draft->combining)) {
                    return;
                }
                add_route(b, draft->resource, tables->at[t].index, &ways->at[w], route);
            }
        }
    }
}

/* Too many: what is left over may lead anywhere, as the budget allows (SEMANTICS 4.6). */
static void open_the_rest(struct builder *b, const struct draft_route *d)
{
    for (size_t w = 0; w < 2 * d->ways.n; w++) {
        const struct way *way = &d->ways.at[w / 2];
        struct world_route route = {
            .when = both(b, way->when, guard_budget(b->space)),
            .destination = {.family = w % 2 == 0 ? NET_V4 : NET_V6},
            .precedence = ROUTE_PREFIX_LIST,
        };
        struct guard when = both(b, route.when, d->tables.at[0].when);
        route.when = when;
        if (!guard_is_false(when)) {
            add_route(b, d->resource, d->tables.at[0].index, way, route);
        }
    }
}

void route_connect(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct draft_route d = {.resource = r};
    d.tables = resolve_table(b, cfn_property(r, "RouteTableId"), WORLD_NONE);
    if (d.tables.n == 0) {
        return; /* a table that no subnet of the templates uses */
    }
    struct guard left = r->when;
    d.ways = read_ways(b, r, &left);
    if (!guard_is_false(left)) {
        builder_warn(b, r, NULL, STR("The route has no target; it leads nowhere."));
        *VEC_ADD(b->arena, &d.ways) = (struct way){.when = left, .gateway = WORLD_NONE};
    }
    struct blocks v4 = block_read(b, r, cfn_property(r, "DestinationCidrBlock"), NET_V4);
    struct blocks v6 = block_read(b, r, cfn_property(r, "DestinationIpv6CidrBlock"), NET_V6);
    struct blocks list = prefix_list_blocks(b, cfn_property(r, "DestinationPrefixListId"));
    add_routes(b, &d, &v4, ROUTE_STATIC);
    add_routes(b, &d, &v6, ROUTE_STATIC);
    add_routes(b, &d, &list, ROUTE_PREFIX_LIST);
    if (builder_gave_up(b, r, NULL, &d.combining)) {
        open_the_rest(b, &d);
    }
}

/* ---- two routes for one destination (SEMANTICS 2.5.2) ----------------------------------- */

static int by_destination(const void *x, const void *y)
{
    const struct world_route *a = *(struct world_route *const *)x;
    const struct world_route *b = *(struct world_route *const *)y;
    if (a->destination.family != b->destination.family) {
        return a->destination.family < b->destination.family ? -1 : 1;
    }
    if (a->destination.length != b->destination.length) {
        return a->destination.length < b->destination.length ? -1 : 1;
    }
    int order = address_cmp(a->destination.first, b->destination.first);
    return order ? order : (a->id > b->id) - (a->id < b->id);
}

static void settle_run(struct builder *b, uint32_t table, struct world_route **run, size_t n)
{
    struct hits hits = {0};
    struct str *labels = ARENA_ARRAY(b->arena, n, struct str);
    bool differ = false;
    for (size_t i = 0; i < n; i++) {
        if (run[i]->precedence == ROUTE_STATIC) {
            labels[hits.n] = b->t->origins.at[run[i]->id].name;
            differ = differ || run[i]->gateway != run[0]->gateway;
            hits_add(b, &hits, run[i]->when, (uint32_t)i, NULL);
        }
    }
    if (hits.n < 2 || !differ) {
        return;
    }
    struct buf text;
    buf_init(&text);
    buf_add(&text, b->world->tables.at[table].name);
    buf_addc(&text, ' ');
    prefix_print(run[0]->destination, &text);
    struct str subject = str_copy(b->arena, buf_str(&text));
    buf_release(&text);
    if (!hits_contend(b, &hits, FACT_ROUTE, subject, labels, b->t->origins.at[run[0]->id].at)) {
        return;
    }
    for (size_t i = 0; i < hits.n; i++) {
        run[hits.at[i].index]->when = hits.at[i].when;
    }
    const struct topology_origin *second = &b->t->origins.at[run[hits.at[1].index]->id];
    if (second->resource) {
        builder_warn(b, second->resource, NULL,
                     str_format(b->arena, "There are two routes for '%.*s'.", STR_ARG(subject)));
    }
}

void route_finish(struct builder *b)
{
    for (uint32_t t = 0; t < b->world->tables.n; t++) {
        struct world_table *table = &b->world->tables.at[t];
        size_t n = table->routes.n;
        struct world_route **order = ARENA_ARRAY(b->arena, n, struct world_route *);
        for (size_t i = 0; i < n; i++) {
            order[i] = &table->routes.at[i];
        }
        qsort(order, n, sizeof(struct world_route *), by_destination);
        for (size_t i = 0; i < n;) {
            size_t end = i + 1;
            while (end < n && prefix_equal(order[i]->destination, order[end]->destination)) {
                end++;
            }
            settle_run(b, t, order + i, end - i);
            i = end;
        }
    }
}
