/*
 * Flows through balancers (SEMANTICS 1.6): a packet comes to one of the balancer's interfaces
 * as to any other, is taken by a listener, and a new one leaves for a target, from the same
 * interface:
 *
 *     edge --> interface (sl) of the balancer --listener, forward--> hop sl -> target
 *
 * The rows that lead to an interface, through balancers or by a shortcut, have the shape of
 * its direct ones.
 */
#ifndef CFNREACH_REACH_BALANCER_H
#define CFNREACH_REACH_BALANCER_H

#include "reach/far_end.h"
#include "reach/profile.h"

/* A target of a balancer, and how packets come to it there: all indexes. */
struct chain {
    uint32_t balancer;
    uint32_t listener;
    uint32_t forward;
    uint32_t target_group;
    uint32_t target;
};

struct chain_list {
    VEC(struct chain) at; /* in order of the world */
};

/* Those that lead to an interface; to a balancer (TargetType alb). Kept; never NULL. */
const struct chain_list *balancer_chains_to(struct reach *r, uint32_t interface);
const struct chain_list *balancer_feeds(struct reach *r, uint32_t balancer);

/* Does one of its targets exist under some deployable assignment? Else the balancer itself
 * is what is reached (SEMANTICS 5.4, 10.4). */
bool balancer_resolves(struct reach *r, uint32_t balancer);

/* An interface of the first balancer, and when the row's packets come in there. */
struct balancer_front {
    const struct profile *at;
    struct guard when;
};

/* A flow without its interface. */
struct balancer_row {
    const struct edge_row *edge;
    uint32_t gateway;
    uint32_t via; /* the first balancer on the way; WORLD_NONE: a shortcut to the interface */
    struct ports listener;
    unsigned families;
    int protocol;
    struct piece piece;
    const struct reach_opener *front_openers;
    size_t front_opener_n;
    const struct balancer_front *fronts; /* none: a shortcut */
    size_t front_n;
    struct far_end *far;            /* NULL until asked */
    const struct reach_step *steps; /* without interface and owner */
    size_t step_n;
    size_t target_step; /* the last target group's; SIZE_MAX: none */
    size_t chain;       /* index in balancer_chains_to: what the last step goes by */
    size_t placement;
    uint32_t table;
    uint32_t route;
    uint32_t acl_out_entry;
    uint32_t public_by;
};

struct balancer_rows {
    struct balancer_row *at; /* no two alike in edge, gateway, via, families, protocol, port and
                                listener */
    size_t n;
};

/* Kept; interfaces alike with the same targets share one. */
const struct balancer_rows *balancer_rows_of(struct reach *r, uint32_t interface);

/* Who could use it: what comes in at the first balancer, whatever comes then. Ask only when
 * all profiles are made. */
const struct far_end *balancer_far_end(struct reach *r, struct balancer_row *row);

/* The steps of a row for one interface; their number is step_n + 2. */
const struct reach_step *balancer_steps(struct reach *r, const struct balancer_row *row,
                                        uint32_t interface);

#endif
