/*
 * Leaves as a list: each by the keys that lead to it (positions in lists left out, they may
 * shift), its text, type and tag. Those that an edit touches are left out on both sides; the
 * rest has to be the same list.
 *
 *     before  [a][b][c][d]        after  [a][b][x][y][d]
 *                   ^^^ replaced by          ^^^^^^
 */
#include "base/limits.h"
#include "fix/proof.h"

struct range {
    uint32_t begin;
    uint32_t end;
};

struct leaf {
    struct span at;
    uint64_t hash;
};

struct leaves {
    struct arena *arena;
    struct str bytes;
    VEC(struct leaf) at;
};

/* FNV-1a over what is given, going on from a hash. */
static uint64_t mix(uint64_t hash, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        hash = (hash ^ (unsigned char)text.p[i]) * 1099511628211ULL;
    }
    return (hash ^ 0xFF) * 1099511628211ULL;
}

static bool is_touched(const struct range *touched, size_t n, struct span s)
{
    size_t low = 0;
    size_t high = n; /* the first range that ends behind the begin of s */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (touched[middle].end > s.begin) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low < n && touched[low].begin < s.end;
}

static void add(struct leaves *l, const struct doc_node *node, struct span span, uint64_t path)
{
    struct str text = node->is_alias ? str_sub(l->bytes, span.begin, span.end) : node->text;
    char kind[2] = {(char)('a' + node->kind), (char)('a' + node->type)};
    uint64_t hash = mix(mix(path, text), (struct str){kind, sizeof kind});
    *VEC_ADD(l->arena, &l->at) = (struct leaf){span, mix(hash, node->tag)};
}

static void collect(struct leaves *l, const struct doc_node *node, uint64_t path, int depth)
{
    if (node->kind == DOC_SCALAR || node->is_alias || depth > LIMIT_DEPTH) {
        add(l, node, doc_full_span(node), path);
        return;
    }
    path = mix(path, node->tag);
    for (uint32_t i = 0; i < node->n; i++) {
        if (node->kind == DOC_SEQ) {
            collect(l, node->items[i], mix(path, STR("*")), depth + 1);
            continue;
        }
        const struct doc_entry *e = &node->entries[i];
        if (!e->key->is_alias) {
            add(l, e->key, e->key->span, path);
        }
        collect(l, e->value, mix(path, e->key->text), depth + 1);
    }
}

/* What the edits replace, and what they put there, as ranges of the old and the new bytes. */
static void ranges_of(const struct edit *edits, size_t n, struct range *old, struct range *fresh)
{
    uint32_t removed = 0;
    uint32_t added = 0;
    for (size_t i = 0; i < n; i++) {
        old[i] = (struct range){edits[i].at.begin, edits[i].at.end};
        uint32_t begin = edits[i].at.begin - removed + added;
        fresh[i] = (struct range){begin, begin + (uint32_t)edits[i].text.n};
        removed += edits[i].at.end - edits[i].at.begin;
        added += (uint32_t)edits[i].text.n;
    }
}

struct leaves *leaves_of(struct arena *a, const struct doc *doc)
{
    struct leaves *l = ARENA_NEW(a, struct leaves);
    l->arena = a;
    l->bytes = doc->source->bytes;
    if (doc->root != NULL) {
        collect(l, doc->root, 1469598103934665603ULL, 0);
    }
    return l;
}

/* The next leaf from `at` that no range touches. */
static size_t untouched(const struct leaves *l, size_t at, const struct range *ranges, size_t n)
{
    while (at < l->at.n && is_touched(ranges, n, l->at.at[at].at)) {
        at++;
    }
    return at;
}

bool same_values(struct arena *scratch, const struct leaves *before, const struct doc *after,
                 const struct edit *edits, size_t n)
{
    struct range *old = ARENA_ARRAY(scratch, n, struct range);
    struct range *fresh = ARENA_ARRAY(scratch, n, struct range);
    ranges_of(edits, n, old, fresh);
    const struct leaves *now = leaves_of(scratch, after);
    size_t i = 0;
    size_t k = 0;
    for (;; i++, k++) {
        i = untouched(before, i, old, n);
        k = untouched(now, k, fresh, n);
        if (i == before->at.n || k == now->at.n) {
            return i == before->at.n && k == now->at.n && now->at.n > 0;
        }
        if (before->at.at[i].hash != now->at.at[k].hash) {
            return false;
        }
    }
}
