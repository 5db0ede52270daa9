/*
 * SARIF 2.1.0 in C, over cJSON: a leaf that knows SARIF and nothing of networks. The caller
 * fills plain structs; every object that leaves here has the members that the schema and the
 * common viewers require, in a fixed order, and no empty ones.
 *
 *     sarif_begin(tool, rules) -> sarif_result ... sarif_notification ... -> sarif_end
 *
 * Results are printed one by one: of each only its JSON is held until the end. Positions are
 * 1-based, ends exclusive, columns in UTF-16 units. All text must be valid UTF-8.
 */
#ifndef CFNREACH_SARIF_SARIF_H
#define CFNREACH_SARIF_SARIF_H

#include "base/buf.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

struct sarif_region {
    uint32_t start_line; /* 0: no region */
    uint32_t start_column;
    uint32_t end_line;
    uint32_t end_column;
    struct str snippet; /* "" : none */
};

struct sarif_location {
    struct str
        uri; /* percent-encoded, relative to %SRCROOT% unless absolute is set; "" : no place */
    bool absolute; /* uri is a file:// URI outside the root */
    struct sarif_region region;
    struct sarif_region context; /* a strict superset of region; start_line 0: none */
    struct str message;          /* "" : none */
    struct str logical_name;     /* fullyQualifiedName; "" : none */
    struct str logical_kind;     /* "resource", "property" */
};

/* One step of a path. */
struct sarif_step {
    struct sarif_location location;
    const char *kind; /* "enter", "pass", "implicit" ... */
    bool essential;
    struct str state; /* "tcp/22 from 0.0.0.0/0"; "" : none */
};

struct sarif_replacement {
    struct sarif_region deleted; /* empty region: insertion */
    struct str inserted;
};

struct sarif_fix {
    struct str description;
    struct str uri;
    const struct sarif_replacement *at;
    size_t n;
    bool absolute; /* as of a location */
};

/* name -> text, for property bags and fingerprints; in this order. */
struct sarif_property {
    const char *name;
    struct str text;
    bool is_json; /* text is a finished JSON value */
};

/* Of a rule to a taxon, by their indices. */
struct sarif_relation {
    size_t taxonomy;
    size_t taxon;
    const char *kind; /* "superset", "relevant" (SARIF 3.53.3) */
};

struct sarif_rule {
    const char *id;
    const char *name; /* PascalCase */
    const char *title;
    const char *text;
    const char *help;              /* Markdown */
    const char *help_text;         /* plain */
    const char *help_uri;          /* NULL: none */
    const char *level;             /* "error", "warning", "note" */
    const char *security_severity; /* "8.0"; NULL: none */
    const char *precision;
    const char *const *tags; /* NULL-terminated */
    const struct sarif_relation *relations;
    size_t relation_n;
};

/* A weakness, a control, another tool's rule. */
struct sarif_taxon {
    const char *id;
    const char *title;
};

struct sarif_taxonomy {
    const char *name;
    const char *guid;
    const char *organization;
    const char *title;
    const char *url;
    const struct sarif_taxon *taxa;
    size_t n;
    bool in_results; /* results name the taxa of their rules */
};

struct sarif_result {
    size_t rule; /* index into the rules given to sarif_begin */
    const char *level;
    double rank; /* 0..100 */
    struct str message;
    struct sarif_location location;
    const struct sarif_location *related;
    size_t related_n;
    const struct sarif_step *const *flows; /* one thread flow each */
    const size_t *flow_lengths;
    size_t flow_n;
    const struct sarif_fix *fixes;
    size_t fix_n;
    const struct sarif_property *fingerprints; /* partialFingerprints */
    size_t fingerprint_n;
    const struct sarif_property *properties;
    size_t property_n;
    bool has_suppressions; /* on all results of a log or on none */
    bool suppressed;
    const char *suppression_kind; /* "inSource", "external" */
    struct str justification;
    const char *baseline_state;        /* on all results of a log or on none (NULL) */
    struct sarif_location suppression; /* where an inSource one stands; uri "" : none */
};

