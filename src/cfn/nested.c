/*
 * Stacks inside stacks. A parameter of a nested template is no choice: its terms are those of
 * the parent's expression, so that whatever the parent leaves open is left open once, by one
 * variable, and a resource that is passed stays that resource.
 */
#include "cfn/nested.h"

#include "base/limits.h"
#include "cfn/exports.h"
#include "cfn/list.h"
#include "cfn/parameters.h"
#include "cfn/terms.h"

static const struct cfn_nesting *nesting_of(const struct cfn_resource *r)
{
    const struct cfn_unit *u = r->home->unit;
    for (size_t i = 0; i < u->nestings.n; i++) {
        const struct cfn_nesting *n = &u->nestings.at[i];
        if (n->parent == r->home->input.doc && str_eq(n->resource, r->id)) {
            return n;
        }
    }
    return NULL;
}

/* A template that holds itself would have no end; one that only goes deep is cut. */
static bool may_nest(const struct cfn_resource *r, const struct cfn_nesting *n)
{
    const struct cfn_template *t = r->home;
    unsigned depth = 1;
    for (const struct cfn_template *up = t; up != NULL; up = up->stack ? up->stack->home : NULL) {
        if (up->input.doc == n->child) {
            CFN_FAULT(t, DIAG_CYCLE, r->key, "The template of stack '%.*s' holds itself.",
                      STR_ARG(r->id));
            return false;
        }
        depth++;
    }
    bool is_deep = depth > LIMIT_NESTED_DEPTH;
    if (is_deep || t->unit->templates.n >= LIMIT_UNIT_TEMPLATES) {
        CFN_FAULT(t, DIAG_LIMIT, r->key,
                  "Stack '%.*s' is not followed: more than %d %s, the limit.", STR_ARG(r->id),
                  is_deep ? LIMIT_NESTED_DEPTH : LIMIT_UNIT_TEMPLATES,
                  is_deep ? "stacks stand inside one another" : "templates are analysed together");
        return false;
    }
    return true;
}

/* A name that the nested template does not declare: CloudFormation rejects the stack. */
static void check_passed(const struct cfn_resource *stack)
{
    const struct cfn_template *child = stack->nested;
    const struct doc_node *passed = doc_get(stack->properties, "Parameters");
    struct cfn_call c;
    if (passed == NULL || passed->kind != DOC_MAP || cfn_call_of(passed, &c)) {
        return;
    }
    struct arena *a = child->unit->arena;
    for (uint32_t i = 0; i < passed->n; i++) {
        const struct doc_node *key = passed->entries[i].key;
        if (cfn_is_macro_key(key->text) || map_get(&child->parameter_by_name, key->text) != NULL) {
            continue;
        }
        struct str *names = ARENA_ARRAY(a, child->parameters.n, struct str);
        for (size_t k = 0; k < child->parameters.n; k++) {
            names[k] = child->parameters.at[k]->name;
        }
        struct str near = cfn_nearest(child, key->text, names, child->parameters.n);
        CFN_FAULT(stack->home, DIAG_CONFIG, key,
                  "The template of stack '%.*s' declares no parameter '%.*s'%s%.*s%s",
                  STR_ARG(stack->id), STR_ARG(key->text), near.n ? "; did you mean '" : "",
                  STR_ARG(near), near.n ? "'?" : ".");
    }
}

void cfn_nested_declare(struct cfn_template *t)
{
    for (size_t i = 0; i < t->resources.n; i++) {
        struct cfn_resource *r = t->resources.at[i];
        if (!str_is(r->type, "AWS::CloudFormation::Stack")) {
            continue;
        }
        const struct cfn_nesting *n = nesting_of(r);
        if (n == NULL || !may_nest(r, n)) {
            continue;
        }
        struct cfn_input input = {.doc = n->child, .name = cfn_resource_name(r)};
        r->nested = cfn_declare_nested(t->unit, &input, r);
        if (r->nested != NULL) {
            check_passed(r);
        }
    }
}

void cfn_nested_give(struct cfn_template *t)
{
    const struct doc_node *map = t->stack ? doc_get(t->stack->properties, "Parameters") : NULL;
    struct cfn_call c;
    if (t->stack == NULL || (map != NULL && (map->kind != DOC_MAP || cfn_call_of(map, &c)))) {
        return;
    }
    for (size_t i = 0; i < t->parameters.n; i++) {
        struct cfn_parameter *p = t->parameters.at[i];
        const struct doc_node *value = doc_get_str(map, p->name);
        value = value != NULL ? value : p->default_node;
        p->is_given = value != NULL && value->kind == DOC_SCALAR && value->tag.n == 0;
        p->given = p->is_given ? value->text : (struct str){0};
    }
}

/* ---- parameters ---------------------------------------------------------------------------- */

/* What the parent passes; CFN_NONE where it passes nothing. */
static struct cfn_value passed(const struct cfn_template *t, const struct cfn_parameter *p,
                               bool as_key)
{
    const struct cfn_template *parent = t->stack->home;
    struct cfn_scope s = {.t = parent, .as_key = as_key};
    const struct doc_node *map = doc_get(t->stack->properties, "Parameters");
    struct cfn_call c;
    if (map == NULL || map->kind != DOC_MAP || cfn_call_of(map, &c)) {
        struct cfn_value v = cfn_eval_in(&s, map, GUARD_TRUE);
        return cfn_get(v, str_to_c(t->unit->arena, p->name));
    }
    return cfn_eval_in(&s, doc_get_str(map, p->name), GUARD_TRUE);
}

