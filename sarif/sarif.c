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

static struct json_writer writer_of(struct buf *out)
{
    struct json_writer w;
    json_begin(&w, out, 0);
    return w;
}

struct json_writer log_item(struct buf *array)
{
    buf_adds(array, array->n ? ",\n" : "\n");
    return writer_of(array);
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

static void rule_properties(struct json_writer *w, const struct sarif_rule *r)
{
    bool has_tags = r->tags && *r->tags;
    if (!has_tags && !r->precision && !r->security_severity) {
        return;
    }
    json_key(w, "properties");
    json_object_begin(w);
    if (has_tags) {
        json_key(w, "tags");
        json_array_begin(w);
        for (const char *const *tag = r->tags; *tag; tag++) {
            json_str(w, str_from(*tag));
        }
        json_array_end(w);
    }
    if (r->precision) {
        json_member_c(w, "precision", r->precision);
    }
    if (r->security_severity) {
        /* A string, not a number: GitHub refuses the number. */
        json_member_c(w, "security-severity", r->security_severity);
    }
    json_object_end(w);
}

/* "Title: '{0}'.": the argument of a result is its whole message. */
static void message_strings(struct json_writer *w, struct arena *a, const char *title)
{
    struct str start = str_from(title);
    start.n -= str_ends(start, STR("."));
    json_object_begin(w);
    json_key(w, "default");
    location_text(w, str_join2(a, start, STR(": '{0}'.")));
    json_object_end(w);
}

static void descriptor(struct json_writer *w, struct sarif_log *log, const struct sarif_rule *r)
{
    json_object_begin(w);
    json_member_c(w, "id", r->id);
    json_member_c(w, "name", r->name);
    json_key(w, "shortDescription");
    location_text(w, str_from(r->title));
    json_key(w, "fullDescription");
    location_text(w, str_from(r->text));
    json_key(w, "messageStrings");
    message_strings(w, log->arena, r->title);
    json_key(w, "help");
    json_object_begin(w);
    json_member_c(w, "text", r->help_text);
    if (r->help) {
        json_member_c(w, "markdown", r->help);
    }
    json_object_end(w);
    if (r->help_uri) {
        json_member_c(w, "helpUri", r->help_uri);
    }
    json_key(w, "defaultConfiguration");
    json_object_begin(w);
    json_member_c(w, "level", r->level);
    json_object_end(w);
    if (r->relation_n) {
        json_key(w, "relationships");
        taxonomy_relationships(w, log->tool, r);
    }
    rule_properties(w, r);
    json_object_end(w);
}

static void descriptors(struct json_writer *w, struct sarif_log *log,
                        const struct sarif_rule *rules, size_t n)
{
    json_array_begin(w);
    for (size_t i = 0; i < n; i++) {
        descriptor(w, log, &rules[i]);
    }
    json_array_end(w);
}

static void driver(struct json_writer *w, struct sarif_log *log)
{
    const struct sarif_tool *tool = log->tool;
    json_object_begin(w);
    json_member_c(w, "name", tool->name);
    json_member_c(w, "version", tool->version);
    json_member_c(w, "semanticVersion", tool->version);
    if (tool->information_uri) {
        json_member_c(w, "informationUri", tool->information_uri);
    }
    json_key(w, "rules");
    descriptors(w, log, tool->rules, tool->rule_n);
    if (tool->notification_n) {
        json_key(w, "notifications");
        descriptors(w, log, tool->notifications, tool->notification_n);
    }
    if (tool->taxonomy_n) {
        json_key(w, "supportedTaxonomies");
        taxonomy_supported(w, tool);
    }
    json_object_end(w);
}

static void notification(struct json_writer *w, const struct sarif_log *log,
                         const struct sarif_notification *n)
{
    json_object_begin(w);
    json_key(w, "descriptor");
    json_object_begin(w);
    json_member_c(w, "id", n->id);
    for (size_t i = 0; i < log->tool->notification_n; i++) {
        if (str_is(str_from(n->id), log->tool->notifications[i].id)) {
            json_member_int(w, "index", i);
        }
    }
    json_object_end(w);
    json_member_c(w, "level", n->level);
    json_key(w, "message");
    location_text(w, n->message);
    if (n->location.uri.n) {
        json_key(w, "locations");
        json_array_begin(w);
        location_object(w, &n->location, 0);
        json_array_end(w);
    }
    json_object_end(w);
}

void sarif_notify(struct sarif_log *log, const struct sarif_notification *n)
{
    struct json_writer w = log_item(&log->notifications);
    notification(&w, log, n);
}

void sarif_shard(struct sarif_log *log, size_t index, size_t of)
{
    log->shard = index;
    log->shard_of = of;
}

void sarif_notify_run(struct sarif_log *log, const struct sarif_notification *n, bool is_pending)
{
    if (log->shard) {
        struct json_writer w = log_item(&log->of_run);
        json_object_begin(&w);
        json_key(&w, "pending");
        json_boolean(&w, is_pending);
        json_key(&w, "notification");
        notification(&w, log, n);
        json_object_end(&w);
    }
    if (!is_pending) {
        sarif_notify(log, n);
    }
}

void sarif_artifact(struct sarif_log *log, const struct sarif_artifact *a)
{
    struct json_writer w = log_item(&log->artifacts);
    json_object_begin(&w);
    json_key(&w, "location");
    location_artifact(&w, a->uri, a->absolute);
    json_member_int(&w, "length", a->length);
    json_member_c(&w, "mimeType", a->mime);
    json_member_c(&w, "sourceLanguage", a->language);
    json_key(&w, "roles");
    json_array_begin(&w);
    json_str(&w, STR("analysisTarget"));
    json_array_end(&w);
    json_object_end(&w);
}

/* What is said around the results, in pieces: JSON of the log's own, and between it words. */
struct pieces {
    struct str at[24];
    size_t n;
    size_t bytes;
};

static void add_piece(struct pieces *all, struct str s)
{
    if (all->n == sizeof all->at / sizeof *all->at) {
        BUG("more than %zu pieces around the results", all->n);
    }
    all->at[all->n++] = s;
    all->bytes += s.n;
}

/* JSON that is finished; nothing for "". */
static void add_member(struct pieces *all, struct str key, struct str json)
{
    if (json.n) {
        add_piece(all, key);
        add_piece(all, json);
    }
}

static void add_invocation(struct pieces *all, struct sarif_log *log, int exit_code,
                           bool successful)
{
    add_piece(all, str_format(log->arena,
                              ",\n\"invocations\":[{\"executionSuccessful\":%s,\"exitCode\":%d",
                              successful ? "true" : "false", exit_code));
    if (log->notifications.n) {
        add_piece(all, STR(",\"toolExecutionNotifications\":["));
        add_piece(all, buf_str(&log->notifications));
        add_piece(all, STR("]"));
    }
    add_piece(all, STR("}]"));
}

static void write_shard(struct sarif_log *log, struct buf *out)
{
    if (log->shard) {
        buf_addf(out, ",\n\"properties\":{\"shard\":{\"index\":%zu,\"of\":%zu,\"notifications\":[",
                 log->shard, log->shard_of);
        buf_add(out, buf_str(&log->of_run));
        buf_adds(out, "]}}");
    }
}

/* The results are most of the log, so they are moved within their buffer, which becomes the log,
 * and not copied to another: each page of it would be touched for the first time. */
void log_write(struct sarif_log *log, struct log_head head, int exit_code, bool successful,
               struct buf *out)
{
    struct pieces all = {0};
    add_piece(&all, STR("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
                        "\"version\":\"2.1.0\",\"runs\":[{\n\"tool\":{\"driver\":"));
    add_piece(&all, head.driver);
    add_piece(&all, STR("}"));
    add_member(&all, STR(",\n\"taxonomies\":"), head.taxonomies);
    add_member(&all, STR(",\n\"automationDetails\":"), head.automation);
    add_piece(&all, STR(",\n\"originalUriBaseIds\":{\"%SRCROOT%\":{\"description\":{\"text\":"
                        "\"The root of the repository, or the working folder.\"}}}"
                        ",\n\"columnKind\":\"utf16CodeUnits\",\n\"artifacts\":["));
    add_piece(&all, buf_str(&log->artifacts));
    add_piece(&all, STR("]"));
    add_invocation(&all, log, exit_code, successful);
    add_piece(&all, STR(",\n\"results\":["));
    buf_prepend(&log->results, all.at, all.n);
    buf_adds(&log->results, "]");
    write_shard(log, &log->results);
    buf_adds(&log->results, "\n}]}\n");
    buf_release(&log->artifacts);
    buf_release(&log->notifications);
    buf_release(&log->of_run);
    buf_take(out, &log->results);
}

/* A piece that is not in the log yet. */
static struct json_writer piece(struct buf *b)
{
    buf_init(b);
    return writer_of(b);
}

void sarif_end(struct sarif_log *log, int exit_code, bool successful, struct buf *out)
{
    struct buf driver_text;
    struct json_writer w = piece(&driver_text);
    driver(&w, log);
    struct buf taxonomies;
    w = piece(&taxonomies);
    if (log->tool->taxonomy_n) {
        taxonomy_components(&w, log->tool);
    }
    struct buf automation;
    w = piece(&automation);
    json_object_begin(&w);
    json_member(&w, "id", log->tool->category);
    json_object_end(&w);
    struct log_head head = {buf_str(&driver_text), buf_str(&taxonomies), buf_str(&automation)};
    log_write(log, head, exit_code, successful, out);
    buf_release(&driver_text);
    buf_release(&taxonomies);
    buf_release(&automation);
}
