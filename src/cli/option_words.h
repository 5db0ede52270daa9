/*
 * What may stand after an option or a command, for whoever offers it to a user who is typing.
 */
#ifndef CFNREACH_CLI_OPTION_WORDS_H
#define CFNREACH_CLI_OPTION_WORDS_H

#include "cli/options.h"

struct option_words {
    struct cli_texts words; /* in the order of their tables; may be empty */
    bool paths;             /* a file or folder may stand there */
};

/* Of a switch: nothing. The list is in the arena, the words are static. */
struct option_words option_words(struct arena *a, const struct cli_option *row);

/* What is left on the line of a command. */
struct option_words option_arguments(struct arena *a, const struct cli_command_row *row);

extern const char *const option_shells[]; /* of `completion`; up to a NULL */

#endif
