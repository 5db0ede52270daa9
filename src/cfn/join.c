/*
 * Fn::Join, Fn::Split and Fn::Select.
 */
#include "base/limits.h"
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

/* ---- Fn::Select ----------------------------------------------------------------------------- */

static struct cfn_value out_of_range(const struct cfn_scope *s, const struct cfn_call *c,
                                     struct guard when)
{
    CFN_FAULT(s->t, DIAG_ARGUMENT, c->node,
              "'Fn::Select' asks for more elements than the list has.");
    return cfn_faulty(s->t, c->node, when);
}

/* Does this slot hold an element whatever is chosen within `when`? */
static bool is_certain(const struct cfn_value *slot, struct guard when)
{
    return slot->n == 1 && guard_same(slot->at[0].when, when);
}

/* Element `index` of slots some of which may be empty: the slot that `index` filled ones
 * precede, under the guard that it is so. */
static void select_slot(const struct cfn_scope *s, const struct cfn_call *c, struct cfn_slots slots,
                        size_t index, struct guard when, struct cfn_terms *out)
{
    struct guard_space *space = s->t->unit->space;
    struct guard rest = when;
    size_t first = 0;
    while (first < slots.n && first < index && is_certain(&slots.at[first], when)) {
        first++;
    }
    index -= first;
    if (index >= slots.n) {
        cfn_terms_add_under(out, out_of_range(s, c, when), when);
        return;
    }
    if (index > LIMIT_ALTERNATIVES) {
        cfn_terms_add_under(out, cfn_over_budget(s->t, c->node, when, "alternatives"), when);
        return;
    }
    struct guard *filled = ARENA_ARRAY(s->t->unit->arena, index + 1, struct guard);
    filled[0] = when;
    for (size_t i = first; i < slots.n && !guard_is_false(rest); i++) {
        FOREACH_TERM (term, slots.at[i]) {
            struct cfn_term found = *term;
            found.when = guard_and(space, term->when, filled[index]);
            found.node = c->node;
            rest = guard_minus(space, rest, found.when);
            cfn_terms_add(out, found);
        }
        cfn_count_slot(s->t, slots.at[i], filled, index);
    }
    if (!guard_is_false(rest)) {
        cfn_terms_add_under(out, out_of_range(s, c, rest), rest);
    }
}

static void select_unknown(const struct cfn_scope *s, const struct cfn_call *c,
                           const struct cfn_term *list, size_t index, struct guard when,
                           struct cfn_terms *out)
{
    struct cfn_unit *u = s->t->unit;
    const struct cfn_unknown *whole = list->unknown;
    if (list->kind == CFN_OBJECT) {
        whole = cfn_unknown_of(u, CFN_WHY_ATTRIBUTE, cfn_text_of(u->arena, list));
    }
    const struct cfn_unknown *element = whole;
    if (whole->why != CFN_WHY_FAULT && whole->why != CFN_WHY_BUDGET) {
        element = cfn_unknown_element(s->t, whole, (uint32_t)index);
    }
    cfn_terms_add(out, cfn_unknown_term(s->t, when, c->node, element));
}

static void select_from(const struct cfn_scope *s, const struct cfn_call *c,
                        const struct cfn_term *list, size_t index, struct guard when,
                        struct cfn_terms *out)
{
    if (list->kind == CFN_LIST) {
        struct cfn_term narrowed = *list;
        narrowed.when = when;
        select_slot(s, c, cfn_slots_of(s, &narrowed), index, when, out);
    } else if (list->kind == CFN_UNKNOWN || list->kind == CFN_OBJECT) {
        select_unknown(s, c, list, index, when, out);
    } else {
        CFN_FAULT(s->t, DIAG_ARGUMENT, cfn_arg(c, 1), "'Fn::Select' takes a list of values.");
        cfn_terms_add_under(out, cfn_faulty(s->t, c->node, when), when);
    }
}

/* The index is not known: some element, but which? */
static void select_somewhere(const struct cfn_scope *s, const struct cfn_call *c,
                             const struct cfn_term *index, const struct cfn_term *list,
                             struct guard when, struct cfn_terms *out)
{
    struct arena *a = s->t->unit->arena;
    struct str i = cfn_text_of(a, index);
    struct str whole = cfn_text_of(a, list);
    struct str text = str_format(a, "Select(%.*s, %.*s)", STR_ARG(i), STR_ARG(whole));
    cfn_terms_add(out, cfn_unknown_term(s->t, when, c->node,
                                        cfn_unknown_of(s->t->unit, CFN_WHY_COMPUTED, text)));
}

struct cfn_value cfn_fn_select(const struct cfn_scope *s, const struct cfn_call *c,
                               struct guard when)
{
    struct cfn_value indexes = cfn_eval_in(s, cfn_arg(c, 0), when);
    struct cfn_value lists = cfn_eval_in(s, cfn_arg(c, 1), when);
    struct cfn_terms out;
    cfn_terms_init(&out, s->t);
    FOREACH_TERM (index, indexes) {
        int64_t number = 0;
        bool is_number = cfn_integer(index, &number) && number >= 0;
        if (index->kind != CFN_UNKNOWN && index->kind != CFN_JOINED && !is_number) {
            CFN_FAULT(s->t, DIAG_ARGUMENT, cfn_arg(c, 0),
                      "The index of 'Fn::Select' is no number.");
            cfn_terms_add_under(&out, cfn_faulty(s->t, c->node, index->when), index->when);
            continue;
        }
        FOREACH_TERM (list, lists) {
            struct guard both = guard_and(s->t->unit->space, index->when, list->when);
            if (guard_is_false(both)) {
                continue;
            }
            if (!is_number) {
                select_somewhere(s, c, index, list, both, &out);
            } else if (number >= LIMIT_NODES) {
                cfn_terms_add_under(&out, out_of_range(s, c, both), both);
            } else {
                select_from(s, c, list, (size_t)number, both, &out);
            }
        }
    }
    return cfn_terms_value(&out);
}
