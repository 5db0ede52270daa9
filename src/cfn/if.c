/*
 * Fn::If: both branches, each under its side of the condition.
 */
#include "cfn/terms.h"

#include "cfn/eval.h"

struct cfn_value cfn_fn_if(const struct cfn_scope *s, const struct cfn_call *c, struct guard when)
{
    struct guard_space *space = s->t->unit->space;
    const struct doc_node *name = cfn_arg(c, 0);
    struct guard condition = cfn_condition_named(s, name->text, name);
    struct guard yes = guard_and(space, when, condition);
    struct guard no = guard_minus(space, when, condition);
    if (guard_is_false(no)) {
        return cfn_eval_in(s, cfn_arg(c, 1), yes);
    }
    if (guard_is_false(yes)) {
        return cfn_eval_in(s, cfn_arg(c, 2), no);
    }
    struct cfn_terms out;
    cfn_terms_init(&out, s->t);
    struct cfn_value first = cfn_eval_in(s, cfn_arg(c, 1), yes);
    FOREACH_TERM (term, first) {
        cfn_terms_add(&out, *term);
    }
    struct cfn_value second = cfn_eval_in(s, cfn_arg(c, 2), no);
    FOREACH_TERM (term, second) {
        cfn_terms_add(&out, *term);
    }
    return cfn_terms_value(&out);
}
