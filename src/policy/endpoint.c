/*
 * One endpoint: who is exposed, along which path, under which choices.
 */
#include "policy/check.h"
#include "policy/facts.h"

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

/* Many endpoints rest on the same facts. */
static struct str text_of(struct checker *c, const struct guard_literal *l,
                          const struct finding_choice *choice)
{
    const uint32_t numbers[] = {l->var, l->outcome};
    struct str key = {(const char *)numbers, sizeof numbers};
    const struct str *known = map_get(&c->fact_texts, key);
    if (known == NULL) {
        struct str *text = ARENA_NEW(c->arena, struct str);
        *text = fact_clause(c->arena, c->topology, choice, false);
        *map_at(&c->fact_texts, str_copy(c->arena, key)) = text;
        known = text;
    }
    return *known;
}

static const struct finding_choice *witness_of(struct checker *c, const struct guard_witness *w,
                                               size_t *n)
{
    struct finding_choice *out = ARENA_ARRAY(c->arena, w->n, struct finding_choice);
    *n = 0;
    for (size_t i = 0; i < w->n; i++) {
        struct finding_choice choice = fact_choice(c->world->space, &w->at[i]);
        if (choice.is_fact) {
            choice.text = c->brief ? STR("") : text_of(c, &w->at[i], &choice);
            count_fact(c, w->at[i].var);
        }
        *n = fact_choices_add(c->arena, out, *n, choice);
    }
    return out;
}

struct finding_endpoint endpoint_of(struct checker *c, const struct reach_flow *f,
                                    struct ports ports, struct reach_judgement j, uint32_t rule)
{
    const struct world_interface *interface = &c->world->interfaces.at[f->interface];
    struct finding_endpoint e = {.interface = interface->name,
                                 .edge = f->edge,
                                 .families = f->families,
                                 .protocol = f->protocol,
                                 .ports = ports,
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
    e.witness = witness_of(c, &j.witness, &e.witness_n);
    if (!c->brief) {
        steps_of(c, f, rule, &e);
    }
    return e;
}
