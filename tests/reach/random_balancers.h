/*
 * Small random worlds of balancers: two of them, in subnets of four addresses each, so that
 * whoever wants to can try them all.
 */
#ifndef CFNREACH_TESTS_REACH_RANDOM_BALANCERS_H
#define CFNREACH_TESTS_REACH_RANDOM_BALANCERS_H

#include "reach/world.h"

/* The number-th world; equal numbers give equal worlds. Gateway 0 is the internet's; balancer
 * 1 may have balancer 0 among its targets. All of it lives in the arena. */
struct world *random_balancers(struct arena *a, uint32_t number);

/* The same with private edges: gateways 1 and perhaps 2, and an endpoint service, the last. */
struct world *random_private_balancers(struct arena *a, uint32_t number);

/* One client of the internet for each stretch of addresses that anything in these worlds
 * tells from the others. */
struct random_clients {
    const char *const *at;
    size_t n;
};
struct random_clients random_clients(enum net_family f);
/* The same anywhere, for the private worlds. */
struct random_clients random_private_clients(enum net_family f);

#endif
