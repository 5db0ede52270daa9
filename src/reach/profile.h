/*
 * Interfaces alike. Two interfaces have one profile if they exist under the same guard, are
 * placed in subnets that do the same, have the same addresses and carry the same groups.
 * All that follows is worked out once for a profile; an interface only adds its ids.
 */
#ifndef CFNREACH_REACH_PROFILE_H
#define CFNREACH_REACH_PROFILE_H

#include "reach/path.h"
#include "reach/sweep.h"

struct far_end;

/* A flow without its interface. */
struct row {
    uint32_t gateway; /* index */
    unsigned families;
    int protocol;
    struct piece piece;
    struct path_plan *plan;   /* NULL until asked */
    struct far_end *far;      /* worked out when all profiles are made: see far_end.h */
    const struct ipset *only; /* for the path: the source is one of these; or NULL */
};

struct row_list {
    struct row *at; /* by gateway, families, protocol, port */
    size_t n;
};

struct profile {
    const struct world_interface *sample;
    struct guard exists;
    const struct place **places; /* beside the sample's placements */
    struct row_list *rows;       /* by row of EDGES */
    struct reach_blockers **why; /* by row of EDGES; NULL until asked */
    bool personal;               /* where the sample's address is matters: it has no other one */
};

/* Kept. */
struct profile *profile_of(struct reach *r, uint32_t interface);

/* When it has the address that the edge needs, at its k-th placement. */
struct guard profile_address(const struct reach *r, const struct profile *p, size_t k,
                             const struct edge_row *row, enum net_family f);

/* When a packet that has passed the gateway finds the interface at its k-th placement with
 * an address of this family: exists /\ address /\ entry. */
struct guard profile_guard(const struct reach *r, const struct profile *p, size_t k,
                           const struct edge_row *row, uint32_t gateway, enum net_family f);

/* Is the edge there for the interface: a gateway of its VPC, a route, an entrance? */
bool profile_has_edge(struct reach *r, const struct profile *p, const struct edge_row *row);

/* Adds what the interface's groups let in, under when, of what its subnet lets through. */
void profile_filter(struct reach *r, const struct profile *p, const struct transit *t,
                    struct guard when, struct contribution_heap *heap);

/* Adds what comes in through the gateway at any placement, whatever listens there. */
void profile_admit(struct reach *r, const struct profile *p, const struct edge_row *row,
                   uint32_t gateway, int protocol, enum net_family f,
                   struct contribution_heap *heap);

#endif
