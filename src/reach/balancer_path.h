/*
 * The steps of a way, from the edge to the last group (SEMANTICS 5.7).
 */
#ifndef CFNREACH_REACH_BALANCER_PATH_H
#define CFNREACH_REACH_BALANCER_PATH_H

#include "reach/balancer_way.h"

/* Fills in the row's steps and what is told of the front, for a way that leads to some of the
 * row's ports; outcome: an assignment under which it does. The row is else complete. */
void balancer_path(struct reach *r, const struct way *way, const uint32_t *outcome,
                   struct balancer_row *row);

#endif
