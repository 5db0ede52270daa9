/*
 * A way: a rectangle of packets (clients x ports) that has come to an interface, and how. Ways
 * are linked backwards, from where they are to the edge:
 *
 *     way at target --before--> way at the balancer's interface --before--> NULL
 *
 * A balancer in front of a balancer (TargetType alb) makes one link more; there are no more
 * than three.
 */
#ifndef CFNREACH_REACH_BALANCER_WAY_H
#define CFNREACH_REACH_BALANCER_WAY_H

#include "reach/balancer.h"
#include "reach/hop.h"

/* Where packets come from: an edge's gateway, or a shortcut. */
struct origin {
    const struct edge_row *row;
    uint32_t gateway;  /* index */
    uint32_t shortcut; /* index, or WORLD_NONE */
};

struct way {
    const struct way *before;
    struct origin origin;
    uint32_t via;             /* the first balancer on it, or WORLD_NONE so far */
    const struct profile *at; /* where it is; its sample is the interface, or one alike */
    size_t placement;         /* 0 at a balancer: its interfaces have one each */
    enum net_family family;   /* of the client */
    int protocol;
    struct ports ports;
    struct ports front; /* at the edge; PORTS_EMPTY before the first listener */
    struct guard when;
    struct guard doubt;   /* who the clients are is not known: what only some of them pass
                             rests on this; TRUE if it is known */
    struct str somewhere; /* the same for A-ADDR: of struct contribution; empty if it is known */
    struct ipset clients; /* that get through so far; all equal to the sender if it has none */
    struct ipset sources; /* for the exposure: see struct contribution */
    enum exposure exposure;
    uint32_t group; /* index; what admitted it here, or WORLD_NONE */
    uint32_t rule;
    uint32_t rule_id;
    /* How it left `before`. */
    const struct chain *by; /* NULL without `before` */
    size_t number;          /* index of `by` in balancer_chains_to (or _feeds) of where it is */
    const struct hop *hop;
};

struct way_list {
    struct arena *arena;
    VEC(struct way) all;
};

/* The first link. */
const struct way *way_root(const struct way *w);

/* The origins that may have ways to the balancer; fed: through those that feed it. Kept. */
struct origin_list {
    VEC(struct origin) at;
};
const struct origin_list *way_origins(struct reach *r, uint32_t balancer, bool fed);

/* A profile whose sample stands in the subnets of this very interface: what a hop asks. Kept. */
const struct profile *way_profile(struct reach *r, uint32_t interface);

/* What comes from the edge to the interfaces of a balancer. Kept. */
const struct way_list *way_arrivals(struct reach *r, struct origin origin, uint32_t balancer,
                                    int protocol, enum net_family f);

/* Of the ways at the interfaces of chain.balancer what it sends on along the chain, to
 * one target, whose profile is given; `number` becomes way.number. */
void way_forward(struct reach *r, const struct way_list *from, const struct chain *chain,
                 size_t number, const struct profile *target, struct way_list *out);

/* Through the balancers that feed it, to the interfaces of a balancer. Kept. */
const struct way_list *way_fed(struct reach *r, struct origin origin, uint32_t balancer,
                               int protocol, enum net_family f);

#endif
