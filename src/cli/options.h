/*
 * The command line: one table of commands and one of options. Parsing, --help and the
 * tests that compare them with the README read these tables.
 */
#ifndef CFNREACH_CLI_OPTIONS_H
#define CFNREACH_CLI_OPTIONS_H

#include "report/report.h"

/* Exit statuses (DESIGN.md, Output contract). */
enum { STATUS_CLEAN = 0, STATUS_FINDINGS = 1, STATUS_ERROR = 2 };

enum cli_command {
    COMMAND_LINT = 1,
    COMMAND_FLOWS = 2,
    COMMAND_RULES = 4,
    COMMAND_EXPLAIN = 8,
    COMMAND_VERSION = 16,
    COMMAND_HELP = 32,
    COMMAND_PATH = 64,
    COMMAND_FIX = 4096,
    COMMAND_CONFIG = 8192,
    COMMAND_COMPLETION = 16384,
    COMMAND_MAN = 32768,
    COMMAND_MERGE = 1 << 20,
    COMMAND_DIFF = 65536
};

enum cli_color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };
enum cli_suppressed { SUPPRESSED_INCLUDE, SUPPRESSED_OMIT };
enum cli_fix_mode { FIX_DIFF, FIX_WRITE };
enum cli_protocol { CLI_ANY_PROTOCOL, CLI_TCP, CLI_UDP };
enum cli_dump { DUMP_NOTHING, DUMP_DOC, DUMP_CFN, DUMP_WORLD, DUMP_FLOWS };

/* The gate: a finding of this severity or above gives status 1. */
enum { GATE_NEVER = SEVERITY_HIGH + 1 };

struct cli_option;
struct config;

struct cli_texts {
    struct str *at;
    size_t n;
    size_t cap;
};

/* An option that was taken, and where its value comes from. */
struct cli_set {
    const struct cli_option *row;
    struct str value;
    struct str origin; /* "--policy", "CFNREACH_POLICY", ".cfnreach.yaml:3" */
};

struct cli_output {
    const struct report_format *format;
    struct str file; /* "" : standard output */
};

struct cli_options {
    struct arena *arena;
    enum cli_command command;
    struct cli_texts paths; /* what is left: files, folders, "-", a rule id */
    VEC(struct cli_output) outputs;
    VEC(struct cfn_given) given;
    bool *select;       /* by rule index; NULL: all rules of the policy */
    bool *select_named; /* those of `select` that are named one by one; NULL: none */
    bool *ignore;       /* NULL: none */
    struct cli_texts parameter_files;
    VEC(struct cli_set) sets; /* in the order in which they were taken */
    struct config *config;    /* NULL before config_take */
    struct str config_file;   /* --config */
    bool no_config;
    bool paths_given; /* on the command line */
    VEC(struct topology_assumption) assume;
    struct str region;
    struct str policy;
    struct str today;
    struct str root;
    struct str event_time;
    struct str stdin_filename;
    size_t jobs;               /* threads; 0: one for each core */
    unsigned gate;             /* enum severity, or GATE_NEVER */
    unsigned color;            /* enum cli_color */
    unsigned dump;             /* enum cli_dump */
    unsigned sarif_suppressed; /* enum cli_suppressed */
    bool quiet;
    bool verbose;
    bool stats;
    size_t shard; /* --shard I/N, from 1; 0: everything */
    size_t shard_of;
    bool skip_non_templates;
    bool unknowns;           /* lint: list what is left open */
    bool all_witnesses;      /* lint, flows: not only the best witness */
    struct str baseline;     /* a SARIF log */
    struct str baseline_out; /* of --write-baseline=FILE */
    bool write_baseline;
    bool fail_on_all;         /* what the baseline knows counts, too */
    bool no_fixes;            /* lint: do not look for fixes */
    unsigned fix_mode;        /* enum cli_fix_mode */
    bool unsafe;              /* fix: unsafe ones, too */
    struct cli_texts only;    /* fix: ids */
    struct cli_texts targets; /* "Key=Value": findings about resources with one of these tags */
    bool sns;
    struct str from;   /* path */
    struct str to;     /* path */
    unsigned protocol; /* path: enum cli_protocol */
    struct ports port; /* path: with port_given */
    bool port_given;
    bool help;
    bool help_all; /* --help=all */
};

struct cli_option {
    const char *name;  /* "format" */
    char letter;       /* 'f', or 0 */
    const char *value; /* "FORMAT[=FILE]"; "[=FILE]": may be left out; NULL: a switch */
    unsigned commands; /* union of enum cli_command */
    const char *text;  /* one line for --help */
    bool rare;         /* only on the page of --help=all, and in the manual */
    /* Takes the value; false after it has written a message of one line to `why`. */
    bool (*take)(struct cli_options *o, const struct cli_option *row, struct str value,
                 struct buf *why);
    size_t field;             /* offset in struct cli_options, for the general ones */
    const char *const *words; /* take_word: up to a NULL */
    unsigned first;           /* take_word: what the first word stands for; take_this: the value */
};

struct cli_command_row {
    enum cli_command command;
    const char *name;
    const char *arguments; /* "[PATH...|-]" */
    const char *text;
    const char *exits; /* what its statuses mean, but 2 */
    const char *note;  /* lines below its options; NULL: none */
};

extern const struct cli_option cli_option_table[];
extern const size_t cli_option_count;
extern const struct cli_command_row cli_command_table[];
extern const size_t cli_command_count;

/* The command whose options are taken: `config` takes those of lint. */
unsigned cli_command_of(const struct cli_options *o);

const struct cli_command_row *cli_command_find(struct str name); /* NULL if unknown */

/* Reads argv[1..]. False: `why` holds what is wrong, with a suggestion where there is one. */
MUST_CHECK bool cli_parse(struct cli_options *o, int argc, char **argv, struct buf *why);

/* The help page of one command, or (NULL) of all; at most 40 lines of 80 columns, unless with `all`
 * the rare options stand on it, too. */
void cli_help(const struct cli_command_row *row, bool all, struct buf *out);

#endif
