/*
 * Reports: analyses in, bytes out, one analysis at a time, so that memory stays flat over
 * any number of templates.
 *
 *     begin -> add(analysis) ... add(analysis) -> end(what belongs to no template, status)
 *
 * One row per format; adding one touches its file, the table in formats.c and its test.
 * Nothing here decides anything: severities, verdicts and texts come from policy.
 */
#ifndef CFNREACH_REPORT_REPORT_H
#define CFNREACH_REPORT_REPORT_H

#include "analysis/analysis.h"
#include "base/buf.h"
#include "fix/fix.h"
#include "policy/baseline.h"

struct report_options {
    bool color;            /* text: escape sequences */
    bool links;            /* text: rule ids lead to their page (OSC 8) */
    bool quiet;            /* text: findings only, nothing when clean */
    bool verbose;          /* text: notes (CFNR93x) in full, not counted in one line */
    bool omit_suppressed;  /* --sarif-suppressed=omit */
    unsigned gate;         /* junit: findings below this severity do not fail */
    struct str root;       /* absolute folder that SARIF paths are relative to */
    struct str cwd;        /* absolute working folder */
    struct str region;     /* Inspector formats: --region, else "unknown" */
    struct str event_time; /* Inspector formats: when the events say they happened */
    bool sns;              /* inspector-classic: notification messages, one a line */
    bool flows;            /* the flows command: the reachability table, no findings */
    bool unknowns;         /* lint --unknowns: text and JSON list what is left open */
    bool all_witnesses;    /* text, JSON, SARIF: every choice under which it holds */
    size_t shard;          /* sarif: part of a run, from 1; 0: all of it */
    size_t shard_of;
    const struct settings *settings; /* NULL for flows */
    const struct baseline *baseline; /* NULL: the states of findings are not shown */
    bool show_unchanged;             /* text: in full, because they count (--fail-on-all) */
};

/* What a run has seen so far; kept by report_add for every format alike. */
struct report_totals {
    size_t templates;
    size_t interfaces;
    size_t facts;
    size_t findings; /* not suppressed */
    size_t by_severity[SEVERITY_HIGH + 1];
    size_t suppressed;
    size_t by_state[BASELINE_UPDATED + 1]; /* of `findings` */
    size_t shown[SEVERITY_HIGH + 1];       /* by severity, without the unchanged ones */
    size_t absent;                         /* results of the baseline; known at the end */
    size_t errors;                         /* diagnostics of that level */
    size_t warnings;
    size_t notes;
    size_t macros;       /* notes of parts that a macro writes */
    size_t not_analysed; /* resources of types that matter, of which nothing else is known */
};

struct report;

struct report_format {
    const char *name; /* "sarif" */
    const char *text; /* one line for --help */
    bool lint;        /* usable with lint */
    bool flows;       /* usable with flows */
    void (*begin)(struct report *r);
    void (*add)(struct report *r, const struct analysis *a);
    void (*end)(struct report *r, const struct diags *d, struct source_set *sources, int exit_code);
};

extern const struct report_format *const report_formats[];
extern const size_t report_format_count;
const struct report_format *report_format_find(struct str name); /* NULL if unknown */

struct report {
    const struct report_format *format;
    struct report_options options;
    struct report_totals totals;
    struct arena *arena; /* lives as long as the report */
    struct buf out;      /* what has been written so far; the caller may take and clear it after
                            report_add only for formats that stream (text) */
    void *state;         /* the format's own */
    const struct fixes *fixes; /* during `add`: of the analysis; NULL: not looked for */
};

/* Starts a report in the arena. report_release frees `out` and what the format holds. */
struct report *report_begin(struct arena *a, const struct report_format *f,
                            struct report_options o);

/* Adds one analysis with the fixes of its findings (NULL: not looked for). Copies what it needs:
 * both may be dropped afterwards. */
void report_add(struct report *r, const struct analysis *a, const struct fixes *fixes);

/* The fixes of finding i of the analysis that is being added; none if they were not looked for. */
struct fix_list report_fixes(const struct report *r, size_t i);

/* Finishes. d: diagnostics that belong to no template (an unreadable file, a fault in a policy
 * file), their sources (may be NULL), and the exit status of the run. Then r->out is the report. */
void report_end(struct report *r, const struct diags *d, struct source_set *sources, int exit_code);
void report_release(struct report *r);

#endif
