/*
 * Are two scalars the same? What is unknown is compared by what it is, and by the texts around
 * it: "${AWS::Region}a" and "${AWS::Region}b" differ whatever the region (SEMANTICS 10.1).
 */
#include "cfn/compare.h"

#include "cfn/parameters.h"

static enum cfn_sameness text_and_text(struct str a, struct str b)
{
    return str_eq(a, b) ? CFN_SAME : CFN_DIFFERENT;
}

/* A parameter whose value is not one of its known outcomes, and a text. */
static enum cfn_sameness unknown_and_text(const struct cfn_unknown *unknown, struct str text,
                                          bool as_key)
{
    const struct cfn_parameter *p = unknown->pseudo ? unknown->pseudo : unknown->parameter;
    if (p == NULL || unknown->list != NULL || p->is_list) {
        return CFN_UNDECIDED;
    }
    uint32_t excluded = as_key ? p->known + p->candidates : p->is_opaque ? 0 : p->known;
    for (uint32_t i = 0; i < excluded; i++) {
        if (str_eq(p->outcomes[i], text)) {
            return CFN_DIFFERENT;
        }
    }
    return cfn_parameter_accepts(p, text) ? CFN_UNDECIDED : CFN_DIFFERENT;
}

static enum cfn_sameness unknown_and_unknown(const struct cfn_unknown *a,
                                             const struct cfn_unknown *b)
{
    if (a == b) {
        return CFN_SAME;
    }
    /* The zones of a region are different ones. */
    if (a->list != NULL && a->list == b->list && str_starts(a->text, STR("GetAZs"))) {
        return CFN_DIFFERENT;
    }
    return CFN_UNDECIDED;
}

static enum cfn_sameness objects(const struct cfn_term *a, const struct cfn_term *b)
{
    if (a->resource == b->resource) {
        return str_eq(a->attribute, b->attribute) ? CFN_SAME : CFN_UNDECIDED;
    }
    return a->attribute.n == 0 && b->attribute.n == 0 ? CFN_DIFFERENT : CFN_UNDECIDED;
}

static enum cfn_sameness atoms(const struct cfn_term *a, const struct cfn_term *b, bool as_key)
{
    if (a->kind == CFN_TEXT && b->kind == CFN_TEXT) {
        return text_and_text(a->text, b->text);
    }
    if (a->kind == CFN_UNKNOWN && b->kind == CFN_UNKNOWN) {
        return unknown_and_unknown(a->unknown, b->unknown);
    }
    if (a->kind == CFN_UNKNOWN && b->kind == CFN_TEXT) {
        return unknown_and_text(a->unknown, b->text, as_key);
    }
    if (a->kind == CFN_TEXT && b->kind == CFN_UNKNOWN) {
        return unknown_and_text(b->unknown, a->text, as_key);
    }
    if (a->kind == CFN_OBJECT && b->kind == CFN_OBJECT) {
        return objects(a, b);
    }
    return CFN_UNDECIDED;
}

/* A text seen as parts: one, unless it is joined. */
struct parts {
    const struct cfn_term *at;
    size_t n;
};

static struct parts parts_of(const struct cfn_term *term)
{
    struct parts p = {term, 1};
    if (term->kind == CFN_JOINED) {
        p.at = term->parts;
        p.n = term->part_n;
    }
    return p;
}

static bool is_text(const struct parts *p)
{
    return p->n == 1 && p->at[0].kind == CFN_TEXT;
}

static struct str edge_text(const struct parts *p, bool at_end)
{
    const struct cfn_term *part = &p->at[at_end ? p->n - 1 : 0];
    return part->kind == CFN_TEXT ? part->text : (struct str){0};
}

/* Both texts begin (or end) with known letters: do those contradict each other? */
static bool edges_differ(struct str a, struct str b, bool at_end)
{
    size_t n = a.n < b.n ? a.n : b.n;
    struct str x = at_end ? str_sub(a, a.n - n, a.n) : str_sub(a, 0, n);
    struct str y = at_end ? str_sub(b, b.n - n, b.n) : str_sub(b, 0, n);
    return !str_eq(x, y);
}

static size_t known_bytes(const struct parts *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++) {
        n += p->at[i].kind == CFN_TEXT ? p->at[i].text.n : 0;
    }
    return n;
}

/* A text against parts whose known ends it has: does what is between them fit? */
static enum cfn_sameness text_and_joined(struct str text, struct parts p, bool as_key)
{
    struct str first = edge_text(&p, false);
    struct str last = p.n > 1 ? edge_text(&p, true) : (struct str){0};
    if (known_bytes(&p) > text.n) {
        return CFN_DIFFERENT;
    }
    struct cfn_term rest = {.kind = CFN_TEXT, .text = str_sub(text, first.n, text.n - last.n)};
    p.at += first.n > 0;
    p.n -= (size_t)(first.n > 0) + (last.n > 0);
    return p.n == 1 ? atoms(&rest, &p.at[0], as_key) : CFN_UNDECIDED;
}

static enum cfn_sameness joined(struct parts a, struct parts b, bool as_key)
{
    while (a.n > 0 && b.n > 0 && atoms(&a.at[0], &b.at[0], as_key) == CFN_SAME) {
        a = (struct parts){a.at + 1, a.n - 1};
        b = (struct parts){b.at + 1, b.n - 1};
    }
    while (a.n > 0 && b.n > 0 && atoms(&a.at[a.n - 1], &b.at[b.n - 1], as_key) == CFN_SAME) {
        a.n--;
        b.n--;
    }
    if (a.n == 0 && b.n == 0) {
        return CFN_SAME;
    }
    if (a.n == 0 || b.n == 0) { /* what is left over may be empty, unless it has letters */
        return known_bytes(a.n == 0 ? &b : &a) > 0 ? CFN_DIFFERENT : CFN_UNDECIDED;
    }
    if (is_text(&a) && is_text(&b)) {
        return CFN_DIFFERENT; /* equal ones were dropped above */
    }
    if (edges_differ(edge_text(&a, false), edge_text(&b, false), false) ||
        edges_differ(edge_text(&a, true), edge_text(&b, true), true)) {
        return CFN_DIFFERENT;
    }
    if (is_text(&a)) {
        return text_and_joined(a.at[0].text, b, as_key);
    }
    if (is_text(&b)) {
        return text_and_joined(b.at[0].text, a, as_key);
    }
    return a.n == 1 && b.n == 1 ? atoms(&a.at[0], &b.at[0], as_key) : CFN_UNDECIDED;
}

static bool is_scalar(const struct cfn_term *term)
{
    return term->kind == CFN_TEXT || term->kind == CFN_JOINED || term->kind == CFN_OBJECT ||
           term->kind == CFN_UNKNOWN;
}

static enum cfn_sameness compare(const struct cfn_term *a, const struct cfn_term *b, bool as_key)
{
    if (a->kind == CFN_NONE || b->kind == CFN_NONE) {
        return a->kind == b->kind ? CFN_SAME : CFN_DIFFERENT;
    }
    if (!is_scalar(a) || !is_scalar(b)) {
        return a->tree != NULL && a->tree == b->tree ? CFN_SAME : CFN_UNDECIDED;
    }
    if (a->kind == CFN_JOINED || b->kind == CFN_JOINED) {
        return joined(parts_of(a), parts_of(b), as_key);
    }
    return atoms(a, b, as_key);
}

enum cfn_sameness cfn_compare(const struct cfn_term *a, const struct cfn_term *b)
{
    return compare(a, b, false);
}

enum cfn_sameness cfn_compare_keys(const struct cfn_term *a, const struct cfn_term *b)
{
    return compare(a, b, true);
}
