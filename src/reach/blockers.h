/*
 * Why not: which conjuncts of OPEN are in the way.
 */
#ifndef CFNREACH_REACH_BLOCKERS_H
#define CFNREACH_REACH_BLOCKERS_H

#include "reach/profile.h"

/* The blockers of a question about the profile, for this interface of it. */
struct reach_blockers blockers_of(struct reach *r, const struct profile *p,
                                  const struct world_interface *n, struct reach_question q);

/* Those of "any tcp or udp port", worked out once for a profile; in the family in which the
 * interface has an address, if there is just one. row: of EDGES. */
struct reach_blockers blockers_of_all(struct reach *r, struct profile *p,
                                      const struct world_interface *n, size_t row);

#endif
