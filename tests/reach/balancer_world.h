/*
 * T25 of SEMANTICS section 8, as a world: an internet-facing application balancer in the base
 * world's public subnet, and its instance in a private one, where only the balancer's group
 * may come in at 8080. The listener is 443.
 */
#ifndef CFNREACH_TESTS_REACH_BALANCER_WORLD_H
#define CFNREACH_TESTS_REACH_BALANCER_WORLD_H

#include "tests/reach/base_world.h"

struct balancer_world {
    struct base_world b;
    uint32_t private_table, private_acl, private_subnet;
    uint32_t lb_group, lb_owner, lb_interface, lb, listener, target_group; /* indexes */
    uint32_t lb_rule, lb_egress, forward, target, target_rule;             /* ids */
};

static inline uint32_t lb_add_interface(struct balancer_world *x, uint32_t lb, uint32_t subnet,
                                        struct guard public4)
{
    struct world *w = x->b.w;
    struct world_balancer *balancer = &w->balancers.at[lb];
    uint32_t n = world_add_interface(w, balancer->name, balancer->owner);
    world_place(w, n,
                (struct world_placement){.when = GUARD_TRUE,
                                         .subnet = subnet,
                                         .public4 = public4,
                                         .public4_id = 815,
                                         .has4 = GUARD_TRUE,
                                         .has6 = GUARD_FALSE});
    w->interfaces.at[n].balancer = lb;
    *VEC_ADD(w->arena, &balancer->interfaces) = n;
    return n;
}

static inline uint32_t lb_add(struct balancer_world *x, const char *name,
                              enum world_balancer_kind kind)
{
    uint32_t owner = world_add_owner(x->b.w, str_from(name), STR("LoadBalancer"));
    uint32_t lb = world_add_balancer(x->b.w, str_from(name), kind, owner);
    x->b.w->balancers.at[lb].filters = kind == BALANCER_NETWORK ? GUARD_FALSE : GUARD_TRUE;
    return lb;
}

static inline void lb_serve(struct balancer_world *x, uint32_t lb, struct guard when, uint32_t from,
                            uint32_t to)
{
    struct world_balancer *balancer = &x->b.w->balancers.at[lb];
    *VEC_ADD(x->b.w->arena, &balancer->services) =
        (struct world_service){.when = when, .from = from, .to = to};
}

static inline uint32_t lb_listen(struct balancer_world *x, uint32_t lb, uint16_t port)
{
    return world_add_listener(x->b.w, lb,
                              (struct world_listener){.name = STR("Listener"),
                                                      .when = GUARD_TRUE,
                                                      .protocol = PROTOCOL_TCP,
                                                      .ports = {port, port}});
}

static inline uint32_t lb_forward(struct balancer_world *x, uint32_t lb, uint32_t listener,
                                  uint32_t target_group)
{
    return world_add_forward(
        x->b.w, lb, listener,
        (struct world_forward){.when = GUARD_TRUE, .target_group = target_group});
}

static inline uint32_t lb_target_group(struct balancer_world *x, struct guard preserves)
{
    uint32_t g = world_add_target_group(x->b.w, STR("Targets"));
    x->b.w->target_groups.at[g].protocol = PROTOCOL_TCP;
    x->b.w->target_groups.at[g].preserves = preserves;
    return g;
}

static inline uint32_t lb_target(struct balancer_world *x, uint32_t target_group,
                                 uint32_t interface, uint16_t port, struct guard when)
{
    return world_add_target(
        x->b.w, target_group,
        (struct world_target){
            .when = when, .interface = interface, .balancer = WORLD_NONE, .ports = {port, port}});
}

static inline uint32_t lb_refer(struct balancer_world *x, uint32_t group, uint32_t to,
                                uint16_t port)
{
    return world_add_rule(x->b.w, group,
                          (struct world_rule){.when = GUARD_TRUE,
                                              .protocol = PROTOCOL_TCP,
                                              .ports = {port, port},
                                              .group = to,
                                              .remote = ipset_empty(NET_V4)});
}

static inline uint32_t lb_send(struct balancer_world *x, uint32_t group, struct ports ports)
{
    return world_add_rule(x->b.w, group,
                          (struct world_rule){.when = GUARD_TRUE,
                                              .egress = true,
                                              .protocol = PROTOCOL_TCP,
                                              .ports = ports,
                                              .group = WORLD_NONE,
                                              .remote = ipset_all(NET_V4)});
}

/* The subnets and the instance; no balancer yet. */
static inline void lb_bare(struct balancer_world *x)
{
    memset(x, 0, sizeof *x);
    base_world(&x->b);
    struct world *w = x->b.w;
    x->private_table = world_add_table(w, STR("PrivateTable"), x->b.vpc);
    x->private_acl = world_add_acl(w, STR("PrivateAcl"));
    world_add_default_entries(w, x->private_acl, GUARD_TRUE);
    x->private_subnet = world_add_subnet(w, STR("Private"), x->b.vpc);
    world_add_subnet_cidr(w, x->private_subnet, GUARD_TRUE, prefix_from("10.0.2.0/24"));
    world_choose_table(w, x->private_subnet, GUARD_TRUE, x->private_table);
    world_choose_acl(w, x->private_subnet, GUARD_TRUE, x->private_acl);
    base_placement(&x->b)->subnet = x->private_subnet;
    base_placement(&x->b)->public4 = GUARD_FALSE;
}

