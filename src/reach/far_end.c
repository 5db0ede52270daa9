/*
 * For each host of the other VPC there are two halves, which meet in the ports: what it can
 * send to the interface (its table, ACL and egress rules, like a hop's far side), and what
 * the interface lets in of its addresses. Hosts alike in one subnet are asked once.
 */
#include "reach/far_end.h"

#include <stdlib.h>

#include "reach/beyond.h"
#include "reach/hop_side.h"
#include "reach/route.h"
#include "reach/stretch.h"
#include "reach/whereabouts.h"

struct asking {
    struct reach *r;
    const struct far_question *q;
    struct arena *arena;
    struct map known; /* (profile, subnet) of a host -> bool */
    enum net_family family;
    size_t placement; /* of the front */
    struct contribution_heap let_in;
    VEC(uint32_t) owners;
};

static bool is_live(const struct asking *x, struct guard a, struct guard b)
{
    return reach_live(x->r, guard_and(x->r->space, a, b));
}

/* When something in the subnet may have one of these addresses. */
static struct guard may_be_among(struct asking *x, uint32_t subnet, struct ipset set)
{
    struct reach *r = x->r;
    struct line line = whereabouts_line(r, x->arena, subnet, x->family);
    struct stretches all = stretches_of(x->arena, &line, 1, x->family);
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < all.n; i++) {
        if (ipset_meets(all.at[i].where, set)) {
            when = guard_or(r->space, when, (struct guard){all.at[i].values[0]});
        }
    }
    return when;
}

static struct guard carries(const struct reach *r, const struct world_interface *n, uint32_t group)
{
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < n->groups.n; i++) {
        if (n->groups.at[i].group == group) {
            when = guard_or(r->space, when, n->groups.at[i].when);
        }
    }
    return when;
}

/* Of what a host can send (a map of ports), does the interface let something in? */
static bool gets_in(struct asking *x, const struct world_interface *host, uint32_t subnet,
                    uint32_t sent, struct guard when)
{
    struct reach *r = x->r;
    for (size_t i = 0; i < x->let_in.all.n; i++) {
        const struct contribution *c = &x->let_in.all.at[i];
        struct ports ports = ports_both(c->ports, x->q->ports);
        if (ports_is_empty(ports)) {
            continue;
        }
        struct guard open = guard_and(r->space, c->when, portmap_some(&r->ports, sent, ports));
        open = guard_and(r->space, open, may_be_among(x, subnet, c->passing));
        if (c->group != WORLD_NONE) {
            uint32_t named = r->world->groups.at[c->group].rules.at[c->rule].group;
            open = named == WORLD_NONE ? open : guard_and(r->space, open, carries(r, host, named));
        }
        if (is_live(x, open, when)) {
            return true;
        }
    }
    return false;
}

/* When a table of the subnet leads some of these addresses to the gateway. */
static struct guard leads_to(struct asking *x, uint32_t subnet, struct ipset targets)
{
    struct reach *r = x->r;
    const struct world_subnet *s = &r->world->subnets.at[subnet];
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < s->tables.n; i++) {
        struct line line = route_line(r, s->tables.at[i].index, x->family, x->q->gateway);
        struct stretches all = stretches_of(x->arena, &line, 1, x->family);
        for (size_t k = 0; k < all.n; k++) {
            if (ipset_meets(all.at[k].where, targets)) {
                struct guard hit = {all.at[k].values[0]};
                when = guard_or(r->space, when, guard_and(r->space, hit, s->tables.at[i].when));
            }
        }
    }
    return when;
}

