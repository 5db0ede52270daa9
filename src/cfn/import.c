/*
 * Fn::ImportValue: what another stack exports under a name: the value itself where a template of
 * the unit exports it, else unknown. The same name is the same unknown.
 * Fn::GetStackOutput asks a stack by its name for one of its outputs.
 */
#include "cfn/eval.h"
#include "cfn/exports.h"
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
        struct guard rest;
        struct cfn_value found = cfn_imported(s, name, c->node, &rest);
        cfn_terms_add_under(&out, found, GUARD_TRUE);
        struct str shown = cfn_text_of(u->arena, name);
        struct cfn_term wrapped = {.kind = CFN_JOINED, .parts = name, .part_n = 1};
        shown = name->kind == CFN_JOINED ? shown : cfn_text_of(u->arena, &wrapped);
        struct str text = str_join2(u->arena, STR("ImportValue "), shown);
        const struct cfn_unknown *unknown = cfn_unknown_of(u, CFN_WHY_IMPORT, text);
        cfn_terms_add(&out, cfn_unknown_term(s->t, rest, c->node, unknown));
    }
    return cfn_terms_value(&out);
}

/* A member of the argument as text; empty if there is none or it is a choice. */
static struct str one_text(const struct cfn_scope *s, const struct cfn_call *c, const char *key,
                           struct guard when)
{
    const struct doc_node *node = doc_get(c->args, key);
    struct cfn_value v = node ? cfn_eval_in(s, node, when) : CFN_NO_VALUE;
    return v.n == 1 ? cfn_text_of(s->t->unit->arena, &v.at[0]) : (struct str){0};
}

struct cfn_value cfn_fn_stack_output(const struct cfn_scope *s, const struct cfn_call *c,
                                     struct guard when)
{
    struct cfn_unit *u = s->t->unit;
    struct str stack = one_text(s, c, "StackName", when);
    struct str output = one_text(s, c, "OutputName", when);
    struct str region = one_text(s, c, "Region", when);
    struct str text;
    if (stack.n > 0 && output.n > 0) {
        text = str_format(u->arena, "GetStackOutput %.*s.%.*s%s%.*s", STR_ARG(stack),
                          STR_ARG(output), region.n ? " in " : "", STR_ARG(region));
    } else {
        struct position at = source_position(s->t->doc->source, doc_full_span(c->node).begin);
        text = str_format(u->arena, "GetStackOutput at line %u, column %u", at.line, at.column);
    }
    return cfn_unknown_value(s->t, cfn_unknown_of(u, CFN_WHY_IMPORT, text), c->node, when);
}
