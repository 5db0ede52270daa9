/*
 * What lies beyond an edge (SPACE of SEMANTICS 0.4): the internet, or the other side's
 * prefixes as the gateway's attachments to the VPC tell them.
 */
#ifndef CFNREACH_REACH_BEYOND_H
#define CFNREACH_REACH_BEYOND_H

#include "reach/edge.h"
#include "reach/line.h"

/* For each address the guard (its node) under which packets from it may come in through the
 * gateway to the VPC. Where the gateway is not attached, any: that is for the entry to say. */
struct line beyond_line(struct reach *r, struct arena *a, const struct edge_row *row,
                        uint32_t gateway, uint32_t vpc, enum net_family f);

/* The addresses that may come in under some deployable assignment. gateway may be WORLD_NONE. */
struct ipset beyond_set(struct reach *r, struct arena *a, const struct edge_row *row,
                        uint32_t gateway, uint32_t vpc, enum net_family f);

/* Does the gateway's attachment to the VPC know a prefix, or a table a route of unknown
 * destination, of the other side? Else nothing of the other side is in the world (1.4). */
bool beyond_modelled(const struct reach *r, uint32_t gateway, uint32_t vpc);

#endif
