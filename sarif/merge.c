/*
 * Logs into one. The parts of a divided run hold, beside what is in every log, which of their
 * notifications are about the run as a whole: those are said once, and those that only every part
 * together can know (a parameter that no template declares) only if all say so. Everything else
 * follows in the order of the parts, each piece printed as it was written.
 */
#include "base/utf8.h"
#include "sarif/json.h"
#include "sarif/log.h"

struct part {
    cJSON *log;
    const cJSON *run;
    const cJSON *shard; /* NULL: none */
};

struct merge {
    struct arena *arena;
    struct part *parts;
    size_t n;
    struct sarif_log log;
    int exit_code;
    bool has_error;
};

static const char *open_part(struct part *p, struct str bytes, const char *tool)
{
    if (utf8_bad(bytes) != STR_NPOS) {
        return "it is not UTF-8 text";
    }
    p->log = cJSON_ParseWithLength(str_bytes(bytes), bytes.n);
    const cJSON *runs = json_get(p->log, "runs");
    p->run = cJSON_IsArray(runs) ? runs->child : NULL;
    if (!p->log) {
        return "it is not JSON";
    }
    if (!str_is(json_get_text(p->log, "version"), "2.1.0") || !p->run) {
        return "it is no SARIF 2.1.0 log";
    }
    if (p->run->next ||
        !str_is(json_get_text(json_get(json_get(p->run, "tool"), "driver"), "name"), tool)) {
        return "it is not one run of this tool";
    }
    if (!cJSON_IsArray(json_get(p->run, "results"))) {
        return "it has no 'results'";
    }
    p->shard = json_get(json_get(p->run, "properties"), "shard");
    return NULL;
}

/* Rules are referred to by index: all must have the same. */
static const char *check_tool(struct merge *m, size_t i)
{
    struct str first =
        json_printed(m->arena, json_get(json_get(m->parts[0].run, "tool"), "driver"));
    struct str own = json_printed(m->arena, json_get(json_get(m->parts[i].run, "tool"), "driver"));
    return str_eq(first, own) ? NULL : "another version or policy made it than the first";
}

/* Into the order of the parts. */
static const char *sort_parts(struct merge *m, size_t *bad)
{
    struct part *sorted = ARENA_ARRAY(m->arena, m->n, struct part);
    bool any = false;
    for (size_t i = 0; i < m->n; i++) {
        any |= m->parts[i].shard != NULL;
    }
    for (size_t i = 0; any && i < m->n; i++) {
        const cJSON *shard = m->parts[i].shard;
        size_t index = json_get_count(shard, "index");
        *bad = i;
        if (!shard || index == 0 || json_get_count(shard, "of") != m->n || index > m->n) {
            return "the logs are not all parts of one run, each given once";
        }
        if (sorted[index - 1].log) {
            return "this part of the run is given twice";
        }
        sorted[index - 1] = m->parts[i];
    }
    if (any) {
        memcpy(m->parts, sorted, m->n * sizeof *sorted);
    }
    return NULL;
}

static void add_item(struct buf *to, const cJSON *item)
{
    (void)log_item(to);
    json_print(item, to);
}

static void add_all(struct buf *to, const cJSON *array)
{
    for (const cJSON *i = cJSON_IsArray(array) ? array->child : NULL; i; i = i->next) {
        add_item(to, i);
    }
}

static void add_notification(struct merge *m, const cJSON *n)
{
    m->has_error |= str_is(json_get_text(n, "level"), "error");
    add_item(&m->log.notifications, n);
}

static bool is_pending(const cJSON *entry)
{
    return cJSON_IsTrue(json_get(entry, "pending"));
}

/* The same words; what was probably meant is suggested from one part only. */
static bool is_same(const cJSON *a, const cJSON *b)
{
    struct str left = json_get_text(json_get(a, "message"), "text");
    struct str right = json_get_text(json_get(b, "message"), "text");
    left = str_sub(left, 0, str_find(left, STR("; did you mean"), 0));
    right = str_sub(right, 0, str_find(right, STR("; did you mean"), 0));
    bool suggests = left.n > 0 && right.n > 0 && left.n != right.n;
    if (suggests) { /* one of them ends with its sentence */
        left = str_ends(left, STR(".")) ? str_sub(left, 0, left.n - 1) : left;
        right = str_ends(right, STR(".")) ? str_sub(right, 0, right.n - 1) : right;
    }
    return str_eq(left, right) && str_eq(json_get_text(json_get(a, "descriptor"), "id"),
                                         json_get_text(json_get(b, "descriptor"), "id"));
}

