/*
 * The command `fix`: fixes of one template applied one after another, printed as a diff or
 * written in place. What became of each finding is said on stderr.
 */
#ifndef CFNREACH_CLI_CMD_FIX_H
#define CFNREACH_CLI_CMD_FIX_H

#include "cli/options.h"

/* Fixes one template. The diff is appended to out; files that cannot be written are diagnostics.
 * ids_seen lies beside o->only. Returns the analysis of what the file holds afterwards (with
 * --diff: would hold). */
const struct analysis *cmd_fix_one(struct cli_options *o, bool *ids_seen,
                                   const struct analysis *analysis,
                                   const struct analysis_options *options, struct buf *out,
                                   struct diags *diags);

/* After the last template: ids of --only that no finding has are a mistake in the call. */
void cmd_fix_ids(const struct cli_options *o, const bool *ids_seen, struct diags *diags);

#endif
