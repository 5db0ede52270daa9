/*
 * The JSON reader: one pass over the bytes that holds them against the grammar and builds the
 * tree. What is expected next depends on the innermost open bracket and on what stood before, so
 * the messages can name it.
 *
 * The text of a number or of a string without escapes is that of the source; cJSON decodes the
 * strings that have some. (cJSON and jsmn once read the whole text beside this; both are lenient,
 * neither says where and what, and together they cost twice what this does. That cJSON reads the
 * same values is what fuzz/json_fuzz.c and json_read_test.c ask.)
 */
#include <cjson/cJSON.h>

#include "base/limits.h"
#include "doc/build.h"
#include "doc/json_scan.h"

struct json_read {
    struct read_job *job;
    struct build build;
    uint32_t at;
};

static unsigned char byte(const struct json_read *r)
{
    return read_byte(r->job, r->at);
}

static void skip_blanks(struct json_read *r)
{
    if (byte(r) <= ' ') {
        r->at = json_scan_blanks(r->job, r->at);
    }
}

/* "Expected WHAT, but found ...", with the innermost bracket beside it. */
static bool expected(struct json_read *r, const char *what)
{
    struct read_job *job = r->job;
    unsigned char behind = read_byte(job, r->at + 1);
    bool comment = byte(r) == '#' || (byte(r) == '/' && (behind == '/' || behind == '*'));
    read_fail(job, DIAG_SYNTAX, r->at, r->at + read_found_size(job, r->at),
              str_format(job->scratch, "Expected %s, but found %s.", what,
                         comment ? "a comment, which JSON does not have" : read_found(job, r->at)));
    const struct doc_node *open = build_innermost(&r->build);
    if (open) {
        uint32_t begin = open->span.begin;
        read_fail_beside(job, begin, begin + 1,
                         open->kind == DOC_MAP ? "The map begins here." : "The list begins here.");
    }
    return false;
}

/* ---- scalars ------------------------------------------------------------------------------ */

/* A string with escapes, quotes included. Its grammar is known, so only memory can be missing. */
static struct str decoded(struct arena *a, struct str quoted)
{
    cJSON *item = cJSON_ParseWithLength(quoted.p, quoted.n);
    if (!item) {
        bug_no_memory();
    }
    struct str text = str_copy(a, str_from(cJSON_GetStringValue(item)));
    cJSON_Delete(item);
    return text;
}

static bool add_string(struct json_read *r)
{
    uint32_t begin = r->at;
    bool escapes = false;
    if (!json_scan_text(r->job, &r->at, &escapes)) {
        return false;
    }
    struct span span = read_span(r->job, begin, r->at);
    struct doc_node *node = build_node(&r->build, DOC_SCALAR, DOC_DOUBLE, span);
    if (!node) {
        return false;
    }
    node->text = escapes ? decoded(r->job->arena, str_sub(r->job->bytes, begin, r->at))
                         : str_sub(r->job->bytes, begin + 1, r->at - 1);
    return true;
}

/* What was scanned from `begin` to here. */
static bool add_plain(struct json_read *r, uint32_t begin, enum doc_type type)
{
    struct span span = read_span(r->job, begin, r->at);
    struct doc_node *node = build_node(&r->build, DOC_SCALAR, DOC_PLAIN, span);
    if (!node) {
        return false;
    }
    struct str text = str_sub(r->job->bytes, begin, r->at);
    node->type = (uint8_t)type;
    node->text = str_is(text, "-0") ? str_sub(text, 1, 2) : text;
    return true;
}

static bool add_number(struct json_read *r)
{
    uint32_t begin = r->at;
    enum doc_type type = DOC_INT;
    return json_scan_number(r->job, &r->at, &type) && add_plain(r, begin, type);
}

static bool add_word(struct json_read *r)
{
    uint32_t begin = r->at;
    enum doc_type type = DOC_NULL;
    if (!json_scan_word(r->job, &r->at, &type)) {
        return expected(r, byte(r) == '\'' ? "a value in double quotes" : "a value");
    }
    return add_plain(r, begin, type);
}

