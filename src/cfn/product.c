/*
 * Rows of cells, and what becomes of a finished row. A cell is a piece of text or a term that is
 * not text; neighbouring texts melt together at the end.
 */
#include "cfn/product.h"

#include "base/limits.h"
#include "cfn/dynamic.h"
#include "cfn/terms.h"

struct cfn_cell {
    struct cfn_cell *before;
    const struct cfn_term *term; /* NULL: text alone */
    struct str text;
};

void cfn_product_init(struct cfn_product *p, const struct cfn_template *t,
                      const struct doc_node *node, struct guard when)
{
    *p = (struct cfn_product){.t = t, .node = node, .when = when};
    *VEC_ADD(t->unit->arena, &p->rows) = (struct cfn_row){.when = when};
}

/* Bytes that a part that is no text adds to what people are shown. */
static size_t shown_bytes(const struct cfn_term *term)
{
    if (term == NULL || term->kind == CFN_TEXT) {
        return 0;
    }
    return term->kind == CFN_UNKNOWN  ? term->unknown->text.n
           : term->kind == CFN_OBJECT ? term->resource->id.n + term->attribute.n
                                      : 0;
}

static void extend(struct cfn_product *p, struct cfn_row *row, const struct cfn_term *term,
                   struct str text)
{
    struct cfn_cell *cell = ARENA_NEW(p->t->unit->arena, struct cfn_cell);
    *cell = (struct cfn_cell){row->last, term, text};
    row->last = cell;
    row->bytes += text.n + shown_bytes(term);
    if (row->bytes > LIMIT_VALUE_BYTES) {
        p->over = "bytes";
    } else if (++p->cells > LIMIT_VALUE_PARTS) {
        p->over = "parts";
    }
}

void cfn_product_text(struct cfn_product *p, struct str text)
{
    if (text.n == 0) {
        return;
    }
    for (size_t i = 0; i < p->rows.n && p->over == NULL; i++) {
        extend(p, &p->rows.at[i], NULL, text);
    }
}

/* A list or map inside a text is rejected by CloudFormation or becomes what only it knows. */
static const struct cfn_term *scalar_of(struct cfn_product *p, const struct cfn_term *term)
{
    if (term->kind != CFN_LIST && term->kind != CFN_MAP) {
        return term;
    }
    struct arena *a = p->t->unit->arena;
    struct cfn_term *kept = ARENA_NEW(a, struct cfn_term);
    *kept = cfn_unknown_term(p->t, term->when, term->node,
                             cfn_unknown_named(p->t, CFN_WHY_COMPUTED, cfn_text_of(a, term)));
    return kept;
}

static void extend_by_term(struct cfn_product *p, struct cfn_row *row, const struct cfn_term *term,
                           struct str separator)
{
    if (separator.n > 0 && row->last != NULL) {
        extend(p, row, NULL, separator);
    }
    size_t n = term->kind == CFN_JOINED ? term->part_n : 1;
    const struct cfn_term *parts = term->kind == CFN_JOINED ? term->parts : scalar_of(p, term);
    for (size_t i = 0; i < n; i++) {
        extend(p, row, &parts[i], parts[i].kind == CFN_TEXT ? parts[i].text : (struct str){0});
    }
}

void cfn_product_value(struct cfn_product *p, struct cfn_value v, struct str separator)
{
    if (p->over != NULL) {
        return;
    }
    struct cfn_unit *u = p->t->unit;
    VEC(struct cfn_row) rows = {0};
    for (size_t i = 0; i < p->rows.n && p->over == NULL; i++) {
        struct guard rest = p->rows.at[i].when;
        for (size_t k = 0; k < v.n && !guard_is_false(rest) && p->over == NULL; k++) {
            if (v.at[k].kind == CFN_NONE) {
                continue;
            }
            struct guard both = guard_and(u->space, p->rows.at[i].when, v.at[k].when);
            if (guard_is_false(both)) {
                continue;
            }
            rest = guard_minus(u->space, rest, v.at[k].when);
            struct cfn_row row = p->rows.at[i];
            row.when = both;
            extend_by_term(p, &row, &v.at[k], separator);
            *VEC_ADD(u->arena, &rows) = row;
        }
        if (!guard_is_false(rest)) {
            struct cfn_row row = p->rows.at[i];
            row.when = rest;
            *VEC_ADD(u->arena, &rows) = row;
        }
        if (rows.n > LIMIT_ALTERNATIVES) {
            p->over = "alternatives";
        }
    }
    p->rows.at = rows.at;
    p->rows.n = rows.n;
    p->rows.cap = rows.cap;
}

static bool is_text(const struct cfn_cell *cell)
{
    return cell->term == NULL || cell->term->kind == CFN_TEXT;
}

