/*
 * Policy files: any bytes are settings or a diagnostic, and whatever settings come out can judge
 * a template.
 */
#include "analysis/analysis.h"
#include "fuzz/target.h"

#define OPEN_INSTANCE                                                                              \
    "Resources:\n"                                                                                 \
    "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n"                       \
    "  Gate: {Type: 'AWS::EC2::InternetGateway'}\n"                                                \
    "  Attach: {Type: 'AWS::EC2::VPCGatewayAttachment',\n"                                         \
    "    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gate}}\n"                           \
    "  Table: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}\n"                     \
    "  Route: {Type: 'AWS::EC2::Route', Properties: {RouteTableId: !Ref Table,\n"                  \
    "    DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gate}}\n"                                \
    "  Net: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24,\n"    \
    "    MapPublicIpOnLaunch: true}}\n"                                                            \
    "  Link: {Type: 'AWS::EC2::SubnetRouteTableAssociation',\n"                                    \
    "    Properties: {SubnetId: !Ref Net, RouteTableId: !Ref Table}}\n"                            \
    "  Group: {Type: 'AWS::EC2::SecurityGroup', Properties: {VpcId: !Ref Vpc,\n"                   \
    "    GroupDescription: x, SecurityGroupIngress: [\n"                                           \
    "    {IpProtocol: '-1', CidrIp: 0.0.0.0/0}]}}\n"                                               \
    "  Web: {Type: 'AWS::EC2::Instance', Properties: {SubnetId: !Ref Net, ImageId: ami-1,\n"       \
    "    SecurityGroupIds: [!Ref Group], Tags: [{Key: Role, Value: web}]}}\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = {0};
    struct source_set sources;
    struct diags diags;
    source_set_init(&sources, &a);
    diags_init(&diags, &a);
    struct settings *s = settings_load(&a, file_with(input_text(data, size)), &sources, &diags);
    REQUIRE(s != NULL || diags.errors > 0);
    diags_check(&diags, &sources);
    if (s != NULL) {
        struct analysis_options options = {.settings = s, .today = STR("2026-01-01")};
        struct analysis *r = analysis_run(&a, STR("t.yaml"), STR(OPEN_INSTANCE), &options);
        REQUIRE(r->findings != NULL);
        diags_check(&r->diags, &r->sources);
    }
    settings_release(s);
    arena_release(&a);
    return 0;
}
