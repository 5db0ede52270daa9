/*
 * Edges as rows: what lies beyond (source space), what the destination needs (address),
 * and what lets packets in (entry). The other conjuncts of OPEN are the same for all.
 */
#ifndef CFNREACH_REACH_EDGE_H
#define CFNREACH_REACH_EDGE_H

#include "reach/solver.h"

struct edge_row {
    enum world_edge edge;
    enum world_gateway_kind gateway; /* the kind of component */
    /* Addresses beyond the edge; what routes elsewhere drops out later. Static memory. */
    struct ipset (*space)(enum net_family f);
    /* The address that the destination must have in this family. */
    struct guard (*address)(struct guard_space *s, const struct world_placement *p,
                            enum net_family f);
    /* How exposed a set of sources makes something; NULL where that says nothing. */
    enum exposure (*exposure)(struct arena *scratch, struct ipset sources);
};

/* The edges that are worked out, in the order of output. */
extern const struct edge_row EDGES[];
extern const size_t EDGE_ROWS;
const struct edge_row *edge_row(enum world_edge e); /* NULL: not worked out */

/* When the gateway is attached to the VPC; WORLD_NONE for either: never. */
struct guard edge_entry(const struct reach *r, uint32_t gateway, uint32_t vpc);

/* Fills r->attached. */
void edge_attach(struct reach *r);

/* The gateways of an edge that matter to a place, ascending: those attached to its VPC and
 * those that its tables name. */
struct gateway_list {
    VEC(uint32_t) at;
};
const struct gateway_list *edge_gateways(struct reach *r, const struct edge_row *row,
                                         const struct place *place);

#endif
