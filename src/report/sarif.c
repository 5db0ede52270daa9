/*
 * -f sarif: findings as SARIF 2.1.0, filled for GitHub code scanning and the VS Code viewer.
 *
 *     finding   -> result: smallest region first, the path of each endpoint as a code flow
 *     related   -> relatedLocations, numbered from 1
 *     diagnostic-> toolExecutionNotifications
 *     rule      -> every rule of the table, hit or not, in one order
 */
#include "sarif/sarif.h"

#include "base/json_writer.h"
#include "base/utf8.h"
#include "report/formats.h"
#include "report/json_flows.h"
#include "report/sarif_taxonomies.h"
#include "report/uri.h"
#include "report/witnesses.h"
#include "report/words.h"

struct sarif_state {
    struct sarif_log *log;
    struct sarif_tool tool;
};

/* One template's view: where its places are. */
struct sarif_view {
    struct arena *arena;
    const struct report_options *options;
    struct source_set *sources;
    struct witnesses_known *witnesses;
    struct report_uri *uris; /* by source; those that were asked for */
    struct sarif_line_hashes **hashes;
};

static const char *security_severity(enum severity s)
{
    switch (s) {
    case SEVERITY_HIGH:
        return "8.0";
    case SEVERITY_MEDIUM:
        return "5.5";
    case SEVERITY_LOW:
        return "3.0";
    case SEVERITY_INFORMATIONAL:
    case SEVERITY_OFF:
        break;
    }
    return "1.0";
}

/* The rule's severity in the active policy: its own, or that of its service from the internet. */
static enum severity rule_severity(const struct settings *settings, size_t index)
{
    if (settings && settings->rule_has_severity[index]) {
        return settings->rule_severity[index];
    }
    for (size_t i = 0; settings && i < settings->services.n; i++) {
        if (settings->services.at[i].rule == index) {
            return settings->services.at[i].internet;
        }
    }
    return SEVERITY_LOW;
}

static struct sarif_rule *rule_descriptors(struct report *r)
{
    struct sarif_rule *list = ARENA_ARRAY(r->arena, rule_count, struct sarif_rule);
    for (size_t i = 0; i < rule_count; i++) {
        enum severity s = rule_severity(r->options.settings, i);
        list[i] = (struct sarif_rule){
            .id = rules[i].id,
            .name = rules[i].pascal,
            .title = rules[i].title,
            .text = rules[i].text,
            .help = rules[i].help,
            .help_text = rules[i].text,
            .help_uri = words_rule_page(r->arena, &rules[i]).p,
            .level = words_sarif_level(s),
            .security_severity = security_severity(s),
            .precision = "very-high",
            .tags = rules[i].tags,
        };
        list[i].relations = sarif_relations(r->arena, i, &list[i].relation_n);
    }
    return list;
}

/* "not-utf8" as "NotUtf8". */
static const char *pascal(struct arena *a, const char *name)
{
    char *out = arena_alloc(a, strlen(name) + 1);
    size_t n = 0;
    bool up = true;
    for (const char *c = name; *c; c++) {
        if (*c == '-') {
            up = true;
            continue;
        }
        out[n++] = up && *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
        up = false;
    }
    return out;
}

static struct sarif_rule *diag_descriptors(struct report *r)
{
    struct sarif_rule *list = ARENA_ARRAY(r->arena, DIAG_ID_COUNT, struct sarif_rule);
    for (unsigned i = 0; i < DIAG_ID_COUNT; i++) {
        const struct diag_kind *k = diag_kind((enum diag_id)i);
        list[i] = (struct sarif_rule){.id = k->id,
                                      .name = pascal(r->arena, k->name),
                                      .title = k->text,
                                      .text = k->text,
                                      .help_text = k->text,
                                      .help_uri = WORDS_HOME_PAGE "#diagnostics",
                                      .level = words_level(k->level)};
    }
    return list;
}

static void begin(struct report *r)
{
    struct sarif_state *s = ARENA_NEW(r->arena, struct sarif_state);
    s->tool = (struct sarif_tool){
        .name = "cfnreach",
        .version = CFNREACH_VERSION,
        .information_uri = WORDS_HOME_PAGE,
        .category = STR("cfnreach/"),
        .rules = rule_descriptors(r),
        .rule_n = rule_count,
        .notifications = diag_descriptors(r),
        .notification_n = DIAG_ID_COUNT,
        .taxonomies = sarif_taxonomies(r->arena),
        .taxonomy_n = taxonomy_count,
    };
    s->log = sarif_begin(r->arena, &s->tool);
    if (r->options.shard) {
        sarif_shard(s->log, r->options.shard, r->options.shard_of);
    }
    r->state = s;
}

