/*
 * Stretches: the sets of addresses on which several lines are constant together, each once.
 *
 *     line 0   |--- 1 ---|--- 0 ----|--- 1 ---|
 *     line 1   |------ 7 ------|------ 3 -----|
 *     values    (1,7)     (0,7) (0,3)  (1,3)       four stretches
 */
#ifndef CFNREACH_REACH_STRETCH_H
#define CFNREACH_REACH_STRETCH_H

#include "reach/line.h"

struct stretch {
    struct ipset where;
    const uint32_t *values; /* one for each line */
};

struct stretches {
    const struct stretch *at; /* in order of first appearance */
    size_t n;
};

struct stretches stretches_of(struct arena *a, const struct line *lines, size_t n,
                              enum net_family f);

#endif
