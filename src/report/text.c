/*
 * -f text: for people. Each finding fits on a screen and answers what, where, why and how to
 * fix; what could not be decided is said before the summary.
 *
 *     net.yaml:41:19: medium: tcp/22 (SSH) of 'Web' can be reached ... [CFNR102 internet-ssh]
 *         41 |           CidrIp: 0.0.0.0/0
 *            |                   ^^^^^^^^^
 *       path   Igw                      the internet gateway ...
 *              Vpc.DefaultNetworkAcl    rule 100 allows ...
 *       fix    ...
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "report/excerpt.h"
#include "report/formats.h"
#include "report/text_fixes.h"
#include "report/text_flows.h"
#include "report/unknowns.h"
#include "report/witnesses.h"
#include "report/words.h"

enum { LABEL = 13, MOST_PLACES = 8 };

struct text_style {
    const char *off;
    const char *bold;
    const char *dim;
    const char *high;
    const char *medium;
    const char *low;
};

static struct text_style style_of(const struct report *r)
{
    if (!r->options.color) {
        return (struct text_style){"", "", "", "", "", ""};
    }
    return (struct text_style){"\x1b[0m",    "\x1b[1m",    "\x1b[2m",
                               "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m"};
}

static const char *severity_style(const struct text_style *st, enum severity s)
{
    return s == SEVERITY_HIGH ? st->high : s == SEVERITY_MEDIUM ? st->medium : st->low;
}

static void begin(struct report *r UNUSED)
{
}

static void add_clean(struct buf *out, struct str text)
{
    utf8_sanitise(out, text);
}

/* " [CFNR102 internet-ssh]"; on a terminal the id leads to the rule's page. */
static void write_rule(struct report *r, const struct rule *rule)
{
    if (r->options.links) {
        struct arena scratch = {0};
        buf_addf(&r->out, " [\x1b]8;;%s\x1b\\%s\x1b]8;;\x1b\\ %s]",
                 words_rule_page(&scratch, rule).p, rule->id, rule->name);
        arena_release(&scratch);
    } else {
        buf_adds(&r->out, " [");
        buf_adds(&r->out, rule->id);
        buf_addc(&r->out, ' ');
        buf_adds(&r->out, rule->name);
        buf_addc(&r->out, ']');
    }
}

static void write_place(struct buf *out, struct source_set *sources, struct span s,
                        struct str otherwise)
{
    struct words_place p = words_place(sources, s);
    if (p.begin.line) {
        add_clean(out, p.file);
        buf_addc(out, ':');
        buf_add_number(out, p.begin.line);
        buf_addc(out, ':');
        buf_add_number(out, p.begin.column);
        buf_adds(out, ": ");
    } else if (otherwise.n) {
        add_clean(out, otherwise);
        buf_adds(out, ": ");
    }
}

/* "line 12", or "network.yaml:12" where it is in another file than the finding. */
static bool write_line(struct buf *out, struct source_set *sources, struct span s,
                       struct span finding)
{
    struct words_place p = words_place(sources, s);
    if (p.begin.line == 0) {
        return false;
    }
    if (s.source == finding.source) {
        buf_adds(out, "line ");
    } else {
        add_clean(out, p.file);
        buf_addc(out, ':');
    }
    buf_add_number(out, p.begin.line);
    return true;
}

/* "  path     " and the like; an empty label indents a line of the same kind. */
static void label(struct buf *out, const struct text_style *st, const char *name)
{
    size_t n = strlen(name);
    buf_adds(out, "  ");
    buf_adds(out, st->dim);
    buf_add(out, (struct str){name, n});
    buf_adds(out, st->off);
    buf_pad(out, ' ', n + 2 < LABEL ? LABEL - n - 2 : 1);
}

static void line(struct buf *out, const struct text_style *st, const char *name, struct str text)
{
    if (text.n) {
        label(out, st, name);
        add_clean(out, text);
        buf_addc(out, '\n');
    }
}

static void write_path(struct buf *out, const struct text_style *st,
                       const struct finding_endpoint *e)
{
    size_t widest = 0;
    for (size_t i = 0; i < e->path_n; i++) {
        widest = e->path[i].component.n > widest ? e->path[i].component.n : widest;
    }
    for (size_t i = 0; i < e->path_n; i++) {
        label(out, st, i == 0 ? "path" : "");
        add_clean(out, e->path[i].component);
        buf_pad(out, ' ', widest - e->path[i].component.n + 2);
        buf_adds(out, st->dim);
        add_clean(out, e->path[i].text);
        buf_adds(out, st->off);
        buf_addc(out, '\n');
    }
}

