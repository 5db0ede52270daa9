/*
 * Faults as compilers print them, so that an editor that runs `make` finds the line.
 */
#include "policies/faults.h"

#include "base/buf.h"
#include "base/file.h"

void faults_print(struct arena *a, const struct source_set *sources, const struct diags *d)
{
    struct buf b;
    buf_init(&b);
    for (size_t i = 0; i < d->all.n; i++) {
        const struct diag *one = &d->all.at[i];
        struct source *src = source_of(sources, one->at);
        if (src != NULL) {
            struct position p = source_position(src, one->at.begin);
            buf_addf(&b, "%.*s:%u:%u: ", STR_ARG(src->path), p.line, p.column);
        } else if (one->path.n > 0) {
            buf_addf(&b, "%.*s: ", STR_ARG(one->path));
        }
        buf_add(&b, one->message);
        buf_addc(&b, '\n');
    }
    if (file_put(a, stderr, buf_str(&b)).status != FILE_OK) {
        BUG("standard error is closed");
    }
    buf_release(&b);
}