/* A log is text to the last byte, and readers stop at a NUL in it. A source that was refused need
 * be no text: of that there is no snippet. */
static bool is_text(struct str s)
{
    return utf8_bad(s) == STR_NPOS && str_find_byte(s, 0, 0) == STR_NPOS;
}

static struct sarif_region region_of(struct source *src, struct span span)
{
    struct str text = str_sub(src->bytes, span.begin, span.end);
    struct position b = source_position(src, span.begin);
    struct position e = source_position(src, span.end);
    return (struct sarif_region){b.line, b.utf16, e.line, e.utf16, is_text(text) ? text : STR("")};
}

/* The lines around a region, three each way: a strict superset, as validators ask. */
static struct sarif_region context_of(struct source *src, const struct sarif_region *region)
{
    uint32_t total = source_line_total(src);
    uint32_t first = region->start_line > 3 ? region->start_line - 3 : 1;
    uint32_t last = region->end_line + 3 < total ? region->end_line + 3 : total;
    struct str last_line = source_line(src, last);
    uint32_t begin = source_line_start(src, first);
    uint32_t end = source_line_start(src, last) + (uint32_t)last_line.n;
    struct sarif_region context = region_of(src, (struct span){src->id, begin, end});
    bool same = context.start_line == region->start_line && context.end_line == region->end_line &&
                context.start_column == region->start_column &&
                context.end_column == region->end_column;
    if (same) {
        return (struct sarif_region){0};
    }
    return context;
}

static struct report_uri uri_of(const struct sarif_view *v, const struct source *src)
{
    struct report_uri *known = &v->uris[src->id];
    if (known->uri.n == 0) {
        *known = report_uri(v->arena, v->options, src->path);
    }
    return *known;
}

static struct sarif_location location_of(const struct sarif_view *v, struct span span,
                                         struct str message)
{
    struct sarif_location l = {.message = message};
    if (span_is_none(span)) {
        return l;
    }
    struct source *src = source_of(v->sources, span);
    struct report_uri u = uri_of(v, src);
    l.uri = u.uri;
    l.absolute = u.absolute;
    l.region = region_of(src, span);
    return l;
}

/* A step that nothing in the template decides (a default ACL, an outside gateway) is shown where
 * the finding is: viewers refuse a step without a place. */
static struct sarif_step step_of(const struct sarif_view *v, const struct finding *f,
                                 const struct finding_step *s, size_t index, struct str state)
{
    bool placed = !span_is_none(s->at);
    struct sarif_step step = {
        .location = location_of(v, placed ? s->at : f->at, s->text),
        .kind = index == 0                  ? "enter"
                : s->implicit || s->outside ? "implicit"
                                            : "pass",
        .essential = str_is(s->type, "AWS::EC2::SecurityGroup"),
        .state = index == 0 ? state : STR(""),
    };
    step.location.logical_name = s->component;
    step.location.logical_kind = STR("resource");
    return step;
}

struct flow_list {
    const struct sarif_step **at;
    size_t *lengths;
    size_t n;
};

static struct flow_list flows_of(const struct sarif_view *v, const struct finding *f)
{
    struct flow_list list = {ARENA_ARRAY(v->arena, f->endpoints.n, const struct sarif_step *),
                             ARENA_ARRAY(v->arena, f->endpoints.n, size_t), 0};
    for (size_t i = 0; i < f->endpoints.n; i++) {
        const struct finding_endpoint *e = &f->endpoints.at[i];
        struct str state = words_ports(v->arena, e->protocol, e->ports);
        struct sarif_step *steps = ARENA_ARRAY(v->arena, e->path_n, struct sarif_step);
        for (size_t k = 0; k < e->path_n; k++) {
            steps[k] = step_of(v, f, &e->path[k], k, state);
        }
        if (e->path_n) {
            list.at[list.n] = steps;
            list.lengths[list.n++] = e->path_n;
        }
    }
    return list;
}

