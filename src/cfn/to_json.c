/*
 * Fn::ToJsonString: the text of a tree in which all is known and nothing is a choice; else one
 * unknown.
 */
#include "base/limits.h"
#include "cfn/eval.h"
#include "cfn/terms.h"

static void quote(struct buf *b, struct str s)
{
    buf_addc(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\') {
            buf_addf(b, "\\%c", c);
        } else if (c < 0x20) {
            buf_addf(b, "\\u%04x", (unsigned)c);
        } else {
            buf_addc(b, s.p[i]);
        }
    }
    buf_addc(b, '"');
}

static bool write_node(const struct cfn_scope *s, const struct doc_node *node, struct guard when,
                       struct buf *b, bool *is_none);

static bool write_list(const struct cfn_scope *s, const struct cfn_term *list, struct buf *b)
{
    bool is_first = true;
    buf_addc(b, '[');
    size_t n = list->tree ? list->tree->n : list->part_n;
    for (size_t i = 0; i < n; i++) {
        size_t before = b->n;
        bool is_none = false;
        if (!is_first) {
            buf_addc(b, ',');
        }
        if (list->tree == NULL) {
            if (list->parts[i].kind != CFN_TEXT) {
                return false;
            }
            quote(b, list->parts[i].text);
        } else if (!write_node(s, list->tree->items[i], list->when, b, &is_none)) {
            return false;
        }
        if (is_none) {
            b->n = before;
        } else {
            is_first = false;
        }
    }
    buf_addc(b, ']');
    return true;
}

static bool write_map(const struct cfn_scope *s, const struct cfn_term *map, struct buf *b)
{
    bool is_first = true;
    buf_addc(b, '{');
    for (uint32_t i = 0; i < map->tree->n; i++) {
        size_t before = b->n;
        bool is_none = false;
        if (cfn_is_macro_key(map->tree->entries[i].key->text)) {
            return false;
        }
        if (!is_first) {
            buf_addc(b, ',');
        }
        quote(b, map->tree->entries[i].key->text);
        buf_addc(b, ':');
        if (!write_node(s, map->tree->entries[i].value, map->when, b, &is_none)) {
            return false;
        }
        if (is_none) {
            b->n = before;
        } else {
            is_first = false;
        }
    }
    buf_addc(b, '}');
    return true;
}

static bool write_term(const struct cfn_scope *s, const struct cfn_term *term, struct buf *b,
                       bool *is_none)
{
    if (term->kind == CFN_TEXT) {
        bool is_bare = term->literal != NULL && term->type != DOC_STRING;
        if (is_bare) {
            buf_add(b, term->text);
        } else {
            quote(b, term->text);
        }
        return b->n <= LIMIT_VALUE_BYTES;
    }
    if (term->kind == CFN_NONE) {
        *is_none = true;
        return true;
    }
    if (term->kind == CFN_LIST) {
        struct cfn_scope home = *s; /* a list that a parent stack passes is evaluated there */
        home.t = term->home != NULL ? term->home : s->t;
        return write_list(&home, term, b);
    }
    return term->kind == CFN_MAP && write_map(s, term, b);
}

static bool write_node(const struct cfn_scope *s, const struct doc_node *node, struct guard when,
                       struct buf *b, bool *is_none)
{
    struct cfn_scope inner = *s;
    inner.depth++;
    struct cfn_value v = cfn_eval_in(&inner, node, when);
    return v.n == 1 && write_term(&inner, &v.at[0], b, is_none);
}

struct cfn_value cfn_fn_to_json(const struct cfn_scope *s, const struct cfn_call *c,
                                struct guard when)
{
    struct arena *a = s->t->unit->arena;
    struct cfn_value trees = cfn_eval_argument(s, c, when);
    struct cfn_terms out;
    cfn_terms_init(&out, s->t);
    FOREACH_TERM (tree, trees) {
        struct buf b;
        bool is_none = false;
        buf_init(&b);
        if (write_term(s, tree, &b, &is_none) && !is_none) {
            struct str text = str_copy(a, buf_str(&b));
            cfn_terms_add(&out, cfn_text_term(s->t, tree->when, c->node, text));
        } else {
            struct position at = source_position(s->t->doc->source, doc_full_span(c->node).begin);
            struct str name =
                str_format(a, "ToJsonString at line %u, column %u", at.line, at.column);
            const struct cfn_unknown *unknown = cfn_unknown_named(s->t, CFN_WHY_COMPUTED, name);
            cfn_terms_add(&out, cfn_unknown_term(s->t, tree->when, c->node, unknown));
        }
        buf_release(&b);
    }
    return cfn_terms_value(&out);
}
