/*
 * Internal to topology: address blocks as rules, ACL entries and routes write them, as
 * prefixes under guards (SEMANTICS 3.4, 4.4, 10.7).
 */
#ifndef CFNREACH_TOPOLOGY_BLOCK_H
#define CFNREACH_TOPOLOGY_BLOCK_H

#include "topology/builder.h"

struct block {
    struct guard when;
    struct prefix prefix;
    const struct cfn_term *term; /* what is written, for origins */
    bool free_text;              /* a candidate of a text that is not known */
    bool is_part;                /* what is meant is somewhere in the prefix, not all of it */
};
struct blocks {
    struct block *at;
    size_t n;
    size_t cap;
};

/* The prefixes that a value of the property `family` may be: known texts as they are; of what is
 * not known the candidates of the property's family. Odd texts are warned of at r. A text that
 * is no CIDR is every address under a choice of its own. */
struct blocks block_read(struct builder *b, const struct cfn_resource *r, struct cfn_value v,
                         enum net_family family);

#endif
