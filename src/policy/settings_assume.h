/*
 * The key `assume` of a policy file: how facts are that no template can know. Internal to the
 * module.
 */
#ifndef CFNREACH_POLICY_SETTINGS_ASSUME_H
#define CFNREACH_POLICY_SETTINGS_ASSUME_H

#include "policy/settings_read.h"

/* Adds to what the policy that is extended assumes; of one fact the last entry counts. */
void settings_read_assumptions(struct settings_reader *r, const struct doc_node *map);

#endif
