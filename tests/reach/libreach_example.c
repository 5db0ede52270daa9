/*
 * libreach alone: an instance behind an internet gateway, written down as a world. Which of
 * its ports can the internet reach, and along which path?
 */
#include "reach/libreach.h"

#include <stdio.h>

int main(void)
{
    struct arena a = {0};
    struct world *w = world_new(&a, guard_space_new(&a));
    struct prefix anywhere = {.family = NET_V4, .length = 0};

    uint32_t vpc = world_add_vpc(w, STR("Vpc"));
    uint32_t igw = world_add_gateway(w, STR("Igw"), GATEWAY_INTERNET);
    world_add_attachment(w, igw, GUARD_TRUE, vpc);
    uint32_t table = world_add_table(w, STR("Public"), vpc);
    world_add_route(w, table, (struct world_route){.when = GUARD_TRUE, .gateway = igw}); /* 0/0 */
    uint32_t acl = world_add_acl(w, STR("Vpc.DefaultNetworkAcl"));
    world_add_default_entries(w, acl, GUARD_TRUE);
    uint32_t subnet = world_add_subnet(w, STR("Subnet"), vpc);
    world_choose_table(w, subnet, GUARD_TRUE, table);
    world_choose_acl(w, subnet, GUARD_TRUE, acl);

    uint32_t group = world_add_group(w, STR("Ssh"), vpc);
    world_add_rule(w, group,
                   (struct world_rule){.when = world_fact(w, FACT_SG, STR("is it open?")),
                                       .protocol = PROTOCOL_TCP,
                                       .ports = {22, 22},
                                       .group = WORLD_NONE,
                                       .remote = ipset_of(&a, anywhere)});
    uint32_t server = world_add_owner(w, STR("Server"), STR("instance"));
    uint32_t eth0 = world_add_interface(w, STR("Server/0"), server);
    world_join(w, eth0, GUARD_TRUE, group);
    world_place(w, eth0,
                (struct world_placement){GUARD_TRUE, subnet, .public4 = GUARD_TRUE,
                                         .has4 = GUARD_TRUE, .has6 = GUARD_FALSE,
                                         .public4_id = WORLD_NONE});

    struct reach_answer answer = reach_solve(reach_new(&a, w));
    for (size_t i = 0; i < answer.flow_n; i++) {
        const struct reach_flow *f = &answer.flows[i];
        (void)printf("%s: %s %d-%d is %s from the %s (%s), %zu steps\n",
                     w->interfaces.at[f->interface].name.p, protocol_name(f->protocol),
                     f->ports.begin, f->ports.end, reach_verdict_name(reach_flow_verdict(f)),
                     world_edge_name(f->edge), exposure_name(f->exposure),
                     reach_example(f)->path_n);
    }
    arena_release(&a);
    return answer.flow_n == 1 ? 0 : 1;
}
