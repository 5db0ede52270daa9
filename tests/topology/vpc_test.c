#include "tests/topology/world_of.h"

static void a_vpc_has_all_its_blocks(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" B_VPC "  More:\n"
                               "    Type: AWS::EC2::VPCCidrBlock\n"
                               "    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.9.0.0/16}\n");
    assert_block(b, "vpc Vpc", "vpc Vpc\n  cidr 10.0.0.0/16\n  cidr 10.9.0.0/16\n");
    built_free(b);
}

static void a_block_by_parameter_counts_only_where_it_is_known(void **state)
{
    (void)state;
    /* A text without Default has no value; one with a Default has it under that outcome. */
    struct built *b = built_of("Parameters:\n"
                               "  Block: {Type: String}\n"
                               "  Other: {Type: String, Default: 10.7.0.0/16}\n"
                               "Resources:\n"
                               "  A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Block}}\n"
                               "  B: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Other}}\n");
    assert_block(b, "vpc A", "vpc A\n");
    assert_block(b, "vpc B", "vpc B\n  cidr 10.7.0.0/16 when Other=10.7.0.0/16\n");
    built_free(b);
}

static void a_block_that_is_none_is_warned_of(void **state)
{
    (void)state;
    struct built *b =
        built_of("Resources:\n"
                 "  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/40}}\n");
    assert_block(b, "vpc V", "vpc V\n");
    assert_int_equal(built_said(b, DIAG_CONFIG, "'10.0.0.0/40' is not a CIDR"), 1);
    built_free(b);
}

static void ipv6_comes_with_a_block_of_any_kind(void **state)
{
    (void)state;
    static const struct {
        const char *property;
        bool has6;
    } rows[] = {
        {"AmazonProvidedIpv6CidrBlock: true", true},
        {"AmazonProvidedIpv6CidrBlock: 'true'", true},
        {"AmazonProvidedIpv6CidrBlock: false", false},
        {"Ipv6CidrBlock: 2600:1f16::/56", true},
        {"Ipv6IpamPoolId: ipam-pool-1", true},
        {"CidrBlock: 10.9.0.0/16", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "Resources:\n%s"
                 "  Six:\n"
                 "    Type: AWS::EC2::VPCCidrBlock\n"
                 "    Properties: {VpcId: !Ref Vpc, %s}\n"
                 "  Subnet:\n"
                 "    Type: AWS::EC2::Subnet\n"
                 "    Properties:\n"
                 "      VpcId: !Ref Vpc\n"
                 "      Ipv6CidrBlock: 2600:1f16::/64\n"
                 "      AssignIpv6AddressOnCreation: true\n"
                 "  Web: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Subnet}}\n",
                 B_VPC, rows[i].property);
        struct built *b = built_of(text);
        const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
        assert_int_equal(guard_is_true(n->placements.at[0].has6), rows[i].has6);
        built_free(b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_vpc_has_all_its_blocks),
        cmocka_unit_test(a_block_by_parameter_counts_only_where_it_is_known),
        cmocka_unit_test(a_block_that_is_none_is_warned_of),
        cmocka_unit_test(ipv6_comes_with_a_block_of_any_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
