/*
 * Inside cfn: what a name stands for, and what to say when it stands for nothing.
 */
#ifndef CFNREACH_CFN_NAMES_H
#define CFNREACH_CFN_NAMES_H

#include "cfn/eval.h"

/* May a macro define what the template as written does not? */
bool cfn_may_be_made(const struct cfn_template *t, struct str name);

/* Says at `at` that `what` ("Ref", "Fn::Sub") names nothing, with the name that was probably
 * meant. In a template that a macro rewrites it is a note: the macro may define the name. Of
 * what AWS::Serverless makes ("<Function>Role") nothing is said. */
void cfn_undefined(const struct cfn_template *t, const struct doc_node *at, const char *what,
                   struct str name, bool only_resources);

/* What `!Ref name` gives at `node`; undefined names are diagnosed and give a fault. */
struct cfn_value cfn_named(const struct cfn_scope *s, const struct doc_node *node, const char *what,
                           struct str name, struct guard when);

/* What `!GetAtt name.attribute` gives. */
struct cfn_value cfn_attribute(const struct cfn_scope *s, const struct doc_node *node,
                               const char *what, struct str name, struct str attribute,
                               struct guard when);

/* The resource and attribute of "A.B.C" or of [A, B]; false if the attribute is an expression
 * (then only *resource is set). */
bool cfn_getatt_parts(struct arena *a, const struct cfn_call *c, struct str *resource,
                      struct str *attribute);

#endif
