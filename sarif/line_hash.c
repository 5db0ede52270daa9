/*
 * GitHub's primaryLocationLineHash: what lets an alert survive lines moving above it.
 *
 * A polynomial hash over a window of the 100 UTF-16 units that begin at a line's first unit;
 * blanks and tabs do not count, every line break is one LF. The end of the file is the unit
 * 65535, then zeros until the last window has passed. Equal windows are told apart by how
 * often they have been seen: "hash:1", "hash:2". Uploads without GitHub's action need it from
 * us; with it, ours is compared to theirs.
 */
#include <inttypes.h>

#include "base/map.h"
#include "base/utf8.h"
#include "sarif/sarif.h"

enum { WINDOW = 100, FACTOR = 37, END_OF_FILE = 65535 };

struct hashed_line {
    uint64_t hash;
    size_t times; /* this hash has been seen by then */
};

struct sarif_line_hashes {
    VEC(struct hashed_line) all; /* [0] is line 1 */
};

struct rolling {
    struct arena *arena;
    struct sarif_line_hashes *out;
    struct map seen; /* the bytes of a hash -> how often, as a pointer-sized number */
    uint32_t window[WINDOW];
    uint32_t line_of[WINDOW]; /* line that began at this unit of the window; 0: none */
    uint32_t at;
    uint64_t hash;
    uint64_t power; /* FACTOR to the WINDOW */
    uint32_t line;
    bool at_line_start;
    bool after_cr;
};

/* The window that began a line is complete: its hash is the line's. */
static void line_is_complete(struct rolling *r)
{
    uint64_t *key = ARENA_NEW(r->arena, uint64_t);
    *key = r->hash;
    void **slot = map_at(&r->seen, (struct str){(const char *)key, sizeof *key});
    uintptr_t times = (uintptr_t)*slot + 1;
    *slot = (void *)times; // NOLINT: a count kept in place of a pointer
    *VEC_ADD(r->arena, &r->out->all) = (struct hashed_line){r->hash, (size_t)times};
    r->line_of[r->at] = 0;
}

static void push(struct rolling *r, uint32_t unit)
{
    r->hash = FACTOR * r->hash + unit - r->power * r->window[r->at];
    r->window[r->at] = unit;
    r->at = (r->at + 1) % WINDOW;
}

static void take(struct rolling *r, uint32_t unit)
{
    if (unit == ' ' || unit == '\t' || (r->after_cr && unit == '\n')) {
        r->after_cr = false;
        return;
    }
    r->after_cr = unit == '\r';
    if (r->after_cr) {
        unit = '\n';
    }
    if (r->line_of[r->at]) {
        line_is_complete(r);
    }
    if (r->at_line_start) {
        r->line_of[r->at] = ++r->line;
    }
    r->at_line_start = unit == '\n';
    push(r, unit);
}

static void take_point(struct rolling *r, uint32_t point)
{
    if (point > 0xFFFF && point != UTF8_BAD) {
        take(r, 0xD800 + ((point - 0x10000) >> 10));
        take(r, 0xDC00 + ((point - 0x10000) & 0x3FF));
    } else {
        take(r, point == UTF8_BAD ? UTF8_REPLACEMENT : point);
    }
}

struct sarif_line_hashes *sarif_hash_lines(struct arena *a, struct str bytes)
{
    struct rolling *r = ARENA_NEW(a, struct rolling);
    r->arena = a;
    r->out = ARENA_NEW(a, struct sarif_line_hashes);
    map_init(&r->seen, a);
    r->at_line_start = true;
    r->power = 1;
    for (unsigned i = 0; i < WINDOW; i++) {
        r->power *= FACTOR;
    }
    for (size_t i = 0; i < bytes.n;) {
        struct utf8_point p = utf8_next(bytes, i);
        take_point(r, p.value);
        i += p.n;
    }
    take(r, END_OF_FILE);
    for (unsigned i = 0; i < WINDOW; i++) {
        if (r->line_of[r->at]) {
            line_is_complete(r);
        }
        push(r, 0);
    }
    return r->out;
}

struct str sarif_line_hash(struct arena *a, const struct sarif_line_hashes *h, uint32_t line)
{
    if (line < 1 || line > h->all.n) {
        return STR("");
    }
    const struct hashed_line *l = &h->all.at[line - 1];
    return str_format(a, "%" PRIx64 ":%zu", l->hash, l->times);
}
