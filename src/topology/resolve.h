/*
 * Internal to topology: from what a template writes (Ref, GetAtt, a parameter, a literal id)
 * to elements of the world. What stands outside the templates is made on demand, one element
 * for each canonical text, so that two subnets `!Ref SubnetId` are one subnet.
 */
#ifndef CFNREACH_TOPOLOGY_RESOLVE_H
#define CFNREACH_TOPOLOGY_RESOLVE_H

#include "topology/builder.h"

/* The elements that a value denotes. Absent parts give no hit: subtract hits_any() from the
 * guard that was asked for. */
struct hits resolve_vpc(struct builder *b, struct cfn_value v);
struct hits resolve_subnet(struct builder *b, struct cfn_value v);
struct hits resolve_group(struct builder *b, struct cfn_value v);
struct hits resolve_acl(struct builder *b, struct cfn_value v);
/* A table by id; one outside the templates is in `vpc`. */
struct hits resolve_table(struct builder *b, struct cfn_value v, uint32_t vpc);
/* A gateway; one outside the templates is of this kind. */
struct hits resolve_gateway(struct builder *b, struct cfn_value v, enum world_gateway_kind kind);
/* A group by name, in the templates or outside. */
struct hits resolve_group_name(struct builder *b, struct cfn_value v);

/* The slot of this kind that a term refers to, or NULL. */
struct slot *resolve_slot(struct builder *b, const struct cfn_term *term, enum slot_kind kind);

/* The VPC of `VpcId`; absent: the default VPC, or one hit under r->when. Disjoint. */
struct hits resolve_home(struct builder *b, const struct cfn_resource *r);
/* Adds an element in each home of the slot's resource; `what` names it in messages. */
void resolve_declare(struct builder *b, struct slot *s, const char *what,
                     uint32_t (*add)(struct builder *b, struct str name, uint32_t vpc,
                                     struct topology_origin origin));

/* Index the names that groups and launch templates have. */
void resolve_index_name(struct builder *b, struct map *names, struct slot *s, const char *key);

#endif
