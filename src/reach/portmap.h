/*
 * Functions from a port to a guard, each kept once: equal functions have equal numbers.
 *
 *     0-21: TRUE   22: Env=dev   23-65535: TRUE      as pieces, FALSE left out
 */
#ifndef CFNREACH_REACH_PORTMAP_H
#define CFNREACH_REACH_PORTMAP_H

#include "base/map.h"
#include "base/vec.h"
#include "guard/guard.h"
#include "net/protocol.h"

struct port_piece {
    struct ports ports;
    struct guard when;
};

/* Ascending, disjoint; neighbours that touch differ in guard; no guard is FALSE. */
struct portmap {
    const struct port_piece *at;
    size_t n;
};

struct portmaps {
    struct arena *arena;
    struct guard_space *space;
    VEC(struct portmap) all;
    struct map numbers; /* bytes of the pieces -> its number */
};

enum { PORTMAP_NOTHING = 0, PORTMAP_EVERYTHING = 1 };

void portmaps_init(struct portmaps *m, struct arena *a, struct guard_space *space);
struct portmap portmap_of(const struct portmaps *m, uint32_t number);

/* The number of these pieces: ascending and disjoint; neighbours are joined, FALSE dropped. */
uint32_t portmap_number(struct portmaps *m, const struct port_piece *pieces, size_t n);

uint32_t portmap_and(struct portmaps *m, uint32_t number, struct guard g);
uint32_t portmap_or(struct portmaps *m, uint32_t x, uint32_t y);
uint32_t portmap_both(struct portmaps *m, uint32_t x, uint32_t y); /* port by port: x and y */

/* When some of these ports is in the map. */
struct guard portmap_some(const struct portmaps *m, uint32_t number, struct ports ports);

#endif
