/*
 * From guards to verdicts (SEMANTICS 4.1), kept for each guard.
 */
#ifndef CFNREACH_REACH_JUDGE_H
#define CFNREACH_REACH_JUDGE_H

#include "reach/solver.h"

struct reach_judgement judge_kept(struct reach *r, struct guard g);

/* An assignment of all variables of the family under which g holds: that of the witness,
 * the rest at their standard outcomes where they can be. g must be possible. Kept. */
const uint32_t *judge_assignment(struct reach *r, struct guard g);

#endif
