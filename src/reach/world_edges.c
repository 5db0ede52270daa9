/*
 * Building what the private edges and the balancers of a world consist of.
 */
#include "reach/world.h"

static void check(uint32_t index, size_t n, const char *what)
{
    if (index >= n) {
        BUG("no %s %u", what, (unsigned)index);
    }
}

static void check_or_none(uint32_t index, size_t n, const char *what)
{
    if (index != WORLD_NONE) {
        check(index, n, what);
    }
}

uint32_t world_add_balancer(struct world *w, struct str name, enum world_balancer_kind kind,
                            uint32_t owner)
{
    check(owner, w->owners.n, "owner");
    uint32_t index = (uint32_t)w->balancers.n;
    *VEC_ADD(w->arena, &w->balancers) =
        (struct world_balancer){.id = world_next_id(w), .name = name, .kind = kind, .owner = owner};
    return index;
}

uint32_t world_add_target_group(struct world *w, struct str name)
{
    uint32_t index = (uint32_t)w->target_groups.n;
    *VEC_ADD(w->arena, &w->target_groups) =
        (struct world_target_group){.id = world_next_id(w), .name = name, .protocol = PROTOCOL_TCP};
    return index;
}

uint32_t world_add_listener(struct world *w, uint32_t balancer, struct world_listener listener)
{
    check(balancer, w->balancers.n, "balancer");
    listener.id = world_next_id(w);
    uint32_t index = (uint32_t)w->balancers.at[balancer].listeners.n;
    *VEC_ADD(w->arena, &w->balancers.at[balancer].listeners) = listener;
    return index;
}

uint32_t world_add_entrance(struct world *w, struct world_entrance entrance)
{
    check(entrance.gateway, w->gateways.n, "gateway");
    check(entrance.subnet, w->subnets.n, "subnet");
    entrance.id = world_next_id(w);
    *VEC_ADD(w->arena, &w->entrances) = entrance;
    return (uint32_t)w->entrances.n - 1;
}

uint32_t world_add_shortcut(struct world *w, struct world_shortcut shortcut)
{
    check(shortcut.gateway, w->gateways.n, "gateway");
    check_or_none(shortcut.balancer, w->balancers.n, "balancer");
    check_or_none(shortcut.interface, w->interfaces.n, "interface");
    shortcut.id = world_next_id(w);
    *VEC_ADD(w->arena, &w->shortcuts) = shortcut;
    return (uint32_t)w->shortcuts.n - 1;
}

uint32_t world_add_source(struct world *w, uint32_t gateway, struct guard when, struct prefix p)
{
    check(gateway, w->gateways.n, "gateway");
    struct world_gateway *g = &w->gateways.at[gateway];
    check(0, g->attachments.n, "attachment");
    uint32_t id = world_next_id(w);
    *VEC_ADD(w->arena, &g->attachments.at[g->attachments.n - 1].sources) =
        (struct world_source){.id = id, .when = when, .prefix = p};
    return id;
}

uint32_t world_add_ingress(struct world *w, uint32_t gateway, struct world_ingress ingress)
{
    check(gateway, w->gateways.n, "gateway");
    check(ingress.subnet, w->subnets.n, "subnet");
    check_or_none(ingress.middlebox, w->gateways.n, "gateway");
    ingress.id = world_next_id(w);
    *VEC_ADD(w->arena, &w->gateways.at[gateway].ingress) = ingress;
    return ingress.id;
}

uint32_t world_add_forward(struct world *w, uint32_t balancer, uint32_t listener,
                           struct world_forward forward)
{
    check(balancer, w->balancers.n, "balancer");
    check(listener, w->balancers.at[balancer].listeners.n, "listener");
    check(forward.target_group, w->target_groups.n, "target group");
    forward.id = world_next_id(w);
    *VEC_ADD(w->arena, &w->balancers.at[balancer].listeners.at[listener].forwards) = forward;
    return forward.id;
}

uint32_t world_add_target(struct world *w, uint32_t target_group, struct world_target target)
{
    check(target_group, w->target_groups.n, "target group");
    check_or_none(target.interface, w->interfaces.n, "interface");
    check_or_none(target.balancer, w->balancers.n, "balancer");
    target.id = world_next_id(w);
    *VEC_ADD(w->arena, &w->target_groups.at[target_group].targets) = target;
    return target.id;
}
