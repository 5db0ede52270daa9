/*
 * Fn::Sub: "${Name}" is a Ref, "${Name.Attribute}" a GetAtt, unless the map of the long form has
 * the name.
 */
#include "cfn/names.h"
#include "cfn/product.h"
#include "cfn/sub_text.h"
#include "cfn/terms.h"

/* One call: each of its variables is evaluated once, however often it is written. */
struct sub {
    const struct cfn_scope *s;
    const struct cfn_call *c;
    const struct doc_node *own; /* the map of the long form, or NULL */
    struct guard when;
    struct map seen; /* name -> struct cfn_value */
};

static struct cfn_value evaluate(const struct sub *sub, struct str name)
{
    const struct doc_entry *e = sub->own ? doc_entry_of(sub->own, name) : NULL;
    if (e != NULL) {
        return cfn_eval_in(sub->s, e->value, sub->when);
    }
    size_t dot = str_find_byte(name, '.', 0);
    if (dot == STR_NPOS) {
        return cfn_named(sub->s, sub->c->node, "Fn::Sub", name, sub->when);
    }
    return cfn_attribute(sub->s, sub->c->node, "Fn::Sub", str_sub(name, 0, dot),
                         str_sub(name, dot + 1, name.n), sub->when);
}

static struct cfn_value variable(struct sub *sub, struct str name)
{
    struct cfn_value *kept = map_get(&sub->seen, name);
    if (kept == NULL) {
        kept = ARENA_NEW(sub->s->t->unit->arena, struct cfn_value);
        *kept = evaluate(sub, name);
        *map_at(&sub->seen, name) = kept;
    }
    return *kept;
}

struct cfn_value cfn_fn_sub(const struct cfn_scope *s, const struct cfn_call *c, struct guard when)
{
    bool is_long = c->args->kind == DOC_SEQ;
    const struct doc_node *text = is_long ? c->args->items[0] : c->args;
    struct sub sub = {.s = s, .c = c, .when = when};
    sub.own = is_long && c->args->n == 2 ? c->args->items[1] : NULL;
    map_init(&sub.seen, s->t->unit->arena);
    struct cfn_product p;
    cfn_product_init(&p, s->t, c->node, when);
    struct cfn_sub_piece piece;
    bool is_literal = true;
    for (size_t at = 0; cfn_sub_next(text->text, &at, &piece);) {
        if (!piece.is_variable) {
            cfn_product_text(&p, piece.text);
            continue;
        }
        is_literal = false;
        if (piece.is_wrong) {
            CFN_FAULT(s->t, DIAG_ARGUMENT, c->node, "'${%.*s}' is not a name in 'Fn::Sub'.",
                      STR_ARG(piece.text));
            return cfn_faulty(s->t, c->node, when);
        }
        cfn_product_value(&p, variable(&sub, piece.text), (struct str){0});
    }
    struct cfn_value v = cfn_product_finish(&p);
    if (is_literal && v.n == 1 && v.at[0].kind == CFN_TEXT) {
        struct cfn_term term = v.at[0]; /* nothing was replaced: the text itself is the literal */
        term.literal = text;
        return cfn_value_of(s->t, term);
    }
    return v;
}
