/*
 * Names come from the pins of the world (reach/world.h), values from the labels of its variables.
 */
#include "cli/assumptions.h"

#include "base/suggest.h"

static void add(struct assumptions *x, struct str fact, struct str value, struct span at)
{
    for (size_t i = 0; i < x->all.n; i++) {
        if (str_eq(x->all.at[i].fact, fact)) {
            x->all.at[i].value = value;
            x->places.at[i] = at;
            return;
        }
    }
    *VEC_ADD(x->arena, &x->all) = (struct topology_assumption){fact, value};
    *VEC_ADD(x->arena, &x->places) = at;
}

void assumptions_init(struct assumptions *x, const struct cli_options *o,
                      const struct settings *settings)
{
    *x = (struct assumptions){.arena = o->arena};
    map_init(&x->seen, x->arena);
    for (size_t i = 0; settings != NULL && i < settings->assumptions.n; i++) {
        const struct assumption *s = &settings->assumptions.at[i];
        add(x, s->fact, s->value, s->at);
    }
    for (size_t i = 0; i < o->assume.n; i++) {
        add(x, o->assume.at[i].fact, o->assume.at[i].value, SPAN_NONE);
    }
    x->fits = ARENA_ARRAY(x->arena, x->all.n, bool);
    x->values = ARENA_ARRAY(x->arena, x->all.n, struct str);
}

void assumptions_give(const struct assumptions *x, struct analysis_options *options)
{
    options->assume = x->all.at;
    options->assume_n = x->all.n;
}

/* "yes or no", "'SubnetA' or 'SubnetB'" */
static struct str values_of(struct arena *a, const struct guard_variable *v)
{
    struct str text = STR("");
    for (uint32_t i = 0; v->labels != NULL && i < v->outcomes; i++) {
        text = str_format(a, "%.*s%s'%.*s'", STR_ARG(text), i == 0 ? "" : " or ",
                          STR_ARG(v->labels[i]));
    }
    return v->labels == NULL ? STR("yes or no") : text;
}

static void note_pin(struct assumptions *x, const struct world *w, const struct world_pin *pin)
{
    for (size_t i = 0; i < x->all.n && pin->var != WORLD_NONE; i++) {
        if (!str_eq(x->all.at[i].fact, pin->name)) {
            continue;
        }
        x->fits[i] |= !pin->misfit;
        if (pin->misfit && x->values[i].n == 0) {
            x->values[i] = values_of(x->arena, guard_variable(w->space, pin->var));
        }
    }
}

void assumptions_note(struct assumptions *x, const struct analysis *a)
{
    if (x->all.n == 0 || a->topology == NULL) {
        return;
    }
    const struct world *w = a->topology->world;
    x->noted++;
    for (size_t i = 0; i < w->pins.n; i++) {
        note_pin(x, w, &w->pins.at[i]);
    }
    for (uint32_t var = 0; var < guard_count(w->space); var++) {
        const struct guard_variable *v = guard_variable(w->space, var);
        if (v->rank < RANK_FIRST_FACT || map_get(&x->seen, v->name) != NULL) {
            continue;
        }
        struct str name = str_copy(x->arena, v->name);
        *map_at(&x->seen, name) = x;
        *VEC_ADD(x->arena, &x->names) = name;
    }
}

void assumptions_check(const struct assumptions *x, struct diags *d)
{
    for (size_t i = 0; i < x->all.n && x->noted > 0; i++) {
        struct str fact = x->all.at[i].fact;
        if (x->fits[i]) {
            continue;
        }
        if (x->values[i].n > 0) {
            diag_add(d, DIAG_ARGUMENT, x->places.at[i], "The fact '%.*s' is %.*s, not '%.*s'.",
                     STR_ARG(fact), STR_ARG(x->values[i]), STR_ARG(x->all.at[i].value));
            continue;
        }
        struct str near = suggest(fact, x->names.at, x->names.n);
        diag_add(d, DIAG_ARGUMENT, x->places.at[i],
                 "Nothing rests on the fact '%.*s' that is assumed%s%.*s%s", STR_ARG(fact),
                 near.n ? "; did you mean '" : "", STR_ARG(near), near.n ? "'?" : ".");
    }
}
