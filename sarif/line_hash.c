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
    uint32_t next;  /* line of the same bucket; 0: none */
    uint32_t times; /* the hash has been seen by then; 0: not known yet */
    uint64_t hash;
};

struct sarif_line_hashes {
    struct arena *arena;
    struct str bytes;
    const uint32_t *begins; /* of each line */
    uint32_t line_n;
    struct hashed_line *all; /* by number; [0] is no line; NULL: nothing has been asked yet */
    uint32_t *first_of;      /* by bucket */
    uint32_t buckets;        /* a power of two */
    struct map seen;         /* the bytes of a hash -> how often, as a pointer-sized number */
};

/* Steps through the units that count. */
struct units {
    struct str bytes;
    size_t at;
    uint32_t low; /* second half of a pair; 0: none */
    bool ended;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* A byte that is a unit by itself: a LF behind a CR is taken with that. */
static bool is_unit(char c)
{
    unsigned char u = (unsigned char)c;
    return (u > ' ' && u < 0x80) || u == '\n';
}

static uint32_t rare_unit(struct units *u)
{
    if (u->low) {
        uint32_t unit = u->low;
        u->low = 0;
        return unit;
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

static uint32_t next_unit(struct units *u)
{
    while (u->at < u->bytes.n && is_blank(u->bytes.p[u->at])) {
        u->at++;
    }
    if (u->at < u->bytes.n && is_unit(u->bytes.p[u->at]) && u->low == 0) {
        return (unsigned char)u->bytes.p[u->at++];
    }
    return rare_unit(u);
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

/* Lines are indented by many blanks. */
static size_t behind_blanks(struct str bytes, size_t at)
{
    uint64_t word;
    while (bytes.n - at >= sizeof word && memcmp(bytes.p + at, "        ", sizeof word) == 0) {
        at += sizeof word;
    }
    while (at < bytes.n && is_blank(bytes.p[at])) {
        at++;
    }
    return at;
}

/* Eight bytes that are units of their own, none of them a LF. */
static bool are_units(uint64_t word)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    return ((word | (word - 0x21 * each)) & (0x80 * each)) == 0;
}

/* The first units of a window, a byte of each. */
static uint64_t start_of(struct str bytes, size_t begin)
{
    size_t at = behind_blanks(bytes, begin);
    uint64_t word;
    if (bytes.n - at >= sizeof word) {
        memcpy(&word, bytes.p + at, sizeof word);
        if (are_units(word)) {
            return word;
        }
    }
    unsigned char first[FIRST_UNITS];
    size_t n = 0;
    for (; n < FIRST_UNITS && at < bytes.n; at++) {
        if (is_unit(bytes.p[at])) {
            first[n++] = (unsigned char)bytes.p[at];
        } else if (!is_blank(bytes.p[at])) {
            break;
        }
    }
    struct units u = {bytes, at, 0, false};
    while (n < FIRST_UNITS) {
        first[n++] = (unsigned char)next_unit(&u);
    }
    memcpy(&word, first, sizeof word);
    return word;
}

static uint32_t *bucket_of(struct sarif_line_hashes *h, uint32_t line)
{
    uint64_t mixed = start_of(h->bytes, h->begins[line - 1]) * UINT64_C(0x9E3779B97F4A7C15);
    return &h->first_of[(uint32_t)(mixed >> 32) & (h->buckets - 1)];
}

static void fill_buckets(struct sarif_line_hashes *h)
{
    h->buckets = 1;
    while (h->buckets < h->line_n) {
        h->buckets *= 2;
    }
    h->first_of = ARENA_ARRAY(h->arena, h->buckets, uint32_t);
    h->all = ARENA_ARRAY(h->arena, h->line_n + 1, struct hashed_line);
    for (uint32_t line = h->line_n; line > 0; line--) {
        uint32_t *bucket = bucket_of(h, line);
        h->all[line].next = *bucket;
        *bucket = line;
    }
}

/* All lines of a bucket, in their order. */
static void hash_bucket(struct sarif_line_hashes *h, uint32_t first)
{
    for (uint32_t i = first; i != 0; i = h->all[i].next) {
        struct hashed_line *l = &h->all[i];
        l->hash = window_at(h->bytes, h->begins[i - 1]);
        void **slot = map_at(&h->seen, (struct str){(const char *)&l->hash, sizeof l->hash});
        uintptr_t times = (uintptr_t)*slot + 1;
        *slot = (void *)times; // NOLINT: a count kept in place of a pointer
        l->times = (uint32_t)times;
    }
}

struct sarif_line_hashes *sarif_hash_lines(struct arena *a, struct str bytes,
                                           const uint32_t *begins, uint32_t n)
{
    struct sarif_line_hashes *h = ARENA_NEW(a, struct sarif_line_hashes);
    *h = (struct sarif_line_hashes){.arena = a, .bytes = bytes, .begins = begins, .line_n = n};
    map_init(&h->seen, a);
    return h;
}

struct str sarif_line_hash(struct arena *a, struct sarif_line_hashes *h, uint32_t line)
{
    if (h->all == NULL) {
        fill_buckets(h);
    }
    if (line < 1 || line > h->line_n) {
        return STR("");
    }
    const struct hashed_line *l = &h->all[line];
    if (l->times == 0) {
        hash_bucket(h, *bucket_of(h, line));
    }
    return str_format(a, "%" PRIx64 ":%u", l->hash, l->times);
}