/* ---- structure ---------------------------------------------------------------------------- */

static bool add_key(struct json_read *r, const char *what)
{
    if (byte(r) != '"') {
        return expected(r, what);
    }
    if (!add_string(r)) {
        return false;
    }
    skip_blanks(r);
    if (byte(r) != ':') {
        return expected(r, "':' after the key");
    }
    r->at++;
    skip_blanks(r);
    return true;
}

/* Steps over a bracket that opens. *inside: values follow in it, and the first one is next. */
static bool open_bracket(struct json_read *r, bool *inside)
{
    bool map = byte(r) == '{';
    struct span span = read_span(r->job, r->at, r->at + 1);
    struct doc_node *node = build_node(&r->build, map ? DOC_MAP : DOC_SEQ, DOC_FLOW, span);
    if (!node || !build_open(&r->build, node)) {
        return false;
    }
    r->at++;
    skip_blanks(r);
    if (byte(r) == (map ? '}' : ']')) {
        return build_close(&r->build, ++r->at);
    }
    *inside = true;
    return !map || add_key(r, "a key in double quotes or '}'");
}

/* A value, or the bracket that begins one. *inside: values follow in it. */
static bool add_value(struct json_read *r, bool *inside)
{
    unsigned char b = byte(r);
    if (b == '"') {
        return add_string(r);
    }
    if (b == '{' || b == '[') {
        return open_bracket(r, inside);
    }
    return b == '-' || (b >= '0' && b <= '9') ? add_number(r) : add_word(r);
}

/* Behind a value: closes brackets, and steps over the comma to the next value.
 * *done: the outermost value is complete. */
static bool behind_value(struct json_read *r, bool *done)
{
    const struct doc_node *open;
    while ((open = build_innermost(&r->build)) != NULL) {
        skip_blanks(r);
        bool map = open->kind == DOC_MAP;
        unsigned char b = byte(r);
        if (b == (map ? '}' : ']')) {
            if (!build_close(&r->build, ++r->at)) {
                return false;
            }
            continue;
        }
        if (b != ',') {
            return expected(r, map ? "',' or '}' after the value" : "',' or ']' after the value");
        }
        r->at++;
        skip_blanks(r);
        if (map) {
            return add_key(r, "a key in double quotes after ','");
        }
        return byte(r) != ']' || expected(r, "a value after ','");
    }
    *done = true;
    return true;
}

static bool read_all(struct json_read *r)
{
    bool done = false;
    skip_blanks(r);
    if (r->at == r->job->bytes.n) {
        return read_fail(r->job, DIAG_SYNTAX, r->job->begin, r->job->begin, READ_EMPTY);
    }
    while (!done) {
        bool inside = false;
        if (!add_value(r, &inside) || (!inside && !behind_value(r, &done))) {
            return false;
        }
    }
    skip_blanks(r);
    return r->at == r->job->bytes.n ||
           expected(r, "the end of the file behind the closing bracket");
}

/* What was said of the tree while it grew; nothing of it counts if it is dropped. All are errors,
 * and so are those that were only counted. */
static void say_again(struct diags *to, const struct diags *from)
{
    for (size_t i = 0; i < from->all.n; i++) {
        const struct diag *said = &from->all.at[i];
        struct diag *g = diag_add(to, said->id, said->at, "%.*s", STR_ARG(said->message));
        for (size_t k = 0; k < said->related.n; k++) {
            const struct diag_related *beside = &said->related.at[k];
            diag_relate(to, g, beside->at, "%.*s", STR_ARG(beside->text));
        }
    }
    to->errors += from->dropped;
    to->dropped += from->dropped;
}

bool json_read(struct read_job *job)
{
    struct diags *to = job->diags;
    struct diags *said = ARENA_NEW(job->scratch, struct diags);
    diags_init(said, job->scratch);
    job->diags = said;
    struct json_read r = {.job = job, .at = job->begin};
    build_init(&r.build, job);
    bool ok = read_all(&r);
    job->diags = to;
    if (ok) {
        say_again(to, said);
        job->root = r.build.root;
        job->nodes = r.build.nodes;
    }
    return ok;
}
