/*
 * Internal to topology: one rule of a group, inline or standalone, as entries of the world:
 * one for each source and each combination of protocol and ports (SEMANTICS 2.1).
 */
#ifndef CFNREACH_TOPOLOGY_RULE_H
#define CFNREACH_TOPOLOGY_RULE_H

#include "topology/builder.h"

/* Adds the rule written in the map `item` to the groups. r owns the rule. Returns where the
 * rule exists (it has a source there). */
struct guard rule_add(struct builder *b, const struct cfn_resource *r, const struct hits *groups,
                      const struct cfn_term *item, bool egress);

#endif
