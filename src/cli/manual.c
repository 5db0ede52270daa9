/*
 * `cfnreach man`: the manual page in mdoc, made from the tables of commands and options. Prose
 * that is in no table stands here once, and not in the help pages.
 */
#include "cli/option_take.h"
#include "cli/option_words.h"
#include "cli/run.h"

/* Of the last change of the prose here, so that the page is the same whenever it is made. */
#define PAGE_DATE "November 22, 2026"

static const char description[] =
    ".Sh DESCRIPTION\n"
    ".Nm\n"
    "reads CloudFormation templates, builds the network that they would deploy,\n"
    "and tells before deployment which ports can be reached from where, along\n"
    "which path, and what to do about it.\n"
    "It never opens a socket.\n"
    ".Pp\n"
    "A path in the place of the command means\n"
    ".Cm lint .\n"
    "Folders are searched for\n"
    ".Pa .yaml , .yml , .json , .template , .cfn\n"
    "and\n"
    ".Pa .jsn\n"
    "files that look like templates;\n"
    ".Sq -\n"
    "is standard input.\n";

static const char surroundings[] =
    ".Sh ENVIRONMENT\n"
    ".Bl -tag -width Ds\n"
    ".It Ev CFNREACH_POLICY , CFNREACH_FAIL_ON , ...\n"
    "Any key of the configuration file that stands for an option; wins over the\n"
    "file, and flags win over it.\n"
    ".It Ev NO_COLOR\n"
    "No colours, unless\n"
    ".Fl -color Ar always\n"
    "asks for them.\n"
    ".It Ev FORCE_COLOR , CLICOLOR_FORCE\n"
    "Colours, even if standard output is no terminal.\n"
    ".El\n"
    ".Sh FILES\n"
    ".Bl -tag -width Ds\n"
    ".It Pa .cfnreach.yaml\n"
    "The closest one upwards from what is looked at, up to the folder with\n"
    ".Pa .git .\n"
    ".Cm config\n"
    "shows what holds and where it comes from.\n"
    ".El\n"
    ".Sh EXIT STATUS\n"
    ".Bl -tag -width Ds\n"
    ".It 0\n"
    "Nothing at or above\n"
    ".Fl -fail-on ;\n"
    "of\n"
    ".Cm path :\n"
    "reachable or possible.\n"
    ".It 1\n"
    "Findings; of\n"
    ".Cm path :\n"
    "blocked.\n"
    ".It 2\n"
    "A wrong call, unreadable input, or an incomplete analysis.\n"
    "Findings are printed all the same.\n"
    ".El\n"
    ".Sh EXAMPLES\n"
    "What a folder of templates would expose, as text and as a log for code scanning:\n"
    ".Pp\n"
    ".Dl cfnreach lint -f text -f sarif=out.sarif templates\n"
    ".Pp\n"
    "Why a database cannot be reached:\n"
    ".Pp\n"
    ".Dl cfnreach path app.yaml --from internet --to Database --port 3306\n"
    ".Pp\n"
    "Close what can be closed without cutting anything else off:\n"
    ".Pp\n"
    ".Dl cfnreach fix --write app.yaml\n"
    ".Sh SEE ALSO\n"
    ".Lk https://github.com/cfnreach/cfnreach\n";

/* In running text: no line begins with a control character, and what roff would change stands as
 * written. */
static void add_text(struct buf *out, const char *text)
{
    for (const char *c = text; *c; c++) {
        switch (*c) {
        case '\\':
            buf_adds(out, "\\e");
            break;
        case '`':
            buf_adds(out, "\\(ga");
            break;
        case '\'':
            buf_adds(out, "\\(aq");
            break;
        case '"':
            buf_adds(out, "\\(dq");
            break;
        default:
            buf_addc(out, *c);
        }
    }
}

/* As a sentence. */
static void add_sentence(struct buf *out, const char *text)
{
    buf_adds(out, "\\&");
    add_text(out, text);
    buf_adds(out, str_ends(str_from(text), STR("?")) ? "\n" : ".\n");
}

/* As the argument of a macro: one word, never a delimiter. */
static void add_argument(struct buf *out, const char *text)
{
    buf_adds(out, " \\&");
    add_text(out, text);
}

static void add_commands(struct buf *out)
{
    buf_adds(out, ".Sh COMMANDS\n.Bl -tag -width Ds\n");
    for (size_t i = 0; i < cli_command_count; i++) {
        const struct cli_command_row *row = &cli_command_table[i];
        buf_addf(out, ".It Cm %s", row->name);
        if (row->arguments[0]) {
            buf_adds(out, " Ar");
            add_argument(out, row->arguments);
        }
        buf_adds(out, "\n");
        add_sentence(out, row->text);
    }
    buf_adds(out, ".El\n");
}

/* "Of lint, fix." */
static void add_owners(const struct cli_option *row, struct buf *out)
{
    if (row->commands == UINT32_MAX) {
        return;
    }
    buf_adds(out, "Of\n");
    size_t n = 0;
    for (size_t i = 0; i < cli_command_count; i++) {
        if (row->commands & (unsigned)cli_command_table[i].command) {
            buf_addf(out, "%s.Cm %s", n++ ? " ,\n" : "", cli_command_table[i].name);
        }
    }
    buf_adds(out, " .\n");
}

static void add_option(struct arena *a, const struct cli_option *row, struct buf *out)
{
    struct option_words w = option_words(a, row);
    buf_adds(out, ".It");
    if (row->letter) {
        buf_addf(out, " Fl %c ,", row->letter);
    }
    buf_addf(out, " Fl -%s", row->name);
    if (row->value) {
        buf_adds(out, row->value[0] == '[' ? " Ns Ar" : " Ar");
        add_argument(out, row->value);
    }
    buf_adds(out, "\n");
    add_sentence(out, row->text);
    if (w.words.n && row->take != take_select && row->take != take_ignore) {
        buf_adds(out, "Words:\n");
        for (size_t i = 0; i < w.words.n; i++) {
            buf_addf(out, ".Cm %.*s%s\n", STR_ARG(w.words.at[i]), i + 1 < w.words.n ? " ," : " .");
        }
    }
    add_owners(row, out);
}

int run_man(struct cli_options *o)
{
    if (o->paths.n) {
        return run_fail("`man` takes no argument; `cfnreach man | man -l -` shows the page");
    }
    struct buf out;
    buf_init(&out);
    buf_adds(&out, ".\\\" Made by `cfnreach man`; not edited by hand.\n"
                   ".Dd " PAGE_DATE "\n.Dt CFNREACH 1\n.Os\n"
                   ".Sh NAME\n.Nm cfnreach\n"
                   ".Nd tell which ports a CloudFormation template would expose, and to whom\n"
                   ".Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar option ...\n.Op Ar path ...\n");
    buf_adds(&out, description);
    add_commands(&out);
    buf_adds(&out, ".Sh OPTIONS\n.Bl -tag -width Ds\n");
    for (size_t i = 0; i < cli_option_count; i++) {
        add_option(o->arena, &cli_option_table[i], &out);
    }
    buf_adds(&out, ".El\n");
    buf_adds(&out, surroundings);
    int status = run_print(o, buf_str(&out));
    buf_release(&out);
    return status;
}
