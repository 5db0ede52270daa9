/*
 * The table of edges, and which gateways stand at them. An attachment is looked up by
 * VPC, so that a world of many VPCs costs no more than the sum of its parts.
 */
#include "reach/edge.h"

#include <stdlib.h>

/* SEMANTICS 1.1.2: IPv4 needs a public address; every IPv6 address is public. */
static struct guard internet_address(struct guard_space *s, const struct world_placement *p,
                                     enum net_family f)
{
    return f == NET_V4 ? guard_and(s, p->has4, p->public4) : p->has6;
}

/* SEMANTICS 1.3 to 1.5: any address will do. */
static struct guard private_address(struct guard_space *s, const struct world_placement *p,
                                    enum net_family f)
{
    (void)s;
    return f == NET_V4 ? p->has4 : p->has6;
}

/* "IPv4 only", SEMANTICS 1.4 */
static struct guard private_address_v4(struct guard_space *s, const struct world_placement *p,
                                       enum net_family f)
{
    (void)s;
    return f == NET_V4 ? p->has4 : GUARD_FALSE;
}

#define KIND(k) (1U << (unsigned)(k))

const struct edge_row EDGES[] = {
    {
        .edge = EDGE_INTERNET,
        .gateways = KIND(GATEWAY_INTERNET),
        .always_there = true,
        .space = internet_space,
        .address = internet_address,
        .exposure = exposure_of,
    },
    {
        .edge = EDGE_ACCELERATOR,
        .way = EDGE_BY_SHORTCUT,
        .gateways = KIND(GATEWAY_ACCELERATOR),
        .space = internet_space,
        .address = private_address,
        .exposure = exposure_of,
    },
    {
        .edge = EDGE_PEERING,
        .gateways = KIND(GATEWAY_PEERING),
        .may_refer = true,
        .address = private_address,
    },
    {
        .edge = EDGE_VPN,
        .gateways = KIND(GATEWAY_VPN),
        .address = private_address_v4,
    },
    {
        .edge = EDGE_TRANSIT,
        .gateways = KIND(GATEWAY_TRANSIT),
        .may_refer = true,
        .address = private_address,
    },
    {
        .edge = EDGE_CLIENT_VPN,
        .way = EDGE_BY_ENTRANCE,
        .gateways = KIND(GATEWAY_CLIENT_VPN),
        .address = private_address,
    },
    {
        .edge = EDGE_PRIVATELINK,
        .way = EDGE_BY_SHORTCUT,
        .gateways = KIND(GATEWAY_SERVICE),
        .address = private_address,
    },
    {
        .edge = EDGE_CARRIER,
        .gateways = KIND(GATEWAY_CARRIER) | KIND(GATEWAY_LOCAL),
        .address = private_address,
    },
    {
        .edge = EDGE_MANAGED,
        .way = EDGE_BY_ENTRANCE,
        .gateways = KIND(GATEWAY_CONNECT),
        .address = private_address,
    },
};
const size_t EDGE_ROWS = sizeof EDGES / sizeof EDGES[0];

const struct edge_row *edge_row(enum world_edge e)
{
    for (size_t i = 0; i < EDGE_ROWS; i++) {
        if (EDGES[i].edge == e) {
            return &EDGES[i];
        }
    }
    return NULL;
}

bool edge_has_kind(const struct edge_row *row, enum world_gateway_kind kind)
{
    return (row->gateways & KIND(kind)) != 0;
}

void edge_attach(struct reach *r)
{
    const struct world *w = r->world;
    r->attached = ARENA_ARRAY(r->arena, w->vpcs.n, struct attached_list);
    for (uint32_t g = 0; g < w->gateways.n; g++) {
        const struct world_gateway *gateway = &w->gateways.at[g];
        for (size_t i = 0; i < gateway->attachments.n; i++) {
            const struct world_attachment *attachment = &gateway->attachments.at[i];
            struct attached_list *list = &r->attached[attachment->vpc];
            if (list->gateways.n > 0 && list->gateways.at[list->gateways.n - 1].gateway == g) {
                struct attached *last = &list->gateways.at[list->gateways.n - 1];
                last->when = guard_or(r->space, last->when, attachment->when);
            } else {
                *VEC_ADD(r->arena, &list->gateways) =
                    (struct attached){.gateway = g, .when = attachment->when};
            }
        }
    }
}

struct guard edge_entry(const struct reach *r, uint32_t gateway, uint32_t vpc)
{
    if (gateway == WORLD_NONE || vpc >= r->world->vpcs.n) {
        return GUARD_FALSE;
    }
    const struct attached_list *list = &r->attached[vpc];
    size_t low = 0;
    size_t high = list->gateways.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->gateways.at[middle].gateway < gateway) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < list->gateways.n && list->gateways.at[low].gateway == gateway
               ? list->gateways.at[low].when
               : GUARD_FALSE;
}

static int ascending(const void *x, const void *y)
{
    const uint32_t *a = x;
    const uint32_t *b = y;
    return (*a > *b) - (*a < *b);
}

static void sort_and_drop_doubles(struct gateway_list *list)
{
    if (list->at.n < 2) {
        return;
    }
    qsort(list->at.at, list->at.n, sizeof *list->at.at, ascending);
    size_t kept = 1;
    for (size_t i = 1; i < list->at.n; i++) {
        if (list->at.at[i] != list->at.at[kept - 1]) {
            list->at.at[kept++] = list->at.at[i];
        }
    }
    list->at.n = kept;
}

static void list_entrances(struct reach *r, const struct edge_row *row, const struct place *place,
                           struct gateway_list *list)
{
    const struct world *w = r->world;
    for (size_t i = 0; i < w->entrances.n; i++) {
        const struct world_entrance *e = &w->entrances.at[i];
        if (e->edge == row->edge && w->subnets.at[e->subnet].vpc == place->vpc) {
            *VEC_ADD(r->arena, &list->at) = e->gateway;
        }
    }
}

static void list_attached(struct reach *r, const struct edge_row *row, const struct place *place,
                          struct gateway_list *list)
{
    const struct world *w = r->world;
    if (place->vpc < w->vpcs.n) {
        const struct attached_list *attached = &r->attached[place->vpc];
        for (size_t i = 0; i < attached->gateways.n; i++) {
            uint32_t g = attached->gateways.at[i].gateway;
            if (edge_has_kind(row, w->gateways.at[g].kind)) {
                *VEC_ADD(r->arena, &list->at) = g;
            }
        }
    }
    for (size_t t = 0; t < place->sample->tables.n; t++) {
        const struct world_table *table = &w->tables.at[place->sample->tables.at[t].index];
        for (size_t i = 0; i < table->routes.n; i++) {
            uint32_t g = table->routes.at[i].gateway;
            if (g != WORLD_NONE && edge_has_kind(row, w->gateways.at[g].kind)) {
                *VEC_ADD(r->arena, &list->at) = g;
            }
        }
    }
}

const struct gateway_list *edge_gateways(struct reach *r, const struct edge_row *row,
                                         const struct place *place)
{
    const uint32_t key[] = {CACHE_GATEWAYS, row->edge, place->number};
    struct gateway_list *list = cache_get(r, key, 3);
    if (list) {
        return list;
    }
    list = ARENA_NEW(r->arena, struct gateway_list);
    switch (row->way) {
    case EDGE_BY_GATEWAY:
        list_attached(r, row, place, list);
        break;
    case EDGE_BY_ENTRANCE:
        list_entrances(r, row, place, list);
        break;
    case EDGE_BY_SHORTCUT:
        break;
    }
    sort_and_drop_doubles(list);
    cache_put(r, key, 3, list);
    return list;
}
