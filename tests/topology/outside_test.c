#include "tests/topology/world_of.h"

#define SSH "{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}"

static void a_subnet_by_parameter_hangs_on_facts(void **state)
{
    (void)state; /* T35 */
    struct built *b = built_of(
        "Parameters:\n"
        "  SubnetId: {Type: 'AWS::EC2::Subnet::Id'}\n"
        "  VpcId: {Type: 'AWS::EC2::VPC::Id'}\n"
        "Resources:\n"
        "  Group:\n"
        "    Type: AWS::EC2::SecurityGroup\n"
        "    Properties: {VpcId: !Ref VpcId, SecurityGroupIngress: [" SSH "]}\n"
        "  Web:\n"
        "    Type: AWS::EC2::Instance\n"
        "    Properties:\n"
        "      NetworkInterfaces:\n"
        "        - {DeviceIndex: 0, SubnetId: !Ref SubnetId, AssociatePublicIpAddress: true,\n"
        "           GroupSet: [!Ref Group]}\n");
    /* The group is in VpcId, and works only there, so the subnet is in VpcId too. */
    assert_block(b, "subnet SubnetId",
                 "subnet SubnetId vpc=VpcId\n"
                 "  association table=SubnetId.RouteTable\n"
                 "  association acl=SubnetId.NetworkAcl\n");
    assert_block(b, "table SubnetId.RouteTable",
                 "table SubnetId.RouteTable vpc=VpcId\n"
                 "  route 0.0.0.0/0 static to=VpcId.InternetGateway when "
                 "A-SUBROUTE(SubnetId)\n"
                 "  route ::/0 static to=VpcId.InternetGateway when A-SUBROUTE(SubnetId)\n");
    assert_block(b, "gateway VpcId.InternetGateway",
                 "gateway VpcId.InternetGateway internet outside\n"
                 "  attachment vpc=VpcId\n");
    assert_block(b, "acl SubnetId.NetworkAcl",
                 "acl SubnetId.NetworkAcl\n"
                 "  entry 100 in allow all 0.0.0.0/0 when A-NACL(SubnetId)\n"
                 "  entry 101 in allow all ::/0 when A-NACL(SubnetId)\n"
                 "  entry 100 out allow all 0.0.0.0/0 when A-NACL(SubnetId)\n"
                 "  entry 101 out allow all ::/0 when A-NACL(SubnetId)\n");
    const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
    assert_string_equal(built_guard(b, n->placements.at[0].public4), "true");
    assert_true(guard_is_false(n->placements.at[0].has6));
    assert_int_equal(built_said(b, DIAG_UNKNOWN_VALUE, "The subnet 'SubnetId'"), 1);
    assert_int_equal(built_said(b, DIAG_UNKNOWN_VALUE, "The VPC 'VpcId'"), 1);
    assert_int_equal(built_said(b, DIAG_UNKNOWN_VALUE, ""), 2);
    built_free(b);
}

static void one_parameter_is_one_subnet(void **state)
{
    (void)state; /* 4.2 */
    struct built *b =
        built_of("Parameters: {S: {Type: 'AWS::EC2::Subnet::Id'}}\n"
                 "Resources:\n"
                 "  A: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref S}}\n"
                 "  B: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Sub '${S}'}}\n"
                 "  C: {Type: AWS::EC2::Instance, Properties: {SubnetId: !ImportValue net}}\n"
                 "  D: {Type: AWS::EC2::Instance, Properties: {SubnetId: subnet-1}}\n"
                 "  E: {Type: AWS::EC2::Instance, Properties: {SubnetId: subnet-1}}\n");
    assert_int_equal(b->w->subnets.n, 3);
    uint32_t first = built_interface(b, "A/NetworkInterfaces/0")->placements.at[0].subnet;
    assert_int_equal(built_interface(b, "B/NetworkInterfaces/0")->placements.at[0].subnet, first);
    assert_string_equal(
        built_guard(b, built_interface(b, "A/NetworkInterfaces/0")->placements.at[0].public4),
        "A-SUBPUBIP(S)");
    built_free(b);
}

static void a_subnet_of_an_outside_vpc_hangs_on_facts_of_its_own(void **state)
{
    (void)state; /* 10.6 */
    struct built *b = built_of(
        "Parameters: {VpcId: {Type: 'AWS::EC2::VPC::Id'}}\n"
        "Resources:\n"
        "  S: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VpcId, CidrBlock: 10.0.1.0/24}}\n"
        "  T: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VpcId, CidrBlock: 10.0.2.0/24}}\n");
    assert_line(b, "  route 0.0.0.0/0 static to=VpcId.InternetGateway when A-SUBROUTE(S)");
    assert_line(b, "  route 0.0.0.0/0 static to=VpcId.InternetGateway when A-SUBROUTE(T)");
    assert_line(b, "  entry 100 in allow all 0.0.0.0/0 when A-NACL(T)");
    assert_int_equal(b->w->vpcs.n, 1);
    assert_int_equal(b->w->gateways.n, 1);
    built_free(b);
}

