/*
 * Route tables: longest prefix match with guarded routes (SEMANTICS 2.5).
 */
#ifndef CFNREACH_REACH_ROUTE_H
#define CFNREACH_REACH_ROUTE_H

#include "reach/line.h"
#include "reach/solver.h"

/* For each address the guard (its node) under which the table's next hop is this gateway,
 * whether or not it is attached. Kept. */
struct line route_line(struct reach *r, uint32_t table, enum net_family f, uint32_t gateway);

/* The route that decides for an address under an assignment; NULL: local, or none. */
const struct world_route *route_under(struct reach *r, uint32_t table, enum net_family f,
                                      struct address a, const uint32_t *outcome);

/* The best match for these sources that is not to a gateway of this kind: the longest that
 * covers them all, else the shortest that meets them; NULL: nothing but local routes. */
const struct world_route *route_elsewhere(struct reach *r, uint32_t table, struct ipset sources,
                                          enum world_gateway_kind kind);

#endif
