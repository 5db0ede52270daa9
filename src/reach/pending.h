/*
 * Guards that are worked out when they are asked for. Most flows end in no finding, and then nobody
 * asks under what they are open: that something gets through at all is tested without building
 * the guard.
 */
#ifndef CFNREACH_REACH_PENDING_H
#define CFNREACH_REACH_PENDING_H

#include "reach/solver.h"

/* One guard in two parts: where both hold. */
struct guard_pair {
    struct guard one;
    struct guard other;
};

/* Where one of n pairs holds, without the pinned variables. The pairs must stay. */
struct reach_when pending_pairs(struct reach *r, const struct guard_pair *pairs, size_t n);

/* Where one of n guards holds; known at once if all are. */
struct reach_when pending_any(struct reach *r, const struct reach_when *any, size_t n);

/* Have the two an assignment of the family in common? */
bool pending_live(const struct reach *r, struct guard one, struct guard other);

#endif
