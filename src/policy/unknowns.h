/*
 * What a template leaves open, and how much hangs on it (`lint --unknowns`): facts about the
 * surroundings, and values that are known only after deployment.
 */
#ifndef CFNREACH_POLICY_UNKNOWNS_H
#define CFNREACH_POLICY_UNKNOWNS_H

#include "policy/finding.h"

struct unknown {
    struct str name;  /* "A-SUBROUTE(SubnetId)", "SubnetId", "ImportValue net-Subnet" */
    const char *kind; /* "fact", "parameter", "condition", "import", "dynamic-reference",
                         "attribute", "macro" */
    struct str text;  /* of a fact: in plain words; else "" */
    size_t flows;     /* whose verdict is not certain, and would change with it */
    size_t findings;  /* with an endpoint that such a flow leads to */
};

struct unknowns {
    struct unknown *at; /* facts, then values; in the order in which they came up */
    size_t n;
    size_t cap;
};

/* findings may be NULL. A fact that is assumed is not open. */
struct unknowns unknowns_of(struct arena *a, const struct topology *t,
                            const struct reach_answer *answer, const struct findings *findings);

#endif
