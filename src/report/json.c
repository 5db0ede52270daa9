/*
 * -f json: the findings and flows of the output contract (DESIGN.md), one finding a line. Keys
 * are written in the contract's order; lines and columns are 1-based, columns in code points,
 * offset and length in bytes.
 */
#include "base/json_writer.h"
#include "report/formats.h"
#include "report/json_flows.h"
#include "report/unknowns.h"
#include "report/witnesses.h"
#include "report/words.h"

struct json_state {
    struct buf findings;  /* members of the array */
    struct buf unreached; /* flows only */
    struct buf unknowns;  /* with --unknowns */
    struct buf diagnostics;
};

static void begin(struct report *r)
{
    struct json_state *s = ARENA_NEW(r->arena, struct json_state);
    buf_init(&s->findings);
    buf_init(&s->unreached);
    buf_init(&s->unknowns);
    buf_init(&s->diagnostics);
    r->state = s;
}

static void write_place(struct json_writer *w, struct source_set *sources, struct span s)
{
    struct words_place p = words_place(sources, s);
    if (!p.begin.line) {
        json_member_or_null(w, "file", STR(""));
        return;
    }
    json_member(w, "file", p.file);
    json_member_int(w, "line", p.begin.line);
    json_member_int(w, "column", p.begin.column);
    json_member_int(w, "endLine", p.end.line);
    json_member_int(w, "endColumn", p.end.column);
    json_member_int(w, "offset", s.begin);
    json_member_int(w, "length", s.end - s.begin);
}

void json_write_fact_texts(struct json_writer *w, const struct finding_choice *choices, size_t n)
{
    json_object_begin(w);
    for (size_t i = 0; i < n; i++) {
        if (choices[i].is_fact) {
            json_key_str(w, choices[i].name);
            json_str(w, choices[i].text);
        }
    }
    json_object_end(w);
}

void json_write_witness(struct json_writer *w, const struct finding_choice *choices, size_t n)
{
    json_key(w, "witness");
    json_object_begin(w);
    for (size_t i = 0; i < n; i++) {
        json_key_str(w, choices[i].name);
        json_str(w, choices[i].value);
    }
    json_object_end(w);
    json_key(w, "facts");
    json_array_begin(w);
    for (size_t i = 0; i < n; i++) {
        if (choices[i].is_fact) {
            json_str(w, choices[i].name);
        }
    }
    json_array_end(w);
    json_key(w, "factTexts");
    json_write_fact_texts(w, choices, n);
}

void json_write_families(struct json_writer *w, unsigned families)
{
    json_key(w, "families");
    json_array_begin(w);
    if (families & FAMILY_V4) {
        json_str(w, STR("v4"));
    }
    if (families & FAMILY_V6) {
        json_str(w, STR("v6"));
    }
    json_array_end(w);
}

void json_write_path(struct json_writer *w, const struct finding_step *path, size_t n)
{
    json_key(w, "path");
    json_array_begin(w);
    for (size_t i = 0; i < n; i++) {
        json_object_begin(w);
        json_member(w, "componentId", path[i].component);
        json_member(w, "componentType", path[i].type);
        json_member_bool(w, "implicit", path[i].implicit);
        json_object_end(w);
    }
    json_array_end(w);
}

void json_write_exposure(struct json_writer *w, enum world_edge edge, enum exposure e)
{
    json_member_or_null(w, "exposure",
                        world_edge_is_internet(edge) ? str_from(exposure_name(e)) : STR(""));
}

static void write_verdict(struct json_writer *w, enum reach_verdict v, enum guard_doubt d)
{
    json_member_c(w, "verdict", reach_verdict_name(v));
    json_member_c(w, "confidence", words_confidence(d));
}

/* [[22,22],[80,81]]: the ranges of an aggregate. */
static void write_ranges(struct json_writer *w, const char *key, const struct ports *at, size_t n)
{
    json_key(w, key);
    json_array_begin(w);
    for (size_t i = 0; at && i < n; i++) {
        json_array_begin(w);
        json_int(w, at[i].begin);
        json_int(w, at[i].end);
        json_array_end(w);
    }
    json_array_end(w);
}

