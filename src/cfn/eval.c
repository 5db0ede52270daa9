/*
 * The evaluator: a node is a call, a literal, or a list or map that is left as it is. All
 * recursion of expressions passes through cfn_eval_in, which bounds its depth.
 */
#include "cfn/eval.h"

#include "base/limits.h"
#include "cfn/dynamic.h"
#include "cfn/terms.h"
#include "doc/path.h"

struct cfn_scope cfn_scope_of(const struct cfn_template *t)
{
    return (struct cfn_scope){.t = t};
}

struct cfn_value cfn_unknown_value(const struct cfn_template *t, const struct cfn_unknown *unknown,
                                   const struct doc_node *node, struct guard when)
{
    return cfn_value_of(t, cfn_unknown_term(t, when, node, unknown));
}

struct cfn_value cfn_faulty(const struct cfn_template *t, const struct doc_node *node,
                            struct guard when)
{
    struct str text = node ? doc_pointer(t->unit->arena, node) : (struct str){0};
    text = str_join2(t->unit->arena, STR("fault at "), text);
    return cfn_unknown_value(t, cfn_unknown_named(t, CFN_WHY_FAULT, text), node, when);
}

static int limit_of(const char *what)
{
    static const struct {
        const char *what;
        int most;
    } limits[] = {{"bytes", LIMIT_VALUE_BYTES},
                  {"parts", LIMIT_VALUE_PARTS},
                  {"places to count", LIMIT_SELECT_STEPS},
                  {"alternatives", LIMIT_ALTERNATIVES}};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        if (str_is(str_from(what), limits[i].what)) {
            return limits[i].most;
        }
    }
    BUG("no limit of %s", what);
}

struct cfn_value cfn_over_budget(const struct cfn_template *t, const struct doc_node *node,
                                 struct guard when, const char *what)
{
    struct cfn_unit *u = t->unit;
    CFN_FAULT(t, DIAG_BUDGET, node,
              "This value has more than %d %s, the limit; what rests on it is reported as "
              "possible.",
              limit_of(what), what);
    struct str text = str_join2(u->arena, STR("budget at "), doc_pointer(u->arena, node));
    /* Neither true nor false: nothing that rests on this value can be certain. */
    struct guard g = guard_and(u->space, when, guard_budget(u->space));
    return cfn_unknown_value(t, cfn_unknown_named(t, CFN_WHY_BUDGET, text), node, g);
}

void cfn_report_budget(const struct cfn_template *t, const struct doc_node *node)
{
    if (guard_exceeded(t->unit->space)) {
        CFN_FAULT(t, DIAG_BUDGET, node,
                  "Too many choices of parameters and conditions meet here: more than %d nodes of "
                  "one guard, or %d of all, the limits; what rests on it is reported as possible.",
                  LIMIT_GUARD_NODES, LIMIT_GUARD_TOTAL);
    }
}

/* A scalar as written. */
static struct cfn_value literal(const struct cfn_scope *s, const struct doc_node *node,
                                struct guard when)
{
    if (node->type == DOC_NULL) {
        return cfn_none_value(s->t, when, node);
    }
    if (cfn_has_dynamic(node->text)) {
        return cfn_dynamic_text(s->t, node, node->text, when);
    }
    struct cfn_term term = cfn_text_term(s->t, when, node, node->text);
    term.type = (enum doc_type)node->type;
    term.literal = node;
    return cfn_value_of(s->t, term);
}

static struct cfn_value call(const struct cfn_scope *s, const struct cfn_call *c, struct guard when)
{
    if (!cfn_call_check(s->t, c)) {
        return c->fn == NULL ? cfn_fn_macro(s, c, when) : cfn_faulty(s->t, c->node, when);
    }
    if (c->fn->eval == NULL) {
        CFN_FAULT(s->t, DIAG_ARGUMENT, c->node, "'%s' may only stand in a condition.", c->fn->name);
        return cfn_faulty(s->t, c->node, when);
    }
    return c->fn->eval(s, c, when);
}

/* A node whose tag, if any, has been dealt with. */
static struct cfn_value eval_untagged(const struct cfn_scope *s, const struct doc_node *node,
                                      struct guard when)
{
    struct cfn_call c;
    switch ((enum doc_kind)node->kind) {
    case DOC_SCALAR:
        return literal(s, node, when);
    case DOC_SEQ:
    case DOC_MAP:
        break;
    }
    if (node->kind == DOC_MAP && node->tag.n == 0 && cfn_call_of(node, &c)) {
        return call(s, &c, when);
    }
    return cfn_value_of(s->t, (struct cfn_term){.when = when,
                                                .kind = node->kind == DOC_SEQ ? CFN_LIST : CFN_MAP,
                                                .tree = node,
                                                .home = s->t,
                                                .node = node});
}

struct cfn_value cfn_eval_in(const struct cfn_scope *s, const struct doc_node *node,
                             struct guard when)
{
    if (guard_is_false(when)) {
        return CFN_NO_VALUE;
    }
    if (node == NULL) {
        return cfn_none_value(s->t, when, NULL);
    }
    if (s->depth >= LIMIT_EVAL_DEPTH) {
        CFN_FAULT(s->t, DIAG_LIMIT, node, "More than %d functions stand inside one another here.",
                  LIMIT_EVAL_DEPTH);
        return cfn_faulty(s->t, node, when);
    }
    struct cfn_scope inner = *s;
    inner.depth++;
    struct cfn_call c;
    if (node->tag.n > 0 && cfn_call_of(node, &c)) {
        return call(&inner, &c, when);
    }
    return eval_untagged(&inner, node, when);
}

struct cfn_value cfn_eval_argument(const struct cfn_scope *s, const struct cfn_call *c,
                                   struct guard when)
{
    if (!c->tagged) {
        return cfn_eval_in(s, c->args, when);
    }
    struct cfn_call inner;
    if (cfn_inner_call_of(c, &inner)) {
        return call(s, &inner, when);
    }
    return eval_untagged(s, c->args, when);
}

struct cfn_value cfn_eval(const struct cfn_template *t, const struct doc_node *node,
                          struct guard when)
{
    struct cfn_scope s = cfn_scope_of(t);
    struct cfn_value v = cfn_eval_in(&s, node, when);
    if (node != NULL) {
        cfn_report_budget(t, node);
    }
    return v;
}

struct span cfn_span(const struct doc_node *node)
{
    return node ? doc_full_span(node) : SPAN_NONE;
}

struct diag *cfn_placed(const struct cfn_template *t, const struct doc_node *node, struct diag *g)
{
    const struct doc_node *below = NULL; /* child of the section's map that holds the node */
    const struct doc_node *section = NULL;
    for (const struct doc_node *n = node; n != NULL && n->parent != NULL; n = n->parent) {
        below = section;
        section = n;
    }
    const struct doc_node *resources = doc_get(t->doc->root, "Resources");
    bool is_there = resources != NULL && (section == resources || section == doc_target(resources));
    if (below != NULL && is_there && section->kind == DOC_MAP && g->resource.n == 0) {
        g->resource = cfn_qualified(t, section->entries[below->index].key->text);
        if (!below->is_key) {
            g->property = doc_path(t->unit->arena, below, node);
        }
    }
    return g;
}
