#include "tests/topology/edges_of.h"

#define SERVERS B_NETWORK B_GROUP B_INSTANCE
#define TG(properties)                                                                             \
    "  Tg:\n"                                                                                      \
    "    Type: AWS::ElasticLoadBalancingV2::TargetGroup\n"                                         \
    "    Properties:\n"                                                                            \
    "      VpcId: !Ref Vpc\n" properties
#define FLEET(more)                                                                                \
    "  Launch:\n"                                                                                  \
    "    Type: AWS::EC2::LaunchTemplate\n"                                                         \
    "    Properties: {LaunchTemplateData: {SecurityGroupIds: [!Ref Group]}}\n"                     \
    "  Fleet:\n"                                                                                   \
    "    Type: AWS::AutoScaling::AutoScalingGroup\n"                                               \
    "    Properties:\n"                                                                            \
    "      LaunchTemplate: {LaunchTemplateId: !Ref Launch, Version: '1'}\n"                        \
    "      VPCZoneIdentifier: [!Ref Subnet]\n" more

static void instances_are_targets_at_the_port_of_the_group_or_their_own(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Resources:\n" SERVERS TG("      Port: 8080\n"
                                           "      Protocol: HTTP\n"
                                           "      Targets: [{Id: !Ref Web}, {Id: !Ref Web, "
                                           "Port: 9000}, {Id: i-0123}]\n"));
    assert_block(b, "targets Tg",
                 "targets Tg tcp\n"
                 "  to Web/NetworkInterfaces/0 8080-8080\n"
                 "  to Web/NetworkInterfaces/0 9000-9000\n");
    uint32_t id = b->w->target_groups.at[0].targets.at[0].id;
    edges_check_origin(b, id, "AWS::ElasticLoadBalancingV2::TargetGroup");
    assert_str(built_text(b, topology_origin(b->t, id)->at), "!Ref Web");
    built_free(b);
}

static void only_the_primary_interface_is_a_target(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Resources:\n" B_NETWORK B_GROUP "  Web:\n"
                 "    Type: AWS::EC2::Instance\n"
                 "    Properties:\n"
                 "      NetworkInterfaces:\n"
                 "        - {DeviceIndex: '0', SubnetId: !Ref Subnet, GroupSet: [!Ref Group]}\n"
                 "        - {DeviceIndex: '1', SubnetId: !Ref Subnet, GroupSet: [!Ref Group]}\n" TG(
                     "      Port: 80\n      Protocol: HTTP\n      Targets: [{Id: !Ref Web}]\n"));
    assert_block(b, "targets Tg", "targets Tg tcp\n  to Web/NetworkInterfaces/0 80-80\n");
    built_free(b);
}

/* SEMANTICS 1.6, 10.11. */
static void addresses_are_those_of_interfaces(void **state)
{
    (void)state;
    struct built *b = edges_of(
        "Resources:\n" SERVERS "  Eni:\n"
        "    Type: AWS::EC2::NetworkInterface\n"
        "    Properties: {SubnetId: !Ref Subnet, PrivateIpAddress: 10.0.1.9}\n"
        "  Second:\n"
        "    Type: AWS::EC2::NetworkInterfaceAttachment\n"
        "    Properties: {InstanceId: !Ref Web, NetworkInterfaceId: !Ref Eni, DeviceIndex: '1'}\n"
        "  Fixed:\n"
        "    Type: AWS::EC2::Instance\n"
        "    Properties: {SubnetId: !Ref Subnet, PrivateIpAddress: 10.0.1.8}\n"
        "  Listed:\n"
        "    Type: AWS::EC2::Instance\n"
        "    Properties:\n"
        "      NetworkInterfaces: [{DeviceIndex: '0', SubnetId: !Ref Subnet,\n"
        "                           PrivateIpAddress: 10.0.1.7}]\n" TG(
            "      TargetType: ip\n"
            "      Port: 80\n"
            "      Protocol: TCP\n"
            "      Targets: [{Id: 10.0.1.9}, {Id: !GetAtt Web.PrivateIp}, {Id: 10.0.1.8},\n"
            "                {Id: 10.0.1.7}, {Id: !GetAtt Eni.PrimaryPrivateIpAddress},\n"
            "                {Id: 10.9.9.9}]\n"));
    assert_block(b, "targets Tg",
                 "targets Tg tcp\n"
                 "  to Eni 80-80\n"
                 "  to Web/NetworkInterfaces/0 80-80\n"
                 "  to Fixed/NetworkInterfaces/0 80-80\n"
                 "  to Listed/NetworkInterfaces/0 80-80\n"
                 "  to Eni 80-80\n");
    built_free(b);
}