/* A second subnet like the private one; nothing serves it yet. */
static inline uint32_t lb_twin_subnet(struct balancer_world *x)
{
    uint32_t twin = world_add_subnet(x->b.w, STR("Twin"), x->b.vpc);
    world_add_subnet_cidr(x->b.w, twin, GUARD_TRUE, prefix_from("10.0.3.0/24"));
    world_choose_table(x->b.w, twin, GUARD_TRUE, x->private_table);
    world_choose_acl(x->b.w, twin, GUARD_TRUE, x->private_acl);
    return twin;
}

/* Another instance of the base group, in one of the private subnets. */
static inline uint32_t lb_instance(struct balancer_world *x, uint32_t subnet)
{
    uint32_t n = base_instance(&x->b);
    x->b.w->interfaces.at[n].placements.at[0].subnet = subnet;
    x->b.w->interfaces.at[n].placements.at[0].public4 = GUARD_FALSE;
    world_join(x->b.w, n, GUARD_TRUE, x->b.group);
    return n;
}

/* T25. */
static inline void lb_world(struct balancer_world *x)
{
    lb_bare(x);
    struct world *w = x->b.w;
    x->lb = lb_add(x, "Alb", BALANCER_APPLICATION);
    x->lb_owner = w->balancers.at[x->lb].owner;
    x->lb_interface = lb_add_interface(x, x->lb, x->b.subnet, GUARD_TRUE);
    x->lb_group = world_add_group(w, STR("AlbGroup"), x->b.vpc);
    world_join(w, x->lb_interface, GUARD_TRUE, x->lb_group);
    x->lb_rule = base_rule_in(&x->b, x->lb_group, PROTOCOL_TCP, (struct ports){443, 443},
                              "0.0.0.0/0", GUARD_TRUE);
    x->lb_egress = lb_send(x, x->lb_group, PORTS_ALL);
    lb_serve(x, x->lb, GUARD_TRUE, x->b.subnet, x->private_subnet);
    x->listener = lb_listen(x, x->lb, 443);
    x->target_group = lb_target_group(x, GUARD_FALSE);
    x->forward = lb_forward(x, x->lb, x->listener, x->target_group);
    x->target = lb_target(x, x->target_group, x->b.interface, 8080, GUARD_TRUE);
    x->target_rule = lb_refer(x, x->b.group, x->lb_group, 8080);
}

/* T29: a network balancer without groups, listener and target 80; the target's group without
 * rules. */
static inline void nlb_world(struct balancer_world *x, struct guard preserves)
{
    lb_bare(x);
    struct world *w = x->b.w;
    x->lb = lb_add(x, "Nlb", BALANCER_NETWORK);
    x->lb_owner = w->balancers.at[x->lb].owner;
    x->lb_interface = lb_add_interface(x, x->lb, x->b.subnet, GUARD_TRUE);
    lb_serve(x, x->lb, GUARD_TRUE, x->b.subnet, x->private_subnet);
    x->listener = lb_listen(x, x->lb, 80);
    x->target_group = lb_target_group(x, preserves);
    x->forward = lb_forward(x, x->lb, x->listener, x->target_group);
    x->target = lb_target(x, x->target_group, x->b.interface, 80, GUARD_TRUE);
}

/* A line for each flow: "internet 0 via 0:443 v4 tcp 8080-8080 reachable world". */
static inline struct str lb_flows(struct balancer_world *x)
{
    static const char *const FAMILIES[] = {"none", "v4", "v6", "v4+v6"};
    struct reach_answer answer = base_solve(&x->b);
    struct str all = STR("");
    for (size_t i = 0; i < answer.flow_n; i++) {
        const struct reach_flow *f = &answer.flows[i];
        all =
            str_format(&x->b.a, "%.*s%s %u", STR_ARG(all), world_edge_name(f->edge), f->interface);
        if (f->via != WORLD_NONE) {
            all = str_format(&x->b.a, "%.*s via %u", STR_ARG(all), f->via);
        }
        if (!ports_is_empty(f->listener)) {
            all = str_format(&x->b.a, "%.*s :%u", STR_ARG(all), f->listener.begin);
        }
        all =
            str_format(&x->b.a, "%.*s %s %s %u-%u %s %s\n", STR_ARG(all), FAMILIES[f->families],
                       protocol_name(f->protocol), (unsigned)f->ports.begin, (unsigned)f->ports.end,
                       reach_verdict_name(reach_flow_verdict(f)), exposure_name(f->exposure));
    }
    return all;
}

#endif
