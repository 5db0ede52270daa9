/*
 * What a subnet does to packets between an edge's gateway and its interfaces, worked out
 * once for all interfaces in it: in through the ACL, back along a route to the gateway,
 * out through the ACL (SEMANTICS 0.4).
 */
#ifndef CFNREACH_REACH_TRANSIT_H
#define CFNREACH_REACH_TRANSIT_H

#include "reach/edge.h"
#include "reach/solver.h"

/* Sources that are treated alike, and the ports that they get through to. */
struct region {
    struct ipset sources;
    uint32_t ports; /* number of a port map */
};

struct transit {
    uint32_t number;
    uint32_t shape; /* transits of one edge, family and protocol with equal ones differ in
                       nothing but the guards of the pieces of their maps */
    const struct edge_row *row;
    const struct place *place;
    uint32_t gateway;
    enum net_family family;
    int protocol;
    const struct region *at; /* disjoint sources */
    size_t n;
    /* What comes and goes without a middlebox, on which groups are still known (2.1.7); NULL
     * where the edge knows none. */
    const struct transit *plain;
    /* What goes to the VPC itself or to a gateway endpoint rather than back to the edge. It
     * does not get through, but does not make the rest less of a world (SEMANTICS 2.5.4). */
    struct ipset excused;
};

/* Which of the conjuncts count; the others are taken as permissive. */
enum {
    TRANSIT_ACL_IN = 1,
    TRANSIT_ROUTE = 2, /* also: the source is beyond the edge */
    TRANSIT_ACL_OUT = 4,
    TRANSIT_ENTRY = 8, /* the gateway's own table; that it is attached is not asked here */
    TRANSIT_ALL = 15
};

struct transit_key {
    const struct edge_row *row;
    const struct place *place;
    uint32_t gateway; /* WORLD_NONE: no way back */
    enum net_family family;
    int protocol; /* tcp or udp */
    unsigned conjuncts;
    bool plain; /* ways through middleboxes left aside */
};

/* Kept. */
const struct transit *transit_of(struct reach *r, struct transit_key key);

/* Gives every subnet its place: those of one VPC with the same choices share one. */
void transit_places(struct reach *r);

#endif
