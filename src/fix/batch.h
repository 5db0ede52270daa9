/*
 * Several fixes proven by one analysis. What is promised of a fix is promised of it alone; so
 * only such fixes go together of which the result together tells the result of each.
 *
 *     fix 1 takes from rule 1  ->  flows that rule 1 opens   \
 *     fix 2 takes from rule 2  ->  flows that rule 2 opens    >  no flow in two of these sets
 *     ...                                                    /
 */
#ifndef CFNREACH_FIX_BATCH_H
#define CFNREACH_FIX_BATCH_H

#include "fix/proof.h"

struct batch_member {
    const struct site *site;
    const struct edit *edits; /* ordered */
    size_t n;
    uint32_t cause; /* those with the same edits have one together; from 1 */
    enum proof_result result;
    struct texts collateral;
};

struct batch {
    struct fix_job *job;
    VEC(struct batch_member) members;
    const struct edit *edits; /* of all members, ordered */
    size_t n;
    uint32_t causes;
    uint32_t *cause_of; /* of each flow: the one that may change it; 0: none */
    uint32_t *tried;    /* the same with one more, to see whether that one fits in */
};

void batch_open(struct batch *b, struct fix_job *job);

/* Adds a fix of the kind `takes` (job.h). False: together with the others it could not be told
 * apart. */
MUST_CHECK bool batch_add(struct batch *b, const struct site *site, const struct edit *edits,
                          size_t n);

/* PROOF_HOLDS: every member has its result. PROOF_FAILS: together they show something that none
 * can be blamed for; each has to be proven alone. */
enum proof_result batch_prove(struct batch *b);

#endif
