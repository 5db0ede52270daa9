/*
 * The changes for programs: "cfnreach-diff/1", described in docs/formats.md.
 */
#include "base/json_writer.h"
#include "report/diff_view.h"
#include "report/words.h"

static void write_place(struct json_writer *w, struct flow_place p)
{
    json_member_or_null(w, "file", p.file);
    if (p.line > 0) {
        json_member_int(w, "line", p.line);
        json_member_int(w, "column", p.column);
    } else {
        json_member_or_null(w, "line", STR(""));
        json_member_or_null(w, "column", STR(""));
    }
}

static void write_state(struct json_writer *w, struct arena *a, const char *key,
                        const struct flow_state *s)
{
    json_key(w, key);
    if (s == NULL) {
        json_null(w);
        return;
    }
    json_object_begin(w);
    json_member_c(w, "verdict", reach_verdict_name(s->verdict));
    json_member_c(w, "confidence", words_confidence(s->doubt));
    json_member_or_null(w, "exposure",
                        s->exposure == EXPOSURE_NONE ? STR("")
                                                     : str_from(exposure_name(s->exposure)));
    json_member_or_null(w, "sources", diff_state_sources(a, s));
    json_member_or_null(w, "witness", s->witness);
    json_object_end(w);
}

static void write_differs(struct json_writer *w, const struct flow_change *c)
{
    static const struct {
        unsigned bit;
        const char *name;
    } names[] = {{FLOW_PORTS, "ports"},     {FLOW_VERDICT, "verdict"},
                 {FLOW_CHOICES, "choices"}, {FLOW_EXPOSURE, "exposure"},
                 {FLOW_SOURCES, "sources"}, {FLOW_SEVERITY, "severity"}};
    json_key(w, "differs");
    json_array_begin(w);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (c->differs & names[i].bit) {
            json_str(w, str_from(names[i].name));
        }
    }
    json_array_end(w);
    json_key(w, "otherPorts");
    json_array_begin(w);
    for (size_t i = 0; i < c->rest.at.n; i++) {
        json_object_begin(w);
        json_member_int(w, "portBegin", c->rest.at.at[i].begin);
        json_member_int(w, "portEnd", c->rest.at.at[i].end);
        json_object_end(w);
    }
    json_array_end(w);
}

static void write_grade(struct json_writer *w, const struct diff_view *v,
                        const struct flow_change *c)
{
    const struct flow_grade *g = c->grade;
    json_member_or_null(w, "severity", g ? str_from(severity_name(g->severity)) : STR(""));
    json_member_or_null(w, "ruleId", g ? str_from(g->rule->id) : STR(""));
    json_member_or_null(w, "name", g ? str_from(g->rule->name) : STR(""));
    json_member_or_null(w, "service", g ? g->service : STR(""));
    json_member_bool(w, "suppressed", g != NULL && g->suppressed);
    json_member_bool(w, "counts", flow_change_counts(c, v->gate));
}

static void write_way(struct json_writer *w, const struct flow_change *c)
{
    const struct flow_way *way = c->way;
    json_member_or_null(w, "template", way->file);
    json_member_or_null(w, "resource", way->resource);
    json_member(w, "interface", way->interface);
    json_member_c(w, "edge", world_edge_name(way->edge));
    json_member_or_null(w, "edgeComponent", way->component);
    json_member_or_null(w, "via", way->via);
    json_key(w, "families");
    json_array_begin(w);
    if (c->families & FAMILY_V4) {
        json_str(w, STR("v4"));
    }
    if (c->families & FAMILY_V6) {
        json_str(w, STR("v6"));
    }
    json_array_end(w);
    json_member_c(w, "protocol", protocol_name(way->protocol));
    json_member_int(w, "portBegin", c->ports.begin);
    json_member_int(w, "portEnd", c->ports.end);
    if (ports_is_empty(way->listener)) {
        json_member_or_null(w, "listenerPort", STR(""));
    } else {
        json_member_int(w, "listenerPort", way->listener.begin);
    }
}

static void write_path(struct json_writer *w, const struct flow_state *s)
{
    json_key(w, "path");
    json_array_begin(w);
    for (size_t i = 0; i < s->path_n; i++) {
        json_object_begin(w);
        json_member(w, "componentId", s->path[i].component);
        json_member(w, "componentType", s->path[i].type);
        json_member_bool(w, "implicit", s->path[i].implicit);
        json_object_end(w);
    }
    json_array_end(w);
}

static void write_change(struct json_writer *w, const struct diff_view *v,
                         const struct flow_change *c)
{
    struct arena scratch = {0};
    json_object_begin(w);
    json_member_c(w, "change", flow_change_name(c->kind));
    write_grade(w, v, c);
    write_way(w, c);
    write_differs(w, c);
    write_state(w, &scratch, "before", c->before);
    write_state(w, &scratch, "after", c->after);
    json_member_or_null(w, "sourceChange",
                        diff_sources(&scratch, c->sources, c->groups.at, c->groups.n));
    write_place(w, diff_place(c));
    write_path(w, c->shown);
    json_object_end(w);
    arena_release(&scratch);
}

static void write_faults(struct json_writer *w, const struct diff_view *v)
{
    json_key(w, "diagnostics");
    json_array_begin(w);
    for (size_t i = 0; i < v->faults.n; i++) {
        const struct diff_fault *f = &v->faults.at[i];
        json_object_begin(w);
        json_member_c(w, "id", f->kind->id);
        json_member_c(w, "level", words_level(f->kind->level));
        json_member(w, "message", f->message);
        write_place(w, f->place);
        json_object_end(w);
    }
    json_array_end(w);
}

static void write_summary(struct json_writer *w, const struct diff_view *v)
{
    json_key(w, "summary");
    json_object_begin(w);
    for (size_t k = 0; k < FLOW_KINDS; k++) {
        json_member_int(w, flow_change_name((enum flow_change_kind)k), v->changes->count[k]);
    }
    json_member_int(w, "counting", v->counting);
    json_member_int(w, "templatesBefore", v->templates[0]);
    json_member_int(w, "templatesAfter", v->templates[1]);
    json_member_bool(w, "incomplete", v->incomplete);
    json_object_end(w);
}

void diff_json_write(const struct diff_view *v, struct buf *out)
{
    struct json_writer w;
    json_begin(&w, out, 2);
    json_object_begin(&w);
    json_member_c(&w, "schema", "cfnreach-diff/1");
    json_member(&w, "old", v->before);
    json_member(&w, "new", v->after);
    json_key(&w, "changes");
    json_array_begin(&w);
    for (size_t i = 0; i < v->changes->all.n; i++) {
        write_change(&w, v, &v->changes->all.at[i]);
    }
    json_array_end(&w);
    write_faults(&w, v);
    write_summary(&w, v);
    json_object_end(&w);
    buf_addc(out, '\n');
}
