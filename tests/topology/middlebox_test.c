#include "tests/topology/edges_of.h"

/* T40: an edge table before the subnet, a firewall behind it. */
#define FIREWALL                                                                                   \
    B_VPC B_IGW B_ATTACHMENT B_SUBNET B_TABLE B_ASSOCIATION                                        \
        "  Inspect:\n"                                                                             \
        "    Type: AWS::EC2::Subnet\n"                                                             \
        "    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.9.0/28}\n"                              \
        "  Wall:\n"                                                                                \
        "    Type: AWS::NetworkFirewall::Firewall\n"                                               \
        "    Properties:\n"                                                                        \
        "      VpcId: !Ref Vpc\n"                                                                  \
        "      FirewallName: wall\n"                                                               \
        "      FirewallPolicyArn: arn\n"                                                           \
        "      SubnetMappings: [{SubnetId: !Ref Inspect}]\n"
#define EDGE(target, destination)                                                                  \
    "  Edge: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}\n"                        \
    "  EdgeOfIgw:\n"                                                                               \
    "    Type: AWS::EC2::GatewayRouteTableAssociation\n"                                           \
    "    Properties: {GatewayId: !Ref Igw, RouteTableId: !Ref Edge}\n"                             \
    "  EdgeRoute:\n"                                                                               \
    "    Type: AWS::EC2::Route\n"                                                                  \
    "    Properties:\n"                                                                            \
    "      RouteTableId: !Ref Edge\n"                                                              \
    "      DestinationCidrBlock: " destination "\n"                                                \
    "      " target "\n"
#define ENI      "  Box: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !Ref Inspect}}\n"
#define SELECTED "VpcEndpointId: !Select [1, !Split [':', !Select [0, !GetAtt Wall.EndpointIds]]]"

static void an_edge_route_leads_through_an_interface(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Resources:\n" FIREWALL ENI EDGE("NetworkInterfaceId: !Ref Box", "10.0.1.0/24"));
    assert_block(b, "edge Igw", "edge Igw\n  at Vpc\n  into Subnet by Box\n");
    assert_block(b, "edge Box", "edge Box in Inspect passes=A-MB(Box)\n");
    uint32_t id = b->w->gateways.at[0].ingress.at[0].id;
    edges_check_origin(b, id, "AWS::EC2::Route");
    built_free(b);
}

static void the_endpoint_of_a_firewall_is_that_firewall(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" FIREWALL EDGE(SELECTED, "10.0.1.0/24"));
    assert_block(b, "edge Igw", "edge Igw\n  at Vpc\n  into Subnet by Wall.EndpointIds[0]\n");
    assert_block(b, "edge Wall.EndpointIds[0]",
                 "edge Wall.EndpointIds[0] in Inspect passes=A-MB(Wall.EndpointIds[0])\n");
    const struct world_gateway *g =
        &b->w->gateways.at[b->w->gateways.at[0].ingress.at[0].middlebox];
    edges_check_origin(b, g->id, "AWS::NetworkFirewall::Firewall");
    assert_false(g->outside);
    assert_int_equal(b->t->not_analysed, 0);
    built_free(b);
}

static void the_second_endpoint_is_in_the_second_subnet(void **state)
{
    (void)state;
    struct built *b = edges_of(
        "Resources:\n" B_NETWORK "  One:\n"
        "    Type: AWS::EC2::Subnet\n"
        "    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.9.0/28}\n"
        "  Two:\n"
        "    Type: AWS::EC2::Subnet\n"
        "    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.9.16/28}\n"
        "  Wall:\n"
        "    Type: AWS::NetworkFirewall::Firewall\n"
        "    Properties:\n"
        "      VpcId: !Ref Vpc\n"
        "      SubnetMappings: [{SubnetId: !Ref One}, {SubnetId: !Ref Two}]\n" EDGE(
            "VpcEndpointId: !Select [1, !Split [':', !Select [1, !GetAtt Wall.EndpointIds]]]",
            "10.0.1.0/24"));
    assert_line(b, "edge Wall.EndpointIds[1] in Two passes=A-MB(Wall.EndpointIds[1])");
    built_free(b);
}

