/*
 * Internal to topology: load balancers (SEMANTICS 1.6).
 *
 *     balancer.c  the balancer and its interfaces, one a subnet
 *     listener.c  listeners, their rules, what they forward to
 *     target.c    target groups and what registers with them
 *     zone.c      which subnets of a balancer serve which subnets of targets
 */
#ifndef CFNREACH_TOPOLOGY_BALANCER_H
#define CFNREACH_TOPOLOGY_BALANCER_H

#include "topology/builder.h"

/* Something that registers itself: a group of instances, a service of containers. Its primary
 * interfaces, which must exist when the pass `place` ends, become targets. */
struct registration {
    struct guard when;
    struct cfn_value with; /* target groups (ARNs) or Classic balancers (names), any mixture */
    uint32_t owner;        /* index in the world */
    struct ports ports;    /* on the interfaces; PORTS_EMPTY: as the target group says */
    const struct cfn_resource *by;
};

/* To be called in the pass `place`, by families whose members register themselves. */
void balancer_register(struct builder *b, struct registration r);

/* A Classic balancer has a target group for each listener. */
struct classic_group {
    const struct slot *slot;
    uint32_t target_group;
    struct guard when;
    struct ports ports; /* InstancePort */
};

/* A listener of the world, for the rules of its resource. */
struct listening {
    struct guard when;
    const struct slot *slot;
    uint32_t balancer;
    uint32_t listener;
};

struct balancing {
    VEC(struct registration) registrations;
    VEC(struct classic_group) classics;
    VEC(struct listening) listenings;
    struct map names; /* LoadBalancerName -> struct slot */
    uint32_t *first;  /* by owner: its first interface; WORLD_NONE */
    uint32_t *next;   /* by interface: the next one of its owner */
};

/* What is there from the first balancer on. */
struct balancing *balancer_state(struct builder *b);

/* A port, or the range in which one that is not known lies, as alternatives. */
struct services;
struct services balancer_ports(struct builder *b, const struct cfn_resource *r,
                               const struct doc_node *place, struct guard when,
                               struct cfn_value port);

/* HTTP, HTTPS, TCP, TLS, SSL: PROTOCOL_TCP; UDP; TCP_UDP: PROTOCOL_ALL. */
int balancer_protocol(struct str text);

/* An attribute of a list of {Key, Value}: where it is on, and off. One that is not known is
 * either, by a choice. */
struct attribute {
    struct guard on;
    struct guard off;
};
struct attribute balancer_attribute(struct builder *b, const struct cfn_resource *r,
                                    const char *list, const char *key);

/* A note (CFNR930, once for each) that a balancer, a listener, a target group or a target, which
 * the term names, stands outside the templates; nothing for an absent one. */
void balancer_outside(struct builder *b, const char *what, const struct cfn_term *term,
                      const char *therefore);

/* Passes of balancer_finish, in this order. */
void listener_finish(struct builder *b);
void target_finish(struct builder *b);
void zone_finish(struct builder *b);

#endif
