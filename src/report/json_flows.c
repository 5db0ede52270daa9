/*
 * The flows of -f json: everything the core found, without a policy.
 */
#include "report/json_flows.h"

#include "report/flow_view.h"
#include "report/words.h"

static void write_rules(struct json_writer *w, struct arena *a, struct source_set *sources,
                        const struct flow_view *v)
{
    json_key(w, "rules");
    json_array_begin(w);
    for (size_t i = 0; i < v->flow->opener_n; i++) {
        const struct topology_origin *o =
            topology_origin(v->analysis->topology, v->flow->openers[i].rule);
        struct words_place p = words_place(sources, o->at);
        json_object_begin(w);
        if (p.begin.line) {
            json_member(w, "file", p.file);
            json_member_int(w, "line", p.begin.line);
            json_member_int(w, "column", p.begin.column);
        }
        json_member(w, "pointer",
                    topology_pointer(a, v->analysis->topology, v->flow->openers[i].rule));
        json_member(w, "source", source_text(sources, o->at));
        json_object_end(w);
    }
    json_array_end(w);
}

static void write_flow(struct json_writer *w, struct arena *a, struct source_set *sources,
                       const struct flow_view *v)
{
    const struct reach_flow *f = v->flow;
    json_object_begin(w);
    json_member_or_null(w, "resource", v->resource);
    json_member(w, "interface", v->interface);
    json_member_c(w, "edge", world_edge_name(f->edge));
    json_member_or_null(w, "edgeComponent", v->component);
    json_member_or_null(w, "via", STR(""));
    json_write_families(w, f->families);
    json_member_c(w, "protocol", protocol_name(f->protocol));
    json_member_int(w, "portBegin", f->ports.begin);
    json_member_int(w, "portEnd", f->ports.end);
    json_member_c(w, "verdict", reach_verdict_name(f->judgement.verdict));
    json_member_c(w, "confidence", words_confidence(f->judgement.doubt));
    json_write_exposure(w, f->edge, f->exposure);
    json_write_witness(w, v->witness, v->witness_n);
    json_member_c(w, "endToEnd", "n/a");
    json_write_path(w, v->path, v->path_n);
    write_rules(w, a, sources, v);
    json_object_end(w);
}

static void write_unreached(struct json_writer *w, const struct analysis *a,
                            const struct reach_unreached *u)
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
        json_key(w, "alone");
        json_boolean(w, b->alone);
        json_key(w, "joint");
        json_boolean(w, b->joint);
        json_object_end(w);
    }
    json_array_end(w);
    json_object_end(w);
}

void json_flows_add(const struct analysis *a, struct buf *flows, struct buf *unreached)
{
    struct arena scratch = {0};
    struct source_set sources = a->sources;
    struct json_writer w;
    for (size_t i = 0; i < a->answer.flow_n; i++) {
        struct flow_view v = flow_view(&scratch, a, &a->answer.flows[i]);
        buf_adds(flows, flows->n ? ",\n" : "\n");
        json_begin(&w, flows, 0);
        write_flow(&w, &scratch, &sources, &v);
    }
    for (size_t i = 0; i < a->answer.unreached_n; i++) {
        buf_adds(unreached, unreached->n ? ",\n" : "\n");
        json_begin(&w, unreached, 0);
        write_unreached(&w, a, &a->answer.unreached[i]);
    }
    arena_release(&scratch);
}
