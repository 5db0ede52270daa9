/*
 * From one interface of a VPC to another: which ports are open, what decides, and what blocks.
 * Packets follow the local routes; the sender's egress rules, the ACLs where two subnets differ
 * and the target's rules decide (hop.h).
 *
 *     OPEN = both exist /\ addresses /\ sender's egress /\ ACLs forth /\ target's rules /\ ACLs
 * back
 */
#ifndef CFNREACH_REACH_INSIDE_H
#define CFNREACH_REACH_INSIDE_H

#include "reach/reach.h"

struct inside_question {
    uint32_t from; /* indexes of interfaces */
    uint32_t to;
    int protocol; /* PROTOCOL_ALL: tcp or udp */
    struct ports ports;
};

/* In the order in which blockers are listed. */
enum inside_part {
    INSIDE_THERE,   /* both belong to something that is deployed */
    INSIDE_ADDRESS, /* both have an address of one family */
    INSIDE_SENT,    /* the sender's groups let it out */
    INSIDE_ACL_FORTH,
    INSIDE_ADMITTED, /* the target's groups */
    INSIDE_ACL_BACK,
    INSIDE_LISTENS, /* something of the target listens on the ports */
    INSIDE_PARTS
};
const char *inside_part_name(enum inside_part p); /* "sender-egress"; static */

/* Ports that are open, and what decides under the witness: ids, or WORLD_NONE. */
struct inside_way {
    enum net_family family;
    int protocol;
    struct ports ports;
    struct guard when;
    struct reach_judgement judgement;
    uint32_t sent_group; /* of the sender; none where no group limits it */
    uint32_t sent_rule;
    uint32_t acl_from; /* none within one subnet */
    uint32_t out_entry;
    uint32_t acl_to;
    uint32_t in_entry;
    uint32_t reply_entry; /* of acl_to, for the reply */
    uint32_t group;       /* of the target; none where no group filters it */
    uint32_t rule;
};

struct inside_blocker {
    enum inside_part part;
    uint32_t element; /* id of the interface, group or ACL */
    uint32_t entry;   /* id of the denying ACL entry, or WORLD_NONE */
    bool alone;       /* making only this part permissive would open it */
    bool joint;       /* none blocks alone; these together do */
};

struct inside_answer {
    bool same_vpc; /* some placements of both are in one VPC; else the rest is empty */
    const struct inside_way *ways; /* by family, protocol, port */
    size_t way_n;
    const struct inside_blocker *blockers; /* of no way */
    size_t blocker_n;
};

struct inside_answer reach_inside(struct reach *r, struct inside_question q);

#endif
