/*
 * Sums over the analyses of a run, and the lines that show them.
 */
#include "cli/stats.h"

void stats_add(struct stats *s, const struct analysis *a)
{
    s->templates += a->file_n;
    for (size_t i = 0; i < a->file_n; i++) {
        s->bytes += a->files[i].source->bytes.n;
    }
    for (size_t i = 0; a->unit != NULL && i < a->unit->templates.n; i++) {
        s->resources += a->unit->templates.at[i]->resources.n;
    }
    s->interfaces += a->topology != NULL ? a->topology->world->interfaces.n : 0;
    s->flows += a->answer.flow_n;
    s->findings += a->findings != NULL ? a->findings->all.n : 0;
    s->diagnostics += a->diags.all.n;
    for (size_t i = 0; i < ANALYSIS_STAGES; i++) {
        s->spent[i] += a->spent[i];
    }
}

static void line(struct buf *out, const char *name, uint64_t nanoseconds)
{
    buf_addf(out, "  %-10s %10.3f ms\n", name, (double)nanoseconds / 1e6);
}

void stats_write(const struct stats *s, uint64_t elapsed, struct buf *out)
{
    static const char *const names[ANALYSIS_STAGES] = {"read", "evaluate", "build", "reach",
                                                       "judge"};
    buf_addf(out,
             "cfnreach: %zu templates (%zu bytes), %zu resources, %zu interfaces, %zu flows, "
             "%zu findings, %zu diagnostics\n",
             s->templates, s->bytes, s->resources, s->interfaces, s->flows, s->findings,
             s->diagnostics);
    for (size_t i = 0; i < ANALYSIS_STAGES; i++) {
        line(out, names[i], s->spent[i]);
    }
    line(out, "fixes", s->fixes);
    line(out, "reports", s->reports);
    line(out, "elapsed", elapsed);
}