static struct sarif_location *related_of(const struct sarif_view *v, const struct finding *f,
                                         size_t *n)
{
    size_t most = f->related.n + f->blockers.n;
    struct sarif_location *list = ARENA_ARRAY(v->arena, most, struct sarif_location);
    *n = 0;
    for (size_t i = 0; i < f->related.n; i++) {
        if (!span_is_none(f->related.at[i].at)) {
            list[(*n)++] = location_of(v, f->related.at[i].at, f->related.at[i].text);
        }
    }
    for (size_t i = 0; i < f->blockers.n; i++) {
        if (!span_is_none(f->blockers.at[i].at)) {
            list[(*n)++] = location_of(v, f->blockers.at[i].at, f->blockers.at[i].text);
        }
    }
    return list;
}

static struct str endpoints_json(struct arena *a, const struct finding *f)
{
    struct buf out;
    buf_init(&out);
    struct json_writer w;
    json_begin(&w, &out, 0);
    json_array_begin(&w);
    for (size_t i = 0; i < f->endpoints.n; i++) {
        json_str(&w, f->endpoints.at[i].interface);
    }
    json_array_end(&w);
    return buf_keep(&out, a);
}

static struct str fact_texts_json(struct arena *a, const struct finding *f)
{
    struct buf out;
    buf_init(&out);
    struct json_writer w;
    json_begin(&w, &out, 0);
    json_write_fact_texts(&w, f->witness, f->witness_n);
    return buf_keep(&out, a);
}

static struct str witnesses_json(struct arena *a, const struct witnesses *all)
{
    struct buf out;
    buf_init(&out);
    struct json_writer w;
    json_begin(&w, &out, 0);
    witnesses_json_array(&w, all);
    return buf_keep(&out, a);
}

enum { PROPERTIES = 14 };

static size_t properties_of(const struct sarif_view *v, const struct finding *f,
                            struct sarif_property *p)
{
    size_t n = 0;
    p[n++] = (struct sarif_property){"severity", str_from(severity_name(f->severity)), false};
    p[n++] = (struct sarif_property){"verdict", str_from(reach_verdict_name(f->verdict)), false};
    p[n++] = (struct sarif_property){"confidence", str_from(words_confidence(f->doubt)), false};
    p[n++] = (struct sarif_property){"edge", str_from(world_edge_name(f->edge)), false};
    p[n++] = (struct sarif_property){"ports", words_ports(v->arena, f->protocol, f->ports), false};
    if (f->exposure != EXPOSURE_NONE) {
        p[n++] = (struct sarif_property){"exposure", str_from(exposure_name(f->exposure)), false};
    }
    if (f->witness_n) {
        p[n++] = (struct sarif_property){"witness",
                                         words_witness(v->arena, f->witness, f->witness_n), false};
    }
    if (f->witness_n) {
        p[n++] = (struct sarif_property){"factTexts", fact_texts_json(v->arena, f), true};
    }
    const struct witnesses *all = NULL;
    if (f->endpoints.n) {
        all = witnesses_of(v->witnesses, f->endpoints.at[0].when);
    }
    if (all != NULL) {
        p[n++] = (struct sarif_property){"witnesses", witnesses_json(v->arena, all), true};
        p[n++] =
            (struct sarif_property){"moreWitnesses", all->more ? STR("true") : STR("false"), true};
    }
    if (f->settle.n) {
        p[n++] = (struct sarif_property){"settle", f->settle, false};
    }
    if (f->endpoints.n && f->endpoints.at[0].via.n) {
        p[n++] = (struct sarif_property){"via", f->endpoints.at[0].via, false};
    }
    if (f->endpoints.n && f->endpoints.at[0].flow->end_to_end != END_TO_END_NA) {
        p[n++] = (struct sarif_property){"endToEnd", f->endpoints.at[0].end_to_end, false};
    }
    if (f->endpoints.n) {
        p[n++] = (struct sarif_property){"interfaces", endpoints_json(v->arena, f), true};
    }
    return n;
}

/* 80/55/30/10 by severity, minus 0/3/6 by confidence (DESIGN.md, Settled). */
static double rank_of(const struct finding *f)
{
    static const double by_severity[] = {10, 10, 30, 55, 80};
    static const double by_doubt[] = {0, 3, 6};
    return by_severity[f->severity] - by_doubt[f->doubt];
}

