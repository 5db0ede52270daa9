/*
 * Without a filter every region of the subnet is one contribution without a rule. Cutting
 * makes one contribution of each port range that is listened on, under its guard.
 */
#include "reach/listen.h"

#include "reach/balancer.h"

struct guard listen_open(struct reach *r, const struct world_interface *n)
{
    if (n->balancer == WORLD_NONE) {
        return n->open;
    }
    struct guard filters = r->world->balancers.at[n->balancer].filters;
    return guard_or(r->space, n->open, guard_not(r->space, filters));
}

static void add_region(struct reach *r, const struct transit *t, const struct region *region,
                       struct guard when, struct contribution_heap *heap)
{
    struct ipset sources = region->sources;
    if (!ipset_is_empty(t->excused)) {
        sources = ipset_union(r->arena, sources, t->excused);
    }
    struct arena scratch = {0};
    enum exposure exposure = t->row->exposure ? t->row->exposure(&scratch, sources) : EXPOSURE_NONE;
    arena_release(&scratch);
    struct portmap map = portmap_of(&r->ports, region->ports);
    for (size_t i = 0; i < map.n; i++) {
        struct guard open = guard_and(r->space, when, map.at[i].when);
        if (reach_live(r, open)) {
            *VEC_ADD(heap->arena, &heap->all) = (struct contribution){
                .ports = map.at[i].ports,
                .when = open,
                .group = WORLD_NONE,
                .rule = WORLD_NONE,
                .rule_id = WORLD_NONE,
                .sources = sources,
                .passing = region->sources,
                .exposure = exposure,
            };
        }
    }
}

void listen_unfiltered(struct reach *r, const struct world_interface *n, const struct transit *t,
                       struct guard when, struct contribution_heap *heap)
{
    struct guard open = guard_and(r->space, when, listen_open(r, n));
    if (!reach_live(r, open)) {
        return;
    }
    for (size_t i = 0; i < t->n; i++) {
        add_region(r, t, &t->at[i], open, heap);
    }
}

/* The listeners of a balancer, as what its interfaces listen on. */
static struct listen_list listeners(struct reach *r, uint32_t balancer)
{
    const uint32_t key[] = {CACHE_LISTENERS, balancer};
    struct listen_list *known = cache_get(r, key, 2);
    if (known) {
        return *known;
    }
    const struct world_balancer *b = &r->world->balancers.at[balancer];
    VEC(struct world_listening) list = {0};
    for (size_t i = 0; i < b->listeners.n; i++) {
        const struct world_listener *l = &b->listeners.at[i];
        static const int BOTH[] = {PROTOCOL_TCP, PROTOCOL_UDP};
        for (size_t k = 0; k < 2; k++) {
            if (l->protocol == PROTOCOL_ALL || l->protocol == BOTH[k]) {
                *VEC_ADD(r->arena, &list) = (struct world_listening){
                    .when = l->when, .protocol = BOTH[k], .ports = l->ports};
            }
        }
    }
    known = ARENA_NEW(r->arena, struct listen_list);
    *known = (struct listen_list){.at = list.at, .n = list.n};
    cache_put(r, key, 2, known);
    return *known;
}

struct listen_list listen_ports(struct reach *r, const struct world_interface *n)
{
    if (n->balancer != WORLD_NONE) {
        return listeners(r, n->balancer);
    }
    return (struct listen_list){.at = n->listens.at, .n = n->listens.n, .all = n->listens.n == 0};
}

void listen_cut(struct reach *r, const struct world_interface *n, int protocol,
                struct contribution_heap *heap)
{
    struct listen_list list = listen_ports(r, n);
    if (list.all) {
        return;
    }
    struct contribution_heap cut = {.arena = heap->arena};
    for (size_t i = 0; i < heap->all.n; i++) {
        for (size_t k = 0; k < list.n; k++) {
            struct contribution c = heap->all.at[i];
            if (list.at[k].protocol != protocol) {
                continue;
            }
            c.ports = ports_both(c.ports, list.at[k].ports);
            c.when = guard_and(r->space, c.when, list.at[k].when);
            if (!ports_is_empty(c.ports) && reach_live(r, c.when)) {
                *VEC_ADD(cut.arena, &cut.all) = c;
            }
        }
    }
    *heap = cut;
}

bool listen_elsewhere(struct reach *r, const struct world_interface *n)
{
    return n->balancer != WORLD_NONE && balancer_resolves(r, n->balancer);
}
