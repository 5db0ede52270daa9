/*
 * What is rewritten before CloudFormation evaluates it: Fn::Transform, Fn::ForEach, and the tags
 * of preprocessors. One unknown each.
 */
#include "cfn/eval.h"
#include "cfn/terms.h"

struct cfn_value cfn_fn_macro(const struct cfn_scope *s, const struct cfn_call *c,
                              struct guard when)
{
    const struct cfn_template *t = s->t;
    struct str name = c->tagged ? c->node->tag : c->node->entries[0].key->text;
    struct position at = source_position(t->doc->source, doc_full_span(c->node).begin);
    struct str text =
        str_format(t->unit->arena, "%.*s at line %u, column %u", STR_ARG(name), at.line, at.column);
    return cfn_unknown_value(t, cfn_unknown_named(t, CFN_WHY_MACRO, text), c->node, when);
}
