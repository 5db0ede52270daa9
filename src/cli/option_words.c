/*
 * Words from the tables that know them: formats, policies, rules, commands.
 */
#include "cli/option_words.h"

#include "cli/option_take.h"
#include "policy/embedded.h"

const char *const option_shells[] = {"bash", "zsh", "fish", NULL};

static void add(struct arena *a, struct option_words *w, const char *word)
{
    *VEC_ADD(a, &w->words) = str_from(word);
}

static void add_all(struct arena *a, struct option_words *w, const char *const *words)
{
    for (size_t i = 0; words && words[i]; i++) {
        add(a, w, words[i]);
    }
}

/* Ids alone: names, and what others call them, would fill several screens. */
static void add_rules(struct arena *a, struct option_words *w)
{
    for (size_t i = 0; i < rule_count; i++) {
        add(a, w, rules[i].id);
    }
}

static bool names_path(const char *value)
{
    static const char *const kinds[] = {"FILE", "FOLDER", "PATH", "TEMPLATE"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (value && strstr(value, kinds[i])) {
            return true;
        }
    }
    return false;
}

struct option_words option_words(struct arena *a, const struct cli_option *row)
{
    struct option_words w = {.paths = names_path(row->value)};
    add_all(a, &w, row->words);
    if (row->take == take_format) {
        w.paths = false; /* a file follows only after the format's name */
        for (size_t i = 0; i < report_format_count; i++) {
            add(a, &w, report_formats[i]->name);
        }
    } else if (row->take == take_select || row->take == take_ignore) {
        add_rules(a, &w);
    } else if (row->take == take_help) {
        add(a, &w, "all");
    } else if (str_is(STR("policy"), row->name)) {
        for (size_t i = 0; embedded_name(i).n; i++) {
            add(a, &w, embedded_name(i).p);
        }
    }
    return w;
}

struct option_words option_arguments(struct arena *a, const struct cli_command_row *row)
{
    struct option_words w = {.paths = names_path(row->arguments)};
    if (row->command == COMMAND_EXPLAIN || row->command == COMMAND_RULES) {
        add_rules(a, &w);
    } else if (row->command == COMMAND_COMPLETION) {
        add_all(a, &w, option_shells);
    } else if (row->command == COMMAND_HELP) {
        for (size_t i = 0; i < cli_command_count; i++) {
            add(a, &w, cli_command_table[i].name);
        }
    }
    return w;
}
