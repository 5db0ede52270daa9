#include "base/map.h"

#ifdef CFNREACH_TEST
enum { FIRST_SLOTS = 2 };
#else
enum { FIRST_SLOTS = 16 };
#endif

/* Eight bytes at a time, the last ones perhaps twice; keys are names of a few words. Not str_hash,
 * which is frozen and goes byte by byte. Nothing that is shown depends on it. */
static uint64_t hash_of(struct str key)
{
    const uint64_t odd = 0x9E3779B97F4A7C15U;
    uint64_t h = key.n * odd;
    uint64_t word = 0;
    for (size_t i = 0; i + sizeof word < key.n; i += sizeof word) {
        memcpy(&word, key.p + i, sizeof word);
        h = (h ^ word) * odd;
        h ^= h >> 32;
    }
    if (key.n >= sizeof word) {
        memcpy(&word, key.p + key.n - sizeof word, sizeof word);
    } else {
        for (size_t i = 0; i < key.n; i++) {
            word = word << 8 | (unsigned char)key.p[i];
        }
    }
    h = (h ^ word) * odd;
    return h ^ h >> 32;
}

void map_init(struct map *m, struct arena *a)
{
    *m = (struct map){.arena = a};
}

/* The slot of key, or the empty slot where it belongs. */
static uint32_t *slot_of(const struct map *m, struct str key, uint64_t hash)
{
    size_t mask = m->slot_count - 1;
    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        uint32_t *slot = &m->slots[i];
        if (*slot == 0) {
            return slot;
        }
        const struct map_entry *e = &m->entries[*slot - 1];
        if (e->hash == hash && str_eq(e->key, key)) {
            return slot;
        }
    }
}

void *map_get(const struct map *m, struct str key)
{
    if (m->n == 0) {
        return NULL;
    }
    uint32_t slot = *slot_of(m, key, hash_of(key));
    return slot ? m->entries[slot - 1].value : NULL;
}

/* Twice the slots (at most half full) and room for as many entries. */
static void grow(struct map *m)
{
    size_t slots = m->slot_count ? m->slot_count * 2 : FIRST_SLOTS;
    size_t cap = slots / 2;
    m->entries =
        arena_grow(m->arena, m->entries, m->cap * sizeof *m->entries, cap * sizeof *m->entries);
    m->cap = cap;
    m->slots = ARENA_ARRAY(m->arena, slots, uint32_t);
    m->slot_count = slots;
    for (size_t i = 0; i < m->n; i++) {
        *slot_of(m, m->entries[i].key, m->entries[i].hash) = (uint32_t)i + 1;
    }
}

void **map_at(struct map *m, struct str key)
{
    uint64_t hash = hash_of(key);
    if (m->n > 0) {
        uint32_t slot = *slot_of(m, key, hash);
        if (slot) {
            return &m->entries[slot - 1].value;
        }
    }
    if (m->n == m->cap) {
        grow(m);
    }
    *slot_of(m, key, hash) = (uint32_t)m->n + 1;
    m->entries[m->n] = (struct map_entry){.key = key, .hash = hash};
    return &m->entries[m->n++].value;
}
