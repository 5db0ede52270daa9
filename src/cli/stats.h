/*
 * `--stats`: what a run has looked at, and where its time went, on stderr. Times are those of the
 * threads together; they are the only output that differs from run to run.
 */
#ifndef CFNREACH_CLI_STATS_H
#define CFNREACH_CLI_STATS_H

#include "analysis/analysis.h"
#include "base/buf.h"

struct stats {
    size_t templates;
    size_t bytes;
    size_t resources;
    size_t interfaces;
    size_t flows;
    size_t findings;
    size_t diagnostics;
    uint64_t spent[ANALYSIS_STAGES];
    uint64_t fixes;
    uint64_t reports;
};

void stats_add(struct stats *s, const struct analysis *a);

/* elapsed: of the whole run, in nanoseconds. */
void stats_write(const struct stats *s, uint64_t elapsed, struct buf *out);

#endif
