/*
 * One map for all that is shared. A key is copied when something is kept under it.
 */
#include "reach/solver.h"

static struct str key_bytes(const uint32_t *key, size_t n)
{
    return (struct str){.p = (const char *)key, .n = n * sizeof *key};
}

void *cache_get(const struct reach *r, const uint32_t *key, size_t n)
{
    return map_get(&r->cache, key_bytes(key, n));
}

void cache_put(struct reach *r, const uint32_t *key, size_t n, void *value)
{
    void **slot = map_at(&r->cache, str_copy(r->arena, key_bytes(key, n)));
    if (*slot) {
        BUG("kept twice");
    }
    *slot = value;
}

bool reach_live(const struct reach *r, struct guard g)
{
    return !guard_disjoint(r->space, g, r->world->family);
}

int reach_compare(const uint32_t (*keys)[2], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (keys[i][0] != keys[i][1]) {
            return keys[i][0] < keys[i][1] ? -1 : 1;
        }
    }
    return 0;
}
