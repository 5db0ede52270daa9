/*
 * One result: the members in the order in which people read them.
 */
#include "sarif/location.h"
#include "sarif/log.h"
#include "sarif/taxonomy.h"

static cJSON *properties(const struct sarif_property *p, size_t n)
{
    cJSON *bag = json_object();
    for (size_t i = 0; i < n; i++) {
        if (!p[i].is_json) {
            json_put_text(bag, p[i].name, p[i].text);
            continue;
        }
        json_put(bag, p[i].name, json_finished(p[i].text));
    }
    return bag;
}

/* The finished text, and beside it the id of the rule's message string with the text as its
 * argument: validators ask for the second form, GitHub shows only the first. */
static cJSON *message(struct str text)
{
    cJSON *m = json_object();
    json_put_text(m, "text", text);
    json_put_c(m, "id", "default");
    cJSON *arguments = json_array();
    json_append(arguments, json_string(text));
    json_put(m, "arguments", arguments);
    return m;
}

static cJSON *thread_flow_location(const struct sarif_step *step, size_t order)
{
    cJSON *t = json_object();
    json_put(t, "location", location_object(&step->location, -1));
    if (step->kind) {
        cJSON *kinds = json_array();
        json_append(kinds, json_string(str_from(step->kind)));
        json_put(t, "kinds", kinds);
    }
    if (step->state.n) {
        cJSON *flow = json_object();
        json_put_text(flow, "text", step->state);
        cJSON *state = json_object();
        json_put(state, "flow", flow);
        json_put(t, "state", state);
    }
    json_put(t, "nestingLevel", json_number(1));
    json_put(t, "executionOrder", json_number((double)order));
    json_put_c(t, "importance", step->essential ? "essential" : "important");
    return t;
}

static cJSON *code_flows(const struct sarif_result *r)
{
    cJSON *flows = json_array();
    for (size_t i = 0; i < r->flow_n; i++) {
        cJSON *locations = json_array();
        for (size_t k = 0; k < r->flow_lengths[i]; k++) {
            json_append(locations, thread_flow_location(&r->flows[i][k], k + 1));
        }
        cJSON *thread = json_object();
        json_put(thread, "locations", locations);
        cJSON *threads = json_array();
        json_append(threads, thread);
        cJSON *flow = json_object();
        json_put(flow, "threadFlows", threads);
        json_append(flows, flow);
    }
    return flows;
}

static cJSON *fix(const struct sarif_fix *f)
{
    cJSON *replacements = json_array();
    for (size_t i = 0; i < f->n; i++) {
        cJSON *replacement = json_object();
        json_put(replacement, "deletedRegion", location_region(&f->at[i].deleted));
        if (f->at[i].inserted.n) {
            cJSON *content = json_object();
            json_put_text(content, "text", f->at[i].inserted);
            json_put(replacement, "insertedContent", content);
        }
        json_append(replacements, replacement);
    }
    cJSON *change = json_object();
    json_put(change, "artifactLocation", location_artifact(f->uri, f->absolute));
    json_put(change, "replacements", replacements);
    cJSON *changes = json_array();
    json_append(changes, change);
    cJSON *description = json_object();
    json_put_text(description, "text", f->description);
    cJSON *object = json_object();
    json_put(object, "description", description);
    json_put(object, "artifactChanges", changes);
    return object;
}

static cJSON *suppressions(const struct sarif_result *r)
{
    cJSON *list = json_array();
    if (r->suppressed) {
        cJSON *s = json_object();
        json_put_c(s, "kind", r->suppression_kind);
        if (r->justification.n) {
            json_put_text(s, "justification", r->justification);
        }
        if (r->suppression.uri.n) {
            json_put(s, "location", location_object(&r->suppression, -1));
        }
        json_append(list, s);
    }
    return list;
}

void sarif_result(struct sarif_log *log, const struct sarif_result *r)
{
    cJSON *o = json_object();
    json_put_c(o, "ruleId", log->tool->rules[r->rule].id);
    json_put(o, "ruleIndex", json_number((double)r->rule));
    json_put_c(o, "kind", "fail");
    json_put_c(o, "level", r->level);
    json_put(o, "rank", json_number(r->rank));
    json_put(o, "message", message(r->message));
    cJSON *locations = json_array();
    json_append(locations, location_object(&r->location, -1));
    json_put(o, "locations", locations);
    cJSON *related = json_array();
    for (size_t i = 0; i < r->related_n; i++) {
        json_append(related, location_object(&r->related[i], (int)i + 1));
    }
    json_put_filled(o, "relatedLocations", related);
    json_put_filled(o, "codeFlows", code_flows(r));
    cJSON *fixes = json_array();
    for (size_t i = 0; i < r->fix_n; i++) {
        json_append(fixes, fix(&r->fixes[i]));
    }
    json_put_filled(o, "fixes", fixes);
    json_put_filled(o, "taxa", taxonomy_taxa(log->tool, &log->tool->rules[r->rule]));
    json_put_filled(o, "partialFingerprints", properties(r->fingerprints, r->fingerprint_n));
    if (r->has_suppressions) {
        json_put(o, "suppressions", suppressions(r));
    }
    if (r->baseline_state) {
        json_put_c(o, "baselineState", r->baseline_state);
    }
    json_put_filled(o, "properties", properties(r->properties, r->property_n));
    log_add(&log->results, o);
}
