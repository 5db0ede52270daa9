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

/* The first packet of a connection from the internet, as the subnet's ACL sees it. */
struct sim_packet {
    uint32_t interface; /* index: where it goes */
    uint32_t gateway;   /* index: the internet gateway where it comes in */
    enum net_family family;
    struct address source;
    int protocol;
    uint16_t port;
    uint32_t rule;   /* WORLD_NONE, or: the id of the only group rule that is in force */
    unsigned waived; /* bit n: the n-th conjunct is taken as fulfilled */
};

enum sim_result {
    SIM_CLOSED,
    SIM_LOW_CLIENT_PORT, /* only clients with a source port below 1024 get an answer */
    SIM_OPEN
};

/* outcome[var] for every variable of the world's space. */
enum sim_result simulate(const struct world *w, const uint32_t *outcome,
                         const struct sim_packet *packet);

#endif
