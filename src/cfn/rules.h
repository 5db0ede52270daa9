/*
 * Inside cfn: the Rules section.
 */
#ifndef CFNREACH_CFN_RULES_H
#define CFNREACH_CFN_RULES_H

#include "cfn/unit.h"

/* Takes the assignments that violate an assertion out of the unit's family (SEMANTICS 4.5). What
 * cannot be decided here restricts nothing, and is noted. */
void cfn_rules_apply(struct cfn_template *t);

#endif
