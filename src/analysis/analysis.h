/*
 * The whole pipeline on one screen: sources, parameters and policy into findings.
 *
 *     source -doc-> tree -cfn-> unit -topology-> world -reach-> flows -policy-> findings
 *
 * A source's bytes may be replaced by edited ones, which is how fixes are proven.
 */
#ifndef CFNREACH_ANALYSIS_ANALYSIS_H
#define CFNREACH_ANALYSIS_ANALYSIS_H

#include "policy/finding.h"

struct analysis_options {
    struct cfn_options cfn;
    struct settings *settings; /* NULL: stop after the flows */
    struct str today;          /* "YYYY-MM-DD" */
    /* For comparing with another analysis, not for reports: without the unreached interfaces,
     * and findings without words, paths, related places and suppressions. */
    bool brief;
};

/* One unit, from bytes to findings. Everything is in its arena; NULL members are stages that
 * were not reached (the diagnostics say why). */
struct analysis {
    struct arena *arena;
    struct source_set sources;
    struct source *source; /* of the template */
    struct diags diags;
    struct doc *doc;
    struct cfn_unit *unit;
    struct topology *topology;
    struct reach *reach;
    struct reach_answer answer;
    struct findings *findings;
};

/* Analyses one template. path is what messages show; bytes are not copied and must outlive
 * the analysis. Never NULL. */
struct analysis *analysis_run(struct arena *a, struct str path, struct str bytes,
                              const struct analysis_options *options);

#endif
