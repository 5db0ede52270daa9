#include "tests/topology/edges_of.h"

#define NLB                                                                                        \
    "  Nlb:\n"                                                                                     \
    "    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n"                                        \
    "    Properties: {Type: network, Scheme: internal, Subnets: [!Ref Subnet]}\n"
#define ALB                                                                                        \
    "  Alb:\n"                                                                                     \
    "    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n"                                        \
    "    Properties: {Scheme: internal, Subnets: [!Ref Subnet]}\n"
#define ACCELERATOR(protocol, ranges, group)                                                       \
    "  Ga: {Type: AWS::GlobalAccelerator::Accelerator, Properties: {Name: g}}\n"                   \
    "  Front:\n"                                                                                   \
    "    Type: AWS::GlobalAccelerator::Listener\n"                                                 \
    "    Properties:\n"                                                                            \
    "      AcceleratorArn: !Ref Ga\n"                                                              \
    "      Protocol: " protocol "\n"                                                               \
    "      PortRanges: " ranges "\n"                                                               \
    "  Ends:\n"                                                                                    \
    "    Type: AWS::GlobalAccelerator::EndpointGroup\n"                                            \
    "    Properties:\n"                                                                            \
    "      ListenerArn: !Ref Front\n"                                                              \
    "      EndpointGroupRegion: eu-west-1\n" group

static void consumers_of_a_service_reach_its_balancers(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" B_NETWORK NLB "  Service:\n"
                               "    Type: AWS::EC2::VPCEndpointService\n"
                               "    Properties: {NetworkLoadBalancerArns: [!Ref Nlb]}\n"
                               "  Permissions:\n"
                               "    Type: AWS::EC2::VPCEndpointServicePermissions\n"
                               "    Properties: {ServiceId: !Ref Service, AllowedPrincipals: "
                               "['*']}\n");
    assert_line(
        b, "shortcut privatelink Service to Nlb all 0-65535 at 0-65535 when A-CONSUMER(Service)");
    edges_check_origin(b, b->w->shortcuts.at[0].id, "AWS::EC2::VPCEndpointService");
    assert_int_equal(built_said(b, DIAG_UNKNOWN_VALUE, "every account"), 1);
    assert_int_equal(b->t->not_analysed, 0);
    built_free(b);
}

static void an_accelerator_leads_past_the_scheme_of_its_endpoints(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" B_NETWORK B_GROUP B_INSTANCE NLB ALB ACCELERATOR(
        "TCP", "[{FromPort: 80, ToPort: 80}]",
        "      EndpointConfigurations:\n"
        "        - {EndpointId: !Ref Alb}\n"
        "        - {EndpointId: !Ref Nlb}\n"
        "        - {EndpointId: !Ref Web}\n"
        "        - {EndpointId: !Ref Web, ClientIPPreservationEnabled: false}\n"
        "        - {EndpointId: !Ref Web, Weight: 0}\n"));
    assert_int_equal(b->w->shortcuts.n, 4);
    assert_line(b, "shortcut globalaccelerator Front to Alb tcp 80-80 at 80-80 preserves");
    assert_line(b, "shortcut globalaccelerator Front to Nlb tcp 80-80 at 80-80");
    assert_line(b, "shortcut globalaccelerator Front to Web/NetworkInterfaces/0 tcp 80-80 at "
                   "80-80 preserves");
    assert_line(b,
                "shortcut globalaccelerator Front to Web/NetworkInterfaces/0 tcp 80-80 at 80-80");
    edges_check_origin(b, b->w->gateways.at[b->w->shortcuts.at[0].gateway].id,
                       "AWS::GlobalAccelerator::Listener");
    edges_check_origin(b, b->w->shortcuts.at[0].id, "AWS::GlobalAccelerator::EndpointGroup");
    built_free(b);
}

static void overrides_cut_the_range(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" B_NETWORK B_GROUP B_INSTANCE ACCELERATOR(
        "UDP", "[{FromPort: 1000, ToPort: 1010}]",
        "      PortOverrides: [{ListenerPort: 1010, EndpointPort: 53},\n"
        "                      {ListenerPort: 1005, EndpointPort: 54}]\n"
        "      EndpointConfigurations: [{EndpointId: !Ref Web}]\n"));
    static const char *const LINES[] = {"udp 1000-1004 at 1000-1004", "udp 1005-1005 at 54-54",
                                        "udp 1006-1009 at 1006-1009", "udp 1010-1010 at 53-53"};
    assert_int_equal(b->w->shortcuts.n, 4);
    for (size_t i = 0; i < 4; i++) {
        struct buf line;
        buf_init(&line);
        buf_addf(&line, "shortcut globalaccelerator Front to Web/NetworkInterfaces/0 %s preserves",
                 LINES[i]);
        assert_line(b, line.p);
        buf_release(&line);
    }
    built_free(b);
}

static void without_an_internet_gateway_nothing_comes(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" B_VPC B_SUBNET B_GROUP B_INSTANCE ACCELERATOR(
        "TCP", "[{FromPort: 80, ToPort: 80}]",
        "      EndpointConfigurations: [{EndpointId: !Ref Web}]\n"));
    assert_int_equal(b->w->shortcuts.n, 0);
    built_free(b);
}

static void an_elastic_address_is_what_it_is_bound_to(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Resources:\n" B_NETWORK B_GROUP B_INSTANCE "  Eip: {Type: AWS::EC2::EIP}\n"
                 "  Bind:\n"
                 "    Type: AWS::EC2::EIPAssociation\n"
                 "    Properties: {AllocationId: !GetAtt Eip.AllocationId, InstanceId: !Ref "
                 "Web}\n" ACCELERATOR(
                     "TCP", "[{FromPort: 22, ToPort: 22}]",
                     "      EndpointConfigurations: [{EndpointId: !GetAtt Eip.AllocationId}]\n"));
    assert_int_equal(b->w->shortcuts.n, 1);
    assert_line(b,
                "shortcut globalaccelerator Front to Web/NetworkInterfaces/0 tcp 22-22 at 22-22");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(consumers_of_a_service_reach_its_balancers),
        cmocka_unit_test(an_accelerator_leads_past_the_scheme_of_its_endpoints),
        cmocka_unit_test(overrides_cut_the_range),
        cmocka_unit_test(without_an_internet_gateway_nothing_comes),
        cmocka_unit_test(an_elastic_address_is_what_it_is_bound_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
