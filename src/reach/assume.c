/*
 * To ask without a pin is to ask a shallow copy of the world whose family does not have it: the
 * elements and the space are shared, only what the solver keeps is made anew.
 */
#include "reach/assume.h"

void world_assume(struct world *w, struct str name, struct str value)
{
    for (size_t i = 0; i < w->pins.n; i++) {
        if (str_eq(w->pins.at[i].name, name)) {
            w->pins.at[i].value = value;
            return;
        }
    }
    *VEC_ADD(w->arena, &w->pins) =
        (struct world_pin){.name = name, .value = value, .var = WORLD_NONE};
}

static uint32_t outcome_of(struct str value, const struct str *labels, uint32_t outcomes)
{
    if (!labels) {
        return str_is(value, "yes") ? 1 : str_is(value, "no") ? 0 : GUARD_NO_OUTCOME;
    }
    for (uint32_t i = 0; i < outcomes; i++) {
        if (str_eq(labels[i], value)) {
            return i;
        }
    }
    return GUARD_NO_OUTCOME;
}

struct world_pin *assume_pin_of(struct world *w, struct str name, const struct str *labels,
                                uint32_t outcomes, uint32_t *outcome)
{
    for (size_t i = 0; i < w->pins.n; i++) {
        struct world_pin *pin = &w->pins.at[i];
        if (str_eq(pin->name, name)) {
            *outcome = outcome_of(pin->value, labels, outcomes);
            pin->misfit = *outcome == GUARD_NO_OUTCOME;
            return pin;
        }
    }
    *outcome = GUARD_NO_OUTCOME;
    return NULL;
}

struct guard world_settled(const struct world *w, struct guard g)
{
    for (size_t i = 0; i < w->pins.n; i++) {
        const struct world_pin *pin = &w->pins.at[i];
        if (pin->var != WORLD_NONE && !pin->misfit) {
            g = guard_fix(w->space, g, pin->var, guard_variable(w->space, pin->var)->standard);
        }
    }
    return g;
}

/* Beyond so many pins they are only lifted together. */
enum { MOST_SINGLE = 16 };

struct assume_answers {
    struct arena *arena;
    const struct world *world;
    const struct world_pin **pins; /* those that hold */
    size_t n;
    struct reach **without; /* beside pins; [n]: without any; NULL until asked for */
};

struct assume_answers *assume_answers_new(struct arena *a, const struct world *w)
{
    struct assume_answers *x = ARENA_NEW(a, struct assume_answers);
    *x = (struct assume_answers){.arena = a, .world = w};
    x->pins = arena_array(a, w->pins.n, sizeof *x->pins);
    for (size_t i = 0; i < w->pins.n; i++) {
        if (w->pins.at[i].var != WORLD_NONE && !w->pins.at[i].misfit) {
            x->pins[x->n++] = &w->pins.at[i];
        }
    }
    x->without = arena_array(a, x->n + 1, sizeof *x->without);
    return x;
}

/* The solver of the world without pin i; i is n: without all of them. */
static struct reach *lifted(struct assume_answers *x, size_t i)
{
    if (x->without[i]) {
        return x->without[i];
    }
    struct world *w = ARENA_NEW(x->arena, struct world);
    *w = *x->world;
    w->arena = x->arena;
    w->family = w->unpinned;
    w->pins = (struct world_pins){0};
    for (size_t k = 0; k < x->n && i < x->n; k++) {
        uint32_t var = x->pins[k]->var;
        if (k != i) {
            *VEC_ADD(w->arena, &w->pins) = *x->pins[k];
            struct guard is = guard_is(w->space, var, guard_variable(w->space, var)->standard);
            w->family = guard_and(w->space, w->family, is);
        }
    }
    x->without[i] = reach_new(x->arena, w);
    return x->without[i];
}

struct question {
    bool (*is_open)(struct reach *r, const struct question *q);
    struct reach_question from_edge;
    struct inside_question inside;
};

static struct assumed needed(struct assume_answers *x, const struct question *q)
{
    struct assumed found = {0};
    if (x->n == 0 || !q->is_open(lifted(x, x->n), q)) {
        return found;
    }
    const struct world_pin **at = arena_array(x->arena, x->n, sizeof *at);
    for (size_t i = 0; i < x->n && x->n > 1 && x->n <= MOST_SINGLE; i++) {
        if (q->is_open(lifted(x, i), q)) {
            at[found.n++] = x->pins[i];
        }
    }
    for (size_t i = 0; i < x->n && found.n == 0; i++) {
        at[i] = x->pins[i];
    }
    found.n = found.n ? found.n : x->n;
    found.at = at;
    return found;
}

static bool open_from_edge(struct reach *r, const struct question *q)
{
    return reach_why_not(r, q->from_edge).n == 0;
}

struct assumed assume_why_not(struct assume_answers *x, struct reach_question q)
{
    struct question any = {.is_open = open_from_edge, .from_edge = q};
    return needed(x, &any);
}

static bool open_inside(struct reach *r, const struct question *q)
{
    return reach_inside(r, q->inside).way_n > 0;
}

struct assumed assume_why_not_inside(struct assume_answers *x, struct inside_question q)
{
    struct question any = {.is_open = open_inside, .inside = q};
    return needed(x, &any);
}
