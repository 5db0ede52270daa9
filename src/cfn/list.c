/*
 * Lists: their slots, splitting, counting, and the flat list of elements that callers ask for.
 */
#include "cfn/list.h"

#include "base/limits.h"
#include "cfn/terms.h"

static struct cfn_value without_none(const struct cfn_template *t, struct cfn_value v)
{
    for (size_t i = 0; i < v.n; i++) {
        if (v.at[i].kind == CFN_NONE) {
            struct cfn_terms out;
            cfn_terms_init(&out, t);
            FOREACH_TERM (term, v) {
                if (term->kind != CFN_NONE) {
                    cfn_terms_add(&out, *term);
                }
            }
            return cfn_terms_value(&out);
        }
    }
    return v;
}

struct cfn_slots cfn_slots_of(const struct cfn_scope *s, const struct cfn_term *list)
{
    struct arena *a = s->t->unit->arena;
    if (list->kind != CFN_LIST) {
        struct cfn_value *one = ARENA_NEW(a, struct cfn_value);
        *one = (struct cfn_value){list, 1};
        return (struct cfn_slots){one, 1};
    }
    struct cfn_scope home = *s; /* a list that a parent stack passes is evaluated there */
    home.t = list->home != NULL ? list->home : s->t;
    struct cfn_slots slots = {.n = list->tree ? list->tree->n : list->part_n};
    slots.at = ARENA_ARRAY(a, slots.n, struct cfn_value);
    for (size_t i = 0; i < slots.n; i++) {
        if (list->tree != NULL) {
            slots.at[i] = without_none(s->t, cfn_eval_in(&home, list->tree->items[i], list->when));
        } else {
            slots.at[i] = cfn_restrict(s->t, (struct cfn_value){&list->parts[i], 1}, list->when,
                                       list->parts[i].node ? NULL : list->node);
        }
    }
    return slots;
}

static struct cfn_term list_of(const struct cfn_template *t, struct cfn_term like,
                               const struct cfn_term *parts, size_t n)
{
    return (struct cfn_term){.when = like.when,
                             .kind = CFN_LIST,
                             .parts = parts,
                             .part_n = (uint32_t)n,
                             .home = t,
                             .node = like.node,
                             .literal = like.literal,
                             .parameter = like.parameter};
}

struct cfn_term cfn_split_text(const struct cfn_template *t, struct cfn_term text,
                               struct str separator, bool trim)
{
    struct arena *a = t->unit->arena;
    VEC(struct cfn_term) parts = {0};
    for (size_t at = 0; at <= text.text.n;) {
        size_t end = str_find(text.text, separator, at);
        end = end == STR_NPOS ? text.text.n : end;
        struct cfn_term part = text;
        part.text = str_sub(text.text, at, end);
        part.text = trim ? str_trim(part.text) : part.text;
        *VEC_ADD(a, &parts) = part;
        at = end + separator.n;
    }
    return list_of(t, text, parts.at, parts.n);
}

/* Can this part of a text not hold a separator, whatever it turns out to be? */
static bool is_whole(const struct cfn_term *part, struct str separator)
{
    if (part->kind == CFN_OBJECT) {
        return str_is(separator, ","); /* no id, address or name of a resource has a comma */
    }
    return part->kind == CFN_UNKNOWN && part->unknown->why == CFN_WHY_PSEUDO &&
           !part->unknown->is_list && str_is(separator, ",");
}

static struct cfn_term unknown_split(const struct cfn_template *t, const struct cfn_term *term,
                                     struct str separator)
{
    struct arena *a = t->unit->arena;
    struct str whole = cfn_text_of(a, term);
    struct str text = str_format(a, "Split(%.*s, %.*s)", STR_ARG(separator), STR_ARG(whole));
    return cfn_unknown_term(t, term->when, term->node,
                            cfn_unknown_list_of(t->unit, CFN_WHY_COMPUTED, text));
}

/* The parts gathered between two separators. */
struct piece {
    struct cfn_term *at;
    size_t n;
    size_t cap;
};

