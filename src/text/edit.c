/*
 * Edits are half-open ranges of the original bytes. Ordered by begin, then end,
 * an insertion comes before what replaces the bytes at the same point, and each
 * edit begins where the one before it has ended, or later.
 */
#include "text/edit.h"

#include <stdlib.h>

static int compare(const void *left, const void *right)
{
    const struct span *a = &((const struct edit *)left)->at;
    const struct span *b = &((const struct edit *)right)->at;
    int c = (a->begin > b->begin) - (a->begin < b->begin);
    return c ? c : (a->end > b->end) - (a->end < b->end);
}

bool edits_order(const struct source *src, struct edit *edits, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct span at = edits[i].at;
        if (at.source != src->id || at.begin > at.end || at.end > src->bytes.n) {
            return false;
        }
    }
    if (n > 1) {
        qsort(edits, n, sizeof *edits, compare);
    }
    for (size_t i = 1; i < n; i++) {
        struct span last = edits[i - 1].at;
        struct span next = edits[i].at;
        bool same_point = last.begin == next.end; /* two insertions: which is first? */
        if (last.end > next.begin || same_point) {
            return false;
        }
    }
    return true;
}

void edits_apply(const struct source *src, const struct edit *edits, size_t n, struct buf *out)
{
    size_t done = 0;
    for (size_t i = 0; i < n; i++) {
        buf_add(out, str_sub(src->bytes, done, edits[i].at.begin));
        buf_add(out, edits[i].text);
        done = edits[i].at.end;
    }
    buf_add(out, str_sub(src->bytes, done, src->bytes.n));
}
