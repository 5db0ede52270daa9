/*
 * Fn::Select. An element that is left out (AWS::NoValue) moves those behind it one place
 * forward, so the element at an index is found by counting, guard by guard, how many stand
 * before each.
 */
#include "base/limits.h"
#include "cfn/list.h"
#include "cfn/terms.h"

static struct cfn_value out_of_range(const struct cfn_scope *s, const struct cfn_call *c,
                                     struct guard when)
{
    CFN_FAULT(s->t, DIAG_ARGUMENT, c->node,
              "'Fn::Select' asks for more elements than the list has.");
    return cfn_faulty(s->t, c->node, when);
}

/* Does this slot hold an element whatever is chosen within `when`? */
static bool is_certain(const struct cfn_scope *s, const struct cfn_value *slot, struct guard when)
{
    return slot->n == 1 && guard_implies(s->t->unit->space, when, slot->at[0].when);
}

/* Element `index` of slots some of which may be empty: the slot that `index` filled ones
 * precede, under the guard that it is so. */
static void select_slot(const struct cfn_scope *s, const struct cfn_call *c, struct cfn_slots slots,
                        size_t index, struct guard when, struct cfn_terms *out)
{
    struct guard_space *space = s->t->unit->space;
    struct guard rest = when;
    size_t first = 0;
    while (first < slots.n && first < index && is_certain(s, &slots.at[first], when)) {
        first++;
    }
    index -= first;
    if (index >= slots.n - first) {
        cfn_terms_add_under(out, out_of_range(s, c, when), when);
        return;
    }
    if (index > 0 && slots.n - first > LIMIT_SELECT_STEPS / index) {
        cfn_terms_add_under(out, cfn_over_budget(s->t, c->node, when, "places to count"), when);
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

/* Element `index` of a list whose slots, if it is known, are at hand. */
static void select_from(const struct cfn_scope *s, const struct cfn_call *c,
                        const struct cfn_term *list, struct cfn_slots slots,
                        const struct cfn_term *index, struct guard when, struct cfn_terms *out)
{
    int64_t number = 0;
    if (!cfn_integer(index, &number)) {
        select_somewhere(s, c, index, list, when, out);
    } else if (number >= LIMIT_NODES) {
        cfn_terms_add_under(out, out_of_range(s, c, when), when);
    } else if (list->kind == CFN_LIST) {
        select_slot(s, c, slots, (size_t)number, when, out);
    } else {
        select_unknown(s, c, list, (size_t)number, when, out);
    }
}

static bool is_index(const struct cfn_term *term)
{
    int64_t number = 0;
    return term->kind == CFN_UNKNOWN || term->kind == CFN_JOINED ||
           (cfn_integer(term, &number) && number >= 0);
}

static bool is_list(const struct cfn_term *term)
{
    return term->kind == CFN_LIST || term->kind == CFN_UNKNOWN || term->kind == CFN_OBJECT;
}

/* All indexes into one list; its elements are evaluated once. */
static void select_all(const struct cfn_scope *s, const struct cfn_call *c,
                       const struct cfn_term *list, struct cfn_value indexes, struct cfn_terms *out)
{
    struct cfn_slots slots = {0};
    if (list->kind == CFN_LIST) {
        slots = cfn_slots_of(s, list);
    }
    FOREACH_TERM (index, indexes) {
        struct guard both = guard_and(s->t->unit->space, index->when, list->when);
        if (guard_is_false(both)) {
            continue;
        }
        if (is_index(index) && is_list(list)) {
            select_from(s, c, list, slots, index, both, out);
            continue;
        }
        if (!is_index(index)) {
            CFN_FAULT(s->t, DIAG_ARGUMENT, cfn_arg(c, 0),
                      "The index of 'Fn::Select' is no number.");
        } else {
            CFN_FAULT(s->t, DIAG_ARGUMENT, cfn_arg(c, 1), "'Fn::Select' takes a list of values.");
        }
        cfn_terms_add_under(out, cfn_faulty(s->t, c->node, both), both);
    }
}

struct cfn_value cfn_fn_select(const struct cfn_scope *s, const struct cfn_call *c,
                               struct guard when)
{
    struct cfn_value indexes = cfn_eval_in(s, cfn_arg(c, 0), when);
    struct cfn_value lists = cfn_eval_in(s, cfn_arg(c, 1), when);
    struct cfn_terms out;
    cfn_terms_init(&out, s->t);
    FOREACH_TERM (list, lists) {
        select_all(s, c, list, indexes, &out);
    }
    return cfn_terms_value(&out);
}