static bool can_use(struct asking *x, const struct profile *host, size_t k)
{
    static const struct ports EPHEMERAL = {1024, 65535};
    struct reach *r = x->r;
    const struct world_interface *n = host->sample;
    const struct world_placement *p = &n->placements.at[k];
    struct hop hop = {
        .sender = {.name = n->name,
                   .subnet = p->subnet,
                   .groups = n->groups.at,
                   .group_n = n->groups.n,
                   .filters = guard_not(r->space, n->open)},
        .target = x->q->front,
        .placement = x->placement,
        .family = x->family,
        .protocol = x->q->protocol,
    };
    struct guard there = guard_and(r->space, host->exists, p->when);
    there = guard_and(r->space, there, x->family == NET_V4 ? p->has4 : p->has6);
    there = guard_and(r->space, there, x->q->when);
    struct hop_side side = hop_far(r, x->arena, &hop);
    for (size_t i = 0; i < side.n; i++) {
        const struct hop_view *v = &side.at[i];
        struct guard when = guard_and(r->space, there, v->possible);
        when = guard_and(r->space, when, leads_to(x, p->subnet, v->where));
        when = guard_and(r->space, when, portmap_some(&r->ports, v->back, EPHEMERAL));
        if (reach_live(r, when) && gets_in(x, n, p->subnet, v->forth, when)) {
            return true;
        }
    }
    return false;
}

/* Profiles stand for interfaces in subnets alike, whose CIDRs differ. */
static bool known_to_use(struct asking *x, uint32_t interface, size_t k)
{
    const struct world_interface *n = &x->r->world->interfaces.at[interface];
    const struct profile *host = profile_of(x->r, interface);
    const uint32_t words[] = {host->sample->id, (uint32_t)k, n->placements.at[k].subnet, x->family,
                              (uint32_t)x->placement};
    struct str key = {.p = (const char *)words, .n = sizeof words};
    bool *known = map_get(&x->known, key);
    if (!known) {
        struct profile own = *host;
        own.sample = n;
        known = ARENA_NEW(x->arena, bool);
        *known = can_use(x, &own, k);
        *map_at(&x->known, str_copy(x->arena, key)) = known;
    }
    return *known;
}

static void ask_vpc(struct asking *x, uint32_t vpc)
{
    const struct world *w = x->r->world;
    for (uint32_t i = 0; i < w->interfaces.n; i++) {
        const struct world_interface *n = &w->interfaces.at[i];
        bool uses = false;
        for (size_t k = 0; n->owner != WORLD_NONE && !uses && k < n->placements.n; k++) {
            uses = w->subnets.at[n->placements.at[k].subnet].vpc == vpc && known_to_use(x, i, k);
        }
        if (uses) {
            *VEC_ADD(x->r->arena, &x->owners) = n->owner;
        }
    }
}

/* What the front lets in at one placement in one family. */
static bool list_let_in(struct asking *x)
{
    struct reach *r = x->r;
    const struct far_question *q = x->q;
    struct guard when = profile_guard(r, q->front, x->placement, q->edge, q->gateway, x->family);
    x->let_in = (struct contribution_heap){.arena = x->arena};
    if (!is_live(x, when, q->when)) {
        return false;
    }
    const struct transit *t = transit_of(r, (struct transit_key){
                                                .row = q->edge,
                                                .place = q->front->places[x->placement],
                                                .gateway = q->gateway,
                                                .family = x->family,
                                                .protocol = q->protocol,
                                                .conjuncts = TRANSIT_ALL,
                                            });
    profile_filter(r, q->front, t, when, &x->let_in);
    return x->let_in.all.n > 0;
}

/* Asks the hosts of all VPCs on the other side; is something there that is not in the world? */
static bool ask_attachments(struct asking *x, uint32_t vpc)
{
    struct reach *r = x->r;
    const struct world_gateway *g = &r->world->gateways.at[x->q->gateway];
    bool outside = false;
    for (size_t i = 0; i < g->attachments.n; i++) {
        const struct world_attachment *a = &g->attachments.at[i];
        if (a->vpc != vpc || !is_live(x, a->when, x->q->when)) {
            continue;
        }
        outside = outside || a->remote_vpc == WORLD_NONE || is_live(x, a->when, a->any_source);
        if (a->remote_vpc != WORLD_NONE &&
            is_live(x, a->when, edge_entry(r, x->q->gateway, a->remote_vpc))) {
            ask_vpc(x, a->remote_vpc);
        }
    }
    return outside;
}

static int ascending(const void *x, const void *y)
{
    const uint32_t *a = x;
    const uint32_t *b = y;
    return (*a > *b) - (*a < *b);
}

