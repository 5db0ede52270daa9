/*
 * The tables of commands and options: one row each. The parser, --help and the tests that
 * compare them with the README read these.
 */
#include <stddef.h>

#include "cli/option_take.h"

enum {
    REPORTING = COMMAND_LINT | COMMAND_FLOWS,
    JUDGING = COMMAND_LINT | COMMAND_FIX | COMMAND_DIFF, /* by a policy */
    ANALYSING = REPORTING | JUDGING
};

/* Where an option puts its value. */
#define AT(name) offsetof(struct cli_options, name)

static const char *const gate_words[] = {"informational", "low", "medium", "high", "never", NULL};
static const char *const suppressed_words[] = {"include", "omit", NULL};
static const char *const dump_words[] = {"doc", "cfn", "world", "flows", NULL};
static const char *const color_words[] = {"auto", "always", "never", NULL};
static const char *const protocol_words[] = {"tcp", "udp", NULL};

const struct cli_option cli_option_table[] = {
    {"format", 'f', "FORMAT[=FILE]", REPORTING | COMMAND_PATH | COMMAND_DIFF,
     "how to report, and where; repeatable", .take = take_format},
    {"policy", 0, "NAME|FILE", JUDGING, "default, inspector, strict, or a policy file",
     .take = take_text, .field = AT(policy)},
    {"select", 0, "ID[,ID]", JUDGING, "only these rules: id, prefix, name, or CKV_AWS_24",
     .take = take_select},
    {"ignore", 0, "ID[,ID]", JUDGING, "not these rules", .take = take_ignore},
    {"target-tag", 0, "KEY=VALUE", JUDGING, "only findings of resources so tagged; repeatable",
     .rare = true, .take = take_pair, .field = AT(targets)},
    {"fail-on", 0, "SEVERITY", JUDGING, "exit 1 from this severity on (medium); never",
     .take = take_word, .field = AT(gate), .words = gate_words, .first = SEVERITY_INFORMATIONAL},
    {"parameters", 'p', "NAME=VALUE", ANALYSING | COMMAND_PATH,
     "value of a template parameter; repeatable", .take = take_parameter},
    {"parameter-file", 0, "FILE", ANALYSING | COMMAND_PATH,
     "JSON or YAML file of values; repeatable", .take = take_list, .field = AT(parameter_files)},
    {"assume", 0, "FACT=yes|no", ANALYSING | COMMAND_PATH,
     "how a fact is that a verdict names; repeatable", .take = take_assumption},
    {"region", 0, "REGION", ANALYSING | COMMAND_PATH, "value of AWS::Region; otherwise left open",
     .take = take_text, .field = AT(region)},
    {"stdin-filename", 0, "PATH", ANALYSING | COMMAND_PATH,
     "what to call standard input in messages", .rare = true, .take = take_text,
     .field = AT(stdin_filename)},
    {"skip-non-templates", 0, NULL, ANALYSING, "skip named files that are no templates",
     .rare = true, .take = take_switch, .field = AT(skip_non_templates)},
    {"root", 0, "FOLDER", REPORTING, "what SARIF paths are relative to (.git's folder)",
     .rare = true, .take = take_text, .field = AT(root)},
    {"sarif-suppressed", 0, "include|omit", COMMAND_LINT, "suppressed findings in SARIF",
     .rare = true, .take = take_word, .field = AT(sarif_suppressed), .words = suppressed_words},
    {"baseline", 0, "FILE", COMMAND_LINT, "earlier SARIF log: only what is new counts",
     .take = take_text, .field = AT(baseline)},
    {"write-baseline", 0, "[=FILE]", COMMAND_LINT, "write the findings there, or to --baseline",
     .take = take_write_baseline},
    {"fail-on-all", 0, NULL, COMMAND_LINT, "what the baseline knows counts, too",
     .take = take_switch, .field = AT(fail_on_all)},
    {"today", 0, "YYYY-MM-DD", JUDGING, "date for the `until` of suppressions", .rare = true,
     .take = take_today},
    {"event-time", 0, "TIME", COMMAND_LINT, "time in Inspector events (the epoch)", .rare = true,
     .take = take_event_time},
    {"sns", 0, NULL, COMMAND_LINT, "inspector-classic: as notification messages", .rare = true,
     .take = take_switch, .field = AT(sns)},
    {"dump", 0, "STAGE", REPORTING, "print a stage instead: doc, cfn, world, flows", .rare = true,
     .take = take_word, .field = AT(dump), .words = dump_words, .first = DUMP_DOC},
    {"shard", 0, "I/N", COMMAND_LINT, "only part I of N; see `cfnreach merge`", .take = take_shard},
    {"jobs", 'j', "N", ANALYSING, "threads (as many as there are cores)", .take = take_jobs},
    {"color", 0, "WHEN", REPORTING | COMMAND_PATH | COMMAND_DIFF, "auto (default), always, never",
     .take = take_word, .field = AT(color), .words = color_words},
    {"quiet", 'q', NULL, ANALYSING, "nothing but findings and errors", .take = take_switch,
     .field = AT(quiet)},
    {"verbose", 'v', NULL, ANALYSING | COMMAND_RULES, "also notes, and what was skipped",
     .take = take_switch, .field = AT(verbose)},
    {"stats", 0, NULL, ANALYSING, "counts, and the time of each stage, on stderr",
     .take = take_switch, .field = AT(stats)},
    {"unknowns", 0, NULL, COMMAND_LINT, "list what is left open, and what hangs on it",
     .take = take_switch, .field = AT(unknowns)},
    {"all-witnesses", 0, NULL, REPORTING, "every choice under which a finding or flow holds",
     .take = take_switch, .field = AT(all_witnesses)},
    {"no-fixes", 0, NULL, COMMAND_LINT, "do not look for fixes", .take = take_switch,
     .field = AT(no_fixes)},
    {"diff", 0, NULL, COMMAND_FIX, "print a unified diff (default)", .take = take_this,
     .field = AT(fix_mode), .first = FIX_DIFF},
    {"write", 0, NULL, COMMAND_FIX, "edit the files in place", .take = take_this,
     .field = AT(fix_mode), .first = FIX_WRITE},
    {"unsafe", 0, NULL, COMMAND_FIX, "also fixes that change more than the rule itself",
     .take = take_switch, .field = AT(unsafe)},
    {"only", 0, "ID", COMMAND_FIX, "only the fix of this id (\"R2-1\"); repeatable",
     .take = take_list, .field = AT(only)},
    {"from", 0, "internet|ID", COMMAND_PATH, "the internet, a gateway, or a resource",
     .take = take_text, .field = AT(from)},
    {"to", 0, "ID", COMMAND_PATH, "logical id of what shall be reached", .take = take_text,
     .field = AT(to)},
    {"port", 0, "N", COMMAND_PATH, "its port; otherwise any", .take = take_port},
    {"protocol", 0, "tcp|udp", COMMAND_PATH, "otherwise either", .take = take_word,
     .field = AT(protocol), .words = protocol_words, .first = CLI_TCP},
    {"config", 0, "FILE", ANALYSING | COMMAND_CONFIG, "instead of the nearest .cfnreach.yaml",
     .take = take_text, .field = AT(config_file)},
    {"no-config", 0, NULL, ANALYSING | COMMAND_CONFIG, "no .cfnreach.yaml", .take = take_switch,
     .field = AT(no_config)},
    {"help", 'h', "[=all]", UINT32_MAX, "this page; all: with the rare options", .take = take_help},
};
const size_t cli_option_count = sizeof cli_option_table / sizeof *cli_option_table;