static struct str message_of(struct arena *a, const struct finding *f)
{
    struct str blank = STR(" ");
    return STR_CAT(a, f->message, f->settle.n ? blank : STR(""), f->settle,
                   f->advice.n ? blank : STR(""), f->advice);
}

/* "Delete the rule ... (R1-1, unsafe: also closes tcp/80 of 'Web' from the internet)." */
static struct str fix_words(struct arena *a, const struct fix *f)
{
    struct buf b;
    buf_init(&b);
    buf_add(&b, str_sub(f->title, 0, f->title.n - (str_ends(f->title, STR(".")) ? 1 : 0)));
    buf_addf(&b, " (%.*s, %s", STR_ARG(f->id), fix_safety_name(f->safety));
    for (size_t i = 0; i < f->collateral_n; i++) {
        buf_adds(&b, i == 0 ? ": also closes " : ", ");
        buf_add(&b, f->collateral[i]);
    }
    buf_adds(&b, ").");
    return buf_keep(&b, a);
}

/* Advice has no edits, so it is no SARIF fix. */
static const struct sarif_fix *fixes_of(const struct sarif_view *v, struct fix_list fixes,
                                        size_t *n)
{
    struct sarif_fix *list = ARENA_ARRAY(v->arena, fixes.n, struct sarif_fix);
    *n = 0;
    for (size_t i = 0; i < fixes.n; i++) {
        const struct fix *f = &fixes.at[i];
        struct sarif_replacement *at = ARENA_ARRAY(v->arena, f->edit_n, struct sarif_replacement);
        for (size_t k = 0; k < f->edit_n; k++) {
            at[k].deleted = region_of(source_of(v->sources, f->edits[k].at), f->edits[k].at);
            at[k].deleted.snippet = STR("");
            at[k].inserted = f->edits[k].text;
        }
        if (f->edit_n > 0) {
            struct source *src = source_of(v->sources, f->edits[0].at);
            struct report_uri u = uri_of(v, src);
            list[(*n)++] = (struct sarif_fix){.description = fix_words(v->arena, f),
                                              .uri = u.uri,
                                              .at = at,
                                              .n = f->edit_n,
                                              .absolute = u.absolute};
        }
    }
    return list;
}

/* One line for everything (minified JSON) would give all results one hash: then ours. */
static struct str line_hash(const struct sarif_view *v, const struct finding *f, uint32_t line)
{
    if (span_is_none(f->at)) {
        return STR("");
    }
    struct source *src = source_of(v->sources, f->at);
    if (source_line_total(src) <= 1) {
        return STR_CAT(v->arena, f->fingerprint, STR(":1"));
    }
    struct sarif_line_hashes **known = &v->hashes[src->id];
    if (*known == NULL) {
        uint32_t n;
        const uint32_t *begins = source_lines(src, &n);
        *known = sarif_hash_lines(v->arena, src->bytes, begins, n);
    }
    return sarif_line_hash(v->arena, *known, line);
}

static void add_finding(struct report *r, const struct sarif_view *v, const struct finding *f,
                        bool suppressions, struct fix_list fixes)
{
    struct sarif_state *s = r->state;
    struct sarif_location place = location_of(v, f->at, STR(""));
    place.logical_name = STR_CAT(v->arena, STR("Resources/"), f->resource,
                                 f->property.n ? STR("/") : STR(""), f->property);
    place.logical_kind = f->property.n ? STR("property") : STR("resource");
    if (!span_is_none(f->at)) {
        place.context = context_of(source_of(v->sources, f->at), &place.region);
    }
    struct sarif_property fingerprints[] = {
        {"primaryLocationLineHash", line_hash(v, f, place.region.start_line), false},
        {"cfnreach/v1", f->fingerprint, false},
    };
    struct sarif_property properties[PROPERTIES];
    struct flow_list flows = flows_of(v, f);
    struct sarif_result result = {
        .rule = rule_index(f->rule),
        .level = words_sarif_level(f->severity),
        .rank = rank_of(f),
        .message = message_of(v->arena, f),
        .location = place,
        .flows = flows.at,
        .flow_lengths = flows.lengths,
        .flow_n = flows.n,
        .fingerprints = fingerprints,
        .fingerprint_n = 2,
        .properties = properties,
        .has_suppressions = suppressions,
        .suppressed = f->suppressed,
        .suppression_kind = f->suppressed_in_source ? "inSource" : "external",
        .justification = f->suppression_reason,
        .suppression = location_of(v, f->suppression_at, STR("")),
        .baseline_state = r->options.baseline ? baseline_state_name(f->baseline) : NULL,
    };
    result.related = related_of(v, f, &result.related_n);
    result.fixes = fixes_of(v, fixes, &result.fix_n);
    result.property_n = properties_of(v, f, properties);
    sarif_result(s->log, &result);
}

