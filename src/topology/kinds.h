/*
 * Internal to topology: the functions that the rows of families.c name, by file.
 */
#ifndef CFNREACH_TOPOLOGY_KINDS_H
#define CFNREACH_TOPOLOGY_KINDS_H

#include "topology/builder.h"

/* vpc.c */
void vpc_declare(struct builder *b, struct slot *s);
void vpc_connect(struct builder *b, struct slot *s);
void vpc_cidr_connect(struct builder *b, struct slot *s);

/* subnet.c */
void subnet_declare(struct builder *b, struct slot *s);
void subnet_connect(struct builder *b, struct slot *s);
void subnet_cidr_connect(struct builder *b, struct slot *s);
void subnet_table_declare(struct builder *b, struct slot *s);
void subnet_acl_declare(struct builder *b, struct slot *s);
void subnet_finish(struct builder *b);

/* gateway.c */
void gateway_declare(struct builder *b, struct slot *s);
void gateway_attach(struct builder *b, struct slot *s);
void gateway_connect(struct builder *b, struct slot *s);

/* route.c */
void table_declare(struct builder *b, struct slot *s);
void route_connect(struct builder *b, struct slot *s);
void route_finish(struct builder *b);

/* acl.c */
void acl_declare(struct builder *b, struct slot *s);
void acl_entry_connect(struct builder *b, struct slot *s);
void acl_finish(struct builder *b);

/* group.c */
void group_declare(struct builder *b, struct slot *s);
void group_connect(struct builder *b, struct slot *s);
void group_ingress_connect(struct builder *b, struct slot *s);
void group_egress_connect(struct builder *b, struct slot *s);
void group_vpc_connect(struct builder *b, struct slot *s);
void group_finish(struct builder *b);

/* interface.c */
void interface_place(struct builder *b, struct slot *s);
void interface_attach(struct builder *b, struct slot *s);
void address_connect(struct builder *b, struct slot *s);

/* instance.c */
void instance_declare(struct builder *b, struct slot *s);
void instance_connect(struct builder *b, struct slot *s);
void instance_place(struct builder *b, struct slot *s);

/* launch.c */
void launch_declare(struct builder *b, struct slot *s);

/* scaling.c */
void scaling_declare(struct builder *b, struct slot *s);
void scaling_place(struct builder *b, struct slot *s);

/* families.c */
const struct family *families_all(size_t *n);
void families_note(struct builder *b);

/* usage.c */
void usage_collect(struct builder *b);

#endif
