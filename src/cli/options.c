/*
 * The tables of commands and options, and the parser that walks them. Long options take
 * "--name value" and "--name=value", short ones "-f value" and "-fvalue"; switches take no
 * value; "--" ends the options.
 */
#include "cli/options.h"

#include "base/suggest.h"

enum { REPORTING = COMMAND_LINT | COMMAND_FLOWS, ANALYSING = REPORTING | COMMAND_FIX };

/* "; did you mean 'X'?" if one of the words is near; prefix stands before it. */
static void hint(struct buf *why, struct str given, const struct str *words, size_t n,
                 const char *prefix)
{
    struct str best = suggest(given, words, n);
    if (best.n) {
        buf_addf(why, "; did you mean '%s%.*s'?", prefix, STR_ARG(best));
    }
}

static bool take_format(struct cli_options *o, struct str value, struct buf *why)
{
    size_t equals = str_find_byte(value, '=', 0);
    struct str name = str_sub(value, 0, equals == STR_NPOS ? value.n : equals);
    const struct report_format *f = report_format_find(name);
    if (!f) {
        struct str *words = ARENA_ARRAY(o->arena, report_format_count, struct str);
        for (size_t i = 0; i < report_format_count; i++) {
            words[i] = str_from(report_formats[i]->name);
        }
        buf_addf(why, "there is no format '%.*s'", STR_ARG(name));
        hint(why, name, words, report_format_count, "");
        return false;
    }
    struct str file = equals == STR_NPOS ? STR("") : str_sub(value, equals + 1, value.n);
    if (equals != STR_NPOS && file.n == 0) {
        buf_addf(why, "'%.*s' names no file after '='", STR_ARG(value));
        return false;
    }
    *VEC_ADD(o->arena, &o->outputs) = (struct cli_output){f, file};
    return true;
}

static bool take_parameter(struct cli_options *o, struct str value, struct buf *why)
{
    size_t equals = str_find_byte(value, '=', 0);
    if (equals == STR_NPOS || equals == 0) {
        buf_addf(why, "'%.*s' is not NAME=VALUE", STR_ARG(value));
        return false;
    }
    struct cfn_given *g = VEC_ADD(o->arena, &o->given);
    g->name = str_sub(value, 0, equals);
    g->value = str_sub(value, equals + 1, value.n);
    return true;
}

static bool take_parameter_file(struct cli_options *o, struct str value, struct buf *why)
{
    if (value.n == 0) {
        buf_adds(why, "the name of the file is empty");
        return false;
    }
    *VEC_ADD(o->arena, &o->parameter_files) = value;
    return true;
}

/* One of n words; the index, or n after a message that lists them. */
static size_t one_of(const char *const *words, size_t n, struct str value, struct buf *why)
{
    for (size_t i = 0; i < n; i++) {
        if (str_is(value, words[i])) {
            return i;
        }
    }
    buf_addf(why, "'%.*s' is not one of ", STR_ARG(value));
    for (size_t i = 0; i < n; i++) {
        buf_addf(why, "%s%s", i ? ", " : "", words[i]);
    }
    return n;
}

static bool take_gate(struct cli_options *o, struct str value, struct buf *why)
{
    static const char *const words[] = {"high", "medium", "low", "informational", "never"};
    static const unsigned gates[] = {SEVERITY_HIGH, SEVERITY_MEDIUM, SEVERITY_LOW,
                                     SEVERITY_INFORMATIONAL, GATE_NEVER};
    size_t i = one_of(words, sizeof words / sizeof *words, value, why);
    if (i == sizeof words / sizeof *words) {
        return false;
    }
    o->gate = gates[i];
    return true;
}

static bool take_color(struct cli_options *o, struct str value, struct buf *why)
{
    static const char *const words[] = {"auto", "always", "never"};
    size_t i = one_of(words, 3, value, why);
    if (i == 3) {
        return false;
    }
    o->color = (enum cli_color)i;
    return true;
}

static bool take_dump(struct cli_options *o, struct str value, struct buf *why)
{
    static const char *const words[] = {"doc", "cfn", "world", "flows"};
    size_t i = one_of(words, 4, value, why);
    if (i == 4) {
        return false;
    }
    o->dump = (enum cli_dump)(i + 1);
    return true;
}

static bool take_suppressed(struct cli_options *o, struct str value, struct buf *why)
{
    static const char *const words[] = {"include", "omit"};
    size_t i = one_of(words, 2, value, why);
    o->omit_suppressed = i == 1;
    return i < 2;
}

static bool is_date(struct str s)
{
    static const char shape[] = "dddd-dd-dd";
    if (s.n != sizeof shape - 1) {
        return false;
    }
    for (size_t i = 0; i < s.n; i++) {
        bool digit = s.p[i] >= '0' && s.p[i] <= '9';
        if (shape[i] == 'd' ? !digit : s.p[i] != '-') {
            return false;
        }
    }
    return true;
}

static bool take_today(struct cli_options *o, struct str value, struct buf *why)
{
    if (!is_date(value)) {
        buf_addf(why, "'%.*s' is not a date like 2026-01-31", STR_ARG(value));
        return false;
    }
    o->today = value;
    return true;
}