static void write_endpoint(struct json_writer *w, struct witnesses_known *witnesses,
                           const struct finding_endpoint *e, bool suppressed)
{
    json_object_begin(w);
    json_member(w, "kind", e->kind);
    json_member(w, "resource", e->resource);
    json_member(w, "interface", e->interface);
    json_member_c(w, "edge", world_edge_name(e->edge));
    json_member_or_null(w, "edgeComponent", e->edge_component);
    json_member_or_null(w, "via", e->via);
    json_write_families(w, e->families);
    json_member_c(w, "protocol", protocol_name(e->protocol));
    json_member_int(w, "portBegin", e->ports.begin);
    json_member_int(w, "portEnd", e->ports.end);
    if (e->tcp || e->udp) {
        write_ranges(w, "tcp", e->tcp, e->tcp_n);
        write_ranges(w, "udp", e->udp, e->udp_n);
    }
    if (ports_is_empty(e->listener)) {
        json_member_or_null(w, "listenerPort", STR(""));
    } else {
        json_member_int(w, "listenerPort", e->listener.begin);
    }
    json_member_c(w, "severity", severity_name(e->severity));
    write_verdict(w, e->verdict, e->doubt);
    json_write_exposure(w, e->edge, e->exposure);
    json_write_witness(w, e->witness, e->witness_n);
    witnesses_json_members(w, witnesses_of(witnesses, e->when));
    json_member(w, "endToEnd", e->end_to_end);
    json_member_bool(w, "suppressed", suppressed);
    json_write_path(w, e->path, e->path_n);
    json_object_end(w);
}

static void write_blockers(struct json_writer *w, const struct finding *f)
{
    json_key(w, "blockers");
    json_array_begin(w);
    for (size_t i = 0; i < f->blockers.n; i++) {
        const struct finding_blocker *b = &f->blockers.at[i];
        json_object_begin(w);
        json_member(w, "interface", b->interface);
        json_member_c(w, "conjunct", b->conjunct);
        json_member(w, "component", b->component);
        json_member(w, "message", b->text);
        json_member_bool(w, "alone", b->alone);
        json_member_bool(w, "joint", b->joint);
        json_object_end(w);
    }
    json_array_end(w);
}

static void write_related(struct json_writer *w, struct source_set *sources,
                          const struct finding *f)
{
    json_key(w, "related");
    json_array_begin(w);
    for (size_t i = 0; i < f->related.n; i++) {
        json_object_begin(w);
        write_place(w, sources, f->related.at[i].at);
        json_member(w, "message", f->related.at[i].text);
        json_object_end(w);
    }
    json_array_end(w);
}

static void write_edit(struct json_writer *w, struct source_set *sources, const struct edit *e)
{
    json_object_begin(w);
    write_place(w, sources, e->at);
    json_member(w, "text", e->text);
    json_object_end(w);
}

static void write_fixes(struct json_writer *w, struct source_set *sources, struct fix_list fixes)
{
    json_key(w, "fixes");
    json_array_begin(w);
    for (size_t i = 0; i < fixes.n; i++) {
        const struct fix *f = &fixes.at[i];
        json_object_begin(w);
        json_member(w, "id", f->id);
        json_member(w, "title", f->title);
        json_member_c(w, "safety", fix_safety_name(f->safety));
        json_key(w, "edits");
        json_array_begin(w);
        for (size_t k = 0; k < f->edit_n; k++) {
            write_edit(w, sources, &f->edits[k]);
        }
        json_array_end(w);
        json_key(w, "alsoCloses");
        json_array_begin(w);
        for (size_t k = 0; k < f->collateral_n; k++) {
            json_str(w, f->collateral[k]);
        }
        json_array_end(w);
        json_object_end(w);
    }
    json_array_end(w);
    json_key(w, "fixesNotProven");
    json_array_begin(w);
    for (size_t i = 0; i < fixes.unproven_n; i++) {
        json_str(w, fixes.unproven[i]);
    }
    json_array_end(w);
}

