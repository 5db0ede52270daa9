/*
 * The whole pipeline on one screen: sources, parameters and policy into findings.
 *
 *     sources -doc-> trees -cfn-> unit -topology-> world -reach-> flows -policy-> findings
 *
 * A unit has one template, or several that form one network (plan.h finds out which). A source's
 * bytes may be replaced by edited ones, which is how fixes are proven.
 */
#ifndef CFNREACH_ANALYSIS_ANALYSIS_H
#define CFNREACH_ANALYSIS_ANALYSIS_H

#include "policy/finding.h"

struct analysis_options {
    struct cfn_options cfn;
    struct settings *settings;                /* NULL: stop after the flows */
    struct str today;                         /* "YYYY-MM-DD" */
    const struct topology_assumption *assume; /* --assume, and what the policy assumes */
    size_t assume_n;
    /* For comparing with another analysis, not for reports: without the unreached interfaces,
     * and findings without words, paths, related places and suppressions. */
    bool brief;
    uint64_t (*ticks)(void); /* NULL: times are not taken */
};

/* A template of a unit. */
struct analysis_input {
    struct str path;  /* what messages show */
    struct str bytes; /* not copied: they must outlive the analysis */
    bool has_nul;     /* a NUL follows them: saves the reader a copy */
    struct doc *doc;  /* NULL, or of the only template of a unit: its tree, read without a fault
                         from these bytes; outlives the analysis, and no other one has it */
    struct str name;  /* shown before logical ids; "" for the only one */
    struct str stack_name;
    struct cfn_given *given; /* values of parameters for it alone */
    size_t given_n;
    bool is_nested; /* it is no stack of its own, but the template of nested ones */
};

/* Stack `resource` of input `parent` is made from input `child`. */
struct analysis_nesting {
    size_t parent;
    struct str resource;
    size_t child;
};

struct analysis_unit {
    const struct analysis_input *inputs;
    size_t input_n;
    const struct analysis_nesting *nestings;
    size_t nesting_n;
};

/* A file of the unit, beside its input. */
struct analysis_file {
    struct source *source;
    struct doc *doc;
};

/* What an analysis spends its time on, in this order. */
enum analysis_stage {
    ANALYSIS_READ,
    ANALYSIS_EVALUATE,
    ANALYSIS_BUILD,
    ANALYSIS_REACH,
    ANALYSIS_JUDGE,
    ANALYSIS_STAGES
};

/* One unit, from bytes to findings. Everything is in its arena; NULL members are stages that
 * were not reached (the diagnostics say why). */
struct analysis {
    struct arena *arena;
    struct analysis_unit made_of; /* a copy */
    struct source_set sources;
    struct analysis_file *files; /* at least one, in the order of the inputs */
    size_t file_n;
    struct source *source; /* of the first */
    struct doc *doc;       /* of the first */
    struct diags diags;
    struct cfn_unit *unit;
    struct topology *topology;
    struct reach *reach;
    struct reach_answer answer;
    struct findings *findings;
    uint64_t spent[ANALYSIS_STAGES]; /* by the options' clock */
    uint64_t since;                  /* what it said when the last stage ended */
};

/* Analyses the templates of a unit, of which there is at least one. Never NULL. */
struct analysis *analysis_run_unit(struct arena *a, const struct analysis_unit *unit,
                                   const struct analysis_options *options);

/* The same for a unit of one template. path is what messages show; bytes are not copied and must
 * outlive the analysis. */
struct analysis *analysis_run(struct arena *a, struct str path, struct str bytes,
                              const struct analysis_options *options);

/* Once more, with other bytes for one of the sources of `before`. */
struct analysis *analysis_run_edited(struct arena *a, const struct analysis *before,
                                     const struct source *source, struct str bytes,
                                     const struct analysis_options *options);

/* The file that a place is in; the first one for SPAN_NONE. */
const struct analysis_file *analysis_file_of(const struct analysis *n, struct span at);

#endif
