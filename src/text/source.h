/*
 * The bytes of one input and its line index. Lines end at LF, CRLF or a lone
 * CR, as editors and GitHub count them; a BOM belongs to no column.
 *
 *     source_set --owns--> source 0, source 1, ...   (span.source is the index)
 *
 * Sources outlive the analysis: reports quote them.
 */
#ifndef CFNREACH_TEXT_SOURCE_H
#define CFNREACH_TEXT_SOURCE_H

#include "base/str.h"
#include "base/vec.h"
#include "text/span.h"

struct source {
    uint32_t id;               /* index in the set */
    struct str path;           /* as the user gave it; what messages show */
    struct str bytes;          /* as read; BOM included */
    uint32_t *lines;           /* see source_lines; built when first needed; [0] is 0 */
    uint32_t line_count;       /* 0: the index is not built yet */
    struct source_mark *marks; /* internal, built with the lines */
    struct arena *arena;       /* of the set: where the index goes */
    bool has_nul;  /* a NUL follows the bytes, as file_read leaves them; set by who knows */
    bool is_ascii; /* each byte is a character; set by who has looked, false is always right */
};

struct source_set {
    struct arena *arena;
    VEC(struct source *) all;
};

/* 1-based. `column` counts code points, `utf16` counts UTF-16 units, both from 1;
 * an invalid UTF-8 byte counts as one. */
struct position {
    uint32_t line;
    uint32_t column;
    uint32_t utf16;
};

void source_set_init(struct source_set *set, struct arena *a);

/* Adds a source. `bytes` is not copied and must outlive the set (usually it is
 * in the set's arena); at most LIMIT_TEMPLATE_BYTES or a policy's limit: the
 * caller checks. Returns the source, owned by the set. */
struct source *source_add(struct source_set *set, struct str path, struct str bytes);

/* Adds the only source of another set, which must be the first of this one; its memory has to
 * outlive this set. For a file that was read before its unit was known. */
void source_take(struct source_set *set, struct source *src);

/* The source of a span; NULL for SPAN_NONE. An unknown id is a BUG. */
struct source *source_of(const struct source_set *set, struct span s);

/* The bytes of a span; empty for SPAN_NONE. */
struct str source_text(const struct source_set *set, struct span s);

/* Line and columns of a byte offset (clamped to the end of the source). Inside a
 * line break: just behind the text of its line; inside a character: that character;
 * inside the BOM: 1, 1. Behind a final line break: the next line, column 1. Builds
 * the line index on first use: not safe from two threads on one source. */
struct position source_position(struct source *src, uint32_t offset);

/* The bytes of line `line` (1-based) without its line break and, for line 1,
 * without the BOM; empty if there is no such line. */
struct str source_line(struct source *src, uint32_t line);

/* Byte offset of the first byte of source_line(src, line): behind the BOM in line
 * 1; the end of the source if there is no such line. */
uint32_t source_line_start(struct source *src, uint32_t line);

/* The byte offset of the start of each line, a BOM included; a final line break begins another. Of
 * the source. */
const uint32_t *source_lines(struct source *src, uint32_t *n);

/* How many lines; a final line break does not begin another line. 0 if empty. */
uint32_t source_line_total(struct source *src);

#endif
