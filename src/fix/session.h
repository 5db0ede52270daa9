/*
 * Internal to R7: what an instance needs besides its role.
 */
#ifndef CFNREACH_FIX_SESSION_H
#define CFNREACH_FIX_SESSION_H

#include "fix/job.h"

struct session {
    struct candidates *c;
    struct candidate *k;
    struct str profile;      /* of the new instance profile, once made */
    struct str endpoint_vpc; /* logical id of the VPC that has got endpoints */
};

/* Makes sure that an endpoint's instance gets out on tcp 443: egress of its groups, and a route
 * or interface endpoints. False, with the reason in the edits, if that cannot be written. */
MUST_CHECK bool session_way_out(struct session *s, const struct finding_endpoint *e);

#endif
