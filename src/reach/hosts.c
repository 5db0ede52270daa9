/*
 * Hosts are listed once for a VPC. What one sends depends on the target's subnet alone, unless
 * its egress rules name groups.
 */
#include "reach/hosts.h"

#include <stdlib.h>

#include "reach/hop_side.h"
#include "reach/route.h"
#include "reach/stretch.h"

struct key {
    struct arena *arena;
    VEC(uint32_t) words;
};

static void put(struct key *key, uint32_t word)
{
    *VEC_ADD(key->arena, &key->words) = word;
}

static void put_sender(struct key *key, const struct world_interface *n, size_t k)
{
    const struct world_placement *p = &n->placements.at[k];
    put(key, CACHE_HOST);
    put(key, p->subnet);
    put(key, n->when.node);
    put(key, p->when.node);
    put(key, p->has4.node);
    put(key, p->has6.node);
    put(key, n->open.node);
    for (size_t i = 0; i < n->groups.n; i++) {
        put(key, n->groups.at[i].group);
        put(key, n->groups.at[i].when.node);
    }
}

static void add_host(struct reach *r, struct host_list *list, const struct world_interface *n,
                     size_t k)
{
    struct arena scratch = {0};
    struct key key = {.arena = &scratch};
    put_sender(&key, n, k);
    uint32_t *number = cache_get(r, key.words.at, key.words.n);
    if (!number) {
        const struct world_placement *p = &n->placements.at[k];
        struct guard there = guard_and(r->space, n->when, p->when);
        number = ARENA_NEW(r->arena, uint32_t);
        *number = (uint32_t)list->at.n;
        *VEC_ADD(r->arena, &list->at) = (struct host){
            .number = *number,
            .sample = n,
            .placement = k,
            .subnet = p->subnet,
            .there = {guard_and(r->space, there, p->has4), guard_and(r->space, there, p->has6)},
        };
        cache_put(r, key.words.at, key.words.n, number);
    }
    *VEC_ADD(r->arena, &list->at.at[*number].owners) = n->owner;
    arena_release(&scratch);
}

const struct host_list *hosts_of(struct reach *r, uint32_t vpc)
{
    const struct world *w = r->world;
    const uint32_t key[] = {CACHE_HOSTS, vpc};
    struct host_list *list = cache_get(r, key, 2);
    if (list) {
        return list;
    }
    list = ARENA_NEW(r->arena, struct host_list);
    for (size_t i = 0; i < w->interfaces.n; i++) {
        const struct world_interface *n = &w->interfaces.at[i];
        for (size_t k = 0; n->owner != WORLD_NONE && k < n->placements.n; k++) {
            if (w->subnets.at[n->placements.at[k].subnet].vpc == vpc) {
                add_host(r, list, n, k);
            }
        }
    }
    cache_put(r, key, 2, list);
    return list;
}

/* When a table of the subnet leads some of these addresses to the gateway. */
static struct guard leads_to(struct reach *r, struct arena *a, const struct host *host,
                             uint32_t gateway, struct ipset targets)
{
    const struct world_subnet *s = &r->world->subnets.at[host->subnet];
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < s->tables.n; i++) {
        struct line line = route_line(r, s->tables.at[i].index, targets.family, gateway);
        struct stretches all = stretches_of(a, &line, 1, targets.family);
        for (size_t k = 0; k < all.n; k++) {
            if (ipset_meets(all.at[k].where, targets)) {
                struct guard hit = {all.at[k].values[0]};
                when = guard_or(r->space, when, guard_and(r->space, hit, s->tables.at[i].when));
            }
        }
    }
    return when;
}

static bool names_groups(const struct world *w, const struct world_interface *n)
{
    for (size_t i = 0; i < n->groups.n; i++) {
        const struct world_group *g = &w->groups.at[n->groups.at[i].group];
        for (size_t k = 0; k < g->rules.n; k++) {
            if (g->rules.at[k].egress && g->rules.at[k].group != WORLD_NONE) {
                return true;
            }
        }
    }
    return false;
}

