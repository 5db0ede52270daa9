/*
 * Balancers, one packet at a time (SEMANTICS 1.6): one packet to the balancer, then one packet
 * from it, tried with every address that it and the target may have. Like the simulator it
 * shares nothing with src/reach but the world's data. Subnets must be small.
 */
#ifndef CFNREACH_TESTS_REACH_SIMULATOR_BALANCER_H
#define CFNREACH_TESTS_REACH_SIMULATOR_BALANCER_H

#include "reach/world.h"

/* A client's connection through the balancer `via`, to a listener, and where it is to end. */
struct sim_connection {
    uint32_t gateway; /* index: of the internet, a private edge, or an endpoint service */
    uint32_t via;     /* index: the first balancer */
    uint16_t listener;
    enum net_family family;
    struct address client;
    int protocol;
    uint32_t interface;   /* index: the target */
    uint16_t port;        /* on the target */
    const bool *resolves; /* for each balancer: simulate_resolves */
};

/* Does it get there, and is it answered? outcome[var] for every variable. */
bool simulate_balancer(struct world *w, const uint32_t *outcome, const struct sim_connection *c);

/* Is there, under some assignment of the family, anything that it passes packets on to?
 * variables: the first of the space, which all of the world's guards are over. */
bool simulate_resolves(const struct world *w, uint32_t balancer, uint32_t variables);

#endif
