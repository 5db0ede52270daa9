/*
 * Ways to a balancer's interfaces are what comes in to any interface. From there each hop is
 * worked out once for sender and target alike, and laid over the ways that are there:
 *
 *     way (clients, guard) x forward (clients, guard) x hop (rule of the target, guard)
 *
 * Whose address the target sees makes two alternatives of one hop: where the client's is
 * kept, its clients are cut by what the target's rules admit; else they stay as they are.
 */
#include "reach/balancer_way.h"

#include "reach/listen.h"
#include "reach/shortcut.h"

const struct way *way_root(const struct way *w)
{
    while (w->before) {
        w = w->before;
    }
    return w;
}

static uint32_t index_of(const struct reach *r, const struct profile *p)
{
    return (uint32_t)(p->sample - r->world->interfaces.at);
}

/* Of interfaces alike one answers for all; but where its address matters, for itself alone. */
static bool is_personal(const struct reach *r, const struct world_interface *sample)
{
    return world_has_fact(r->world, FACT_ADDR, sample->name);
}

static bool in_same_subnets(const struct world_interface *x, const struct world_interface *y)
{
    for (size_t i = 0; i < x->placements.n; i++) {
        if (x->placements.at[i].subnet != y->placements.at[i].subnet) {
            return false;
        }
    }
    return true;
}

static struct profile *find_profile(struct reach *r, uint32_t interface)
{
    const struct world_interface *n = &r->world->interfaces.at[interface];
    struct profile *shared = profile_of(r, interface);
    if (n == shared->sample ||
        (in_same_subnets(n, shared->sample) && !is_personal(r, shared->sample))) {
        return shared;
    }
    struct arena scratch = {0};
    VEC(uint32_t) key = {0};
    *VEC_ADD(&scratch, &key) = CACHE_WAY_PROFILE;
    *VEC_ADD(&scratch, &key) = index_of(r, shared);
    for (size_t i = 0; i < n->placements.n; i++) {
        *VEC_ADD(&scratch, &key) = n->placements.at[i].subnet;
    }
    struct profile *own = cache_get(r, key.at, key.n);
    if (own && own->sample != n && is_personal(r, own->sample)) {
        *VEC_ADD(&scratch, &key) = interface;
        own = cache_get(r, key.at, key.n);
    }
    if (!own) {
        own = ARENA_NEW(r->arena, struct profile);
        *own = *shared;
        own->sample = n;
        cache_put(r, key.at, key.n, own);
    }
    arena_release(&scratch);
    return own;
}

const struct profile *way_profile(struct reach *r, uint32_t interface)
{
    const uint32_t key[] = {CACHE_WAY_PROFILE_OF, interface};
    struct profile *p = cache_get(r, key, 2);
    if (!p) {
        p = find_profile(r, interface);
        cache_put(r, key, 2, p);
    }
    return p;
}

static void add_origin(struct reach *r, struct origin_list *list, struct origin o)
{
    for (size_t i = 0; i < list->at.n; i++) {
        const struct origin *known = &list->at.at[i];
        if (known->row == o.row && known->gateway == o.gateway && known->shortcut == o.shortcut) {
            return;
        }
    }
    *VEC_ADD(r->arena, &list->at) = o;
}

static void add_own_origins(struct reach *r, uint32_t balancer, struct origin_list *list)
{
    const struct world_balancer *b = &r->world->balancers.at[balancer];
    for (size_t e = 0; e < EDGE_ROWS; e++) {
        for (size_t i = 0; EDGES[e].way != EDGE_BY_SHORTCUT && i < b->interfaces.n; i++) {
            const struct profile *p = profile_of(r, b->interfaces.at[i]);
            for (size_t k = 0; k < p->sample->placements.n; k++) {
                const struct gateway_list *gateways = edge_gateways(r, &EDGES[e], p->places[k]);
                for (size_t g = 0; g < gateways->at.n; g++) {
                    add_origin(r, list,
                               (struct origin){.row = &EDGES[e],
                                               .gateway = gateways->at.at[g],
                                               .shortcut = WORLD_NONE});
                }
            }
        }
    }
    const struct shortcut_list *shortcuts = shortcut_to_balancer(r, balancer);
    for (size_t i = 0; i < shortcuts->at.n; i++) {
        add_origin(r, list, shortcut_origin(r, shortcuts->at.at[i]));
    }
}

