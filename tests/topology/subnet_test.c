#include "tests/topology/world_of.h"

static void without_an_association_the_main_table_is_local_only(void **state)
{
    (void)state; /* T02 */
    struct built *b = built_of("Resources:\n" B_VPC B_IGW B_ATTACHMENT B_SUBNET B_TABLE B_ROUTE);
    assert_line(b, "  association table=Vpc.MainRouteTable");
    assert_block(b, "table Vpc.MainRouteTable", "table Vpc.MainRouteTable vpc=Vpc\n");
    built_free(b);
}

static void a_conditional_association_leaves_the_rest_to_the_main_table(void **state)
{
    (void)state;
    struct built *b =
        built_of("Parameters:\n"
                 "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                 "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
                 "Resources:\n" B_VPC B_SUBNET B_TABLE "  Association:\n"
                 "    Type: AWS::EC2::SubnetRouteTableAssociation\n"
                 "    Condition: IsDev\n"
                 "    Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}\n"
                 "  Acl: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: !Ref Vpc}}\n"
                 "  AclAssociation:\n"
                 "    Type: AWS::EC2::SubnetNetworkAclAssociation\n"
                 "    Condition: IsDev\n"
                 "    Properties: {SubnetId: !Ref Subnet, NetworkAclId: !Ref Acl}\n");
    assert_block(b, "subnet Subnet",
                 "subnet Subnet vpc=Vpc\n"
                 "  cidr 10.0.1.0/24\n"
                 "  association table=Table when Env=dev\n"
                 "  association table=Vpc.MainRouteTable when Env=prod\n"
                 "  association acl=Acl when Env=dev\n"
                 "  association acl=Vpc.DefaultNetworkAcl when Env=prod\n");
    built_free(b);
}

static void two_associations_at_once_are_a_choice(void **state)
{
    (void)state; /* SEMANTICS 2.4.6, 2.5.6 */
    struct built *b =
        built_of("Resources:\n" B_VPC B_SUBNET B_TABLE B_ASSOCIATION
                 "  Other: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}\n"
                 "  Second:\n"
                 "    Type: AWS::EC2::SubnetRouteTableAssociation\n"
                 "    Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Other}\n"
                 "  Acl: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: !Ref Vpc}}\n"
                 "  First:\n"
                 "    Type: AWS::EC2::SubnetNetworkAclAssociation\n"
                 "    Properties: {SubnetId: !Ref Subnet, NetworkAclId: !Ref Acl}\n"
                 "  Third:\n"
                 "    Type: AWS::EC2::SubnetNetworkAclAssociation\n"
                 "    Properties: {SubnetId: !Ref Subnet,\n"
                 "                 NetworkAclId: !GetAtt Vpc.DefaultNetworkAcl}\n");
    assert_line(b, "  association table=Table when A-ROUTE(Subnet)=Table");
    assert_line(b, "  association table=Other when A-ROUTE(Subnet)=Other");
    assert_line(b, "  association acl=Acl when A-NACL(Subnet)=Acl");
    assert_line(b, "  association acl=Vpc.DefaultNetworkAcl when "
                   "A-NACL(Subnet)=Vpc.DefaultNetworkAcl");
    assert_int_equal(built_said(b, DIAG_CONFIG, "has two route tables at once"), 1);
    assert_int_equal(built_said(b, DIAG_CONFIG, "has two network ACLs at once"), 1);
    built_free(b);
}

static void the_same_association_twice_is_one(void **state)
{
    (void)state;
    struct built *b =
        built_of("Resources:\n" B_VPC B_SUBNET B_TABLE B_ASSOCIATION "  Again:\n"
                 "    Type: AWS::EC2::SubnetRouteTableAssociation\n"
                 "    Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}\n");
    assert_line(b, "  association table=Table");
    assert_int_equal(built_said(b, DIAG_CONFIG, ""), 0);
    built_free(b);
}

static void public_addresses_are_what_the_property_says(void **state)
{
    (void)state; /* 1.1.2 e, f; SEMANTICS 2.6 */
    static const struct {
        const char *property;
        const char *public4;
    } rows[] = {
        {"", "false"},
        {"MapPublicIpOnLaunch: false", "false"},
        {"MapPublicIpOnLaunch: true", "true"},
        {"MapPublicIpOnLaunch: 'True'", "true"},
        {"MapPublicIpOnLaunch: yes", "true"},
        {"MapPublicIpOnLaunch: !Ref Flag", "A-SUBPUBIP(Subnet)"},
        {"MapPublicIpOnLaunch: !Ref Known", "Known=true"},
        {"MapPublicIpOnLaunch: !If [IsTrue, true, false]", "Known=true"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "Parameters:\n"
                 "  Flag: {Type: AWS::SSM::Parameter::Value<String>}\n"
                 "  Known: {Type: String, AllowedValues: ['true', 'false']}\n"
                 "Conditions: {IsTrue: !Equals [!Ref Known, 'true']}\n"
                 "Resources:\n%s"
                 "  Subnet:\n"
                 "    Type: AWS::EC2::Subnet\n"
                 "    Properties:\n"
                 "      VpcId: !Ref Vpc\n"
                 "      %s\n"
                 "  Web: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Subnet}}\n",
                 B_VPC, rows[i].property);
        struct built *b = built_of(text);
        const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
        assert_string_equal(built_guard(b, n->placements.at[0].public4), rows[i].public4);
        built_free(b);
    }
}

