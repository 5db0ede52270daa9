#include "tests/report/reported.h"

#define NETWORK                                                                                    \
    "AWSTemplateFormatVersion: '2010-09-09'\n"                                                     \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, AllowedValues: [dev, prod]}\n"                                          \
    "Conditions:\n"                                                                                \
    "  IsDev: !Equals [!Ref Env, dev]\n"                                                           \
    "Resources:\n"                                                                                 \
    "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n"                       \
    "  Igw: {Type: 'AWS::EC2::InternetGateway'}\n"                                                 \
    "  Att: {Type: 'AWS::EC2::VPCGatewayAttachment', Properties: {VpcId: !Ref Vpc, "               \
    "InternetGatewayId: !Ref Igw}}\n"                                                              \
    "  Net: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, "     \
    "MapPublicIpOnLaunch: true}}\n"                                                                \
    "  Tab: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}\n"                       \
    "  Out: {Type: 'AWS::EC2::Route', Properties: {RouteTableId: !Ref Tab, "                       \
    "DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Igw}}\n"                                     \
    "  Assoc: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {SubnetId: !Ref Net, "   \
    "RouteTableId: !Ref Tab}}\n"                                                                   \
    "  Web: {Type: 'AWS::EC2::Instance', Properties: {SubnetId: !Ref Net, SecurityGroupIds: "      \
    "[!Ref Grp]}}\n"                                                                               \
    "  Grp:\n"                                                                                     \
    "    Type: AWS::EC2::SecurityGroup\n"                                                          \
    "    Properties:\n"                                                                            \
    "      GroupDescription: x\n"                                                                  \
    "      VpcId: !Ref Vpc\n"

const char *const reported_open = NETWORK
    "      SecurityGroupIngress:\n"
    "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}\n" /* line 21 */
    "        - Fn::If:\n"
    "          - IsDev\n"
    "          - {IpProtocol: tcp, FromPort: 23, ToPort: 23, CidrIp: 198.41.0.4/32}\n"
    "          - !Ref AWS::NoValue\n";

const char *const reported_closed = NETWORK;

struct str reported(struct arena *a, const char *format, const char *const *yaml, size_t n,
                    const struct report_options *options)
{
    struct diags diags;
    struct source_set sources;
    diags_init(&diags, a);
    source_set_init(&sources, a);
    struct settings *settings = settings_load(a, STR("default"), &sources, &diags);
    struct report_options o = {.root = STR("/repo"), .cwd = STR("/repo"), .settings = settings};
    if (options) {
        o = *options;
        o.settings = options->settings != NULL ? options->settings : settings;
    }
    struct analysis_options how = {.settings = settings, .today = STR("2026-01-01")};
    struct report *r = report_begin(a, report_format_find(str_from(format)), o);
    for (size_t i = 0; i < n; i++) {
        struct arena one = {0};
        struct str path = str_format(a, "t%zu.yaml", i);
        report_add(r, analysis_run(&one, path, str_from(yaml[i]), &how), NULL);
        arena_release(&one); /* a report keeps nothing of an analysis */
    }
    report_end(r, &diags, &sources, 1);
    struct str text = str_copy(a, buf_str(&r->out));
    report_release(r);
    return text;
}
