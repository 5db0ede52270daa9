/*
 * The command `path`: can this be reached from there, and why, or why not?
 */
#ifndef CFNREACH_CLI_CMD_PATH_H
#define CFNREACH_CLI_CMD_PATH_H

#include "cli/options.h"

/* Status 0: reachable or possible; 1: blocked; 2: a wrong call or an incomplete analysis. */
int run_path(struct cli_options *o);

#endif
