#include "tests/topology/world_of.h"

#define NETWORK                                                                                    \
    B_VPC "  S: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}\n"
#define RULE(source)                                                                               \
    "  G:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      VpcId: !Ref Vpc\n"            \
    "      SecurityGroupIngress: [{IpProtocol: -1, CidrIp: " source "}]\n"
#define HOST "!Sub '${I.PrivateIp}/32'"

/* What a rule with this source admits, where the instance is I; the host stands behind the rule,
 * to show that the order of writing does not matter. */
static void is_source(const char *source, const char *host, const char *expected)
{
    char text[2048];
    snprintf(text, sizeof text, "Resources:\n" NETWORK RULE("%s") "%s", source, host);
    struct built *b = built_of(text);
    char lines[1024];
    snprintf(lines, sizeof lines,
             "group G vpc=Vpc\n%s  rule out all 0.0.0.0/0\n  rule out all ::/0\n", expected);
    assert_block(b, "group G", lines);
    built_free(b);
}

static void an_address_is_inside_the_subnet_unless_it_is_written(void **state)
{
    (void)state; /* 10.11, 0.7 */
    static const struct {
        const char *source;
        const char *host;
        const char *expected;
    } rows[] = {
        {HOST, "  I: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref S}}\n",
         "  rule in all 10.0.1.0/24\n"},
        {"!GetAtt I.PrivateIp", "  I: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref S}}\n",
         "  rule in all 10.0.1.0/24\n"},
        {"!Join ['', [!GetAtt I.PrivateIp, /32]]",
         "  I: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref S, "
         "PrivateIpAddress: 10.0.1.9}}\n",
         "  rule in all 10.0.1.9/32\n"},
        {"!Sub '${I.PrivateIp}/16'",
         "  I: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref S}}\n",
         "  rule in all 10.0.0.0/16\n"},
        {HOST,
         "  I: {Type: AWS::EC2::Instance, Properties: {NetworkInterfaces: [{DeviceIndex: 0, "
         "SubnetId: !Ref S}]}}\n",
         "  rule in all 10.0.1.0/24\n"},
        {"!Sub '${N.PrimaryPrivateIpAddress}/32'",
         "  N: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !Ref S}}\n",
         "  rule in all 10.0.1.0/24\n"},
        {HOST,
         "  N: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !Ref S, "
         "PrivateIpAddress: 10.0.1.7}}\n"
         "  I: {Type: AWS::EC2::Instance, Properties: {NetworkInterfaces: [{DeviceIndex: 0, "
         "NetworkInterfaceId: !Ref N}]}}\n",
         "  rule in all 10.0.1.7/32\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        is_source(rows[i].source, rows[i].host, rows[i].expected);
    }
}

static void in_a_subnet_that_is_not_known_it_is_some_private_address(void **state)
{
    (void)state;
    is_source(HOST, "  I: {Type: AWS::EC2::Instance, Properties: {SubnetId: subnet-1}}\n",
              "  rule in all 10.0.0.0/8 when A-ADDR(I.PrivateIp)\n"
              "  rule in all 172.16.0.0/12 when A-ADDR(I.PrivateIp)\n"
              "  rule in all 192.168.0.0/16 when A-ADDR(I.PrivateIp)\n"
              "  rule in all 100.64.0.0/10 when A-ADDR(I.PrivateIp)\n");
}

/* Denying one address of a subnet takes no other one away. */
static void an_entry_that_denies_it_closes_nothing(void **state)
{
    (void)state; /* 10.7 */
    struct built *b = built_of(
        "Resources:\n" NETWORK "  A: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: !Ref Vpc}}\n"
        "  Deny: {Type: AWS::EC2::NetworkAclEntry, Properties: {NetworkAclId: !Ref A, RuleNumber: "
        "1, Protocol: -1, RuleAction: deny, CidrBlock: !Sub '${I.PrivateIp}/32'}}\n"
        "  Allow: {Type: AWS::EC2::NetworkAclEntry, Properties: {NetworkAclId: !Ref A, RuleNumber: "
        "2, Protocol: -1, RuleAction: allow, CidrBlock: !Sub '${I.PrivateIp}/32'}}\n"
        "  I: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref S}}\n");
    assert_block(b, "acl A", "acl A\n  entry 2 in allow all 10.0.1.0/24\n");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_inside_the_subnet_unless_it_is_written),
        cmocka_unit_test(in_a_subnet_that_is_not_known_it_is_some_private_address),
        cmocka_unit_test(an_entry_that_denies_it_closes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