const struct origin_list *way_origins(struct reach *r, uint32_t balancer, bool fed)
{
    const uint32_t key[] = {CACHE_ORIGINS, balancer, fed};
    struct origin_list *list = cache_get(r, key, 3);
    if (list) {
        return list;
    }
    list = ARENA_NEW(r->arena, struct origin_list);
    cache_put(r, key, 3, list);
    if (!fed) {
        add_own_origins(r, balancer, list);
        return list;
    }
    const struct chain_list *feeds = balancer_feeds(r, balancer);
    for (size_t i = 0; i < feeds->at.n; i++) {
        add_own_origins(r, feeds->at.at[i].balancer, list);
    }
    return list;
}

/* A list that is kept under a key; true: it was there. */
static bool kept(struct reach *r, const uint32_t *key, size_t n, struct way_list **list)
{
    *list = cache_get(r, key, n);
    if (*list) {
        return true;
    }
    *list = ARENA_NEW(r->arena, struct way_list);
    (*list)->arena = r->arena;
    cache_put(r, key, n, *list);
    return false;
}

static void add_arrivals(struct reach *r, struct origin origin, uint32_t interface, int protocol,
                         enum net_family f, struct way_list *out)
{
    struct arena scratch = {0};
    struct contribution_heap heap = {.arena = &scratch};
    const struct profile *p = profile_of(r, interface);
    profile_admit(r, p, origin.row, origin.gateway, protocol, f, &heap);
    for (size_t i = 0; i < heap.all.n; i++) {
        const struct contribution *c = &heap.all.at[i];
        *VEC_ADD(out->arena, &out->all) = (struct way){
            .origin = origin,
            .via = WORLD_NONE,
            .at = way_profile(r, interface),
            .family = f,
            .protocol = protocol,
            .ports = c->ports,
            .front = PORTS_EMPTY,
            .when = c->when,
            .doubt = GUARD_TRUE,
            .somewhere = c->somewhere,
            .clients = c->passing,
            .sources = c->sources,
            .exposure = c->exposure,
            .group = c->group,
            .rule = c->rule,
            .rule_id = c->rule_id,
        };
    }
    arena_release(&scratch);
}

const struct way_list *way_arrivals(struct reach *r, struct origin origin, uint32_t balancer,
                                    int protocol, enum net_family f)
{
    const uint32_t key[] = {
        CACHE_ARRIVALS,
        origin.row->edge,
        origin.gateway,
        origin.shortcut,
        balancer,
        (uint32_t)protocol,
        f,
    };
    const struct world_balancer *b = &r->world->balancers.at[balancer];
    struct way_list *list = NULL;
    if (kept(r, key, sizeof key / sizeof key[0], &list)) {
        return list;
    }
    /* Of several balancers that feed one a shortcut leads to its own. */
    if (origin.shortcut != WORLD_NONE &&
        r->world->shortcuts.at[origin.shortcut].balancer != balancer) {
        return list;
    }
    for (size_t i = 0; i < b->interfaces.n; i++) {
        if (origin.shortcut != WORLD_NONE) {
            shortcut_arrivals(r, origin, b->interfaces.at[i], protocol, f, list);
        } else {
            add_arrivals(r, origin, b->interfaces.at[i], protocol, f, list);
        }
    }
    return list;
}

const struct way_list *way_fed(struct reach *r, struct origin origin, uint32_t balancer,
                               int protocol, enum net_family f)
{
    const uint32_t key[] = {
        CACHE_FED, origin.row->edge, origin.gateway, origin.shortcut, balancer, (uint32_t)protocol,
        f,
    };
    const struct world_balancer *b = &r->world->balancers.at[balancer];
    const struct chain_list *feeds = balancer_feeds(r, balancer);
    struct way_list *list = NULL;
    if (kept(r, key, sizeof key / sizeof key[0], &list)) {
        return list;
    }
    for (size_t i = 0; i < feeds->at.n; i++) {
        const struct chain *feed = &feeds->at.at[i];
        const struct way_list *from = way_arrivals(r, origin, feed->balancer, protocol, f);
        for (size_t k = 0; k < b->interfaces.n; k++) {
            way_forward(r, from, feed, i, way_profile(r, b->interfaces.at[k]), list);
        }
    }
    return list;
}

