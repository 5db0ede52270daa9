/*
 * Time per interface: one world straight into libreach, at growing numbers of interfaces that
 * share a hundred groups. What interfaces have in common is worked out once, so the time per
 * interface must not grow with their number.
 *
 *     Left --peering-- Right      each with an internet gateway, ten subnets, half of the
 *                                 interfaces; every interface carries two of the groups of its
 *                                 VPC: rules from the internet, from the other VPC's addresses,
 *                                 from one of the other VPC's groups; a balancer passes on to
 *                                 all of them
 *
 *     scale [INTERFACES...]       (default 1000 10000 100000)
 *
 * Processor time of building the world is not counted, that of solving it is. The last column
 * is a ratio within one run: the machine's mood cancels out.
 */
#include "reach/libreach.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { GROUPS = 100, SUBNETS = 10, SIDES = 2, RUNS = 3 };

struct side {
    uint32_t vpc;
    uint32_t gateway;
    uint32_t subnets[SUBNETS];
    uint32_t groups[GROUPS / SIDES];
};

static struct prefix prefix_of(unsigned second, unsigned third, unsigned length)
{
    struct prefix p = {.family = NET_V4, .length = (uint8_t)length};
    p.first.lo = (uint64_t)10 << 24 | (uint64_t)second << 16 | (uint64_t)third << 8;
    return p;
}

static struct str label(struct arena *a, const char *kind, unsigned side, uint32_t n)
{
    return str_format(a, "%s%u-%u", kind, side, (unsigned)n);
}

static void add_rule(struct world *w, uint32_t group, uint16_t port, struct prefix from,
                     uint32_t from_group)
{
    struct world_rule rule = {
        .when = GUARD_TRUE, .protocol = PROTOCOL_TCP, .ports = {port, port}, .group = from_group};
    rule.remote = ipset_of(w->arena, from);
    world_add_rule(w, group, rule);
}

static struct side add_side(struct world *w, struct arena *a, unsigned number, uint32_t peering)
{
    static const struct prefix ANYWHERE = {.family = NET_V4};
    struct side s = {.vpc = world_add_vpc(w, label(a, "vpc", number, 0))};
    world_add_cidr(w, s.vpc, GUARD_TRUE, prefix_of(number, 0, 16));
    s.gateway = world_add_gateway(w, label(a, "igw", number, 0), GATEWAY_INTERNET);
    world_add_attachment(w, s.gateway, GUARD_TRUE, s.vpc);
    uint32_t table = world_add_table(w, label(a, "table", number, 0), s.vpc);
    world_add_route(
        w, table,
        (struct world_route){.when = GUARD_TRUE, .destination = ANYWHERE, .gateway = s.gateway});
    world_add_route(w, table,
                    (struct world_route){.when = GUARD_TRUE,
                                         .destination = prefix_of(1 - number, 0, 16),
                                         .gateway = peering});
    uint32_t acl = world_add_acl(w, label(a, "acl", number, 0));
    world_add_default_entries(w, acl, GUARD_TRUE);
    for (uint32_t i = 0; i < SUBNETS; i++) {
        s.subnets[i] = world_add_subnet(w, label(a, "subnet", number, i), s.vpc);
        world_add_subnet_cidr(w, s.subnets[i], GUARD_TRUE, prefix_of(number, i, 24));
        world_choose_table(w, s.subnets[i], GUARD_TRUE, table);
        world_choose_acl(w, s.subnets[i], GUARD_TRUE, acl);
    }
    for (uint32_t i = 0; i < GROUPS / SIDES; i++) {
        s.groups[i] = world_add_group(w, label(a, "group", number, i), s.vpc);
        add_rule(w, s.groups[i], (uint16_t)(1000 + i), ANYWHERE, WORLD_NONE);
        add_rule(w, s.groups[i], (uint16_t)(2000 + i), prefix_of(1 - number, 0, 16), WORLD_NONE);
    }
    return s;
}

static void add_interfaces(struct world *w, struct arena *a, const struct side *s, unsigned number,
                           uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        struct str name = label(a, "i", number, i);
        uint32_t interface = world_add_interface(w, name, world_add_owner(w, name, STR("server")));
        world_place(w, interface,
                    (struct world_placement){.when = GUARD_TRUE,
                                             .subnet = s->subnets[i % SUBNETS],
                                             .public4 = i % 3 ? GUARD_TRUE : GUARD_FALSE,
                                             .public4_id = WORLD_NONE,
                                             .has4 = GUARD_TRUE});
        world_join(w, interface, GUARD_TRUE, s->groups[i % (GROUPS / SIDES)]);
        world_join(w, interface, GUARD_TRUE, s->groups[i * 7 / 3 % (GROUPS / SIDES)]);
    }
}

/* In one subnet, without groups; it passes port 80 on to `n` interfaces, the first being
 * `first`, in every subnet. */
