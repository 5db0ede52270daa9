/*
 * Inside cfn: lookups that fail. CloudFormation refuses to deploy when Fn::FindInMap finds no
 * such key, so the family of deployable assignments leaves those out.
 */
#ifndef CFNREACH_CFN_FIND_IN_MAP_H
#define CFNREACH_CFN_FIND_IN_MAP_H

#include "cfn/eval.h"

/* The part of `when` under which the lookup finds nothing and has no DefaultValue. *is_named:
 * for a value that the template itself names, not only for "any other" or for a region. */
struct guard cfn_missing_keys(const struct cfn_scope *s, const struct cfn_call *c,
                              struct guard when, bool *is_named);

#endif
