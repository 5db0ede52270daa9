/*
 * Internal to topology: the private address of an interface of the templates, where a rule, an
 * ACL entry or a route writes it: `!Sub ${Server.PrivateIp}/32` (SEMANTICS 10.11).
 */
#ifndef CFNREACH_TOPOLOGY_OWN_ADDRESS_H
#define CFNREACH_TOPOLOGY_OWN_ADDRESS_H

#include "topology/block.h"

/* Adds the blocks in which the address is that a term denotes (GetAtt, or one joined to a prefix
 * length); false if it denotes none. The address is one of a block, not all of it, unless it is
 * written in the template. */
MUST_CHECK bool own_address_read(struct builder *b, const struct cfn_term *term,
                                 struct blocks *out);

/* Does the term denote the address of an interface resource, or of the primary interface of an
 * owner (kind is SLOT_INTERFACE or SLOT_OWNER)? */
bool own_address_of(const struct builder *b, const struct cfn_term *term, enum slot_kind kind);

#endif
