/*
 * What the files of the solver share. From the world to the flows:
 *
 *     routes --route.c--> line --.
 *     ACL ------acl.c---> lines --transit.c--> regions (sources, ports -> guard)
 *     groups ------------------------------admit.c--> contributions --sweep.c--> pieces
 *     interfaces alike --profile.c--> rows --flows.c--> flows
 *
 * Everything that is worked out is kept under a key of small numbers in one map, so what
 * subnets, groups or interfaces have in common is worked out once.
 */
#ifndef CFNREACH_REACH_SOLVER_H
#define CFNREACH_REACH_SOLVER_H

#include "reach/portmap.h"
#include "reach/reach.h"

/* First word of a key. */
enum cache_kind {
    CACHE_ROUTE_ORDER,
    CACHE_ROUTE_LINE,
    CACHE_ACL_ORDER,
    CACHE_ACL_MAP,
    CACHE_ACL_OUT,
    CACHE_PLACE,
    CACHE_MIDDLEBOXES,
    CACHE_CARRIERS,
    CACHE_MODELLED,
    CACHE_HOST,
    CACHE_HOSTS,
    CACHE_SENDS,
    CACHE_OWNERS,
    CACHE_GATEWAYS,
    CACHE_TRANSIT,
    CACHE_SHAPE,
    CACHE_RECTANGLES,
    CACHE_ADMIT,
    CACHE_PROFILE,
    CACHE_JUDGEMENT,
    CACHE_ASSIGNMENT,
    CACHE_LISTENERS,
    CACHE_BALANCER,
    CACHE_ARRIVALS,
    CACHE_FED,
    CACHE_HOP,
    CACHE_WAY_PROFILE,
    CACHE_WAY_PROFILE_OF,
    CACHE_BALANCER_ROWS,
    CACHE_ORIGINS,
    CACHE_SHORTCUTS
};

/* A gateway that is attached to some VPC, and when. */
struct attached {
    uint32_t gateway;
    struct guard when;
};
struct attached_list {
    VEC(struct attached) gateways; /* ascending */
};

/* What the table of a gateway says of a subnet. */
struct place_ingress {
    uint32_t gateway;
    uint32_t middlebox; /* gateway, or WORLD_NONE: nothing enters */
    struct guard when;
    uint32_t id;
};

/* All that a subnet does to packets. Subnets alike share one, except in VPCs in which their
 * CIDRs matter: with an entrance, or with another VPC of the world beyond a gateway. */
struct place {
    uint32_t number;
    uint32_t vpc;
    const struct world_subnet *sample;
    const struct place_ingress *ingress; /* by gateway, then as in the world */
    size_t ingress_n;
};

struct reach {
    struct arena *arena;
    struct world *world;
    struct guard_space *space;
    struct portmaps ports;
    struct map cache;
    struct attached_list *attached; /* by VPC */
    struct carrier_list *carriers;  /* by group; reference.h; NULL until asked for */
    const struct place **places;    /* by subnet */
    uint32_t place_n;
    size_t openers;     /* of all pieces so far: LIMIT_OPENERS */
    bool cut;           /* of some pieces not all openers are kept */
    uint32_t first_cut; /* the rule that was the first not to be */
    uint32_t transit_n;
    uint32_t shape_n;
    size_t most; /* of reach_limit; 0: none */
};

/* What was kept under a key, or NULL; keeping it (once for each key). */
void *cache_get(const struct reach *r, const uint32_t *key, size_t n);
void cache_put(struct reach *r, const uint32_t *key, size_t n, void *value);

/* Is g possible within the family? */
bool reach_live(const struct reach *r, struct guard g);

/* Of two things by pairs of their keys, the first pair that differs decides: -1, 0, 1. */
int reach_compare(const uint32_t (*keys)[2], size_t n);

/* What is asked of one packet: the first one that the client sends. */
struct packet {
    enum net_family family;
    struct address source;
    int protocol;
    uint16_t port;
};

#endif