static void add_balancer(struct world *w, struct arena *a, const struct side *s, unsigned number,
                         uint32_t first, uint32_t n)
{
    struct str name = label(a, "lb", number, 0);
    uint32_t owner = world_add_owner(w, name, STR("balancer"));
    uint32_t balancer = world_add_balancer(w, name, BALANCER_NETWORK, owner);
    uint32_t interface = world_add_interface(w, label(a, "lb", number, 1), owner);
    world_place(w, interface,
                (struct world_placement){.when = GUARD_TRUE,
                                         .subnet = s->subnets[0],
                                         .public4 = GUARD_TRUE,
                                         .public4_id = WORLD_NONE,
                                         .has4 = GUARD_TRUE});
    w->interfaces.at[interface].balancer = balancer;
    w->interfaces.at[interface].open = GUARD_TRUE;
    *VEC_ADD(a, &w->balancers.at[balancer].interfaces) = interface;
    for (uint32_t i = 0; i < SUBNETS; i++) {
        *VEC_ADD(a, &w->balancers.at[balancer].services) =
            (struct world_service){.when = GUARD_TRUE, .from = s->subnets[0], .to = s->subnets[i]};
    }
    uint32_t targets = world_add_target_group(w, label(a, "targets", number, 0));
    w->target_groups.at[targets].protocol = PROTOCOL_TCP;
    w->target_groups.at[targets].preserves = GUARD_TRUE;
    for (uint32_t i = 0; i < n; i++) {
        struct world_target t = {.when = GUARD_TRUE,
                                 .interface = first + i,
                                 .balancer = WORLD_NONE,
                                 .ports = {1000, 1000}};
        world_add_target(w, targets, t);
    }
    uint32_t listener = world_add_listener(w, balancer,
                                           (struct world_listener){.name = STR("listener"),
                                                                   .when = GUARD_TRUE,
                                                                   .protocol = PROTOCOL_TCP,
                                                                   .ports = {80, 80}});
    world_add_forward(w, balancer, listener,
                      (struct world_forward){.when = GUARD_TRUE, .target_group = targets});
}

static struct world *world_of(struct arena *a, uint32_t interfaces)
{
    struct world *w = world_new(a, guard_space_new(a));
    uint32_t peering = world_add_gateway(w, STR("peering"), GATEWAY_PEERING);
    struct side sides[SIDES];
    for (unsigned i = 0; i < SIDES; i++) {
        sides[i] = add_side(w, a, i, peering);
    }
    for (unsigned i = 0; i < SIDES; i++) {
        world_add_attachment(w, peering, GUARD_TRUE, sides[i].vpc);
        world_add_source(w, peering, GUARD_TRUE, prefix_of(1 - i, 0, 16));
        struct world_gateway *g = &w->gateways.at[peering];
        g->attachments.at[i].remote_vpc = sides[1 - i].vpc;
        g->attachments.at[i].group_references = GUARD_TRUE;
        for (uint32_t k = 0; k < GROUPS / SIDES; k++) {
            add_rule(w, sides[i].groups[k], (uint16_t)(3000 + k), prefix_of(0, 0, 32),
                     sides[1 - i].groups[k]);
        }
    }
    for (unsigned i = 0; i < SIDES; i++) {
        uint32_t first = (uint32_t)w->interfaces.n;
        add_interfaces(w, a, &sides[i], i, interfaces / SIDES);
        add_balancer(w, a, &sides[i], i, first, interfaces / SIDES);
    }
    return w;
}

static double seconds_of(uint32_t interfaces, size_t *flows)
{
    double best = 0;
    for (int i = 0; i < RUNS; i++) {
        struct arena a = {0};
        struct world *w = world_of(&a, interfaces);
        clock_t begin = clock();
        struct reach_answer answer = reach_solve(reach_new(&a, w));
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        best = i == 0 || seconds < best ? seconds : best;
        *flows = answer.flow_n;
        arena_release(&a);
    }
    return best;
}

int main(int argc, char **argv)
{
    static const uint32_t STANDARD[] = {1000, 10000, 100000};
    int n = argc > 1 ? argc - 1 : (int)(sizeof STANDARD / sizeof *STANDARD);
    double first = 0;
    (void)printf("| interfaces | flows | time | per interface | against the first row |\n"
                 "|---|---|---|---|---|\n");
    for (int i = 0; i < n; i++) {
        uint32_t interfaces = argc > 1 ? (uint32_t)strtoul(argv[i + 1], NULL, 10) : STANDARD[i];
        if (interfaces < SIDES || interfaces > 10000000) {
            (void)fprintf(stderr, "usage: scale [INTERFACES...]\n");
            return 2;
        }
        size_t flows = 0;
        double seconds = seconds_of(interfaces, &flows);
        double each = seconds / interfaces;
        first = i == 0 ? each : first;
        (void)printf("| %u | %zu | %.1f ms | %.2f us | **%.2f** |\n", (unsigned)interfaces, flows,
                     seconds * 1e3, each * 1e6, first > 0 ? each / first : 0.0);
        (void)fflush(stdout);
    }
    return 0;
}
