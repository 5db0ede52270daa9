/*
 * argv in, exit status out.
 */

#include <signal.h>

#include "cli/cmd_path.h"
#include "cli/config.h"
#include "cli/run.h"

static int run_version(struct cli_options *o)
{
    return run_print(o, STR("cfnreach " CFNREACH_VERSION "\n"));
}

static int run_command(struct cli_options *o)
{
    switch (o->command) {
    case COMMAND_LINT:
    case COMMAND_FLOWS:
    case COMMAND_FIX:
    case COMMAND_DIFF:
        return run_lint(o);
    case COMMAND_PATH:
        return run_path(o);
    case COMMAND_RULES:
        return run_rules(o);
    case COMMAND_EXPLAIN:
        return run_explain(o);
    case COMMAND_CONFIG:
        return run_config(o);
    case COMMAND_MERGE:
        return run_merge(o);
    case COMMAND_COMPLETION:
        return run_completion(o);
    case COMMAND_MAN:
        return run_man(o);
    case COMMAND_VERSION:
        return run_version(o);
    case COMMAND_HELP:
        return run_help(o);
    }
    BUG("no command %u", (unsigned)o->command);
}

/* A reader that has gone and a file that may not grow are failures of a write like any other:
 * with a message and status 2, and after the files that were asked for have been written. */
static void writes_fail_with_words(void)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

int main(int argc, char **argv)
{
    writes_fail_with_words();
    struct arena arena = {0};
    struct cli_options options = {.arena = &arena, .gate = SEVERITY_MEDIUM};
    struct buf why;
    buf_init(&why);
    int status;
    if (!cli_parse(&options, argc, argv, &why)) {
        status = run_fail("%s\nRun `cfnreach help` for the commands and their options.", why.p);
    } else if (options.help) {
        options.paths.n = 0;
        for (size_t i = 0; i < cli_command_count; i++) {
            if (cli_command_table[i].command == options.command &&
                options.command != COMMAND_HELP) {
                *VEC_ADD(&arena, &options.paths) = str_from(cli_command_table[i].name);
            }
        }
        status = run_help(&options);
    } else {
        status = run_command(&options);
    }
    buf_release(&why);
    arena_release(&arena);
    return status;
}
