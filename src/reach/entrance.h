/*
 * Ways in that begin inside the VPC: the end of a Client VPN's tunnel, an Instance Connect
 * Endpoint (SEMANTICS 1.7). From there it is a hop with the entrance's groups.
 */
#ifndef CFNREACH_REACH_ENTRANCE_H
#define CFNREACH_REACH_ENTRANCE_H

#include "reach/hop.h"

/* Adds what comes in through the edge's entrances of a gateway to the profile's interfaces. */
void entrance_admit(struct reach *r, const struct profile *p, const struct edge_row *row,
                    uint32_t gateway, int protocol, enum net_family f,
                    struct contribution_heap *heap);

/* Is some port of the question open at the k-th placement, in a family, under when, if these
 * conjuncts count (bits of enum reach_conjunct)? Without any entrance there is only no entry. */
bool entrance_passes(struct reach *r, const struct profile *p, const struct edge_row *row, size_t k,
                     enum net_family f, const struct reach_question *q, struct guard when,
                     unsigned counted);

/* One packet of a row that is open under the assignment. */
struct path_plan entrance_plan(struct reach *r, const struct profile *p,
                               const struct edge_row *edge, const struct row *row,
                               const uint32_t *outcome);

#endif
