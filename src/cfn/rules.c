/*
 * Rules ("Rules section", AWS CloudFormation User Guide): values of parameters that violate an
 * assertion are rejected before anything is deployed, so no verdict speaks of them. An assertion
 * counts only if it is decided exactly, for every value: half a rule would hide what exists.
 *
 *     Rules: {Prod: {RuleCondition: !Equals [!Ref Env, prod],
 *                    Assertions: [{Assert: !Contains [[a, b], !Ref Zone]}]}}
 *     leaves the family:  Env=prod & Zone!=a & Zone!=b
 */
#include "cfn/rules.h"

#include "base/limits.h"
#include "cfn/compare.h"
#include "cfn/eval.h"
#include "cfn/references.h"
#include "cfn/terms.h"

struct reading {
    struct cfn_scope scope;
    bool is_exact; /* until something is found that cannot be decided */
};

static struct guard unclear(struct reading *r)
{
    r->is_exact = false;
    return GUARD_FALSE;
}

/* A literal or a Ref; anything else is not looked into. */
static struct cfn_value scalar(struct reading *r, const struct doc_node *node)
{
    struct cfn_call c;
    bool is_literal = node->kind == DOC_SCALAR && node->tag.n == 0;
    bool is_ref = !is_literal && cfn_call_of(node, &c) && c.fn != NULL &&
                  c.fn->form == CFN_FORM_REF && cfn_call_check(r->scope.t, &c);
    if (!is_literal && !is_ref) {
        r->is_exact = false;
        return CFN_NO_VALUE;
    }
    return cfn_eval_in(&r->scope, node, GUARD_TRUE);
}

/* The members of a list that is written out, or of a list parameter. */
static struct cfn_value members(struct reading *r, const struct doc_node *node)
{
    if (node->kind != DOC_SEQ || node->tag.n > 0) {
        return cfn_items(scalar(r, node));
    }
    VEC(struct cfn_term) all = {0};
    for (uint32_t i = 0; i < node->n; i++) {
        struct cfn_value one = scalar(r, node->items[i]);
        FOREACH_TERM (term, one) {
            *VEC_ADD(r->scope.t->unit->arena, &all) = *term;
        }
    }
    return (struct cfn_value){all.at, all.n};
}

/* Where is the term live and equal to one of the values? */
static struct guard is_one_of(struct reading *r, const struct cfn_term *term,
                              struct cfn_value values)
{
    struct guard_space *space = r->scope.t->unit->space;
    struct guard result = GUARD_FALSE;
    FOREACH_TERM (value, values) {
        struct guard both = guard_and(space, term->when, value->when);
        if (guard_is_false(both)) {
            continue;
        }
        switch (cfn_compare_keys(term, value)) {
        case CFN_SAME:
            result = guard_or(space, result, both);
            break;
        case CFN_DIFFERENT:
            break;
        case CFN_UNDECIDED:
            return unclear(r);
        }
    }
    return result;
}

static struct guard any_is_one_of(struct reading *r, struct cfn_value terms,
                                  struct cfn_value values)
{
    struct guard result = GUARD_FALSE;
    FOREACH_TERM (term, terms) {
        result = guard_or(r->scope.t->unit->space, result, is_one_of(r, term, values));
    }
    return result;
}

static struct guard each_is_one_of(struct reading *r, struct cfn_value terms,
                                   struct cfn_value values)
{
    struct guard_space *space = r->scope.t->unit->space;
    struct guard result = GUARD_TRUE;
    FOREACH_TERM (term, terms) {
        struct guard bad = guard_minus(space, term->when, is_one_of(r, term, values));
        result = guard_minus(space, result, bad);
    }
    return result;
}

static struct guard holds(struct reading *r, const struct doc_node *node, uint32_t depth);

static struct guard combine(struct reading *r, const struct cfn_call *c, bool is_and,
                            uint32_t depth)
{
    struct guard_space *space = r->scope.t->unit->space;
    struct guard g = is_and ? GUARD_TRUE : GUARD_FALSE;
    for (uint32_t i = 0; i < c->args->n; i++) {
        struct guard part = holds(r, c->args->items[i], depth + 1);
        g = is_and ? guard_and(space, g, part) : guard_or(space, g, part);
    }
    return g;
}

