/*
 * The tree under construction. The order of entries is the order of writing; the
 * same-key search sorts where a map is large, because a table keyed by a known
 * hash function would be quadratic on chosen keys.
 */
#include "doc/build.h"

#include <stdlib.h>

#include "base/limits.h"

struct build_frame {
    struct doc_node *node;
    struct build_anchor *anchor; /* of the node, or NULL */
    size_t first;                /* its first child in build.children */
    uint64_t expanded;           /* nodes in it so far, itself and aliases expanded included */
};

struct build_anchor {
    struct doc_node *node;
    uint64_t expanded;
    bool open; /* the collection has not been closed yet */
};

enum { CHUNK = 32, FEW_KEYS = 12 };

void build_init(struct build *b, struct read_job *job)
{
    *b = (struct build){.job = job};
    b->frames = ARENA_ARRAY(job->scratch, LIMIT_DEPTH, struct build_frame);
    map_init(&b->anchors, job->scratch);
}

static struct build_frame *innermost(const struct build *b)
{
    return b->depth ? &b->frames[b->depth - 1] : NULL;
}

bool build_wants_key(const struct build *b)
{
    const struct build_frame *f = innermost(b);
    return f && f->node->kind == DOC_MAP && (b->children.n - f->first) % 2 == 0;
}

const struct doc_node *build_innermost(const struct build *b)
{
    const struct build_frame *f = innermost(b);
    return f ? f->node : NULL;
}

static struct doc_node *fresh(struct build *b)
{
    if (b->chunk_left == 0) {
        b->chunk = ARENA_ARRAY(b->job->arena, CHUNK, struct doc_node);
        b->chunk_left = CHUNK;
    }
    b->chunk_left--;
    return b->chunk++;
}

static bool key_is_no_scalar(struct build *b, const struct doc_node *node)
{
    struct read_job *job = b->job;
    uint32_t at = node->span.begin;
    bool braces = read_byte(job, at) == '{' && at > 0 && read_byte(job, at - 1) == '{';
    return read_fail(job, DIAG_SYNTAX, at, at + 1,
                     braces ? STR("A map cannot be a key; if '{{' begins a text, such as a dynamic "
                                  "reference, put it in quotes.")
                            : STR("A key must be a text; found a list or a map instead."));
}

/* Where the node stands in its parent. */
static void place(struct build *b, struct doc_node *node)
{
    struct build_frame *f = innermost(b);
    if (!f) {
        b->root = node;
        return;
    }
    size_t at = b->children.n - f->first;
    node->parent = f->node;
    if (f->node->kind == DOC_MAP) {
        node->is_key = at % 2 == 0;
        at /= 2;
    }
    node->index = (uint32_t)at;
    *VEC_ADD(b->job->scratch, &b->children) = node;
    f->expanded++;
}

struct doc_node *build_node(struct build *b, enum doc_kind kind, enum doc_style style,
                            struct span span)
{
    if (b->nodes == LIMIT_NODES) {
        read_fail(b->job, DIAG_LIMIT, span.begin, span.begin,
                  str_format(b->job->scratch, "The document has more than %d nodes, the limit.",
                             (int)LIMIT_NODES));
        return NULL;
    }
    b->nodes++;
    struct doc_node *node = fresh(b);
    node->kind = (uint8_t)kind;
    node->style = (uint8_t)style;
    node->span = span;
    place(b, node);
    if (kind != DOC_SCALAR && node->is_key) {
        key_is_no_scalar(b, node);
        return NULL;
    }
    return node;
}

bool build_open(struct build *b, struct doc_node *node)
{
    if (b->depth == LIMIT_DEPTH) {
        return read_fail(b->job, DIAG_LIMIT, node->span.begin, node->span.begin + 1,
                         str_format(b->job->scratch,
                                    "Maps and lists are nested deeper than %d levels, the limit of "
                                    "the nesting depth.",
                                    (int)LIMIT_DEPTH));
    }
    b->frames[b->depth++] =
        (struct build_frame){.node = node, .first = b->children.n, .expanded = 1};
    return true;
}

/* ---- same keys ---------------------------------------------------------------------------- */

struct named {
    struct str key;
    uint32_t i;
};

static int by_key(const void *x, const void *y)
{
    const struct named *a = x;
    const struct named *b = y;
    if (a->key.n != b->key.n) {
        return a->key.n < b->key.n ? -1 : 1;
    }
    int c = a->key.n ? memcmp(a->key.p, b->key.p, a->key.n) : 0;
    return c ? c : (a->i > b->i) - (a->i < b->i);
}

/* For each entry i the first one with an equal key: first[i] <= i. NULL if all
 * differ, which is the common case and allocates nothing where there are few. */
