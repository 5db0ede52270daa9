/*
 * For each host of the other VPC there are two halves, which meet in the ports: what it can
 * send to the interface (hosts.h), and what the interface lets in of its addresses.
 */
#include "reach/far_end.h"

#include <stdlib.h>

#include "reach/beyond.h"
#include "reach/hosts.h"
#include "reach/stretch.h"
#include "reach/whereabouts.h"

struct asking {
    struct reach *r;
    const struct far_question *q;
    struct arena *arena;
    enum net_family family;
    size_t placement; /* of the front */
    struct contribution_heap let_in;
    struct far_end found; /* so far */
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

/* Of what a host can send, does the interface let something in? */
static bool gets_in(struct asking *x, const struct host *host, const struct host_sends *sends)
{
    struct reach *r = x->r;
    for (size_t i = 0; i < x->let_in.all.n; i++) {
        const struct contribution *c = &x->let_in.all.at[i];
        struct ports ports = ports_both(c->ports, x->q->ports);
        if (ports_is_empty(ports)) {
            continue;
        }
        struct guard open = portmap_some(&r->ports, sends->ports, ports);
        open = guard_and(r->space, guard_and(r->space, open, c->when), sends->when);
        open = guard_and(r->space, open, may_be_among(x, host->subnet, c->passing));
        if (c->group != WORLD_NONE) {
            uint32_t named = r->world->groups.at[c->group].rules.at[c->rule].group;
            open = named == WORLD_NONE ? open
                                       : guard_and(r->space, open, carries(r, host->sample, named));
        }
        if (is_live(x, open, reach_guard(x->q->when))) {
            return true;
        }
    }
    return false;
}

static bool can_use(struct asking *x, const struct host *host)
{
    const struct far_question *q = x->q;
    const struct host_sends_list *all =
        host_sends(x->r, host, q->gateway, q->front, x->placement, x->family, q->protocol);
    for (size_t i = 0; i < all->at.n; i++) {
        if (gets_in(x, host, &all->at.at[i])) {
            return true;
        }
    }
    return false;
}

static void ask_vpc(struct asking *x, uint32_t vpc)
{
    const struct host_list *hosts = hosts_of(x->r, vpc);
    VEC(uint32_t) numbers = {0};
    for (size_t i = 0; i < hosts->at.n; i++) {
        if (can_use(x, &hosts->at.at[i])) {
            *VEC_ADD(x->arena, &numbers) = hosts->at.at[i].number;
        }
    }
    if (numbers.n > 0) {
        struct host_owners owners = hosts_owners(x->r, vpc, numbers.at, numbers.n);
        struct far_end found = {
            .value = END_TO_END_CONFIRMED, .owners = owners.at, .owner_n = owners.n};
        x->found = far_end_both(x->r, x->found, found);
    }
}

/* What the front lets in at one placement in one family. */
static bool list_let_in(struct asking *x)
{
    struct reach *r = x->r;
    const struct far_question *q = x->q;
    struct guard when = profile_guard(r, q->front, x->placement, q->edge, q->gateway, x->family);
    x->let_in = (struct contribution_heap){.arena = x->arena};
    if (!is_live(x, when, reach_guard(q->when))) {
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

/* May something come in by the attachment that is not in the world? */
static bool is_from_outside(const struct asking *x, const struct world_attachment *a)
{
    if (is_live(x, a->when, a->any_source)) {
        return true;
    }
    for (size_t i = 0; a->remote_vpc == WORLD_NONE && i < a->sources.n; i++) {
        if (is_live(x, a->when, a->sources.at[i].when)) {
            return true;
        }
    }
    return false;
}

/* Asks the hosts of all VPCs on the other side; is something there that is not in the world? */
static bool ask_attachments(struct asking *x, uint32_t vpc)
{
    struct reach *r = x->r;
    const struct world_gateway *g = &r->world->gateways.at[x->q->gateway];
    bool outside = false;
    for (size_t i = 0; i < g->attachments.n; i++) {
        const struct world_attachment *a = &g->attachments.at[i];
        if (a->vpc != vpc || !is_live(x, a->when, reach_guard(x->q->when))) {
            continue;
        }
        outside = outside || is_from_outside(x, a);
        if (a->remote_vpc != WORLD_NONE &&
            is_live(x, a->when, edge_entry(r, x->q->gateway, a->remote_vpc))) {
            ask_vpc(x, a->remote_vpc);
        }
    }
    return outside;
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
    struct asking x = {.r = r, .q = q, .arena = &scratch, .found = {.value = END_TO_END_NONE}};
    if (q->edge->edge == EDGE_VPN) {
        return vpn(&x);
    }
    if (q->edge->edge != EDGE_PEERING && q->edge->edge != EDGE_TRANSIT) {
        return (struct far_end){.value = END_TO_END_NA};
    }
    bool outside = false;
    for (size_t i = 0; i < 2 * q->front->sample->placements.n; i++) {
        x.placement = i / 2;
        x.family = i % 2 == 0 ? NET_V4 : NET_V6;
        if (q->families & (x.family == NET_V4 ? FAMILY_V4 : FAMILY_V6) && list_let_in(&x)) {
            outside = ask_attachments(&x, q->front->places[i / 2]->vpc) || outside;
        }
    }
    arena_release(&scratch);
    struct far_end other = {.value = outside ? END_TO_END_UNKNOWN : END_TO_END_NONE};
    return far_end_both(r, x.found, other);
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

struct far_end far_end_both(struct reach *r, struct far_end x, struct far_end y)
{
    static const int RANK[] = {[END_TO_END_NA] = 0,
                               [END_TO_END_NONE] = 1,
                               [END_TO_END_UNKNOWN] = 2,
                               [END_TO_END_CONFIRMED] = 3};
    if (x.value != END_TO_END_CONFIRMED || y.value != END_TO_END_CONFIRMED) {
        return RANK[x.value] >= RANK[y.value] ? x : y;
    }
    if (x.owners == y.owners && x.owner_n == y.owner_n) {
        return x;
    }
    uint32_t *owners = ARENA_ARRAY(r->arena, x.owner_n + y.owner_n, uint32_t);
    for (size_t i = 0; i < x.owner_n + y.owner_n; i++) {
        owners[i] = i < x.owner_n ? x.owners[i] : y.owners[i - x.owner_n];
    }
    return confirmed(owners, x.owner_n + y.owner_n);
}