static void write_others(struct buf *out, const struct text_style *st, const struct finding *f)
{
    if (f->endpoints.n < 2) {
        return;
    }
    label(out, st, "also");
    for (size_t i = 1; i < f->endpoints.n; i++) {
        if (i > MOST_PLACES) {
            buf_addf(out, ", and %zu more", f->endpoints.n - i);
            break;
        }
        const struct finding_endpoint *e = &f->endpoints.at[i];
        buf_adds(out, i == 1 ? "" : ", ");
        add_clean(out, e->resource);
        if (e->protocol != f->endpoints.at[0].protocol ||
            e->ports.begin != f->endpoints.at[0].ports.begin ||
            e->ports.end != f->endpoints.at[0].ports.end) {
            buf_addc(out, ' ');
            buf_adds(out, protocol_name(e->protocol));
            buf_addc(out, '/');
            buf_add_number(out, e->ports.begin);
            if (e->ports.end != e->ports.begin) {
                buf_addc(out, '-');
                buf_add_number(out, e->ports.end);
            }
        }
    }
    buf_addc(out, '\n');
}

static void write_blockers(struct buf *out, const struct text_style *st, struct source_set *sources,
                           const struct finding *f)
{
    for (size_t i = 0; i < f->blockers.n && i < MOST_PLACES; i++) {
        const struct finding_blocker *b = &f->blockers.at[i];
        label(out, st, i == 0 ? "blocked" : "");
        add_clean(out, b->text);
        size_t before = out->n;
        buf_adds(out, " (");
        if (write_line(out, sources, b->at, f->at)) {
            buf_addc(out, ')');
        } else {
            out->n = before;
        }
        buf_addc(out, '\n');
    }
    if (f->blockers.n > MOST_PLACES) {
        label(out, st, "");
        buf_addf(out, "and %zu more\n", f->blockers.n - MOST_PLACES);
    }
}

static void write_related(struct buf *out, const struct text_style *st, struct source_set *sources,
                          const struct finding *f)
{
    for (size_t i = 0; i < f->related.n && i < MOST_PLACES; i++) {
        label(out, st, i == 0 ? "see" : "");
        if (write_line(out, sources, f->related.at[i].at, f->at)) {
            buf_adds(out, ": ");
        }
        add_clean(out, f->related.at[i].text);
        buf_addc(out, '\n');
    }
}

/* --all-witnesses: each choice on a line of its own. */
static void write_witnesses(struct buf *out, const struct text_style *st, struct arena *scratch,
                            const struct witnesses *all)
{
    for (size_t i = 0; all != NULL && i < all->n; i++) {
        line(out, st, i == 0 ? "holds if" : "or if", witnesses_text(scratch, &all->at[i], true));
    }
    if (all != NULL && all->more) {
        line(out, st, all->n == 0 ? "holds if" : "or if",
             str_format(scratch, "more than these %d, the limit", LIMIT_WITNESSES));
    }
}

static void write_finding(struct report *r, struct witnesses_known *witnesses,
                          struct source_set *sources, const struct finding *f,
                          struct fix_list fixes)
{
    struct arena *scratch = witnesses->arena;
    struct text_style st = style_of(r);
    struct buf *out = &r->out;
    write_place(out, sources, f->at, STR(""));
    buf_adds(out, severity_style(&st, f->severity));
    buf_adds(out, severity_name(f->severity));
    buf_adds(out, st.off);
    if (r->options.baseline) {
        buf_adds(out, ", ");
        buf_adds(out, baseline_state_name(f->baseline));
    }
    buf_adds(out, ": ");
    buf_adds(out, st.bold);
    add_clean(out, words_title(f->message));
    buf_adds(out, st.off);
    write_rule(r, f->rule);
    buf_addc(out, '\n');
    excerpt_write(sources, f->at, severity_style(&st, f->severity), st.off, out);
    if (f->endpoints.n) {
        write_path(out, &st, &f->endpoints.at[0]);
    }
    write_others(out, &st, f);
    const struct witnesses *all = NULL;
    if (f->endpoints.n > 0 && f->witness_n > 0) {
        all = witnesses_of(witnesses, f->endpoints.at[0].when);
    }
    if (all == NULL || f->verdict == REACH_BY_DEFAULT) {
        line(out, &st, f->verdict == REACH_BY_DEFAULT ? "by default" : "only if",
             words_witness_told(scratch, f->witness, f->witness_n));
    }
    write_witnesses(out, &st, scratch, all);
    line(out, &st, "to settle", str_sub(f->settle, sizeof FINDING_SETTLE - 1, f->settle.n));
    write_blockers(out, &st, sources, f);
    write_related(out, &st, sources, f);
    line(out, &st, "fix", f->advice);
    text_fixes_write(sources, fixes, st.dim, st.off, out);
    buf_addc(out, '\n');
}

