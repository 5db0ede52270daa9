/*
 * -f junit: the XML that CI systems show as test results. A suite for each analysis, a case for
 * each finding: it fails at or above --fail-on, else it passes and says what was found; a
 * suppressed one is skipped. What could not be analysed is an error, never a pass.
 *
 *     <testsuite name="net.yaml" tests="2" failures="1" errors="0" skipped="0">
 *       <testcase classname="net.yaml" name="CFNR102 internet-ssh: Grp/Properties/..." ...>
 *         <failure type="medium" message="SSH (tcp port 22) of 'Web' can be ...">...</failure>
 */
#include "base/utf8.h"
#include "report/formats.h"
#include "report/words.h"

struct junit {
    struct buf suites; /* the counts stand before them in the document */
    size_t tests;
    size_t failures;
    size_t errors;
    size_t skipped;
};

/* One suite while its cases are written. */
struct suite {
    struct str name;
    struct buf cases;
    struct junit count;
};

static void begin(struct report *r)
{
    struct junit *j = ARENA_NEW(r->arena, struct junit);
    buf_init(&j->suites);
    r->state = j;
}

/* XML 1.0 has no way to write most control characters: they are shown as utf8_sanitise does. */
static void add_xml(struct buf *out, struct str text)
{
    struct buf clean;
    buf_init(&clean);
    utf8_sanitise(&clean, text);
    for (size_t i = 0; i < clean.n; i++) {
        switch (clean.p[i]) {
        case '&':
            buf_adds(out, "&amp;");
            break;
        case '<':
            buf_adds(out, "&lt;");
            break;
        case '>':
            buf_adds(out, "&gt;");
            break;
        case '"':
            buf_adds(out, "&quot;");
            break;
        case '\n':
            buf_adds(out, "&#10;");
            break;
        default:
            buf_addc(out, clean.p[i]);
        }
    }
    buf_release(&clean);
}

static void attribute(struct buf *out, const char *name, struct str value)
{
    buf_addf(out, " %s=\"", name);
    add_xml(out, value);
    buf_addc(out, '"');
}

static void line(struct buf *out, const char *name, struct str text)
{
    if (text.n) {
        add_xml(out, str_from(name));
        add_xml(out, text);
        buf_addc(out, '\n');
    }
}

static void write_details(struct buf *out, struct arena *scratch, const struct words_place *p,
                          const struct finding *f)
{
    add_xml(out, p->file);
    buf_addf(out, ":%u:%u\n", p->begin.line, p->begin.column);
    line(out, "", f->message);
    line(out, "only if ", words_witness(scratch, f->witness, f->witness_n));
    for (size_t i = 0; f->endpoints.n && i < f->endpoints.at[0].path_n; i++) {
        line(out, "  ", f->endpoints.at[0].path[i].text);
    }
    line(out, "", f->settle);
    line(out, "", f->advice);
}

/* <testcase ... file line>, left open. */
static void open_case(struct suite *s, struct str name, const struct words_place *p)
{
    buf_adds(&s->cases, "    <testcase");
    attribute(&s->cases, "classname", s->name);
    attribute(&s->cases, "name", name);
    if (p->begin.line) {
        attribute(&s->cases, "file", p->file);
        buf_addf(&s->cases, " line=\"%u\"", p->begin.line);
    }
    buf_adds(&s->cases, ">\n");
    s->count.tests++;
}