static const uint32_t *first_of_each(struct arena *scratch, const struct doc_entry *e, uint32_t n)
{
    if (n <= FEW_KEYS) {
        bool differ = true;
        for (uint32_t i = 1; i < n && differ; i++) {
            for (uint32_t j = 0; j < i && differ; j++) {
                differ = !str_eq(e[i].key->text, e[j].key->text);
            }
        }
        if (differ) {
            return NULL;
        }
    }
    struct named *sorted = ARENA_ARRAY(scratch, n, struct named);
    for (uint32_t i = 0; i < n; i++) {
        sorted[i] = (struct named){e[i].key->text, i};
    }
    qsort(sorted, n, sizeof *sorted, by_key);
    uint32_t *first = ARENA_ARRAY(scratch, n, uint32_t);
    bool differ = true;
    for (uint32_t i = 0; i < n; i++) {
        bool same = i > 0 && str_eq(sorted[i].key, sorted[i - 1].key);
        first[sorted[i].i] = same ? first[sorted[i - 1].i] : sorted[i].i;
        differ = differ && !same;
    }
    return differ ? NULL : first;
}

static void diagnose_duplicates(struct build *b, const struct doc_entry *e, uint32_t n)
{
    const uint32_t *first = first_of_each(b->job->scratch, e, n);
    for (uint32_t i = 0; first && i < n; i++) {
        if (first[i] == i) {
            continue;
        }
        struct diags *d = b->job->diags;
        struct diag *g = diag_add(d, DIAG_DUPLICATE_KEY, e[i].key->span,
                                  "The key '%.*s' is written twice in the same map.",
                                  STR_ARG(str_sub(e[i].key->text, 0, 200)));
        diag_relate(d, g, e[first[i]].key->span, "The first one is here.");
    }
}

/* ---- merge keys --------------------------------------------------------------------------- */

/* "<<" written plainly, with no tag: https://yaml.org/type/merge.html */
static bool is_merge(const struct doc_node *key)
{
    return key->style == DOC_PLAIN && !key->is_alias && key->tag.n == 0 && str_is(key->text, "<<");
}

static bool spend(struct build *b, uint64_t nodes, struct span at)
{
    b->alias_nodes += nodes;
    if (b->alias_nodes <= LIMIT_ALIAS_NODES) {
        return true;
    }
    return read_fail(b->job, DIAG_LIMIT, at.begin, at.end,
                     str_format(b->job->scratch,
                                "Expanding the aliases would add more than %d nodes, the limit of "
                                "alias expansion.",
                                (int)LIMIT_ALIAS_NODES));
}

/* A node that stands at `span` and shares the content of target. */
static struct doc_node *shared(struct build *b, const struct doc_node *target, struct span span)
{
    struct doc_node *node = fresh(b);
    *node = *target;
    node->is_alias = true;
    node->span = span;
    node->rare = NULL;
    doc_own_rare(b->job->arena, node)->target = doc_target(target) ? doc_target(target) : target;
    return node;
}

/* Not const yet: their place in the merged map is known last. */
struct pair {
    struct doc_node *key;
    struct doc_node *value;
};

struct merging {
    VEC(struct pair) pairs;
};

/* Appends what one merged map offers, as entries of `into` that stand at `at`. */
static bool offer(struct build *b, struct merging *m, const struct doc_node *into,
                  const struct doc_node *from)
{
    if (from->kind != DOC_MAP) {
        return read_fail(b->job, DIAG_SYNTAX, from->span.begin, from->span.end,
                         STR("The value of the merge key '<<' must be a map or a list of maps."));
    }
    if (!spend(b, (uint64_t)from->n * 2, from->span)) {
        return false;
    }
    for (uint32_t i = 0; i < from->n; i++) {
        struct doc_node *key = shared(b, from->entries[i].key, from->span);
        struct doc_node *value = shared(b, from->entries[i].value, from->span);
        key->parent = into;
        value->parent = into;
        key->is_key = true;
        value->is_key = false;
        *VEC_ADD(b->job->scratch, &m->pairs) = (struct pair){key, value};
    }
    return true;
}

static bool offer_all(struct build *b, struct merging *m, const struct doc_node *into,
                      const struct doc_node *value)
{
    if (value->kind != DOC_SEQ) {
        return offer(b, m, into, value);
    }
    for (uint32_t i = 0; i < value->n; i++) {
        if (!offer(b, m, into, value->items[i])) {
            return false;
        }
    }
    return true;
}

/* The entries of the map: its own, diagnosed if twice, then of the offered ones
 * those whose key is not there yet. */
static void take_pairs(struct build *b, struct doc_node *map, const struct merging *m, uint32_t own)
{
    uint32_t n = (uint32_t)m->pairs.n;
    struct doc_entry *e = ARENA_ARRAY(b->job->arena, n, struct doc_entry);
    for (uint32_t i = 0; i < n; i++) {
        e[i] = (struct doc_entry){m->pairs.at[i].key, m->pairs.at[i].value};
    }
    diagnose_duplicates(b, e, own);
    const uint32_t *first = first_of_each(b->job->scratch, e, n);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (i >= own && first && first[i] != i) {
            continue;
        }
        m->pairs.at[i].key->index = kept;
        m->pairs.at[i].value->index = kept;
        e[kept++] = e[i];
    }
    map->entries = e;
    map->n = kept;
}

