/*
 * Prefixes nest or are disjoint, so any list of them is a tree:
 *
 *     0.0.0.0/0 --- 10.0.0.0/8 --- 10.1.0.0/16
 *               `-- 192.0.2.0/24
 *
 * All addresses whose innermost node is the same are treated alike by whatever the list
 * stands for, so each node is looked at once. A parent's number is below its children's.
 */
#ifndef CFNREACH_REACH_NEST_H
#define CFNREACH_REACH_NEST_H

#include "reach/line.h"

struct nest_node {
    struct prefix prefix;
    uint32_t parent; /* of node 0: 0 */
    uint32_t begin;  /* its items are order[begin .. end) */
    uint32_t end;
};

struct nest {
    const struct nest_node *node; /* node 0: all addresses, always there */
    size_t n;
    const uint32_t *order; /* numbers of items, ascending within a node */
};

/* All n prefixes must be of family f (BUG). n log n. */
struct nest nest_of(struct arena *a, enum net_family f, const struct prefix *p, size_t n);

/* The line that has value[i] where node i is the innermost. */
struct line nest_line(struct arena *a, const struct nest *nest, const uint32_t *value);

#endif
