/*
 * Severity arithmetic (SEMANTICS 4.3, 5.5): the table's value, or the policy's own for the
 * rule; capped where only few public addresses get in; lowered by two levels where the doubt is
 * about the rule itself.
 */
#ifndef CFNREACH_POLICY_GRADE_H
#define CFNREACH_POLICY_GRADE_H

#include "policy/split.h"
#include "reach/reach.h"

/* What is known of an endpoint besides its ports. */
struct grade_case {
    enum world_edge edge;
    enum reach_verdict verdict;
    bool doubts_rule;
    bool one_address;       /* operator-supplied: only a candidate of one address gets in */
    enum exposure exposure; /* of what the opening rule lets in */
    enum world_answer answers;
};

/* The table's value for the ports of a piece; the highest of a range; OFF where every service
 * in it is off. Unrecognized ports are informational. */
enum severity grade_table(const struct piece *p, enum world_edge edge);

/* So many levels lower, informational at least; OFF stays off. */
enum severity grade_lowered(enum severity s, unsigned levels);

/* At most what the policy allows for so few sources; only the internet edge is capped. */
enum severity grade_capped(const struct settings *s, enum severity severity, enum world_edge edge,
                           enum exposure exposure);

/* The severity of an endpoint under a rule; OFF: not reported. */
enum severity grade(const struct settings *s, const struct rule *r, const struct piece *p,
                    const struct grade_case *c);

#endif