#define GATE "0 nothing at or above the gate; 1 findings"
#define PATHS                                                                                      \
    "PATH: a file, a folder, a CDK assembly, or NAME=TEMPLATE[,VALUES] with the\n"                 \
    "stack's name. What exports and nested stacks join is one network.\n"

const struct cli_command_row cli_command_table[] = {
    {COMMAND_LINT, "lint", "[PATH...|-]", "findings: what can be reached from outside", GATE,
     PATHS},
    {COMMAND_FIX, "fix", "[PATH...]", "apply proven fixes, or print them as a diff",
     "0 nothing left at the gate; 1 findings remain", PATHS},
    {COMMAND_FLOWS, "flows", "[PATH...|-]", "the reachability table, without a policy", "0", PATHS},
    {COMMAND_PATH, "path", "TEMPLATE...", "why can, or cannot, this be reached from there?",
     "0 reachable or possible; 1 blocked", NULL},
    {COMMAND_DIFF, "diff", "OLD NEW", "what a change opens, closes, widens, narrows",
     "0 nothing opened at or above the gate; 1 something",
     "OLD, NEW: two files, or two folders; git:REV:path is one of a revision.\n"},
    {COMMAND_RULES, "rules", "[ID...]", "list what is checked", "0", NULL},
    {COMMAND_EXPLAIN, "explain", "ID", "what a rule means and how to fix it", "0", NULL},
    {COMMAND_CONFIG, "config", "[PATH...]", "what would hold here, and where it comes from", "0",
     NULL},
    {COMMAND_MERGE, "merge", "LOG...", "SARIF logs into one, on standard output",
     "that of the undivided run", NULL},
    {COMMAND_COMPLETION, "completion", "bash|zsh|fish", "a script that completes what one types",
     "0", NULL},
    {COMMAND_MAN, "man", "", "the manual page, for `man -l -`", "0", NULL},
    {COMMAND_VERSION, "version", "", "the version", "0", NULL},
    {COMMAND_HELP, "help", "[COMMAND]", "this page, or a command's", "0", NULL},
};
const size_t cli_command_count = sizeof cli_command_table / sizeof *cli_command_table;
