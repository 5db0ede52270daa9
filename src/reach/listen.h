/*
 * Where groups do not filter, and what listens: an instance may listen on any port, a
 * database on its own only (SEMANTICS 2.9); a balancer on those of its listeners (10.4).
 */
#ifndef CFNREACH_REACH_LISTEN_H
#define CFNREACH_REACH_LISTEN_H

#include "reach/admit.h"

/* Where no group filters what comes to it. */
struct guard listen_open(struct reach *r, const struct world_interface *n);

/* Adds what gets through the subnet where no group filters the interface. */
void listen_unfiltered(struct reach *r, const struct world_interface *n, const struct transit *t,
                       struct guard when, struct contribution_heap *heap);

/* The ports that the interface listens on. all: nothing is known, any port. */
struct listen_list {
    const struct world_listening *at;
    size_t n;
    bool all;
};
struct listen_list listen_ports(struct reach *r, const struct world_interface *n);

/* Cuts contributions of the protocol to them. */
void listen_cut(struct reach *r, const struct world_interface *n, int protocol,
                struct contribution_heap *heap);

/* Is it an interface of a balancer that passes everything on? Then it has no flows. */
bool listen_elsewhere(struct reach *r, const struct world_interface *n);

#endif
