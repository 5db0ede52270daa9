/*
 * Edges as rows: what lies beyond (source space), what the destination needs (address),
 * and what lets packets in (entry). The other conjuncts of OPEN are the same for all that
 * come in by a gateway of a VPC; some begin inside it (SEMANTICS 1.7).
 */
#ifndef CFNREACH_REACH_EDGE_H
#define CFNREACH_REACH_EDGE_H

#include "reach/solver.h"

enum edge_way {
    EDGE_BY_GATEWAY,  /* across the border of a VPC */
    EDGE_BY_ENTRANCE, /* a hop from a subnet in it: world_entrance */
    EDGE_BY_SHORTCUT  /* world_shortcut */
};

struct edge_row {
    enum world_edge edge;
    enum edge_way way;
    unsigned gateways; /* the kinds of its components, as bits; see edge_has_kind */
    bool always_there; /* worth a word even where a VPC has none of its gateways */
    bool may_refer;    /* rules that name a group of the other side may match (2.1.6) */
    /* Addresses beyond the edge; what routes elsewhere drops out later. Static memory.
     * NULL: what the gateway's attachment says (beyond.h). */
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
bool edge_has_kind(const struct edge_row *row, enum world_gateway_kind kind);

/* When the gateway is attached to the VPC; WORLD_NONE for either: never. */
struct guard edge_entry(const struct reach *r, uint32_t gateway, uint32_t vpc);

/* Fills r->attached. */
void edge_attach(struct reach *r);

/* The gateways of an edge that matter to a place, ascending: those attached to its VPC and
 * those that its tables name; those with an entrance in its VPC. None for shortcuts. */
struct gateway_list {
    VEC(uint32_t) at;
};
const struct gateway_list *edge_gateways(struct reach *r, const struct edge_row *row,
                                         const struct place *place);

#endif
