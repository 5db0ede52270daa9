/*
 * Inside cfn: nested stacks ("AWS::CloudFormation::Stack", AWS CloudFormation Template
 * Reference). The template of a nested stack is a template of the unit, once for each stack that
 * is made from it:
 *
 *     Network: {Type: AWS::CloudFormation::Stack,
 *               Properties: {TemplateURL: net.yaml, Parameters: {Env: !Ref Stage}}}
 *
 *     "Network/Subnet" is Subnet of net.yaml; `!Ref Env` there is `!Ref Stage` here;
 *     `!GetAtt Network.Outputs.Id` here is the value of the output Id there.
 *
 * Which file it is made from has been found out before (struct cfn_nesting).
 */
#ifndef CFNREACH_CFN_NESTED_H
#define CFNREACH_CFN_NESTED_H

#include "cfn/eval.h"

/* template.c: cfn_declare for the template of `stack` (NULL: of none). */
struct cfn_template *cfn_declare_nested(struct cfn_unit *u, const struct cfn_input *input,
                                        struct cfn_resource *stack);

/* Declares the templates of the nested stacks of t. */
void cfn_nested_declare(struct cfn_template *t);

/* Of the template of a nested stack: what is written out for its parameters counts as given, for
 * what is decided before anything is evaluated (loops.h). */
void cfn_nested_give(struct cfn_template *t);

/* `GetAtt stack.attribute` where the template of the stack tells it ("Outputs.X"): false where
 * it does not, and it is the stack's identity. Terms cover `when`. */
MUST_CHECK bool cfn_nested_attribute(const struct cfn_scope *s, const struct doc_node *node,
                                     const struct cfn_resource *stack, struct str attribute,
                                     struct guard when, struct cfn_value *out);

#endif
