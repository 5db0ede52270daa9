#include "tests/topology/edges_of.h"

static void who_is_beyond_a_carrier_gateway_is_not_known(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" B_VPC
                               "  Wave: {Type: AWS::EC2::CarrierGateway, Properties: {VpcId: !Ref "
                               "Vpc}}\n");
    assert_block(b, "edge Wave", "edge Wave\n  at Vpc any when A-CARRIER(Wave)\n");
    assert_int_equal(b->t->not_analysed, 0);
    built_free(b);
}

static void a_route_to_a_local_gateway_means_that_it_is_attached(void **state)
{
    (void)state;
    struct built *b = edges_of(
        "Parameters: {Lgw: {Type: String}}\n"
        "Resources:\n" B_VPC B_SUBNET B_TABLE B_ASSOCIATION "  One:\n"
        "    Type: AWS::EC2::Route\n"
        "    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 192.168.0.0/16,\n"
        "                 LocalGatewayId: !Ref Lgw}\n"
        "  Two:\n"
        "    Type: AWS::EC2::Route\n"
        "    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 172.16.0.0/12,\n"
        "                 LocalGatewayId: !Ref Lgw}\n");
    assert_block(b, "edge Lgw", "edge Lgw\n  at Vpc any when A-CARRIER(Lgw)\n");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_beyond_a_carrier_gateway_is_not_known),
        cmocka_unit_test(a_route_to_a_local_gateway_means_that_it_is_attached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
