/*
 * Route tables: longest prefix match with guarded routes (SEMANTICS 2.5).
 */
#ifndef CFNREACH_REACH_ROUTE_H
#define CFNREACH_REACH_ROUTE_H

#include "reach/edge.h"
#include "reach/line.h"

/* For each address the guard (its node) under which the table's next hop is this gateway,
 * whether or not it is attached. Kept. */
struct line route_line(struct reach *r, uint32_t table, enum net_family f, uint32_t gateway);

/* The route that leads an address to the gateway under an assignment, one of unknown
 * destination if no other does; else the one that decides instead; NULL: local, or none. */
const struct world_route *route_to(struct reach *r, uint32_t table, uint32_t gateway,
                                   enum net_family f, struct address a, const uint32_t *outcome);

/* The route that decides for an address under an assignment; NULL: local, or none. Routes of
 * unknown destination do not count. */
const struct world_route *route_under(struct reach *r, uint32_t table, enum net_family f,
                                      struct address a, const uint32_t *outcome);

/* The best match for these sources that is not to a gateway of this edge: the longest that
 * covers them all, else the shortest that meets them; NULL: nothing but local routes. */
const struct world_route *route_elsewhere(struct reach *r, uint32_t table, struct ipset sources,
                                          const struct edge_row *row);

#endif
