#include "cli/known.h"

#include <sys/stat.h>

#include "base/file.h"
#include "base/limits.h"
#include "report/uri.h"

struct str known_target(const struct cli_options *o)
{
    return o->baseline_out.n ? o->baseline_out : o->baseline;
}

struct baseline *known_read(struct cli_options *o, struct diags *d)
{
    struct str bytes = STR("");
    struct str why = STR("");
    if (o->baseline.n == 0) {
        return NULL;
    }
    struct file_result r = file_read(o->arena, o->baseline, LIMIT_BASELINE_BYTES, &bytes);
    bool will_be = o->write_baseline && str_eq(known_target(o), o->baseline);
    if (r.status == FILE_NOT_FOUND && will_be) {
        return baseline_read(o->arena, STR(""), &why);
    }
    if (r.status != FILE_OK) {
        diag_unreadable(d, SPAN_NONE, "The baseline ", o->baseline, &r);
        return NULL;
    }
    struct baseline *b = bytes.n ? baseline_read(o->arena, bytes, &why) : NULL;
    if (b == NULL) {
        why = bytes.n ? why : STR("it is empty");
        diag_add(d, DIAG_ARGUMENT, SPAN_NONE,
                 "The baseline '%.*s' is not a SARIF log of cfnreach: %.*s.", STR_ARG(o->baseline),
                 STR_ARG(why))
            ->path = o->baseline;
    }
    return b;
}

void known_files(struct baseline *b, const struct cli_options *o, const struct report_options *r,
                 const struct found *found)
{
    for (size_t i = 0; b != NULL && i < found->files.n; i++) {
        struct str path = found->files.at[i].path;
        if (str_is(path, "-")) {
            path = o->stdin_filename.n ? o->stdin_filename : STR("<stdin>");
        }
        baseline_file(b, report_uri(o->arena, r, path).uri);
    }
}

void known_mark(struct baseline *b, const struct report_options *r, struct analysis *a)
{
    for (size_t i = 0; b != NULL && i < a->file_n; i++) {
        struct str uri = report_uri(a->arena, r, a->files[i].source->path).uri;
        baseline_file(b, uri);
        if (a->diags.errors > 0) {
            baseline_incomplete(b, uri);
        }
    }
    for (size_t i = 0; b != NULL && a->findings && i < a->findings->all.n; i++) {
        struct finding *f = &a->findings->all.at[i];
        const struct source *s = analysis_file_of(a, f->at)->source;
        baseline_mark(b, f, report_uri(a->arena, r, s->path).uri);
    }
}

static int hex(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The path of a URI as report_uri makes them. */
static struct str path_of(struct arena *a, const struct report_options *r, struct str uri)
{
    struct str scheme = STR("file://");
    bool absolute = str_starts(uri, scheme);
    struct str text = absolute ? str_sub(uri, scheme.n, uri.n) : uri;
    struct buf path;
    buf_init(&path);
    if (!absolute) {
        buf_add(&path, r->root);
        buf_addc(&path, '/');
    }
    for (size_t i = 0; i < text.n; i++) {
        int high = i + 2 < text.n ? hex(text.p[i + 1]) : -1;
        int low = i + 2 < text.n ? hex(text.p[i + 2]) : -1;
        if (text.p[i] == '%' && high >= 0 && low >= 0) {
            buf_addc(&path, (char)(high * 16 + low));
            i += 2;
        } else {
            buf_addc(&path, text.p[i]);
        }
    }
    struct str out = str_copy(a, buf_str(&path));
    buf_release(&path);
    return out;
}

void known_end(struct baseline *b, const struct report_options *r)
{
    struct arena scratch = {0};
    for (size_t i = 0; b != NULL && i < baseline_file_count(b); i++) {
        struct stat st;
        if (stat(str_to_c(&scratch, path_of(&scratch, r, baseline_file_uri(b, i))), &st) == 0) {
            baseline_exists(b, i);
        }
    }
    arena_release(&scratch);
}