/* A way is on its way out: through one listener, one action that forwards, to one target. */
struct forwarding {
    struct reach *r;
    const struct chain *chain;
    size_t number;
    const struct world_balancer *balancer;
    const struct world_listener *listener;
    const struct world_forward *forward;
    const struct world_target_group *group;
    const struct world_target *target;
    const struct profile *to;
    struct way_list *out;
};

struct kept_hop {
    struct hop hop;
    struct contribution_heap open;
};

static const struct kept_hop *hop_kept(const struct forwarding *g, const struct way *w, size_t k,
                                       enum net_family f, bool keeps_client)
{
    struct reach *r = g->r;
    const uint32_t key[] = {
        CACHE_HOP, index_of(r, w->at),    index_of(r, g->to), (uint32_t)k,
        f,         (uint32_t)w->protocol, keeps_client,
    };
    struct kept_hop *known = cache_get(r, key, sizeof key / sizeof key[0]);
    if (known) {
        return known;
    }
    const struct world_interface *from = w->at->sample;
    known = ARENA_NEW(r->arena, struct kept_hop);
    known->hop = (struct hop){
        .sender = {.name = from->name,
                   .subnet = from->placements.at[w->placement].subnet,
                   .groups = from->groups.at,
                   .group_n = from->groups.n,
                   .filters = g->balancer->filters,
                   .keeps_client = keeps_client,
                   .acl_at_home = g->balancer->kind == BALANCER_CLASSIC,
                   .leaves = g->balancer->kind != BALANCER_CLASSIC},
        .target = g->to,
        .placement = k,
        .family = f,
        .protocol = w->protocol,
    };
    struct contributions all = hop_open(r, r->arena, &known->hop);
    known->open.arena = r->arena;
    for (size_t i = 0; i < all.n; i++) {
        *VEC_ADD(r->arena, &known->open.all) = all.at[i];
    }
    listen_cut(r, g->to->sample, w->protocol, &known->open);
    cache_put(r, key, sizeof key / sizeof key[0], known);
    return known;
}

/* Only these clients go on; false: none. */
static bool cut_clients(const struct forwarding *g, struct way *w, struct ipset only)
{
    struct reach *r = g->r;
    struct ipset clients = admit_both(g->out->arena, only, w->clients);
    if (ipset_is_empty(clients)) {
        return false;
    }
    if (!ipset_equal(clients, w->clients)) {
        w->when = guard_and(r->space, w->when, w->doubt);
        if (w->somewhere.n > 0) {
            w->when = guard_and(r->space, w->when, world_fact(r->world, FACT_ADDR, w->somewhere));
        }
        w->clients = clients;
    }
    if (!ipset_covers(only, w->sources)) {
        struct arena scratch = {0};
        w->sources = admit_both(g->out->arena, only, w->sources);
        w->exposure =
            w->origin.row->exposure ? w->origin.row->exposure(&scratch, w->sources) : EXPOSURE_NONE;
        arena_release(&scratch);
    }
    return true;
}

static void follow(const struct forwarding *g, const struct way *before, struct way w, size_t k,
                   enum net_family f, bool keeps_client)
{
    struct reach *r = g->r;
    if (!reach_live(r, w.when)) {
        return;
    }
    const struct kept_hop *hop = hop_kept(g, before, k, f, keeps_client);
    w.before = before;
    w.at = g->to;
    w.placement = k;
    w.by = g->chain;
    w.number = g->number;
    w.hop = &hop->hop;
    for (size_t i = 0; i < hop->open.all.n; i++) {
        const struct contribution *c = &hop->open.all.at[i];
        struct way next = w;
        next.ports = ports_both(c->ports, g->target->ports);
        next.when = guard_and(r->space, w.when, c->when);
        next.group = c->group;
        next.rule = c->rule;
        next.rule_id = c->rule_id;
        if (!ports_is_empty(next.ports) && reach_live(r, next.when) &&
            (!keeps_client || cut_clients(g, &next, c->sources)) && reach_live(r, next.when)) {
            *VEC_ADD(g->out->arena, &g->out->all) = next;
        }
    }
}

/* The client's address is kept by network balancers only, if the target speaks the client's
 * family (SEMANTICS 1.6, 10.3); always before a balancer. PrivateLink has no client. */
