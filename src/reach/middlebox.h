/*
 * Ways between an edge's gateway and a subnet: directly, or through a middlebox (an appliance,
 * a firewall's endpoint) to which a gateway route table or the subnet's own table leads
 * (SEMANTICS 1.1.4):
 *
 *     gateway ----------- direct ----------> subnet        forth: the gateway's table
 *        `----> middlebox in its subnet ------^            back: the two subnets' tables
 *
 * A way back that is not the way forth needs A-ASYM of each middlebox that sees one half.
 */
#ifndef CFNREACH_REACH_MIDDLEBOX_H
#define CFNREACH_REACH_MIDDLEBOX_H

#include "reach/solver.h"

struct middlebox {
    uint32_t gateway;   /* index of the middlebox */
    uint32_t subnet;    /* index: where it stands */
    struct guard forth; /* packets are led through it, if it lets them */
    struct guard passes;
};

struct middleboxes {
    struct guard direct; /* packets come directly */
    VEC(struct middlebox) at;
};

/* Those that can be on a way between the gateway and the place. Kept.
 * gateway may be WORLD_NONE: none, direct. */
const struct middleboxes *middleboxes_of(struct reach *r, const struct place *place,
                                         uint32_t gateway);

/* When packets come in at all, whatever the way back. */
struct guard middlebox_entry(const struct reach *r, const struct middleboxes *all);

/* When some way back exists, whatever the way forth: of the direct one (direct) and of those
 * through each middlebox (back[i]; whether it lets them through is added here). */
struct guard middlebox_return(const struct reach *r, const struct middleboxes *all,
                              struct guard direct, const struct guard *back);

/* When there are both. */
struct guard middlebox_round_trip(struct reach *r, const struct middleboxes *all,
                                  struct guard direct, const struct guard *back);

#endif
