/*
 * The line of a run that takes a while.
 */
#include "cli/progress.h"

/* To the first column, and nothing behind it. */
#define CLEAR "\r\x1b[K"

enum { TENTH = 100 * 1000 * 1000 };

struct progress progress_of(size_t total, bool watched)
{
    return (struct progress){.total = total, .on = watched && total >= PROGRESS_MANY};
}

void progress_step(struct progress *p, size_t done, uint64_t now, struct buf *out)
{
    if (!p->on || (p->visible && now - p->shown_at < TENTH)) {
        return;
    }
    p->visible = true;
    p->shown_at = now;
    buf_addf(out, CLEAR "cfnreach: %zu of %zu", done, p->total);
}

void progress_end(struct progress *p, struct buf *out)
{
    if (p->visible) {
        buf_adds(out, CLEAR);
        p->visible = false;
    }
}
