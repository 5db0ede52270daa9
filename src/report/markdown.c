/*
 * -f markdown: for the summary page of a CI job and for review comments. A table of the
 * findings, then for each: a picture of its witness path (Mermaid), under which choices it
 * holds, what to do, and its best fix as a diff; at the end what could not be read or decided.
 *
 * GitHub takes one MiB of summary for a step and drops a longer one whole: details stop before
 * that and the rest is counted; the table is cut in the same way.
 */
#include "base/utf8.h"
#include "report/formats.h"
#include "report/markdown_text.h"
#include "report/words.h"
#include "text/udiff.h"

enum { MOST_TABLE = 256 * 1024, MOST_DETAILS = 640 * 1024, MOST_NOTES = 50 };

struct markdown {
    struct buf table;
    struct buf details;
    struct buf faults; /* errors and warnings */
    struct buf notes;  /* what is left open */
    size_t rows_left_out;
    size_t details_left_out;
    size_t notes_n;
};

static void begin(struct report *r)
{
    struct markdown *m = ARENA_NEW(r->arena, struct markdown);
    buf_init(&m->table);
    buf_init(&m->details);
    buf_init(&m->faults);
    buf_init(&m->notes);
    r->state = m;
}

static void add_place(struct buf *out, struct arena *scratch, struct source_set *sources,
                      struct span at)
{
    struct words_place p = words_place(sources, at);
    if (p.begin.line) {
        markdown_code(out, str_format(scratch, "%.*s:%u", STR_ARG(p.file), p.begin.line));
    }
}

static void add_row(struct markdown *m, struct arena *scratch, struct source_set *sources,
                    const struct finding *f)
{
    if (m->table.n > MOST_TABLE) {
        m->rows_left_out++;
        return;
    }
    buf_addf(&m->table, "| %s | %s %s | ", severity_name(f->severity), f->rule->id, f->rule->name);
    markdown_text(&m->table, words_title(f->message));
    buf_adds(&m->table, " | ");
    add_place(&m->table, scratch, sources, f->at);
    buf_adds(&m->table, " |\n");
}

/* flowchart LR
 *     s0["Internet"] --> s1["LabGateway"] --> ...                */
static void add_path(struct buf *out, const struct finding_endpoint *e)
{
    if (e->path_n == 0) {
        return;
    }
    buf_adds(out, "```mermaid\nflowchart LR\n");
    buf_addf(out, "    outside([\"%s\"])", world_edge_name(e->edge));
    for (size_t i = 0; i < e->path_n; i++) {
        buf_addf(out, " --> s%zu[\"", i);
        markdown_label(out, e->path[i].component);
        buf_adds(out, "\"]");
    }
    buf_adds(out, "\n```\n\n");
    for (size_t i = 0; i < e->path_n; i++) {
        buf_addf(out, "%zu. ", i + 1);
        markdown_text(out, e->path[i].text);
        buf_addc(out, '\n');
    }
    buf_addc(out, '\n');
}

static void add_paragraph(struct buf *out, const char *name, struct str text)
{
    if (text.n) {
        buf_addf(out, "**%s:** ", name);
        markdown_text(out, text);
        buf_adds(out, "\n\n");
    }
}

/* The best fix that is an edit. */
static void add_fix(struct buf *out, struct source_set *sources, struct fix_list fixes)
{
    for (size_t i = 0; i < fixes.n; i++) {
        const struct fix *f = &fixes.at[i];
        if (f->edit_n == 0) {
            continue;
        }
        buf_addf(out, "**Fix %.*s** (%s): ", STR_ARG(f->id), fix_safety_name(f->safety));
        markdown_text(out, f->title);
        buf_adds(out, "\n\n");
        struct buf diff;
        buf_init(&diff);
        udiff_write(source_of(sources, f->edits[0].at), f->edits, f->edit_n, &diff);
        markdown_fenced(out, "diff", buf_str(&diff));
        buf_release(&diff);
        return;
    }
}

