/*
 * Inside cfn: address blocks for Fn::Cidr, as texts in and texts out. (The algebra of addresses
 * is net's; this module knows nothing of networks.)
 */
#ifndef CFNREACH_CFN_CIDR_BLOCK_H
#define CFNREACH_CFN_CIDR_BLOCK_H

#include "base/buf.h"
#include "base/str.h"

struct cidr_block {
    uint64_t high; /* 0 for IPv4 */
    uint64_t low;
    uint8_t bits; /* length of the prefix */
    bool is_v6;
};

/* "10.0.0.0/16", "2001:db8::/56": strict, with the prefix; host bits are cleared. */
MUST_CHECK bool cidr_block_parse(struct str s, struct cidr_block *out);

/* Block number `index` of the blocks with `host_bits` bits each that `whole` is cut into; false
 * if it has no such block. */
MUST_CHECK bool cidr_block_cut(const struct cidr_block *whole, uint8_t host_bits, uint32_t index,
                               struct cidr_block *out);

/* IPv6 in the form of RFC 5952. */
void cidr_block_print(const struct cidr_block *block, struct buf *out);

#endif
