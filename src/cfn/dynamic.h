/*
 * Inside cfn: `{{resolve:service:name}}` in texts. CloudFormation replaces it during deployment,
 * so what it stands for is unknown, but what stands around it is not.
 */
#ifndef CFNREACH_CFN_DYNAMIC_H
#define CFNREACH_CFN_DYNAMIC_H

#include "cfn/eval.h"

/* Does the text hold a dynamic reference, whole or begun? */
bool cfn_has_dynamic(struct str text);

/* Does a text part of a joined term begin a dynamic reference (that another part ends)? */
bool cfn_joined_is_dynamic(const struct cfn_term *joined);

/* A text with dynamic references: an unknown, or CFN_JOINED of text and unknowns. */
struct cfn_value cfn_dynamic_text(const struct cfn_template *t, const struct doc_node *node,
                                  struct str text, struct guard when);

#endif
