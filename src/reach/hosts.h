/*
 * Hosts: interfaces as senders. Those that stand in one subnet with the same groups are one
 * host with many owners, since what they can send is the same.
 */
#ifndef CFNREACH_REACH_HOSTS_H
#define CFNREACH_REACH_HOSTS_H

#include "reach/hop.h"

struct host {
    uint32_t number;
    const struct world_interface *sample;
    size_t placement;      /* of the sample */
    uint32_t subnet;       /* index: where it stands */
    struct guard there[2]; /* by family: it exists and has an address */
    VEC(uint32_t) owners;  /* indexes, as the interfaces come */
};

struct host_list {
    VEC(struct host) at;
};

/* Those in a VPC. Kept; never NULL. */
const struct host_list *hosts_of(struct reach *r, uint32_t vpc);

/* What it can send through a gateway to the k-th placement of a profile, replies included. */
struct host_sends {
    struct guard when; /* the target has one of some addresses, to which the table leads */
    uint32_t ports;    /* number of a port map */
};
struct host_sends_list {
    VEC(struct host_sends) at;
};
const struct host_sends_list *host_sends(struct reach *r, const struct host *host, uint32_t gateway,
                                         const struct profile *target, size_t k, enum net_family f,
                                         int protocol); /* kept */

/* The owners of n hosts together, given by number, ascending; ascending, each once. Kept. */
struct host_owners {
    const uint32_t *at;
    size_t n;
};
struct host_owners hosts_owners(struct reach *r, uint32_t vpc, const uint32_t *numbers, size_t n);

#endif
