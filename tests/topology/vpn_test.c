#include "tests/topology/edges_of.h"

#define VPN                                                                                        \
    B_VPC B_SUBNET B_TABLE B_ASSOCIATION                                                           \
        "  Vgw: {Type: AWS::EC2::VPNGateway, Properties: {Type: ipsec.1}}\n"                       \
        "  VgwAttachment:\n"                                                                       \
        "    Type: AWS::EC2::VPCGatewayAttachment\n"                                               \
        "    Properties: {VpcId: !Ref Vpc, VpnGatewayId: !Ref Vgw}\n"
#define CONNECTION(fixed)                                                                          \
    "  Line:\n"                                                                                    \
    "    Type: AWS::EC2::VPNConnection\n"                                                          \
    "    Properties: {Type: ipsec.1, CustomerGatewayId: cgw-1, VpnGatewayId: !Ref Vgw" fixed "}\n"
#define REMOTE                                                                                     \
    "  Office:\n"                                                                                  \
    "    Type: AWS::EC2::VPNConnectionRoute\n"                                                     \
    "    Properties: {DestinationCidrBlock: 192.168.0.0/16, VpnConnectionId: !Ref Line}\n"
#define PROPAGATION                                                                                \
    "  Spread:\n"                                                                                  \
    "    Type: AWS::EC2::VPNGatewayRoutePropagation\n"                                             \
    "    Properties: {RouteTableIds: [!Ref Table], VpnGatewayId: !Ref Vgw}\n"

static void without_a_connection_the_remote_side_is_not_in_the_model(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" VPN);
    assert_block(b, "edge Vgw", "edge Vgw\n  at Vpc any\n");
    assert_block(b, "table Table", "table Table vpc=Vpc\n");
    built_free(b);
}

static void static_routes_are_sources_and_are_propagated(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Resources:\n" PROPAGATION REMOTE VPN CONNECTION(", StaticRoutesOnly: true"));
    assert_block(b, "edge Vgw", "edge Vgw\n  at Vpc any\n    from 192.168.0.0/16\n");
    assert_block(b, "table Table",
                 "table Table vpc=Vpc\n  route 192.168.0.0/16 propagated to=Vgw\n");
    const struct world_route *route = &b->w->tables.at[0].routes.at[0];
    assert_false(route->unknown);
    edges_check_origin(b, route->id, "AWS::EC2::VPNConnectionRoute");
    assert_str(built_text(b, topology_origin(b->t, route->id)->at), "192.168.0.0/16");
    built_free(b);
}

static void routes_that_bgp_brings_are_not_known(void **state)
{
    (void)state; /* T34 */
    struct built *b = edges_of("Resources:\n" PROPAGATION VPN CONNECTION(""));
    assert_block(b, "edge Vgw", "edge Vgw\n  at Vpc any\n    from 0.0.0.0/0\n");
    assert_line(b, "anywhere Table Vgw when A-BGP(Vgw)");
    edges_check_origin(b, b->w->tables.at[0].routes.at[0].id,
                       "AWS::EC2::VPNGatewayRoutePropagation");
    built_free(b);
}

static void propagation_without_a_connection_is_that_of_a_direct_line(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" PROPAGATION VPN);
    assert_block(b, "edge Vgw", "edge Vgw\n  at Vpc any\n");
    assert_line(b, "anywhere Table Vgw when A-BGP(Vgw)");
    built_free(b);
}

static void static_or_bgp_by_condition(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Parameters: {Bgp: {Type: String, AllowedValues: ['true', 'false']}}\n"
                 "Conditions: {HasBgp: !Equals [!Ref Bgp, 'true']}\n"
                 "Resources:\n" PROPAGATION REMOTE VPN CONNECTION(
                     ", StaticRoutesOnly: !If [HasBgp, false, true]"));
    assert_block(b, "edge Vgw",
                 "edge Vgw\n  at Vpc any\n    from 192.168.0.0/16 when Bgp=false\n"
                 "    from 0.0.0.0/0 when Bgp=true\n");
    assert_line(b, "  route 192.168.0.0/16 propagated to=Vgw when Bgp=false");
    assert_line(b, "anywhere Table Vgw when Bgp=true & A-BGP(Vgw)");
    built_free(b);
}

static void routes_of_a_connection_elsewhere_say_nothing(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" VPN CONNECTION(
        ", StaticRoutesOnly: true") "  Other:\n"
                                    "    Type: AWS::EC2::VPNConnectionRoute\n"
                                    "    Properties: {DestinationCidrBlock: 172.16.0.0/12,\n"
                                    "                 VpnConnectionId: vpn-1}\n");
    assert_block(b, "edge Vgw", "edge Vgw\n  at Vpc any\n");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_connection_the_remote_side_is_not_in_the_model),
        cmocka_unit_test(static_routes_are_sources_and_are_propagated),
        cmocka_unit_test(routes_that_bgp_brings_are_not_known),
        cmocka_unit_test(propagation_without_a_connection_is_that_of_a_direct_line),
        cmocka_unit_test(static_or_bgp_by_condition),
        cmocka_unit_test(routes_of_a_connection_elsewhere_say_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
