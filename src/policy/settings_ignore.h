/*
 * The `ignore` list of a policy file. Internal to the module.
 */
#ifndef CFNREACH_POLICY_SETTINGS_IGNORE_H
#define CFNREACH_POLICY_SETTINGS_IGNORE_H

#include "policy/settings_read.h"

/* Appends the entries of the list to the settings; faulty ones are diagnosed and left out. */
void settings_read_ignores(struct settings_reader *r, const struct doc_node *list);

/* The rule that a scalar names by id or name; unknown ones are diagnosed, with NULL. */
const struct rule *settings_rule(struct settings_reader *r, const struct doc_node *n);

#endif
