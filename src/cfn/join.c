/*
 * Fn::Join and Fn::Split.
 */
#include "cfn/list.h"
#include "cfn/product.h"
#include "cfn/terms.h"

/* The one text of a delimiter; false (diagnosed) if it is anything else. */
static bool delimiter(const struct cfn_scope *s, const struct cfn_call *c, struct guard when,
                      struct str *out)
{
    struct cfn_value v = cfn_eval_in(s, cfn_arg(c, 0), when);
    if (v.n == 1 && v.at[0].kind == CFN_TEXT) {
        *out = v.at[0].text;
        return true;
    }
    CFN_FAULT(s->t, DIAG_ARGUMENT, cfn_arg(c, 0), "The delimiter of '%s' is not a text.",
              c->fn->name);
    return false;
}

static void join_list(const struct cfn_scope *s, struct cfn_product *p, const struct cfn_term *list,
                      struct str separator)
{
    struct cfn_slots slots = cfn_slots_of(s, list);
    for (size_t i = 0; i < slots.n && p->over == NULL; i++) {
        cfn_product_value(p, slots.at[i], separator);
    }
}

/* A list that nobody knows, joined: one unknown text. */
static struct cfn_value unknown_join(const struct cfn_scope *s, const struct cfn_call *c,
                                     const struct cfn_term *list, struct str separator)
{
    struct arena *a = s->t->unit->arena;
    struct str whole = cfn_text_of(a, list);
    struct str text = str_format(a, "Join(%.*s, %.*s)", STR_ARG(separator), STR_ARG(whole));
    const struct cfn_unknown *u = cfn_unknown_of(s->t->unit, CFN_WHY_COMPUTED, text);
    return cfn_unknown_value(s->t, u, c->node, list->when);
}

struct cfn_value cfn_fn_join(const struct cfn_scope *s, const struct cfn_call *c, struct guard when)
{
    struct str separator;
    if (!delimiter(s, c, when, &separator)) {
        return cfn_faulty(s->t, c->node, when);
    }
    struct cfn_value lists = cfn_eval_in(s, cfn_arg(c, 1), when);
    struct cfn_terms out;
    cfn_terms_init(&out, s->t);
    FOREACH_TERM (list, lists) {
        struct cfn_value v;
        if (list->kind == CFN_LIST) {
            struct cfn_product p;
            cfn_product_init(&p, s->t, c->node, list->when);
            join_list(s, &p, list, separator);
            v = cfn_product_finish(&p);
        } else if (list->kind == CFN_UNKNOWN || list->kind == CFN_OBJECT) {
            v = unknown_join(s, c, list, separator);
        } else {
            CFN_FAULT(s->t, DIAG_ARGUMENT, cfn_arg(c, 1), "'Fn::Join' takes a list of values.");
            v = cfn_faulty(s->t, c->node, list->when);
        }
        FOREACH_TERM (term, v) {
            cfn_terms_add(&out, *term);
        }
    }
    return cfn_terms_value(&out);
}

struct cfn_value cfn_fn_split(const struct cfn_scope *s, const struct cfn_call *c,
                              struct guard when)
{
    struct str separator;
    if (!delimiter(s, c, when, &separator)) {
        return cfn_faulty(s->t, c->node, when);
    }
    if (separator.n == 0) {
        CFN_FAULT(s->t, DIAG_ARGUMENT, cfn_arg(c, 0), "The delimiter of 'Fn::Split' is empty.");
        return cfn_faulty(s->t, c->node, when);
    }
    struct cfn_value texts = cfn_eval_in(s, cfn_arg(c, 1), when);
    struct cfn_terms out;
    cfn_terms_init(&out, s->t);
    FOREACH_TERM (text, texts) {
        if (text->kind == CFN_LIST || text->kind == CFN_MAP || text->kind == CFN_NONE) {
            CFN_FAULT(s->t, DIAG_ARGUMENT, cfn_arg(c, 1), "'Fn::Split' takes a text.");
            cfn_terms_add_under(&out, cfn_faulty(s->t, c->node, text->when), text->when);
            continue;
        }
        struct cfn_term list = cfn_split_term(s->t, text, separator, false);
        if (list.kind == CFN_OBJECT || list.kind == CFN_UNKNOWN) {
            list.node = c->node;
        }
        if (list.kind == CFN_OBJECT ||
            (list.kind == CFN_UNKNOWN && list.unknown == text->unknown)) {
            /* One thing that holds no delimiter: a list of it alone. */
            struct cfn_term *part = ARENA_NEW(s->t->unit->arena, struct cfn_term);
            *part = list;
            list = (struct cfn_term){
                .kind = CFN_LIST, .parts = part, .part_n = 1, .when = text->when, .home = s->t};
        }
        list.node = c->node;
        cfn_terms_add(&out, list);
    }
    return cfn_terms_value(&out);
}
