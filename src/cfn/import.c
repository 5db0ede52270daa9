/*
 * Fn::ImportValue: what another stack exports under a name. The same name is the same unknown.
 */
#include "cfn/eval.h"
#include "cfn/terms.h"

struct cfn_value cfn_fn_import(const struct cfn_scope *s, const struct cfn_call *c,
                               struct guard when)
{
    struct cfn_unit *u = s->t->unit;
    struct cfn_value names = cfn_eval_argument(s, c, when);
    struct cfn_terms out;
    cfn_terms_init(&out, s->t);
    FOREACH_TERM (name, names) {
        if (name->kind == CFN_NONE || name->kind == CFN_LIST || name->kind == CFN_MAP) {
            CFN_FAULT(s->t, DIAG_ARGUMENT, c->node,
                      "'Fn::ImportValue' takes the name of an export.");
            cfn_terms_add_under(&out, cfn_faulty(s->t, c->node, name->when), name->when);
            continue;
        }
        struct str shown = cfn_text_of(u->arena, name);
        struct cfn_term wrapped = {.kind = CFN_JOINED, .parts = name, .part_n = 1};
        shown = name->kind == CFN_JOINED ? shown : cfn_text_of(u->arena, &wrapped);
        struct str text = str_join2(u->arena, STR("ImportValue "), shown);
        const struct cfn_unknown *unknown = cfn_unknown_of(u, CFN_WHY_IMPORT, text);
        cfn_terms_add(&out, cfn_unknown_term(s->t, name->when, c->node, unknown));
    }
    return cfn_terms_value(&out);
}
