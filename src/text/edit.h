/*
 * Text edits on the original bytes of one source: disjoint, sorted, applied all
 * or not at all. A unified diff of them is text/udiff.h.
 */
#ifndef CFNREACH_TEXT_EDIT_H
#define CFNREACH_TEXT_EDIT_H

#include "base/buf.h"
#include "text/source.h"

struct edit {
    struct span at;  /* begin == end inserts before that byte */
    struct str text; /* what stands there afterwards */
};

/* Sorts by place. False if two edits overlap (two insertions at one point do,
 * too), lie outside the source or belong to another one; then the order of
 * edits[] is unspecified. */
MUST_CHECK bool edits_order(const struct source *src, struct edit *edits, size_t n);

/* Appends the edited bytes to out. edits[] must be as edits_order left it. */
void edits_apply(const struct source *src, const struct edit *edits, size_t n, struct buf *out);

#endif