static const cJSON *find_in(const struct part *p, const cJSON *n)
{
    const cJSON *list = json_get(p->shard, "notifications");
    for (const cJSON *e = list ? list->child : NULL; e; e = e->next) {
        if (is_same(json_get(e, "notification"), n)) {
            return e;
        }
    }
    return NULL;
}

/* Of the run: once what is settled, and what all parts say. */
static void add_of_run(struct merge *m)
{
    for (size_t i = 0; i < m->n; i++) {
        const cJSON *list = json_get(m->parts[i].shard, "notifications");
        for (const cJSON *e = list ? list->child : NULL; e; e = e->next) {
            const cJSON *n = json_get(e, "notification");
            size_t with = 0;
            bool before = false;
            for (size_t k = 0; k < m->n; k++) {
                const cJSON *other = find_in(&m->parts[k], n);
                with += other != NULL;
                before |= other != NULL && k < i;
            }
            if (!before && (!is_pending(e) || with == m->n)) {
                add_notification(m, n);
            }
        }
    }
}

static void add_part(struct merge *m, const struct part *p)
{
    const cJSON *invocations = json_get(p->run, "invocations");
    const cJSON *invocation = cJSON_IsArray(invocations) ? invocations->child : NULL;
    const cJSON *notes = json_get(invocation, "toolExecutionNotifications");
    size_t total = cJSON_IsArray(notes) ? (size_t)cJSON_GetArraySize(notes) : 0;
    const cJSON *of_run = json_get(p->shard, "notifications");
    for (const cJSON *e = of_run ? of_run->child : NULL; e; e = e->next) {
        total -= !is_pending(e) && total > 0;
    }
    const cJSON *n = cJSON_IsArray(notes) ? notes->child : NULL;
    for (size_t i = 0; n && i < total; i++, n = n->next) {
        add_notification(m, n);
    }
    int code = (int)json_get_count(invocation, "exitCode");
    m->exit_code = code > m->exit_code ? code : m->exit_code;
    add_all(&m->log.artifacts, json_get(p->run, "artifacts"));
    add_all(&m->log.results, json_get(p->run, "results"));
}

static void write_all(struct merge *m, struct buf *out)
{
    m->log.arena = m->arena;
    buf_init(&m->log.results);
    buf_init(&m->log.notifications);
    buf_init(&m->log.artifacts);
    buf_init(&m->log.of_run);
    for (size_t i = 0; i < m->n; i++) {
        add_part(m, &m->parts[i]);
    }
    add_of_run(m);
    const cJSON *run = m->parts[0].run;
    struct log_head head = {
        .driver = json_printed(m->arena, json_get(json_get(run, "tool"), "driver")),
        .taxonomies = json_printed(m->arena, json_get(run, "taxonomies")),
        .automation = json_printed(m->arena, json_get(run, "automationDetails")),
    };
    m->exit_code = m->has_error ? 2 : m->exit_code;
    log_write(&m->log, head, m->exit_code, !m->has_error, out);
}

bool sarif_merge(struct arena *a, const struct str *logs, size_t n, const char *tool,
                 struct buf *out, int *exit_code, size_t *bad, struct str *why)
{
    struct merge m = {.arena = a, .parts = ARENA_ARRAY(a, n, struct part), .n = n};
    const char *fault = NULL;
    *bad = 0;
    for (size_t i = 0; i < n && !fault; i++) {
        *bad = i;
        fault = open_part(&m.parts[i], logs[i], tool);
        fault = fault ? fault : check_tool(&m, i);
    }
    fault = fault ? fault : sort_parts(&m, bad);
    if (fault) {
        *why = str_from(fault);
    } else {
        write_all(&m, out);
        *exit_code = m.exit_code;
    }
    for (size_t i = 0; i < n; i++) {
        cJSON_Delete(m.parts[i].log);
    }
    return !fault;
}
