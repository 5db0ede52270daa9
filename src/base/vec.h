/*
 * Typed growable arrays in an arena.
 *
 *     VEC(struct route) routes = {0};
 *     *VEC_ADD(arena, &routes) = route;
 *     for (size_t i = 0; i < routes.n; i++) use(&routes.at[i]);
 *
 * Elements move when the array grows: keep indexes, not pointers, while adding.
 */
#ifndef CFNREACH_BASE_VEC_H
#define CFNREACH_BASE_VEC_H

#include "base/arena.h"

#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *at;                                                                                  \
        size_t n;                                                                                  \
        size_t cap;                                                                                \
    }

/* A pointer to a new, zeroed last element. */
#define VEC_ADD(a, v)                                                                              \
    ((v)->n == (v)->cap ? (void)((v)->at = vec_grown((a), (v)->at, sizeof *(v)->at, &(v)->cap))    \
                        : (void)0,                                                                 \
     &(v)->at[(v)->n++])

/* Returns a block with room for a larger *cap elements; the old ones are kept. */
void *vec_grown(struct arena *a, void *at, size_t size, size_t *cap);

#endif