/* What the baseline knows is counted; -v shows it, and where it counts (--fail-on-all) it is shown,
 * too. */
static bool shows_unchanged(const struct report *r)
{
    return !r->options.baseline || r->options.verbose || r->options.show_unchanged;
}

/* A line for each result of the baseline that is gone. */
static void write_absent(struct report *r)
{
    struct baseline_absent absent = baseline_absent(r->options.baseline, r->arena);
    for (size_t i = 0; i < absent.n; i++) {
        const struct sarif_old *old = absent.at[i];
        if (i >= MOST_PLACES && !r->options.verbose) {
            buf_addf(&r->out, "and %zu more are absent\n", absent.n - i);
            break;
        }
        add_clean(&r->out, old->location.uri);
        buf_addf(&r->out, ":%u:%u: ", old->location.region.start_line,
                 old->location.region.start_column);
        add_clean(&r->out, sarif_old_text(&old->properties, "severity"));
        buf_adds(&r->out, ", absent: ");
        add_clean(&r->out, words_title(old->message));
        buf_adds(&r->out, " [");
        add_clean(&r->out, old->rule_id);
        buf_adds(&r->out, "]\n");
    }
}

/* With -v, one line for what was accepted, and why. */
static void write_suppressed(struct report *r, struct source_set *sources, const struct finding *f)
{
    if (!r->options.verbose || r->options.quiet) {
        return;
    }
    write_place(&r->out, sources, f->at, STR(""));
    buf_addf(&r->out, "%s, suppressed: ", severity_name(f->severity));
    add_clean(&r->out, words_title(f->message));
    write_rule(r, f->rule);
    if (f->suppression_reason.n) {
        buf_adds(&r->out, " -- ");
        add_clean(&r->out, f->suppression_reason);
    }
    buf_addc(&r->out, '\n');
}

static void write_diag(struct report *r, struct source_set *sources, const struct diag *g)
{
    struct text_style st = style_of(r);
    const struct diag_kind *k = diag_kind(g->id);
    if (k->level == DIAG_NOTE && !r->options.verbose) {
        return;
    }
    if (k->level != DIAG_ERROR && r->options.quiet) {
        return;
    }
    const char *colour = k->level == DIAG_ERROR     ? st.high
                         : k->level == DIAG_WARNING ? st.medium
                                                    : st.low;
    write_place(&r->out, sources, g->at, g->path);
    buf_adds(&r->out, colour);
    buf_adds(&r->out, words_level(k->level));
    buf_adds(&r->out, st.off);
    buf_adds(&r->out, ": ");
    add_clean(&r->out, g->message);
    buf_adds(&r->out, " [");
    buf_adds(&r->out, k->id);
    buf_adds(&r->out, "]\n");
    excerpt_write(sources, g->at, colour, st.off, &r->out);
    for (size_t i = 0; i < g->related.n; i++) {
        buf_adds(&r->out, "  ");
        write_place(&r->out, sources, g->related.at[i].at, STR(""));
        add_clean(&r->out, g->related.at[i].text);
        buf_addc(&r->out, '\n');
    }
}

static void write_diags(struct report *r, const struct diags *d, struct source_set *sources)
{
    for (size_t i = 0; i < d->all.n; i++) {
        write_diag(r, sources, &d->all.at[i]);
    }
    if (d->dropped) {
        buf_addf(&r->out, "and %zu more diagnostics, beyond the %d that are kept\n", d->dropped,
                 LIMIT_DIAGNOSTICS);
    }
}

static void add(struct report *r, const struct analysis *a)
{
    struct arena scratch = {0};
    struct source_set sources = a->sources;
    struct witnesses_known witnesses;
    witnesses_init(&witnesses, r, &scratch, a);
    if (r->options.flows) {
        text_flows_add(r, a);
    }
    if (r->options.unknowns) {
        unknowns_write_text(a, &r->out);
    }
    bool findings = !r->options.flows && !r->options.unknowns;
    for (size_t i = 0; findings && a->findings && i < a->findings->all.n; i++) {
        const struct finding *f = &a->findings->all.at[i];
        if (f->suppressed) {
            write_suppressed(r, &sources, f);
        } else if (f->baseline != BASELINE_UNCHANGED || shows_unchanged(r)) {
            write_finding(r, &witnesses, &sources, f, report_fixes(r, i));
        }
    }
    write_diags(r, &a->diags, &sources);
    arena_release(&scratch);
}

