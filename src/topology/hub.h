/*
 * Internal to topology: the route tables of transit gateways (SEMANTICS 1.5).
 */
#ifndef CFNREACH_TOPOLOGY_HUB_H
#define CFNREACH_TOPOLOGY_HUB_H

#include "topology/builder.h"

/* A VPC, a VPN connection or another gateway attached to a transit gateway. */
struct member {
    const struct slot *slot;
    uint32_t gateway;
    uint32_t vpc; /* WORLD_NONE: what is behind it is not in the templates */
    struct guard when;
    struct hits subnets;
    struct hits hubs; /* the tables that it is associated with, by index */
};

enum { HUB_BLACKHOLE = -1, HUB_OUTSIDE = -2 }; /* instead of a member */

struct hub_route {
    struct guard when;
    struct prefix prefix;
    bool any;   /* the prefix is not known */
    bool fixed; /* a static route: before a propagated one of the same length */
    int64_t member;
    struct topology_origin origin;
};

/* A table: one of the templates, or the default one of a gateway. */
struct hub {
    const struct slot *slot; /* NULL: default */
    uint32_t gateway;
    VEC(struct hub_route) routes; /* sorted by hub_sort: the first that matches wins */
};

struct hub_piece {
    struct guard when;
    struct prefix prefix;
    uint8_t settled; /* routes up to this length are reckoned with */
};
struct hub_pieces {
    VEC(struct hub_piece) all;
};

void hub_sort(struct hub *hub);

/* Where packets to (all of) the prefix go to the member. */
struct guard hub_leads(struct builder *b, const struct hub *hub, struct prefix prefix,
                       int64_t member);
/* Where some route of the table leads to the member, whatever its prefix. */
struct guard hub_names(struct builder *b, const struct hub *hub, int64_t member);
/* The parts of the prefix that go to the member. */
void hub_parts(struct builder *b, const struct hub *hub, struct prefix prefix, int64_t member,
               struct hub_pieces *out);

#endif
