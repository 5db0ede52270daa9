/*
 * A hop between two VPCs: from a balancer to a target that is given by address and stands behind
 * a peering connection or a transit gateway (SEMANTICS 1.6). The packet takes the route of the
 * sender's subnet, the reply that of the target's:
 *
 *     sender's subnet --route--> gateway --> target's subnet
 *                     <-- gateway <--route--
 *
 * A client's address is kept over a peering connection only, and the reply finds its way back to
 * the balancer without a route ("Target groups for your Network Load Balancers", IP addresses).
 */
#ifndef CFNREACH_REACH_HOP_CROSS_H
#define CFNREACH_REACH_HOP_CROSS_H

#include "reach/hop.h"

struct hop_cross {
    struct guard open;   /* there is a way to the target, and back */
    struct guard refers; /* one over which the target's rules may refer to the sender's groups */
};

/* Of a hop whose sender and target are in different VPCs. */
struct hop_cross hop_cross(struct reach *r, const struct hop *h);

#endif
