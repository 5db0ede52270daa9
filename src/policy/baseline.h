/*
 * A baseline: the results of an earlier run, by which those of this one are new, unchanged,
 * updated or absent. Results are known by the fingerprint that says what a rule says, never
 * where it stands (place.c).
 *
 *     result of the same file, else of a file that is no part of this run
 *         none: new       one: updated if it became worse, else unchanged
 *
 * The second half is what finds results again after a file was renamed, or YAML was turned into
 * JSON; each old result is taken once, so that a copy of a template is new.
 */
#ifndef CFNREACH_POLICY_BASELINE_H
#define CFNREACH_POLICY_BASELINE_H

#include "policy/finding.h"
#include "policy/settings.h"
#include "sarif/sarif.h"

const char *baseline_state_name(enum baseline_state s); /* "unchanged"; static; not of NONE */

struct baseline;

/* Reads a SARIF log of cfnreach; NULL, with words for the message, if it is none. Empty bytes are
 * a baseline without results. */
struct baseline *baseline_read(struct arena *a, struct str bytes, struct str *why);

/* Of rules that are off in this run nothing is said to be absent. NULL: all are on. */
void baseline_settings(struct baseline *b, const struct settings *s);

/* A file of this run, before the first finding of it is marked. */
void baseline_file(struct baseline *b, struct str uri);
/* It could not be analysed to the end: nothing is said to be absent from it. */
void baseline_incomplete(struct baseline *b, struct str uri);

/* Sets finding.baseline. uri is that of the file of finding.at. */
void baseline_mark(struct baseline *b, struct finding *f, struct str uri);

/* The files that the baseline has results of. */
size_t baseline_file_count(const struct baseline *b);
struct str baseline_file_uri(const struct baseline *b, size_t i);
/* File i still exists, though it may be no part of this run. */
void baseline_exists(struct baseline *b, size_t i);

struct baseline_absent {
    const struct sarif_old *const *at; /* in the order of the log */
    size_t n;
};

/* The results that were not found again. Left out are those of files that exist but are no part
 * of this run, unless this run has none of the baseline's files: then it is the same thing under
 * other names. Good after the last finding was marked. */
struct baseline_absent baseline_absent(const struct baseline *b, struct arena *a);

#endif
