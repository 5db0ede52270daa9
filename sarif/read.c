/*
 * A log of an earlier run back into plain structs: what a later run needs to know its results
 * again and to repeat them. Whatever the file holds, the reader stays within it: members of the
 * wrong kind count as absent, names are compared exactly.
 */
#include "base/utf8.h"
#include "sarif/json.h"
#include "sarif/sarif.h"

/* A copy that outlives the log. */
static struct str text(struct arena *a, const cJSON *object, const char *name)
{
    return str_copy(a, json_get_text(object, name));
}

/* All four numbers and in order, or none. */
static struct sarif_region region(struct arena *a, const cJSON *object)
{
    struct sarif_region r = {json_get_count(object, "startLine"),
                             json_get_count(object, "startColumn"),
                             json_get_count(object, "endLine"), json_get_count(object, "endColumn"),
                             text(a, json_get(object, "snippet"), "text")};
    bool whole = r.start_line && r.start_column && r.end_column && r.end_line >= r.start_line &&
                 (r.end_line > r.start_line || r.end_column >= r.start_column);
    return whole ? r : (struct sarif_region){0};
}

static struct sarif_location location(struct arena *a, const cJSON *result)
{
    const cJSON *first = cJSON_GetArrayItem(json_get(result, "locations"), 0);
    const cJSON *physical = json_get(first, "physicalLocation");
    const cJSON *artifact = json_get(physical, "artifactLocation");
    const cJSON *logical = cJSON_GetArrayItem(json_get(first, "logicalLocations"), 0);
    struct sarif_location l = {
        .uri = text(a, artifact, "uri"),
        .absolute = json_get(artifact, "uriBaseId") == NULL,
        .region = region(a, json_get(physical, "region")),
        .context = region(a, json_get(physical, "contextRegion")),
        .logical_name = text(a, logical, "fullyQualifiedName"),
        .logical_kind = text(a, logical, "kind"),
    };
    return l;
}

static struct sarif_bag bag(struct arena *a, const cJSON *object)
{
    struct sarif_bag b = {0};
    for (const cJSON *p = cJSON_IsObject(object) ? object->child : NULL; p; p = p->next) {
        struct sarif_property *out = VEC_ADD(a, &b);
        out->name = str_to_c(a, str_from(p->string));
        out->is_json = !cJSON_IsString(p);
        out->text = out->is_json ? json_printed(a, p) : str_copy(a, json_text_of(p));
    }
    return b;
}

static struct sarif_old old_result(struct arena *a, const cJSON *result)
{
    const cJSON *rank = json_get(result, "rank");
    const cJSON *suppressions = json_get(result, "suppressions");
    return (struct sarif_old){
        .rule_id = text(a, result, "ruleId"),
        .level = text(a, result, "level"),
        .rank = cJSON_IsNumber(rank) ? rank->valuedouble : 0,
        .message = text(a, json_get(result, "message"), "text"),
        .location = location(a, result),
        .fingerprints = bag(a, json_get(result, "partialFingerprints")),
        .properties = bag(a, json_get(result, "properties")),
        .suppressed = cJSON_IsArray(suppressions) && suppressions->child != NULL,
        .absent = str_is(text(a, result, "baselineState"), "absent"),
    };
}

static bool fault(struct str *why, struct arena *a, const char *what, struct str detail)
{
    *why = str_format(a, "%s%.*s", what, STR_ARG(detail));
    return false;
}

static bool read_log(struct arena *a, const cJSON *log, const char *tool, struct sarif_old_log *out,
                     struct str *why)
{
    const cJSON *runs = json_get(log, "runs");
    if (!cJSON_IsArray(runs) || !cJSON_IsString(json_get(log, "version"))) {
        return fault(why, a, "it is no SARIF log", STR(""));
    }
    if (!str_is(text(a, log, "version"), "2.1.0")) {
        return fault(why, a, "it is a SARIF log of another version than 2.1.0", STR(""));
    }
    struct str other = STR("");
    size_t ours = 0;
    for (const cJSON *run = runs->child; run; run = run->next) {
        struct str name = text(a, json_get(json_get(run, "tool"), "driver"), "name");
        const cJSON *results = json_get(run, "results");
        if (!str_is(name, tool)) {
            other = name;
            continue;
        }
        ours++;
        if (!cJSON_IsArray(results)) {
            return fault(why, a, "a run of it has no 'results'", STR(""));
        }
        for (const cJSON *r = results->child; r; r = r->next) {
            *VEC_ADD(a, out) = old_result(a, r);
        }
    }
    if (ours == 0 && other.n > 0) {
        struct buf clean;
        buf_init(&clean);
        utf8_sanitise(&clean, str_sub(other, 0, 80));
        fault(why, a, "it is a log of another tool: ", buf_str(&clean));
        buf_release(&clean);
        return false;
    }
    return ours > 0 || fault(why, a, "it holds no run of ", str_from(tool));
}

bool sarif_read(struct arena *a, struct str bytes, const char *tool, struct sarif_old_log *out,
                struct str *why)
{
    if (utf8_bad(bytes) != STR_NPOS) {
        return fault(why, a, "it is not UTF-8 text", STR(""));
    }
    const char *end = NULL;
    cJSON *log = cJSON_ParseWithLengthOpts(str_bytes(bytes), bytes.n, &end, false);
    if (!log) {
        return fault(why, a, "it is not JSON", STR(""));
    }
    struct str rest = str_trim(str_sub(bytes, (size_t)(end - bytes.p), bytes.n));
    bool ok = rest.n == 0 ? read_log(a, log, tool, out, why)
                          : fault(why, a, "something stands behind its JSON", STR(""));
    cJSON_Delete(log);
    return ok;
}

struct str sarif_old_text(const struct sarif_bag *b, const char *name)
{
    for (size_t i = 0; i < b->n; i++) {
        if (str_is(str_from(name), b->at[i].name)) {
            return b->at[i].text;
        }
    }
    return STR("");
}

struct map sarif_list(struct arena *a, struct str json)
{
    struct map items;
    map_init(&items, a);
    cJSON *list = cJSON_ParseWithLength(str_bytes(json), json.n);
    for (const cJSON *i = cJSON_IsArray(list) ? list->child : NULL; i; i = i->next) {
        if (cJSON_IsString(i)) {
            *map_at(&items, str_copy(a, str_from(i->valuestring))) = a;
        }
    }
    cJSON_Delete(list);
    return items;
}