/* Under which values does the expression hold? */
static struct guard holds(struct reading *r, const struct doc_node *node, uint32_t depth)
{
    struct cfn_call c;
    if (depth > LIMIT_EVAL_DEPTH) {
        CFN_FAULT(r->scope.t, DIAG_LIMIT, node,
                  "More than %d functions stand inside one another here.", LIMIT_EVAL_DEPTH);
        return unclear(r);
    }
    if (!cfn_call_of(node, &c) || c.fn == NULL || c.fn->form != CFN_FORM_CONDITION ||
        c.args->kind != DOC_SEQ || !cfn_call_check(r->scope.t, &c)) {
        return unclear(r);
    }
    struct str name = str_from(c.fn->name);
    if (str_is(name, "Fn::Not")) {
        return guard_not(r->scope.t->unit->space, holds(r, cfn_arg(&c, 0), depth + 1));
    }
    if (str_is(name, "Fn::And") || str_is(name, "Fn::Or")) {
        return combine(r, &c, str_is(name, "Fn::And"), depth);
    }
    if (str_is(name, "Fn::Equals")) {
        return any_is_one_of(r, scalar(r, cfn_arg(&c, 0)), scalar(r, cfn_arg(&c, 1)));
    }
    if (str_is(name, "Fn::Contains")) {
        return any_is_one_of(r, scalar(r, cfn_arg(&c, 1)), members(r, cfn_arg(&c, 0)));
    }
    if (str_is(name, "Fn::EachMemberEquals")) {
        return each_is_one_of(r, members(r, cfn_arg(&c, 0)), scalar(r, cfn_arg(&c, 1)));
    }
    if (str_is(name, "Fn::EachMemberIn")) {
        return each_is_one_of(r, members(r, cfn_arg(&c, 0)), members(r, cfn_arg(&c, 1)));
    }
    return unclear(r);
}

static void apply_assertion(struct cfn_template *t, struct str rule,
                            const struct doc_node *condition, const struct doc_node *assertion)
{
    struct reading r = {.scope = {.t = t, .as_key = true, .in_condition = true}, .is_exact = true};
    struct guard under = condition ? holds(&r, condition, 0) : GUARD_TRUE;
    under = guard_and(t->unit->space, under, t->when);
    struct guard bad = guard_minus(t->unit->space, under, holds(&r, assertion, 0));
    if (!r.is_exact || guard_exceeded(t->unit->space)) {
        CFN_FAULT(t, DIAG_UNKNOWN_VALUE, assertion,
                  "This assertion of rule '%.*s' cannot be decided here; it restricts nothing.",
                  STR_ARG(rule));
        return;
    }
    cfn_family_without_failed(t, assertion, rule, bad);
}

static void apply_rule(struct cfn_template *t, const struct doc_entry *rule)
{
    const struct doc_node *assertions =
        rule->value->kind == DOC_MAP ? doc_get(rule->value, "Assertions") : NULL;
    if (assertions == NULL || assertions->kind != DOC_SEQ) {
        CFN_FAULT(t, DIAG_ARGUMENT, rule->key, "Rule '%.*s' has no list of 'Assertions'.",
                  STR_ARG(rule->key->text));
        return;
    }
    for (uint32_t i = 0; i < assertions->n; i++) {
        const struct doc_node *item = assertions->items[i];
        const struct doc_node *assertion = item->kind == DOC_MAP ? doc_get(item, "Assert") : NULL;
        if (assertion == NULL) {
            CFN_FAULT(t, DIAG_ARGUMENT, item, "An assertion of rule '%.*s' has no 'Assert'.",
                      STR_ARG(rule->key->text));
            continue;
        }
        apply_assertion(t, rule->key->text, doc_get(rule->value, "RuleCondition"), assertion);
    }
}

void cfn_rules_apply(struct cfn_template *t)
{
    const struct doc_node *rules = doc_get(t->doc->root, "Rules");
    if (rules == NULL || (rules->kind == DOC_SCALAR && rules->type == DOC_NULL)) {
        return;
    }
    if (rules->kind != DOC_MAP || rules->tag.n > 0) {
        CFN_FAULT(t, rules->tag.n > 0 ? DIAG_MACRO : DIAG_ARGUMENT, rules, "'Rules' is not a map.");
        return;
    }
    for (uint32_t i = 0; i < rules->n; i++) {
        if (!cfn_is_macro_key(rules->entries[i].key->text)) {
            apply_rule(t, &rules->entries[i]);
        }
    }
}
