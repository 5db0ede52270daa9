/*
 * Lines are made from left to right and never changed. Laying n of them over each other
 * walks all pieces once, with a cursor in each.
 */
#include "reach/line.h"

#include <stdlib.h>

void line_put(struct line_maker *m, struct address first, uint32_t value)
{
    if (m->pieces.n > 0 && address_cmp(m->pieces.at[m->pieces.n - 1].first, first) == 0) {
        m->pieces.n--;
    }
    if (m->pieces.n > 0 && m->pieces.at[m->pieces.n - 1].value == value) {
        return;
    }
    *VEC_ADD(m->arena, &m->pieces) = (struct line_piece){.first = first, .value = value};
}

struct line line_made(const struct line_maker *m)
{
    return (struct line){.at = m->pieces.at, .n = m->pieces.n};
}

struct line line_constant(struct arena *a, uint32_t value)
{
    struct line_maker m = {.arena = a};
    line_put(&m, (struct address){0}, value);
    return line_made(&m);
}

struct line line_of_set(struct arena *a, struct ipset s, uint32_t inside, uint32_t outside)
{
    struct line_maker m = {.arena = a};
    line_put(&m, (struct address){0}, outside);
    for (size_t i = 0; i < s.n; i++) {
        line_put(&m, s.at[i].first, inside);
        if (address_cmp(s.at[i].last, address_last(s.family)) < 0) {
            line_put(&m, address_next(s.at[i].last), outside);
        }
    }
    return line_made(&m);
}

/* The line whose next piece begins first, or n if all are at their last piece. */
static size_t next_to_move(const struct line *lines, const size_t *cursor, size_t n)
{
    size_t best = n;
    for (size_t i = 0; i < n; i++) {
        if (cursor[i] + 1 < lines[i].n &&
            (best == n || address_cmp(lines[i].at[cursor[i] + 1].first,
                                      lines[best].at[cursor[best] + 1].first) < 0)) {
            best = i;
        }
    }
    return best;
}

struct line line_overlay(struct arena *a, const struct line *lines, size_t n, line_combine *combine,
                         void *ctx)
{
    struct arena scratch = {0};
    size_t *cursor = ARENA_ARRAY(&scratch, n, size_t);
    uint32_t *values = ARENA_ARRAY(&scratch, n, uint32_t);
    struct line_maker m = {.arena = a};
    for (size_t i = 0; i < n; i++) {
        values[i] = lines[i].at[0].value;
    }
    line_put(&m, (struct address){0}, combine(ctx, values));
    for (;;) {
        size_t first = next_to_move(lines, cursor, n);
        if (first == n) {
            break;
        }
        struct address here = lines[first].at[cursor[first] + 1].first;
        for (size_t i = 0; i < n; i++) {
            if (cursor[i] + 1 < lines[i].n &&
                address_cmp(lines[i].at[cursor[i] + 1].first, here) == 0) {
                values[i] = lines[i].at[++cursor[i]].value;
            }
        }
        line_put(&m, here, combine(ctx, values));
    }
    arena_release(&scratch);
    return line_made(&m);
}

struct labelled {
    uint32_t value;
    uint32_t piece;
};

static int by_value_then_piece(const void *x, const void *y)
{
    const struct labelled *a = x;
    const struct labelled *b = y;
    if (a->value != b->value) {
        return a->value < b->value ? -1 : 1;
    }
    return (a->piece > b->piece) - (a->piece < b->piece);
}

struct found {
    uint32_t first; /* piece */
    struct line_part part;
};

static int by_first(const void *x, const void *y)
{
    const struct found *a = x;
    const struct found *b = y;
    return (a->first > b->first) - (a->first < b->first);
}

/* Neighbouring pieces differ in value, so the ranges of one value never touch. */
static struct ipset ranges_of(struct arena *a, struct line l, enum net_family f,
                              const struct labelled *at, size_t n)
{
    struct ip_range *range = ARENA_ARRAY(a, n, struct ip_range);
    for (size_t i = 0; i < n; i++) {
        size_t piece = at[i].piece;
        range[i].first = l.at[piece].first;
        range[i].last = piece + 1 < l.n ? address_previous(l.at[piece + 1].first) : address_last(f);
    }
    return (struct ipset){.family = f, .at = range, .n = n};
}

struct line_parts line_split(struct arena *a, struct line l, enum net_family f, uint32_t none)
{
    struct arena scratch = {0};
    struct labelled *all = ARENA_ARRAY(&scratch, l.n, struct labelled);
    size_t n = 0;
    for (size_t i = 0; i < l.n; i++) {
        if (l.at[i].value != none) {
            all[n++] = (struct labelled){.value = l.at[i].value, .piece = (uint32_t)i};
        }
    }
    qsort(all, n, sizeof *all, by_value_then_piece);
    VEC(struct found) found = {0};
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && all[end].value == all[i].value) {
            end++;
        }
        struct line_part part = {.value = all[i].value,
                                 .where = ranges_of(a, l, f, all + i, end - i)};
        *VEC_ADD(&scratch, &found) = (struct found){.first = all[i].piece, .part = part};
        i = end;
    }
    if (found.n > 0) {
        qsort(found.at, found.n, sizeof *found.at, by_first);
    }
    struct line_part *parts = ARENA_ARRAY(a, found.n, struct line_part);
    for (size_t i = 0; i < found.n; i++) {
        parts[i] = found.at[i].part;
    }
    arena_release(&scratch);
    return (struct line_parts){.at = parts, .n = found.n};
}
