/*
 * Inside cfn: what templates give to each other by name ("Outputs", AWS CloudFormation User
 * Guide; SEMANTICS 4.7).
 */
#ifndef CFNREACH_CFN_EXPORTS_H
#define CFNREACH_CFN_EXPORTS_H

#include "cfn/eval.h"

/* An output's value, once it was asked for: [1] as a key of comparisons. */
struct cfn_known {
    struct cfn_value value[2];
    enum { CFN_VALUE_NOT_YET, CFN_VALUE_BUSY, CFN_VALUE_KNOWN } state[2];
};

/* One alternative of an export's name. */
struct cfn_export {
    struct cfn_template *t;
    struct cfn_output *output;
    struct cfn_term name; /* under the output's condition */
    struct str pattern;   /* link_name.h */
};

/* The value of an output of t, where `when` and its condition hold, as used at `node`. */
struct cfn_value cfn_output_value(const struct cfn_scope *s, const struct cfn_template *t,
                                  struct cfn_output *o, struct guard when,
                                  const struct doc_node *node);

/* What an import of this name gives at `node`: the values that other templates of the unit
 * export under it. *rest: where none does. */
struct cfn_value cfn_imported(const struct cfn_scope *s, const struct cfn_term *name,
                              const struct doc_node *node, struct guard *rest);

#endif
