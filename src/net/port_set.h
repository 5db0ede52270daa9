/*
 * Sets of ports: sorted, disjoint ranges that do not touch, so equal sets are equal arrays.
 */
#ifndef CFNREACH_NET_PORT_SET_H
#define CFNREACH_NET_PORT_SET_H

#include "base/vec.h"
#include "net/protocol.h"

struct port_set {
    VEC(struct ports) at;
};

/* Any ranges in `s` into a set (n log n). Sorts s. */
struct port_set port_set_unite(struct arena *a, struct port_set s);

/* The following take sets. x without y; what is in both; linear. */
struct port_set port_set_minus(struct arena *a, const struct port_set *x, const struct port_set *y);
struct port_set port_set_both(struct arena *a, const struct port_set *x, const struct port_set *y);

bool port_set_same(const struct port_set *x, const struct port_set *y);

#endif
