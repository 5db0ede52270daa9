#include "cfn/serverless.h"

#include "tests/cfn/eval_cases.h"

#define SAM "Transform: AWS::Serverless-2016-10-31\n"

static void globals_are_merged_into_resources_of_their_kind(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, SAM "Globals:\n"
                         "  Function:\n"
                         "    Timeout: 5\n"
                         "    Layers: [a]\n"
                         "    VpcConfig: {SubnetIds: [s], SecurityGroupIds: [g]}\n"
                         "Resources:\n"
                         "  R:\n"
                         "    Type: AWS::Serverless::Function\n"
                         "    Properties:\n"
                         "      Timeout: 7\n"
                         "      Layers: [b]\n"
                         "      VpcConfig: {SubnetIds: [own]}\n"
                         "  Other: {Type: AWS::Serverless::Api, Properties: {Name: x}}\n");
    assert_value(&f, "Timeout", "\"7\"");
    assert_value(&f, "Layers", "[\"a\", \"b\"]");
    assert_value(&f, "VpcConfig/SubnetIds", "[\"s\", \"own\"]");
    assert_value(&f, "VpcConfig/SecurityGroupIds", "[\"g\"]");
    assert_int_equal(cfn_property(cfn_resource(f.t, STR("Other")), "Timeout").at[0].kind, CFN_NONE);
    assert_diags(&f, "");
    assert_false(f.t->has_macro);
    fixture_close(&f);
}

static void globals_that_are_ignored_or_no_map_change_nothing(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, SAM "Globals: {Function: {Timeout: 5}}\n"
                         "Resources:\n"
                         "  R: {Type: AWS::Serverless::Function, IgnoreGlobals: '*', "
                         "Properties: {A: b}}\n");
    assert_value(&f, "Timeout", "none");
    fixture_close(&f);
    fixture_open(&f, SAM "Globals: [x]\n"
                         "Resources:\n"
                         "  R: {Type: AWS::Serverless::Function, Properties: {A: b}}\n");
    assert_value(&f, "A", "\"b\"");
    fixture_close(&f);
    /* Without the transform, Globals mean nothing. */
    fixture_open(&f, "Globals: {Function: {Timeout: 5}}\n"
                     "Resources:\n"
                     "  R: {Type: AWS::Serverless::Function, Properties: {A: b}}\n");
    assert_value(&f, "Timeout", "none");
    fixture_close(&f);
}

static void names_of_what_it_makes_are_known(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, SAM "Resources:\n"
                         "  Handler: {Type: AWS::Serverless::Function}\n"
                         "  Bucket: {Type: AWS::S3::Bucket}\n");
    assert_true(cfn_serverless_makes(f.t, STR("HandlerRole")));
    assert_true(cfn_serverless_makes(f.t, STR("Handler.Version")));
    assert_true(cfn_serverless_makes(f.t, STR("ServerlessRestApi")));
    assert_false(cfn_serverless_makes(f.t, STR("BucketRole")));
    assert_false(cfn_serverless_makes(f.t, STR("Vpc")));
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(globals_are_merged_into_resources_of_their_kind),
        cmocka_unit_test(globals_that_are_ignored_or_no_map_change_nothing),
        cmocka_unit_test(names_of_what_it_makes_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
