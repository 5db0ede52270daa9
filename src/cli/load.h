/*
 * Files into units of analysis: every file is looked at once to find out which belong together
 * (analysis/plan.h), and read again when its unit's turn comes, so that memory stays flat over
 * any number of them. What can be read only once (a pipe) is kept, and so are, up to a bound, the
 * trees of those that had to be read for planning.
 */
#ifndef CFNREACH_CLI_LOAD_H
#define CFNREACH_CLI_LOAD_H

#include <pthread.h>

#include "analysis/plan.h"
#include "cli/discover.h"
#include "cli/options.h"

struct load_file {
    struct str path; /* "-" : standard input */
    bool is_kept;
    struct str bytes;  /* if it is kept, or has a tree */
    struct arena tree; /* the bytes and the tree that planning has read, until its unit is loaded */
};

struct load {
    struct cli_options *o;
    struct arena *arena;
    struct source_set *sources; /* of files of parameters */
    struct diags *diags;        /* what cannot be read, what is no template */
    pthread_mutex_t saying;     /* units are loaded by several threads, and may add to diags */
    struct plan plan;
    VEC(struct load_file) files; /* beside plan.all */
    bool is_git;                 /* all paths are "git:REV:/path" (git_show.h); set after init */
    size_t tree_bytes;           /* kept in trees */
    size_t skipped;              /* files that are no templates and need not be */
};

void load_init(struct load *l, struct cli_options *o, struct source_set *sources,
               struct diags *diags);

/* Looks at all files, and at those that their nested stacks name, on as many threads as the call
 * wishes; makes the units. */
void load_plan(struct load *l, const struct found *found, const struct cfn_options *cfn);

/* Values that were given for one template, which declares no such parameter: a mistake in the
 * call. After all units have been analysed. */
void load_check_given(struct load *l);

/* Frees the trees of units that were not loaded. After it nothing can be loaded. */
void load_release(struct load *l);

/* Reads a unit into `a`. False, after a diagnostic, if a file has gone meanwhile. Different units
 * may be loaded by several threads. */
MUST_CHECK bool load_unit(struct load *l, struct arena *a, size_t unit, struct analysis_unit *out);

#endif
