/*
 * What the user says of facts (`--assume "A-SUBROUTE(SubnetId)=no"`). A pinned fact stays a
 * variable, but the family of deployments has only the assignments that agree with it. So
 * verdicts, witnesses and blockers come out as if the fact were known, and the same world can be
 * asked again without the pins, to tell what an answer owes to them.
 */
#ifndef CFNREACH_REACH_ASSUME_H
#define CFNREACH_REACH_ASSUME_H

#include "reach/inside.h"
#include "reach/reach.h"

/* The pin of a fact that is about to become a variable, or NULL; `outcome` is what it is pinned
 * to, or GUARD_NO_OUTCOME: it does not fit. Internal to world.c. */
struct world_pin *assume_pin_of(struct world *w, struct str name, const struct str *labels,
                                uint32_t outcomes, uint32_t *outcome);

/* g without the pinned variables: the same set within the family. */
struct guard world_settled(const struct world *w, struct guard g);

/* Which pins a blocked question rests on, in the order of world.pins: those that open it when
 * they alone are lifted; if none does, but lifting all of them, all. None: it is blocked whatever
 * they say. What is worked out is kept in the arena, from answer to answer. */
struct assume_answers;
struct assume_answers *assume_answers_new(struct arena *a, const struct world *w);
struct assumed {
    const struct world_pin *const *at;
    size_t n;
};
struct assumed assume_why_not(struct assume_answers *x, struct reach_question q);
struct assumed assume_why_not_inside(struct assume_answers *x, struct inside_question q);

#endif
