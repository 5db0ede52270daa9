/*
 * The JSON reader: json_check has found the text to be JSON; then cJSON decodes
 * the values and jsmn's tokens carry the places, both walked in step, child by
 * child. They must agree on every node; the text of a number or of a string
 * without escapes is that of the source.
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
    const cJSON *next; /* the child to visit next */
    uint32_t left;     /* children that jsmn still has */
    uint32_t end;      /* of the collection */
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

/* The text of a string: the source's own bytes if nothing is escaped. Then cJSON
 * must have decoded just these. */
static bool string_text(struct json_read *r, struct span inner, const char *decoded,
                        struct str *out)
{
    struct str raw = str_sub(r->job->bytes, inner.begin, inner.end);
    if (raw.n == 0 || !memchr(raw.p, '\\', raw.n)) {
        *out = raw;
        return str_is(raw, decoded);
    }
    *out = str_copy(r->job->arena, str_from(decoded));
    return true;
}

static bool add_string(struct json_read *r, const char *decoded)
{
    struct span inner = token_span(r, &r->token[r->i]);
    struct doc_node *node = build_node(&r->build, DOC_SCALAR, DOC_DOUBLE,
                                       read_span(r->job, inner.begin - 1, inner.end + 1));
    if (!node) {
        return false;
    }
    if (!string_text(r, inner, decoded, &node->text)) {
        return disagree(r);
    }
    r->i++;
    return true;
}

static enum doc_type word_type(const cJSON *item, struct str text)
{
    if (cJSON_IsNumber(item)) {
        bool whole = str_find_byte(text, '.', 0) == STR_NPOS &&
                     str_find_byte(text, 'e', 0) == STR_NPOS &&
                     str_find_byte(text, 'E', 0) == STR_NPOS;
        return whole ? DOC_INT : DOC_FLOAT;
    }
    return cJSON_IsNull(item) ? DOC_NULL : DOC_BOOL;
}

/* A number, true, false or null. */
static bool add_primitive(struct json_read *r, const cJSON *item)
{
    struct span span = token_span(r, &r->token[r->i]);
    struct str text = str_sub(r->job->bytes, span.begin, span.end);
    unsigned char first = read_byte(r->job, span.begin);
    bool same = first == 't'   ? cJSON_IsTrue(item)
                : first == 'f' ? cJSON_IsFalse(item)
                : first == 'n' ? cJSON_IsNull(item)
                               : cJSON_IsNumber(item);
    if (!same) {
        return disagree(r);
    }
    struct doc_node *node = build_node(&r->build, DOC_SCALAR, DOC_PLAIN, span);
    if (!node) {
        return false;
    }
    node->type = (uint8_t)word_type(item, text);
    node->text = str_is(text, "-0") ? str_sub(text, 1, 2) : text;
    r->i++;
    return true;
}

static bool open_collection(struct json_read *r, const cJSON *item)
{
    const jsmntok_t *t = &r->token[r->i];
    struct span span = token_span(r, t);
    bool map = t->type == JSMN_OBJECT;
    if (map ? !cJSON_IsObject(item) : !cJSON_IsArray(item)) {
        return disagree(r);
    }
    struct doc_node *node = build_node(&r->build, map ? DOC_MAP : DOC_SEQ, DOC_FLOW, span);
    if (!node || !build_open(&r->build, node)) {
        return false;
    }
    r->levels[r->depth++] = (struct json_level){
        .next = item->child, .left = (uint32_t)t->size, .end = span.end, .is_map = map};
    r->i++;
    return true;
}

static bool add_value(struct json_read *r, const cJSON *item)
{
    if (r->i == r->count) {
        return disagree(r);
    }
    switch (r->token[r->i].type) {
    case JSMN_STRING:
        return cJSON_IsString(item) ? add_string(r, item->valuestring) : disagree(r);
    case JSMN_PRIMITIVE:
        return add_primitive(r, item);
    case JSMN_OBJECT:
    case JSMN_ARRAY:
        return open_collection(r, item);
    case JSMN_UNDEFINED:
        break;
    }
    return disagree(r);
}

/* The next child of the innermost collection, with its key; or its end. */
static bool step(struct json_read *r)
{
    struct json_level *level = &r->levels[r->depth - 1];
    const cJSON *item = level->next;
    if (!item || level->left == 0) {
        if (item || level->left) {
            return disagree(r);
        }
        r->depth--;
        return build_close(&r->build, level->end);
    }
    level->next = item->next;
    level->left--;
    if (level->is_map) {
        if (r->i == r->count || r->token[r->i].type != JSMN_STRING || !item->string) {
            return disagree(r);
        }
        if (!add_string(r, item->string)) {
            return false;
        }
    }
    return add_value(r, item);
}

static bool walk(struct json_read *r, const cJSON *root)
{
    build_init(&r->build, r->job);
    r->levels = ARENA_ARRAY(r->job->scratch, LIMIT_DEPTH, struct json_level);
    bool ok = add_value(r, root);
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
    /* Up to the last byte of the value: cJSON reads past blanks at the end. */
    struct str text = str_sub(job->bytes, job->begin, end);
    if (!tokenize(&r, text)) {
        return false;
    }
    const char *stopped = NULL;
    cJSON *root = cJSON_ParseWithLengthOpts(text.p, text.n, &stopped, false);
    bool ok = root ? walk(&r, root) : disagree(&r);
    cJSON_Delete(root);
    return ok;
}