static void explicit_associations_settle_an_outside_subnet(void **state)
{
    (void)state; /* 10.6; the gateway is attached to the VPC that the table is in */
    struct built *b =
        built_of("Parameters:\n"
                 "  VpcId: {Type: 'AWS::EC2::VPC::Id'}\n"
                 "  SubnetId: {Type: 'AWS::EC2::Subnet::Id'}\n"
                 "Resources:\n" B_IGW "  Attachment:\n"
                 "    Type: AWS::EC2::VPCGatewayAttachment\n"
                 "    Properties: {VpcId: !Ref VpcId, InternetGatewayId: !Ref Igw}\n"
                 "  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref VpcId}}\n" B_ROUTE
                 "  Association:\n"
                 "    Type: AWS::EC2::SubnetRouteTableAssociation\n"
                 "    Properties: {SubnetId: !Ref SubnetId, RouteTableId: !Ref Table}\n");
    assert_block(b, "subnet SubnetId",
                 "subnet SubnetId vpc=VpcId\n"
                 "  association table=Table\n"
                 "  association acl=SubnetId.NetworkAcl\n");
    assert_block(b, "gateway Igw", "gateway Igw internet\n  attachment vpc=VpcId\n");
    built_free(b);
}

static void the_gateway_that_a_template_attaches_is_the_vpcs_only_one(void **state)
{
    (void)state;
    struct built *b = built_of("Parameters: {VpcId: {Type: 'AWS::EC2::VPC::Id'}}\n"
                               "Resources:\n" B_IGW "  Attachment:\n"
                               "    Type: AWS::EC2::VPCGatewayAttachment\n"
                               "    Properties: {VpcId: !Ref VpcId, InternetGatewayId: !Ref Igw}\n"
                               "  S: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VpcId}}\n");
    assert_line(b, "  route 0.0.0.0/0 static to=Igw when A-SUBROUTE(S)");
    assert_int_equal(b->w->gateways.n, 1);
    built_free(b);
}

static void a_table_or_acl_by_parameter_is_shared_by_its_subnets(void **state)
{
    (void)state;
    struct built *b =
        built_of("Parameters: {TableId: {Type: String}, AclId: {Type: String}}\n"
                 "Resources:\n" B_VPC B_SUBNET "  Association:\n"
                 "    Type: AWS::EC2::SubnetRouteTableAssociation\n"
                 "    Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref TableId}\n"
                 "  AclAssociation:\n"
                 "    Type: AWS::EC2::SubnetNetworkAclAssociation\n"
                 "    Properties: {SubnetId: !Ref Subnet, NetworkAclId: !Ref AclId}\n"
                 "  Route:\n"
                 "    Type: AWS::EC2::Route\n"
                 "    Properties: {RouteTableId: !Ref TableId, DestinationCidrBlock: 9.0.0.0/8}\n"
                 "  Lost:\n"
                 "    Type: AWS::EC2::Route\n"
                 "    Properties: {RouteTableId: rtb-1, DestinationCidrBlock: 9.0.0.0/8}\n");
    assert_block(b, "subnet Subnet",
                 "subnet Subnet vpc=Vpc\n"
                 "  cidr 10.0.1.0/24\n"
                 "  association table=TableId\n"
                 "  association acl=AclId\n");
    assert_block(b, "table TableId",
                 "table TableId vpc=Vpc\n"
                 "  route 0.0.0.0/0 static to=Vpc.InternetGateway when A-SUBROUTE(TableId)\n"
                 "  route ::/0 static to=Vpc.InternetGateway when A-SUBROUTE(TableId)\n"
                 "  route 9.0.0.0/8 static to=-\n");
    assert_line(b, "  entry 100 in allow all 0.0.0.0/0 when A-NACL(AclId)");
    assert_int_equal(b->w->tables.n, 1);
    built_free(b);
}

