/*
 * Who carries a group, and what blocks the way to them. Internal to the module.
 */
#ifndef CFNREACH_POLICY_BLOCKED_H
#define CFNREACH_POLICY_BLOCKED_H

#include "policy/check.h"

/* Indexes of interfaces, ascending. */
struct carriers {
    uint32_t *at;
    size_t n;
    size_t cap;
};

/* The interfaces that carry the group under some choice and belong to something. */
struct carriers blocked_carriers(struct checker *c, uint32_t group);

/* Asking costs time, and nobody reads more. That all carriers are blocked is known before: the
 * solver found no flow. */
enum { BLOCKED_ASKED = 8 };

struct blocker_list {
    struct finding_blocker *at;
    size_t n;
    size_t cap;
};

/* Why this rule of the group opens nothing at its carriers: every blocker of the first
 * BLOCKED_ASKED of them. False: it does open something under some choice. */
MUST_CHECK bool blocked_why(struct checker *c, struct carriers carriers, uint32_t group,
                            const struct world_rule *rule, struct blocker_list *out);

#endif
