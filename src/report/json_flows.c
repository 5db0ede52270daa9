/*
 * The flows of -f json: everything the core found, without a policy.
 */
#include "report/json_flows.h"

#include <stdlib.h>

#include "report/flow_view.h"
#include "report/witnesses.h"
#include "report/words.h"

static int ascending(const void *x, const void *y)
{
    const uint32_t *a = x;
    const uint32_t *b = y;
    return (*a > *b) - (*a < *b);
}

/* Every rule that opens some of the range, in order of id. */
static void write_rules(struct json_writer *w, struct arena *a, struct source_set *sources,
                        const struct flow_view *v)
{
    json_key(w, "rules");
    json_array_begin(w);
    VEC(uint32_t) ids = {0};
    for (size_t i = 0; i < v->flow_n; i++) {
        for (size_t k = 0; k < v->flow[i].opener_n; k++) {
            *VEC_ADD(a, &ids) = v->flow[i].openers[k].rule;
        }
    }
    if (ids.n) {
        qsort(ids.at, ids.n, sizeof *ids.at, ascending);
    }
    for (size_t i = 0; i < ids.n; i++) {
        if (i > 0 && ids.at[i] == ids.at[i - 1]) {
            continue;
        }
        const struct topology_origin *o = topology_origin(v->analysis->topology, ids.at[i]);
        struct words_place p = words_place(sources, o->at);
        json_object_begin(w);
        if (p.begin.line) {
            json_member(w, "file", p.file);
            json_member_int(w, "line", p.begin.line);
            json_member_int(w, "column", p.begin.column);
        }
        json_member(w, "pointer", topology_pointer(a, v->analysis->topology, ids.at[i]));
        json_member(w, "source", source_text(sources, o->at));
        json_object_end(w);
    }
    json_array_end(w);
}

static void write_flow(struct json_writer *w, struct witnesses_known *witnesses,
                       struct source_set *sources, const struct flow_view *v)
{
    struct arena *a = witnesses->arena;
    const struct reach_flow *f = v->flow;
    json_object_begin(w);
    json_member_or_null(w, "resource", v->resource);
    json_member(w, "interface", v->interface);
    json_member_c(w, "edge", world_edge_name(f->edge));
    json_member_or_null(w, "edgeComponent", v->component);
    const struct world *world = v->analysis->topology->world;
    json_member_or_null(w, "via",
                        f->via == WORLD_NONE ? STR("") : world->balancers.at[f->via].name);
    json_write_families(w, f->families);
    json_member_c(w, "protocol", protocol_name(f->protocol));
    json_member_int(w, "portBegin", v->ports.begin);
    json_member_int(w, "portEnd", v->ports.end);
    if (ports_is_empty(f->listener)) {
        json_member_or_null(w, "listenerPort", STR(""));
    } else {
        json_member_int(w, "listenerPort", f->listener.begin);
    }
    json_member_c(w, "verdict", reach_verdict_name(reach_flow_verdict(f)));
    json_member_c(w, "confidence", words_confidence(reach_example(f)->judgement.doubt));
    json_write_exposure(w, f->edge, f->exposure);
    json_write_witness(w, v->witness, v->witness_n);
    witnesses_json_members(w, witnesses_of(witnesses, reach_guard(f->when)));
    json_member(w, "endToEnd", finding_end_to_end(a, world, f));
    json_write_path(w, v->path, v->path_n);
    write_rules(w, a, sources, v);
    json_object_end(w);
}

void json_write_assumed(struct json_writer *w, struct arena *a, struct assumed assumed)
{
    json_key(w, "assumed");
    json_array_begin(w);
    for (size_t i = 0; i < assumed.n; i++) {
        const struct world_pin *pin = assumed.at[i];
        json_str(w, str_format(a, "%.*s=%.*s", STR_ARG(pin->name), STR_ARG(pin->value)));
    }
    json_array_end(w);
}

static void write_unreached(struct json_writer *w, struct arena *scratch, const struct analysis *a,
                            const struct reach_unreached *u, struct assume_answers **known)
{
    struct str resource;
    struct str interface = flow_view_interface(a, u->interface, &resource);
    json_object_begin(w);
    json_member_or_null(w, "resource", resource);
    json_member(w, "interface", interface);
    json_member_c(w, "edge", world_edge_name(u->edge));
    json_key(w, "blockers");
    json_array_begin(w);
    for (size_t i = 0; i < u->blockers.n; i++) {
        const struct reach_blocker *b = &u->blockers.at[i];
        json_object_begin(w);
        json_member_c(w, "conjunct", reach_conjunct_name(b->conjunct));
        json_member_or_null(w, "component", flow_view_component(a, b->element));
        json_member_bool(w, "alone", b->alone);
        json_member_bool(w, "joint", b->joint);
        json_object_end(w);
    }
    json_array_end(w);
    json_write_assumed(w, scratch, flow_view_assumed(scratch, a, u, known));
    json_object_end(w);
}

void json_flows_add(const struct report *r, const struct analysis *a, struct buf *flows,
                    struct buf *unreached)
{
    struct arena scratch = {0};
    struct source_set sources = a->sources;
    struct json_writer w;
    struct assume_answers *known = NULL;
    struct witnesses_known witnesses;
    witnesses_init(&witnesses, r, &scratch, a);
    for (size_t i = 0; i < a->answer.flow_n;) {
        struct flow_view v = flow_view(&scratch, a, i);
        i += v.flow_n;
        buf_adds(flows, flows->n ? ",\n" : "\n");
        json_begin(&w, flows, 0);
        write_flow(&w, &witnesses, &sources, &v);
    }
    for (size_t i = 0; i < a->answer.unreached_n; i++) {
        buf_adds(unreached, unreached->n ? ",\n" : "\n");
        json_begin(&w, unreached, 0);
        write_unreached(&w, &scratch, a, &a->answer.unreached[i], &known);
    }
    arena_release(&scratch);
}
