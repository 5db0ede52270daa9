/*
 * What is known before anything is deployed: identifiers of loops, parameters, mappings. The
 * transform computes loops' collections, and the names in Ref, Fn::GetAtt and Condition, from
 * these alone (RFC 0009, constraints 6 and 7).
 */
#include "base/limits.h"
#include "cfn/loops.h"
#include "cfn/parameters.h"
#include "cfn/sub_text.h"

const struct loop_bound *loop_bound_of(const struct loop_work *w, struct str name)
{
    const struct loop_bound *b = w->bound;
    while (b != NULL && !str_eq(b->name, name)) {
        b = b->outer;
    }
    return b;
}

struct str loop_referred(const struct doc_node *node)
{
    bool is_long = node->kind == DOC_MAP && node->n == 1 && node->tag.n == 0 &&
                   str_is(node->entries[0].key->text, "Ref");
    const struct doc_node *name = is_long ? node->entries[0].value : node;
    bool is_name = name->kind == DOC_SCALAR && (is_long ? name->tag.n == 0 : true);
    return is_name && (is_long || str_is(node->tag, "!Ref")) ? name->text : (struct str){0};
}

/* The binding that `${Name}` or `&{Name}` at `at` stands for; *end is behind the brace. */
static const struct loop_bound *placeholder(const struct loop_work *w, struct str text, size_t at,
                                            size_t *end)
{
    bool begins =
        (text.p[at] == '$' || text.p[at] == '&') && at + 1 < text.n && text.p[at + 1] == '{';
    size_t close = begins ? str_find_byte(text, '}', at) : STR_NPOS;
    if (close == STR_NPOS) {
        return NULL;
    }
    *end = close + 1;
    return loop_bound_of(w, str_trim(str_sub(text, at + 2, close)));
}

struct str loop_substitute(struct loop_work *w, struct str text)
{
    if (w->bound == NULL || str_find_byte(text, '{', 0) == STR_NPOS) {
        return text;
    }
    struct buf b;
    buf_init(&b);
    for (size_t at = 0; at < text.n && b.n <= LIMIT_VALUE_BYTES;) {
        size_t end = at + 1;
        const struct loop_bound *bound = placeholder(w, text, at, &end);
        if (bound != NULL) {
            buf_add(&b, text.p[at] == '&' ? bound->bare : bound->text);
        } else {
            buf_addc(&b, text.p[at]);
            end = at + 1;
        }
        at = end;
    }
    w->is_long = w->is_long || b.n > LIMIT_VALUE_BYTES;
    w->is_over = w->is_over || w->is_long;
    w->spent += (uint32_t)(b.n / 64);
    struct str out = str_copy(w->t->unit->arena, buf_str(&b));
    buf_release(&b);
    return out;
}

/* The given value of a parameter, or its Default: then that is needed. */
static bool value_of(struct loop_work *w, const struct cfn_parameter *p, struct str *out)
{
    if (p->no_echo || p->is_ssm || (!p->is_given && p->default_node == NULL)) {
        return false;
    }
    *out = p->is_given ? p->given : p->default_node->text;
    for (const struct loop_need *n = w->needs; n != NULL; n = n->outer) {
        if (n->parameter == p) {
            return true;
        }
    }
    if (!p->is_given) {
        struct loop_need *need = ARENA_NEW(w->t->unit->arena, struct loop_need);
        *need = (struct loop_need){p, *out, w->needs};
        w->needs = need;
    }
    return true;
}

static bool text_named(struct loop_work *w, struct str name, struct str *out)
{
    const struct loop_bound *b = loop_bound_of(w, name);
    if (b != NULL) {
        *out = b->text;
        return true;
    }
    const struct cfn_parameter *p = map_get(&w->t->parameter_by_name, name);
    if (p == NULL) {
        const struct cfn_parameter *pseudo = cfn_pseudo(w->t, name);
        p = pseudo != NULL && pseudo->is_given ? pseudo : NULL;
    }
    return p != NULL && !p->is_list && value_of(w, p, out);
}

