/*
 * A unified diff of edits: what `git apply` and reviewers read.
 */
#ifndef CFNREACH_TEXT_UDIFF_H
#define CFNREACH_TEXT_UDIFF_H

#include "text/edit.h"

/* Appends a unified diff (three lines of context, "--- a/PATH", "+++ b/PATH")
 * of ordered edits to out; nothing if n is 0. Line breaks are kept as they are
 * in the source; a missing final one is marked as diff does. */
void udiff_write(struct source *src, const struct edit *edits, size_t n, struct buf *out);

#endif
