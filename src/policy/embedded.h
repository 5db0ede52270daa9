/*
 * The policies that are compiled in: default, inspector and strict, made at build time from
 * policies/NAME.yaml by the reader that reads everybody's (policies/builtin.c).
 */
#ifndef CFNREACH_POLICY_EMBEDDED_H
#define CFNREACH_POLICY_EMBEDDED_H

#include "policy/settings_read.h"

/* What a built-in policy says of a rule: a severity, or that there is none of its own; and,
 * beside it, whether the rule is off. */
enum { EMBEDDED_IMPLIED = 0x40, EMBEDDED_OFF = 0x80 };

/* Is there a built-in policy of that name? */
MUST_CHECK bool embedded_has(struct str name);

/* Settings, which are empty, become what the reader makes of that policy and all it extends. Of a
 * name that there is none of it is a BUG. */
void embedded_read(struct settings_reader *r, struct str name);

/* The name of the index-th built-in policy; empty beyond the last. For suggestions and help. */
struct str embedded_name(size_t index);

#endif
