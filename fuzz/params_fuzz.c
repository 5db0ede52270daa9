/*
 * Parameter files: any bytes are values or a diagnostic, and whatever values come out can be
 * given to a template.
 */
#include "cli/parameter_file.h"
#include "fuzz/reading.h"

#define CHOICES                                                                                    \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, AllowedValues: [dev, prod], Default: dev}\n"                            \
    "  Cidr: {Type: String, AllowedPattern: '[0-9.]+/[0-9]+', MaxLength: 18}\n"                    \
    "  Ports: {Type: CommaDelimitedList, Default: '22,80'}\n"                                      \
    "  Count: {Type: Number, MinValue: 1, MaxValue: 5}\n"                                          \
    "Conditions:\n"                                                                                \
    "  Dev: !Equals [!Ref Env, dev]\n"                                                             \
    "Resources:\n"                                                                                 \
    "  Vpc: {Type: 'AWS::EC2::VPC', Condition: Dev, Properties: {CidrBlock: !Ref Cidr}}\n"         \
    "  Group: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: !Ref Count,\n"      \
    "    SecurityGroupIngress: [{IpProtocol: tcp, FromPort: !Select [0, !Ref Ports],\n"            \
    "    ToPort: !Select [1, !Ref Ports], CidrIp: !Ref Cidr}]}}\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reading r;
    reading_begin(&r);
    struct parameter_values values = {0};
    struct str path = file_with(input_text(data, size));
    parameter_file_read(&r.arena, &r.sources, path, &values, &r.diags);
    struct analysis_options options = {
        .cfn = {.given = values.all.at, .given_n = values.all.n, .region = STR("")},
        .today = STR("2026-01-01")};
    template_check(&r.arena, CHOICES, &options);
    reading_end(&r);
    return 0;
}