static void the_address_property_is_what_decides(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" B_ALL);
    const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
    const struct topology_origin *o = topology_origin(b->t, n->placements.at[0].public4_id);
    assert_str(built_text(b, o->at), "true");
    assert_str(o->resource->id, "Subnet");
    built_free(b);
}

static void a_subnet_in_one_of_two_vpcs_is_there_twice(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Parameters:\n"
        "  VpcId: {Type: 'AWS::EC2::VPC::Id'}\n"
        "  Make: {Type: String, AllowedValues: [yes please, no]}\n"
        "Conditions: {Create: !Equals [!Ref Make, yes please]}\n"
        "Resources:\n" B_VPC "  Subnet:\n"
        "    Type: AWS::EC2::Subnet\n"
        "    Properties: {VpcId: !If [Create, !Ref Vpc, !Ref VpcId], CidrBlock: 10.0.1.0/24}\n"
        "  Web: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Subnet}}\n");
    const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
    assert_int_equal(n->placements.n, 2);
    assert_string_equal(built_guard(b, n->placements.at[0].when), "Make=yes please");
    assert_string_equal(built_guard(b, n->placements.at[1].when), "Make=false");
    const struct world_subnet *first = &b->w->subnets.at[n->placements.at[0].subnet];
    const struct world_subnet *second = &b->w->subnets.at[n->placements.at[1].subnet];
    assert_str(b->w->vpcs.at[first->vpc].name, "Vpc");
    assert_str(b->w->vpcs.at[second->vpc].name, "VpcId");
    assert_str(b->w->tables.at[first->tables.at[0].index].name, "Vpc.MainRouteTable");
    assert_str(b->w->tables.at[second->tables.at[0].index].name, "Subnet.RouteTable");
    built_free(b);
}

static void an_ipv6_only_subnet_gives_no_ipv4(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" B_VPC "  Six:\n"
                               "    Type: AWS::EC2::VPCCidrBlock\n"
                               "    Properties: {VpcId: !Ref Vpc, "
                               "AmazonProvidedIpv6CidrBlock: true}\n"
                               "  Subnet:\n"
                               "    Type: AWS::EC2::Subnet\n"
                               "    Properties: {VpcId: !Ref Vpc, Ipv6Native: true,\n"
                               "                 Ipv6CidrBlock: 2600:1f16::/64}\n"
                               "  Web: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref "
                               "Subnet}}\n");
    const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
    assert_true(guard_is_false(n->placements.at[0].has4));
    assert_true(guard_is_true(n->placements.at[0].has6));
    built_free(b);
}

static void a_separate_block_gives_a_subnet_ipv6(void **state)
{
    (void)state; /* SubnetCidrBlock */
    struct built *b = built_of("Resources:\n" B_VPC "  Six:\n"
                               "    Type: AWS::EC2::VPCCidrBlock\n"
                               "    Properties: {VpcId: !Ref Vpc, "
                               "AmazonProvidedIpv6CidrBlock: true}\n" B_SUBNET "  SubnetSix:\n"
                               "    Type: AWS::EC2::SubnetCidrBlock\n"
                               "    Properties: {SubnetId: !Ref Subnet,\n"
                               "                 Ipv6CidrBlock: 2600:1f16::/64}\n"
                               "  Web:\n"
                               "    Type: AWS::EC2::Instance\n"
                               "    Properties: {SubnetId: !Ref Subnet, Ipv6AddressCount: 1}\n"
                               "  Plain: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref "
                               "Subnet}}\n");
    assert_true(
        guard_is_true(built_interface(b, "Web/NetworkInterfaces/0")->placements.at[0].has6));
    assert_true(
        guard_is_false(built_interface(b, "Plain/NetworkInterfaces/0")->placements.at[0].has6));
    built_free(b);
}

static void a_table_of_another_vpc_ties_nothing(void **state)
{
    (void)state;
    struct built *b =
        built_of("Resources:\n" B_VPC B_SUBNET B_ASSOCIATION
                 "  Else: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.8.0.0/16}}\n"
                 "  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Else}}\n");
    assert_line(b, "  association table=Vpc.MainRouteTable");
    assert_no_line(b, "  association table=Table");
    assert_int_equal(built_said(b, DIAG_CONFIG, "ties no subnet to a route table"), 1);
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_an_association_the_main_table_is_local_only),
        cmocka_unit_test(a_conditional_association_leaves_the_rest_to_the_main_table),
        cmocka_unit_test(two_associations_at_once_are_a_choice),
        cmocka_unit_test(the_same_association_twice_is_one),
        cmocka_unit_test(public_addresses_are_what_the_property_says),
        cmocka_unit_test(the_address_property_is_what_decides),
        cmocka_unit_test(a_subnet_in_one_of_two_vpcs_is_there_twice),
        cmocka_unit_test(an_ipv6_only_subnet_gives_no_ipv4),
        cmocka_unit_test(a_separate_block_gives_a_subnet_ipv6),
        cmocka_unit_test(a_table_of_another_vpc_ties_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