static void list_sends(struct reach *r, struct host_sends_list *list, const struct hop *hop,
                       const struct host *host, uint32_t gateway)
{
    static const struct ports EPHEMERAL = {1024, 65535};
    struct arena scratch = {0};
    struct hop_side side = hop_far(r, &scratch, hop);
    for (size_t i = 0; i < side.n; i++) {
        const struct hop_view *v = &side.at[i];
        struct guard when = leads_to(r, &scratch, host, gateway, v->where);
        when = guard_and(r->space, when, v->possible);
        when = guard_and(r->space, when, portmap_some(&r->ports, v->back, EPHEMERAL));
        when = guard_and(r->space, when, host->there[hop->family]);
        if (reach_live(r, when) && v->forth != PORTMAP_NOTHING) {
            *VEC_ADD(r->arena, &list->at) = (struct host_sends){.when = when, .ports = v->forth};
        }
    }
    arena_release(&scratch);
}

const struct host_sends_list *host_sends(struct reach *r, const struct host *host, uint32_t gateway,
                                         const struct profile *target, size_t k, enum net_family f,
                                         int protocol)
{
    const struct world_interface *n = host->sample;
    bool named = names_groups(r->world, n);
    uint32_t subnet = target->sample->placements.at[k].subnet;
    const uint32_t key[] = {
        CACHE_SENDS,
        n->id,
        (uint32_t)host->placement,
        gateway,
        subnet,
        named ? target->sample->id : WORLD_NONE,
        f,
        (uint32_t)protocol,
    };
    struct host_sends_list *list = cache_get(r, key, 8);
    if (!list) {
        struct hop hop = {
            .sender = {.name = n->name,
                       .subnet = host->subnet,
                       .groups = n->groups.at,
                       .group_n = n->groups.n,
                       .filters = guard_not(r->space, n->open)},
            .target = target,
            .placement = k,
            .family = f,
            .protocol = protocol,
        };
        list = ARENA_NEW(r->arena, struct host_sends_list);
        list_sends(r, list, &hop, host, gateway);
        cache_put(r, key, 8, list);
    }
    return list;
}

static int ascending(const void *x, const void *y)
{
    const uint32_t *a = x;
    const uint32_t *b = y;
    return (*a > *b) - (*a < *b);
}

static struct host_owners joined(struct reach *r, const struct host_list *hosts,
                                 const uint32_t *numbers, size_t n)
{
    struct host_owners all = {0};
    for (size_t i = 0; i < n; i++) {
        all.n += hosts->at.at[numbers[i]].owners.n;
    }
    uint32_t *owners = ARENA_ARRAY(r->arena, all.n, uint32_t);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        const struct host *host = &hosts->at.at[numbers[i]];
        for (size_t k = 0; k < host->owners.n; k++) {
            owners[count++] = host->owners.at[k];
        }
    }
    if (count > 0) {
        qsort(owners, count, sizeof *owners, ascending);
    }
    all.at = owners;
    all.n = 0;
    for (size_t i = 0; i < count; i++) {
        if (all.n == 0 || owners[i] != owners[all.n - 1]) {
            owners[all.n++] = owners[i];
        }
    }
    return all;
}

struct host_owners hosts_owners(struct reach *r, uint32_t vpc, const uint32_t *numbers, size_t n)
{
    struct arena scratch = {0};
    struct key key = {.arena = &scratch};
    put(&key, CACHE_OWNERS);
    put(&key, vpc);
    for (size_t i = 0; i < n; i++) {
        put(&key, numbers[i]);
    }
    struct host_owners *known = cache_get(r, key.words.at, key.words.n);
    if (!known) {
        known = ARENA_NEW(r->arena, struct host_owners);
        *known = joined(r, hosts_of(r, vpc), numbers, n);
        cache_put(r, key.words.at, key.words.n, known);
    }
    arena_release(&scratch);
    return *known;
}
