/*
 * Runs a command of the command line in a child process and keeps what it prints.
 */
#ifndef CFNREACH_TESTS_CLI_CAPTURED_H
#define CFNREACH_TESTS_CLI_CAPTURED_H

#include "cli/run.h"

struct captured {
    int status;
    struct str out; /* standard output and error together */
};

/* `line`: words separated by single blanks, without "cfnreach". */
struct captured captured(struct arena *a, int (*command)(struct cli_options *o), const char *line);

#endif