/* The entries of a map with '<<': its own without the merge keys, then the merged. */
static bool close_merging_map(struct build *b, struct doc_node *map, struct doc_node *const *child,
                              uint32_t pairs)
{
    struct merging m = {0};
    for (uint32_t i = 0; i < pairs; i++) {
        if (!is_merge(child[2 * i])) {
            *VEC_ADD(b->job->scratch, &m.pairs) = (struct pair){child[2 * i], child[2 * i + 1]};
        }
    }
    uint32_t own = (uint32_t)m.pairs.n;
    for (uint32_t i = 0; i < pairs; i++) {
        if (is_merge(child[2 * i]) && !offer_all(b, &m, map, child[2 * i + 1])) {
            return false;
        }
    }
    take_pairs(b, map, &m, own);
    return true;
}

/* ---- closing ------------------------------------------------------------------------------ */

static bool close_map(struct build *b, struct doc_node *map, struct doc_node *const *child,
                      uint32_t pairs)
{
    struct doc_entry *e = ARENA_ARRAY(b->job->arena, pairs, struct doc_entry);
    bool merges = false;
    for (uint32_t i = 0; child && i < pairs; i++) { /* NULL: there are none */
        e[i] = (struct doc_entry){child[2 * i], child[2 * i + 1]};
        merges = merges || is_merge(e[i].key);
    }
    if (merges) {
        return close_merging_map(b, map, child, pairs);
    }
    map->entries = e;
    map->n = pairs;
    diagnose_duplicates(b, e, pairs);
    return true;
}

static void close_seq(struct build *b, struct doc_node *seq, struct doc_node *const *child,
                      uint32_t n)
{
    const struct doc_node **items = ARENA_ARRAY(b->job->arena, n, const struct doc_node *);
    for (uint32_t i = 0; i < n; i++) {
        items[i] = child[i];
    }
    seq->items = items;
    seq->n = n;
}

bool build_close(struct build *b, uint32_t end)
{
    struct build_frame *f = &b->frames[--b->depth];
    struct doc_node *node = f->node;
    uint32_t n = (uint32_t)(b->children.n - f->first);
    struct doc_node *const *child = n ? &b->children.at[f->first] : NULL;
    if (end == 0) {
        end = n ? child[n - 1]->span.end : node->span.begin;
    }
    node->span.end = end > node->span.begin ? end : node->span.begin;
    if (node->kind == DOC_MAP) {
        if (!close_map(b, node, child, n / 2)) {
            return false;
        }
    } else {
        close_seq(b, node, child, n);
    }
    b->children.n = f->first;
    if (b->depth) {
        b->frames[b->depth - 1].expanded += f->expanded - 1; /* place() counted itself */
    }
    if (f->anchor) {
        f->anchor->expanded = f->expanded;
        f->anchor->open = false;
    }
    return true;
}

/* ---- anchors and aliases ------------------------------------------------------------------ */

void build_anchor(struct build *b, struct doc_node *node, struct str name)
{
    struct build_anchor *anchor = ARENA_NEW(b->job->scratch, struct build_anchor);
    struct build_frame *f = innermost(b);
    *anchor = (struct build_anchor){.node = node, .expanded = 1};
    if (f && f->node == node) {
        f->anchor = anchor;
        anchor->open = true;
    }
    doc_own_rare(b->job->arena, node)->anchor = name;
    *map_at(&b->anchors, name) = anchor;
}

bool build_alias(struct build *b, struct str name, struct span span)
{
    struct read_job *job = b->job;
    const struct build_anchor *anchor = map_get(&b->anchors, name);
    if (!anchor) {
        return read_fail(job, DIAG_SYNTAX, span.begin, span.end,
                         str_format(job->scratch, "The alias '*%.*s' names no anchor above it.",
                                    STR_ARG(str_sub(name, 0, 200))));
    }
    const struct doc_node *target = anchor->node;
    if (anchor->open) {
        read_fail(job, DIAG_SYNTAX, span.begin, span.end,
                  str_format(job->scratch, "The alias '*%.*s' stands inside the value it names.",
                             STR_ARG(str_sub(name, 0, 200))));
        return read_fail_beside(job, target->span.begin, target->span.begin + 1,
                                "The value begins here.");
    }
    struct doc_node *node =
        build_node(b, (enum doc_kind)target->kind, (enum doc_style)target->style, span);
    if (!node || !spend(b, anchor->expanded - 1, span)) {
        return false;
    }
    node->type = target->type;
    node->n = target->n;
    node->tag = target->tag;
    node->is_alias = true;
    doc_own_rare(job->arena, node)->target = target;
    if (target->kind == DOC_SCALAR) {
        node->text = target->text;
    } else if (target->kind == DOC_SEQ) {
        node->items = target->items;
    } else {
        node->entries = target->entries;
    }
    if (b->depth) {
        b->frames[b->depth - 1].expanded += anchor->expanded - 1;
    }
    return true;
}
