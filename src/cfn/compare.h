/*
 * Inside cfn: comparing two scalars as conditions and lookups do.
 */
#ifndef CFNREACH_CFN_COMPARE_H
#define CFNREACH_CFN_COMPARE_H

#include "cfn/value.h"

/* As cfn_compare, for terms that were evaluated as keys: a parameter that is still unknown there
 * has none of its outcomes. */
enum cfn_sameness cfn_compare_keys(const struct cfn_term *a, const struct cfn_term *b);

#endif
