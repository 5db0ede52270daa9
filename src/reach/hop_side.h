/*
 * The two sides of a hop: the addresses that somebody may have, cut into stretches on which
 * ACLs, egress rules and the like do the same.
 */
#ifndef CFNREACH_REACH_HOP_SIDE_H
#define CFNREACH_REACH_HOP_SIDE_H

#include "reach/hop.h"

struct hop_view {
    struct ipset where;
    struct guard possible; /* the address is among these */
    uint32_t forth;        /* map of ports, of what goes on to the target */
    uint32_t back;         /* map of client ports, of what comes back */
    const uint32_t *parts; /* 1 where it is in the n-th part that was asked for */
};

struct hop_side {
    const struct hop_view *at;
    size_t n;
};

/* The sources that the target's subnet sees: the sender's addresses, or clients (all possible). */
struct hop_side hop_near(struct reach *r, struct arena *a, const struct hop *h,
                         const struct ipset *parts, size_t n);

/* The target's addresses that the sender's subnet sees, and the sender's own limits. */
struct hop_side hop_far(struct reach *r, struct arena *a, const struct hop *h);

#endif
