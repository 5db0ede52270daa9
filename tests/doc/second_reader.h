/*
 * What cJSON says of the same JSON: an opinion of its own about what is JSON and which values it
 * has. Whatever our reader accepts cJSON accepts with the same values. What cJSON accepts beyond
 * is listed here; each is refused by design (RFC 8259, or CloudFormation).
 */
#ifndef CFNREACH_TESTS_DOC_SECOND_READER_H
#define CFNREACH_TESTS_DOC_SECOND_READER_H

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "doc/read.h"

/* How our messages begin where cJSON reads on. */
static const char *const second_reader_lenient[] = {
    "A JSON number cannot begin with 0",        /* 01 */
    "Expected a digit after",                   /* 1. and -.5: whatever strtod reads */
    "Expected four hexadecimal digits",         /* \u12g4 is NUL to it */
    "The text contains '\\u0000'",              /* it ends there */
    "The text that begins here has no closing", /* raw line breaks, and */
    "Found ",                                   /* other raw control bytes in texts */
};

/* cJSON takes any byte up to the blank for one. */
static inline bool second_reader_odd_blank(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < ' ' && c != '\t' && c != '\n' && c != '\r') {
            return true;
        }
    }
    return false;
}

static inline bool second_reader_is_lenient(const struct read_job *job)
{
    bool is = job->fault.id == DIAG_LIMIT || second_reader_odd_blank(job->bytes);
    for (size_t i = 0; i < sizeof second_reader_lenient / sizeof second_reader_lenient[0]; i++) {
        is = is || str_starts(job->fault.message, str_from(second_reader_lenient[i]));
    }
    return is;
}

/* All of the bytes as cJSON reads them, or NULL. Its own end may be before others' blanks. */
static inline cJSON *second_reader_parse(struct str s)
{
    const char *end = NULL;
    cJSON *root = cJSON_ParseWithLengthOpts(str_bytes(s), s.n, &end, false);
    for (; root && end < s.p + s.n; end++) {
        if ((unsigned char)*end > ' ') {
            cJSON_Delete(root);
            root = NULL;
        }
    }
    return root;
}

/* The text that we give a number stands for the same one, by itself. */
static inline bool second_reader_number(struct str text, const cJSON *item)
{
    cJSON *alone = cJSON_ParseWithLength(text.p, text.n);
    bool same = cJSON_IsNumber(alone) && cJSON_IsNumber(item) &&
                memcmp(&alone->valuedouble, &item->valuedouble, sizeof(double)) == 0;
    cJSON_Delete(alone);
    return same || (str_is(text, "0") && cJSON_IsNumber(item) && item->valuedouble == 0);
}

static inline bool second_reader_scalar(const struct doc_node *node, const cJSON *item)
{
    switch (node->type) {
    case DOC_STRING:
        return cJSON_IsString(item) && str_is(node->text, item->valuestring);
    case DOC_INT:
    case DOC_FLOAT:
        return second_reader_number(node->text, item);
    case DOC_BOOL:
        return str_is(node->text, "true") ? cJSON_IsTrue(item) : cJSON_IsFalse(item);
    case DOC_NULL:
        return cJSON_IsNull(item) && str_is(node->text, "null");
    }
    return false;
}

/* Both have the same value; no deeper than LIMIT_DEPTH, as the tree is. */
static inline bool second_reader_same(const struct doc_node *node, const cJSON *item)
{
    if (node->kind == DOC_SCALAR) {
        return second_reader_scalar(node, item);
    }
    bool map = node->kind == DOC_MAP;
    if (map ? !cJSON_IsObject(item) : !cJSON_IsArray(item)) {
        return false;
    }
    const cJSON *child = item->child;
    for (uint32_t i = 0; i < node->n; i++, child = child->next) {
        if (!child || (map && !str_is(node->entries[i].key->text, child->string)) ||
            !second_reader_same(map ? node->entries[i].value : node->items[i], child)) {
            return false;
        }
    }
    return !child;
}

/* NULL if both agree about these bytes, or differ as listed; else what they differ in. */
static inline const char *second_reader_differs(struct str bytes)
{
    if (utf8_bad(bytes) != STR_NPOS) {
        return NULL; /* no reader is asked then */
    }
    struct arena a = {0};
    struct source source = {.bytes = bytes};
    struct diags diags;
    diags_init(&diags, &a);
    struct read_job job = {
        .arena = &a, .scratch = &a, .source = &source, .diags = &diags, .bytes = bytes};
    job.begin = str_starts(bytes, UTF8_BOM) ? (uint32_t)UTF8_BOM.n : 0;
    bool ok = json_read(&job);
    cJSON *root = second_reader_parse(str_sub(bytes, job.begin, bytes.n));
    const char *differs = NULL;
    if (ok && !root) {
        differs = "only we accept it";
    } else if (ok && !second_reader_same(job.root, root)) {
        differs = "the values differ";
    } else if (!ok && root && !second_reader_is_lenient(&job)) {
        differs = "only cJSON accepts it";
    }
    cJSON_Delete(root);
    arena_release(&a);
    return differs;
}

#endif
