/*
 * The JSON reader: json_check has found the text to be JSON, jsmn's tokens say where each value
 * is, and a stack of open collections says whose child it is. The text of a number or of a string
 * without escapes is that of the source; cJSON decodes the strings that have some.
 * (A tree of cJSON's beside the tokens cost as much again as both, and told nothing that the
 * checker had not.)
 */
#include <cjson/cJSON.h>

#define JSMN_STATIC
#define JSMN_STRICT
#define JSMN_PARENT_LINKS /* without them a closing bracket costs linear time */
#include <jsmn.h>

#include "base/limits.h"
#include "doc/build.h"
#include "doc/json_check.h"

struct json_level {
    uint32_t left; /* children that jsmn still has; of a map, its keys */
    uint32_t end;  /* of the collection */
    bool is_map;
};

struct json_read {
    struct read_job *job;
    struct build build;
    const jsmntok_t *token;
    uint32_t count;
    uint32_t i; /* the next token */
    struct json_level *levels;
    size_t depth;
};

static bool disagree(struct json_read *r)
{
    uint32_t at = r->job->begin;
    if (r->i < r->count) {
        at += (uint32_t)r->token[r->i].start;
    }
    return read_fail(r->job, DIAG_SYNTAX, at, at + 1,
                     STR("The two JSON readers disagree about what stands here."));
}

/* The bytes of a token in the source, for a string without its quotes. */
static struct span token_span(const struct json_read *r, const jsmntok_t *t)
{
    return read_span(r->job, r->job->begin + (uint32_t)t->start, r->job->begin + (uint32_t)t->end);
}

/* A string with escapes, by its span with the quotes. */
static bool decoded(struct json_read *r, struct span quoted, struct str *out)
{
    struct str raw = str_sub(r->job->bytes, quoted.begin, quoted.end);
    cJSON *item = cJSON_ParseWithLength(raw.p, raw.n);
    bool ok = item && cJSON_IsString(item);
    if (ok) {
        *out = str_copy(r->job->arena, str_from(item->valuestring));
    }
    cJSON_Delete(item);
    return ok;
}

static bool add_string(struct json_read *r)
{
    struct span inner = token_span(r, &r->token[r->i]);
    struct span quoted = read_span(r->job, inner.begin - 1, inner.end + 1);
    struct doc_node *node = build_node(&r->build, DOC_SCALAR, DOC_DOUBLE, quoted);
    if (!node) {
        return false;
    }
    node->text = str_sub(r->job->bytes, inner.begin, inner.end);
    bool is_raw = node->text.n == 0 || !memchr(node->text.p, '\\', node->text.n);
    if (!is_raw && !decoded(r, quoted, &node->text)) {
        return disagree(r);
    }
    r->i++;
    return true;
}

static bool is_whole(struct str number)
{
    for (size_t i = 0; i < number.n; i++) {
        if (number.p[i] == '.' || number.p[i] == 'e' || number.p[i] == 'E') {
            return false;
        }
    }
    return true;
}

/* A number, true, false or null. */
static bool add_primitive(struct json_read *r)
{
    struct span span = token_span(r, &r->token[r->i]);
    struct doc_node *node = build_node(&r->build, DOC_SCALAR, DOC_PLAIN, span);
    if (!node) {
        return false;
    }
    struct str text = str_sub(r->job->bytes, span.begin, span.end);
    unsigned char first = read_byte(r->job, span.begin);
    node->type = first == 't' || first == 'f' ? DOC_BOOL
                 : first == 'n'               ? DOC_NULL
                 : is_whole(text)             ? DOC_INT
                                              : DOC_FLOAT;
    node->text = str_is(text, "-0") ? str_sub(text, 1, 2) : text;
    r->i++;
    return true;
}

static bool open_collection(struct json_read *r)
{
    const jsmntok_t *t = &r->token[r->i];
    struct span span = token_span(r, t);
    bool map = t->type == JSMN_OBJECT;
    struct doc_node *node = build_node(&r->build, map ? DOC_MAP : DOC_SEQ, DOC_FLOW, span);
    if (!node || !build_open(&r->build, node)) {
        return false;
    }
    r->levels[r->depth++] =
        (struct json_level){.left = (uint32_t)t->size, .end = span.end, .is_map = map};
    r->i++;
    return true;
}

static bool add_value(struct json_read *r)
{
    if (r->i == r->count) {
        return disagree(r);
    }
    switch (r->token[r->i].type) {
    case JSMN_STRING:
        return add_string(r);
    case JSMN_PRIMITIVE:
        return add_primitive(r);
    case JSMN_OBJECT:
    case JSMN_ARRAY:
        return open_collection(r);
    case JSMN_UNDEFINED:
        break;
    }
    return disagree(r);
}

/* The next child of the innermost collection, with its key; or its end. */
static bool step(struct json_read *r)
{
    struct json_level *level = &r->levels[r->depth - 1];
    if (level->left == 0) {
        r->depth--;
        return build_close(&r->build, level->end);
    }
    level->left--;
    if (level->is_map) {
        bool is_key = r->i < r->count && r->token[r->i].type == JSMN_STRING;
        if (!is_key) {
            return disagree(r);
        }
        if (!add_string(r)) {
            return false;
        }
    }
    return add_value(r);
}

static bool walk(struct json_read *r)
{
    build_init(&r->build, r->job);
    r->levels = ARENA_ARRAY(r->job->scratch, LIMIT_DEPTH, struct json_level);
    bool ok = add_value(r);
    while (ok && r->depth) {
        ok = step(r);
    }
    if (ok && r->i != r->count) {
        ok = disagree(r);
    }
    r->job->root = ok ? r->build.root : NULL;
    r->job->nodes = r->build.nodes;
    return ok;
}

static bool tokenize(struct json_read *r, struct str text)
{
    jsmn_parser parser;
    jsmn_init(&parser);
    jsmntok_t *token = ARENA_ARRAY(r->job->scratch, r->count, jsmntok_t);
    int n = jsmn_parse(&parser, text.p, text.n, token, r->count);
    r->token = token;
    if (n != (int)r->count) {
        r->count = 0;
        return disagree(r);
    }
    return true;
}

bool json_read(struct read_job *job)
{
    uint32_t end = 0;
    struct json_read r = {.job = job};
    if (!json_check(job, &r.count, &end)) {
        return false;
    }
    return tokenize(&r, str_sub(job->bytes, job->begin, end)) && walk(&r);
}
