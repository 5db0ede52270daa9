/*
 * The world lists targets by balancer; here they are turned over, once: for each interface
 * and each balancer, the ways that lead to it.
 */
#include "reach/balancer.h"

struct turned_over {
    struct chain_list *to_interface;
    struct chain_list *to_balancer;
    bool *resolves; /* by balancer */
};

/* Can the target be there at all? */
static bool target_lives(const struct reach *r, const struct world_target *t, struct guard when)
{
    const struct world *w = r->world;
    when = guard_and(r->space, when, t->when);
    if (t->interface != WORLD_NONE) {
        const struct world_interface *n = &w->interfaces.at[t->interface];
        return n->owner != WORLD_NONE && reach_live(r, guard_and(r->space, when, n->when));
    }
    return t->balancer != WORLD_NONE && w->balancers.at[t->balancer].interfaces.n > 0 &&
           reach_live(r, when);
}

static void add_targets(const struct reach *r, struct turned_over *all, struct chain chain,
                        struct guard when)
{
    const struct world_target_group *g = &r->world->target_groups.at[chain.target_group];
    for (uint32_t i = 0; i < g->targets.n; i++) {
        const struct world_target *t = &g->targets.at[i];
        if (!target_lives(r, t, when)) {
            continue;
        }
        chain.target = i;
        struct chain_list *list = t->interface != WORLD_NONE ? &all->to_interface[t->interface]
                                                             : &all->to_balancer[t->balancer];
        *VEC_ADD(r->arena, &list->at) = chain;
        all->resolves[chain.balancer] = true;
    }
}

static void turn_over(const struct reach *r, struct turned_over *all, uint32_t balancer)
{
    const struct world_balancer *b = &r->world->balancers.at[balancer];
    for (uint32_t l = 0; l < b->listeners.n; l++) {
        const struct world_listener *listener = &b->listeners.at[l];
        for (uint32_t f = 0; f < listener->forwards.n; f++) {
            const struct world_forward *forward = &listener->forwards.at[f];
            struct chain chain = {.balancer = balancer,
                                  .listener = l,
                                  .forward = f,
                                  .target_group = forward->target_group};
            struct guard when = guard_and(r->space, listener->when, forward->when);
            if (reach_live(r, when)) {
                add_targets(r, all, chain, when);
            }
        }
    }
}

static const struct turned_over *turned_over(struct reach *r)
{
    const uint32_t key[] = {CACHE_BALANCER};
    const struct world *w = r->world;
    struct turned_over *all = cache_get(r, key, 1);
    if (!all) {
        all = ARENA_NEW(r->arena, struct turned_over);
        all->to_interface = ARENA_ARRAY(r->arena, w->interfaces.n, struct chain_list);
        all->to_balancer = ARENA_ARRAY(r->arena, w->balancers.n, struct chain_list);
        all->resolves = ARENA_ARRAY(r->arena, w->balancers.n, bool);
        for (uint32_t b = 0; b < w->balancers.n; b++) {
            turn_over(r, all, b);
        }
        cache_put(r, key, 1, all);
    }
    return all;
}

const struct chain_list *balancer_chains_to(struct reach *r, uint32_t interface)
{
    return &turned_over(r)->to_interface[interface];
}

const struct chain_list *balancer_feeds(struct reach *r, uint32_t balancer)
{
    return &turned_over(r)->to_balancer[balancer];
}

bool balancer_resolves(struct reach *r, uint32_t balancer)
{
    return turned_over(r)->resolves[balancer];
}
