/*
 * Combinations of values are numbered as they turn up; a number stands for its combination.
 */
#include "reach/stretch.h"

#include "base/map.h"

struct combinations {
    struct arena *arena;
    struct map numbers; /* bytes of the values -> its number */
    VEC(const uint32_t *) all;
    size_t lines;
};

static uint32_t numbered(void *ctx, const uint32_t *values)
{
    struct combinations *c = ctx;
    struct str key = {.p = (const char *)values, .n = c->lines * sizeof *values};
    uint32_t *number = map_get(&c->numbers, key);
    if (!number) {
        uint32_t *kept = ARENA_ARRAY(c->arena, c->lines, uint32_t);
        for (size_t i = 0; i < c->lines; i++) {
            kept[i] = values[i];
        }
        number = ARENA_NEW(c->arena, uint32_t);
        *number = (uint32_t)c->all.n;
        *VEC_ADD(c->arena, &c->all) = kept;
        key.p = (const char *)kept;
        *map_at(&c->numbers, key) = number;
    }
    return *number;
}

struct stretches stretches_of(struct arena *a, const struct line *lines, size_t n,
                              enum net_family f)
{
    struct combinations c = {.arena = a, .lines = n};
    map_init(&c.numbers, a);
    struct line numbers = line_overlay(a, lines, n, numbered, &c);
    struct line_parts parts = line_split(a, numbers, f, UINT32_MAX);
    struct stretch *at = ARENA_ARRAY(a, parts.n, struct stretch);
    for (size_t i = 0; i < parts.n; i++) {
        at[i] = (struct stretch){.where = parts.at[i].where, .values = c.all.at[parts.at[i].value]};
    }
    return (struct stretches){.at = at, .n = parts.n};
}
