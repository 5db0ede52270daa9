/*
 * One row for both families where that says the same.
 */
#ifndef CFNREACH_REACH_FAMILIES_H
#define CFNREACH_REACH_FAMILIES_H

#include "reach/sweep.h"

/* If the maximal ranges of equal guard are the same in both, the pieces of both together
 * (cut where either is cut); n is 0 if they must stay apart. */
struct pieces families_joined(struct reach *r, struct pieces v4, struct pieces v6);

#endif
