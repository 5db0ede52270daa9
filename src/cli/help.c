/*
 * The help pages, made from the tables in options.c.
 */
#include "cli/options.h"

enum { COLUMN = 30 };

/* "  -f, --format FORMAT[=FILE]   how to report" */
static void write_option(const struct cli_option *option, struct buf *out)
{
    size_t begin = out->n;
    if (option->letter) {
        buf_addf(out, "  -%c, --%s", option->letter, option->name);
    } else {
        buf_addf(out, "      --%s", option->name);
    }
    if (option->value) {
        buf_addf(out, option->value[0] == '[' ? "%s" : " %s", option->value);
    }
    size_t width = out->n - begin;
    if (width + 2 > COLUMN) {
        buf_addc(out, '\n');
        width = 0;
    }
    buf_pad(out, ' ', COLUMN - width);
    buf_addf(out, "%s\n", option->text);
}

static void write_options(unsigned commands, bool all, struct buf *out)
{
    for (size_t i = 0; i < cli_option_count; i++) {
        const struct cli_option *option = &cli_option_table[i];
        if ((option->commands & commands) && (all || !option->rare)) {
            write_option(option, out);
        }
    }
}

static size_t rare_options(unsigned commands)
{
    size_t n = 0;
    for (size_t i = 0; i < cli_option_count; i++) {
        n += (cli_option_table[i].commands & commands) && cli_option_table[i].rare;
    }
    return n;
}

static void write_overview(bool all, struct buf *out)
{
    buf_adds(out, "cfnreach: which ports would a CloudFormation template expose, and to whom?\n\n"
                  "usage: cfnreach COMMAND [OPTION...] [PATH...]\n\n");
    for (size_t i = 0; i < cli_command_count; i++) {
        const struct cli_command_row *row = &cli_command_table[i];
        size_t begin = out->n;
        buf_addf(out, "  %s %s", row->name, row->arguments);
        size_t width = out->n - begin;
        buf_pad(out, ' ', width < COLUMN ? COLUMN - width : 1);
        buf_addf(out, "%s\n", row->text);
    }
    if (all) {
        buf_adds(out, "\nOptions of all commands:\n\n");
        write_options(UINT32_MAX, true, out);
    } else {
        buf_adds(out, "\n`cfnreach help COMMAND` lists the options of a command.\n");
    }
}

void cli_help(const struct cli_command_row *row, bool all, struct buf *out)
{
    if (!row) {
        write_overview(all, out);
    } else {
        size_t rare = rare_options((unsigned)row->command);
        buf_addf(out, "usage: cfnreach %s [OPTION...] %s\n\n%s\n\n", row->name, row->arguments,
                 row->text);
        write_options((unsigned)row->command, all, out);
        if (!all && rare) {
            buf_addf(out, "\n`cfnreach %s --help=all` lists %zu more.\n", row->name, rare);
        }
    }
    if (row && row->note) {
        buf_addf(out, "\n%s", row->note);
    }
    buf_addf(out,
             "\nExit status: %s; 2 wrong call,\n"
             "unreadable input, or an incomplete analysis.\n",
             row ? row->exits : cli_command_table[0].exits);
}
