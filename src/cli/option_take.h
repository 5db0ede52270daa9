/*
 * The functions that rows of the option table name in `take`. Each takes the value of the
 * option `row` into `o`; false after it has written a message of one line to `why`.
 */
#ifndef CFNREACH_CLI_OPTION_TAKE_H
#define CFNREACH_CLI_OPTION_TAKE_H

#include "cli/options.h"

typedef bool cli_take(struct cli_options *o, const struct cli_option *row, struct str value,
                      struct buf *why);

/* Into the field of the row: a bool; a struct str that may not be empty; a struct cli_texts;
 * the same, of the form NAME=VALUE; an unsigned (row->first + the index in row->words); an
 * unsigned, row->first. */
cli_take take_switch, take_text, take_list, take_pair, take_word, take_this;

/* Those with a rule of their own. */
cli_take take_format, take_write_baseline, take_parameter, take_assumption, take_today;
cli_take take_event_time, take_port, take_jobs, take_select, take_ignore, take_help, take_shard;

/* "; did you mean 'X'?" if one of the words is near; prefix stands before it. */
void take_hint(struct buf *why, struct str given, const struct str *words, size_t n,
               const char *prefix);

#endif
