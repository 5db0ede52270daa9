/*
 * Walks the port line 0..65535 over many ranges at once. Between two bounds nothing
 * changes, so the walk stops once for each segment and says which ranges cover it:
 *
 *     range 0   |---------|
 *     range 1        |---------|
 *     segments  |-0--|0,1 |-1--|
 */
#ifndef CFNREACH_REACH_PORT_SWEEP_H
#define CFNREACH_REACH_PORT_SWEEP_H

#include <stddef.h>

#include "base/arena.h"
#include "net/protocol.h"

struct port_sweep {
    const struct ports *ranges;
    const uint32_t *waiting; /* ranges that have not begun, by begin */
    size_t waiting_n;
    struct ports segment;
    uint32_t *active; /* numbers of the ranges that cover the segment, ascending */
    size_t active_n;
    uint32_t next; /* where the next segment may begin; 65536 at the end */
};

/* ranges must outlive the walk; empty ones are left out. */
struct port_sweep port_sweep_over(struct arena *a, const struct ports *ranges, size_t n);

/* The next segment that some range covers; false at the end. */
MUST_CHECK bool port_sweep_next(struct port_sweep *s);

#endif
