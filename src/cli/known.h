/*
 * The baseline of a run: the file of --baseline, and which files of it there still are. What is
 * made of it is policy/baseline.h.
 */
#ifndef CFNREACH_CLI_KNOWN_H
#define CFNREACH_CLI_KNOWN_H

#include "cli/discover.h"
#include "cli/options.h"

/* Reads the log that --baseline names. NULL without that option, and after an error in `d`. A
 * file that does not exist yet is an empty baseline if --write-baseline will write it. */
struct baseline *known_read(struct cli_options *o, struct diags *d);

/* The file that --write-baseline names, else that of --baseline; "" if there is none. */
struct str known_target(const struct cli_options *o);

/* Tells the baseline which files are looked at. */
void known_files(struct baseline *b, const struct cli_options *o, const struct report_options *r,
                 const struct found *found);

/* Marks the findings of an analysis. */
void known_mark(struct baseline *b, const struct report_options *r, struct analysis *a);

/* After the last analysis: which of its files still exist. */
void known_end(struct baseline *b, const struct report_options *r);

#endif