static bool text_of_sub(struct loop_work *w, const struct cfn_call *c, struct str *out)
{
    bool is_text = c->args->kind == DOC_SCALAR;
    struct buf b;
    struct cfn_sub_piece piece;
    buf_init(&b);
    for (size_t at = 0; is_text && cfn_sub_next(c->args->text, &at, &piece);) {
        struct str text = piece.text;
        if (piece.is_variable && !text_named(w, piece.text, &text)) {
            is_text = false;
        }
        buf_add(&b, text);
        is_text = is_text && b.n <= LIMIT_VALUE_BYTES;
    }
    *out = str_copy(w->t->unit->arena, buf_str(&b));
    *out = loop_substitute(w, *out); /* "&{X}" */
    buf_release(&b);
    return is_text;
}

/* The value in a mapping, or the DefaultValue; NULL if neither is known. */
static const struct doc_node *looked_up(struct loop_work *w, const struct cfn_call *c)
{
    struct str key[3];
    bool is_none = false;
    if (c->args->kind != DOC_SEQ || c->args->n < 3) {
        return NULL;
    }
    for (size_t i = 0; i < 3; i++) {
        if (!loop_text_of(w, cfn_arg(c, i), &key[i], &is_none) || is_none) {
            return NULL;
        }
    }
    const struct cfn_mapping *m = map_get(&w->t->mapping_by_name, key[0]);
    const struct doc_node *found = doc_get_str(doc_get_str(m ? m->node : NULL, key[1]), key[2]);
    return found != NULL ? found : doc_get(cfn_arg(c, 3), "DefaultValue");
}

static bool text_of_call(struct loop_work *w, const struct cfn_call *c, struct str *out,
                         bool *is_none)
{
    if (c->fn == NULL) {
        return false;
    }
    if (c->fn->form == CFN_FORM_REF && c->args->kind == DOC_SCALAR) {
        *is_none = str_is(c->args->text, "AWS::NoValue");
        return *is_none || text_named(w, loop_substitute(w, c->args->text), out);
    }
    if (c->fn->eval == cfn_fn_sub) {
        return text_of_sub(w, c, out);
    }
    const struct doc_node *found = c->fn->eval == cfn_fn_find_in_map ? looked_up(w, c) : NULL;
    return found != NULL && loop_text_of(w, found, out, is_none);
}

bool loop_text_of(struct loop_work *w, const struct doc_node *node, struct str *out, bool *is_none)
{
    struct cfn_call c;
    *is_none = false;
    *out = (struct str){0};
    if (node->kind == DOC_SCALAR && node->tag.n == 0) {
        *out = loop_substitute(w, node->text);
        return node->type != DOC_NULL;
    }
    return cfn_call_of(node, &c) && text_of_call(w, &c, out, is_none);
}

/* ---- lists -------------------------------------------------------------------------------- */

static void split(struct loop_work *w, struct str text, struct loop_texts *out)
{
    for (size_t at = 0; at < text.n;) {
        size_t comma = str_find_byte(text, ',', at);
        size_t end = comma == STR_NPOS ? text.n : comma;
        *VEC_ADD(w->t->unit->arena, &out->at) = str_trim(str_sub(text, at, end));
        at = end + 1;
    }
}

static bool items_of(struct loop_work *w, const struct doc_node *list, struct loop_texts *out)
{
    for (uint32_t i = 0; i < list->n; i++) {
        struct str text;
        bool is_none;
        if (!loop_text_of(w, list->items[i], &text, &is_none)) {
            return false;
        }
        if (!is_none) {
            *VEC_ADD(w->t->unit->arena, &out->at) = text;
        }
    }
    return true;
}

bool loop_list_of(struct loop_work *w, const struct doc_node *node, struct loop_texts *out)
{
    struct cfn_call c;
    struct str text;
    if (node->kind == DOC_SEQ && node->tag.n == 0) {
        return items_of(w, node, out);
    }
    if (!cfn_call_of(node, &c) || c.fn == NULL) {
        return false;
    }
    if (c.fn->form == CFN_FORM_REF && c.args->kind == DOC_SCALAR) {
        const struct cfn_parameter *p = map_get(&w->t->parameter_by_name, c.args->text);
        if (p == NULL || !p->is_list || !value_of(w, p, &text)) {
            return false;
        }
        split(w, text, out);
        return true;
    }
    const struct doc_node *found = c.fn->eval == cfn_fn_find_in_map ? looked_up(w, &c) : NULL;
    return found != NULL && found->kind == DOC_SEQ && found->tag.n == 0 && items_of(w, found, out);
}