/* What suppresses it: {"kind":"inSource","reason":...} with the place of the id, or null. */
static void write_suppression(struct json_writer *w, struct source_set *sources,
                              const struct finding *f)
{
    if (!f->suppressed) {
        json_member_or_null(w, "suppression", STR(""));
        return;
    }
    json_key(w, "suppression");
    json_object_begin(w);
    json_member_c(w, "kind", f->suppressed_in_source ? "inSource" : "external");
    json_member_or_null(w, "reason", f->suppression_reason);
    write_place(w, sources, f->suppression_at);
    json_object_end(w);
}

static void write_finding(struct json_writer *w, struct witnesses_known *witnesses,
                          struct source_set *sources, const struct finding *f,
                          struct fix_list fixes)
{
    json_object_begin(w);
    json_member_c(w, "ruleId", f->rule->id);
    json_member_c(w, "name", f->rule->name);
    json_member_c(w, "severity", severity_name(f->severity));
    write_verdict(w, f->verdict, f->doubt);
    json_write_exposure(w, f->edge, f->exposure);
    json_member(w, "message", f->message);
    json_member(w, "advice", f->advice);
    json_member_or_null(w, "settle", f->settle);
    write_place(w, sources, f->at);
    json_member(w, "resource", f->resource);
    json_member(w, "property", f->property);
    json_member(w, "pointer", f->pointer);
    json_member_c(w, "edge", world_edge_name(f->edge));
    json_member_c(w, "protocol", protocol_name(f->protocol));
    json_member_int(w, "portBegin", f->ports.begin);
    json_member_int(w, "portEnd", f->ports.end);
    json_write_witness(w, f->witness, f->witness_n);
    if (f->endpoints.n > 0) {
        witnesses_json_members(w, witnesses_of(witnesses, f->endpoints.at[0].when));
    }
    json_member_bool(w, "suppressed", f->suppressed);
    write_suppression(w, sources, f);
    json_member_or_null(w, "baselineState",
                        f->baseline == BASELINE_NONE ? STR("")
                                                     : str_from(baseline_state_name(f->baseline)));
    json_key(w, "endpoints");
    json_array_begin(w);
    for (size_t i = 0; i < f->endpoints.n; i++) {
        write_endpoint(w, witnesses, &f->endpoints.at[i], f->suppressed);
    }
    for (size_t i = 0; i < f->accepted.n; i++) {
        write_endpoint(w, witnesses, &f->accepted.at[i], true);
    }
    json_array_end(w);
    write_blockers(w, f);
    write_related(w, sources, f);
    write_fixes(w, sources, fixes);
    json_member(w, "fingerprint", f->fingerprint);
    json_object_end(w);
}

static void write_diag(struct json_writer *w, struct source_set *sources, const struct diag *g)
{
    json_object_begin(w);
    json_member_c(w, "id", diag_kind(g->id)->id);
    json_member_c(w, "level", words_level(diag_kind(g->id)->level));
    json_member(w, "message", g->message);
    if (span_is_none(g->at) && g->path.n) {
        json_member(w, "file", g->path);
    } else {
        write_place(w, sources, g->at);
    }
    json_member_or_null(w, "resource", g->resource);
    json_member_or_null(w, "property", g->property);
    json_object_end(w);
}

/* One member on a line of its own, in an array in the making. */
static void member(struct json_writer *w, struct buf *array)
{
    buf_adds(array, array->n ? ",\n" : "\n");
    json_begin(w, array, 0);
}

static void add_diags(struct json_state *s, const struct diags *d, struct source_set *sources)
{
    struct json_writer w;
    for (size_t i = 0; i < d->all.n; i++) {
        member(&w, &s->diagnostics);
        write_diag(&w, sources, &d->all.at[i]);
    }
}

static void add(struct report *r, const struct analysis *a)
{
    struct json_state *s = r->state;
    struct source_set sources = a->sources; /* its line indexes are built on first use */
    struct json_writer w;
    if (r->options.flows) {
        json_flows_add(r, a, &s->findings, &s->unreached);
    }
    if (r->options.unknowns) {
        unknowns_write_json(a, &s->unknowns);
    }
    struct arena scratch = {0};
    struct witnesses_known witnesses;
    witnesses_init(&witnesses, r, &scratch, a);
    for (size_t i = 0; !r->options.flows && a->findings && i < a->findings->all.n; i++) {
        member(&w, &s->findings);
        write_finding(&w, &witnesses, &sources, &a->findings->all.at[i], report_fixes(r, i));
    }
    arena_release(&scratch);
    add_diags(s, &a->diags, &sources);
}