struct sarif_notification {
    const char *id;
    const char *level;
    struct str message;
    struct sarif_location location; /* uri "" : none */
};

struct sarif_artifact {
    struct str uri;
    bool absolute;
    size_t length;
    const char *mime;     /* "application/yaml" */
    const char *language; /* "yaml" */
};

struct sarif_tool {
    const char *name;
    const char *version;
    const char *information_uri; /* NULL: none */
    struct str category;         /* automationDetails.id, with a '/' */
    const struct sarif_rule *rules;
    size_t rule_n;
    const struct sarif_rule *notifications; /* descriptors of notifications */
    size_t notification_n;
    const struct sarif_taxonomy *taxonomies;
    size_t taxonomy_n;
};

struct sarif_log;
struct sarif_log *sarif_begin(struct arena *a, const struct sarif_tool *tool);
void sarif_result(struct sarif_log *log, const struct sarif_result *r);
void sarif_notify(struct sarif_log *log, const struct sarif_notification *n);
void sarif_artifact(struct sarif_log *log, const struct sarif_artifact *a);
/* The log is part `index` of `of` (from 1) of one run: sarif_merge puts the parts together. Before
 * the first sarif_notify_run. */
void sarif_shard(struct sarif_log *log, size_t index, size_t of);
/* A notification of the run, not of one file: every part has it, after all others. A pending one is
 * true only if every part says so, and shown only then. */
void sarif_notify_run(struct sarif_log *log, const struct sarif_notification *n, bool is_pending);

/* Puts logs of `tool` together: parts of one run (all of them) in their order, whose log is then
 * that of the undivided run; others in the order given. False: `why` says what is wrong with which
 * log (*bad). *exit_code is that of the whole. */
MUST_CHECK bool sarif_merge(struct arena *a, const struct str *logs, size_t n, const char *tool,
                            struct buf *out, int *exit_code, size_t *bad, struct str *why);

/* Appends the finished log to out and frees what the log holds. */
void sarif_end(struct sarif_log *log, int exit_code, bool successful, struct buf *out);

/* ---- reading a log that was written earlier (read.c) ---- */

struct sarif_bag {
    struct sarif_property *at; /* values that are no strings: as JSON */
    size_t n;
    size_t cap;
};

struct sarif_old {
    struct str rule_id;
    struct str level;
    double rank;
    struct str message;
    struct sarif_location location;
    struct sarif_bag fingerprints; /* partialFingerprints */
    struct sarif_bag properties;
    bool suppressed;
    bool absent; /* by its baselineState */
};

struct sarif_old_log {
    struct sarif_old *at;
    size_t n;
    size_t cap;
};

/* Reads the results of every run of `tool`. False: it is not such a log, and `why` says what it is
 * instead ("it is not JSON"; no period). Everything goes into the arena. */
MUST_CHECK bool sarif_read(struct arena *a, struct str bytes, const char *tool,
                           struct sarif_old_log *out, struct str *why);

/* The value of a name; "" if there is none. */
struct str sarif_old_text(const struct sarif_bag *b, const char *name);

/* The texts in a JSON list as keys of a map in the arena, whose values are not NULL; none if it is
 * no list. */
struct map sarif_list(struct arena *a, struct str json);

/* A relative path as a SARIF URI: '/'-separated, percent-encoded, no "./". */
struct str sarif_uri(struct arena *a, struct str path);

/* GitHub's primaryLocationLineHash of a line (codeql-action, fingerprints), "hash:occurrence". The
 * bytes and where each of the n lines begins (behind a LF, CRLF or CR) are not copied; they are
 * looked at when the first line is asked for. */
struct sarif_line_hashes;
struct sarif_line_hashes *sarif_hash_lines(struct arena *a, struct str bytes,
                                           const uint32_t *begins, uint32_t n);
struct str sarif_line_hash(struct arena *a, struct sarif_line_hashes *h,
                           uint32_t line); /* 1-based; "" if none */

#endif
