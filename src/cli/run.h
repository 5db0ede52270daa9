/*
 * One run of `lint` or `flows`: files in, reports out, an exit status. The pipeline of one
 * template is analysis/analysis.h; this is the loop around it.
 */
#ifndef CFNREACH_CLI_RUN_H
#define CFNREACH_CLI_RUN_H

#include "cli/options.h"

/* Returns the exit status; what went wrong has been said on stderr or in the reports. */
int run_lint(struct cli_options *o);

/* rules, explain, version, help: print and return the status. */
int run_rules(struct cli_options *o);
int run_explain(struct cli_options *o);
int run_help(struct cli_options *o);

/* merge: SARIF logs into one; the status is that of the run whose parts they are. */
int run_merge(struct cli_options *o);

/* completion, man: made from the tables (completion.c, manual.c). */
int run_completion(struct cli_options *o);
int run_man(struct cli_options *o);

/* Writes bytes to standard output; 0, or 2 after a message on stderr. */
int run_print(struct cli_options *o, struct str bytes);

/* "cfnreach: MESSAGE" on stderr; returns STATUS_ERROR. */
int run_fail(const char *fmt, ...) PRINTF_LIKE(1, 2);

#endif
