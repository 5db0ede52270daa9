/*
 * Maps are compared by the bytes of their pieces, written as three numbers each.
 */
#include "reach/portmap.h"

#include "reach/port_sweep.h"

void portmaps_init(struct portmaps *m, struct arena *a, struct guard_space *space)
{
    *m = (struct portmaps){.arena = a, .space = space};
    map_init(&m->numbers, a);
    const struct port_piece all = {.ports = PORTS_ALL, .when = GUARD_TRUE};
    if (portmap_number(m, NULL, 0) != PORTMAP_NOTHING ||
        portmap_number(m, &all, 1) != PORTMAP_EVERYTHING) {
        BUG("the first maps");
    }
}

struct portmap portmap_of(const struct portmaps *m, uint32_t number)
{
    if (number >= m->all.n) {
        BUG("no port map %u", (unsigned)number);
    }
    return m->all.at[number];
}

static size_t joined(struct port_piece *out, const struct port_piece *pieces, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        if (guard_is_false(pieces[i].when) || ports_is_empty(pieces[i].ports)) {
            continue;
        }
        struct port_piece *last = count > 0 ? &out[count - 1] : NULL;
        if (last && last->ports.end + 1U == pieces[i].ports.begin &&
            guard_same(last->when, pieces[i].when)) {
            last->ports.end = pieces[i].ports.end;
        } else {
            out[count++] = pieces[i];
        }
    }
    return count;
}

static struct str bytes_of(struct arena *a, const struct port_piece *pieces, size_t n)
{
    uint32_t *words = ARENA_ARRAY(a, 3 * n, uint32_t);
    for (size_t i = 0; i < n; i++) {
        words[3 * i] = pieces[i].ports.begin;
        words[3 * i + 1] = pieces[i].ports.end;
        words[3 * i + 2] = pieces[i].when.node;
    }
    return (struct str){.p = (const char *)words, .n = 3 * n * sizeof *words};
}

uint32_t portmap_number(struct portmaps *m, const struct port_piece *pieces, size_t n)
{
    struct arena scratch = {0};
    struct port_piece *canonical = ARENA_ARRAY(&scratch, n, struct port_piece);
    size_t count = joined(canonical, pieces, n);
    struct str key = bytes_of(&scratch, canonical, count);
    uint32_t *number = map_get(&m->numbers, key);
    if (!number) {
        struct port_piece *kept = ARENA_ARRAY(m->arena, count, struct port_piece);
        for (size_t i = 0; i < count; i++) {
            kept[i] = canonical[i];
        }
        number = ARENA_NEW(m->arena, uint32_t);
        *number = (uint32_t)m->all.n;
        *VEC_ADD(m->arena, &m->all) = (struct portmap){.at = kept, .n = count};
        *map_at(&m->numbers, str_copy(m->arena, key)) = number;
    }
    uint32_t result = *number;
    arena_release(&scratch);
    return result;
}

uint32_t portmap_and(struct portmaps *m, uint32_t number, struct guard g)
{
    if (guard_is_true(g) || number == PORTMAP_NOTHING) {
        return number;
    }
    if (guard_is_false(g)) {
        return PORTMAP_NOTHING;
    }
    struct arena scratch = {0};
    struct portmap map = portmap_of(m, number);
    struct port_piece *pieces = ARENA_ARRAY(&scratch, map.n, struct port_piece);
    for (size_t i = 0; i < map.n; i++) {
        pieces[i].ports = map.at[i].ports;
        pieces[i].when = guard_and(m->space, map.at[i].when, g);
    }
    uint32_t result = portmap_number(m, pieces, map.n);
    arena_release(&scratch);
    return result;
}

uint32_t portmap_or(struct portmaps *m, uint32_t x, uint32_t y)
{
    if (x == y || y == PORTMAP_NOTHING) {
        return x;
    }
    if (x == PORTMAP_NOTHING) {
        return y;
    }
    struct arena scratch = {0};
    struct portmap both[2] = {portmap_of(m, x), portmap_of(m, y)};
    size_t n = both[0].n + both[1].n;
    struct ports *ranges = ARENA_ARRAY(&scratch, n, struct ports);
    for (size_t i = 0; i < n; i++) {
        ranges[i] = i < both[0].n ? both[0].at[i].ports : both[1].at[i - both[0].n].ports;
    }
    VEC(struct port_piece) pieces = {0};
    struct port_sweep sweep = port_sweep_over(&scratch, ranges, n);
    while (port_sweep_next(&sweep)) {
        struct guard when = GUARD_FALSE;
        for (size_t k = 0; k < sweep.active_n; k++) {
            uint32_t i = sweep.active[k];
            const struct port_piece *piece =
                i < both[0].n ? &both[0].at[i] : &both[1].at[i - both[0].n];
            when = guard_or(m->space, when, piece->when);
        }
        *VEC_ADD(&scratch, &pieces) = (struct port_piece){.ports = sweep.segment, .when = when};
    }
    uint32_t result = portmap_number(m, pieces.at, pieces.n);
    arena_release(&scratch);
    return result;
}

uint32_t portmap_both(struct portmaps *m, uint32_t x, uint32_t y)
{
    if (x == y || y == PORTMAP_EVERYTHING || x == PORTMAP_NOTHING) {
        return x;
    }
    if (x == PORTMAP_EVERYTHING || y == PORTMAP_NOTHING) {
        return y;
    }
    struct arena scratch = {0};
    struct portmap a = portmap_of(m, x);
    struct portmap b = portmap_of(m, y);
    VEC(struct port_piece) pieces = {0};
    size_t i = 0;
    size_t k = 0;
    while (i < a.n && k < b.n) {
        struct ports ports = ports_both(a.at[i].ports, b.at[k].ports);
        if (!ports_is_empty(ports)) {
            struct guard when = guard_and(m->space, a.at[i].when, b.at[k].when);
            *VEC_ADD(&scratch, &pieces) = (struct port_piece){.ports = ports, .when = when};
        }
        if (a.at[i].ports.end < b.at[k].ports.end) {
            i++;
        } else {
            k++;
        }
    }
    uint32_t result = portmap_number(m, pieces.at, pieces.n);
    arena_release(&scratch);
    return result;
}

struct guard portmap_some(const struct portmaps *m, uint32_t number, struct ports ports)
{
    struct portmap map = portmap_of(m, number);
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < map.n; i++) {
        if (!ports_is_empty(ports_both(map.at[i].ports, ports))) {
            when = guard_or(m->space, when, map.at[i].when);
        }
    }
    return when;
}
