/*
 * -f github: workflow commands, which GitHub shows as annotations beside the lines of a pull
 * request.
 *
 *     ::error file=net.yaml,line=41,endLine=41,col=19,endColumn=28,title=CFNR102 internet-ssh::SSH
 * ...
 *
 * A step shows ten errors, ten warnings and ten notices and drops the rest without a word
 * (actions/toolkit, "limits"). So the worst come first, no more than that are written, and one
 * line counts the others. Findings wait in ranks, ten each, so that memory stays flat.
 */
#include "base/utf8.h"
#include "report/formats.h"
#include "report/uri.h"
#include "report/words.h"

enum { MOST_SHOWN = 10 };

enum rank { RANK_FAULT, RANK_HIGH, RANK_MEDIUM, RANK_WARNING, RANK_LOW, RANK_INFORMATIONAL, RANKS };

/* Ranks of one level stand side by side and share its ten places. */
static const char *const level_of[RANKS] = {
    [RANK_FAULT] = "error",     [RANK_HIGH] = "error", [RANK_MEDIUM] = "warning",
    [RANK_WARNING] = "warning", [RANK_LOW] = "notice", [RANK_INFORMATIONAL] = "notice",
};

struct waiting {
    struct str lines[MOST_SHOWN]; /* in the report's arena */
    size_t n;                     /* seen; the first MOST_SHOWN are kept */
};

struct github {
    struct waiting of[RANKS];
};

static void begin(struct report *r)
{
    r->state = ARENA_NEW(r->arena, struct github);
}

/* Percent escapes of @actions/core: of data, and of property values, where more is special.
 * Line breaks are not left by utf8_sanitise. */
static void add_escaped(struct buf *out, struct str text, bool property)
{
    struct buf clean;
    buf_init(&clean);
    utf8_sanitise(&clean, text);
    for (size_t i = 0; i < clean.n; i++) {
        char c = clean.p[i];
        if (c == '%' || (property && (c == ':' || c == ','))) {
            buf_addf(out, "%%%02X", (unsigned)(unsigned char)c);
        } else {
            buf_addc(out, c);
        }
    }
    buf_release(&clean);
}

static void add_place(struct buf *out, struct report *r, struct source_set *sources, struct span at)
{
    struct words_place p = words_place(sources, at);
    if (p.begin.line == 0) {
        return;
    }
    bool absolute = false;
    buf_adds(out, "file=");
    add_escaped(out, report_path(r->arena, &r->options, p.file, &absolute), true);
    buf_addf(out, ",line=%u,endLine=%u", p.begin.line, p.end.line);
    if (p.begin.line == p.end.line) { /* columns are refused over several lines */
        buf_addf(out, ",col=%u,endColumn=%u", p.begin.column, p.end.column);
    }
    buf_addc(out, ',');
}

static void keep(struct report *r, enum rank rank, struct source_set *sources, struct span at,
                 const char *title, const struct str *message, size_t lines)
{
    struct github *g = r->state;
    struct waiting *w = &g->of[rank];
    if (w->n++ >= MOST_SHOWN) {
        return;
    }
    struct buf line;
    buf_init(&line);
    buf_addf(&line, "::%s ", level_of[rank]);
    add_place(&line, r, sources, at);
    buf_adds(&line, "title=");
    add_escaped(&line, str_from(title), true);
    buf_adds(&line, "::");
    for (size_t i = 0; i < lines; i++) {
        if (message[i].n) {
            buf_adds(&line, i ? "%0A" : "");
            add_escaped(&line, message[i], false);
        }
    }
    buf_addc(&line, '\n');
    w->lines[w->n - 1] = str_copy(r->arena, buf_str(&line));
    buf_release(&line);
}

static enum rank rank_of(enum severity s)
{
    return s == SEVERITY_HIGH     ? RANK_HIGH
           : s == SEVERITY_MEDIUM ? RANK_MEDIUM
           : s == SEVERITY_LOW    ? RANK_LOW
                                  : RANK_INFORMATIONAL;
}

static void keep_finding(struct report *r, struct arena *scratch, struct source_set *sources,
                         const struct finding *f)
{
    struct str title = str_format(scratch, "%s %s", f->rule->id, f->rule->name);
    struct str lines[] = {f->message, f->settle, f->advice};
    keep(r, rank_of(f->severity), sources, f->at, str_to_c(scratch, title), lines,
         sizeof lines / sizeof *lines);
}

static void keep_diags(struct report *r, const struct diags *d, struct source_set *sources)
{
    for (size_t i = 0; i < d->all.n; i++) {
        const struct diag *g = &d->all.at[i];
        const struct diag_kind *k = diag_kind(g->id);
        if (k->level != DIAG_NOTE) {
            keep(r, k->level == DIAG_ERROR ? RANK_FAULT : RANK_WARNING, sources, g->at, k->id,
                 &g->message, 1);
        }
    }
}

static void add(struct report *r, const struct analysis *a)
{
    struct arena scratch = {0};
    struct source_set sources = a->sources;
    for (size_t i = 0; a->findings && i < a->findings->all.n; i++) {
        const struct finding *f = &a->findings->all.at[i];
        if (!f->suppressed) {
            keep_finding(r, &scratch, &sources, f);
        }
    }
    keep_diags(r, &a->diags, &sources);
    arena_release(&scratch);
}

static void end(struct report *r, const struct diags *d, struct source_set *sources,
                int exit_code UNUSED)
{
    keep_diags(r, d, sources);
    const struct github *g = r->state;
    size_t left = MOST_SHOWN;
    size_t more = 0;
    for (size_t i = 0; i < RANKS; i++) {
        const struct waiting *w = &g->of[i];
        if (i > 0 && strcmp(level_of[i], level_of[i - 1]) != 0) {
            left = MOST_SHOWN;
        }
        size_t shown = w->n < left ? w->n : left;
        for (size_t k = 0; k < shown; k++) {
            buf_add(&r->out, w->lines[k]);
        }
        left -= shown;
        more += w->n - shown;
    }
    if (more) {
        buf_addf(&r->out, "cfnreach: and %zu more, which GitHub would not show here\n", more);
    }
}

const struct report_format report_github = {
    "github", "annotations of GitHub Actions", true, false, begin, add, end,
};