static void add_diags(struct report *r, const struct sarif_view *v, const struct diags *d,
                      bool of_run)
{
    struct sarif_state *s = r->state;
    for (size_t i = 0; i < d->all.n; i++) {
        const struct diag *g = &d->all.at[i];
        struct sarif_notification n = {
            .id = diag_kind(g->id)->id,
            .level = words_level(diag_kind(g->id)->level),
            .message = g->message,
        };
        if (v->sources && !span_is_none(g->at)) {
            n.location = location_of(v, g->at, STR(""));
        }
        if (of_run) {
            sarif_notify_run(s->log, &n, g->is_pending);
        } else {
            sarif_notify(s->log, &n);
        }
    }
}

static void add_file(struct sarif_state *s, const struct sarif_view *v,
                     const struct analysis_file *file)
{
    struct report_uri u = uri_of(v, file->source);
    bool is_json = file->doc->is_json;
    struct sarif_artifact artifact = {u.uri, u.absolute, file->source->bytes.n,
                                      is_json ? "application/json" : "application/yaml",
                                      is_json ? "json" : "yaml"};
    sarif_artifact(s->log, &artifact);
}

static void add(struct report *r, const struct analysis *a)
{
    struct sarif_state *s = r->state;
    struct arena scratch = {0};
    struct source_set sources = a->sources;
    struct witnesses_known witnesses;
    witnesses_init(&witnesses, r, &scratch, a);
    size_t n = sources.all.n;
    struct sarif_view v = {&scratch,
                           &r->options,
                           &sources,
                           &witnesses,
                           ARENA_ARRAY(&scratch, n, struct report_uri),
                           ARENA_ARRAY(&scratch, n, struct sarif_line_hashes *)};
    for (size_t i = 0; i < a->file_n; i++) {
        add_file(s, &v, &a->files[i]);
    }
    const struct findings *f = a->findings;
    for (size_t i = 0; f && i < f->all.n; i++) {
        if (!(r->options.omit_suppressed && f->all.at[i].suppressed)) {
            add_finding(r, &v, &f->all.at[i], !r->options.omit_suppressed, report_fixes(r, i));
        }
    }
    add_diags(r, &v, &a->diags, false);
    arena_release(&scratch);
}

/* What an earlier run found and this one does not, where it was then. A rule that there is no
 * more cannot be named. */
static void add_absent(struct report *r)
{
    struct sarif_state *s = r->state;
    struct baseline_absent absent = baseline_absent(r->options.baseline, r->arena);
    for (size_t i = 0; i < absent.n && !r->options.omit_suppressed; i++) {
        const struct sarif_old *old = absent.at[i];
        const struct rule *rule = rule_find(old->rule_id);
        bool level = str_is(old->level, "error") || str_is(old->level, "warning");
        if (rule == NULL) {
            continue;
        }
        struct sarif_result result = {
            .rule = rule_index(rule),
            .level = level ? str_to_c(r->arena, old->level) : "note",
            .rank = old->rank,
            .message = old->message,
            .location = old->location,
            .fingerprints = old->fingerprints.at,
            .fingerprint_n = old->fingerprints.n,
            .properties = old->properties.at,
            .property_n = old->properties.n,
            .has_suppressions = true,
            .baseline_state = "absent",
        };
        sarif_result(s->log, &result);
    }
}

static void end(struct report *r, const struct diags *d, struct source_set *sources, int exit_code)
{
    struct sarif_state *s = r->state;
    struct sarif_view v = {.arena = r->arena, .options = &r->options, .sources = sources};
    v.uris = ARENA_ARRAY(r->arena, sources ? sources->all.n : 0, struct report_uri);
    add_diags(r, &v, d, true);
    if (r->options.baseline) {
        add_absent(r);
    }
    sarif_end(s->log, exit_code, r->totals.errors == 0, &r->out);
}

const struct report_format report_sarif = {
    "sarif", "SARIF 2.1.0 for code scanning and editors", true, false, begin, add, end,
};
