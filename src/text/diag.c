/*
 * The table of diagnostics and their queue. A diagnostic is first written into
 * one reused piece of memory as
 *
 *     id, source, begin, end (four 32-bit numbers) | message
 *
 * which is the key of the map that knows what was said before: a fault that is
 * met a million times costs the memory of one.
 */
#include "text/diag.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/format.h"
#include "base/limits.h"

struct diag_scratch {
    struct diag dropped; /* what diag_add returns when nothing was added */
    char *key;
    size_t size;
};

enum { KEY_HEAD = 4 * sizeof(uint32_t) };

static const struct diag_kind kinds[] = {
#define DIAG_ROW(symbol, id, level, name, text) [symbol] = {id, level, name, text},
    DIAG_KINDS(DIAG_ROW)
#undef DIAG_ROW
};

const struct diag_kind *diag_kind(enum diag_id id)
{
    if ((unsigned)id >= DIAG_ID_COUNT) {
        BUG("diagnostic number %d", (int)id);
    }
    return &kinds[id];
}

void diags_init(struct diags *d, struct arena *a)
{
    *d = (struct diags){.arena = a};
    d->seen = ARENA_NEW(a, struct map);
    map_init(d->seen, a);
    d->scratch = ARENA_NEW(a, struct diag_scratch);
}

/* Writes head and message into the scratch; the message is all but the head. */
PRINTF_LIKE(3, 0)
static struct str write_key(struct diags *d, const uint32_t head[4], const char *fmt, va_list ap)
{
    struct diag_scratch *s = d->scratch;
    va_list again;
    va_copy(again, ap);
    size_t room = s->size > KEY_HEAD ? s->size - KEY_HEAD : 0;
    int n = format_bytes(room ? s->key + KEY_HEAD : NULL, room, fmt, ap);
    if (n < 0) {
        BUG("bad format '%s'", fmt);
    }
    if ((size_t)n >= room) {
        s->size = (KEY_HEAD + (size_t)n + 1) * 2;
        s->key = arena_alloc(d->arena, s->size);
        format_bytes(s->key + KEY_HEAD, (size_t)n + 1, fmt, again);
    }
    va_end(again);
    memcpy(s->key, head, KEY_HEAD);
    return (struct str){s->key, KEY_HEAD + (size_t)n};
}

struct diag *diag_add(struct diags *d, enum diag_id id, struct span at, const char *fmt, ...)
{
    const struct diag_kind *kind = diag_kind(id);
    const uint32_t head[4] = {(uint32_t)id, at.source, at.begin, at.end};
    va_list ap;
    va_start(ap, fmt);
    struct str key = write_key(d, head, fmt, ap);
    va_end(ap);

    struct diag *g = &d->scratch->dropped;
    *g = (struct diag){.id = id, .at = at};
    if (!span_is_none(at) && map_get(d->seen, key)) {
        return g;
    }
    d->errors += kind->level == DIAG_ERROR;
    if (d->all.n >= LIMIT_DIAGNOSTICS) {
        d->dropped++;
        return g;
    }
    key = str_copy(d->arena, key);
    if (!span_is_none(at)) {
        *map_at(d->seen, key) = d;
    }
    g = VEC_ADD(d->arena, &d->all);
    *g = (struct diag){.id = id, .at = at, .message = str_sub(key, KEY_HEAD, key.n)};
    return g;
}

struct diag *diag_unreadable(struct diags *d, struct span at, const char *what, struct str path,
                             const struct file_result *r)
{
    enum diag_id id = r->status == FILE_TOO_LARGE ? DIAG_LIMIT : DIAG_UNREADABLE;
    struct diag *g =
        diag_add(d, id, at, "%s'%.*s' cannot be read: %.*s.", what, STR_ARG(path), STR_ARG(r->why));
    g->path = path;
    return g;
}

void diag_relate(struct diags *d, struct diag *g, struct span at, const char *fmt, ...)
{
    if (g == &d->scratch->dropped) {
        return;
    }
    va_list ap;
    va_start(ap, fmt);
    struct str text = write_key(d, (const uint32_t[4]){0}, fmt, ap);
    va_end(ap);
    *VEC_ADD(d->arena, &g->related) =
        (struct diag_related){at, str_copy(d->arena, str_sub(text, KEY_HEAD, text.n))};
}

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

/* Never 0 for two that a reader could tell apart, but for their related places:
 * qsort need not be stable. */
static int compare(const void *left, const void *right)
{
    const struct diag *a = left;
    const struct diag *b = right;
    int c = compare_numbers(a->at.source, b->at.source);
    c = c ? c : compare_numbers(a->at.begin, b->at.begin);
    c = c ? c : compare_numbers(a->at.end, b->at.end);
    c = c ? c : str_cmp(a->path, b->path);
    c = c ? c : compare_numbers((uint32_t)a->id, (uint32_t)b->id);
    c = c ? c : str_cmp(a->message, b->message);
    c = c ? c : str_cmp(a->resource, b->resource);
    return c ? c : str_cmp(a->property, b->property);
}

void diags_sort(struct diags *d)
{
    if (d->all.n < 2) {
        return;
    }
    qsort(d->all.at, d->all.n, sizeof *d->all.at, compare);
    size_t kept = 1;
    for (size_t i = 1; i < d->all.n; i++) {
        if (compare(&d->all.at[kept - 1], &d->all.at[i]) == 0) {
            d->errors -= diag_kind(d->all.at[i].id)->level == DIAG_ERROR;
        } else {
            d->all.at[kept++] = d->all.at[i];
        }
    }
    d->all.n = kept;
}
