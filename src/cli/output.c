#include "cli/output.h"

#include "base/file.h"
#include "base/utf8.h"
#include "cli/run.h"

bool output_begin(struct cli_options *o, bool (*belongs)(const struct report_format *f))
{
    if (o->outputs.n == 0) {
        *VEC_ADD(o->arena, &o->outputs) = (struct cli_output){report_format_find(STR("text")), {0}};
    }
    size_t to_stdout = 0;
    for (size_t i = 0; i < o->outputs.n; i++) {
        const struct cli_output *output = &o->outputs.at[i];
        if (!belongs(output->format)) {
            run_fail("format '%s' does not belong to this command", output->format->name);
            return false;
        }
        to_stdout += output->file.n == 0;
    }
    if (to_stdout > 1) {
        run_fail("only one format can go to standard output; write the others as -f FORMAT=FILE");
    }
    return to_stdout <= 1;
}

int output_write(struct cli_options *o, struct str file, struct str bytes)
{
    if (file.n == 0) {
        return run_print(o, bytes);
    }
    struct file_result r = file_replace(o->arena, file, bytes);
    return r.status == FILE_OK
               ? STATUS_CLEAN
               : run_fail("'%.*s' cannot be written: %.*s", STR_ARG(file), STR_ARG(r.why));
}

void output_say(struct str path, struct position at, struct str text)
{
    struct buf line;
    buf_init(&line);
    utf8_sanitise(&line, path);
    if (at.line > 0) {
        buf_addf(&line, ":%u:%u", at.line, at.column);
    }
    buf_adds(&line, path.n > 0 ? ": " : "");
    utf8_sanitise(&line, text);
    run_fail("%s", line.p);
    buf_release(&line);
}
