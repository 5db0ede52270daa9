/*
 * Looking at the bytes, choosing the reader, and looking things up in the tree.
 */
#include "doc/doc.h"

#include "base/utf8.h"
#include "doc/read.h"

/* ---- reading ------------------------------------------------------------------------------ */

static bool check_size(struct read_job *job, size_t max_bytes)
{
    size_t n = job->bytes.n;
    if (n <= max_bytes && n <= INT32_MAX) {
        return true;
    }
    return read_fail(job, DIAG_LIMIT, 0, 0,
                     str_format(job->scratch, "The file has %zu bytes, more than %zu, the limit.",
                                n, n <= max_bytes ? (size_t)INT32_MAX : max_bytes));
}

/* Windows editors and PowerShell's '>' write UTF-16, with a mark or without. */
static bool check_utf16(struct read_job *job)
{
    struct str s = job->bytes;
    bool mark = str_starts(s, STR("\xFF\xFE")) || str_starts(s, STR("\xFE\xFF"));
    bool zeros = s.n >= 2 && (s.p[0] == 0) != (s.p[1] == 0);
    return !(mark || zeros) || read_fail(job, DIAG_NOT_UTF8, 0, mark ? 2 : 1,
                                         STR("The file is UTF-16 text; save it as UTF-8."));
}

static bool check_utf8(struct read_job *job)
{
    job->survey = utf8_survey(str_sub(job->bytes, job->begin, job->bytes.n));
    if (job->survey.bad == STR_NPOS) {
        job->source->is_ascii = job->survey.is_ascii && job->begin == 0;
        return true;
    }
    size_t bad = job->begin + job->survey.bad;
    return read_fail(job, DIAG_NOT_UTF8, (uint32_t)bad, (uint32_t)bad + 1,
                     str_format(job->scratch, "The byte 0x%02X does not belong to UTF-8 text.",
                                read_byte(job, (uint32_t)bad)));
}

static bool begins_like_json(const struct read_job *job)
{
    size_t at = job->begin;
    while (at < job->bytes.n && strchr(" \t\r\n", job->bytes.p[at]) && job->bytes.p[at]) {
        at++;
    }
    return at < job->bytes.n && (job->bytes.p[at] == '{' || job->bytes.p[at] == '[');
}

static bool is_named(const struct read_job *job, const char *end)
{
    struct str path = job->source->path;
    struct str tail = str_sub(path, path.n - (path.n < strlen(end) ? path.n : strlen(end)), path.n);
    return str_eq_nocase(tail, str_from(end));
}

/* Both readers have failed: does the YAML reader report? The one that got further
 * does; where both stopped at one byte, the name of the file decides. */
static bool is_fault_of_yaml(const struct read_job *yaml, const struct read_job *json)
{
    if (yaml->fault.reached != json->fault.reached) {
        return yaml->fault.reached > json->fault.reached;
    }
    return yaml->fault.id != DIAG_SYNTAX || is_named(yaml, ".yaml") || is_named(yaml, ".yml");
}

static bool take_json(struct read_job *job, struct doc *doc, const struct read_job *json)
{
    *job = *json;
    doc->is_json = true;
    return !job->failed;
}

/* YAML's flow style begins like JSON, and is tried after it; but what is named
 * .json has to be JSON, and its errors are told as such. */
static bool read_either(struct read_job *job, struct doc *doc)
{
    struct read_job json = *job;
    bool named_json = is_named(job, ".json");
    bool like_json = begins_like_json(job);
    if (like_json) {
        bool ok = json_read(&json);
        if (ok || named_json || json.fault.id != DIAG_SYNTAX) {
            return take_json(job, doc, &json);
        }
    }
    if (yaml_read(job)) {
        return true;
    }
    if (like_json ? is_fault_of_yaml(job, &json) : !named_json || json_read(&json)) {
        return false;
    }
    return take_json(job, doc, &json);
}

static void report(const struct read_fault *fault, struct diags *d)
{
    struct diag *g = diag_add(d, fault->id, fault->at, "%.*s", STR_ARG(fault->message));
    if (!span_is_none(fault->other)) {
        diag_relate(d, g, fault->other, "%.*s", STR_ARG(fault->other_text));
    }
}

struct doc *doc_read(struct arena *a, struct source *src, size_t max_bytes, struct diags *d)
{
    struct arena scratch = {0};
    struct doc *doc = ARENA_NEW(a, struct doc);
    struct read_job job = {
        .arena = a, .scratch = &scratch, .source = src, .diags = d, .bytes = src->bytes};
    doc->source = src;
    if (str_starts(job.bytes, UTF8_BOM)) {
        job.begin = (uint32_t)UTF8_BOM.n;
    }
    if (check_size(&job, max_bytes) && check_utf16(&job) && check_utf8(&job) &&
        read_either(&job, doc)) {
        doc->root = job.root;
        doc->nodes = job.nodes;
    } else {
        report(&job.fault, d);
    }
    arena_release(&scratch);
    return doc;
}

/* ---- looking up --------------------------------------------------------------------------- */

const struct doc_entry *doc_entry_of(const struct doc_node *map, struct str key)
{
    if (!map || map->kind != DOC_MAP) {
        return NULL;
    }
    for (uint32_t i = 0; i < map->n; i++) {
        if (str_eq(map->entries[i].key->text, key)) {
            return &map->entries[i];
        }
    }
    return NULL;
}

const struct doc_node *doc_get_str(const struct doc_node *map, struct str key)
{
    const struct doc_entry *e = doc_entry_of(map, key);
    return e ? e->value : NULL;
}

bool doc_is(const struct doc_node *n, const char *text)
{
    return n && n->kind == DOC_SCALAR && str_is(n->text, text);
}

struct span doc_full_span(const struct doc_node *n)
{
    struct span s = n->span;
    if (!span_is_none(doc_tag_span(n))) {
        s.begin = doc_tag_span(n).begin;
    }
    return s;
}

struct doc_rare *doc_own_rare(struct arena *a, struct doc_node *n)
{
    struct doc_rare *own = ARENA_NEW(a, struct doc_rare);
    *own = n->rare ? *n->rare : (struct doc_rare){.tag_span = SPAN_NONE};
    n->rare = own;
    return own;
}

bool doc_looks_like_template(struct str bytes)
{
    if (str_find(bytes, STR("AWSTemplateFormatVersion"), 0) != STR_NPOS) {
        return true;
    }
    return str_find(bytes, STR("Resources"), 0) != STR_NPOS &&
           (str_find(bytes, STR("AWS::"), 0) != STR_NPOS ||
            str_find(bytes, STR("Custom::"), 0) != STR_NPOS);
}
