/*
 * Small random worlds with everything that decides about a connection from the internet, drawn
 * from short lists of prefixes and ports so that the parts meet, nest and shadow each other.
 */
#ifndef CFNREACH_TESTS_REACH_RANDOM_WORLDS_H
#define CFNREACH_TESTS_REACH_RANDOM_WORLDS_H

#include "reach/world.h"
#include "tests/check.h"

/* The number-th world; equal numbers give equal worlds. All of it lives in the arena. */
struct world *random_world(struct arena *a, uint32_t number);

/* The same with private edges, middleboxes, entrances and rules for them. */
struct world *random_private_world(struct arena *a, uint32_t number);

#endif