static void follow_family(const struct forwarding *g, const struct way *before, const struct way *w,
                          size_t k, enum net_family f)
{
    struct reach *r = g->r;
    struct guard keeps = GUARD_FALSE;
    if (g->balancer->kind == BALANCER_NETWORK && f == w->family &&
        w->origin.row->edge != EDGE_PRIVATELINK) {
        keeps = g->target->balancer != WORLD_NONE ? GUARD_TRUE : g->group->preserves;
    }
    struct way kept_way = *w;
    struct way other_way = *w;
    kept_way.when = guard_and(r->space, w->when, keeps);
    other_way.when = guard_minus(r->space, w->when, keeps);
    follow(g, before, kept_way, k, f, true);
    follow(g, before, other_way, k, f, false);
}

/* The services from the subnet of one end to that of the other. */
static struct guard served(const struct forwarding *g, const struct way *w, uint32_t to)
{
    uint32_t from = w->at->sample->placements.at[w->placement].subnet;
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < g->balancer->services.n; i++) {
        const struct world_service *s = &g->balancer->services.at[i];
        if (s->from == from && s->to == to) {
            when = guard_or(g->r->space, when, s->when);
        }
    }
    return when;
}

/* Families behind the balancer: a network balancer stays in the client's if the target has
 * it; the others go on in IPv4 if it has that. */
static void follow_placement(const struct forwarding *g, const struct way *before,
                             const struct way *w, size_t k)
{
    struct reach *r = g->r;
    const struct world_placement *p = &g->to->sample->placements.at[k];
    enum net_family first = g->balancer->kind == BALANCER_NETWORK ? w->family : NET_V4;
    enum net_family second = first == NET_V4 ? NET_V6 : NET_V4;
    struct way here = *w;
    here.when = guard_and(r->space, w->when, served(g, before, p->subnet));
    if (!reach_live(r, here.when)) {
        return;
    }
    follow_family(g, before, &here, k, first);
    here.when = guard_minus(r->space, here.when, first == NET_V4 ? p->has4 : p->has6);
    follow_family(g, before, &here, k, second);
}

static struct ports front_of(const struct forwarding *g, const struct way *w)
{
    if (w->before) {
        return w->front;
    }
    if (w->origin.shortcut == WORLD_NONE) {
        return g->listener->ports;
    }
    return shortcut_front(g->r, w->origin.shortcut, g->listener->ports);
}

static bool speaks(int protocol, int packet)
{
    return protocol == PROTOCOL_ALL || protocol == packet;
}

static void forward_one(const struct forwarding *g, const struct way *before)
{
    struct reach *r = g->r;
    struct way w = *before;
    w.ports = ports_both(w.ports, g->listener->ports);
    if (ports_is_empty(w.ports) || !speaks(g->listener->protocol, w.protocol) ||
        !speaks(g->group->protocol, w.protocol)) {
        return;
    }
    w.front = front_of(g, before);
    w.via = before->before ? before->via : g->chain->balancer;
    w.when = guard_and(r->space, w.when, g->listener->when);
    w.when = guard_and(r->space, w.when, g->forward->when);
    w.when = guard_and(r->space, w.when, g->target->when);
    if (!reach_live(r, w.when)) {
        return;
    }
    if (g->forward->restricted &&
        !cut_clients(g, &w, w.family == NET_V4 ? g->forward->clients4 : g->forward->clients6)) {
        return;
    }
    for (size_t k = 0; k < g->to->sample->placements.n; k++) {
        follow_placement(g, before, &w, k);
    }
}

void way_forward(struct reach *r, const struct way_list *from, const struct chain *chain,
                 size_t number, const struct profile *target, struct way_list *out)
{
    const struct world_balancer *b = &r->world->balancers.at[chain->balancer];
    const struct world_target_group *group = &r->world->target_groups.at[chain->target_group];
    const struct forwarding g = {
        .r = r,
        .chain = chain,
        .number = number,
        .balancer = b,
        .listener = &b->listeners.at[chain->listener],
        .forward = &b->listeners.at[chain->listener].forwards.at[chain->forward],
        .group = group,
        .target = &group->targets.at[chain->target],
        .to = target,
        .out = out,
    };
    for (size_t i = 0; i < from->all.n; i++) {
        forward_one(&g, &from->all.at[i]);
    }
}
