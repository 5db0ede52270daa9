/*
 * How a template is written, so that edits look as if its author had made them: line breaks,
 * depth of a level, where the dashes of lists stand, short or long names of functions.
 */
#ifndef CFNREACH_FIX_STYLE_H
#define CFNREACH_FIX_STYLE_H

#include "doc/doc.h"

struct style {
    bool is_json;
    struct str newline;  /* "\n" or "\r\n": of the first line */
    uint32_t unit;       /* blanks of one level in block YAML */
    bool dash_indented;  /* dashes stand one level deeper than their key */
    bool long_names;     /* no function is written with a tag, but some in the long form */
    bool anchors_shared; /* somewhere an alias or a merge key is written */
};

struct style style_of(const struct doc *doc);

/* First byte of the line that holds byte `at`, and the byte where it ends: of its line break. */
uint32_t style_line_begin(struct str bytes, uint32_t at);
uint32_t style_line_end(struct str bytes, uint32_t at);

/* The blanks that the line of byte `at` begins with. */
struct str style_indent(struct str bytes, uint32_t at);

/* Nothing but blanks between the begin of the line and `at`. */
bool style_begins_line(struct str bytes, uint32_t at);

/* Nothing but blanks, and perhaps a comment where there are comments, from `at` to its end. */
bool style_ends_line(struct str bytes, uint32_t at, bool comments);

/* Steps over blanks, line breaks and (where there are) comments. */
uint32_t style_skip(struct str bytes, uint32_t at, bool comments);

/* Is a block collection, or stands in one: what is added beside it goes on lines of its own. */
bool style_is_block(const struct doc_node *node);

#endif
