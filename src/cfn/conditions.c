/*
 * Conditions become guards. A comparison of parameters with finitely many outcomes is decided
 * exactly, outcome by outcome; what cannot be compared is one yes/no variable per distinct
 * expression, shared by everything that writes the same comparison.
 */
#include "cfn/compare.h"
#include "cfn/eval.h"
#include "cfn/terms.h"

#include "base/limits.h"

/* A yes/no variable that stands for a comparison nobody can decide. */
static struct guard open_choice(const struct cfn_template *t, struct str key, struct str name)
{
    uint32_t var = cfn_choice(t->unit, key,
                              (struct guard_variable){.name = name,
                                                      .outcomes = 2,
                                                      .standard = GUARD_NO_OUTCOME,
                                                      .doubt = GUARD_HIGH,
                                                      .rank = CFN_RANK_CONDITION});
    return guard_is(t->unit->space, var, 1);
}

static struct guard undecided(const struct cfn_template *t, const struct cfn_term *a,
                              const struct cfn_term *b)
{
    struct arena *arena = t->unit->arena;
    struct str x = cfn_text_of(arena, a);
    struct str y = cfn_text_of(arena, b);
    bool is_swapped = a->kind == CFN_TEXT || (b->kind != CFN_TEXT && str_cmp(x, y) > 0);
    struct str first = is_swapped ? y : x;
    struct str second = is_swapped ? x : y;
    struct str name = str_format(arena, "%.*s=%.*s", STR_ARG(first), STR_ARG(second));
    /* A text and a name of the same letters are different things. */
    const char *kind = a->kind == CFN_TEXT || b->kind == CFN_TEXT ? "text" : "value";
    return open_choice(t, str_format(arena, "%s %.*s", kind, STR_ARG(name)), name);
}

static struct guard equals(const struct cfn_scope *s, const struct cfn_call *c)
{
    struct guard_space *space = s->t->unit->space;
    struct cfn_value left = cfn_eval_in(s, cfn_arg(c, 0), GUARD_TRUE);
    struct cfn_value right = cfn_eval_in(s, cfn_arg(c, 1), GUARD_TRUE);
    struct guard result = GUARD_FALSE;
    FOREACH_TERM (a, left) {
        FOREACH_TERM (b, right) {
            enum cfn_sameness sameness = cfn_compare_keys(a, b);
            struct guard both = GUARD_FALSE;
            if (sameness != CFN_DIFFERENT) {
                both = guard_and(space, a->when, b->when);
            }
            if (guard_is_false(both)) {
                continue;
            }
            if (sameness == CFN_UNDECIDED) {
                both = guard_and(space, both, undecided(s->t, a, b));
            }
            result = guard_or(space, result, both);
        }
    }
    return result;
}

/* What a wrong condition is worth: anything. */
static struct guard faulty(const struct cfn_scope *s, const struct doc_node *node)
{
    struct cfn_value v = cfn_faulty(s->t, node, GUARD_TRUE);
    struct str text = v.at[0].unknown->text;
    return open_choice(s->t, text, text);
}

static struct guard call_guard(const struct cfn_scope *s, const struct cfn_call *c)
{
    struct guard_space *space = s->t->unit->space;
    const char *name = c->fn->name;
    if (str_is(STR("Condition"), name)) {
        return cfn_condition_named(s, c->args->text, c->args);
    }
    if (str_is(STR("Fn::Equals"), name)) {
        return equals(s, c);
    }
    if (str_is(STR("Fn::Not"), name)) {
        return guard_not(space, cfn_condition_guard(s, cfn_arg(c, 0)));
    }
    bool is_and = str_is(STR("Fn::And"), name);
    if (!is_and && !str_is(STR("Fn::Or"), name)) {
        CFN_FAULT(s->t, DIAG_ARGUMENT, c->node, "'%s' may not stand in a condition.", name);
        return faulty(s, c->node);
    }
    struct guard g = is_and ? GUARD_TRUE : GUARD_FALSE;
    for (uint32_t i = 0; i < c->args->n; i++) {
        struct guard part = cfn_condition_guard(s, c->args->items[i]);
        g = is_and ? guard_and(space, g, part) : guard_or(space, g, part);
    }
    return g;
}

struct guard cfn_condition_guard(const struct cfn_scope *s, const struct doc_node *expression)
{
    struct cfn_scope inner = *s;
    inner.depth++;
    inner.as_key = true;
    inner.in_condition = true;
    struct cfn_call c;
    if (inner.depth > LIMIT_EVAL_DEPTH) {
        CFN_FAULT(s->t, DIAG_LIMIT, expression,
                  "More than %d functions stand inside one another here.", LIMIT_EVAL_DEPTH);
        return faulty(s, expression);
    }
    if (!cfn_condition_call_of(expression, &c)) {
        CFN_FAULT(s->t, DIAG_ARGUMENT, expression,
                  "A condition is one of 'Fn::Equals', 'Fn::And', 'Fn::Or', 'Fn::Not' and "
                  "'Condition'.");
        return faulty(s, expression);
    }
    if (!cfn_call_check(s->t, &c)) {
        return faulty(s, expression);
    }
    if (c.fn->form == CFN_FORM_MACRO && s->t->has_macro) {
        return faulty(s, expression);
    }
    if (c.fn->form != CFN_FORM_CONDITION) {
        CFN_FAULT(s->t, DIAG_ARGUMENT, expression,
                  "'%s' gives a value, where a condition is expected.", c.fn->name);
        return faulty(s, expression);
    }
    return call_guard(&inner, &c);
}

static void undefined_condition(const struct cfn_template *t, struct str name,
                                const struct doc_node *at)
{
    if (t->has_macro) {
        CFN_FAULT(t, DIAG_MACRO, at,
                  "There is no condition '%.*s' in the template as written; a macro may define it.",
                  STR_ARG(name));
        return;
    }
    size_t n = t->condition_by_name.n;
    struct str *names = ARENA_ARRAY(t->unit->arena, n, struct str);
    for (size_t i = 0; i < n; i++) {
        names[i] = t->condition_by_name.entries[i].key;
    }
    struct str near = cfn_nearest(t, name, names, n);
    CFN_FAULT(t, DIAG_UNDEFINED, at, "There is no condition '%.*s'%s%.*s%s", STR_ARG(name),
              near.n ? "; did you mean '" : "", STR_ARG(near), near.n ? "'?" : ".");
}

struct guard cfn_condition_named(const struct cfn_scope *s, struct str name,
                                 const struct doc_node *at)
{
    struct cfn_condition *c = map_get(&s->t->condition_by_name, name);
    struct str shown = cfn_qualified(s->t, name);
    struct str text = str_join2(s->t->unit->arena, STR("Condition "), shown);
    if (c == NULL) {
        undefined_condition(s->t, name, at);
        return open_choice(s->t, text, text);
    }
    if (c->state == CFN_IN_PROGRESS) {
        CFN_FAULT(s->t, DIAG_CYCLE, at, "Condition '%.*s' depends on itself.", STR_ARG(name));
        return open_choice(s->t, text, text);
    }
    if (c->state == CFN_NOT_YET) {
        c->state = CFN_IN_PROGRESS;
        c->guard = cfn_condition_guard(s, c->node);
        c->state = CFN_DONE;
        cfn_report_budget(s->t, c->node);
    }
    return c->guard;
}
