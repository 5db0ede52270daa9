/*
 * JSON as it is written: begin, members, end. Commas, escapes and nothing else; the order of
 * calls is the order of bytes. Text that is not valid UTF-8 has its bad bytes replaced.
 *
 *     json_object_begin(&w); json_key(&w, "line"); json_int(&w, 7); json_object_end(&w);
 */
#ifndef CFNREACH_BASE_JSON_WRITER_H
#define CFNREACH_BASE_JSON_WRITER_H

#include "base/buf.h"

struct json_writer {
    struct buf *out;
    bool needs_comma;
    bool after_key;
    unsigned depth;      /* of open arrays and objects */
    unsigned line_depth; /* members down to this depth each start a line */
};

/* Members nested at most line_depth deep start on lines of their own (0: all on one line). */
void json_begin(struct json_writer *w, struct buf *out, unsigned line_depth);

void json_object_begin(struct json_writer *w);
void json_object_end(struct json_writer *w);
void json_array_begin(struct json_writer *w);
void json_array_end(struct json_writer *w);
/* A word of the program: nothing in it needs an escape. */
void json_key(struct json_writer *w, const char *key);
void json_key_str(struct json_writer *w, struct str key); /* any text */

void json_str(struct json_writer *w, struct str value);
void json_int(struct json_writer *w, uint64_t value);
void json_boolean(struct json_writer *w, bool value);
void json_null(struct json_writer *w);
/* A finished JSON value. */
void json_raw(struct json_writer *w, struct str value);

/* key and value at once; an empty text is written as "". */
void json_member(struct json_writer *w, const char *key, struct str value);
void json_member_c(struct json_writer *w, const char *key, const char *value);
void json_member_int(struct json_writer *w, const char *key, uint64_t value);
void json_member_bool(struct json_writer *w, const char *key, bool value);
/* null for an empty text. */
void json_member_or_null(struct json_writer *w, const char *key, struct str value);

/* The text as a JSON string, quotes included. */
void json_quote(struct str text, struct buf *out);

#endif
