/*
 * The life of a report, and the totals that every format shares.
 */
#include "report/report.h"

#include "report/formats.h"

struct report *report_begin(struct arena *a, const struct report_format *f, struct report_options o)
{
    struct report *r = ARENA_NEW(a, struct report);
    r->format = f;
    r->options = o;
    r->arena = a;
    buf_init(&r->out);
    f->begin(r);
    return r;
}

static void count_diags(struct report_totals *t, const struct diags *d)
{
    for (size_t i = 0; i < d->all.n; i++) {
        if (d->all.at[i].is_pending) {
            continue;
        }
        switch (diag_kind(d->all.at[i].id)->level) {
        case DIAG_ERROR:
            t->errors++;
            break;
        case DIAG_WARNING:
            t->warnings++;
            break;
        case DIAG_NOTE:
            t->notes++;
            t->macros += d->all.at[i].id == DIAG_MACRO;
            break;
        }
    }
}

static void count(struct report_totals *t, const struct analysis *a)
{
    t->templates += a->file_n;
    count_diags(t, &a->diags);
    if (a->topology) {
        t->interfaces += a->topology->world->interfaces.n;
        t->not_analysed += a->topology->not_analysed;
    }
    if (!a->findings) {
        return;
    }
    t->facts += a->findings->facts;
    for (size_t i = 0; i < a->findings->all.n; i++) {
        const struct finding *f = &a->findings->all.at[i];
        if (f->suppressed) {
            t->suppressed++;
        } else {
            t->findings++;
            t->by_severity[f->severity]++;
            t->by_state[f->baseline]++;
            t->shown[f->severity] += f->baseline != BASELINE_UNCHANGED;
        }
    }
}

void report_add(struct report *r, const struct analysis *a, const struct fixes *fixes)
{
    count(&r->totals, a);
    r->fixes = fixes;
    r->format->add(r, a);
    r->fixes = NULL;
}

struct fix_list report_fixes(const struct report *r, size_t i)
{
    return r->fixes != NULL && i < r->fixes->n ? r->fixes->of[i] : (struct fix_list){0};
}

/* Those that are settled: only a log that is merged later can hold the others. */
static struct diags settled(struct arena *a, const struct diags *d)
{
    struct diags out;
    diags_init(&out, a);
    out.errors = d->errors;
    out.dropped = d->dropped;
    for (size_t i = 0; i < d->all.n; i++) {
        if (!d->all.at[i].is_pending) {
            *VEC_ADD(a, &out.all) = d->all.at[i];
        }
    }
    return out;
}

void report_end(struct report *r, const struct diags *d, struct source_set *sources, int exit_code)
{
    struct diags shown = *d;
    if (r->format != &report_sarif) {
        shown = settled(r->arena, d);
    }
    count_diags(&r->totals, d);
    if (r->options.baseline != NULL) {
        r->totals.absent = baseline_absent(r->options.baseline, r->arena).n;
    }
    r->format->end(r, &shown, sources, exit_code);
}

void report_release(struct report *r)
{
    buf_release(&r->out);
}
