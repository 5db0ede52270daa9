#include "tests/cfn/eval_cases.h"

#define HEAD                                                                                       \
    "Parameters:\n"                                                                                \
    "  Net: {Type: String, AllowedValues: ['1', '2']}\n"                                           \
    "  What: {Type: String, AllowedValues: [Arn, Id]}\n"                                           \
    "Conditions:\n"                                                                                \
    "  One: !Equals [!Ref Net, 1]\n"                                                               \
    "Resources:\n"                                                                                 \
    "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: !Sub '10.${Net}.0.0/16'}}\n"           \
    "  Ipam: {Type: 'AWS::EC2::VPC'}\n"                                                            \
    "  Subnet: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.1.0/24,"   \
    " AvailabilityZone: !Select [0, !GetAZs '']}}\n"                                               \
    "  Maybe: {Type: 'AWS::EC2::VPC', Condition: One, Properties: {CidrBlock: 10.9.0.0/16}}\n"     \
    "  Stack: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: u}}\n"
#define FAULT "?fault at /Resources/R/Properties/V"

static void an_attribute_that_repeats_a_property_has_its_value(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!GetAtt Vpc.CidrBlock", "Net=1 -> \"10.1.0.0/16\"; Net=2 -> \"10.2.0.0/16\"", NULL},
        {"{'Fn::GetAtt': [Subnet, CidrBlock]}", "\"10.1.1.0/24\"", NULL},
        {"!GetAtt [Subnet, VpcId]", "Vpc", NULL},
        {"!GetAtt Subnet.AvailabilityZone", "?GetAZs[0]", NULL},
        {"!GetAtt Ipam.CidrBlock", "Ipam.CidrBlock", NULL}, /* the property is left out */
    };
    CASES(HEAD, cases);
}

static void any_other_attribute_is_an_identity(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!GetAtt Vpc.DefaultNetworkAcl", "Vpc.DefaultNetworkAcl", NULL},
        {"{'Fn::GetAtt': Stack.Outputs.SubnetId}", "Stack.Outputs.SubnetId", NULL},
        {"{'Fn::GetAtt': [Stack, Outputs.SubnetId]}", "Stack.Outputs.SubnetId", NULL},
        {"!GetAtt [Stack, Outputs, SubnetId]", "Stack.Outputs.SubnetId", NULL},
        {"{'Fn::GetAtt': [Vpc, !Ref What]}", "What=Arn -> Vpc.Arn; What=Id -> Vpc.Id", NULL},
    };
    CASES(HEAD, cases);
}

static void wrong_calls_are_diagnosed(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!GetAtt Vpcc.CidrBlock", FAULT, "CFNR910 !GetAtt Vpcc.CidrBlock"},
        {"!GetAtt Net.X", FAULT, "CFNR910 !GetAtt Net.X"}, /* a parameter has no attributes */
        {"!GetAtt Vpc", FAULT, "CFNR912 !GetAtt Vpc"},
        {"!GetAtt Vpc.", FAULT, "CFNR912 !GetAtt Vpc."},
        {"!GetAtt .CidrBlock", FAULT, "CFNR912 !GetAtt .CidrBlock"},
        {"!GetAtt [Vpc]", FAULT, "CFNR912 !GetAtt [Vpc]"},
        {"{'Fn::GetAtt': {A: b}}", FAULT, "CFNR912 {'Fn::GetAtt': {A: b}}"},
    };
    CASES(HEAD, cases);
}

static void where_the_resource_is_absent_only_the_identity_is_left(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, HEAD "  R: {Type: T, Properties: {V: !GetAtt Maybe.CidrBlock}}\n");
    assert_value(&f, "V", "Net=1 -> \"10.9.0.0/16\"; Net=2 -> Maybe.CidrBlock");
    assert_diags(&f, "CFNR941 !GetAtt Maybe.CidrBlock");
    fixture_close(&f);
}

static void attributes_that_depend_on_themselves_end_in_a_diagnostic(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f,
                 "Resources:\n"
                 "  R: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: !GetAtt Q.CidrBlock}}\n"
                 "  Q: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: !GetAtt R.CidrBlock}}\n");
    struct cfn_value v = cfn_property(cfn_resource(f.t, STR("R")), "CidrBlock");
    assert_int_equal(v.n, 1);
    assert_int_equal(v.at[0].kind, CFN_UNKNOWN);
    assert_int_equal(v.at[0].unknown->why, CFN_WHY_FAULT);
    /* The circle of resources, and that of the values. */
    assert_diags(&f, "CFNR911 !GetAtt Q.CidrBlock; CFNR911 !GetAtt Q.CidrBlock");
    fixture_close(&f);
}

/* V0 asks V1 twice, V1 asks V2 twice, and so on: 2^30 evaluations without memory. */
static void attributes_are_evaluated_once(void **state)
{
    (void)state;
    struct fixture f = {0};
    struct buf text;
    buf_init(&text);
    buf_adds(&text, "Resources:\n");
    for (int i = 0; i < 30; i++) {
        buf_addf(&text,
                 "  V%d: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: !If [C, "
                 "!GetAtt V%d.CidrBlock, !GetAtt V%d.CidrBlock]}}\n",
                 i, i + 1, i + 1);
    }
    buf_adds(&text, "  V30: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: x}}\n"
                    "Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, y]}\n"
                    "  \n");
    fixture_open(&f, text.p);
    struct cfn_value v = cfn_property(cfn_resource(f.t, STR("V0")), "CidrBlock");
    assert_int_equal(v.n, 1);
    assert_str(v.at[0].text, "x");
    assert_diags(&f, "");
    fixture_close(&f);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_attribute_that_repeats_a_property_has_its_value),
        cmocka_unit_test(any_other_attribute_is_an_identity),
        cmocka_unit_test(wrong_calls_are_diagnosed),
        cmocka_unit_test(where_the_resource_is_absent_only_the_identity_is_left),
        cmocka_unit_test(attributes_that_depend_on_themselves_end_in_a_diagnostic),
        cmocka_unit_test(attributes_are_evaluated_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
