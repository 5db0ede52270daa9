/*
 * Fn::Length: how many elements a list has, which may depend on which of them are there.
 */
#include "base/limits.h"
#include "cfn/list.h"
#include "cfn/terms.h"

static void count(const struct cfn_scope *s, const struct cfn_call *c, const struct cfn_term *list,
                  struct cfn_terms *out)
{
    struct arena *a = s->t->unit->arena;
    struct cfn_slots slots = cfn_slots_of(s, list);
    size_t certain = 0;
    size_t doubtful = 0;
    for (size_t i = 0; i < slots.n; i++) {
        if (slots.at[i].n == 1 && guard_same(slots.at[i].at[0].when, list->when)) {
            certain++;
        } else {
            slots.at[doubtful++] = slots.at[i];
        }
    }
    if (doubtful >= LIMIT_ALTERNATIVES) {
        struct cfn_value v = cfn_over_budget(s->t, c->node, list->when, "alternatives");
        cfn_terms_add_under(out, v, list->when);
        return;
    }
    struct guard *at = ARENA_ARRAY(a, doubtful + 1, struct guard);
    at[0] = list->when;
    for (size_t i = 0; i < doubtful; i++) {
        cfn_count_slot(s->t, slots.at[i], at, doubtful);
    }
    for (size_t k = 0; k <= doubtful; k++) {
        struct cfn_term term =
            cfn_text_term(s->t, at[k], c->node, str_format(a, "%zu", certain + k));
        term.type = DOC_INT;
        cfn_terms_add(out, term);
    }
}

struct cfn_value cfn_fn_length(const struct cfn_scope *s, const struct cfn_call *c,
                               struct guard when)
{
    struct cfn_unit *u = s->t->unit;
    struct cfn_value lists = cfn_eval_argument(s, c, when);
    struct cfn_terms out;
    cfn_terms_init(&out, s->t);
    FOREACH_TERM (list, lists) {
        if (list->kind == CFN_LIST) {
            count(s, c, list, &out);
        } else if (list->kind == CFN_UNKNOWN || list->kind == CFN_OBJECT) {
            struct str whole = cfn_text_of(u->arena, list);
            struct str text = str_format(u->arena, "Length(%.*s)", STR_ARG(whole));
            const struct cfn_unknown *unknown = cfn_unknown_of(u, CFN_WHY_COMPUTED, text);
            cfn_terms_add(&out, cfn_unknown_term(s->t, list->when, c->node, unknown));
        } else {
            CFN_FAULT(s->t, DIAG_ARGUMENT, c->node, "'Fn::Length' takes a list.");
            cfn_terms_add_under(&out, cfn_faulty(s->t, c->node, list->when), list->when);
        }
    }
    return cfn_terms_value(&out);
}
