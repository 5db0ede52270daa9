/*
 * `cfnreach merge LOG...`: what several jobs found, as one log.
 */
#include "base/file.h"
#include "base/limits.h"
#include "cli/run.h"
#include "sarif/sarif.h"

int run_merge(struct cli_options *o)
{
    struct str *logs = ARENA_ARRAY(o->arena, o->paths.n, struct str);
    if (o->paths.n == 0) {
        return run_fail("`merge` takes SARIF logs of cfnreach, such as those of --shard");
    }
    for (size_t i = 0; i < o->paths.n; i++) {
        struct file_result r = file_read(o->arena, o->paths.at[i], LIMIT_BASELINE_BYTES, &logs[i]);
        if (r.status != FILE_OK) {
            return run_fail("'%.*s' cannot be read: %.*s", STR_ARG(o->paths.at[i]), STR_ARG(r.why));
        }
    }
    struct buf out;
    buf_init(&out);
    int status = STATUS_ERROR;
    size_t bad = 0;
    struct str why = STR("");
    if (!sarif_merge(o->arena, logs, o->paths.n, "cfnreach", &out, &status, &bad, &why)) {
        status = run_fail("'%.*s' cannot be merged: %.*s", STR_ARG(o->paths.at[bad]), STR_ARG(why));
    } else if (run_print(o, buf_str(&out)) != STATUS_CLEAN) {
        status = STATUS_ERROR;
    }
    buf_release(&out);
    return status;
}
