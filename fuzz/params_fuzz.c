/*
 * Parameter files: any bytes are values or a diagnostic, and whatever values come out can be
 * given to a template.
 */
#include "analysis/analysis.h"
#include "cli/parameter_file.h"
#include "fuzz/target.h"

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
    struct arena a = {0};
    struct source_set sources;
    struct diags diags;
    source_set_init(&sources, &a);
    diags_init(&diags, &a);
    struct parameter_values values = {0};
    parameter_file_read(&a, &sources, file_with(input_text(data, size)), &values, &diags);
    diags_check(&diags, &sources);
    struct analysis_options options = {
        .cfn = {.given = values.all.at, .given_n = values.all.n, .region = STR("")},
        .today = STR("2026-01-01")};
    struct analysis *r = analysis_run(&a, STR("t.yaml"), STR(CHOICES), &options);
    REQUIRE(r->reach != NULL);
    diags_check(&r->diags, &r->sources);
    arena_release(&a);
    return 0;
}