/* Results of the baseline that were not found again, where they were then. */
static void write_absent(struct report *r)
{
    struct baseline_absent absent = baseline_absent(r->options.baseline, r->arena);
    struct json_writer w;
    buf_adds(&r->out, "],\n\"absent\":[");
    for (size_t i = 0; i < absent.n; i++) {
        const struct sarif_old *old = absent.at[i];
        buf_adds(&r->out, i > 0 ? ",\n" : "\n");
        json_begin(&w, &r->out, 0);
        json_object_begin(&w);
        json_member(&w, "ruleId", old->rule_id);
        json_member(&w, "severity", sarif_old_text(&old->properties, "severity"));
        json_member(&w, "message", old->message);
        json_member_c(&w, "baselineState", "absent");
        json_member(&w, "uri", old->location.uri);
        json_member_int(&w, "line", old->location.region.start_line);
        json_member_int(&w, "column", old->location.region.start_column);
        json_member_int(&w, "endLine", old->location.region.end_line);
        json_member_int(&w, "endColumn", old->location.region.end_column);
        json_member(&w, "fingerprint", sarif_old_text(&old->fingerprints, "cfnreach/v1"));
        json_object_end(&w);
    }
}

static void write_summary(struct buf *out, const struct report_totals *t, bool baseline,
                          int exit_code)
{
    struct json_writer w;
    json_begin(&w, out, 0);
    json_object_begin(&w);
    json_member_int(&w, "templates", t->templates);
    json_member_int(&w, "interfaces", t->interfaces);
    json_member_int(&w, "notAnalysed", t->not_analysed);
    json_member_int(&w, "facts", t->facts);
    json_member_int(&w, "findings", t->findings);
    for (unsigned s = SEVERITY_HIGH; s >= SEVERITY_INFORMATIONAL; s--) {
        json_member_int(&w, severity_name((enum severity)s), t->by_severity[s]);
    }
    json_member_int(&w, "suppressed", t->suppressed);
    if (baseline) {
        for (unsigned s = BASELINE_NEW; s <= BASELINE_UPDATED; s++) {
            json_member_int(&w, baseline_state_name((enum baseline_state)s), t->by_state[s]);
        }
        json_member_int(&w, "absent", t->absent);
    }
    json_member_int(&w, "errors", t->errors);
    json_member_int(&w, "warnings", t->warnings);
    json_member_int(&w, "notes", t->notes);
    json_member_int(&w, "exitCode", (uint64_t)exit_code);
    json_object_end(&w);
}

static void end(struct report *r, const struct diags *d, struct source_set *sources, int exit_code)
{
    struct json_state *s = r->state;
    add_diags(s, d, sources);
    buf_adds(&r->out, r->options.flows ? "{\"schema\":\"cfnreach-flows/1\",\n\"flows\":["
                                       : "{\"schema\":\"cfnreach-findings/1\",\n\"findings\":[");
    buf_add(&r->out, buf_str(&s->findings));
    if (r->options.flows) {
        buf_adds(&r->out, "],\n\"unreached\":[");
        buf_add(&r->out, buf_str(&s->unreached));
    }
    if (r->options.unknowns) {
        buf_adds(&r->out, "],\n\"unknowns\":[");
        buf_add(&r->out, buf_str(&s->unknowns));
    }
    if (r->options.baseline) {
        write_absent(r);
    }
    buf_adds(&r->out, "],\n\"diagnostics\":[");
    buf_add(&r->out, buf_str(&s->diagnostics));
    buf_adds(&r->out, "],\n\"summary\":");
    write_summary(&r->out, &r->totals, r->options.baseline != NULL, exit_code);
    buf_adds(&r->out, "}\n");
    buf_release(&s->findings);
    buf_release(&s->unreached);
    buf_release(&s->unknowns);
    buf_release(&s->diagnostics);
}

const struct report_format report_json = {
    "json", "findings or flows as JSON, stable keys", true, true, begin, add, end,
};
