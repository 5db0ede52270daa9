/*
 * Collecting alternatives, and the table of unknown things. Merging looks at few terms one by
 * one and at many through a map by text: a parameter with 800 instance types in a Join must not
 * cost 800 times 800.
 */
#include "cfn/terms.h"

#include <inttypes.h>

enum { FEW_TERMS = 12 };

void cfn_terms_init(struct cfn_terms *b, const struct cfn_template *t)
{
    *b = (struct cfn_terms){.t = t};
    map_init(&b->by_text, t->unit->arena);
}

/* What equal terms have in common; terms of other kinds are never merged. */
static struct str key_of(const struct cfn_term *term)
{
    switch (term->kind) {
    case CFN_TEXT:
        return term->text;
    case CFN_UNKNOWN:
        return term->unknown->text;
    case CFN_OBJECT:
        return term->resource->id;
    case CFN_NONE:
    case CFN_LIST:
    case CFN_MAP:
    case CFN_JOINED:
        break;
    }
    return (struct str){0};
}

static bool are_equal(const struct cfn_term *a, const struct cfn_term *b)
{
    if (a->kind != b->kind || a->literal != b->literal || a->parameter != b->parameter) {
        return false;
    }
    switch (a->kind) {
    case CFN_NONE:
        return true;
    case CFN_TEXT:
        return str_eq(a->text, b->text);
    case CFN_UNKNOWN:
        return a->unknown == b->unknown;
    case CFN_OBJECT:
        return a->resource == b->resource && str_eq(a->attribute, b->attribute);
    case CFN_MAP:
    case CFN_LIST:
        return a->tree != NULL && a->tree == b->tree;
    case CFN_JOINED:
        return false;
    }
    return false;
}

/* Index + 1 of an earlier term equal to this one, else 0. */
static size_t find(struct cfn_terms *b, const struct cfn_term *term)
{
    if (b->by_text.n == 0) {
        for (size_t i = 0; i < b->all.n; i++) {
            if (are_equal(&b->all.at[i], term)) {
                return i + 1;
            }
        }
        return 0;
    }
    const size_t *newest = map_get(&b->by_text, key_of(term));
    for (size_t i = newest ? *newest : 0; i != 0; i = b->older.at[i - 1]) {
        if (are_equal(&b->all.at[i - 1], term)) {
            return i;
        }
    }
    return 0;
}

static void index_term(struct cfn_terms *b, size_t i)
{
    struct arena *a = b->t->unit->arena;
    void **cell = map_at(&b->by_text, key_of(&b->all.at[i]));
    if (*cell == NULL) {
        *cell = ARENA_NEW(a, size_t);
    }
    size_t *newest = *cell;
    *VEC_ADD(a, &b->older) = *newest;
    *newest = i + 1;
}

void cfn_terms_add(struct cfn_terms *b, struct cfn_term term)
{
    if (guard_is_false(term.when)) {
        return;
    }
    struct cfn_unit *u = b->t->unit;
    size_t same = find(b, &term);
    if (same > 0) {
        struct cfn_term *earlier = &b->all.at[same - 1];
        earlier->when = guard_or(u->space, earlier->when, term.when);
        return;
    }
    *VEC_ADD(u->arena, &b->all) = term;
    if (b->all.n == FEW_TERMS) {
        for (size_t i = 0; i < b->all.n; i++) {
            index_term(b, i);
        }
    } else if (b->all.n > FEW_TERMS) {
        index_term(b, b->all.n - 1);
    }
}

void cfn_terms_add_under(struct cfn_terms *b, struct cfn_value v, struct guard when)
{
    FOREACH_TERM (term, v) {
        struct cfn_term narrowed = *term;
        narrowed.when = guard_and(b->t->unit->space, term->when, when);
        cfn_terms_add(b, narrowed);
    }
}

struct cfn_value cfn_terms_value(const struct cfn_terms *b)
{
    return (struct cfn_value){b->all.at, b->all.n};
}

struct cfn_term cfn_text_term(const struct cfn_template *t, struct guard when,
                              const struct doc_node *node, struct str text)
{
    return (struct cfn_term){
        .when = when, .kind = CFN_TEXT, .type = DOC_STRING, .text = text, .home = t, .node = node};
}

struct cfn_term cfn_unknown_term(const struct cfn_template *t, struct guard when,
                                 const struct doc_node *node, const struct cfn_unknown *unknown)
{
    return (struct cfn_term){.when = when,
                             .kind = CFN_UNKNOWN,
                             .unknown = unknown,
                             .home = t,
                             .node = node,
                             .parameter = unknown->parameter};
}

