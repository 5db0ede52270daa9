/*
 * A verdict hangs on a variable if the guard of its flow mentions it. It hangs on a value if it
 * hangs on the value's own variable, or on a fact about what the value stands for.
 */
#include "policy/unknowns.h"

#include "policy/facts.h"

struct listing {
    struct arena *arena;
    const struct topology *topology;
    const struct reach_answer *answer;
    const struct findings *findings;
    struct guard_vars *supports; /* by flow; empty of a certain one */
    struct unknowns *out;
};

/* Names one variable, or all facts about one subject. */
struct subject {
    uint32_t var;    /* WORLD_NONE: by text */
    struct str text; /* "SubnetId" */
};

static bool is_about(const struct guard_space *s, uint32_t var, const struct subject *of)
{
    if (of->var != WORLD_NONE) {
        return var == of->var;
    }
    struct str name = guard_variable(s, var)->name;
    size_t open = str_find_byte(name, '(', 0);
    bool fact = guard_variable(s, var)->rank >= RANK_FIRST_FACT && open != STR_NPOS;
    return str_eq(name, of->text) ||
           (fact && str_eq(str_sub(name, open + 1, name.n - 1), of->text));
}

static bool hangs(const struct listing *l, size_t flow, const struct subject *of)
{
    for (size_t i = 0; i < l->supports[flow].n; i++) {
        if (is_about(l->topology->world->space, l->supports[flow].at[i], of)) {
            return true;
        }
    }
    return false;
}

static bool finding_hangs(const struct listing *l, const struct finding *f,
                          const struct subject *of)
{
    for (size_t i = 0; i < f->endpoints.n; i++) {
        if (hangs(l, (size_t)(f->endpoints.at[i].flow - l->answer->flows), of)) {
            return true;
        }
    }
    return false;
}

static void add(struct listing *l, struct unknown row, const struct subject *of)
{
    for (size_t i = 0; i < l->out->n; i++) {
        if (str_eq(l->out->at[i].name, row.name)) {
            return;
        }
    }
    for (size_t i = 0; i < l->answer->flow_n; i++) {
        row.flows += hangs(l, i, of);
    }
    for (size_t i = 0; l->findings != NULL && i < l->findings->all.n; i++) {
        row.findings += finding_hangs(l, &l->findings->all.at[i], of);
    }
    *VEC_ADD(l->arena, l->out) = row;
}

static bool is_pinned(const struct world *w, uint32_t var)
{
    for (size_t i = 0; i < w->pins.n; i++) {
        if (w->pins.at[i].var == var && !w->pins.at[i].misfit) {
            return true;
        }
    }
    return false;
}

static void add_facts(struct listing *l)
{
    const struct world *w = l->topology->world;
    for (uint32_t var = 0; var < guard_count(w->space); var++) {
        if (guard_variable(w->space, var)->rank < RANK_FIRST_FACT || is_pinned(w, var)) {
            continue;
        }
        struct finding_choice choice = fact_choice(w->space, &(struct guard_literal){var, 1});
        struct str text = fact_clause(l->arena, l->topology, &choice, false);
        add(l, (struct unknown){.name = choice.name, .kind = "fact", .text = text},
            &(struct subject){.var = var});
    }
}

/* NULL: not listed; either it is no value of its own, or it never was in the user's hands. */
static const char *kind_of(const struct cfn_unknown *u)
{
    switch (u->why) {
    case CFN_WHY_PARAMETER:
        return "parameter";
    case CFN_WHY_IMPORT:
        return "import";
    case CFN_WHY_DYNAMIC:
        return "dynamic-reference";
    case CFN_WHY_ATTRIBUTE:
        return "attribute";
    case CFN_WHY_MACRO:
        return "macro";
    case CFN_WHY_PSEUDO:
    case CFN_WHY_COMPUTED:
    case CFN_WHY_FAULT:
    case CFN_WHY_BUDGET:
        break;
    }
    return NULL;
}

static void add_values(struct listing *l)
{
    const struct cfn_unit *u = l->topology->unit;
    for (size_t i = 0; i < u->unknowns.n; i++) { /* in the order of adding */
        const struct cfn_unknown *x = u->unknowns.entries[i].value;
        const char *kind = kind_of(x);
        if (kind != NULL) {
            add(l, (struct unknown){.name = x->text, .kind = kind},
                &(struct subject){WORLD_NONE, x->text});
        }
    }
    /* Choices without a Default: parameters with AllowedValues, conditions over unknown values. */
    for (uint32_t var = 0; var < guard_count(u->space); var++) {
        const struct guard_variable *v = guard_variable(u->space, var);
        if (v->rank < RANK_FIRST_FACT && v->standard == GUARD_NO_OUTCOME) {
            add(l,
                (struct unknown){.name = v->name,
                                 .kind = v->rank == RANK_CONDITION ? "condition" : "parameter"},
                &(struct subject){.var = var});
        }
    }
}

struct unknowns unknowns_of(struct arena *a, const struct topology *t,
                            const struct reach_answer *answer, const struct findings *findings)
{
    struct unknowns out = {0};
    struct listing l = {a, t, answer, findings, NULL, &out};
    l.supports = ARENA_ARRAY(a, answer->flow_n, struct guard_vars);
    for (size_t i = 0; i < answer->flow_n; i++) {
        if (reach_flow_verdict(&answer->flows[i]) != REACH_REACHABLE) {
            guard_support(t->world->space, reach_guard(answer->flows[i].when), a, &l.supports[i]);
        }
    }
    add_facts(&l);
    add_values(&l);
    return out;
}