static void the_default_vpc_is_public_by_a_standard_fact(void **state)
{
    (void)state; /* 2.5.1, 1.1.2 g */
    struct built *b = built_of(
        "Resources:\n"
        "  Group: {Type: AWS::EC2::SecurityGroup, Properties: {SecurityGroupIngress: [" SSH "]}}\n"
        "  Web:\n"
        "    Type: AWS::EC2::Instance\n"
        "    Properties: {SecurityGroups: [!Ref Group]}\n"
        "  Hidden:\n"
        "    Type: AWS::EC2::Instance\n"
        "    Properties: {NetworkInterfaces: [{DeviceIndex: 0, AssociatePublicIpAddress: "
        "false}]}\n");
    assert_block(b, "vpc DefaultVPC", "vpc DefaultVPC\n  cidr 172.31.0.0/16\n");
    assert_line(b, "group Group vpc=DefaultVPC");
    assert_block(b, "subnet DefaultVPC.DefaultSubnet",
                 "subnet DefaultVPC.DefaultSubnet vpc=DefaultVPC\n"
                 "  association table=DefaultVPC.MainRouteTable\n"
                 "  association acl=DefaultVPC.DefaultNetworkAcl\n");
    assert_block(b, "table DefaultVPC.MainRouteTable",
                 "table DefaultVPC.MainRouteTable vpc=DefaultVPC\n"
                 "  route 0.0.0.0/0 static to=DefaultVPC.InternetGateway when A-DEFVPC\n");
    assert_line(b, "  entry 100 in allow all 0.0.0.0/0");
    assert_true(guard_is_true(guard_standard(
        b->w->space, built_interface(b, "Web/NetworkInterfaces/0")->placements.at[0].public4)));
    assert_true(
        guard_is_false(built_interface(b, "Hidden/NetworkInterfaces/0")->placements.at[0].public4));
    built_free(b);
}

static void an_outside_group_admits_all_by_a_fact_once_it_is_carried(void **state)
{
    (void)state; /* 2.1.11 */
    struct built *b =
        built_of("Parameters: {Sg: {Type: 'AWS::EC2::SecurityGroup::Id'}}\n"
                 "Resources:\n" B_VPC B_SUBNET "  Web:\n"
                 "    Type: AWS::EC2::Instance\n"
                 "    Properties: {SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Sg]}\n");
    assert_block(b, "group Sg",
                 "group Sg vpc=-\n"
                 "  rule in tcp 0-65535 0.0.0.0/0 when A-SG(Sg)\n"
                 "  rule in tcp 0-65535 ::/0 when A-SG(Sg)\n"
                 "  rule in udp 0-65535 0.0.0.0/0 when A-SG(Sg)\n"
                 "  rule in udp 0-65535 ::/0 when A-SG(Sg)\n");
    assert_true(b->t->groups.at[0].has_interface);
    assert_int_equal(built_said(b, DIAG_UNKNOWN_VALUE, "A-SG"), 1);
    built_free(b);
}

static void default_groups_admit_their_own_members(void **state)
{
    (void)state; /* 2.1.9 */
    struct built *b = built_of("Resources:\n" B_VPC "  Rule:\n"
                               "    Type: AWS::EC2::SecurityGroupIngress\n"
                               "    Properties: {GroupId: !GetAtt Vpc.DefaultSecurityGroup,\n"
                               "                 IpProtocol: -1, CidrIp: 8.0.0.0/8}\n");
    assert_block(b, "group Vpc.DefaultSecurityGroup",
                 "group Vpc.DefaultSecurityGroup vpc=Vpc\n"
                 "  rule in all group=Vpc.DefaultSecurityGroup\n"
                 "  rule in all 8.0.0.0/8\n"
                 "  rule out all 0.0.0.0/0\n"
                 "  rule out all ::/0\n");
    const struct topology_origin *o = topology_origin(b->t, b->w->groups.at[0].id);
    assert_true(o->implicit);
    assert_str(o->name, "Vpc.DefaultSecurityGroup");
    assert_string_equal(o->type, "AWS::EC2::SecurityGroup");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_subnet_by_parameter_hangs_on_facts),
        cmocka_unit_test(one_parameter_is_one_subnet),
        cmocka_unit_test(a_subnet_of_an_outside_vpc_hangs_on_facts_of_its_own),
        cmocka_unit_test(explicit_associations_settle_an_outside_subnet),
        cmocka_unit_test(the_gateway_that_a_template_attaches_is_the_vpcs_only_one),
        cmocka_unit_test(a_table_or_acl_by_parameter_is_shared_by_its_subnets),
        cmocka_unit_test(the_default_vpc_is_public_by_a_standard_fact),
        cmocka_unit_test(an_outside_group_admits_all_by_a_fact_once_it_is_carried),
        cmocka_unit_test(default_groups_admit_their_own_members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
