/*
 * The one table: a type, what it becomes, and the functions that declare, connect and place it.
 * A new family is a file with such functions and a row here.
 *
 * Types that could open something and have no row are in a second table, and are said to be
 * missing, once for each type and template. Types in neither table have no part in the network.
 */
#include "topology/kinds.h"

static const struct family FAMILIES[] = {
    {"AWS::EC2::VPC", SLOT_VPC, 0, 0, USAGE_NONE, vpc_declare, vpc_connect, NULL},
    {"AWS::EC2::VPCCidrBlock", SLOT_NONE, 0, 0, USAGE_NONE, NULL, vpc_cidr_connect, NULL},
    {"AWS::EC2::Subnet", SLOT_SUBNET, 0, 1, USAGE_NONE, subnet_declare, subnet_connect, NULL},
    {"AWS::EC2::SubnetCidrBlock", SLOT_NONE, 0, 0, USAGE_NONE, NULL, subnet_cidr_connect, NULL},
    {"AWS::EC2::SubnetRouteTableAssociation", SLOT_NONE, 0, 2, USAGE_NONE, subnet_table_declare,
     NULL, NULL},
    {"AWS::EC2::SubnetNetworkAclAssociation", SLOT_NONE, 0, 2, USAGE_NONE, subnet_acl_declare, NULL,
     NULL},
    {"AWS::EC2::InternetGateway", SLOT_GATEWAY, GATEWAY_INTERNET, 0, USAGE_NONE, gateway_declare,
     NULL, NULL},
    {"AWS::EC2::VPCGatewayAttachment", SLOT_NONE, 0, 1, USAGE_NONE, gateway_attach, NULL, NULL},
    {"AWS::EC2::EgressOnlyInternetGateway", SLOT_GATEWAY, GATEWAY_EGRESS_ONLY, 0, USAGE_NONE,
     gateway_declare, gateway_connect, NULL},
    {"AWS::EC2::NatGateway", SLOT_GATEWAY, GATEWAY_NAT, 0, USAGE_NONE, gateway_declare,
     gateway_connect, NULL},
    {"AWS::EC2::VPNGateway", SLOT_GATEWAY, GATEWAY_VPN, 0, USAGE_NONE, gateway_declare, NULL, NULL},
    {"AWS::EC2::VPCPeeringConnection", SLOT_GATEWAY, GATEWAY_PEERING, 0, USAGE_NONE,
     gateway_declare, NULL, peering_place},
    {"AWS::EC2::VPNConnection", SLOT_CONNECTION, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::EC2::VPNConnectionRoute", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::EC2::VPNGatewayRoutePropagation", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::EC2::TransitGateway", SLOT_GATEWAY, GATEWAY_TRANSIT, 0, USAGE_NONE, gateway_declare,
     NULL, NULL},
    {"AWS::EC2::VPCEndpoint", SLOT_GATEWAY, GATEWAY_ENDPOINT, 0, USAGE_CARRIER, endpoint_declare,
     gateway_connect, endpoint_place},
    {"AWS::EC2::CarrierGateway", SLOT_GATEWAY, GATEWAY_CARRIER, 0, USAGE_NONE, gateway_declare,
     NULL, carrier_place},
    {"AWS::EC2::RouteTable", SLOT_TABLE, 0, 1, USAGE_NONE, table_declare, NULL, NULL},
    {"AWS::EC2::Route", SLOT_NONE, 0, 0, USAGE_NONE, NULL, route_connect, NULL},
    {"AWS::EC2::NetworkAcl", SLOT_ACL, 0, 0, USAGE_NONE, acl_declare, NULL, NULL},
    {"AWS::EC2::NetworkAclEntry", SLOT_NONE, 0, 0, USAGE_NONE, NULL, acl_entry_connect, NULL},
    {"AWS::EC2::SecurityGroup", SLOT_GROUP, 0, 1, USAGE_NONE, group_declare, group_connect, NULL},
    {"AWS::EC2::SecurityGroupIngress", SLOT_NONE, 0, 0, USAGE_NONE, NULL, group_ingress_connect,
     NULL},
    {"AWS::EC2::SecurityGroupEgress", SLOT_NONE, 0, 0, USAGE_NONE, NULL, group_egress_connect,
     NULL},
    {"AWS::EC2::SecurityGroupVpcAssociation", SLOT_NONE, 0, 0, USAGE_NONE, NULL, group_vpc_connect,
     NULL},
    {"AWS::EC2::PrefixList", SLOT_LIST, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::EC2::LaunchTemplate", SLOT_LAUNCH, 0, 0, USAGE_FORWARD, launch_declare, NULL, NULL},
    {"AWS::AutoScaling::LaunchConfiguration", SLOT_LAUNCH, 0, 0, USAGE_FORWARD, launch_declare,
     NULL, NULL},
    {"AWS::EC2::NetworkInterface", SLOT_INTERFACE, 0, 0, USAGE_FORWARD, NULL, NULL,
     interface_place},
    {"AWS::EC2::NetworkInterfaceAttachment", SLOT_NONE, 0, 0, USAGE_NONE, NULL, interface_attach,
     NULL},
    {"AWS::EC2::EIP", SLOT_NONE, 0, 0, USAGE_NONE, NULL, address_connect, NULL},
    {"AWS::EC2::EIPAssociation", SLOT_NONE, 0, 0, USAGE_NONE, NULL, address_connect, NULL},
    {"AWS::EC2::Instance", SLOT_OWNER, 0, 0, USAGE_CARRIER, instance_declare, instance_connect,
     instance_place},
    {"AWS::AutoScaling::AutoScalingGroup", SLOT_OWNER, 0, 0, USAGE_CARRIER, scaling_declare, NULL,
     scaling_place},
    {"AWS::EC2::SpotFleet", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     fleet_spot_place},
    {"AWS::EC2::EC2Fleet", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL, fleet_place},
    {"AWS::EKS::Cluster", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     kubernetes_cluster_place},
    {"AWS::EKS::Nodegroup", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     kubernetes_nodes_place},
    {"AWS::ECS::Service", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL, container_place},
    {"AWS::ECS::TaskSet", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL, container_place},
    {"AWS::RDS::DBInstance", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     database_instance_place},
    {"AWS::RDS::DBCluster", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     database_cluster_place},
    {"AWS::RDS::DBProxy", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL, store_place},
    {"AWS::Redshift::Cluster", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     database_redshift_place},
    {"AWS::RedshiftServerless::Workgroup", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     database_workgroup_place},
    {"AWS::DMS::ReplicationInstance", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     database_replication_place},
    {"AWS::DocDB::DBCluster", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL, store_place},
    {"AWS::Neptune::DBCluster", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     store_place},
    {"AWS::ElastiCache::CacheCluster", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     store_place},
    {"AWS::ElastiCache::ReplicationGroup", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     store_place},
    {"AWS::ElastiCache::ServerlessCache", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     store_place},
    {"AWS::MemoryDB::Cluster", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL, store_place},
    {"AWS::DAX::Cluster", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL, store_place},
    {"AWS::EFS::MountTarget", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL, store_place},
    {"AWS::FSx::FileSystem", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL, store_place},
    {"AWS::MSK::Cluster", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     broker_kafka_place},
    {"AWS::MSK::ServerlessCluster", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     broker_serverless_place},
    {"AWS::AmazonMQ::Broker", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     broker_mq_place},
    {"AWS::OpenSearchService::Domain", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     search_place},
    {"AWS::Elasticsearch::Domain", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     search_place},
    {"AWS::EMR::Cluster", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL, emr_place},
    {"AWS::Lightsail::Instance", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     lightsail_place},
    {"AWS::GameLift::Fleet", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     gamelift_place},
    {"AWS::Transfer::Server", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     transfer_place},
    {"AWS::ElasticBeanstalk::Environment", SLOT_OWNER, 0, 0, USAGE_CARRIER, managed_declare, NULL,
     beanstalk_place},
    {"AWS::RDS::DBSubnetGroup", SLOT_NONE, 0, 0, USAGE_NONE, managed_group_declare, NULL, NULL},
    {"AWS::Redshift::ClusterSubnetGroup", SLOT_NONE, 0, 0, USAGE_NONE, managed_group_declare, NULL,
     NULL},
    {"AWS::DMS::ReplicationSubnetGroup", SLOT_NONE, 0, 0, USAGE_NONE, managed_group_declare, NULL,
     NULL},
    {"AWS::DocDB::DBSubnetGroup", SLOT_NONE, 0, 0, USAGE_NONE, managed_group_declare, NULL, NULL},
    {"AWS::Neptune::DBSubnetGroup", SLOT_NONE, 0, 0, USAGE_NONE, managed_group_declare, NULL, NULL},
    {"AWS::ElastiCache::SubnetGroup", SLOT_NONE, 0, 0, USAGE_NONE, managed_group_declare, NULL,
     NULL},
    {"AWS::MemoryDB::SubnetGroup", SLOT_NONE, 0, 0, USAGE_NONE, managed_group_declare, NULL, NULL},
    {"AWS::DAX::SubnetGroup", SLOT_NONE, 0, 0, USAGE_NONE, managed_group_declare, NULL, NULL},
    {"AWS::RDS::DBSecurityGroup", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL, legacy_group_place},
    {"AWS::RDS::DBSecurityGroupIngress", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL,
     legacy_ingress_place},
    {"AWS::Redshift::ClusterSecurityGroup", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL,
     legacy_group_place},
    {"AWS::Redshift::ClusterSecurityGroupIngress", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL,
     legacy_ingress_place},
    {"AWS::ElasticLoadBalancing::LoadBalancer", SLOT_BALANCER, 0, 0, USAGE_CARRIER,
     balancer_classic_declare, NULL, balancer_place},
    {"AWS::ElasticLoadBalancingV2::LoadBalancer", SLOT_BALANCER, 0, 0, USAGE_CARRIER,
     balancer_declare, NULL, balancer_place},
    {"AWS::ElasticLoadBalancingV2::Listener", SLOT_LISTENER, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::ElasticLoadBalancingV2::ListenerRule", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::ElasticLoadBalancingV2::TargetGroup", SLOT_TARGETS, 0, 0, USAGE_NONE, target_declare,
     NULL, NULL},
    {"AWS::EC2::TransitGatewayAttachment", SLOT_ATTACHMENT, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::EC2::TransitGatewayVpcAttachment", SLOT_ATTACHMENT, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::EC2::TransitGatewayPeeringAttachment", SLOT_ATTACHMENT, 0, 0, USAGE_NONE, NULL, NULL,
     NULL},
    {"AWS::EC2::TransitGatewayRouteTable", SLOT_HUB, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::EC2::TransitGatewayRouteTableAssociation", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL,
     NULL},
    {"AWS::EC2::TransitGatewayRouteTablePropagation", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL,
     NULL},
    {"AWS::EC2::TransitGatewayRoute", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::EC2::LocalGatewayRouteTableVPCAssociation", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL,
     NULL},
    {"AWS::EC2::GatewayRouteTableAssociation", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::NetworkFirewall::Firewall", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::EC2::VPCBlockPublicAccessOptions", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::EC2::VPCBlockPublicAccessExclusion", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::EC2::ClientVpnEndpoint", SLOT_GATEWAY, GATEWAY_CLIENT_VPN, 0, USAGE_CARRIER,
     gateway_declare, NULL, NULL},
    {"AWS::EC2::ClientVpnTargetNetworkAssociation", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::EC2::ClientVpnAuthorizationRule", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::EC2::ClientVpnRoute", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::EC2::InstanceConnectEndpoint", SLOT_GATEWAY, GATEWAY_CONNECT, 0, USAGE_CARRIER,
     gateway_declare, NULL, connect_endpoint_place},
    {"AWS::EC2::VPCEndpointService", SLOT_GATEWAY, GATEWAY_SERVICE, 0, USAGE_NONE, gateway_declare,
     NULL, NULL},
    {"AWS::EC2::VPCEndpointServicePermissions", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::GlobalAccelerator::Accelerator", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL, NULL},
    {"AWS::GlobalAccelerator::Listener", SLOT_GATEWAY, GATEWAY_ACCELERATOR, 0, USAGE_NONE,
     gateway_declare, NULL, NULL},
    {"AWS::GlobalAccelerator::EndpointGroup", SLOT_NONE, 0, 0, USAGE_NONE, NULL, NULL, NULL},
};

const struct family *families_find(struct str type)
{
    for (size_t i = 0; i < sizeof FAMILIES / sizeof *FAMILIES; i++) {
        if (str_is(type, FAMILIES[i].type)) {
            return &FAMILIES[i];
        }
    }
    return NULL;
}

/* ---- what is not analysed ---------------------------------------------------------------- */

static const char OPENS[] = "what can be reached there is not in the result";
static const char BESIDES[] = "besides SSH, what can be reached there is not in the result";
static const char WAY_IN[] = "what comes in that way is not in the result";
static const char UNKNOWN[] = "what stands behind is not known";

static const struct {
    const char *type; /* a trailing "*" matches the rest */
    const char *text;
} MISSING[] = {
    {"AWS::ApiGateway::VpcLink", WAY_IN},
    {"AWS::ApiGatewayV2::VpcLink", WAY_IN},
    {"AWS::AppRunner::VpcIngressConnection", WAY_IN},
    {"AWS::AppStream::*", OPENS},
    {"AWS::Batch::ComputeEnvironment", OPENS},
    {"AWS::Cloud9::EnvironmentEC2", OPENS},
    {"AWS::CloudFront::VpcOrigin", WAY_IN},
    {"AWS::CloudFormation::CustomResource", UNKNOWN},
    {"AWS::CloudFormation::Stack", UNKNOWN},
    {"AWS::CloudFormation::StackSet", UNKNOWN},
    {"AWS::DirectoryService::*", OPENS},
    {"AWS::ElasticBeanstalk::Environment", BESIDES},
    {"AWS::ImageBuilder::InfrastructureConfiguration", OPENS},
    {"AWS::Lightsail::Container", OPENS},
    {"AWS::Lightsail::Database", OPENS},
    {"AWS::Lightsail::LoadBalancer", OPENS},
    {"AWS::NetworkManager::VpcAttachment", WAY_IN},
    {"AWS::OpsWorks::*", OPENS},
    {"AWS::SageMaker::NotebookInstance", OPENS},
    {"AWS::Serverless::Application", UNKNOWN},
    {"AWS::Serverless::CapacityProvider", OPENS},
    {"AWS::VpcLattice::Service", WAY_IN},
    {"AWS::WorkSpaces::Workspace", OPENS},
    {"Custom::*", UNKNOWN},
};

static bool matches(struct str type, const char *pattern)
{
    struct str p = str_from(pattern);
    if (p.n > 0 && p.p[p.n - 1] == '*') {
        return str_starts(type, str_sub(p, 0, p.n - 1));
    }
    return str_eq(type, p);
}

/* Why a type that has no row matters; NULL if it does not. */
static const char *missing(struct str type)
{
    for (size_t i = 0; i < sizeof MISSING / sizeof *MISSING; i++) {
        if (matches(type, MISSING[i].type)) {
            return MISSING[i].text;
        }
    }
    return str_ends(type, STR("::MODULE")) ? UNKNOWN : NULL;
}

struct tally {
    const struct cfn_resource *first;
    const char *text; /* NULL: the type does not matter */
    size_t n;
};

static void note_template(struct builder *b, const struct cfn_template *t)
{
    struct map tallies; /* type -> struct tally */
    map_init(&tallies, b->arena);
    for (size_t i = 0; i < t->resources.n; i++) {
        const struct cfn_resource *r = t->resources.at[i];
        if (r->nested != NULL) {
            continue; /* its template is here */
        }
        struct tally *tally = map_get(&tallies, r->type);
        if (!tally) {
            tally = ARENA_NEW(b->arena, struct tally);
            *tally = (struct tally){.first = r, .text = missing(r->type)};
            *map_at(&tallies, r->type) = tally;
        }
        tally->n++;
        if (tally->text && !builder_slot(b, r)->family) {
            b->t->not_analysed++;
        }
    }
    for (size_t i = 0; i < tallies.n; i++) {
        const struct tally *tally = tallies.entries[i].value;
        if (!tally->text) {
            continue;
        }
        struct diag *d =
            diag_add(b->unit->diags, DIAG_NOT_ANALYSED, doc_full_span(tally->first->key),
                     "The template has %zu %s of type '%.*s', first '%.*s'; %s.", tally->n,
                     tally->n == 1 ? "resource" : "resources", STR_ARG(tally->first->type),
                     STR_ARG(tally->first->id), tally->text);
        d->resource = cfn_resource_name(tally->first);
    }
}

void families_note(struct builder *b)
{
    for (size_t i = 0; i < b->unit->templates.n; i++) {
        note_template(b, b->unit->templates.at[i]);
    }
}
