/*
 * Interfaces alike. Two interfaces have one profile if they exist under the same guard, are
 * placed in subnets that do the same, have the same addresses and carry the same groups.
 * All that follows is worked out once for a profile; an interface only adds its ids.
 */
#ifndef CFNREACH_REACH_PROFILE_H
#define CFNREACH_REACH_PROFILE_H

#include "reach/path.h"
#include "reach/sweep.h"

/* A flow without its interface. */
struct row {
    uint32_t gateway; /* index */
    unsigned families;
    int protocol;
    struct piece piece;
    struct reach_judgement judgement;
    struct path_plan plan;
};

struct row_list {
    const struct row *at; /* by gateway, families, protocol, port */
    size_t n;
};

struct profile {
    const struct world_interface *sample;
    struct guard exists;
    const struct place **places; /* beside the sample's placements */
    struct row_list *rows;       /* by row of EDGES */
    struct reach_blockers **why; /* by row of EDGES; NULL until asked */
};

/* Kept. */
struct profile *profile_of(struct reach *r, uint32_t interface);

/* When a packet that has passed the gateway finds the interface at its k-th placement with
 * an address of this family: exists /\ address /\ entry. */
struct guard profile_guard(const struct reach *r, const struct profile *p, size_t k,
                           const struct edge_row *row, uint32_t gateway, enum net_family f);

#endif
