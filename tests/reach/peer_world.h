/*
 * Two VPCs and a peering connection with routes on both sides: the base interface in
 * 10.0.1.0/24 admits ssh from 10.1.0.0/16, where Bastion is, in 10.1.1.0/24.
 */
#ifndef CFNREACH_TESTS_REACH_PEER_WORLD_H
#define CFNREACH_TESTS_REACH_PEER_WORLD_H

#include "reach/profile.h"
#include "tests/reach/base_world.h"

struct peer_world {
    struct base_world b;
    uint32_t vpc, link, table, acl, subnet, group, owner, interface; /* of the other side */
    uint32_t egress;                                                 /* index of its rule */
};

static inline struct world_attachment *peer_attachment(struct peer_world *p)
{
    return &p->b.w->gateways.at[p->link].attachments.at[0];
}

static inline void peer_sides(struct peer_world *p)
{
    struct world *w = p->b.w;
    p->vpc = world_add_vpc(w, STR("Peer"));
    p->link = world_add_gateway(w, STR("Link"), GATEWAY_PEERING);
    world_add_attachment(w, p->link, GUARD_TRUE, p->b.vpc);
    world_add_source(w, p->link, GUARD_TRUE, prefix_from("10.1.0.0/16"));
    peer_attachment(p)->remote_vpc = p->vpc;
    world_add_attachment(w, p->link, GUARD_TRUE, p->vpc);
    base_route(&p->b, "10.1.0.0/16", p->link, GUARD_TRUE);
    p->table = world_add_table(w, STR("PeerTable"), p->vpc);
    world_add_route(w, p->table,
                    (struct world_route){.when = GUARD_TRUE,
                                         .destination = prefix_from("10.0.0.0/16"),
                                         .gateway = p->link});
}

static inline void peer_world(struct peer_world *p)
{
    memset(p, 0, sizeof *p);
    base_world(&p->b);
    struct world *w = p->b.w;
    peer_sides(p);
    p->acl = world_add_acl(w, STR("PeerAcl"));
    world_add_default_entries(w, p->acl, GUARD_TRUE);
    p->subnet = world_add_subnet(w, STR("PeerSubnet"), p->vpc);
    world_add_subnet_cidr(w, p->subnet, GUARD_TRUE, prefix_from("10.1.1.0/24"));
    world_choose_table(w, p->subnet, GUARD_TRUE, p->table);
    world_choose_acl(w, p->subnet, GUARD_TRUE, p->acl);
    p->group = world_add_group(w, STR("PeerGroup"), p->vpc);
    world_add_rule(w, p->group,
                   (struct world_rule){.when = GUARD_TRUE,
                                       .egress = true,
                                       .protocol = PROTOCOL_ALL,
                                       .group = WORLD_NONE,
                                       .remote = ipset_all(NET_V4)});
    p->owner = world_add_owner(w, STR("Bastion"), STR("AWS::EC2::Instance"));
    p->interface = world_add_interface(w, STR("Bastion/NetworkInterfaces/0"), p->owner);
    world_place(
        w, p->interface,
        (struct world_placement){
            .when = GUARD_TRUE, .subnet = p->subnet, .public4_id = WORLD_NONE, .has4 = GUARD_TRUE});
    world_join(w, p->interface, GUARD_TRUE, p->group);
    p->b.rule_v4 = base_rule(&p->b, PROTOCOL_TCP, (struct ports){22, 22}, "10.1.0.0/16");
}

#endif
