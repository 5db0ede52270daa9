/*
 * A hop inside a VPC: from a sender that stands in one subnet (a tunnel's end, a balancer) to
 * an interface. It follows the VPC's local routes, so no route table is asked (into another VPC:
 * hop_cross.h); ACLs are asked where it crosses from one subnet into another (SEMANTICS 1.6
 * Hop(2)-(4), 1.7):
 *
 *     sender's egress rules --> ACL out, from --> ACL in, to --> target's rules
 *                               ACL in,  from <-- ACL out, to          (the reply)
 *
 * Addresses that are not written down are somewhere in the CIDR of their subnet, or anywhere
 * if that is not known: what holds for all of it is certain, what holds for a part rests on
 * A-ADDR of whose address it is (0.7, 10.13).
 */
#ifndef CFNREACH_REACH_HOP_H
#define CFNREACH_REACH_HOP_H

#include "reach/profile.h"

/* Who sends, and what the target sees of it. Zero-initialise what does not apply. */
struct hop_sender {
    struct str name;                       /* subject of A-ADDR for its own address */
    uint32_t subnet;                       /* index: where it stands */
    const struct world_membership *groups; /* it carries these; rules may refer to them */
    size_t group_n;
    struct guard filters; /* where its groups' egress rules limit what it sends (else not) */
    const struct world_source *destinations; /* it sends to these only; none: to all */
    size_t destination_n;
    bool keeps_client; /* the target sees the client's address instead of the sender's */
    bool acl_at_home;  /* its packets meet the ACL out even within the subnet (Classic) */
    bool leaves;       /* it sends into other VPCs, too */
};

/* What is taken as permissive, to find out what blocks. */
enum {
    HOP_THERE = 1,     /* that the target exists */
    HOP_ADDRESS = 2,   /* has an address of the family */
    HOP_LIMITS = 4,    /* the sender's egress rules and destinations */
    HOP_ACL_FORTH = 8, /* ACLs, for the first packet */
    HOP_ACL_BACK = 16, /* for the reply */
    HOP_RULES = 32     /* the target's groups */
};

struct hop {
    struct hop_sender sender;
    const struct profile *target;
    size_t placement; /* of the target's sample */
    enum net_family family;
    int protocol;        /* tcp or udp */
    unsigned permissive; /* mostly 0 */
};

/* The rectangles that the target's rules open; in order of rules. Ports are the target's.
 * Sources: with keeps_client the clients that the rule and the ACLs let through, whatever
 * clients there are (the caller intersects); else addresses of the sender's subnet. `when`
 * is complete: the target exists and is there with an address of the family, it carries the
 * group, ...; exposure is NONE.
 * A contribution whose rule is WORLD_NONE opens by what several rules do together, or because
 * no group filters the target; it has no group, and stands behind all others.
 * Nothing if sender and target are in different VPCs and the sender does not leave its own, or
 * has no way there. Lives in the arena a. */
struct contributions hop_open(struct reach *r, struct arena *a, const struct hop *h);

/* What decided, as ids, about one packet of a hop that is open under the assignment;
 * WORLD_NONE where an ACL is not asked or nothing decides. packet.source: what the target
 * sees, one of the contribution's sources. */
struct hop_trace {
    uint32_t acl_from; /* ids of the ACLs */
    uint32_t acl_to;
    uint32_t out_entry;   /* of the sender's subnet, to the target */
    uint32_t in_entry;    /* of the target's subnet */
    uint32_t reply_entry; /* of the target's subnet, out */
};
struct hop_trace hop_trace(struct reach *r, const struct hop *h, struct packet packet,
                           const uint32_t *outcome);

#endif