/* A value that may be any text but not an empty one. */
static bool take_text(struct str *to, struct str value, struct buf *why)
{
    if (value.n == 0) {
        buf_adds(why, "the value is empty");
        return false;
    }
    *to = value;
    return true;
}

static bool take_policy(struct cli_options *o, struct str value, struct buf *why)
{
    return take_text(&o->policy, value, why);
}

static bool take_region(struct cli_options *o, struct str value, struct buf *why)
{
    return take_text(&o->region, value, why);
}

static bool take_root(struct cli_options *o, struct str value, struct buf *why)
{
    return take_text(&o->root, value, why);
}

/* "2026-01-31T12:00:00Z" */
static bool take_event_time(struct cli_options *o, struct str value, struct buf *why)
{
    if (value.n != 20 || !is_date(str_sub(value, 0, 10)) || value.p[10] != 'T' ||
        value.p[19] != 'Z') {
        buf_addf(why, "'%.*s' is not a time like 2026-01-31T12:00:00Z", STR_ARG(value));
        return false;
    }
    o->event_time = value;
    return true;
}

static bool take_stdin_filename(struct cli_options *o, struct str value, struct buf *why)
{
    return take_text(&o->stdin_filename, value, why);
}

static bool take_skip(struct cli_options *o, struct str value UNUSED, struct buf *why UNUSED)
{
    o->skip_non_templates = true;
    return true;
}

static bool take_sns(struct cli_options *o, struct str value UNUSED, struct buf *why UNUSED)
{
    o->sns = true;
    return true;
}

static bool take_quiet(struct cli_options *o, struct str value UNUSED, struct buf *why UNUSED)
{
    o->quiet = true;
    return true;
}

static bool take_verbose(struct cli_options *o, struct str value UNUSED, struct buf *why UNUSED)
{
    o->verbose = true;
    return true;
}

static bool take_no_fixes(struct cli_options *o, struct str value UNUSED, struct buf *why UNUSED)
{
    o->no_fixes = true;
    return true;
}

static bool take_diff(struct cli_options *o, struct str value UNUSED, struct buf *why UNUSED)
{
    o->write = false;
    return true;
}

static bool take_write(struct cli_options *o, struct str value UNUSED, struct buf *why UNUSED)
{
    o->write = true;
    return true;
}

static bool take_unsafe(struct cli_options *o, struct str value UNUSED, struct buf *why UNUSED)
{
    o->unsafe = true;
    return true;
}

static bool take_only(struct cli_options *o, struct str value, struct buf *why)
{
    return take_text(VEC_ADD(o->arena, &o->only), value, why);
}

static bool take_target(struct cli_options *o, struct str value, struct buf *why)
{
    size_t equals = str_find_byte(value, '=', 0);
    if (equals == STR_NPOS || equals == 0) {
        buf_addf(why, "'%.*s' is not KEY=VALUE", STR_ARG(value));
        return false;
    }
    *VEC_ADD(o->arena, &o->targets) = value;
    return true;
}

static bool take_from(struct cli_options *o, struct str value, struct buf *why)
{
    return take_text(&o->from, value, why);
}

static bool take_to(struct cli_options *o, struct str value, struct buf *why)
{
    return take_text(&o->to, value, why);
}

static bool take_port(struct cli_options *o, struct str value, struct buf *why)
{
    int64_t port = 0;
    if (!str_to_int(value, &port) || port < 0 || port > UINT16_MAX) {
        buf_addf(why, "'%.*s' is not a port from 0 to 65535", STR_ARG(value));
        return false;
    }
    o->port = (struct ports){(uint16_t)port, (uint16_t)port};
    o->port_given = true;
    return true;
}

static bool take_protocol(struct cli_options *o, struct str value, struct buf *why)
{
    static const char *const words[] = {"tcp", "udp"};
    size_t i = one_of(words, 2, value, why);
    o->protocol = i == 0 ? PROTOCOL_TCP : PROTOCOL_UDP;
    return i < 2;
}

static bool take_help(struct cli_options *o, struct str value UNUSED, struct buf *why UNUSED)
{
    o->help = true;
    return true;
}

