/*
 * A bump arena: memory that is given out piece by piece and dropped at once.
 *
 *     head -> [ block | used ....... free ] -> [ older block ] -> NULL
 *
 * Everything that belongs to one unit of analysis lives in one arena, so no
 * structure here has a destructor and nothing is reference counted.
 */
#ifndef CFNREACH_BASE_ARENA_H
#define CFNREACH_BASE_ARENA_H

#include <stddef.h>

#include "base/bug.h"

struct arena_block;

struct arena {
    struct arena_block *head;
    char *next;  /* first free byte of head */
    char *clean; /* the bytes of head from next to here are zero */
    size_t left; /* free bytes of head */
    char *hole;  /* bytes that nobody has any more, given out again first */
    size_t hole_left;
    size_t total; /* bytes taken from the system, for --stats */
};

/* An arena may also be zero-initialised: `struct arena a = {0};`. */
void arena_init(struct arena *a);

/* Frees every block; the arena is then empty and may be used again. */
void arena_release(struct arena *a);

/* Hands all that `from` has over to `a`, which releases it with its own; `from` is then empty. */
void arena_adopt(struct arena *a, struct arena *from);

/* size bytes, zeroed, aligned for any object. size 0 gives a valid pointer.
 * Never NULL: out of memory ends the process with status 2. */
void *arena_alloc(struct arena *a, size_t size);

/* The same, not zeroed: for bytes that are all written at once. */
void *arena_bytes(struct arena *a, size_t size);

/* n objects of `size` bytes each, zeroed; n * size may not overflow (BUG). */
void *arena_array(struct arena *a, size_t n, size_t size);

/* A block of `size` bytes grown from old (old_size bytes, may be NULL/0): in
 * place when old is the last thing that was given out, else copied; what was
 * copied is given out again. The new tail is zeroed. Used by vec.h. */
void *arena_grow(struct arena *a, void *old, size_t old_size, size_t size);

/* Gives back what is behind the first `keep` of the `size` bytes at p, where p is the last thing
 * that was given out; else does nothing. For arrays whose length is known last. */
void arena_trim(struct arena *a, void *p, size_t size, size_t keep);

#define ARENA_NEW(a, type)      ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, n, type) ((type *)arena_array((a), (n), sizeof(type)))

#endif