static void add_finding(struct suite *s, const struct report *r, struct arena *scratch,
                        struct source_set *sources, const struct finding *f)
{
    struct words_place p = words_place(sources, f->at);
    struct str title = words_title(f->message);
    open_case(s,
              str_format(scratch, "%s %s: %.*s/%.*s", f->rule->id, f->rule->name,
                         STR_ARG(f->resource), STR_ARG(f->property)),
              &p);
    if (f->suppressed) {
        s->count.skipped++;
        buf_adds(&s->cases, "      <skipped");
        attribute(&s->cases, "message", f->suppression_reason);
        buf_adds(&s->cases, "/>\n");
    } else if ((unsigned)f->severity >= r->options.gate) {
        s->count.failures++;
        buf_addf(&s->cases, "      <failure type=\"%s\"", severity_name(f->severity));
        attribute(&s->cases, "message", title);
        buf_addc(&s->cases, '>');
        write_details(&s->cases, scratch, &p, f);
        buf_adds(&s->cases, "</failure>\n");
    } else {
        buf_addf(&s->cases, "      <system-out>%s, below the gate\n", severity_name(f->severity));
        write_details(&s->cases, scratch, &p, f);
        buf_adds(&s->cases, "</system-out>\n");
    }
    buf_adds(&s->cases, "    </testcase>\n");
}

static void add_errors(struct suite *s, struct source_set *sources, const struct diags *d)
{
    for (size_t i = 0; i < d->all.n; i++) {
        const struct diag *g = &d->all.at[i];
        if (diag_kind(g->id)->level != DIAG_ERROR) {
            continue;
        }
        struct words_place p = words_place(sources, g->at);
        s->count.errors++;
        open_case(s, str_from(diag_kind(g->id)->id), &p);
        buf_adds(&s->cases, "      <error");
        attribute(&s->cases, "message", g->message);
        buf_adds(&s->cases, "/>\n    </testcase>\n");
    }
}

/* Moves the suite into the document. */
static void close_suite(struct report *r, struct suite *s)
{
    struct junit *j = r->state;
    const struct junit *n = &s->count;
    buf_adds(&j->suites, "  <testsuite");
    attribute(&j->suites, "name", s->name);
    buf_addf(&j->suites, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\">\n",
             n->tests, n->failures, n->errors, n->skipped);
    buf_add(&j->suites, buf_str(&s->cases));
    buf_adds(&j->suites, "  </testsuite>\n");
    j->tests += n->tests;
    j->failures += n->failures;
    j->errors += n->errors;
    j->skipped += n->skipped;
    buf_release(&s->cases);
}

static void add(struct report *r, const struct analysis *a)
{
    struct arena scratch = {0};
    struct source_set sources = a->sources;
    struct suite s = {.name = a->source->path};
    for (size_t i = 1; i < a->file_n; i++) {
        s.name =
            str_format(&scratch, "%.*s, %.*s", STR_ARG(s.name), STR_ARG(a->files[i].source->path));
    }
    buf_init(&s.cases);
    for (size_t i = 0; a->findings && i < a->findings->all.n; i++) {
        add_finding(&s, r, &scratch, &sources, &a->findings->all.at[i]);
    }
    add_errors(&s, &sources, &a->diags);
    if (s.count.tests == 0) { /* a suite without a case is taken for one that did not run */
        struct words_place nowhere = {.begin = {0}};
        open_case(&s, STR("no watched port is reachable from outside"), &nowhere);
        buf_adds(&s.cases, "    </testcase>\n");
    }
    close_suite(r, &s);
    arena_release(&scratch);
}

static void end(struct report *r, const struct diags *d, struct source_set *sources,
                int exit_code UNUSED)
{
    struct junit *j = r->state;
    struct suite s = {.name = STR("cfnreach")};
    buf_init(&s.cases);
    add_errors(&s, sources, d);
    if (s.count.tests) {
        close_suite(r, &s);
    }
    buf_release(&s.cases);
    buf_addf(&r->out,
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<testsuites name=\"cfnreach\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" "
             "skipped=\"%zu\">\n",
             j->tests, j->failures, j->errors, j->skipped);
    buf_add(&r->out, buf_str(&j->suites));
    buf_adds(&r->out, "</testsuites>\n");
    buf_release(&j->suites);
}

const struct report_format report_junit = {
    "junit", "test results for CI systems", true, false, begin, add, end,
};
