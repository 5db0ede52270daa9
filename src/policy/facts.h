/*
 * Facts and choices in plain words: "A-SUBROUTE(SubnetId)" is "subnet 'SubnetId' has a route to
 * an internet gateway".
 */
#ifndef CFNREACH_POLICY_FACTS_H
#define CFNREACH_POLICY_FACTS_H

#include "policy/finding.h"
#include "reach/assume.h"

/* Is it the name of some fact: "A-DEFVPC", "A-SUBROUTE(...)"? */
bool fact_is_name(struct str name);
/* The kind of fact that a wrong name was probably meant to be ("A-SUBROUTE"), or "". */
struct str fact_near(struct arena *a, struct str name);

/* A literal of a witness by name, without the text. */
struct finding_choice fact_choice(const struct guard_space *space, const struct guard_literal *l);

/* Puts a choice behind the n of the same witness, or into the one of its name: what a parameter
 * is compared with and what it may be as a source are two variables. "Any other value" beside a
 * value says nothing; of two different values both are asked for. Returns how many there are;
 * a merged text is made in the arena. */
size_t fact_choices_add(struct arena *a, struct finding_choice *at, size_t n,
                        struct finding_choice choice);

/* The choice as a clause without a period; `kept`: the parameter keeps its Default. What a fact
 * is about is found by name in the topology (NULL: it is not looked for). */
struct str fact_clause(struct arena *a, const struct topology *t,
                       const struct finding_choice *choice, bool kept);

/* The clauses of a witness but that of the budget, joined by commas and "and". Parameters that keep
 * their Default are found by name in its unit (NULL: none is). */
enum fact_which { FACT_CHOICES, FACT_FACTS, FACT_BOTH };
struct str fact_clauses(struct arena *a, const struct topology *t, const struct finding_choice *at,
                        size_t n, enum fact_which which);

/* " (assuming A-SUBROUTE(SubnetId)=no, A-NACL(SubnetId)=no)", or "". */
struct str fact_assumed(struct arena *a, struct assumed assumed);

/* The parameter that a choice or the subject of a fact is, or is an element of: "SubnetIds[0]";
 * NULL: none of the unit, which may be NULL. */
const struct cfn_parameter *fact_parameter(const struct cfn_unit *u, struct str name);

/* Does the choice say no more than that the analysis ran out of its budget? */
bool fact_is_budget(const struct finding_choice *choice);

/* Is the choice a parameter at its Default? */
bool fact_keeps_default(const struct cfn_unit *u, const struct finding_choice *choice);

#endif