static struct far_end confirmed(uint32_t *owners, size_t n)
{
    size_t kept = 1;
    qsort(owners, n, sizeof *owners, ascending);
    for (size_t i = 1; i < n; i++) {
        if (owners[i] != owners[kept - 1]) {
            owners[kept++] = owners[i];
        }
    }
    return (struct far_end){.value = END_TO_END_CONFIRMED, .owners = owners, .owner_n = kept};
}

static bool modelled(struct reach *r, uint32_t gateway, uint32_t vpc)
{
    const uint32_t key[] = {CACHE_MODELLED, gateway, vpc};
    bool *known = cache_get(r, key, 3);
    if (!known) {
        known = ARENA_NEW(r->arena, bool);
        *known = beyond_modelled(r, gateway, vpc);
        cache_put(r, key, 3, known);
    }
    return *known;
}

static struct far_end vpn(const struct asking *x)
{
    bool some = false;
    for (size_t k = 0; k < x->q->front->sample->placements.n; k++) {
        some = some || modelled(x->r, x->q->gateway, x->q->front->places[k]->vpc);
    }
    return (struct far_end){.value = END_TO_END_UNKNOWN, .unmodelled = !some};
}

struct far_end far_end_of(struct reach *r, const struct far_question *q)
{
    struct arena scratch = {0};
    struct asking x = {.r = r, .q = q, .arena = &scratch};
    if (q->edge->edge == EDGE_VPN) {
        return vpn(&x);
    }
    if (q->edge->edge != EDGE_PEERING && q->edge->edge != EDGE_TRANSIT) {
        return (struct far_end){.value = END_TO_END_NA};
    }
    map_init(&x.known, &scratch);
    bool outside = false;
    for (size_t i = 0; i < 2 * q->front->sample->placements.n; i++) {
        x.placement = i / 2;
        x.family = i % 2 == 0 ? NET_V4 : NET_V6;
        if (q->families & (x.family == NET_V4 ? FAMILY_V4 : FAMILY_V6) && list_let_in(&x)) {
            outside = ask_attachments(&x, q->front->places[i / 2]->vpc) || outside;
        }
    }
    arena_release(&scratch);
    if (x.owners.n > 0) {
        return confirmed(x.owners.at, x.owners.n);
    }
    return (struct far_end){.value = outside ? END_TO_END_UNKNOWN : END_TO_END_NONE};
}

struct far_end far_end_both(struct reach *r, struct far_end x, struct far_end y)
{
    static const int RANK[] = {[END_TO_END_NA] = 0,
                               [END_TO_END_NONE] = 1,
                               [END_TO_END_UNKNOWN] = 2,
                               [END_TO_END_CONFIRMED] = 3};
    if (x.value != END_TO_END_CONFIRMED || y.value != END_TO_END_CONFIRMED) {
        return RANK[x.value] >= RANK[y.value] ? x : y;
    }
    uint32_t *owners = ARENA_ARRAY(r->arena, x.owner_n + y.owner_n, uint32_t);
    for (size_t i = 0; i < x.owner_n + y.owner_n; i++) {
        owners[i] = i < x.owner_n ? x.owners[i] : y.owners[i - x.owner_n];
    }
    return confirmed(owners, x.owner_n + y.owner_n);
}

struct far_end far_end_through(struct reach *r, uint32_t balancer, struct far_question q)
{
    const uint32_t key[] = {
        CACHE_FAR_END,        balancer,      q.edge->edge, q.gateway,   q.families,
        (uint32_t)q.protocol, q.ports.begin, q.ports.end,  q.when.node,
    };
    enum { WORDS = sizeof key / sizeof key[0] };
    struct far_end *known = cache_get(r, key, WORDS);
    if (known) {
        return *known;
    }
    known = ARENA_NEW(r->arena, struct far_end);
    *known = (struct far_end){.value = END_TO_END_NA};
    const struct world_balancer *b = &r->world->balancers.at[balancer];
    for (size_t i = 0; i < b->interfaces.n; i++) {
        q.front = profile_of(r, b->interfaces.at[i]);
        *known = far_end_both(r, far_end_of(r, &q), *known);
    }
    cache_put(r, key, WORDS, known);
    return *known;
}
