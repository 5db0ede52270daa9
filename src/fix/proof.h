/*
 * The proof of a fix: the edited bytes, analysed, against the original analysis.
 *
 *     1  they can be read, and nothing is wrong in them that was not before
 *     2  every value outside the edits is what it was (same_values.c)
 *     3  the finding is gone or lower, and nothing as severe is new (compare_findings.c)
 *     4  no port is open that was not; what else closes is collateral (compare_flows.c)
 */
#ifndef CFNREACH_FIX_PROOF_H
#define CFNREACH_FIX_PROOF_H

#include "fix/job.h"

enum proof_result { PROOF_HOLDS, PROOF_FAILS, PROOF_NO_BUDGET };

struct texts {
    VEC(struct str) at;
};

/* Proves ordered edits for the finding of a site. What else they cut off is appended to
 * collateral, in the order of flows. */
enum proof_result proof_of(struct fix_job *job, const struct site *site, const struct edit *edits,
                           size_t n, struct texts *collateral);

/* The steps of it, for batch.c. The analysis of edited bytes, kept; NULL: the budget is used up. */
const struct analysis *proof_analyse(struct fix_job *job, const struct edit *edits, size_t n);
/* Steps 1 and 2. */
MUST_CHECK bool proof_reads(struct fix_job *job, const struct analysis *after,
                            const struct edit *edits, size_t n);
/* Is every fault of `after` one of `before`, word for word? */
MUST_CHECK bool proof_blames_alike(const struct analysis *before, const struct analysis *after);

/* same_values.c: outside the edits, do both trees have the same leaves at the same keys? */
MUST_CHECK bool same_values(struct arena *scratch, const struct leaves *before,
                            const struct doc *after, const struct edit *edits, size_t n);
/* The leaves of a tree; in the arena. */
struct leaves *leaves_of(struct arena *a, const struct doc *doc);

/* compare_findings.c: does g, of another analysis, say what f says: the same rule about one of
 * its endpoints, or of its group? */
MUST_CHECK bool findings_same(const struct finding *f, const struct finding *g);
/* Is finding `closed` of `before` gone or lower in `after`, with nothing new
 * of its severity or above? */
MUST_CHECK bool findings_closed(const struct findings *before, size_t closed,
                                const struct findings *after);

/* compare_flows.c: false if a flow of `after` is open further than in `before`. What is lost,
 * besides the endpoints of the finding, is appended to lost. */
MUST_CHECK bool flows_only_close(struct arena *a, const struct analysis *before,
                                 const struct analysis *after, const struct finding *closed,
                                 struct texts *lost);

/* The same where several findings were closed, each by a cause of its own; cause_of says which
 * may change a flow of `before` (0: none). False, too, if a flow without cause has lost ports. */
struct flow_share {
    const struct finding *closed;
    uint32_t cause;
    struct texts *lost;
};
MUST_CHECK bool flows_shared(struct arena *a, const struct analysis *before,
                             const struct analysis *after, const uint32_t *cause_of,
                             const struct flow_share *shares, size_t n);

#endif
