/*
 * One result: the members in the order in which people read them.
 */
#include "sarif/json.h"
#include "sarif/location.h"
#include "sarif/log.h"
#include "sarif/taxonomy.h"

/* With its key, and only if there is something in the bag. */
static void properties(struct json_writer *w, const char *key, const struct sarif_property *p,
                       size_t n)
{
    if (n == 0) {
        return;
    }
    json_key(w, key);
    json_object_begin(w);
    for (size_t i = 0; i < n; i++) {
        json_key_str(w, str_from(p[i].name)); /* those of a baseline may be any text */
        if (p[i].is_json) {
            json_raw(w, p[i].text);
        } else {
            json_str(w, p[i].text);
        }
    }
    json_object_end(w);
}

/* The finished text, and beside it the id of the rule's message string with the text as its
 * argument: validators ask for the second form, GitHub shows only the first. */
static void message(struct json_writer *w, struct str text)
{
    json_object_begin(w);
    json_member(w, "text", text);
    json_member_c(w, "id", "default");
    json_key(w, "arguments");
    json_array_begin(w);
    json_str(w, text);
    json_array_end(w);
    json_object_end(w);
}

static void thread_flow_location(struct json_writer *w, const struct sarif_step *step, size_t order)
{
    json_object_begin(w);
    json_key(w, "location");
    location_object(w, &step->location, 0);
    if (step->kind) {
        json_key(w, "kinds");
        json_array_begin(w);
        json_str(w, str_from(step->kind));
        json_array_end(w);
    }
    if (step->state.n) {
        json_key(w, "state");
        json_object_begin(w);
        json_key(w, "flow");
        location_text(w, step->state);
        json_object_end(w);
    }
    json_member_int(w, "nestingLevel", 1);
    json_member_int(w, "executionOrder", order);
    json_member_c(w, "importance", step->essential ? "essential" : "important");
    json_object_end(w);
}

static void code_flows(struct json_writer *w, const struct sarif_result *r)
{
    if (r->flow_n == 0) {
        return;
    }
    json_key(w, "codeFlows");
    json_array_begin(w);
    for (size_t i = 0; i < r->flow_n; i++) {
        json_object_begin(w);
        json_key(w, "threadFlows");
        json_array_begin(w);
        json_object_begin(w);
        json_key(w, "locations");
        json_array_begin(w);
        for (size_t k = 0; k < r->flow_lengths[i]; k++) {
            thread_flow_location(w, &r->flows[i][k], k + 1);
        }
        json_array_end(w);
        json_object_end(w);
        json_array_end(w);
        json_object_end(w);
    }
    json_array_end(w);
}

static void fix(struct json_writer *w, const struct sarif_fix *f)
{
    json_object_begin(w);
    json_key(w, "description");
    location_text(w, f->description);
    json_key(w, "artifactChanges");
    json_array_begin(w);
    json_object_begin(w);
    json_key(w, "artifactLocation");
    location_artifact(w, f->uri, f->absolute);
    json_key(w, "replacements");
    json_array_begin(w);
    for (size_t i = 0; i < f->n; i++) {
        json_object_begin(w);
        json_key(w, "deletedRegion");
        location_region(w, &f->at[i].deleted);
        if (f->at[i].inserted.n) {
            json_key(w, "insertedContent");
            location_text(w, f->at[i].inserted);
        }
        json_object_end(w);
    }
    json_array_end(w);
    json_object_end(w);
    json_array_end(w);
    json_object_end(w);
}

static void fixes(struct json_writer *w, const struct sarif_result *r)
{
    if (r->fix_n == 0) {
        return;
    }
    json_key(w, "fixes");
    json_array_begin(w);
    for (size_t i = 0; i < r->fix_n; i++) {
        fix(w, &r->fixes[i]);
    }
    json_array_end(w);
}

static void related(struct json_writer *w, const struct sarif_result *r)
{
    if (r->related_n == 0) {
        return;
    }
    json_key(w, "relatedLocations");
    json_array_begin(w);
    for (size_t i = 0; i < r->related_n; i++) {
        location_object(w, &r->related[i], i + 1);
    }
    json_array_end(w);
}

static void suppressions(struct json_writer *w, const struct sarif_result *r)
{
    json_key(w, "suppressions");
    json_array_begin(w);
    if (r->suppressed) {
        json_object_begin(w);
        json_member_c(w, "kind", r->suppression_kind);
        if (r->justification.n) {
            json_member(w, "justification", r->justification);
        }
        if (r->suppression.uri.n) {
            json_key(w, "location");
            location_object(w, &r->suppression, 0);
        }
        json_object_end(w);
    }
    json_array_end(w);
}

/* Ours are whole numbers; those of an earlier log may be anything: printed as they were read. */
static void rank(struct json_writer *w, double value)
{
    if (value >= 0 && value <= INT32_MAX && value == (double)(uint32_t)value) {
        json_int(w, (uint32_t)value);
        return;
    }
    cJSON number = {.type = cJSON_Number};
    cJSON_SetNumberHelper(&number, value);
    struct buf text;
    buf_init(&text);
    json_print(&number, &text);
    json_raw(w, buf_str(&text));
    buf_release(&text);
}

void sarif_result(struct sarif_log *log, const struct sarif_result *r)
{
    const struct sarif_rule *rule = &log->tool->rules[r->rule];
    struct json_writer w = log_item(&log->results);
    json_object_begin(&w);
    json_member_c(&w, "ruleId", rule->id);
    json_member_int(&w, "ruleIndex", r->rule);
    json_member_c(&w, "kind", "fail");
    json_member_c(&w, "level", r->level);
    json_key(&w, "rank");
    rank(&w, r->rank);
    json_key(&w, "message");
    message(&w, r->message);
    json_key(&w, "locations");
    json_array_begin(&w);
    location_object(&w, &r->location, 0);
    json_array_end(&w);
    related(&w, r);
    code_flows(&w, r);
    fixes(&w, r);
    taxonomy_taxa(&w, log->tool, rule);
    properties(&w, "partialFingerprints", r->fingerprints, r->fingerprint_n);
    if (r->has_suppressions) {
        suppressions(&w, r);
    }
    if (r->baseline_state) {
        json_member_c(&w, "baselineState", r->baseline_state);
    }
    properties(&w, "properties", r->properties, r->property_n);
    json_object_end(&w);
}
