/*
 * Fn::GetAZs: the zones of a region, a list of unknown length. Of the stack's own region it is
 * one list however it is asked for: '', !Ref AWS::Region, or the region's name (SEMANTICS 10.1).
 */
#include "cfn/eval.h"
#include "cfn/terms.h"

static const struct cfn_unknown *zones_of(const struct cfn_template *t, const struct cfn_term *term)
{
    struct cfn_unit *u = t->unit;
    bool is_own =
        term->kind == CFN_TEXT &&
        (term->text.n == 0 || (u->options.region.n > 0 && str_eq(term->text, u->options.region)));
    if (term->kind == CFN_NONE) {
        is_own = true;
    }
    if (term->kind == CFN_UNKNOWN && term->unknown->why == CFN_WHY_PSEUDO) {
        is_own = str_is(term->unknown->text, "AWS::Region");
    }
    struct str name = STR("GetAZs");
    if (!is_own) {
        struct str region = cfn_text_of(u->arena, term);
        name = str_format(u->arena, "GetAZs %.*s", STR_ARG(region));
    }
    return cfn_unknown_list_of(u, CFN_WHY_PSEUDO, name);
}

struct cfn_value cfn_fn_get_azs(const struct cfn_scope *s, const struct cfn_call *c,
                                struct guard when)
{
    struct cfn_value regions = cfn_eval_argument(s, c, when);
    struct cfn_terms out;
    cfn_terms_init(&out, s->t);
    FOREACH_TERM (region, regions) {
        if (region->kind == CFN_LIST || region->kind == CFN_MAP) {
            CFN_FAULT(s->t, DIAG_ARGUMENT, c->node, "'Fn::GetAZs' takes the name of a region.");
            cfn_terms_add_under(&out, cfn_faulty(s->t, c->node, region->when), region->when);
            continue;
        }
        cfn_terms_add(&out, cfn_unknown_term(s->t, region->when, c->node, zones_of(s->t, region)));
    }
    return cfn_terms_value(&out);
}
