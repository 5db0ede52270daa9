/*
 * Rules that name a group of the other side of a private edge: they match what comes from the
 * interfaces there that carry it, whose addresses are somewhere in their subnets (SEMANTICS
 * 2.1.6, 10.12).
 */
#ifndef CFNREACH_REACH_REFERENCE_H
#define CFNREACH_REACH_REFERENCE_H

#include "reach/admit.h"

/* Adds what the index-th rule of a group opens of what gets through a plain transit. What
 * only a part of a subnet's addresses gets rests on A-ADDR of that subnet. */
void reference_open(struct reach *r, const struct transit *plain, uint32_t group, uint32_t index,
                    struct contribution_heap *heap);

/* Does it open some of these ports to some of these sources under `when`, wherever they are
 * in their subnets? */
bool reference_some(struct reach *r, const struct transit *plain, uint32_t group, uint32_t index,
                    struct ipset sources, struct ports ports, struct guard when);

/* The sources of one of these rules that get through. t: not plain. */
struct ipset reference_sources(struct reach *r, struct arena *a, const struct transit *t,
                               uint32_t group, uint32_t index);

#endif
