/*
 * Internal to topology: elements that no template declares. What AWS makes with a VPC
 * (default ACL, default group, main table), the default VPC, and what templates take from
 * their surroundings. What is not known of them hangs on facts (SEMANTICS 4.2).
 */
#ifndef CFNREACH_TOPOLOGY_OUTSIDE_H
#define CFNREACH_TOPOLOGY_OUTSIDE_H

#include "topology/builder.h"

/* By canonical text of the term; made when asked for the first time. */
uint32_t outside_vpc(struct builder *b, const struct cfn_term *term);
uint32_t outside_subnet(struct builder *b, const struct cfn_term *term);
uint32_t outside_group(struct builder *b, const struct cfn_term *term);
uint32_t outside_acl(struct builder *b, const struct cfn_term *term);
uint32_t outside_gateway(struct builder *b, const struct cfn_term *term,
                         enum world_gateway_kind kind);
/* WORLD_NONE as `vpc`: the table if it is known, else WORLD_NONE. */
uint32_t outside_table(struct builder *b, const struct cfn_term *term, uint32_t vpc);

/* Of a VPC, made when asked for the first time. */
uint32_t outside_default_acl(struct builder *b, uint32_t vpc);
uint32_t outside_default_group(struct builder *b, uint32_t vpc);
uint32_t outside_main_table(struct builder *b, uint32_t vpc);
/* The internet gateway of a VPC outside the templates. */
uint32_t outside_internet_gateway(struct builder *b, uint32_t vpc);

uint32_t outside_default_vpc(struct builder *b);
uint32_t outside_default_subnet(struct builder *b);

/* The unknown rules of an outside group, once an interface carries it. */
void outside_admit(struct builder *b, uint32_t group);

/* Table and ACL of a subnet about which nothing is known (SEMANTICS 10.6). */
uint32_t outside_subnet_table(struct builder *b, uint32_t subnet);
uint32_t outside_subnet_acl(struct builder *b, uint32_t subnet);

/* A route for all addresses of a family. */
void outside_default_route(struct builder *b, uint32_t table, enum net_family family,
                           struct guard when, uint32_t gateway);

#endif
