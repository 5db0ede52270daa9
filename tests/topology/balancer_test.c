#include "tests/topology/edges_of.h"

#define SUBNETS                                                                                    \
    B_VPC "  SubnetA:\n"                                                                           \
          "    Type: AWS::EC2::Subnet\n"                                                           \
          "    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: "           \
          "eu-west-1a}\n"                                                                          \
          "  SubnetB:\n"                                                                           \
          "    Type: AWS::EC2::Subnet\n"                                                           \
          "    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24, AvailabilityZone: "           \
          "eu-west-1b}\n"
#define LB(more)                                                                                   \
    "  Lb:\n"                                                                                      \
    "    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n"                                        \
    "    Properties: {Subnets: [!Ref SubnetA, !Ref SubnetB]" more "}\n"
#define A_IN "  interface Lb/NetworkInterfaces/0 SubnetA"
#define B_IN "  interface Lb/NetworkInterfaces/1 SubnetB"

static void a_balancer_has_an_interface_in_each_subnet(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" SUBNETS B_GROUP LB(", SecurityGroups: [!Ref Group]"));
    assert_block(b, "balance Lb",
                 "balance Lb application filters\n" A_IN " public4\n" B_IN " public4\n");
    const struct world_interface *n = built_interface(b, "Lb/NetworkInterfaces/1");
    assert_int_equal(n->groups.n, 1);
    assert_int_equal(n->balancer, 0);
    assert_str(b->w->groups.at[n->groups.at[0].group].name, "Group");
    assert_str(b->w->owners.at[n->owner].name, "Lb");
    edges_check_origin(b, n->id, "AWS::EC2::NetworkInterface");
    edges_check_origin(b, b->w->balancers.at[0].id, "AWS::ElasticLoadBalancingV2::LoadBalancer");
    assert_str(built_text(b, topology_origin(b->t, b->w->balancers.at[0].id)->at), "Lb");
    assert_int_equal(b->t->not_analysed, 0);
    built_free(b);
}

/* SEMANTICS 1.6: of application and Classic balancers the default group, of network ones none. */
static void without_groups_the_kind_decides(void **state)
{
    (void)state; /* T26 */
    struct built *b = edges_of(
        "Resources:\n" SUBNETS LB("") "  Nlb:\n"
                                      "    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n"
                                      "    Properties: {Type: network, Subnets: [!Ref SubnetA]}\n"
                                      "  Clb:\n"
                                      "    Type: AWS::ElasticLoadBalancing::LoadBalancer\n"
                                      "    Properties: {Subnets: [!Ref SubnetA], Listeners: []}\n");
    assert_block(b, "balance Nlb",
                 "balance Nlb network\n"
                 "  interface Nlb/NetworkInterfaces/0 SubnetA public4 open\n");
    assert_block(b, "balance Clb",
                 "balance Clb classic filters\n"
                 "  interface Clb/NetworkInterfaces/0 SubnetA public4\n");
    assert_int_equal(built_interface(b, "Nlb/NetworkInterfaces/0")->groups.n, 0);
    static const char *const OTHERS[] = {"Clb/NetworkInterfaces/0", "Lb/NetworkInterfaces/0"};
    for (size_t i = 0; i < 2; i++) {
        const struct world_interface *n = built_interface(b, OTHERS[i]);
        assert_int_equal(n->groups.n, 1);
        assert_str(b->w->groups.at[n->groups.at[0].group].name, "Vpc.DefaultSecurityGroup");
    }
    built_free(b);
}

static void a_network_balancer_with_groups_is_filtered(void **state)
{
    (void)state;
    struct built *b = edges_of(
        "Parameters: {Old: {Type: String, AllowedValues: ['yes', 'no']}}\n"
        "Conditions: {IsOld: !Equals [!Ref Old, 'yes']}\n"
        "Resources:\n" SUBNETS B_GROUP LB(", Type: network, SecurityGroups: !If [IsOld, !Ref "
                                          "AWS::NoValue, [!Ref Group]]"));
    assert_block(b, "balance Lb",
                 "balance Lb network filters=Old=no\n" A_IN " public4 open=Old=yes\n" B_IN
                 " public4 open=Old=yes\n");
    assert_line(b, "  carries group=Group when Old=no");
    assert_no_line(b, "  carries group=Vpc.DefaultSecurityGroup when Old=yes");
    built_free(b);
}

