/*
 * Suppressions that stand in the templates themselves: comments and Metadata. Internal to the
 * module.
 *
 *     # cfnreach:ignore CFNR102,CFNR103 -- reason        one suppression for each id
 *     Metadata: {cfnreach: {ignore: [{id: CFNR102, reason: ..., until: 2031-12-31}]}}
 *
 * A comment behind something acts on its line, one on a line of its own on the next line that
 * is neither comment nor blank (DESIGN.md, "Comments": "on its line or the next line"; a comment
 * that ends a line speaks of that line alone, or it would accept the rule below it, too).
 */
#ifndef CFNREACH_POLICY_SUPPRESS_H
#define CFNREACH_POLICY_SUPPRESS_H

#include "base/vec.h"
#include "cfn/unit.h"
#include "policy/rule.h"

struct suppression {
    const struct rule *rule;
    struct str reason;                   /* "" : none was given */
    struct str until;                    /* "YYYY-MM-DD" or "" */
    struct span at;                      /* the id as written */
    struct span line;                    /* of a comment: what it acts on; else SPAN_NONE */
    const struct cfn_resource *resource; /* of Metadata; else NULL */
    bool used;                           /* something is there that it means */
};

struct suppressions {
    VEC(struct suppression) all;
};

/* Reads those of every template of the unit, in order of writing, comments first. What is
 * misspelt or unknown is a CFNR942 with a suggestion and left out. */
void suppress_read(struct arena *a, const struct cfn_unit *u, struct suppressions *out);

#endif
