/*
 * Addresses that are not written down: anything in a subnet has one of the subnet's CIDRs, or
 * one that is not known (SEMANTICS 0.7, 10.7).
 */
#ifndef CFNREACH_REACH_WHEREABOUTS_H
#define CFNREACH_REACH_WHEREABOUTS_H

#include "reach/line.h"
#include "reach/solver.h"

/* For each address the guard (its node) under which something in the subnet may have it. */
struct line whereabouts_line(struct reach *r, struct arena *a, uint32_t subnet, enum net_family f);

/* All addresses that it may have. */
struct ipset whereabouts_set(struct reach *r, struct arena *a, uint32_t subnet, enum net_family f);

/* What is open wherever it is, given what is open (number of a port map) on each of n sets of
 * addresses and when it may be there; together they are all its addresses:
 *
 *     some  = or  (possible and open)         some address gets through
 *     every = and (not possible, or open)     whichever it is, it gets through
 *
 * `every`, or `some` together with the fact A-ADDR of the subject. */
uint32_t whereabouts_settle(struct reach *r, const struct guard *possible, const uint32_t *map,
                            size_t n, struct str subject);

#endif
