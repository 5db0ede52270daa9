/*
 * Comments are what begins with '#' in the gaps between scalars. The spans of all
 * scalars and aliases are collected from the tree and sorted, then the gaps are
 * walked once.
 *
 *     Key: value   # comment        gap = from the end of `value` to the next span
 *     Text: |      # comment        a block text is opaque only behind its first line
 */
#include "doc/comment.h"

#include <stdlib.h>

#include "base/limits.h"

struct opaque {
    uint32_t begin;
    uint32_t end;
};

struct scan {
    struct arena *arena;
    const struct doc *doc;
    struct str bytes;
    VEC(struct opaque) opaque;
    bool in_order; /* always, but for merge keys */
    VEC(struct doc_comment) found;
};

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* U+0085, U+2028, U+2029: libyaml ends a line, and so a comment, there too. */
static bool is_wide_break(struct str rest)
{
    return str_starts(rest, STR("\xC2\x85")) || str_starts(rest, STR("\xE2\x80\xA8")) ||
           str_starts(rest, STR("\xE2\x80\xA9"));
}

static uint32_t line_end(struct str s, uint32_t at)
{
    while (at < s.n && !is_break(s.p[at]) && !is_wide_break(str_sub(s, at, at + 3))) {
        at++;
    }
    return at;
}

static void add_opaque(struct scan *scan, const struct doc_node *node)
{
    struct opaque o = {node->span.begin, node->span.end};
    if (!node->is_alias && (node->style == DOC_LITERAL || node->style == DOC_FOLDED)) {
        uint32_t header = line_end(scan->bytes, o.begin);
        o.begin = header < o.end ? header : o.end;
    }
    if (o.begin >= o.end) {
        return;
    }
    size_t n = scan->opaque.n;
    if (n && scan->opaque.at[n - 1].begin > o.begin) {
        scan->in_order = false;
    }
    *VEC_ADD(scan->arena, &scan->opaque) = o;
}

struct level {
    const struct doc_node *node;
    uint32_t next;
};

/* Walks the tree as written: an alias is a leaf. */
static void collect(struct scan *scan)
{
    struct level *levels = ARENA_ARRAY(scan->arena, LIMIT_DEPTH + 1, struct level);
    size_t depth = 0;
    levels[depth++] = (struct level){.node = scan->doc->root};
    while (depth) {
        struct level *top = &levels[depth - 1];
        const struct doc_node *node = top->node;
        if (node->kind == DOC_SCALAR || node->is_alias) {
            add_opaque(scan, node);
            depth--;
            continue;
        }
        if (top->next == node->n) {
            depth--;
            continue;
        }
        uint32_t i = top->next++;
        if (node->kind == DOC_MAP) {
            add_opaque(scan, node->entries[i].key);
        }
        const struct doc_node *child =
            node->kind == DOC_MAP ? node->entries[i].value : node->items[i];
        levels[depth++] = (struct level){.node = child};
    }
}

static int by_place(const void *x, const void *y)
{
    const struct opaque *a = x;
    const struct opaque *b = y;
    if (a->begin != b->begin) {
        return a->begin < b->begin ? -1 : 1;
    }
    return (a->end > b->end) - (a->end < b->end);
}

static bool begins_comment(struct str s, uint32_t begin, uint32_t at)
{
    return at == begin || is_blank(s.p[at - 1]) || is_break(s.p[at - 1]) ||
           (at >= begin + 2 && is_wide_break(str_sub(s, at - 2, at))) ||
           (at >= begin + 3 && is_wide_break(str_sub(s, at - 3, at)));
}

static bool is_own_line(struct str s, uint32_t begin, uint32_t at)
{
    while (at > begin && is_blank(s.p[at - 1])) {
        at--;
    }
    return at == begin || is_break(s.p[at - 1]);
}

static void scan_gap(struct scan *scan, uint32_t first, uint32_t at, uint32_t end)
{
    struct str s = scan->bytes;
    while (at < end) {
        const char *hash = memchr(s.p + at, '#', end - at);
        if (!hash) {
            return;
        }
        at = (uint32_t)(hash - s.p);
        if (!begins_comment(s, first, at)) {
            at++;
            continue;
        }
        uint32_t stop = line_end(str_sub(s, 0, end), at);
        *VEC_ADD(scan->arena, &scan->found) = (struct doc_comment){
            .span = {scan->doc->source->id, at, stop}, .own_line = is_own_line(s, first, at)};
        at = stop;
    }
}

struct doc_comments doc_comments(struct arena *a, const struct doc *doc)
{
    struct scan scan = {.arena = a, .doc = doc, .bytes = doc->source->bytes, .in_order = true};
    if (doc->is_json || !doc->root) {
        return (struct doc_comments){0};
    }
    collect(&scan);
    if (!scan.in_order) {
        qsort(scan.opaque.at, scan.opaque.n, sizeof *scan.opaque.at, by_place);
    }
    uint32_t first = str_starts(scan.bytes, STR("\xEF\xBB\xBF")) ? 3 : 0;
    uint32_t at = first;
    for (size_t i = 0; i < scan.opaque.n; i++) {
        struct opaque o = scan.opaque.at[i];
        if (o.begin > at) {
            scan_gap(&scan, first, at, o.begin);
        }
        at = o.end > at ? o.end : at;
    }
    scan_gap(&scan, first, at, (uint32_t)scan.bytes.n);
    return (struct doc_comments){scan.found.at, scan.found.n};
}
