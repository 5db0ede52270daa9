/*
 * Reading one policy document into settings that may already hold those of the policy that
 * it extends. Internal to the module.
 */
#ifndef CFNREACH_POLICY_SETTINGS_READ_H
#define CFNREACH_POLICY_SETTINGS_READ_H

#include "doc/doc.h"
#include "policy/settings.h"

/* Settings under construction. A rule's own severity stands apart from `off`, so that a later
 * policy may turn a rule on again without naming a severity. */
struct settings_reader {
    struct settings *settings;
    struct diags *diags;
    bool *rule_off; /* by rule index */
};

/* Applies every key of a policy. Faults are CFNR912 with the place; what can be read is
 * applied nevertheless. root may be NULL (then nothing happens: the reader has complained). */
void settings_read(struct settings_reader *r, const struct doc_node *root);

/* Adds "... 'text' ...; did you mean 'x'?" at a node. `what` is the beginning: "Unknown key". */
void settings_complain(struct diags *d, const struct doc_node *at, const char *what,
                       struct str text, const struct str *candidates, size_t n);

#endif
