/*
 * Internal to topology: protocol and ports as rules and ACL entries write them (SEMANTICS
 * 2.1.5, 2.4.3, 3.3), as alternatives under guards.
 */
#ifndef CFNREACH_TOPOLOGY_SERVICE_H
#define CFNREACH_TOPOLOGY_SERVICE_H

#include "topology/builder.h"

struct service {
    struct guard when;
    int protocol;
    struct ports ports; /* PORTS_ALL where ports mean nothing */
};
struct services {
    struct service *at;
    size_t n;
    size_t cap;
};

struct service_text {
    const struct cfn_resource *resource; /* for warnings */
    const struct doc_node *place;        /* where a missing property is warned of; may be NULL */
    struct guard when;
    struct cfn_value protocol;
    struct cfn_value from;
    struct cfn_value to;
    bool is_entry; /* of an ACL: protocols are numbers, an absent one means all */
};

/* Combinations under `when`; what is not known is under a choice or its parameter's outcome. */
struct services service_read(struct builder *b, const struct service_text *t);

#endif