static void add_details(struct markdown *m, struct arena *scratch, struct source_set *sources,
                        const struct finding *f, struct fix_list fixes)
{
    struct buf *out = &m->details;
    if (out->n > MOST_DETAILS) {
        m->details_left_out++;
        return;
    }
    buf_addf(out, "<details><summary>%s %s, ", f->rule->id, f->rule->name);
    markdown_text(out, f->resource);
    buf_adds(out, "</summary>\n\n");
    markdown_text(out, f->message);
    buf_adds(out, "\n\n");
    if (f->endpoints.n) {
        add_path(out, &f->endpoints.at[0]);
    }
    add_paragraph(out, f->verdict == REACH_BY_DEFAULT ? "By default" : "Only if",
                  words_witness(scratch, f->witness, f->witness_n));
    if (f->settle.n) {
        markdown_text(out, f->settle);
        buf_adds(out, "\n\n");
    }
    add_paragraph(out, "What to do", f->advice);
    add_fix(out, sources, fixes);
    buf_adds(out, "</details>\n\n");
}

static void add_diags(struct markdown *m, struct arena *scratch, const struct diags *d,
                      struct source_set *sources)
{
    for (size_t i = 0; i < d->all.n; i++) {
        const struct diag *g = &d->all.at[i];
        bool note = diag_kind(g->id)->level == DIAG_NOTE;
        struct buf *out = note ? &m->notes : &m->faults;
        if (note && m->notes_n++ >= MOST_NOTES) {
            continue;
        }
        buf_addf(out, "- %s ", diag_kind(g->id)->id);
        add_place(out, scratch, sources, g->at);
        buf_adds(out, words_place(sources, g->at).begin.line ? ": " : "");
        markdown_text(out, g->message);
        buf_addc(out, '\n');
    }
}

static void add(struct report *r, const struct analysis *a)
{
    struct arena scratch = {0};
    struct source_set sources = a->sources;
    struct markdown *m = r->state;
    for (size_t i = 0; a->findings && i < a->findings->all.n; i++) {
        const struct finding *f = &a->findings->all.at[i];
        if (!f->suppressed) {
            add_row(m, &scratch, &sources, f);
            add_details(m, &scratch, &sources, f, report_fixes(r, i));
        }
    }
    add_diags(m, &scratch, &a->diags, &sources);
    arena_release(&scratch);
}

static void add_heading(struct report *r)
{
    const struct report_totals *t = &r->totals;
    buf_adds(&r->out, "## cfnreach: ");
    if (t->templates == 0) {
        buf_adds(&r->out, t->errors ? "nothing could be analysed" : "nothing to analyse");
    } else if (t->findings == 0) {
        buf_adds(&r->out, t->errors ? "no finding, but the analysis is incomplete"
                                    : "no watched port is reachable from outside");
    } else {
        buf_addf(&r->out, "%zu finding%s", t->findings, t->findings == 1 ? "" : "s");
        const char *comma = " (";
        for (unsigned s = SEVERITY_HIGH; s >= SEVERITY_INFORMATIONAL; s--) {
            if (t->by_severity[s]) {
                buf_addf(&r->out, "%s%zu %s", comma, t->by_severity[s],
                         severity_name((enum severity)s));
                comma = ", ";
            }
        }
        buf_addc(&r->out, ')');
    }
    buf_addf(&r->out, "\n\n%zu template%s, %zu interface%s", t->templates,
             t->templates == 1 ? "" : "s", t->interfaces, t->interfaces == 1 ? "" : "s");
    if (t->suppressed) {
        buf_addf(&r->out, ", %zu suppressed", t->suppressed);
    }
    buf_adds(&r->out, ".\n\n");
}

static void add_section(struct buf *out, const char *heading, struct buf *section, size_t left_out)
{
    if (section->n || left_out) {
        buf_adds(out, heading);
        buf_add(out, buf_str(section));
        if (left_out) {
            buf_addf(out, "\nAnd %zu more.\n", left_out);
        }
        buf_addc(out, '\n');
    }
    buf_release(section);
}

static void end(struct report *r, const struct diags *d, struct source_set *sources,
                int exit_code UNUSED)
{
    struct markdown *m = r->state;
    struct arena scratch = {0};
    add_diags(m, &scratch, d, sources);
    add_heading(r);
    add_section(&r->out, "| Severity | Rule | Finding | Where |\n|---|---|---|---|\n", &m->table,
                m->rows_left_out);
    add_section(&r->out, "", &m->details, m->details_left_out);
    add_section(&r->out, "### Not analysed\n\n", &m->faults, 0);
    add_section(&r->out, "### Left open\n\n", &m->notes,
                m->notes_n > MOST_NOTES ? m->notes_n - MOST_NOTES : 0);
    arena_release(&scratch);
}

const struct report_format report_markdown = {
    "markdown", "for job summaries and reviews", true, false, begin, add, end,
};