static void count_of(struct buf *out, size_t n, const char *what)
{
    buf_addf(out, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

/* ", 3 unchanged, 1 absent, 2 suppressed" */
static void write_aside(struct report *r, const char *comma)
{
    const struct report_totals *t = &r->totals;
    const struct {
        size_t n;
        const char *what;
    } rows[] = {{shows_unchanged(r) ? 0 : t->by_state[BASELINE_UNCHANGED], "unchanged"},
                {t->absent, "absent"},
                {t->suppressed, "suppressed"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].n) {
            buf_addf(&r->out, "%s%zu %s", comma, rows[i].n, rows[i].what);
            comma = ", ";
        }
    }
}

static void write_scope(struct report *r)
{
    const struct report_totals *t = &r->totals;
    buf_adds(&r->out, " (");
    count_of(&r->out, t->templates, "template");
    buf_adds(&r->out, ", ");
    count_of(&r->out, t->interfaces, "interface");
    if (t->facts) {
        buf_adds(&r->out, ", ");
        count_of(&r->out, t->facts, "fact");
        buf_adds(&r->out, r->options.unknowns ? " left open" : " left open: see --unknowns");
    }
    if (t->not_analysed) {
        buf_adds(&r->out, ", ");
        count_of(&r->out, t->not_analysed, "resource");
        buf_adds(&r->out, " not analysed");
    }
    if (t->notes && !r->options.verbose) {
        buf_adds(&r->out, ", ");
        count_of(&r->out, t->notes, "note");
        buf_adds(&r->out, " with -v");
    }
    buf_adds(&r->out, ")\n");
}

/* "No watched port is reachable from outside": as far as everything was looked at. What a macro
 * writes, what stands in a nested stack that is not here, and what --select, --ignore or
 * --target-tag leave out is never called clean. */
static void write_nothing(struct report *r)
{
    const struct report_totals *t = &r->totals;
    const struct settings *s = r->options.settings;
    bool is_part = s != NULL && (s->is_narrowed || s->targets.n > 0);
    buf_adds(&r->out, t->errors ? "No finding, but the analysis is incomplete"
                      : t->by_state[BASELINE_UNCHANGED] ? "No new finding"
                      : t->suppressed                   ? "No finding that counts"
                      : is_part ? "No finding among the selected rules and resources"
                                : "No watched port is reachable from outside");
    if (!t->errors && t->macros) {
        buf_adds(&r->out, " by what is written; macros write other parts");
    } else if (!t->errors && t->not_analysed) {
        buf_adds(&r->out, " by what is analysed");
    }
    write_aside(r, ": ");
    write_scope(r);
}

static void write_summary(struct report *r)
{
    const struct report_totals *t = &r->totals;
    if (t->templates == 0) {
        buf_adds(&r->out,
                 t->errors ? "" : "Nothing to analyse: no CloudFormation template found.\n");
        return;
    }
    bool all = shows_unchanged(r);
    size_t unchanged = t->by_state[BASELINE_UNCHANGED];
    size_t shown = t->findings - (all ? 0 : unchanged);
    if (shown == 0) {
        write_nothing(r);
        return;
    }
    count_of(&r->out, shown, "finding");
    buf_addc(&r->out, ':');
    const char *comma = " ";
    for (unsigned s = SEVERITY_HIGH; s >= SEVERITY_INFORMATIONAL; s--) {
        size_t n = all ? t->by_severity[s] : t->shown[s];
        if (n) {
            buf_addf(&r->out, "%s%zu %s", comma, n, severity_name((enum severity)s));
            comma = ", ";
        }
    }
    write_aside(r, ", ");
    write_scope(r);
}

static void end(struct report *r, const struct diags *d, struct source_set *sources,
                int exit_code UNUSED)
{
    if (r->options.baseline && !r->options.quiet) {
        write_absent(r);
    }
    write_diags(r, d, sources);
    if (r->options.flows) {
        text_flows_end(r);
    } else if (!r->options.quiet) {
        write_summary(r);
    }
}

const struct report_format report_text = {
    "text", "for people: source line, path, what to do", true, true, begin, add, end,
};
