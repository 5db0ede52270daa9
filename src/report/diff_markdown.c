/*
 * The changes as a comment on a pull request: a heading that says it all, a table, and the path
 * of each change folded below it. GitHub takes comments of 65536 characters, so both stop before
 * that and the rest is counted.
 */
#include "report/diff_view.h"
#include "report/markdown_text.h"

enum { MOST_TABLE = 24 * 1024, MOST_PATHS = 24 * 1024 };

static void add_row(struct buf *out, struct arena *a, const struct flow_change *c)
{
    struct flow_place p = diff_place(c);
    buf_addf(out, "| %s | %s | ", flow_change_name(c->kind),
             c->grade != NULL ? severity_name(c->grade->severity) : "-");
    markdown_text(out, diff_subject(a, c));
    struct diff_details details = diff_details(a, c);
    for (size_t i = 0; i < details.all.n; i++) {
        buf_adds(out, i == 0 ? ": " : "; ");
        markdown_text(out, details.all.at[i]);
    }
    buf_adds(out, " | ");
    if (c->grade != NULL) {
        buf_addf(out, "%s %s%s", c->grade->rule->id, c->grade->rule->name,
                 c->grade->suppressed ? " (suppressed)" : "");
    }
    buf_adds(out, " | ");
    if (p.line > 0) {
        markdown_code(out, str_format(a, "%.*s:%u", STR_ARG(p.file), p.line));
    }
    buf_adds(out, " |\n");
}

static void add_table(const struct diff_view *v, struct arena *a, struct buf *out)
{
    buf_adds(out, "| Change | Severity | Flow | Rule | Where |\n|---|---|---|---|---|\n");
    size_t begin = out->n;
    size_t i = 0;
    for (; i < v->changes->all.n && out->n - begin < MOST_TABLE; i++) {
        add_row(out, a, &v->changes->all.at[i]);
    }
    if (i < v->changes->all.n) {
        buf_addf(out, "\nAnd %zu more.\n", v->changes->all.n - i);
    }
}

static void add_paths(const struct diff_view *v, struct arena *a, struct buf *out)
{
    buf_adds(out, "\n<details><summary>Paths</summary>\n\n");
    size_t begin = out->n;
    size_t i = 0;
    for (; i < v->changes->all.n && out->n - begin < MOST_PATHS; i++) {
        const struct flow_change *c = &v->changes->all.at[i];
        buf_addf(out, "- %s: ", flow_change_name(c->kind));
        markdown_text(out, diff_subject(a, c));
        buf_adds(out, ": ");
        markdown_code(out, diff_path(a, c));
        buf_addc(out, '\n');
    }
    if (i < v->changes->all.n) {
        buf_addf(out, "\nAnd %zu more.\n", v->changes->all.n - i);
    }
    buf_adds(out, "\n</details>\n");
}

static void add_faults(const struct diff_view *v, struct arena *a, struct buf *out)
{
    enum { MOST_FAULTS = 20 };
    for (size_t i = 0; i < v->faults.n && i < MOST_FAULTS; i++) {
        const struct diff_fault *f = &v->faults.at[i];
        buf_addf(out, "%s- %s ", i == 0 ? "\n### Not analysed, or odd\n\n" : "", f->kind->id);
        markdown_code(out, f->place.line > 0
                               ? str_format(a, "%.*s:%u", STR_ARG(f->place.file), f->place.line)
                               : f->place.file);
        buf_adds(out, ": ");
        markdown_text(out, f->message);
        buf_addc(out, '\n');
    }
    if (v->faults.n > MOST_FAULTS) {
        buf_addf(out, "\nAnd %zu more.\n", v->faults.n - MOST_FAULTS);
    }
}

void diff_markdown_write(const struct diff_view *v, struct buf *out)
{
    struct arena scratch = {0};
    buf_adds(out, "## cfnreach diff: ");
    markdown_text(out, diff_totals(&scratch, v));
    buf_adds(out, "\n\n");
    if (v->changes->all.n > 0) {
        add_table(v, &scratch, out);
        add_paths(v, &scratch, out);
    }
    add_faults(v, &scratch, out);
    arena_release(&scratch);
}
