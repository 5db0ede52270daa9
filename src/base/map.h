/*
 * An insertion-ordered map from byte slices to pointers, in an arena.
 *
 *     entries:  [ key,value ][ key,value ][ key,value ] ...   in order of insertion
 *     slots:    open addressing, each 0 or an entry's index + 1
 *
 * Iteration walks `entries`, so output never depends on hashes.
 */
#ifndef CFNREACH_BASE_MAP_H
#define CFNREACH_BASE_MAP_H

#include "base/str.h"

struct map_entry {
    struct str key; /* not copied: the caller's bytes must live as long as the map */
    void *value;
    uint64_t hash;
};

struct map {
    struct arena *arena;
    struct map_entry *entries;
    size_t n;
    size_t cap;
    uint32_t *slots;
    size_t slot_count; /* a power of two, or 0 */
};

void map_init(struct map *m, struct arena *a);

/* The value under key, or NULL. */
void *map_get(const struct map *m, struct str key);

/* Where the value of key is kept; a new key is added with value NULL. The
 * address is good until the next map_at. */
void **map_at(struct map *m, struct str key);

#endif
