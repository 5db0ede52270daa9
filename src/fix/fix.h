/*
 * Fixes: findings into edits, each proven by analysing the edited bytes again.
 *
 *     finding -site-> what the template says there -remedies-> edits -proof-> fix, or nothing
 *
 * A table beside the const findings, keyed by their index. What is offered is listed best
 * first (SEMANTICS 6, Ranking); what could not be proven is not offered.
 */
#ifndef CFNREACH_FIX_FIX_H
#define CFNREACH_FIX_FIX_H

#include "analysis/analysis.h"
#include "text/edit.h"

/* safe: touches the opening rule alone and cuts off nothing but the finding's endpoints.
 * unsafe: every other proven edit. advice: words, no edit. (DESIGN.md, Settled: Fix safety) */
enum fix_safety { FIX_SAFE, FIX_UNSAFE, FIX_ADVICE };
const char *fix_safety_name(enum fix_safety s); /* "safe"; static */

struct fix {
    struct str id;    /* "R2-1": remedy 2 for finding 1; alternatives are "R4-1", "R4-1b" ... */
    struct str title; /* one sentence */
    enum fix_safety safety;
    const struct edit *edits; /* ordered, on the analysed bytes; none of an advice */
    size_t edit_n;
    const struct str *collateral; /* what else it cuts off: "tcp/80 of 'Web' from the internet" */
    size_t collateral_n;
};

struct fix_list {
    const struct fix *at; /* best first */
    size_t n;
    const struct str *unproven; /* titles that the budget left out; the command `fix` tries them */
    size_t unproven_n;
    struct str hindrance; /* why there is no edit although a remedy applies; "" if none */
    size_t took;          /* bytes of memory, in turn, of its proofs, where it is asked for alone */
};

struct fixes {
    const struct fix_list *of; /* by index of the finding */
    size_t n;
    size_t proofs; /* analyses that were run */
};

struct fix_options {
    const struct analysis_options *analysis; /* as for the first analysis */
    size_t proofs;   /* at most so many analyses: LIMIT_PROOFS_LINT, LIMIT_PROOFS */
    uint64_t memory; /* bytes that the analyses of fix_apply may take in turn: LIMIT_FIX_MIB */
};

/* The fixes of every finding that is not suppressed; what takes too long is named as unproven.
 * Never NULL; lives in the arena. */
struct fixes *fix_find(struct arena *a, const struct analysis *analysis,
                       const struct fix_options *options);

/* The fixes of one finding, numbered `number` in their ids. */
struct fix_list fix_find_one(struct arena *a, const struct analysis *analysis, size_t index,
                             size_t number, const struct fix_options *options);

#endif
