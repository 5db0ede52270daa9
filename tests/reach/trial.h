/*
 * One random world on trial: what the solver said of it, where to look, and the walk over the
 * assignments of its variables.
 */
#ifndef CFNREACH_TESTS_REACH_TRIAL_H
#define CFNREACH_TESTS_REACH_TRIAL_H

#include "reach/reach.h"
#include "tests/check.h"

/* Where to look: the ports and source addresses at which something may change in a world. */
struct probes {
    VEC(uint16_t) ports; /* every bound of rules, entries and flows, and its neighbours */
    /* By family. Everything in a world that looks at a source is a range of addresses, so what
     * happens changes only at the first address of a range and behind its last. */
    VEC(struct address) internet[2]; /* one for each stretch between changes, if it has any */
    VEC(struct address) edges[2];    /* both ends of every range and their neighbours */
    VEC(struct address) anywhere[2]; /* one for each stretch between changes */
};

enum { MAX_VARIABLES = 64 };

struct trial {
    struct arena arena;
    struct world *w;
    uint32_t own_variables; /* those of the world; the solver's facts come after */
    uint32_t variables;
    uint32_t outcome[MAX_VARIABLES];
    struct reach *solver;
    struct reach_answer answer;
    struct probes probes;
    struct check_random random;
    uint32_t assignments; /* how many the own variables have */
    uint32_t number;
};

/* Makes the number-th world and solves it; outcome is all 0. */
void trial_begin(struct trial *t, uint32_t number);
/* The same with the number-th private world. */
void trial_begin_private(struct trial *t, uint32_t number);
void trial_end(struct trial *t);

/* Shows the world, its flows and the assignment, says what is wrong, and fails the test. */
void trial_disagree(const struct trial *t, const char *what);

/* Is outcome an assignment of the world's family? */
bool trial_is_deployable(const struct trial *t);

/* Sets the outcome of all of the solver's facts whose names begin with the kind. */
void trial_set_facts(struct trial *t, const char *kind, uint32_t outcome);

/* Counts outcome up over the world's own variables / all of them; false when back at all 0. */
bool trial_next_own(struct trial *t);
bool trial_next(struct trial *t);

/* About `some` assignments of the world's own variables, drawn so that all have a chance. */
bool trial_is_drawn(struct trial *t, uint32_t some);

/* A number below n. */
uint32_t trial_below(struct trial *t, size_t n);

#endif
