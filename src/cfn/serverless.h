/*
 * Inside cfn: AWS::Serverless-2016-10-31, the one macro that is followed. What it writes has no
 * port in a network: functions never listen (SEMANTICS 2.9), APIs and tables are services. So it
 * is enough to know what it merges, Globals, and the names of what it makes.
 * ("Globals section of the AWS SAM template", "Generated AWS CloudFormation resources for AWS
 * SAM", AWS SAM Developer Guide.)
 */
#ifndef CFNREACH_CFN_SERVERLESS_H
#define CFNREACH_CFN_SERVERLESS_H

#include "cfn/eval.h"

bool cfn_is_serverless_transform(struct str name);

/* Replaces t->doc by one in which Globals are merged into the resources of their kind. */
void cfn_serverless_merge(struct cfn_template *t);

/* Does the transform make something of this name ("HandlerRole", "ServerlessRestApi")? */
bool cfn_serverless_makes(const struct cfn_template *t, struct str name);

#endif
