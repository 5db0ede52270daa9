/*
 * What the targets that read files share: what holds of every tree, every diagnostic and every
 * analysis, whatever was read.
 */
#ifndef CFNREACH_FUZZ_READING_H
#define CFNREACH_FUZZ_READING_H

#include "analysis/analysis.h"
#include "fuzz/target.h"

/* What reading anything needs. reading_end checks the diagnostics and frees all of it. */
struct reading {
    struct arena arena;
    struct source_set sources;
    struct diags diags;
};
void reading_begin(struct reading *r);
void reading_end(struct reading *r);

/* The built-in policies, read once. */
struct settings *policy_default(void);
struct settings *policy_inspector(void);

/* Any bytes give a tree of which tree_check holds and which can be printed, or an error. The name
 * says which reader ("t.json"). */
void document_check(const char *name, struct str bytes);

/* A template of ours under options that come from the input: what must be known of it is. */
void template_check(struct arena *a, const char *yaml, const struct analysis_options *options);

/* An instance that the world reaches on every port. */
extern const char *const open_instance;

/* Every span of the tree lies inside the source, children of what is written inside their
 * parents, in order; parents and indices are what they say. */
void tree_check(const struct doc *doc);

/* Every diagnostic has a message and, if any, places inside its source. */
void diags_check(const struct diags *d, const struct source_set *sources);
void span_check(struct span at, const struct source_set *sources);

#endif
