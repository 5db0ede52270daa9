/*
 * Names by which templates find each other, as far as they are known: every part that is not is
 * one byte, CFN_GAP.
 *
 *     !Sub "${AWS::StackName}-Vpc"    <gap>-Vpc
 *     net-Vpc                         net-Vpc
 */
#ifndef CFNREACH_CFN_LINK_NAME_H
#define CFNREACH_CFN_LINK_NAME_H

#include "cfn/value.h"

enum { CFN_GAP = 1 };

/* The name that a term stands for; empty if it is none. */
struct str cfn_link_name(struct arena *a, const struct cfn_term *term);

bool cfn_link_name_is_known(struct str name);

/* How well do two names fit? Of all candidates only the best kind counts. */
enum cfn_fit {
    CFN_FIT_NEVER,
    CFN_FIT_MAYBE, /* some text in the gaps makes them equal */
    CFN_FIT_SHAPE, /* the same with the same gaps: written for each other */
    CFN_FIT_EQUAL  /* known and the same */
};
enum cfn_fit cfn_link_fit(struct str a, struct str b);

/* What the one gap of `name` holds if it is `text`; false if it has not one gap, or differs. */
MUST_CHECK bool cfn_link_fill(struct str name, struct str text, struct str *out);

#endif
