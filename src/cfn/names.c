/*
 * "Did you mean": names of parameters, resources and pseudo parameters that are near.
 */
#include "cfn/names.h"

#include "base/limits.h"
#include "base/suggest.h"
#include "cfn/parameters.h"
#include "cfn/serverless.h"

/* A template may have 500 resources ("CloudFormation quotas"); one with very many and very many
 * mistakes must not cost their product. */
enum { MOST_NAMES = 2048 };

struct str cfn_nearest(const struct cfn_template *t, struct str name, const struct str *names,
                       size_t n)
{
    if (n > MOST_NAMES || t->unit->diags->all.n >= LIMIT_DIAGNOSTICS) {
        return (struct str){0};
    }
    return suggest(name, names, n);
}

static struct str nearest(const struct cfn_template *t, struct str name, bool only_resources)
{
    struct arena *a = t->unit->arena;
    if (t->resources.n + t->parameters.n > MOST_NAMES ||
        t->unit->diags->all.n >= LIMIT_DIAGNOSTICS) {
        return (struct str){0};
    }
    const struct str *pseudos = NULL;
    size_t pseudo_n = only_resources ? 0 : cfn_pseudo_names(&pseudos);
    VEC(struct str) names = {0};
    for (size_t i = 0; i < t->resources.n; i++) {
        *VEC_ADD(a, &names) = t->resources.at[i]->id;
    }
    for (size_t i = 0; i < t->parameters.n && !only_resources; i++) {
        *VEC_ADD(a, &names) = t->parameters.at[i]->name;
    }
    for (size_t i = 0; i < pseudo_n; i++) {
        *VEC_ADD(a, &names) = pseudos[i];
    }
    return cfn_nearest(t, name, names.at, names.n);
}

bool cfn_may_be_made(const struct cfn_template *t, struct str name)
{
    return t->has_macro || cfn_serverless_makes(t, name);
}

void cfn_undefined(const struct cfn_template *t, const struct doc_node *at, const char *what,
                   struct str name, bool only_resources)
{
    if (cfn_serverless_makes(t, name)) {
        return;
    }
    const char *kinds = only_resources ? "resource" : "parameter or resource";
    if (t->has_macro) {
        CFN_FAULT(t, DIAG_MACRO, at,
                  "'%s' names '%.*s', which is no %s of the template as written; a macro may "
                  "define it.",
                  what, STR_ARG(name), kinds);
        return;
    }
    struct str near = nearest(t, name, only_resources);
    CFN_FAULT(t, DIAG_UNDEFINED, at, "'%s' names '%.*s', which is no %s of the template%s%.*s%s",
              what, STR_ARG(name), kinds, near.n ? "; did you mean '" : "", STR_ARG(near),
              near.n ? "'?" : ".");
}
