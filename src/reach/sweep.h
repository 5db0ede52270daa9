/*
 * From rectangles to maximal port ranges.
 */
#ifndef CFNREACH_REACH_SWEEP_H
#define CFNREACH_REACH_SWEEP_H

#include "reach/admit.h"

/* Ports that are open to the same sources, by the same rules, under the same guard. */
struct piece {
    struct ports ports;
    struct reach_when when;
    enum exposure exposure;
    const struct reach_opener *openers; /* by id */
    const uint32_t *rules;              /* beside them: index of the rule in its group */
    size_t opener_n;
};

struct pieces {
    const struct piece *at; /* ascending, disjoint */
    size_t n;
};

/* Sorts the contributions by rule id. All are of one row, family and protocol. */
struct pieces sweep_pieces(struct reach *r, const struct edge_row *row, struct contribution *c,
                           size_t n);

/* Equal in all but the ports? */
bool piece_alike(const struct piece *x, const struct piece *y);

#endif
