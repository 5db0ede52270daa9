/*
 * `cfnreach completion SHELL`: scripts that complete commands, options and their values, made
 * from the one table of options, so that they cannot offer what the parser refuses.
 */
#include "cli/option_words.h"
#include "cli/run.h"

static void add_words(struct buf *out, const struct cli_texts *words)
{
    for (size_t i = 0; i < words->n; i++) {
        buf_adds(out, i ? " " : "");
        buf_add(out, words->at[i]);
    }
}

/* Between single quotes: `quote` is how the shell writes one there; those of `special` get a
 * backslash. */
static void add_quoted(struct buf *out, const char *text, const char *quote, const char *special)
{
    for (const char *c = text; *c; c++) {
        if (*c == '\'') {
            buf_adds(out, quote);
            continue;
        }
        buf_adds(out, strchr(special, *c) ? "\\" : "");
        buf_addc(out, *c);
    }
}

static bool is_optional(const struct cli_option *row)
{
    return row->value && row->value[0] == '[';
}

/* ---- bash: one function; an equals sign is a word of its own there ------------------------- */

static void bash_values(struct arena *a, struct buf *out)
{
    for (size_t i = 0; i < cli_option_count; i++) {
        const struct cli_option *row = &cli_option_table[i];
        struct option_words w = option_words(a, row);
        if (!row->value) {
            continue;
        }
        buf_addf(out, is_optional(row) ? "    --%s=" : "    --%s | --%s=", row->name, row->name);
        if (row->letter && !is_optional(row)) {
            buf_addf(out, " | -%c", row->letter);
        }
        buf_adds(out, ") words='");
        add_words(out, &w.words);
        buf_adds(out, "' ;;\n");
    }
}

static void bash_options(const struct cli_command_row *row, struct buf *out)
{
    buf_addf(out, "        *:-*:%s) words='", row->name);
    for (size_t i = 0, n = 0; i < cli_option_count; i++) {
        if (cli_option_table[i].commands & (unsigned)row->command) {
            buf_addf(out, "%s--%s", n++ ? " " : "", cli_option_table[i].name);
        }
    }
    buf_adds(out, "' ;;\n");
}

static void write_bash(struct arena *a, struct buf *out)
{
    buf_adds(out, "# bash completion of cfnreach, made by `cfnreach completion bash`\n"
                  "_cfnreach()\n{\n"
                  "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
                  "    local words=\n"
                  "    COMPREPLY=()\n"
                  "    if [ \"$cur\" = = ]; then\n"
                  "        cur= prev=$prev=\n"
                  "    elif [ \"$prev\" = = ] && [ \"$COMP_CWORD\" -gt 2 ]; then\n"
                  "        prev=${COMP_WORDS[COMP_CWORD - 2]}=\n"
                  "    fi\n"
                  "    case $prev in\n");
    bash_values(a, out);
    buf_adds(out, "    *)\n"
                  "        case $COMP_CWORD:$cur:${COMP_WORDS[1]} in\n"
                  "        1:-*) words='--help --version' ;;\n"
                  "        1:*) words='");
    for (size_t i = 0; i < cli_command_count; i++) {
        buf_addf(out, "%s%s", i ? " " : "", cli_command_table[i].name);
    }
    buf_adds(out, "' ;;\n");
    for (size_t i = 0; i < cli_command_count; i++) {
        struct option_words w = option_arguments(a, &cli_command_table[i]);
        bash_options(&cli_command_table[i], out);
        if (w.words.n) {
            buf_addf(out, "        *:%s) words='", cli_command_table[i].name);
            add_words(out, &w.words);
            buf_adds(out, "' ;;\n");
        }
    }
    buf_adds(out, "        esac\n        ;;\n    esac\n"
                  "    [ -z \"$words\" ] || mapfile -t COMPREPLY < <(compgen -W \"$words\" -- "
                  "\"$cur\")\n}\n"
                  "complete -o default -F _cfnreach cfnreach\n");
}

/* ---- zsh: specifications of _arguments ----------------------------------------------------- */

static const char zsh_quote[] = "'\\''";

static void zsh_option(struct arena *a, const struct cli_option *row, bool letter, struct buf *out)
{
    struct option_words w = option_words(a, row);
    const char *repeat = row->value && !is_optional(row) ? "*" : "";
    const char *joint = !row->value ? "" : is_optional(row) ? "=-" : letter ? "+" : "=";
    if (letter) {
        buf_addf(out, "        '%s-%c%s[", repeat, row->letter, joint);
    } else {
        buf_addf(out, "        '%s--%s%s[", repeat, row->name, joint);
    }
    add_quoted(out, row->text, zsh_quote, ":[]\\");
    buf_adds(out, "]");
    if (row->value) {
        buf_adds(out, is_optional(row) ? "::" : ":");
        add_quoted(out, row->name, zsh_quote, ":");
        buf_adds(out, ":");
        if (w.words.n && w.paths) {
            buf_adds(out, "{compadd - ");
            add_words(out, &w.words);
            buf_adds(out, "; _files}");
        } else if (w.words.n) {
            buf_adds(out, "(");
            add_words(out, &w.words);
            buf_adds(out, ")");
        } else {
            buf_adds(out, w.paths ? "_files" : " ");
        }
    }
    buf_adds(out, "' \\\n");
}

