/*
 * The part of `diff` that is not the loop of run.c: which two sides there are, what is taken from
 * each analysis, and the answer. Comparing is analysis/flow_diff.h.
 */
#ifndef CFNREACH_CLI_CMD_DIFF_H
#define CFNREACH_CLI_CMD_DIFF_H

#include "cli/discover.h"
#include "cli/options.h"

struct cmd_diff;

/* NULL after a message: a wrong call. */
struct cmd_diff *cmd_diff_begin(struct cli_options *o);

/* Starts the next side: OLD, then NEW. Is it one of git's? */
bool cmd_diff_discover(struct cmd_diff *d, struct str path, struct found *found,
                       struct diags *diags);

/* An analysis of the side. */
void cmd_diff_take(struct cmd_diff *d, const struct analysis *a);

/* After both sides; how many changes count for the exit status. */
size_t cmd_diff_compare(struct cmd_diff *d);

/* Writes the outputs; `status`, or STATUS_ERROR after a message. */
int cmd_diff_write(struct cmd_diff *d, int status);

#endif
