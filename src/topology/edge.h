/*
 * Internal to topology: attachments of gateways to VPCs, and what may come in through them.
 */
#ifndef CFNREACH_TOPOLOGY_EDGE_H
#define CFNREACH_TOPOLOGY_EDGE_H

#include "topology/builder.h"

/* Adds an attachment to a gateway and returns it. It stays where it is only until the next one
 * is added. */
struct world_attachment *attach_edge(struct builder *b, uint32_t gateway, struct guard when,
                                     uint32_t vpc, struct topology_origin origin);

/* The attachment that was added last. */
struct world_attachment *edge_last(const struct builder *b, uint32_t gateway);

/* Adds addresses that may come in through the attachment; nothing where `when` is FALSE. */
void edge_source(struct builder *b, struct world_attachment *at, struct guard when,
                 struct prefix prefix, struct topology_origin origin);

/* Adds all blocks of a VPC as sources. An IPv6 block that is not known counts as every address
 * of the family: what is routed to the gateway narrows it. */
void edge_source_vpc(struct builder *b, struct world_attachment *at, struct guard when,
                     uint32_t vpc);

/* Where the IPv4 blocks of a VPC are not known: everywhere for one outside the templates. */
struct guard edge_unknown4(const struct builder *b, uint32_t vpc);

/* Is the VPC one whose blocks, subnets and groups the templates tell? */
bool edge_inside(const struct builder *b, uint32_t vpc);

/* Where an internet gateway is attached to a VPC; one outside the templates may be taken to have
 * it. */
struct guard edge_internet(const struct builder *b, uint32_t vpc);

/* Is the term a Ref of this pseudo parameter (or the value that was given for it)? */
bool edge_is_pseudo(const struct builder *b, const struct cfn_term *term, const char *name);

#endif
