/*
 * Comments: libyaml drops them, so the gaps between tokens are scanned for '#' at
 * line start or after a blank, never inside a scalar. JSON has none.
 */
#ifndef CFNREACH_DOC_COMMENT_H
#define CFNREACH_DOC_COMMENT_H

#include "doc/doc.h"

struct doc_comment {
    struct span span; /* from the '#' to the end of the line, line break excluded */
    bool own_line;    /* nothing but blanks before it */
};

struct doc_comments {
    const struct doc_comment *at; /* in order of place */
    size_t n;
};

struct doc_comments doc_comments(struct arena *a, const struct doc *doc);

#endif
