/*
 * Facts and choices in plain words: "A-SUBROUTE(SubnetId)" is "subnet 'SubnetId' has a route to
 * an internet gateway".
 */
#ifndef CFNREACH_POLICY_FACTS_H
#define CFNREACH_POLICY_FACTS_H

#include "policy/finding.h"

/* The choice as a clause without a period; `kept`: the parameter keeps its Default. */
struct str fact_clause(struct arena *a, const struct finding_choice *choice, bool kept);

/* The clauses of a witness, joined by commas and "and". Parameters that keep their Default are
 * found by name in the unit (NULL: none is). */
enum fact_which { FACT_CHOICES, FACT_FACTS, FACT_BOTH };
struct str fact_clauses(struct arena *a, const struct cfn_unit *u, const struct finding_choice *at,
                        size_t n, enum fact_which which);

/* Is the choice a parameter at its Default? */
bool fact_keeps_default(const struct cfn_unit *u, const struct finding_choice *choice);

#endif
