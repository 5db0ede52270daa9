/*
 * One line on stderr that says how far a run over many templates is, for somebody who watches a
 * terminal; gone before anything else is printed.
 */
#ifndef CFNREACH_CLI_PROGRESS_H
#define CFNREACH_CLI_PROGRESS_H

#include "base/buf.h"

struct progress {
    size_t total;
    uint64_t shown_at; /* when the line was written last */
    bool on;
    bool visible;
};

/* Fewer than this many units are done before anybody wonders. */
enum { PROGRESS_MANY = 20 };

struct progress progress_of(size_t total, bool watched);

/* Appends what the terminal must get, at most ten times a second: `now` in nanoseconds. */
void progress_step(struct progress *p, size_t done, uint64_t now, struct buf *out);
/* What makes the line go away; nothing if there is none. */
void progress_end(struct progress *p, struct buf *out);

#endif
