/*
 * The unit itself.
 */
#include "cfn/unit.h"

#include "base/suggest.h"
#include "cfn/parameters.h"
#include "cfn/references.h"

struct cfn_unit *cfn_unit_new(struct arena *a, struct source_set *sources, struct diags *d,
                              struct cfn_options options)
{
    struct cfn_unit *u = ARENA_NEW(a, struct cfn_unit);
    *u = (struct cfn_unit){.arena = a,
                           .sources = sources,
                           .diags = d,
                           .space = guard_space_new(a),
                           .options = options,
                           .family = GUARD_TRUE};
    map_init(&u->unknowns, a);
    map_init(&u->choices, a);
    map_init(&u->lookups, a);
    map_init(&u->attributes, a);
    map_init(&u->pseudos, a);
    cfn_pseudos_add(u);
    return u;
}

/* A given name that no template declares would silently change nothing. */
static void check_given(struct cfn_unit *u)
{
    VEC(struct str) names = {0};
    for (size_t i = 0; i < u->templates.n; i++) {
        const struct cfn_template *t = u->templates.at[i];
        for (size_t k = 0; k < t->parameters.n; k++) {
            *VEC_ADD(u->arena, &names) = t->parameters.at[k]->name;
        }
    }
    for (size_t i = 0; i < u->options.given_n; i++) {
        const struct cfn_given *given = &u->options.given[i];
        if (given->used) {
            continue;
        }
        struct str near = suggest(given->name, names.at, names.n);
        struct diag *g =
            diag_add(u->diags, DIAG_ARGUMENT, SPAN_NONE,
                     "No template declares a parameter '%.*s'%s%.*s%s", STR_ARG(given->name),
                     near.n ? "; did you mean '" : "", STR_ARG(near), near.n ? "'?" : ".");
        g->path = STR("--parameters");
    }
}

void cfn_seal(struct cfn_unit *u)
{
    for (size_t i = 0; i < u->templates.n; i++) {
        cfn_references_collect(u->templates.at[i]);
    }
    check_given(u);
}

const struct cfn_resource *cfn_resource(const struct cfn_template *t, struct str id)
{
    return map_get(&t->resource_by_id, id);
}