/* Where nothing is passed: the Default, which nobody can change then. */
static struct cfn_term standing(const struct cfn_template *t, const struct cfn_parameter *p)
{
    if (p->default_node == NULL) {
        return cfn_unknown_term(t, GUARD_TRUE, NULL, p->unknown);
    }
    return cfn_parameter_fixed(t, p, p->default_node->text, p->default_node);
}

static void check_value(const struct cfn_template *t, const struct cfn_parameter *p,
                        const struct cfn_term *term)
{
    if (term->kind != CFN_TEXT || p->is_list || p->is_ssm || cfn_parameter_admits(p, term->text)) {
        return;
    }
    CFN_FAULT(t->stack->home, DIAG_CONFIG, term->node,
              "The value that stack '%.*s' gets for parameter '%.*s' is not one that it allows.",
              STR_ARG(t->stack->id), STR_ARG(p->name));
}

/* The parts of a list take the place of the Ref that uses them. */
static struct cfn_term as_list(const struct cfn_template *t, const struct cfn_term *term)
{
    struct cfn_term list = cfn_split_term(t, term, STR(","), true);
    if (list.kind == CFN_LIST && list.tree == NULL) {
        struct cfn_term *parts = ARENA_ARRAY(t->unit->arena, list.part_n, struct cfn_term);
        for (size_t i = 0; i < list.part_n; i++) {
            parts[i] = list.parts[i];
            parts[i].node = NULL;
        }
        list.parts = parts;
    }
    return list;
}

static const struct cfn_term *bound(const struct cfn_template *t, const struct cfn_parameter *p,
                                    struct cfn_value v, size_t *count)
{
    struct guard_space *space = t->unit->space;
    struct cfn_term *terms = ARENA_ARRAY(t->unit->arena, v.n, struct cfn_term);
    *count = 0;
    FOREACH_TERM (term, v) {
        struct cfn_term one = *term;
        if (one.kind == CFN_NONE) {
            one = standing(t, p);
            one.when = guard_and(space, one.when, term->when);
        } else if (p->is_ssm) { /* the name of a value is passed, not the value */
            one = cfn_unknown_term(t, term->when, NULL, p->unknown);
        } else if (p->is_list) {
            one = as_list(t, term);
            one.when = term->when;
        }
        if (p->no_echo || one.parameter == NULL) {
            one.parameter = one.kind == CFN_TEXT && p->no_echo ? p : one.parameter;
        }
        terms[(*count)++] = one;
    }
    return terms;
}

void cfn_parameter_bind(struct cfn_template *t, struct cfn_parameter *p)
{
    struct cfn_value v = passed(t, p, false);
    p->is_bound = true;
    FOREACH_TERM (term, v) {
        check_value(t, p, term);
        if (term->kind == CFN_NONE && p->default_node == NULL && !p->is_ssm) {
            CFN_FAULT(t->stack->home, DIAG_CONFIG, t->stack->key,
                      "Stack '%.*s' gets no value for parameter '%.*s', which has no default.",
                      STR_ARG(t->stack->id), STR_ARG(p->name));
        }
    }
    p->terms = bound(t, p, v, &p->term_n);
    p->keys = bound(t, p, passed(t, p, true), &p->key_n);
}

/* ---- outputs ------------------------------------------------------------------------------- */

static struct cfn_output *output_of(const struct cfn_template *t, struct str name)
{
    for (size_t i = 0; i < t->outputs.n; i++) {
        if (str_eq(t->outputs.at[i].name, name)) {
            return &t->outputs.at[i];
        }
    }
    return NULL;
}

static void no_such_output(const struct cfn_scope *s, const struct doc_node *node,
                           const struct cfn_resource *stack, struct str name)
{
    const struct cfn_template *child = stack->nested;
    if (child->has_macro) {
        return;
    }
    struct str *names = ARENA_ARRAY(child->unit->arena, child->outputs.n, struct str);
    for (size_t i = 0; i < child->outputs.n; i++) {
        names[i] = child->outputs.at[i].name;
    }
    struct str near = cfn_nearest(child, name, names, child->outputs.n);
    CFN_FAULT(s->t, DIAG_UNDEFINED, node,
              "The template of stack '%.*s' has no output '%.*s'%s%.*s%s", STR_ARG(stack->id),
              STR_ARG(name), near.n ? "; did you mean '" : "", STR_ARG(near), near.n ? "'?" : ".");
}

bool cfn_nested_attribute(const struct cfn_scope *s, const struct doc_node *node,
                          const struct cfn_resource *stack, struct str attribute, struct guard when,
                          struct cfn_value *out)
{
    struct str head = STR("Outputs.");
    if (stack->nested == NULL || !str_starts(attribute, head)) {
        return false;
    }
    struct str name = str_sub(attribute, head.n, attribute.n);
    struct cfn_output *o = output_of(stack->nested, name);
    if (o == NULL) {
        no_such_output(s, node, stack, name);
        return false;
    }
    cfn_settle(stack->nested);
    struct cfn_terms all;
    cfn_terms_init(&all, s->t);
    struct cfn_value v = cfn_output_value(s, stack->nested, o, when, node);
    cfn_terms_add_under(&all, v, GUARD_TRUE);
    struct guard rest = guard_minus(s->t->unit->space, when, o->when);
    cfn_terms_add(&all, (struct cfn_term){.when = rest,
                                          .kind = CFN_OBJECT,
                                          .resource = stack,
                                          .attribute = attribute,
                                          .home = s->t,
                                          .node = node});
    *out = cfn_terms_value(&all);
    return true;
}