static void an_address_in_another_vpc_needs_a_way_there(void **state)
{
    (void)state;
    static const char OTHER[] =
        "  Far: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.7.0.0/16}}\n"
        "  FarSubnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Far, CidrBlock: "
        "10.7.1.0/24}}\n"
        "  There:\n"
        "    Type: AWS::EC2::Instance\n"
        "    Properties: {SubnetId: !Ref FarSubnet, PrivateIpAddress: 10.7.1.5}\n" TG(
            "      TargetType: ip\n"
            "      Port: 80\n"
            "      Protocol: TCP\n"
            "      Targets: [{Id: 10.7.1.5, AvailabilityZone: all}]\n");
    static const char PEER[] = "  Peer:\n"
                               "    Type: AWS::EC2::VPCPeeringConnection\n"
                               "    Properties: {VpcId: !Ref Vpc, PeerVpcId: !Ref Far}\n";
    for (int peered = 0; peered < 2; peered++) {
        struct buf text;
        buf_init(&text);
        buf_addf(&text, "Resources:\n" B_VPC "%s%s", OTHER, peered ? PEER : "");
        struct built *b = edges_of(text.p);
        assert_block(b, "targets Tg",
                     peered ? "targets Tg tcp\n  to There/NetworkInterfaces/0 80-80\n"
                            : "targets Tg tcp\n");
        built_free(b);
        buf_release(&text);
    }
}

/* SEMANTICS 1.6, the last column of the table. */
static void the_client_address_is_preserved_by_type_protocol_and_attribute(void **state)
{
    (void)state;
    static const struct {
        const char *properties;
        const char *line;
    } ROWS[] = {
        {"      Protocol: HTTP\n", "targets Tg tcp"},
        {"      Protocol: TCP\n", "targets Tg tcp preserves"},
        {"      Protocol: TLS\n      TargetType: instance\n", "targets Tg tcp preserves"},
        {"      Protocol: TCP\n      TargetType: ip\n", "targets Tg tcp"},
        {"      Protocol: UDP\n      TargetType: ip\n", "targets Tg udp preserves"},
        {"      Protocol: TCP_UDP\n      TargetType: ip\n", "targets Tg all preserves"},
        {"      Protocol: TCP\n      TargetType: alb\n", "targets Tg tcp preserves"},
        {"      Protocol: TCP\n      TargetGroupAttributes:\n"
         "        - {Key: preserve_client_ip.enabled, Value: 'false'}\n",
         "targets Tg tcp"},
        {"      Protocol: TCP\n      TargetType: ip\n      TargetGroupAttributes:\n"
         "        - {Key: preserve_client_ip.enabled, Value: 'true'}\n",
         "targets Tg tcp preserves"},
        {"      Protocol: UDP\n      TargetGroupAttributes:\n"
         "        - {Key: preserve_client_ip.enabled, Value: 'false'}\n",
         "targets Tg udp preserves"},
        {"      Protocol: TCP\n      TargetType: !Ref Kind\n",
         "targets Tg tcp preserves=Kind=instance"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct buf text;
        buf_init(&text);
        buf_addf(&text,
                 "Parameters: {Kind: {Type: String, AllowedValues: [instance, ip]}}\n"
                 "Resources:\n" B_VPC TG("      Port: 80\n%s"),
                 ROWS[i].properties);
        struct built *b = edges_of(text.p);
        assert_line(b, ROWS[i].line);
        built_free(b);
        buf_release(&text);
    }
}

static void groups_of_instances_register_themselves(void **state)
{
    (void)state;
    struct built *b = edges_of(
        "Resources:\n" B_NETWORK B_GROUP FLEET("      TargetGroupARNs: [!Ref Tg]\n"
                                               "      LoadBalancerNames: [!Ref Clb, named]\n")
            TG("      Port: 80\n      Protocol: HTTP\n") "  Clb:\n"
                                                         "    Type: "
                                                         "AWS::ElasticLoadBalancing::LoadBalancer\n"
                                                         "    Properties: {Subnets: [!Ref "
                                                         "Subnet],\n"
                                                         "                 Listeners: "
                                                         "[{LoadBalancerPort: 80, InstancePort: "
                                                         "8080}]}\n"
                                                         "  Named:\n"
                                                         "    Type: "
                                                         "AWS::ElasticLoadBalancing::LoadBalancer\n"
                                                         "    Properties: {LoadBalancerName: "
                                                         "named, Subnets: [!Ref Subnet],\n"
                                                         "                 Listeners: "
                                                         "[{LoadBalancerPort: 80, InstancePort: "
                                                         "8081}]}\n");
    assert_block(b, "targets Tg", "targets Tg tcp\n  to Fleet/NetworkInterfaces/0 80-80\n");
    assert_line(b, "  to Fleet/NetworkInterfaces/0 8080-8080");
    assert_line(b, "  to Fleet/NetworkInterfaces/0 8081-8081");
    built_free(b);
}

static void traffic_sources_are_target_groups_too(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Parameters: {On: {Type: String, AllowedValues: ['yes', 'no']}}\n"
                 "Conditions: {IsOn: !Equals [!Ref On, 'yes']}\n"
                 "Resources:\n" B_NETWORK B_GROUP FLEET(
                     "      TrafficSources: [{Identifier: !Ref Tg, Type: elbv2}]\n"
                     "      TargetGroupARNs: !If [IsOn, [!Ref Tg2], !Ref AWS::NoValue]\n")
                     TG("      Port: 80\n      Protocol: HTTP\n") "  Tg2:\n"
                                                                  "    Type: "
                                                                  "AWS::ElasticLoadBalancingV2::"
                                                                  "TargetGroup\n"
                                                                  "    Properties: {Port: 81, "
                                                                  "Protocol: HTTP}\n");
    assert_block(b, "targets Tg", "targets Tg tcp\n  to Fleet/NetworkInterfaces/0 80-80\n");
    assert_block(b, "targets Tg2",
                 "targets Tg2 tcp\n  to Fleet/NetworkInterfaces/0 81-81 when On=yes\n");
    built_free(b);
}

