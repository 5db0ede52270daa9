#include "tests/cfn/eval_cases.h"

#define HEAD                                                                                       \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, AllowedValues: [dev, prod], Default: dev}\n"                            \
    "  Office: {Type: String}\n"                                                                   \
    "  Port: {Type: Number, Default: 22}\n"                                                        \
    "  Vpc: {Type: 'AWS::EC2::VPC::Id', Default: vpc-1}\n"                                         \
    "  Ids: {Type: CommaDelimitedList, Default: 'a, b'}\n"                                         \
    "  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}\n"                                            \
    "  Image: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /ami}\n"                       \
    "  Secret: {Type: String, NoEcho: true, AllowedValues: [s3cret]}\n"                            \
    "Resources:\n"                                                                                 \
    "  Web: {Type: 'AWS::EC2::Instance'}\n"

static void a_reference_gives_outcomes_or_an_identity(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!Ref Env", "Env=dev -> \"dev\"; Env=prod -> \"prod\"", NULL},
        {"{Ref: Env}", "Env=dev -> \"dev\"; Env=prod -> \"prod\"", NULL},
        {"{'Ref': 'Office'}", "?Office", NULL},
        {"!Ref Port", "Port=22 -> \"22\"; Port=(any other value) -> ?Port", NULL},
        {"!Ref Vpc", "?Vpc", NULL}, /* an identity, whatever its Default */
        {"!Ref Ids",
         "Ids=a, b -> [\"a\", \"b\"]; "
         "Ids!=a, b -> ?Ids",
         NULL},
        {"!Ref Subnets", "?Subnets", NULL},
        {"!Ref Image", "?Image", NULL}, /* the Default is the name of an SSM parameter */
        {"!Ref Secret", "\"${Secret}\"", NULL},
        {"!Ref Web", "Web", NULL},
        {"!Ref AWS::Region", "?AWS::Region", NULL},
        {"!Ref AWS::NoValue", "none", NULL},
        {"!Ref AWS::StackName", "?AWS::StackName", NULL},
    };
    CASES(HEAD, cases);
}

static void what_is_not_defined_is_diagnosed_where_it_is_written(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!Ref Evn", "?fault at /Resources/R/Properties/V", "CFNR910 !Ref Evn"},
        {"!Ref AWS::Regoin", "?fault at /Resources/R/Properties/V", "CFNR910 !Ref AWS::Regoin"},
        {"{Ref: [Env]}", "?fault at /Resources/R/Properties/V", "CFNR912 {Ref: [Env]}"},
        {"{Ref: !Sub Env}", "?fault at /Resources/R/Properties/V", "CFNR912 {Ref: !Sub Env}"},
    };
    CASES(HEAD, cases);
}

static void a_near_name_is_suggested(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, HEAD "  R: {Type: T, Properties: {V: !Ref Evn}}\n");
    assert_int_equal(f.diags.all.n, 1);
    assert_str(f.diags.all.at[0].message, "'Ref' names 'Evn', which is no parameter or resource "
                                          "of the template; did you mean 'Env'?");
    assert_str(f.diags.all.at[0].resource, "R");
    assert_str(f.diags.all.at[0].property, "Properties/V");
    fixture_close(&f);
}

static void a_value_remembers_where_it_comes_from(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, HEAD "  R: {Type: T, Properties: {V: !Ref Env, W: x}}\n");
    struct cfn_value v = cfn_property(cfn_resource(f.t, STR("R")), "V");
    assert_int_equal(v.n, 2);
    assert_str(v.at[1].literal->text, "prod"); /* the item of AllowedValues */
    assert_str(v.at[1].literal->parent->parent->entries[0].key->text, "Type");
    assert_str(v.at[1].node->tag, "!Ref");
    assert_str(v.at[1].parameter->name, "Env");
    struct cfn_value w = cfn_property(cfn_resource(f.t, STR("R")), "W");
    assert_ptr_equal(w.at[0].literal, w.at[0].node);
    assert_null(w.at[0].parameter);
    fixture_close(&f);
}

static void a_region_that_is_given_is_text(void **state)
{
    (void)state;
    struct fixture f = {.options.region = STR("eu-west-1")};
    fixture_open(&f, HEAD "  R: {Type: T, Properties: {V: !Ref 'AWS::Region'}}\n");
    assert_value(&f, "V", "\"eu-west-1\"");
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reference_gives_outcomes_or_an_identity),
        cmocka_unit_test(what_is_not_defined_is_diagnosed_where_it_is_written),
        cmocka_unit_test(a_near_name_is_suggested),
        cmocka_unit_test(a_value_remembers_where_it_comes_from),
        cmocka_unit_test(a_region_that_is_given_is_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