/* The cells of a row from first to last, empty texts left out. */
struct cells {
    const struct cfn_cell **at;
    size_t n;
    bool all_text;
};

static struct cells cells_of(struct arena *a, const struct cfn_row *row)
{
    struct cells out = {.all_text = true};
    for (const struct cfn_cell *c = row->last; c != NULL; c = c->before) {
        out.n += c->text.n > 0 || !is_text(c);
    }
    out.at = ARENA_ARRAY(a, out.n, const struct cfn_cell *);
    size_t i = out.n;
    for (const struct cfn_cell *c = row->last; c != NULL; c = c->before) {
        if (c->text.n > 0 || !is_text(c)) {
            out.at[--i] = c;
            out.all_text = out.all_text && is_text(c);
        }
    }
    return out;
}

/* Texts [from, to) as one. */
static struct str melt(struct arena *a, const struct cells *cells, size_t from, size_t to)
{
    if (to - from == 1) {
        return cells->at[from]->text;
    }
    size_t n = 0;
    for (size_t i = from; i < to; i++) {
        n += cells->at[i]->text.n;
    }
    char *p = arena_alloc(a, n);
    size_t at = 0;
    for (size_t i = from; i < to; i++) {
        memcpy(p + at, str_bytes(cells->at[i]->text), cells->at[i]->text.n);
        at += cells->at[i]->text.n;
    }
    return (struct str){p, n};
}

/* The parameter that all known parts come from; NoEcho wins, so that nothing of it is shown. */
static const struct cfn_parameter *supplier(const struct cells *cells)
{
    const struct cfn_parameter *found = NULL;
    for (size_t i = 0; i < cells->n; i++) {
        const struct cfn_term *term = cells->at[i]->term;
        const struct cfn_parameter *p = term ? term->parameter : NULL;
        if (p != NULL && (found == NULL || p->no_echo)) {
            found = p;
        }
    }
    return found;
}

static struct cfn_term joined(struct cfn_product *p, const struct cfn_row *row,
                              const struct cells *cells)
{
    struct arena *a = p->t->unit->arena;
    struct cfn_term *parts = ARENA_ARRAY(a, cells->n, struct cfn_term);
    size_t n = 0;
    for (size_t i = 0; i < cells->n; n++) {
        size_t end = i;
        while (end < cells->n && is_text(cells->at[end])) {
            end++;
        }
        if (end > i) {
            struct cells texts = {cells->at + i, end - i, true};
            parts[n] = cfn_text_term(p->t, row->when, p->node, melt(a, cells, i, end));
            parts[n].parameter = supplier(&texts);
            i = end;
        } else {
            parts[n] = *cells->at[i]->term;
            parts[n].when = row->when;
            i++;
        }
    }
    return (struct cfn_term){.when = row->when,
                             .kind = CFN_JOINED,
                             .parts = parts,
                             .part_n = (uint32_t)n,
                             .home = p->t,
                             .node = p->node};
}

static void finish_row(struct cfn_product *p, const struct cfn_row *row, struct cfn_terms *out)
{
    struct arena *a = p->t->unit->arena;
    struct cells cells = cells_of(a, row);
    if (cells.n == 1 && cells.at[0]->term != NULL) {
        struct cfn_term term = *cells.at[0]->term;
        term.when = row->when;
        term.node = p->node;
        if (term.kind != CFN_TEXT || !cfn_has_dynamic(term.text)) {
            cfn_terms_add(out, term);
            return;
        }
    }
    struct cfn_term term;
    if (cells.all_text) {
        struct str text = cells.n ? melt(a, &cells, 0, cells.n) : (struct str){0};
        if (cfn_has_dynamic(text)) {
            cfn_terms_add_under(out, cfn_dynamic_text(p->t, p->node, text, row->when), row->when);
            return;
        }
        term = cfn_text_term(p->t, row->when, p->node, text);
        term.parameter = supplier(&cells);
    } else {
        term = joined(p, row, &cells);
        if (cfn_joined_is_dynamic(&term)) {
            struct str text = cfn_text_of(a, &term);
            term = cfn_unknown_term(p->t, row->when, p->node,
                                    cfn_unknown_named(p->t, CFN_WHY_DYNAMIC, text));
        }
    }
    cfn_terms_add(out, term);
}

struct cfn_value cfn_product_finish(struct cfn_product *p)
{
    struct cfn_terms out;
    cfn_terms_init(&out, p->t);
    if (p->over != NULL) {
        return cfn_over_budget(p->t, p->node, p->when, p->over);
    }
    for (size_t i = 0; i < p->rows.n; i++) {
        finish_row(p, &p->rows.at[i], &out);
    }
    return cfn_terms_value(&out);
}
