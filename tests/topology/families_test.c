#include "tests/topology/world_of.h"

static void types_that_matter_are_said_once_with_their_number(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n"
                               "  Db1: {Type: AWS::Batch::ComputeEnvironment}\n"
                               "  Db2: {Type: AWS::Batch::ComputeEnvironment}\n"
                               "  Mine: {Type: 'Custom::Thing'}\n"
                               "  Mod: {Type: 'Acme::Net::Vpc::MODULE'}\n"
                               "  Fn: {Type: AWS::Serverless::Function}\n"
                               "  App: {Type: AWS::Serverless::Application}\n"
                               "  Stack: {Type: AWS::CloudFormation::Stack}\n"
                               "  Lambda: {Type: AWS::Lambda::Function}\n"
                               "  Bucket: {Type: AWS::S3::Bucket}\n"
                               "  Vpc: {Type: AWS::EC2::VPC}\n");
    assert_int_equal(built_said(b, DIAG_NOT_ANALYSED, ""), 5);
    assert_int_equal(
        built_said(b, DIAG_NOT_ANALYSED,
                   "2 resources of type 'AWS::Batch::ComputeEnvironment', first 'Db1'"),
        1);
    assert_int_equal(built_said(b, DIAG_NOT_ANALYSED, "'Custom::Thing'"), 1);
    assert_int_equal(built_said(b, DIAG_NOT_ANALYSED, "'Acme::Net::Vpc::MODULE'"), 1);
    assert_int_equal(built_said(b, DIAG_NOT_ANALYSED, "'AWS::Serverless::Function'"), 0);
    assert_int_equal(built_said(b, DIAG_NOT_ANALYSED, "'AWS::Serverless::Application'"), 1);
    assert_int_equal(built_said(b, DIAG_NOT_ANALYSED, "'AWS::CloudFormation::Stack'"), 1);
    assert_int_equal(b->t->not_analysed, 6);
    assert_int_equal(b->t->analysed, 1);
    built_free(b);
}

static void a_way_in_that_is_not_analysed_is_said_too(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" B_VPC "  Far:\n"
                               "    Type: AWS::VpcLattice::Service\n"
                               "    Properties: {Name: far}\n");
    assert_int_equal(built_said(b, DIAG_NOT_ANALYSED, "comes in that way"), 1);
    built_free(b);
}

static void a_resource_without_type_is_no_element(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n  A: {Properties: {SubnetId: !Ref B}}\n  B: {}\n");
    assert_int_equal(b->w->next_id, 0);
    assert_int_equal(b->t->analysed, 0);
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_that_matter_are_said_once_with_their_number),
        cmocka_unit_test(a_way_in_that_is_not_analysed_is_said_too),
        cmocka_unit_test(a_resource_without_type_is_no_element),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
