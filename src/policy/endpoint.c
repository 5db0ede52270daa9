/*
 * One endpoint: who is exposed, along which path, under which choices.
 */
#include "policy/check.h"

static void count_fact(struct checker *c, uint32_t var)
{
    while (c->fact_seen.n <= var) {
        (void)VEC_ADD(c->arena, &c->fact_seen);
    }
    if (!c->fact_seen.at[var]) {
        c->fact_seen.at[var] = true;
        c->facts++;
    }
}

static const struct finding_choice *witness_of(struct checker *c, const struct guard_witness *w)
{
    struct finding_choice *out = ARENA_ARRAY(c->arena, w->n, struct finding_choice);
    for (size_t i = 0; i < w->n; i++) {
        uint32_t var = w->at[i].var;
        uint32_t outcome = w->at[i].outcome;
        const struct guard_variable *v = guard_variable(c->world->space, var);
        out[i].name = v->name;
        out[i].is_fact = v->rank >= RANK_FIRST_FACT;
        if (v->labels != NULL) {
            out[i].value = v->labels[outcome];
        } else {
            out[i].value = outcome == 0 ? STR("no") : STR("yes");
        }
        if (out[i].is_fact) {
            count_fact(c, var);
        }
    }
    return out;
}

struct finding_endpoint endpoint_of(struct checker *c, const struct reach_flow *f,
                                    struct reach_judgement j, uint32_t rule)
{
    const struct world_interface *interface = &c->world->interfaces.at[f->interface];
    struct finding_endpoint e = {.interface = interface->name,
                                 .edge = f->edge,
                                 .families = f->families,
                                 .protocol = f->protocol,
                                 .ports = f->ports,
                                 .listener = f->listener,
                                 .verdict = j.verdict,
                                 .doubt = j.doubt,
                                 .exposure = f->exposure,
                                 .flow = f};
    if (interface->owner != WORLD_NONE) {
        const struct world_owner *owner = &c->world->owners.at[interface->owner];
        e.resource = owner->name;
        e.resource_type = owner->type;
        scope_tags(c, interface->owner, &e);
    }
    const struct world_gateway *gateway = &c->world->gateways.at[f->gateway];
    e.edge_component = gateway->outside ? STR("") : gateway->name;
    if (f->via != WORLD_NONE) {
        e.via = c->world->balancers.at[f->via].name;
    }
    e.end_to_end = c->brief ? STR("") : finding_end_to_end(c->arena, c->world, f);
    e.witness = witness_of(c, &j.witness);
    e.witness_n = j.witness.n;
    if (!c->brief) {
        steps_of(c, f, rule, &e);
    }
    return e;
}