static void gather(struct arena *a, struct piece *piece, const struct cfn_term *part)
{
    if (part->kind != CFN_TEXT || part->text.n > 0) {
        *VEC_ADD(a, piece) = *part;
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Blanks at the ends of a piece do not count: ", ${Sg}" holds Sg alone. */
static void trim_piece(struct piece *piece)
{
    if (piece->n > 0 && piece->at[0].kind == CFN_TEXT) {
        struct str *text = &piece->at[0].text;
        while (text->n > 0 && is_blank(text->p[0])) {
            *text = str_sub(*text, 1, text->n);
        }
        piece->at += text->n == 0;
        piece->n -= text->n == 0;
    }
    if (piece->n > 0 && piece->at[piece->n - 1].kind == CFN_TEXT) {
        struct str *text = &piece->at[piece->n - 1].text;
        while (text->n > 0 && is_blank(text->p[text->n - 1])) {
            text->n--;
        }
        piece->n -= text->n == 0;
    }
}

/* The piece as one element; it is empty again afterwards. */
static struct cfn_term close_piece(const struct cfn_term *whole, struct piece *piece, bool trim)
{
    struct cfn_term item = *whole;
    if (trim) {
        trim_piece(piece);
    }
    if (piece->n == 0) {
        item = cfn_text_term(whole->home, whole->when, whole->node, (struct str){0});
    } else if (piece->n == 1) {
        item = piece->at[0];
        item.when = whole->when;
        item.node = whole->node;
    } else {
        item.parts = piece->at;
        item.part_n = (uint32_t)piece->n;
    }
    *piece = (struct piece){0};
    return item;
}

/* A joined text: its texts are cut at separators, its other parts stay whole. */
static struct cfn_term split_joined(const struct cfn_template *t, const struct cfn_term *term,
                                    struct str separator, bool trim)
{
    struct arena *a = t->unit->arena;
    VEC(struct cfn_term) items = {0};
    struct piece piece = {0};
    for (size_t i = 0; i < term->part_n; i++) {
        struct cfn_term part = term->parts[i];
        if (part.kind != CFN_TEXT) {
            gather(a, &piece, &part);
            continue;
        }
        struct cfn_term cut = cfn_split_text(t, part, separator, false);
        gather(a, &piece, &cut.parts[0]);
        for (size_t k = 1; k < cut.part_n; k++) {
            *VEC_ADD(a, &items) = close_piece(term, &piece, trim);
            gather(a, &piece, &cut.parts[k]);
        }
    }
    *VEC_ADD(a, &items) = close_piece(term, &piece, trim);
    return list_of(t, *term, items.at, items.n);
}

struct cfn_term cfn_split_term(const struct cfn_template *t, const struct cfn_term *term,
                               struct str separator, bool trim)
{
    if (term->kind == CFN_TEXT) {
        return cfn_split_text(t, *term, separator, trim);
    }
    if (term->kind == CFN_LIST || term->kind == CFN_MAP || term->kind == CFN_NONE ||
        is_whole(term, separator)) {
        return *term;
    }
    bool is_known = term->kind == CFN_JOINED;
    for (size_t i = 0; is_known && i < term->part_n; i++) {
        is_known = term->parts[i].kind == CFN_TEXT || is_whole(&term->parts[i], separator);
    }
    return is_known ? split_joined(t, term, separator, trim) : unknown_split(t, term, separator);
}

struct cfn_value cfn_split(const struct cfn_template *t, struct cfn_value v, char separator)
{
    struct arena *a = t->unit->arena;
    struct cfn_term *terms = ARENA_ARRAY(a, v.n, struct cfn_term);
    struct str text = str_copy(a, (struct str){&separator, 1});
    for (size_t i = 0; i < v.n; i++) {
        terms[i] = cfn_split_term(t, &v.at[i], text, true);
    }
    return (struct cfn_value){terms, v.n};
}

void cfn_count_slot(const struct cfn_template *t, struct cfn_value slot, struct guard *at,
                    size_t limit)
{
    struct guard_space *space = t->unit->space;
    struct guard present = GUARD_FALSE;
    FOREACH_TERM (term, slot) {
        present = guard_or(space, present, term->when);
    }
    for (size_t k = limit + 1; k-- > 0;) {
        struct guard moves = k > 0 ? guard_and(space, at[k - 1], present) : GUARD_FALSE;
        at[k] = guard_or(space, guard_minus(space, at[k], present), moves);
    }
}

/* Elements of a list inside a list count as elements of the outer one: CloudFormation rejects
 * such a list, and a rule in it must not get lost. */
static void add_items(const struct cfn_scope *s, const struct cfn_term *list, struct cfn_terms *out,
                      uint32_t depth)
{
    struct cfn_slots slots = cfn_slots_of(s, list);
    for (size_t i = 0; i < slots.n; i++) {
        FOREACH_TERM (term, slots.at[i]) {
            if (term->kind == CFN_LIST && depth < LIMIT_DEPTH) {
                add_items(s, term, out, depth + 1);
            } else if (term->kind != CFN_NONE) {
                *VEC_ADD(s->t->unit->arena, &out->all) = *term;
            }
        }
    }
}

struct cfn_value cfn_items(struct cfn_value v)
{
    if (v.n == 0) {
        return v;
    }
    struct cfn_scope s = cfn_scope_of(v.at[0].home);
    struct cfn_terms out;
    cfn_terms_init(&out, s.t);
    FOREACH_TERM (term, v) {
        s.t = term->home;
        if (term->kind != CFN_NONE) {
            add_items(&s, term, &out, 0);
        }
    }
    return cfn_terms_value(&out);
}