static void a_balancer_may_be_a_target(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" SERVERS "  Alb:\n"
                               "    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n"
                               "    Properties: {Subnets: [!Ref Subnet], Scheme: internal}\n" TG(
                                   "      TargetType: alb\n"
                                   "      Port: 80\n"
                                   "      Protocol: TCP\n"
                                   "      Targets: [{Id: !Ref Alb}]\n"));
    assert_block(b, "targets Tg", "targets Tg tcp preserves\n  to Alb 80-80\n");
    assert_int_equal(b->w->target_groups.at[0].targets.at[0].balancer, 0);
    built_free(b);
}

static void functions_are_no_targets(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" SERVERS "  Tg:\n"
                               "    Type: AWS::ElasticLoadBalancingV2::TargetGroup\n"
                               "    Properties: {TargetType: lambda, Targets: [{Id: !Ref Web}]}\n");
    assert_block(b, "targets Tg", "targets Tg tcp\n");
    assert_int_equal(built_said(b, DIAG_CONFIG, ""), 0);
    built_free(b);
}

/* Nothing is passed on in silence (SEMANTICS 1.6). */
static void what_stands_outside_is_said(void **state)
{
    (void)state;
    struct built *b = edges_of("Parameters: {Arn: {Type: String}, Id: {Type: String}}\n"
                               "Resources:\n" SERVERS FLEET("      TargetGroupARNs: [!Ref Arn]\n")
                                   TG("      Port: 80\n"
                                      "      Targets: [{Id: "
                                      "!Ref Id}]\n"));
    assert_int_equal(
        built_said(b, DIAG_UNKNOWN_VALUE, "The target group or load balancer 'Arn' stands outside"),
        1);
    assert_int_equal(built_said(b, DIAG_UNKNOWN_VALUE, "The target 'Id' stands outside"), 1);
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(instances_are_targets_at_the_port_of_the_group_or_their_own),
        cmocka_unit_test(only_the_primary_interface_is_a_target),
        cmocka_unit_test(addresses_are_those_of_interfaces),
        cmocka_unit_test(an_address_in_another_vpc_needs_a_way_there),
        cmocka_unit_test(the_client_address_is_preserved_by_type_protocol_and_attribute),
        cmocka_unit_test(groups_of_instances_register_themselves),
        cmocka_unit_test(traffic_sources_are_target_groups_too),
        cmocka_unit_test(a_balancer_may_be_a_target),
        cmocka_unit_test(functions_are_no_targets),
        cmocka_unit_test(what_stands_outside_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
