/*
 * The parser that walks the option table. Long options take "--name value" and "--name=value",
 * short ones "-f value" and "-fvalue"; switches take no value; "--" ends the options.
 */
#include "cli/options.h"

#include "cli/option_take.h"

const struct cli_command_row *cli_command_find(struct str name)
{
    for (size_t i = 0; i < cli_command_count; i++) {
        if (str_is(name, cli_command_table[i].name)) {
            return &cli_command_table[i];
        }
    }
    return NULL;
}

static const struct cli_option *find_long(struct str name)
{
    for (size_t i = 0; i < cli_option_count; i++) {
        if (str_is(name, cli_option_table[i].name)) {
            return &cli_option_table[i];
        }
    }
    return NULL;
}

static const struct cli_option *find_letter(char letter)
{
    for (size_t i = 0; i < cli_option_count; i++) {
        if (cli_option_table[i].letter && cli_option_table[i].letter == letter) {
            return &cli_option_table[i];
        }
    }
    return NULL;
}

unsigned cli_command_of(const struct cli_options *o)
{
    return (unsigned)(o->command == COMMAND_CONFIG ? COMMAND_LINT : o->command);
}

static bool unknown_option(struct cli_options *o, struct str given, struct str name,
                           struct buf *why)
{
    buf_addf(why, "there is no option '%.*s'", STR_ARG(given));
    struct str *words = ARENA_ARRAY(o->arena, cli_option_count, struct str);
    for (size_t i = 0; i < cli_option_count; i++) {
        words[i] = str_from(cli_option_table[i].name);
    }
    take_hint(why, name, words, cli_option_count, "--");
    return false;
}

/* Takes the option at argv[*i]; *i ends on the last word that it used. */
static bool take_option(struct cli_options *o, int argc, char **argv, int *i, struct buf *why)
{
    struct str word = str_from(argv[*i]);
    bool is_long = str_starts(word, STR("--"));
    size_t equals = is_long ? str_find_byte(word, '=', 0) : STR_NPOS;
    struct str name =
        is_long ? str_sub(word, 2, equals == STR_NPOS ? word.n : equals) : str_sub(word, 1, 2);
    const struct cli_option *option = is_long ? find_long(name) : find_letter(argv[*i][1]);
    if (!option) {
        return unknown_option(o, str_sub(word, 0, is_long && equals != STR_NPOS ? equals : word.n),
                              name, why);
    }
    if (!(option->commands & (cli_command_of(o) | (unsigned)o->command))) {
        buf_addf(why, "option '--%s' does not belong to this command", option->name);
        return false;
    }
    bool attached = is_long ? equals != STR_NPOS : word.n > 2;
    struct str value =
        is_long ? str_sub(word, attached ? equals + 1 : word.n, word.n) : str_sub(word, 2, word.n);
    if (!option->value && attached) {
        buf_addf(why, "option '--%s' takes no value", option->name);
        return false;
    }
    bool optional = option->value && option->value[0] == '[';
    if (option->value && !attached && !optional) {
        if (*i + 1 >= argc) {
            buf_addf(why, "option '--%s' needs a value: %s", option->name, option->value);
            return false;
        }
        value = str_from(argv[++*i]);
    }
    struct buf detail;
    buf_init(&detail);
    bool ok = option->take(o, option, value, &detail);
    *VEC_ADD(o->arena, &o->sets) =
        (struct cli_set){option, value, str_format(o->arena, "--%s", option->name)};
    if (!ok) {
        buf_addf(why, "--%s: %s", option->name, detail.p);
    }
    buf_release(&detail);
    return ok;
}

/* The command is the first word; a path there means `lint`. */
static bool take_command(struct cli_options *o, int argc, char **argv, int *first, struct buf *why)
{
    *first = 1;
    o->command = COMMAND_HELP;
    if (argc < 2) {
        return true;
    }
    struct str word = str_from(argv[1]);
    const struct cli_command_row *row = cli_command_find(word);
    if (row) {
        o->command = row->command;
        *first = 2;
        return true;
    }
    if (str_is(word, "--version")) {
        o->command = COMMAND_VERSION;
        *first = 2;
        return true;
    }
    if (str_starts(word, STR("--help")) || str_is(word, "-h")) {
        return true; /* of the overview */
    }
    if (str_find_byte(word, '.', 0) != STR_NPOS || str_find_byte(word, '/', 0) != STR_NPOS ||
        str_starts(word, STR("-"))) {
        o->command = COMMAND_LINT;
        return true;
    }
    struct str *words = ARENA_ARRAY(o->arena, cli_command_count, struct str);
    for (size_t i = 0; i < cli_command_count; i++) {
        words[i] = str_from(cli_command_table[i].name);
    }
    buf_addf(why, "there is no command '%.*s'", STR_ARG(word));
    take_hint(why, word, words, cli_command_count, "");
    return false;
}

bool cli_parse(struct cli_options *o, int argc, char **argv, struct buf *why)
{
    int i = 1;
    if (!take_command(o, argc, argv, &i, why)) {
        return false;
    }
    bool options = true;
    for (; i < argc; i++) {
        struct str word = str_from(argv[i]);
        if (options && str_is(word, "--")) {
            options = false;
        } else if (options && word.n > 1 && word.p[0] == '-') {
            if (!take_option(o, argc, argv, &i, why)) {
                return false;
            }
        } else {
            *VEC_ADD(o->arena, &o->paths) = word;
        }
    }
    return true;
}
