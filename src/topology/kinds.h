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

/* balancer.c, target.c */
void balancer_declare(struct builder *b, struct slot *s);
void balancer_classic_declare(struct builder *b, struct slot *s);
void balancer_place(struct builder *b, struct slot *s);
void balancer_finish(struct builder *b);
void target_declare(struct builder *b, struct slot *s);

/* peering.c */
void peering_place(struct builder *b, struct slot *s);

/* endpoint.c */
void endpoint_declare(struct builder *b, struct slot *s);
void endpoint_place(struct builder *b, struct slot *s);

/* carrier.c */
void carrier_place(struct builder *b, struct slot *s);
void carrier_finish(struct builder *b);

/* middlebox.c */
void middlebox_finish(struct builder *b);

/* entrance.c */
void connect_endpoint_place(struct builder *b, struct slot *s);
void entrance_finish(struct builder *b);

/* shortcut.c */
void shortcut_finish(struct builder *b);

/* transit.c */
void transit_finish(struct builder *b);

/* vpn.c */
void vpn_finish(struct builder *b);

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

/* managed.c */
void managed_declare(struct builder *b, struct slot *s);
void managed_group_declare(struct builder *b, struct slot *s);

/* fleet.c */
void fleet_spot_place(struct builder *b, struct slot *s);
void fleet_place(struct builder *b, struct slot *s);

/* kubernetes.c */
void kubernetes_cluster_place(struct builder *b, struct slot *s);
void kubernetes_nodes_place(struct builder *b, struct slot *s);

/* container.c */
void container_place(struct builder *b, struct slot *s);

/* database.c */
void database_instance_place(struct builder *b, struct slot *s);
void database_cluster_place(struct builder *b, struct slot *s);
void database_redshift_place(struct builder *b, struct slot *s);
void database_workgroup_place(struct builder *b, struct slot *s);
void database_replication_place(struct builder *b, struct slot *s);

/* legacy_group.c */
void legacy_group_place(struct builder *b, struct slot *s);
void legacy_ingress_place(struct builder *b, struct slot *s);

/* store.c, search.c */
void store_place(struct builder *b, struct slot *s);
void search_place(struct builder *b, struct slot *s);

/* broker.c */
void broker_kafka_place(struct builder *b, struct slot *s);
void broker_serverless_place(struct builder *b, struct slot *s);
void broker_mq_place(struct builder *b, struct slot *s);

/* emr.c, beanstalk.c */
void emr_place(struct builder *b, struct slot *s);
void beanstalk_place(struct builder *b, struct slot *s);

/* lightsail.c, transfer.c */
void lightsail_place(struct builder *b, struct slot *s);
void gamelift_place(struct builder *b, struct slot *s);
void transfer_place(struct builder *b, struct slot *s);

/* families.c */
const struct family *families_find(struct str type); /* NULL: not in the table */
void families_note(struct builder *b);

/* usage.c */
void usage_collect(struct builder *b);

#endif
