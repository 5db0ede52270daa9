#include "tests/topology/world_of.h"

static void a_gateway_that_nothing_attaches_has_no_vpc(void **state)
{
    (void)state; /* T09 */
    struct built *b =
        built_of("Resources:\n" B_VPC B_IGW B_SUBNET B_TABLE B_ASSOCIATION "  Route:\n"
                 "    Type: AWS::EC2::Route\n"
                 "    Properties: {RouteTableId: !Ref Table, GatewayId: !Ref Igw,\n"
                 "                 DestinationCidrBlock: 0.0.0.0/0}\n");
    assert_block(b, "gateway Igw", "gateway Igw internet\n");
    assert_line(b, "  route 0.0.0.0/0 static to=Igw");
    built_free(b);
}

static void an_attachment_has_its_condition(void **state)
{
    (void)state;
    struct built *b = built_of("Parameters:\n"
                               "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                               "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
                               "Resources:\n" B_VPC B_IGW "  Attachment:\n"
                               "    Type: AWS::EC2::VPCGatewayAttachment\n"
                               "    Condition: IsDev\n"
                               "    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Igw}\n");
    assert_block(b, "gateway Igw", "gateway Igw internet\n  attachment vpc=Vpc when Env=dev\n");
    built_free(b);
}

static void gateways_without_a_way_in_keep_their_kind(void **state)
{
    (void)state;
    struct built *b =
        built_of("Resources:\n" B_VPC B_SUBNET
                 "  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref Subnet}}\n"
                 "  Out:\n"
                 "    Type: AWS::EC2::EgressOnlyInternetGateway\n"
                 "    Properties: {VpcId: !Ref Vpc}\n"
                 "  Vgw: {Type: AWS::EC2::VPNGateway, Properties: {Type: ipsec.1}}\n"
                 "  VgwAttachment:\n"
                 "    Type: AWS::EC2::VPCGatewayAttachment\n"
                 "    Properties: {VpcId: !Ref Vpc, VpnGatewayId: !Ref Vgw}\n"
                 "  Peer:\n"
                 "    Type: AWS::EC2::VPCPeeringConnection\n"
                 "    Properties: {VpcId: !Ref Vpc, PeerVpcId: vpc-1}\n"
                 "  Tgw: {Type: AWS::EC2::TransitGateway}\n");
    assert_block(b, "gateway Nat", "gateway Nat nat\n  attachment vpc=Vpc\n");
    assert_block(b, "gateway Out", "gateway Out egress-only\n  attachment vpc=Vpc\n");
    assert_block(b, "gateway Vgw", "gateway Vgw vpn\n  attachment vpc=Vpc any-source=true\n");
    assert_block(b, "gateway Peer",
                 "gateway Peer peering\n  attachment vpc=Vpc any-source=true\n"
                 "  attachment vpc=vpc-1 remote=Vpc references=true\n    source 10.0.0.0/16\n");
    assert_block(b, "gateway Tgw", "gateway Tgw transit\n");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gateway_that_nothing_attaches_has_no_vpc),
        cmocka_unit_test(an_attachment_has_its_condition),
        cmocka_unit_test(gateways_without_a_way_in_keep_their_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
