/*
 * The policies that are compiled in: the bytes of policies/default.yaml and inspector.yaml.
 */
#ifndef CFNREACH_POLICY_EMBEDDED_H
#define CFNREACH_POLICY_EMBEDDED_H

#include "base/str.h"

/* The bytes of a built-in policy ("default"); false if there is none of that name. */
MUST_CHECK bool embedded_policy(struct str name, struct str *bytes);

/* The name of the index-th built-in policy; empty beyond the last. For suggestions and help. */
struct str embedded_name(size_t index);

#endif
