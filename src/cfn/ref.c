/*
 * Ref: a parameter's outcomes, a pseudo parameter, or the identity of a resource.
 */
#include "cfn/names.h"
#include "cfn/parameters.h"
#include "cfn/terms.h"

static struct cfn_value parameter_value(const struct cfn_scope *s, const struct doc_node *node,
                                        struct cfn_parameter *p, struct guard when)
{
    struct cfn_value from = cfn_parameter_terms(p, s->as_key);
    if (s->as_key && guard_is_true(when)) {
        return from; /* of what is only compared no one asks the place */
    }
    struct cfn_term *terms = ARENA_ARRAY(s->t->unit->arena, from.n, struct cfn_term);
    size_t kept = 0;
    FOREACH_TERM (term, from) {
        struct guard g = guard_and(s->t->unit->space, term->when, when);
        if (!guard_is_false(g)) {
            terms[kept] = *term;
            terms[kept].when = g;
            terms[kept].node = node;
            terms[kept].home = p->is_bound ? term->home : s->t; /* whose tree a list is */
            kept++;
        }
    }
    return (struct cfn_value){terms, kept};
}

static struct cfn_value undefined_value(const struct cfn_scope *s, const struct doc_node *node,
                                        struct str name, struct guard when)
{
    if (!cfn_may_be_made(s->t, name)) {
        return cfn_faulty(s->t, node, when);
    }
    return cfn_unknown_value(s->t, cfn_unknown_named(s->t, CFN_WHY_MACRO, name), node, when);
}

struct cfn_value cfn_named(const struct cfn_scope *s, const struct doc_node *node, const char *what,
                           struct str name, struct guard when)
{
    struct cfn_parameter *p = map_get(&s->t->parameter_by_name, name);
    if (p == NULL) {
        p = cfn_pseudo(s->t, name);
    }
    if (p != NULL) {
        return p->is_pseudo && str_is(name, "AWS::NoValue") ? cfn_none_value(s->t, when, node)
                                                            : parameter_value(s, node, p, when);
    }
    const struct cfn_resource *r = cfn_resource(s->t, name);
    if (r == NULL) {
        cfn_undefined(s->t, node, what, name, false);
        return undefined_value(s, node, name, when);
    }
    return cfn_attribute(s, node, what, name, (struct str){0}, when);
}

struct cfn_value cfn_fn_ref(const struct cfn_scope *s, const struct cfn_call *c, struct guard when)
{
    return cfn_named(s, c->node, "Ref", c->args->text, when);
}
