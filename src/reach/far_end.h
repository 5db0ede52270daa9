/*
 * Who could use an edge: hosts on the other side that the world knows (SEMANTICS 0.6). It
 * never changes a verdict.
 */
#ifndef CFNREACH_REACH_FAR_END_H
#define CFNREACH_REACH_FAR_END_H

#include "reach/profile.h"

struct far_end {
    enum reach_end_to_end value;
    const uint32_t *owners; /* indexes, ascending; only when confirmed */
    size_t owner_n;
    bool unmodelled; /* see beyond_modelled; a VPN gateway only */
};

/* What comes in through a gateway to an interface of the profile (that of a balancer, where a
 * flow passes one) at some of these ports, under when. */
struct far_question {
    const struct profile *front;
    const struct edge_row *edge;
    uint32_t gateway;
    unsigned families;
    int protocol;
    struct ports ports;
    struct reach_when when;
};

/* Confirmed: under some deployable assignment a host of the other VPC has a route to the
 * gateway, may send and be answered, and gets in. None: there is none, and all that may come
 * in is in the world. Else unknown; for an edge without hosts of interest n/a. Ask only when
 * all profiles are made. */
struct far_end far_end_of(struct reach *r, const struct far_question *q);

/* The better of two answers; if both are confirmed, by the owners of both. */
struct far_end far_end_both(struct reach *r, struct far_end x, struct far_end y);

#endif
