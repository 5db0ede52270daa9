/*
 * The whole pipeline with fixes and a report: no place lies outside the source, what is
 * written as JSON reads as JSON, and a fix that is offered, applied here by other means than the
 * proof's, still parses and has the finding no more, or less severely.
 */
#include "base/limits.h"
#include "fix/fix.h"
#include "fuzz/reading.h"
#include "report/report.h"

enum { MOST_PROOFS = 4 }; /* fewer than lint has, for more inputs in the time */

static void finding_check(const struct analysis *r, const struct finding *f)
{
    span_check(f->at, &r->sources);
    REQUIRE(f->message.n > 0);
    REQUIRE(f->fingerprint.n == 16);
    for (size_t i = 0; i < f->related.n; i++) {
        span_check(f->related.at[i].at, &r->sources);
    }
    for (size_t i = 0; i < f->blockers.n; i++) {
        span_check(f->blockers.at[i].at, &r->sources);
    }
    for (size_t i = 0; i < f->endpoints.n; i++) {
        const struct finding_endpoint *e = &f->endpoints.at[i];
        REQUIRE(e->severity <= f->severity);
        for (size_t k = 0; k < e->path_n; k++) {
            span_check(e->path[k].at, &r->sources);
        }
    }
}

static bool same_or_worse(const struct finding_endpoint *e, const struct finding_endpoint *now)
{
    return str_eq(e->interface, now->interface) && e->edge == now->edge &&
           str_eq(e->edge_component, now->edge_component) && str_eq(e->via, now->via) &&
           e->protocol == now->protocol && now->ports.begin <= e->ports.begin &&
           e->ports.end <= now->ports.end && now->severity >= e->severity;
}

/* How often the findings of a rule say what an endpoint says, or worse. */
static size_t times_said(const struct finding_endpoint *e, const struct rule *rule,
                         const struct findings *all)
{
    size_t n = 0;
    for (size_t i = 0; i < all->all.n; i++) {
        const struct finding *g = &all->all.at[i];
        for (size_t k = 0; g->rule == rule && k < g->endpoints.n; k++) {
            n += same_or_worse(e, &g->endpoints.at[k]);
        }
    }
    return n;
}

static size_t twins(const struct finding *f, const struct findings *all)
{
    size_t n = 0;
    for (size_t i = 0; i < all->all.n; i++) {
        const struct finding *g = &all->all.at[i];
        n += g->rule == f->rule && g->endpoints.n == 0 && str_eq(g->resource, f->resource) &&
             g->severity >= f->severity && g->protocol == f->protocol &&
             g->ports.begin <= f->ports.begin && f->ports.end <= g->ports.end;
    }
    return n;
}

/* Is some of what the finding says no longer so? (Of two equal rules only one is deleted.) */
static bool better(const struct finding *f, const struct findings *before,
                   const struct findings *after)
{
    for (size_t i = 0; i < f->endpoints.n; i++) {
        const struct finding_endpoint *e = &f->endpoints.at[i];
        if (times_said(e, f->rule, after) < times_said(e, f->rule, before)) {
            return true;
        }
    }
    return f->endpoints.n == 0 && twins(f, after) < twins(f, before);
}

static void fix_check(struct arena *a, const struct analysis *r, const struct finding *f,
                      const struct fix *fix, const struct analysis_options *options)
{
    REQUIRE(fix->title.n > 0);
    if (fix->safety == FIX_ADVICE) {
        REQUIRE(fix->edit_n == 0);
        return;
    }
    REQUIRE(fix->edit_n > 0);
    struct buf b;
    buf_init(&b);
    size_t done = 0;
    for (size_t i = 0; i < fix->edit_n; i++) {
        struct span at = fix->edits[i].at;
        span_check(at, &r->sources);
        REQUIRE(at.begin >= done);
        buf_add(&b, str_sub(r->source->bytes, done, at.begin));
        buf_add(&b, fix->edits[i].text);
        done = at.end;
    }
    buf_add(&b, str_sub(r->source->bytes, done, r->source->bytes.n));
    struct analysis *after = analysis_run(a, r->source->path, buf_str(&b), options);
    REQUIRE(after->doc->root != NULL);
    REQUIRE(after->doc->is_json == r->doc->is_json);
    REQUIRE(after->findings != NULL);
    REQUIRE(after->diags.errors <= r->diags.errors);
    REQUIRE(better(f, r->findings, after->findings));
    buf_release(&b);
}

static bool is_json(const char *name)
{
    return str_is(STR("json"), name) || str_is(STR("sarif"), name);
}

static void report_check(const struct analysis *r, const struct fixes *fixes,
                         const struct report_format *format, const struct settings *settings)
{
    struct arena a = {0};
    struct report_options o = {.root = STR("/work"),
                               .cwd = STR("/work"),
                               .region = STR("unknown"),
                               .event_time = STR("1970-01-01T00:00:00Z"),
                               .verbose = true,
                               .settings = settings};
    struct report *report = report_begin(&a, format, o);
    report_add(report, r, fixes);
    struct source_set sources;
    struct diags diags;
    source_set_init(&sources, &a);
    diags_init(&diags, &a);
    report_end(report, &diags, &sources, 0);
    if (is_json(format->name)) {
        struct source *src = source_add(&sources, STR("out.json"), buf_str(&report->out));
        const struct doc *doc = doc_read(&a, src, SIZE_MAX, &diags);
        REQUIRE(doc->root != NULL || report->out.n > LIMIT_TEMPLATE_BYTES);
        REQUIRE(diags.errors == 0 || report->out.n > LIMIT_TEMPLATE_BYTES);
    }
    report_release(report);
    arena_release(&a);
}

static void analysis_check(struct arena *a, const struct analysis *r,
                           const struct analysis_options *options)
{
    struct fix_options fix_options = {options, MOST_PROOFS, UINT64_MAX};
    struct fixes *fixes = NULL;
    if (r->findings != NULL) {
        fixes = fix_find(a, r, &fix_options);
    }
    for (size_t i = 0; fixes != NULL && i < fixes->n; i++) {
        const struct finding *f = &r->findings->all.at[i];
        finding_check(r, f);
        for (size_t k = 0; k < fixes->of[i].n; k++) {
            fix_check(a, r, f, &fixes->of[i].at[k], options);
        }
    }
    /* Another format for each length: all of them take four times as long as the rest. */
    const struct report_format *format = report_formats[r->source->bytes.n % report_format_count];
    if (format->lint) {
        report_check(r, fixes, format, options->settings);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool inspector = size > 0 && data[size - 1] == ' ';
    struct analysis_options options = {.cfn = {.region = STR("")},
                                       .settings =
                                           inspector ? policy_inspector() : policy_default(),
                                       .today = STR("2026-01-01")};
    struct arena a = {0};
    struct analysis *r = analysis_run(&a, STR("t.yaml"), input_text(data, size), &options);
    REQUIRE(r->findings != NULL || r->diags.errors > 0);
    tree_check(r->doc);
    diags_check(&r->diags, &r->sources);
    analysis_check(&a, r, &options);
    arena_release(&a);
    return 0;
}
