/*
 * GitHub's primaryLocationLineHash: what lets an alert survive lines moving above it.
 *
 * A polynomial hash over a window of the 100 UTF-16 units that begin at a line's first unit;
 * blanks and tabs do not count, every line break is one LF. The end of the file is the unit
 * 65535, then zeros until the window is full. Equal windows are told apart by how often they have
 * been seen: "hash:1", "hash:2". Uploads without GitHub's action need it from us; with it, ours
 * is compared to theirs.
 *
 * Few lines are asked for, and the others matter only where they are the same. So lines are put
 * into buckets by their first units, and those of a bucket are hashed, in their order, when the
 * first of them is asked for.
 */
#include <inttypes.h>

#include "base/map.h"
#include "base/utf8.h"
#include "sarif/sarif.h"

enum { WINDOW = 100, FACTOR = 37, END_OF_FILE = 65535, FIRST_UNITS = 8 };

struct hashed_line {
    uint32_t begin;
    uint32_t bucket;
    uint32_t next; /* line of the same bucket; 0: none */
    uint64_t hash;
    size_t times; /* the hash has been seen by then; 0: not known yet */
};

struct sarif_line_hashes {
    struct arena *arena;
    struct str bytes;
    VEC(struct hashed_line) all; /* [0] is no line */
    uint32_t *first_of;          /* by bucket; NULL: nothing has been asked yet */
    uint32_t buckets;            /* a power of two */
    struct map seen;             /* the bytes of a hash -> how often, as a pointer-sized number */
};

/* Steps through the units that count. */
struct units {
    struct str bytes;
    size_t at;
    uint32_t low; /* second half of a pair; 0: none */
    bool ended;
};

static uint32_t next_unit(struct units *u)
{
    if (u->low) {
        uint32_t unit = u->low;
        u->low = 0;
        return unit;
    }
    while (u->at < u->bytes.n && (u->bytes.p[u->at] == ' ' || u->bytes.p[u->at] == '\t')) {
        u->at++;
    }
    struct utf8_point p = utf8_next(u->bytes, u->at);
    u->at += p.n;
    if (p.n == 0) {
        uint32_t unit = u->ended ? 0 : END_OF_FILE;
        u->ended = true;
        return unit;
    }
    if (p.value == '\r') {
        u->at += u->at < u->bytes.n && u->bytes.p[u->at] == '\n';
        return '\n';
    }
    if (p.value == UTF8_BAD) {
        return UTF8_REPLACEMENT;
    }
    if (p.value > 0xFFFF) {
        u->low = 0xDC00 + ((p.value - 0x10000) & 0x3FF);
        return 0xD800 + ((p.value - 0x10000) >> 10);
    }
    return p.value;
}

static uint64_t window_at(struct str bytes, size_t begin)
{
    struct units u = {bytes, begin, 0, false};
    uint64_t hash = 0;
    for (unsigned i = 0; i < WINDOW; i++) {
        hash = FACTOR * hash + next_unit(&u);
    }
    return hash;
}

/* Eight bytes that are units of their own and all count: no blanks, tabs, breaks, no part of a
 * longer character. */
static bool are_units(uint64_t word)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    return ((word | (word - 0x21 * each)) & (0x80 * each)) == 0;
}

/* The first units of a window, a byte of each. */
static uint64_t start_of(struct str bytes, size_t begin)
{
    while (begin < bytes.n && (bytes.p[begin] == ' ' || bytes.p[begin] == '\t')) {
        begin++;
    }
    uint64_t word;
    if (bytes.n - begin >= sizeof word) {
        memcpy(&word, bytes.p + begin, sizeof word);
        if (are_units(word)) {
            return word;
        }
    }
    struct units u = {bytes, begin, 0, false};
    unsigned char first[FIRST_UNITS];
    for (unsigned i = 0; i < FIRST_UNITS; i++) {
        first[i] = (unsigned char)next_unit(&u);
    }
    memcpy(&word, first, sizeof word);
    return word;
}

static void find_lines(struct sarif_line_hashes *h)
{
    (void)VEC_ADD(h->arena, &h->all);
    size_t begin = 0;
    size_t lf = str_find_byte(h->bytes, '\n', 0);
    size_t cr = str_find_byte(h->bytes, '\r', 0);
    for (;;) {
        VEC_ADD(h->arena, &h->all)->begin = (uint32_t)begin;
        size_t at = lf < cr ? lf : cr;
        if (at == STR_NPOS) {
            return;
        }
        begin = at + (at == cr && lf == cr + 1 ? 2 : 1);
        lf = lf < begin ? str_find_byte(h->bytes, '\n', begin) : lf;
        cr = cr < begin ? str_find_byte(h->bytes, '\r', begin) : cr;
    }
}

static void fill_buckets(struct sarif_line_hashes *h)
{
    h->buckets = 1;
    while (h->buckets < h->all.n) {
        h->buckets *= 2;
    }
    h->first_of = ARENA_ARRAY(h->arena, h->buckets, uint32_t);
    for (size_t i = h->all.n - 1; i > 0; i--) {
        struct hashed_line *l = &h->all.at[i];
        uint64_t mixed = start_of(h->bytes, l->begin) * UINT64_C(0x9E3779B97F4A7C15);
        l->bucket = (uint32_t)(mixed >> 32) & (h->buckets - 1);
        l->next = h->first_of[l->bucket];
        h->first_of[l->bucket] = (uint32_t)i;
    }
}

/* All lines of a bucket, in their order. */
static void hash_bucket(struct sarif_line_hashes *h, uint32_t bucket)
{
    for (uint32_t i = h->first_of[bucket]; i != 0; i = h->all.at[i].next) {
        struct hashed_line *l = &h->all.at[i];
        l->hash = window_at(h->bytes, l->begin);
        void **slot = map_at(&h->seen, (struct str){(const char *)&l->hash, sizeof l->hash});
        uintptr_t times = (uintptr_t)*slot + 1;
        *slot = (void *)times; // NOLINT: a count kept in place of a pointer
        l->times = (size_t)times;
    }
}

struct sarif_line_hashes *sarif_hash_lines(struct arena *a, struct str bytes)
{
    struct sarif_line_hashes *h = ARENA_NEW(a, struct sarif_line_hashes);
    h->arena = a;
    h->bytes = bytes;
    map_init(&h->seen, a);
    return h;
}

struct str sarif_line_hash(struct arena *a, struct sarif_line_hashes *h, uint32_t line)
{
    if (h->first_of == NULL) {
        find_lines(h);
        fill_buckets(h);
    }
    if (line < 1 || line >= h->all.n) {
        return STR("");
    }
    const struct hashed_line *l = &h->all.at[line];
    if (l->times == 0) {
        hash_bucket(h, l->bucket);
    }
    return str_format(a, "%" PRIx64 ":%zu", l->hash, l->times);
}