static void zsh_command(struct arena *a, const struct cli_command_row *row, struct buf *out)
{
    struct option_words w = option_arguments(a, row);
    buf_addf(out, "    %s)\n        _arguments -s -S \\\n", row->name);
    for (size_t i = 0; i < cli_option_count; i++) {
        const struct cli_option *option = &cli_option_table[i];
        if (option->commands & (unsigned)row->command) {
            zsh_option(a, option, false, out);
            if (option->letter && !is_optional(option)) {
                zsh_option(a, option, true, out);
            }
        }
    }
    if (w.words.n) {
        buf_adds(out, "        '*:what:(");
        add_words(out, &w.words);
        buf_adds(out, ")'\n        ;;\n");
    } else {
        buf_addf(out, "        '*:path:%s'\n        ;;\n", w.paths ? "_files" : " ");
    }
}

static void write_zsh(struct arena *a, struct buf *out)
{
    buf_adds(out, "#compdef cfnreach\n"
                  "# zsh completion of cfnreach, made by `cfnreach completion zsh`\n"
                  "_cfnreach()\n{\n"
                  "    local -a commands=(\n");
    for (size_t i = 0; i < cli_command_count; i++) {
        buf_addf(out, "        '%s:", cli_command_table[i].name);
        add_quoted(out, cli_command_table[i].text, zsh_quote, ":\\");
        buf_adds(out, "'\n");
    }
    buf_adds(out, "    )\n"
                  "    if (( CURRENT == 2 )); then\n"
                  "        _describe -t commands command commands\n"
                  "        _files\n"
                  "        return\n"
                  "    fi\n"
                  "    shift words\n"
                  "    (( CURRENT-- ))\n"
                  "    case $words[1] in\n");
    for (size_t i = 0; i < cli_command_count; i++) {
        zsh_command(a, &cli_command_table[i], out);
    }
    buf_adds(out, "    *) _files ;;\n    esac\n}\n_cfnreach \"$@\"\n");
}

/* ---- fish: a line for each thing ----------------------------------------------------------- */

static const char fish_quote[] = "\\'";

static void fish_commands_of(const struct cli_option *row, struct buf *out)
{
    for (size_t i = 0; i < cli_command_count; i++) {
        if (row->commands & (unsigned)cli_command_table[i].command) {
            buf_addf(out, " %s", cli_command_table[i].name);
        }
    }
}

static void fish_words(const struct option_words *w, struct buf *out)
{
    buf_adds(out, w->paths ? " -F" : " -f");
    if (w->words.n) {
        buf_adds(out, " -a '");
        add_words(out, &w->words);
        buf_adds(out, "'");
    }
}

static void write_fish(struct arena *a, struct buf *out)
{
    buf_adds(out, "# fish completion of cfnreach, made by `cfnreach completion fish`\n");
    for (size_t i = 0; i < cli_command_count; i++) {
        const struct cli_command_row *row = &cli_command_table[i];
        struct option_words w = option_arguments(a, row);
        buf_addf(out, "complete -c cfnreach -n __fish_use_subcommand -a %s -d '", row->name);
        add_quoted(out, row->text, fish_quote, "\\");
        buf_addf(out, "'\ncomplete -c cfnreach -n '__fish_seen_subcommand_from %s'", row->name);
        fish_words(&w, out);
        buf_adds(out, "\n");
    }
    for (size_t i = 0; i < cli_option_count; i++) {
        const struct cli_option *row = &cli_option_table[i];
        struct option_words w = option_words(a, row);
        buf_adds(out, "complete -c cfnreach -n '__fish_seen_subcommand_from");
        fish_commands_of(row, out);
        buf_addf(out, "' -l %s", row->name);
        if (row->letter) {
            buf_addf(out, " -s %c", row->letter);
        }
        if (row->value && !is_optional(row)) {
            buf_adds(out, " -r");
            fish_words(&w, out);
        }
        buf_adds(out, " -d '");
        add_quoted(out, row->text, fish_quote, "\\");
        buf_adds(out, "'\n");
    }
}

int run_completion(struct cli_options *o)
{
    static void (*const writers[])(struct arena * a, struct buf * out) = {write_bash, write_zsh,
                                                                          write_fish};
    size_t shell = 0;
    while (o->paths.n == 1 && option_shells[shell] &&
           !str_is(o->paths.at[0], option_shells[shell])) {
        shell++;
    }
    if (o->paths.n != 1 || !option_shells[shell]) {
        return run_fail("`completion` takes the name of a shell: bash, zsh or fish");
    }
    struct buf out;
    buf_init(&out);
    writers[shell](o->arena, &out);
    int status = run_print(o, buf_str(&out));
    buf_release(&out);
    return status;
}
