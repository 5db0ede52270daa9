#include "report/flow_view.h"

#include "policy/facts.h"

struct str flow_view_interface(const struct analysis *analysis, uint32_t interface,
                               struct str *resource)
{
    const struct world *w = analysis->topology->world;
    const struct world_interface *i = &w->interfaces.at[interface];
    *resource = i->owner == WORLD_NONE ? STR("") : w->owners.at[i->owner].name;
    return i->name;
}

struct str flow_view_component(const struct analysis *analysis, uint32_t element)
{
    return element == WORLD_NONE ? STR("") : topology_origin(analysis->topology, element)->name;
}

struct assumed flow_view_assumed(struct arena *a, const struct analysis *analysis,
                                 const struct reach_unreached *u, struct assume_answers **known)
{
    if (analysis->topology->world->pins.n == 0) {
        return (struct assumed){0};
    }
    if (!*known) {
        *known = assume_answers_new(a, analysis->topology->world);
    }
    return assume_why_not(*known, (struct reach_question){.interface = u->interface,
                                                          .edge = u->edge,
                                                          .protocol = PROTOCOL_ALL,
                                                          .ports = PORTS_ALL,
                                                          .group = WORLD_NONE});
}

const struct finding_choice *flow_view_choices(struct arena *a, const struct topology *t,
                                               const struct guard_witness *witness, size_t *n)
{
    struct finding_choice *out = ARENA_ARRAY(a, witness->n, struct finding_choice);
    *n = 0;
    for (size_t i = 0; i < witness->n; i++) {
        struct finding_choice choice = fact_choice(t->world->space, &witness->at[i]);
        choice.text = choice.is_fact ? fact_clause(a, t, &choice, false) : STR("");
        *n = fact_choices_add(a, out, *n, choice);
    }
    return out;
}

static const struct finding_step *steps(struct arena *a, const struct analysis *analysis,
                                        const struct reach_flow *flow)
{
    const struct reach_example *e = reach_example(flow);
    struct finding_step *out = ARENA_ARRAY(a, e->path_n, struct finding_step);
    for (size_t i = 0; i < e->path_n; i++) {
        const struct topology_origin *o = topology_origin(analysis->topology, e->path[i].element);
        out[i] = (struct finding_step){.component = o->name,
                                       .type = str_from(o->type),
                                       .implicit = o->implicit,
                                       .outside = o->outside,
                                       .at = o->at};
    }
    return out;
}

static bool continues(const struct reach_flow *x, const struct reach_flow *y)
{
    return x->interface == y->interface && x->edge == y->edge && x->gateway == y->gateway &&
           x->via == y->via && x->listener.begin == y->listener.begin &&
           x->families == y->families && x->protocol == y->protocol && x->exposure == y->exposure &&
           guard_same(reach_guard(x->when), reach_guard(y->when)) &&
           (uint32_t)x->ports.end + 1 == y->ports.begin;
}

struct flow_view flow_view(struct arena *a, const struct analysis *analysis, size_t index)
{
    const struct reach_flow *flow = &analysis->answer.flows[index];
    const struct reach_example *shown = reach_example(flow);
    size_t n = 1;
    while (index + n < analysis->answer.flow_n && continues(&flow[n - 1], &flow[n])) {
        n++;
    }
    const struct world *w = analysis->topology->world;
    const struct world_gateway *gateway = &w->gateways.at[flow->gateway];
    struct flow_view v = {
        .analysis = analysis,
        .flow = flow,
        .flow_n = n,
        .ports = {flow->ports.begin, flow[n - 1].ports.end},
        .component = gateway->outside ? STR("") : gateway->name,
        .path = steps(a, analysis, flow),
        .path_n = shown->path_n,
    };
    v.witness = flow_view_choices(a, analysis->topology, &shown->judgement.witness, &v.witness_n);
    v.interface = flow_view_interface(analysis, flow->interface, &v.resource);
    return v;
}
