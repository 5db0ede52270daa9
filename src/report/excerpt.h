/*
 * Lines of a source with the place marked under them, as people see them on a terminal.
 */
#ifndef CFNREACH_REPORT_EXCERPT_H
#define CFNREACH_REPORT_EXCERPT_H

#include "base/buf.h"
#include "text/source.h"

/* Appends the line on which the span begins and a line of carets:
 *
 *      41 |           CidrIp: 0.0.0.0/0
 *         |                   ^^^^^^^^^
 *
 * Text is sanitised, tabs become one blank, long lines are cut around the place. mark is put
 * before and unmark after the carets (escape sequences, or ""). Nothing for SPAN_NONE. */
void excerpt_write(struct source_set *sources, struct span s, const char *mark, const char *unmark,
                   struct buf *out);

#endif