struct cfn_value cfn_value_of(const struct cfn_template *t, struct cfn_term term)
{
    if (guard_is_false(term.when)) {
        return CFN_NO_VALUE;
    }
    struct cfn_term *kept = ARENA_NEW(t->unit->arena, struct cfn_term);
    *kept = term;
    return (struct cfn_value){kept, 1};
}

struct cfn_value cfn_none_value(const struct cfn_template *t, struct guard when,
                                const struct doc_node *node)
{
    struct cfn_unit *u = t->unit;
    const struct cfn_term *last = u->last_none;
    if (last == NULL || last->home != t || last->node != node || !guard_same(last->when, when)) {
        struct cfn_term none = {.when = when, .kind = CFN_NONE, .home = t, .node = node};
        struct cfn_value v = cfn_value_of(t, none);
        if (v.n == 0) {
            return v;
        }
        u->last_none = v.at;
    }
    return (struct cfn_value){u->last_none, 1};
}

struct cfn_value cfn_restrict(const struct cfn_template *t, struct cfn_value v, struct guard when,
                              const struct doc_node *node)
{
    if (node == NULL && guard_is_true(when)) {
        return v;
    }
    struct cfn_term *kept = ARENA_ARRAY(t->unit->arena, v.n, struct cfn_term);
    size_t n = 0;
    FOREACH_TERM (term, v) {
        struct guard g = guard_and(t->unit->space, term->when, when);
        if (!guard_is_false(g)) {
            kept[n] = *term;
            kept[n].when = g;
            kept[n].node = node ? node : term->node;
            n++;
        }
    }
    return (struct cfn_value){kept, n};
}

/* Names of unknowns are read by people and grow with the functions around them (a text that
 * names a thing twice names it four times one level further out): long ones are cut, with a
 * hash of the whole so that different ones stay different. */
static struct str shorten(struct arena *a, struct str text)
{
    enum { LONGEST = 512 };
    if (text.n <= LONGEST) {
        return text;
    }
    size_t n = LONGEST;
    while (n > 0 && ((unsigned char)text.p[n] & 0xC0U) == 0x80U) {
        n--; /* not inside a character */
    }
    return str_format(a, "%.*s... (%016" PRIx64 ")", STR_ARG(str_sub(text, 0, n)), str_hash(text));
}

static const struct cfn_unknown *intern(struct cfn_unit *u, enum cfn_why why, struct str text,
                                        bool is_list)
{
    text = shorten(u->arena, text);
    void **cell = map_at(&u->unknowns, text);
    if (*cell == NULL) {
        struct cfn_unknown *unknown = ARENA_NEW(u->arena, struct cfn_unknown);
        unknown->why = why;
        unknown->text = text;
        unknown->is_list = is_list;
        *cell = unknown;
    }
    return *cell;
}

const struct cfn_unknown *cfn_unknown_of(struct cfn_unit *u, enum cfn_why why, struct str text)
{
    return intern(u, why, text, false);
}

const struct cfn_unknown *cfn_unknown_list_of(struct cfn_unit *u, enum cfn_why why, struct str text)
{
    return intern(u, why, text, true);
}

const struct cfn_unknown *cfn_unknown_named(const struct cfn_template *t, enum cfn_why why,
                                            struct str text)
{
    if (t->name.n > 0) {
        text = str_format(t->unit->arena, "%.*s/%.*s", STR_ARG(t->name), STR_ARG(text));
    }
    return cfn_unknown_of(t->unit, why, text);
}

const struct cfn_unknown *cfn_unknown_element(const struct cfn_template *t,
                                              const struct cfn_unknown *list, uint32_t index)
{
    struct cfn_unit *u = t->unit;
    struct str text = str_format(u->arena, "%.*s[%u]", STR_ARG(list->text), index);
    void **cell = map_at(&u->unknowns, text);
    if (*cell == NULL) {
        struct cfn_unknown *unknown = ARENA_NEW(u->arena, struct cfn_unknown);
        *unknown = (struct cfn_unknown){.why = list->why,
                                        .text = text,
                                        .parameter = list->parameter,
                                        .list = list,
                                        .index = index};
        *cell = unknown;
    }
    return *cell;
}

uint32_t cfn_choice(struct cfn_unit *u, struct str key, struct guard_variable v)
{
    void **cell = map_at(&u->choices, key);
    if (*cell == NULL) {
        uint32_t *var = ARENA_NEW(u->arena, uint32_t);
        *var = guard_add(u->space, v);
        *cell = var;
    }
    const uint32_t *var = *cell;
    return *var;
}
