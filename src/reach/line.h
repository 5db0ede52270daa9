/*
 * A piecewise constant function over all addresses of one family. What a route table or
 * an ACL does depends on the remote address only at the bounds of the prefixes it names:
 *
 *     0.0.0.0     10.0.0.0      11.0.0.0
 *     |--- 3 -----|---- 0 ------|--- 3 --------...      values are guards, map numbers ...
 *
 * Several of them are laid over each other in one pass.
 */
#ifndef CFNREACH_REACH_LINE_H
#define CFNREACH_REACH_LINE_H

#include "base/vec.h"
#include "net/ipset.h"

struct line_piece {
    struct address first; /* it ends where the next one begins */
    uint32_t value;
};

/* The first piece begins at address 0; neighbours differ in value. */
struct line {
    const struct line_piece *at;
    size_t n; /* at least 1 */
};

/* Puts a line together from left to right. A piece that begins where the last one did
 * replaces it. Zero-initialise, set arena; the first piece must begin at address 0. */
struct line_maker {
    struct arena *arena;
    VEC(struct line_piece) pieces;
};
void line_put(struct line_maker *m, struct address first, uint32_t value);
struct line line_made(const struct line_maker *m);

struct line line_constant(struct arena *a, uint32_t value);
struct line line_of_set(struct arena *a, struct ipset s, uint32_t inside, uint32_t outside);

/* The function combine(values of the n lines). Linear in all pieces, times n. */
typedef uint32_t line_combine(void *ctx, const uint32_t *values);
struct line line_overlay(struct arena *a, const struct line *lines, size_t n, line_combine *combine,
                         void *ctx);

/* The sets of equal value, in order of first appearance; value `none` is left out. */
struct line_part {
    uint32_t value;
    struct ipset where;
};
struct line_parts {
    const struct line_part *at;
    size_t n;
};
struct line_parts line_split(struct arena *a, struct line l, enum net_family f, uint32_t none);

#endif
