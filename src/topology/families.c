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
     gateway_declare, gateway_connect, NULL},
    {"AWS::EC2::TransitGateway", SLOT_GATEWAY, GATEWAY_TRANSIT, 0, USAGE_NONE, gateway_declare,
     NULL, NULL},
    {"AWS::EC2::VPCEndpoint", SLOT_GATEWAY, GATEWAY_ENDPOINT, 0, USAGE_OPAQUE, gateway_declare,
     gateway_connect, NULL},
    {"AWS::EC2::CarrierGateway", SLOT_GATEWAY, GATEWAY_CARRIER, 0, USAGE_NONE, gateway_declare,
     gateway_connect, NULL},
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
};

const struct family *families_all(size_t *n)
{
    *n = sizeof FAMILIES / sizeof *FAMILIES;
    return FAMILIES;
}

/* ---- what is not analysed ---------------------------------------------------------------- */

static const char OPENS[] = "what can be reached there is not in the result";
static const char WAY_IN[] = "what comes in that way is not in the result";
static const char UNKNOWN[] = "what stands behind is not known";
static const char FILTERS[] = "what is blocked there is not in the result";

static const struct {
    const char *type; /* a trailing "*" matches the rest */
    const char *text;
} MISSING[] = {
    {"AWS::AmazonMQ::Broker", OPENS},
    {"AWS::AppStream::*", OPENS},
    {"AWS::Batch::ComputeEnvironment", OPENS},
    {"AWS::Cloud9::EnvironmentEC2", OPENS},
    {"AWS::CloudFormation::CustomResource", UNKNOWN},
    {"AWS::CloudFormation::Stack", UNKNOWN},
    {"AWS::CloudFormation::StackSet", UNKNOWN},
    {"AWS::DAX::Cluster", OPENS},
    {"AWS::DMS::ReplicationInstance", OPENS},
    {"AWS::DirectoryService::*", OPENS},
    {"AWS::DocDB::DBCluster", OPENS},
    {"AWS::EC2::CarrierGateway", WAY_IN},
    {"AWS::EC2::ClientVpnEndpoint", WAY_IN},
    {"AWS::EC2::EC2Fleet", OPENS},
    {"AWS::EC2::GatewayRouteTableAssociation", FILTERS},
    {"AWS::EC2::InstanceConnectEndpoint", WAY_IN},
    {"AWS::EC2::LocalGatewayRouteTableVPCAssociation", WAY_IN},
    {"AWS::EC2::SpotFleet", OPENS},
    {"AWS::EC2::TransitGateway", WAY_IN},
    {"AWS::EC2::TransitGatewayAttachment", WAY_IN},
    {"AWS::EC2::TransitGatewayVpcAttachment", WAY_IN},
    {"AWS::EC2::VPCBlockPublicAccessOptions", FILTERS},
    {"AWS::EC2::VPCEndpointService", WAY_IN},
    {"AWS::EC2::VPCPeeringConnection", WAY_IN},
    {"AWS::EC2::VPNGateway", WAY_IN},
    {"AWS::ECS::Service", OPENS},
    {"AWS::ECS::TaskSet", OPENS},
    {"AWS::EFS::MountTarget", OPENS},
    {"AWS::EKS::Cluster", OPENS},
    {"AWS::EKS::Nodegroup", OPENS},
    {"AWS::EMR::Cluster", OPENS},
    {"AWS::EMR::InstanceFleetConfig", OPENS},
    {"AWS::EMR::InstanceGroupConfig", OPENS},
    {"AWS::ElastiCache::CacheCluster", OPENS},
    {"AWS::ElastiCache::ReplicationGroup", OPENS},
    {"AWS::ElastiCache::ServerlessCache", OPENS},
    {"AWS::ElasticBeanstalk::*", OPENS},
    {"AWS::ElasticLoadBalancing::LoadBalancer", OPENS},
    {"AWS::ElasticLoadBalancingV2::LoadBalancer", OPENS},
    {"AWS::Elasticsearch::Domain", OPENS},
    {"AWS::FSx::FileSystem", OPENS},
    {"AWS::GameLift::Fleet", OPENS},
    {"AWS::GlobalAccelerator::Accelerator", WAY_IN},
    {"AWS::ImageBuilder::InfrastructureConfiguration", OPENS},
    {"AWS::Lightsail::*", OPENS},
    {"AWS::MSK::Cluster", OPENS},
    {"AWS::MSK::ServerlessCluster", OPENS},
    {"AWS::MemoryDB::Cluster", OPENS},
    {"AWS::Neptune::DBCluster", OPENS},
    {"AWS::NetworkFirewall::Firewall", FILTERS},
    {"AWS::NetworkManager::VpcAttachment", WAY_IN},
    {"AWS::OpenSearchService::Domain", OPENS},
    {"AWS::OpsWorks::*", OPENS},
    {"AWS::RDS::DBCluster", OPENS},
    {"AWS::RDS::DBInstance", OPENS},
    {"AWS::RDS::DBProxy", OPENS},
    {"AWS::Redshift::Cluster", OPENS},
    {"AWS::RedshiftServerless::Workgroup", OPENS},
    {"AWS::SageMaker::NotebookInstance", OPENS},
    {"AWS::Serverless::*", UNKNOWN},
    {"AWS::Transfer::Server", OPENS},
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
        d->resource = tally->first->id;
    }
}

void families_note(struct builder *b)
{
    for (size_t i = 0; i < b->unit->templates.n; i++) {
        note_template(b, b->unit->templates.at[i]);
    }
}
