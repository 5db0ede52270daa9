/*
 * Internal to topology: what others need of Kubernetes clusters.
 */
#ifndef CFNREACH_TOPOLOGY_KUBERNETES_H
#define CFNREACH_TOPOLOGY_KUBERNETES_H

#include "topology/builder.h"

/* The group that EKS makes with a cluster of the templates ("Cluster.ClusterSecurityGroupId"). */
uint32_t kubernetes_group(struct builder *b, const struct cfn_resource *r);

#endif