/* Scheme and IpAddressType decide the addresses, not what the subnet gives to others. */
static void the_scheme_decides_the_public_address(void **state)
{
    (void)state;
    static const struct {
        const char *more;
        const char *line;
    } ROWS[] = {
        {"", A_IN " public4"},
        {", Scheme: internet-facing", A_IN " public4"},
        {", Scheme: internal", A_IN " hidden"},
        {", Scheme: !Ref Scheme", A_IN " public4=Scheme=internet-facing hidden=Scheme=internal"},
        {", Scheme: !Ref Free", A_IN " public4=A-SUBPUBIP(Free) hidden=!A-SUBPUBIP(Free)"},
        {", IpAddressType: dualstack", A_IN " public4 has6"},
        {", IpAddressType: dualstack-without-public-ipv4", A_IN " has6"},
        {", IpAddressType: dualstack, Scheme: internal", A_IN " has6 hidden"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct buf text;
        buf_init(&text);
        buf_addf(&text,
                 "Parameters:\n"
                 "  Scheme: {Type: String, AllowedValues: [internal, internet-facing]}\n"
                 "  Free: {Type: String}\n"
                 "Resources:\n" SUBNETS "  Six:\n"
                 "    Type: AWS::EC2::VPCCidrBlock\n"
                 "    Properties: {VpcId: !Ref Vpc, AmazonProvidedIpv6CidrBlock: true}\n"
                 "  SixA:\n"
                 "    Type: AWS::EC2::SubnetCidrBlock\n"
                 "    Properties: {SubnetId: !Ref SubnetA, Ipv6CidrBlock: 'fd00::/64'}\n"
                 "  Lb:\n"
                 "    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n"
                 "    Properties: {Subnets: [!Ref SubnetA, !Ref SubnetB]%s}\n",
                 ROWS[i].more);
        struct built *b = edges_of(text.p);
        assert_line(b, ROWS[i].line);
        built_free(b);
        buf_release(&text);
    }
}

static void subnets_come_from_mappings_and_parameters_too(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Parameters: {Ids: {Type: 'List<AWS::EC2::Subnet::Id>'}}\n"
                 "Resources:\n" SUBNETS "  Mapped:\n"
                 "    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n"
                 "    Properties: {Type: network, SubnetMappings: [{SubnetId: !Ref SubnetB,\n"
                 "                 AllocationId: eipalloc-1}]}\n"
                 "  Given:\n"
                 "    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n"
                 "    Properties: {Subnets: !Ref Ids}\n"
                 "  Zones:\n"
                 "    Type: AWS::ElasticLoadBalancing::LoadBalancer\n"
                 "    Properties: {AvailabilityZones: !GetAZs '', Listeners: []}\n");
    assert_line(b, "  interface Mapped/NetworkInterfaces/0 SubnetB public4 open");
    assert_line(b, "  interface Given/NetworkInterfaces/0 Ids public4");
    assert_line(b, "  interface Zones/NetworkInterfaces/0 DefaultVPC.DefaultSubnet public4");
    built_free(b);
}

static void a_gateway_balancer_is_none(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" SUBNETS LB(", Type: gateway"));
    assert_int_equal(b->w->balancers.n, 0);
    assert_int_equal(b->w->interfaces.n, 0);
    built_free(b);
}

static void a_type_by_condition_is_two_balancers(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Parameters: {Net: {Type: String, AllowedValues: ['yes', 'no']}}\n"
                 "Conditions: {IsNet: !Equals [!Ref Net, 'yes']}\n"
                 "Resources:\n" SUBNETS LB(", Type: !If [IsNet, network, application]"));
    assert_int_equal(b->w->balancers.n, 2);
    assert_block(b, "balance Lb",
                 "balance Lb application filters\n" A_IN " public4=Net=no when Net=no\n" B_IN
                 " public4=Net=no when Net=no\n");
    assert_line(b, A_IN " public4=Net=yes open=Net=yes when Net=yes");
    built_free(b);
}

static void the_group_of_a_classic_balancer_has_a_name(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" SUBNETS B_GROUP "  Clb:\n"
                               "    Type: AWS::ElasticLoadBalancing::LoadBalancer\n"
                               "    Properties: {Subnets: [!Ref SubnetA], Listeners: [],\n"
                               "                 SecurityGroups: [!Ref Group]}\n"
                               "  Inner:\n"
                               "    Type: AWS::EC2::SecurityGroup\n"
                               "    Properties:\n"
                               "      GroupDescription: i\n"
                               "      VpcId: !Ref Vpc\n"
                               "      SecurityGroupIngress:\n"
                               "        - IpProtocol: tcp\n"
                               "          FromPort: 80\n"
                               "          ToPort: 80\n"
                               "          SourceSecurityGroupOwnerId: !GetAtt "
                               "Clb.SourceSecurityGroup.OwnerAlias\n"
                               "          SourceSecurityGroupName: !GetAtt "
                               "Clb.SourceSecurityGroup.GroupName\n");
    assert_line(b, "  rule in tcp 80-80 group=Group");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_balancer_has_an_interface_in_each_subnet),
        cmocka_unit_test(without_groups_the_kind_decides),
        cmocka_unit_test(a_network_balancer_with_groups_is_filtered),
        cmocka_unit_test(the_scheme_decides_the_public_address),
        cmocka_unit_test(subnets_come_from_mappings_and_parameters_too),
        cmocka_unit_test(a_gateway_balancer_is_none),
        cmocka_unit_test(a_type_by_condition_is_two_balancers),
        cmocka_unit_test(the_group_of_a_classic_balancer_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
