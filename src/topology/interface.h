/*
 * Internal to topology: interfaces, before they are placed.
 */
#ifndef CFNREACH_TOPOLOGY_INTERFACE_H
#define CFNREACH_TOPOLOGY_INTERFACE_H

#include "topology/builder.h"

struct draft {
    const struct cfn_resource *resource; /* that it belongs to */
    struct topology_origin origin;
    struct str name;
    uint32_t owner; /* WORLD_NONE: attached to nothing */
    uint32_t number;
    struct guard when;
    struct cfn_value subnet;         /* alternatives; absent: a default subnet */
    const struct hits *places;       /* not NULL: these, disjoint, instead of `subnet` */
    struct hits groups;              /* absent: the default group of the VPC */
    struct cfn_value associate;      /* AssociatePublicIpAddress */
    struct guard may_assign;         /* where AWS may assign an address by itself (1.1.2 b, c) */
    struct guard wants6;             /* it asks for IPv6 addresses */
    const struct slot *addresses[2]; /* whose EIPs count; NULL entries */
    const struct guard *is_public;   /* not NULL: it has a public address exactly there */
    uint32_t public_by;              /* with is_public: what decides */
    struct guard open;               /* where it has no group, not even the default one */
    uint32_t *same_as; /* not NULL: adds to this interface, if it is one, else becomes it; the
                          guards of drafts of one interface are disjoint */
};

/* Makes the interface with its placements and groups; returns its index. */
uint32_t interface_make(struct builder *b, const struct draft *d);

/* Where the alternatives of a map (an interface, an instance) ask for IPv6 addresses. */
struct guard interface_wants6(struct builder *b, struct cfn_value map);

#endif
