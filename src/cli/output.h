/*
 * The outputs of a command, `-f FORMAT[=FILE]`: which there are, and where their bytes go. What is
 * said beside them goes to stderr, so that programs can read an answer.
 */
#ifndef CFNREACH_CLI_OUTPUT_H
#define CFNREACH_CLI_OUTPUT_H

#include "cli/options.h"

/* Text on standard output if no format is asked for. False after a message: a format for which
 * `belongs` is false, or two on standard output. */
bool output_begin(struct cli_options *o, bool (*belongs)(const struct report_format *f));

/* Into the file, or to standard output if it has no name; 0, or 2 after a message. */
int output_write(struct cli_options *o, struct str file, struct str bytes);

/* "cfnreach: PATH:LINE:COLUMN: TEXT" on stderr, whatever bytes they hold; without a place if the
 * line is 0, without a path if it is empty. */
void output_say(struct str path, struct position at, struct str text);

#endif
