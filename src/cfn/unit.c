/*
 * The unit itself.
 */
#include "cfn/unit.h"

#include "cfn/parameters.h"
#include "cfn/references.h"
#include "cfn/rules.h"

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

void cfn_seal(struct cfn_unit *u)
{
    for (size_t i = 0; i < u->templates.n; i++) {
        cfn_rules_apply(u->templates.at[i]);
        cfn_references_collect(u->templates.at[i]);
    }
}

const struct cfn_resource *cfn_resource(const struct cfn_template *t, struct str id)
{
    return map_get(&t->resource_by_id, id);
}
