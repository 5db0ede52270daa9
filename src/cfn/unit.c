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
        cfn_settle(u->templates.at[i]);
    }
    for (size_t i = 0; i < u->templates.n; i++) {
        cfn_rules_apply(u->templates.at[i]);
        cfn_references_collect(u->templates.at[i]);
    }
}

const struct cfn_resource *cfn_resource(const struct cfn_template *t, struct str id)
{
    return map_get(&t->resource_by_id, id);
}

struct str cfn_qualified(const struct cfn_template *t, struct str name)
{
    return t->name.n == 0
               ? name
               : str_format(t->unit->arena, "%.*s/%.*s", STR_ARG(t->name), STR_ARG(name));
}

struct str cfn_resource_name(const struct cfn_resource *r)
{
    return cfn_qualified(r->home, r->id);
}

/* The part of a qualified name behind that of the template; empty if it is another's. */
static struct str own_name(const struct cfn_template *t, struct str name)
{
    if (t->name.n == 0) {
        return name;
    }
    bool is_own = name.n > t->name.n && str_starts(name, t->name) && name.p[t->name.n] == '/';
    return is_own ? str_sub(name, t->name.n + 1, name.n) : (struct str){0};
}

const struct cfn_parameter *cfn_parameter_called(const struct cfn_unit *u, struct str name)
{
    for (size_t i = 0; i < u->templates.n; i++) {
        const struct cfn_template *t = u->templates.at[i];
        const struct cfn_parameter *p = map_get(&t->parameter_by_name, own_name(t, name));
        if (p != NULL) {
            return p;
        }
    }
    return NULL;
}

const struct cfn_resource *cfn_resource_called(const struct cfn_unit *u, struct str name)
{
    for (size_t i = 0; i < u->templates.n; i++) {
        const struct cfn_template *t = u->templates.at[i];
        const struct cfn_resource *r = cfn_resource(t, own_name(t, name));
        if (r != NULL) {
            return r;
        }
    }
    return NULL;
}
