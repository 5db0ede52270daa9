/*
 * One packet at a time: the predicate OPEN of SEMANTICS 0.4 read aloud. It shares nothing with
 * src/reach but the world's data, knows no sets and keeps nothing between two packets, so that
 * it can be checked by reading and can then judge the solver.
 */
#ifndef CFNREACH_TESTS_REACH_SIMULATOR_H
#define CFNREACH_TESTS_REACH_SIMULATOR_H

#include "reach/world.h"

/* The conjuncts of OPEN that can block; the numbers are those of enum reach_conjunct. */
enum sim_conjunct {
    SIM_EXISTS,
    SIM_ADDRESS,
    SIM_ENTRY,
    SIM_ACL_IN,
    SIM_GROUP,
    SIM_ROUTE,
    SIM_ACL_OUT,
    SIM_CONJUNCTS
};

/* The first packet of a connection from beyond a gateway, as the subnet's ACL sees it. */
struct sim_packet {
    uint32_t interface; /* index: where it goes */
    uint32_t gateway;   /* index: of the internet or a private edge, where it comes in */
    enum net_family family;
    struct address source;
    int protocol;
    uint16_t port;
    uint32_t rule;   /* WORLD_NONE, or: the id of the only group rule that is in force */
    unsigned waived; /* bit n: the n-th conjunct is taken as fulfilled */
    bool asymmetric; /* middleboxes pass connections of which they see one half (A-ASYM) */
    bool refers;     /* it is from a subnet beyond the gateway, `from`: only rules that name a
                        group count, if something there carries it */
    uint32_t from;
};

enum sim_result {
    SIM_CLOSED,
    SIM_LOW_CLIENT_PORT, /* only clients with a source port below 1024 get an answer */
    SIM_OPEN
};

/* The first packet of a connection that begins at an entrance: addresses of both ends. */
struct sim_hop {
    uint32_t interface;
    uint32_t entrance;
    enum net_family family;
    struct address source;
    struct address target;
    int protocol;
    uint16_t port;
    unsigned waived; /* the entry is the entrance and its destinations; the ACLs are both */
};

/* The edge at which a gateway of this kind stands; EDGE_COUNT: none. */
enum world_edge sim_edge(enum world_gateway_kind kind);

/* SIM_OPEN or SIM_CLOSED. */
enum sim_result simulate_hop(const struct world *w, const uint32_t *outcome,
                             const struct sim_hop *hop);

/* May something in the subnet have this address? (SEMANTICS 0.7: any, if no CIDR is known) */
bool sim_may_be_at(const struct world *w, const uint32_t *outcome, uint32_t subnet,
                   enum net_family f, struct address a);

/* outcome[var] for every variable of the world's space. */
enum sim_result simulate(const struct world *w, const uint32_t *outcome,
                         const struct sim_packet *packet);

#endif
