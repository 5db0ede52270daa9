/*
 * --assume, and what the policy file assumes: handed to every analysis, and checked at the end
 * against the facts that the templates have.
 */
#ifndef CFNREACH_CLI_ASSUMPTIONS_H
#define CFNREACH_CLI_ASSUMPTIONS_H

#include "analysis/analysis.h"
#include "cli/options.h"

struct assumptions {
    struct arena *arena;
    VEC(struct topology_assumption) all; /* the flags after those of the policy: they win */
    VEC(struct span) places;             /* beside them; SPAN_NONE of a flag */
    bool *fits;                          /* beside them: a fact of a template has this value */
    struct str *values;                  /* beside them: what it may be, where it does not fit */
    struct map seen;                     /* names of the facts of all templates */
    VEC(struct str) names;
    size_t noted; /* analyses that came as far as facts */
};

/* settings may be NULL. */
void assumptions_init(struct assumptions *x, const struct cli_options *o,
                      const struct settings *settings);
/* What the options of an analysis hold. */
void assumptions_give(const struct assumptions *x, struct analysis_options *options);
/* Notes which facts an analysis knows. Copies what it keeps. */
void assumptions_note(struct assumptions *x, const struct analysis *a);
/* A fact that no template has, or a value that it cannot have, is a mistake in the call. */
void assumptions_check(const struct assumptions *x, struct diags *d);

#endif