static void the_longest_route_that_covers_the_subnet_decides(void **state)
{
    (void)state;
    static const struct {
        const char *destination;
        const char *expected;
    } ROWS[] = {
        {"10.0.1.0/24", "edge Igw\n  at Vpc\n  into Subnet by Box\n"},
        {"10.0.0.0/16", "edge Igw\n  at Vpc\n  into Subnet by Box\n  into Inspect by Box\n"},
        {"10.0.0.0/8", "edge Igw\n  at Vpc\n"},  /* the local route is longer */
        {"10.0.1.0/25", "edge Igw\n  at Vpc\n"}, /* a part: packets enter directly */
        {"10.0.2.0/24", "edge Igw\n  at Vpc\n"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct buf text;
        buf_init(&text);
        buf_addf(&text, "Resources:\n" FIREWALL ENI EDGE("NetworkInterfaceId: !Ref Box", "%s"),
                 ROWS[i].destination);
        struct built *b = edges_of(text.p);
        assert_block(b, "edge Igw", ROWS[i].expected);
        built_free(b);
        buf_release(&text);
    }
}

static void an_edge_route_that_leads_nowhere_lets_nothing_in(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Parameters: {On: {Type: String, AllowedValues: ['yes', 'no']}}\n"
                 "Conditions: {IsOn: !Equals [!Ref On, 'yes']}\n"
                 "Resources:\n" FIREWALL ENI EDGE(
                     "NetworkInterfaceId: !If [IsOn, !Ref Box, !Ref AWS::NoValue]", "10.0.1.0/24"));
    assert_line(b, "  into Subnet by Box when On=yes");
    assert_line(b, "  into Subnet by nothing when On=no");
    built_free(b);
}

static void the_local_route_written_out_is_direct(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" FIREWALL EDGE("GatewayId: local", "10.0.0.0/16"));
    assert_block(b, "edge Igw", "edge Igw\n  at Vpc\n");
    built_free(b);
}

#define BLOCK(mode)                                                                                \
    "  Block:\n"                                                                                   \
    "    Type: AWS::EC2::VPCBlockPublicAccessOptions\n"                                            \
    "    Properties: {InternetGatewayBlockMode: " mode "}\n"
#define EXCLUDE(what, mode)                                                                        \
    "  Exclude:\n"                                                                                 \
    "    Type: AWS::EC2::VPCBlockPublicAccessExclusion\n"                                          \
    "    Properties: {" what ", InternetGatewayExclusionMode: " mode "}\n"

static void blocked_public_access_lets_nothing_in(void **state)
{
    (void)state; /* SEMANTICS 1.1.5 */
    static const struct {
        const char *text;
        const char *expected;
    } ROWS[] = {
        {BLOCK("block-bidirectional"), "edge Igw\n  at Vpc\n  into Subnet by nothing\n"},
        {BLOCK("block-ingress"), "edge Igw\n  at Vpc\n  into Subnet by nothing\n"},
        {BLOCK("'off'"), "edge Igw\n  at Vpc\n"},
        {BLOCK("block-ingress") EXCLUDE("VpcId: !Ref Vpc", "allow-bidirectional"),
         "edge Igw\n  at Vpc\n"},
        {BLOCK("block-ingress") EXCLUDE("SubnetId: !Ref Subnet", "allow-bidirectional"),
         "edge Igw\n  at Vpc\n"},
        {BLOCK("block-ingress") EXCLUDE("VpcId: !Ref Vpc", "allow-egress"),
         "edge Igw\n  at Vpc\n  into Subnet by nothing\n"},
        {BLOCK("!Ref Mode"),
         "edge Igw\n  at Vpc\n  into Subnet by nothing when Mode=block-ingress\n"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct buf text;
        buf_init(&text);
        buf_addf(&text,
                 "Parameters: {Mode: {Type: String, AllowedValues: ['off', block-ingress]}}\n"
                 "Resources:\n" B_NETWORK "%s",
                 ROWS[i].text);
        struct built *b = edges_of(text.p);
        assert_block(b, "edge Igw", ROWS[i].expected);
        built_free(b);
        buf_release(&text);
    }
}

static void blocked_access_comes_before_a_middlebox(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Parameters: {On: {Type: String, AllowedValues: ['yes', 'no']}}\n"
                 "Conditions: {IsOn: !Equals [!Ref On, 'yes']}\n"
                 "Resources:\n" FIREWALL ENI EDGE("NetworkInterfaceId: !Ref Box", "10.0.1.0/24")
                     BLOCK("!If [IsOn, block-ingress, 'off']"));
    assert_line(b, "  into Subnet by Box when On=no");
    assert_line(b, "  into Subnet by nothing when On=yes");
    assert_line(b, "  into Inspect by nothing when On=yes");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_edge_route_leads_through_an_interface),
        cmocka_unit_test(the_endpoint_of_a_firewall_is_that_firewall),
        cmocka_unit_test(the_second_endpoint_is_in_the_second_subnet),
        cmocka_unit_test(the_longest_route_that_covers_the_subnet_decides),
        cmocka_unit_test(an_edge_route_that_leads_nowhere_lets_nothing_in),
        cmocka_unit_test(the_local_route_written_out_is_direct),
        cmocka_unit_test(blocked_public_access_lets_nothing_in),
        cmocka_unit_test(blocked_access_comes_before_a_middlebox),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
