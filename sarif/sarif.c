/*
 * The log around the results: tool, rules, artifacts, invocation.
 *
 * All rules are listed, hit or not, in one order, and `results` is there even when empty:
 * an empty array is what closes alerts on GitHub. No times, machine or user names: the same
 * input gives the same bytes.
 */
#include "sarif/location.h"
#include "sarif/log.h"
#include "sarif/taxonomy.h"

void log_add(struct buf *array, cJSON *item)
{
    buf_adds(array, array->n ? ",\n" : "\n");
    json_write(item, array);
}

struct sarif_log *sarif_begin(struct arena *a, const struct sarif_tool *tool)
{
    struct sarif_log *log = ARENA_NEW(a, struct sarif_log);
    log->arena = a;
    log->tool = tool;
    buf_init(&log->results);
    buf_init(&log->notifications);
    buf_init(&log->artifacts);
    buf_init(&log->of_run);
    return log;
}

static cJSON *rule_properties(const struct sarif_rule *r)
{
    cJSON *bag = json_object();
    cJSON *tags = json_array();
    for (const char *const *tag = r->tags; tag && *tag; tag++) {
        json_append(tags, json_string(str_from(*tag)));
    }
    json_put_filled(bag, "tags", tags);
    if (r->precision) {
        json_put_c(bag, "precision", r->precision);
    }
    if (r->security_severity) {
        /* A string, not a number: GitHub refuses the number. */
        json_put_c(bag, "security-severity", r->security_severity);
    }
    return bag;
}

/* "Title: '{0}'.": the argument of a result is its whole message. */
static cJSON *message_string(const char *title)
{
    struct buf text;
    buf_init(&text);
    struct str start = str_from(title);
    buf_add(&text, str_ends(start, STR(".")) ? str_sub(start, 0, start.n - 1) : start);
    buf_adds(&text, ": '{0}'.");
    cJSON *o = json_message(text.p);
    buf_release(&text);
    return o;
}

static cJSON *descriptor(const struct sarif_tool *tool, const struct sarif_rule *r)
{
    cJSON *o = json_object();
    json_put_c(o, "id", r->id);
    json_put_c(o, "name", r->name);
    json_put(o, "shortDescription", json_message(r->title));
    json_put(o, "fullDescription", json_message(r->text));
    cJSON *messages = json_object();
    json_put(messages, "default", message_string(r->title));
    json_put(o, "messageStrings", messages);
    cJSON *help = json_message(r->help_text);
    if (r->help) {
        json_put_c(help, "markdown", r->help);
    }
    json_put(o, "help", help);
    if (r->help_uri) {
        json_put_c(o, "helpUri", r->help_uri);
    }
    cJSON *configuration = json_object();
    json_put_c(configuration, "level", r->level);
    json_put(o, "defaultConfiguration", configuration);
    json_put_filled(o, "relationships", taxonomy_relationships(tool, r));
    json_put_filled(o, "properties", rule_properties(r));
    return o;
}

static cJSON *descriptors(const struct sarif_tool *tool, const struct sarif_rule *rules, size_t n)
{
    cJSON *list = json_array();
    for (size_t i = 0; i < n; i++) {
        json_append(list, descriptor(tool, &rules[i]));
    }
    return list;
}

static cJSON *driver(const struct sarif_tool *tool)
{
    cJSON *d = json_object();
    json_put_c(d, "name", tool->name);
    json_put_c(d, "version", tool->version);
    json_put_c(d, "semanticVersion", tool->version);
    if (tool->information_uri) {
        json_put_c(d, "informationUri", tool->information_uri);
    }
    json_put(d, "rules", descriptors(tool, tool->rules, tool->rule_n));
    json_put_filled(d, "notifications",
                    descriptors(tool, tool->notifications, tool->notification_n));
    json_put_filled(d, "supportedTaxonomies", taxonomy_supported(tool));
    return d;
}

static cJSON *notification(struct sarif_log *log, const struct sarif_notification *n)
{
    cJSON *o = json_object();
    cJSON *descriptor_of = json_object();
    json_put_c(descriptor_of, "id", n->id);
    for (size_t i = 0; i < log->tool->notification_n; i++) {
        if (str_is(str_from(n->id), log->tool->notifications[i].id)) {
            json_put(descriptor_of, "index", json_number((double)i));
        }
    }
    json_put(o, "descriptor", descriptor_of);
    json_put_c(o, "level", n->level);
    cJSON *message = json_object();
    json_put_text(message, "text", n->message);
    json_put(o, "message", message);
    if (n->location.uri.n) {
        cJSON *locations = json_array();
        json_append(locations, location_object(&n->location, -1));
        json_put(o, "locations", locations);
    }
    return o;
}