const struct cli_option cli_option_table[] = {
    {"format", 'f', "FORMAT[=FILE]", REPORTING | COMMAND_PATH,
     "how to report, and where; repeatable", take_format},
    {"policy", 0, "NAME|FILE", COMMAND_LINT | COMMAND_FIX, "default, inspector, or a policy file",
     take_policy},
    {"target-tag", 0, "KEY=VALUE", COMMAND_LINT | COMMAND_FIX,
     "only findings of resources so tagged; repeatable", take_target},
    {"fail-on", 0, "SEVERITY", COMMAND_LINT | COMMAND_FIX,
     "exit 1 from this severity on (medium); never", take_gate},
    {"parameters", 'p', "NAME=VALUE", ANALYSING | COMMAND_PATH,
     "value of a template parameter; repeatable", take_parameter},
    {"parameter-file", 0, "FILE", ANALYSING, "JSON or YAML file of values; repeatable",
     take_parameter_file},
    {"region", 0, "REGION", ANALYSING | COMMAND_PATH, "value of AWS::Region; otherwise left open",
     take_region},
    {"stdin-filename", 0, "PATH", ANALYSING | COMMAND_PATH,
     "what to call standard input in messages", take_stdin_filename},
    {"skip-non-templates", 0, NULL, ANALYSING, "skip named files that are no templates", take_skip},
    {"root", 0, "FOLDER", REPORTING, "what SARIF paths are relative to (.git's folder)", take_root},
    {"sarif-suppressed", 0, "include|omit", COMMAND_LINT, "suppressed findings in SARIF",
     take_suppressed},
    {"today", 0, "YYYY-MM-DD", COMMAND_LINT | COMMAND_FIX, "date for the `until` of suppressions",
     take_today},
    {"event-time", 0, "TIME", COMMAND_LINT, "time in Inspector events (the epoch)",
     take_event_time},
    {"sns", 0, NULL, COMMAND_LINT, "inspector-classic: as notification messages", take_sns},
    {"dump", 0, "STAGE", REPORTING, "print a stage instead: doc, cfn, world, flows", take_dump},
    {"color", 0, "WHEN", REPORTING | COMMAND_PATH, "auto (default), always, never", take_color},
    {"quiet", 'q', NULL, ANALYSING, "nothing but findings and errors", take_quiet},
    {"verbose", 'v', NULL, ANALYSING, "also notes, and what was skipped", take_verbose},
    {"no-fixes", 0, NULL, COMMAND_LINT, "do not look for fixes", take_no_fixes},
    {"diff", 0, NULL, COMMAND_FIX, "print a unified diff (default)", take_diff},
    {"write", 0, NULL, COMMAND_FIX, "edit the files in place", take_write},
    {"unsafe", 0, NULL, COMMAND_FIX, "also fixes that change more than the rule itself",
     take_unsafe},
    {"only", 0, "ID", COMMAND_FIX, "only the fix of this id (\"R2-1\"); repeatable", take_only},
    {"from", 0, "internet|ID", COMMAND_PATH, "the internet, a gateway, or a resource", take_from},
    {"to", 0, "ID", COMMAND_PATH, "logical id of what shall be reached", take_to},
    {"port", 0, "N", COMMAND_PATH, "its port; otherwise any", take_port},
    {"protocol", 0, "tcp|udp", COMMAND_PATH, "otherwise either", take_protocol},
    {"help", 'h', NULL, UINT32_MAX, "this page", take_help},
};
const size_t cli_option_count = sizeof cli_option_table / sizeof *cli_option_table;

const struct cli_command_row cli_command_table[] = {
    {COMMAND_LINT, "lint", "[PATH...|-]", "findings: what can be reached from outside"},
    {COMMAND_FIX, "fix", "[PATH...]", "apply proven fixes, or print them as a diff"},
    {COMMAND_FLOWS, "flows", "[PATH...|-]", "the reachability table, without a policy"},
    {COMMAND_PATH, "path", "TEMPLATE", "why can, or cannot, this be reached from there?"},
    {COMMAND_RULES, "rules", "", "list what is checked"},
    {COMMAND_EXPLAIN, "explain", "RULE", "what a rule means and how to fix it"},
    {COMMAND_VERSION, "version", "", "the version"},
    {COMMAND_HELP, "help", "[COMMAND]", "this page, or a command's"},
};
const size_t cli_command_count = sizeof cli_command_table / sizeof *cli_command_table;

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

static bool unknown_option(struct str given, struct str name, struct buf *why)
{
    buf_addf(why, "there is no option '%.*s'", STR_ARG(given));
    struct str words[sizeof cli_option_table / sizeof *cli_option_table];
    for (size_t i = 0; i < cli_option_count; i++) {
        words[i] = str_from(cli_option_table[i].name);
    }
    hint(why, name, words, cli_option_count, "--");
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
    const struct cli_option *option = is_long ? find_long(name) : find_letter(word.p[1]);
    if (!option) {
        return unknown_option(str_sub(word, 0, is_long && equals != STR_NPOS ? equals : word.n),
                              name, why);
    }
    if (!(option->commands & (unsigned)o->command)) {
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
    if (option->value && !attached) {
        if (*i + 1 >= argc) {
            buf_addf(why, "option '--%s' needs a value: %s", option->name, option->value);
            return false;
        }
        value = str_from(argv[++*i]);
    }
    struct buf detail;
    buf_init(&detail);
    bool ok = option->take(o, value, &detail);
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
    if (str_is(word, "--help") || str_is(word, "-h")) {
        *first = 2;
        return true;
    }
    if (str_find_byte(word, '.', 0) != STR_NPOS || str_find_byte(word, '/', 0) != STR_NPOS ||
        str_starts(word, STR("-"))) {
        o->command = COMMAND_LINT;
        return true;
    }
    struct str words[sizeof cli_command_table / sizeof *cli_command_table];
    for (size_t i = 0; i < cli_command_count; i++) {
        words[i] = str_from(cli_command_table[i].name);
    }
    buf_addf(why, "there is no command '%.*s'", STR_ARG(word));
    hint(why, word, words, cli_command_count, "");
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
