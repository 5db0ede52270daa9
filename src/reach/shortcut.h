/*
 * Ways in past addresses and routes (SEMANTICS 1.7): an accelerator's endpoint, where ACLs and
 * groups are asked about the client, and a VPC endpoint service, whose packets a network
 * balancer takes unasked and sends on as its own.
 */
#ifndef CFNREACH_REACH_SHORTCUT_H
#define CFNREACH_REACH_SHORTCUT_H

#include "reach/balancer_way.h"

struct shortcut_list {
    VEC(uint32_t) at; /* indexes, ascending */
};

/* Those that end there. Kept; never NULL. */
const struct shortcut_list *shortcut_to_balancer(struct reach *r, uint32_t balancer);
const struct shortcut_list *shortcut_to_interface(struct reach *r, uint32_t interface);

struct origin shortcut_origin(const struct reach *r, uint32_t shortcut);

/* The ports at the edge behind which are these. */
struct ports shortcut_front(const struct reach *r, uint32_t shortcut, struct ports behind);

/* Adds what comes along the origin's shortcut to an interface. An accelerator is IPv4, as is
 * the default; so is an endpoint service. */
void shortcut_arrivals(struct reach *r, struct origin origin, uint32_t interface, int protocol,
                       enum net_family f, struct way_list *out);

#endif