void sarif_notify(struct sarif_log *log, const struct sarif_notification *n)
{
    log_add(&log->notifications, notification(log, n));
}

void sarif_shard(struct sarif_log *log, size_t index, size_t of)
{
    log->shard = index;
    log->shard_of = of;
}

void sarif_notify_run(struct sarif_log *log, const struct sarif_notification *n, bool is_pending)
{
    if (log->shard) {
        cJSON *o = json_object();
        json_put(o, "pending", json_bool(is_pending));
        json_put(o, "notification", notification(log, n));
        log_add(&log->of_run, o);
    }
    if (!is_pending) {
        sarif_notify(log, n);
    }
}

void sarif_artifact(struct sarif_log *log, const struct sarif_artifact *a)
{
    cJSON *o = json_object();
    json_put(o, "location", location_artifact(a->uri, a->absolute));
    json_put(o, "length", json_number((double)a->length));
    json_put_c(o, "mimeType", a->mime);
    json_put_c(o, "sourceLanguage", a->language);
    cJSON *roles = json_array();
    json_append(roles, json_string(STR("analysisTarget")));
    json_put(o, "roles", roles);
    log_add(&log->artifacts, o);
}

static void write_member(const char *name, cJSON *item, struct buf *out)
{
    buf_addf(out, ",\n\"%s\":", name);
    json_write(item, out);
}

static void write_array(const char *name, struct buf *array, struct buf *out)
{
    buf_addf(out, ",\n\"%s\":[", name);
    buf_add(out, buf_str(array));
    buf_adds(out, "]");
    buf_release(array);
}

static void write_bases(struct buf *out)
{
    cJSON *root = json_object();
    cJSON *description = json_message("The root of the repository, or the working folder.");
    json_put(root, "description", description);
    cJSON *bases = json_object();
    json_put(bases, "%SRCROOT%", root);
    write_member("originalUriBaseIds", bases, out);
}

static void write_invocation(struct sarif_log *log, int exit_code, bool successful, struct buf *out)
{
    buf_addf(out, ",\n\"invocations\":[{\"executionSuccessful\":%s,\"exitCode\":%d",
             successful ? "true" : "false", exit_code);
    if (log->notifications.n) {
        buf_adds(out, ",\"toolExecutionNotifications\":[");
        buf_add(out, buf_str(&log->notifications));
        buf_adds(out, "]");
    }
    buf_adds(out, "}]");
    buf_release(&log->notifications);
}

static void write_shard(struct sarif_log *log, struct buf *out)
{
    if (log->shard) {
        buf_addf(out, ",\n\"properties\":{\"shard\":{\"index\":%zu,\"of\":%zu,\"notifications\":[",
                 log->shard, log->shard_of);
        buf_add(out, buf_str(&log->of_run));
        buf_adds(out, "]}}");
    }
    buf_release(&log->of_run);
}

void log_write(struct sarif_log *log, struct log_head head, int exit_code, bool successful,
               struct buf *out)
{
    buf_adds(out, "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
                  "\"version\":\"2.1.0\",\"runs\":[{\n\"tool\":{\"driver\":");
    json_write(head.driver, out);
    buf_adds(out, "}");
    if (head.taxonomies) {
        write_member("taxonomies", head.taxonomies, out);
    }
    if (head.automation) {
        write_member("automationDetails", head.automation, out);
    }
    write_bases(out);
    buf_adds(out, ",\n\"columnKind\":\"utf16CodeUnits\"");
    write_array("artifacts", &log->artifacts, out);
    write_invocation(log, exit_code, successful, out);
    write_array("results", &log->results, out);
    write_shard(log, out);
    buf_adds(out, "\n}]}\n");
}

void sarif_end(struct sarif_log *log, int exit_code, bool successful, struct buf *out)
{
    cJSON *automation = json_object();
    json_put_text(automation, "id", log->tool->category);
    struct log_head head = {
        .driver = driver(log->tool),
        .taxonomies = log->tool->taxonomy_n ? taxonomy_components(log->tool) : NULL,
        .automation = automation,
    };
    log_write(log, head, exit_code, successful, out);
}
