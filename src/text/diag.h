/*
 * Diagnostics: what could not be read, decided or afforded. Findings about the
 * network are another thing (policy/finding.h); only these may say that an
 * answer is incomplete, and only DIAG_ERROR makes the exit status 2.
 *
 * Ids (DESIGN.md, Output contract):
 *   90x reading (unreadable, not UTF-8, syntax, duplicate key, limit)   error
 *   91x template faults (undefined Ref, cycle, wrong argument)          error
 *   92x budgets exceeded                                                error
 *   93x unknowns (import, SSM, macro, type not analysed)                note
 *   94x configuration notes, undeployable assignments                   warning (943: note)
 * The exact ids are the rows of diag_kinds in diag.c.
 */
#ifndef CFNREACH_TEXT_DIAG_H
#define CFNREACH_TEXT_DIAG_H

#include "base/map.h"
#include "base/vec.h"
#include "text/span.h"

enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

/* X(symbol, id, level, name, what it means) -- one row per diagnostic. */
#define DIAG_KINDS(X)                                                                              \
    X(DIAG_UNREADABLE, "CFNR900", DIAG_ERROR, "unreadable", "The input cannot be opened or read.") \
    X(DIAG_NOT_UTF8, "CFNR901", DIAG_ERROR, "not-utf8", "The input is not valid UTF-8 text.")      \
    X(DIAG_SYNTAX, "CFNR902", DIAG_ERROR, "syntax", "The input is not well-formed YAML or JSON.")  \
    X(DIAG_DUPLICATE_KEY, "CFNR903", DIAG_ERROR, "duplicate-key",                                  \
      "A map has the same key twice; CloudFormation rejects it.")                                  \
    X(DIAG_LIMIT, "CFNR904", DIAG_ERROR, "limit", "A limit of the reader was reached.")            \
    X(DIAG_NOT_TEMPLATE, "CFNR905", DIAG_ERROR, "no-template",                                     \
      "A file named by hand is not a CloudFormation template.")                                    \
    X(DIAG_UNDEFINED, "CFNR910", DIAG_ERROR, "undefined-reference",                                \
      "A reference names nothing that the template defines.")                                      \
    X(DIAG_CYCLE, "CFNR911", DIAG_ERROR, "cycle",                                                  \
      "Values or conditions refer to each other in a circle.")                                     \
    X(DIAG_ARGUMENT, "CFNR912", DIAG_ERROR, "wrong-argument",                                      \
      "A function or section has an argument of the wrong shape.")                                 \
    X(DIAG_BUDGET, "CFNR920", DIAG_ERROR, "budget",                                                \
      "An analysis was cut short; what rests on it is reported as possible.")                      \
    X(DIAG_UNKNOWN_VALUE, "CFNR930", DIAG_NOTE, "unknown-value",                                   \
      "A value is known only after deployment.")                                                   \
    X(DIAG_MACRO, "CFNR931", DIAG_NOTE, "macro", "A transform or macro rewrites the template.")    \
    X(DIAG_NOT_ANALYSED, "CFNR932", DIAG_NOTE, "not-analysed",                                     \
      "A resource type that could matter is not analysed.")                                        \
    X(DIAG_CONFIG, "CFNR940", DIAG_WARNING, "configuration",                                       \
      "EC2 would reject or ignore this, or it does not mean what it seems to.")                    \
    X(DIAG_UNDEPLOYABLE, "CFNR941", DIAG_WARNING, "undeployable",                                  \
      "Under some choices of parameters the template cannot be deployed.")                         \
    X(DIAG_SUPPRESSION, "CFNR942", DIAG_WARNING, "suppression",                                    \
      "A suppression is unused, misspelt, expired or incomplete.")                                 \
    X(DIAG_UNUSED_IGNORE, "CFNR943", DIAG_NOTE, "unused-ignore",                                   \
      "An 'ignore' entry of the policy meant no finding of the whole run.")

#define DIAG_ENUM(symbol, id, level, name, text) symbol,
enum diag_id { DIAG_KINDS(DIAG_ENUM) DIAG_ID_COUNT };
#undef DIAG_ENUM

struct diag_kind {
    const char *id; /* "CFNR902" */
    enum diag_level level;
    const char *name;
    const char *text; /* one sentence, static */
};

const struct diag_kind *diag_kind(enum diag_id id);

struct diag_related {
    struct span at;
    struct str text;
};

struct diag {
    enum diag_id id;
    struct str message; /* one full sentence with a period; dynamic parts in 'single quotes' */
    struct span at;
    struct str path;     /* shown where `at` is SPAN_NONE: a file that could not be opened */
    struct str resource; /* logical id, or empty */
    struct str property; /* "Properties/CidrIp", or empty */
    bool is_pending;     /* said of a part of the input; so of all only if of every part */
    VEC(struct diag_related) related;
};

/* A queue; everything in it lives in `arena`. An equal diagnostic (id, place,
 * message) is kept once; those without a place are compared with their path and
 * resource too, when they are sorted. After LIMIT_DIAGNOSTICS further ones are counted in
 * `dropped`, and errors among them still count in `errors`. */
struct diags {
    struct arena *arena;
    VEC(struct diag) all;
    size_t errors;
    size_t dropped;
    struct map *seen;             /* internal */
    struct diag_scratch *scratch; /* internal */
};

void diags_init(struct diags *d, struct arena *a);

/* Adds one with a formatted message. Returns it, so that the caller may fill
 * resource, property and related; never NULL (a scratch one when dropped or
 * said before; what is written to it is lost). The pointer is good until the next diag_add. */
struct diag *diag_add(struct diags *d, enum diag_id id, struct span at, const char *fmt, ...)
    PRINTF_LIKE(4, 5);

/* Adds that a file cannot be read, as what base/file.h returned says; one over its limit has an id
 * of its own. `what` stands before the path: "The policy ", or "". */
struct file_result;
struct diag *diag_unreadable(struct diags *d, struct span at, const char *what, struct str path,
                             const struct file_result *r);

/* Adds a related place to the diagnostic that diag_add returned. */
void diag_relate(struct diags *d, struct diag *g, struct span at, const char *fmt, ...)
    PRINTF_LIKE(4, 5);

/* Sorts by source, place, id, message: the order of printing. */
void diags_sort(struct diags *d);

#endif
