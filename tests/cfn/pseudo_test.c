#include "cfn/parameters.h"

#include "tests/cfn/eval_cases.h"

#define HEAD                                                                                       \
    "Mappings: {M: {us-east-1: {x: 1}, eu-west-1: {x: 2}}}\n"                                      \
    "Conditions:\n"                                                                                \
    "  China: !Equals [!Ref 'AWS::Partition', aws-cn]\n"                                           \
    "  Mine: !Equals ['123', !Ref 'AWS::AccountId']\n"                                             \
    "  East: !Equals [!Ref 'AWS::Region', us-east-1]\n"                                            \
    "Resources:\n"

static void each_is_one_unknown_thing(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!Ref AWS::AccountId", "?AWS::AccountId", NULL},
        {"!Ref AWS::NotificationARNs", "?AWS::NotificationARNs", NULL},
        {"!Ref AWS::Partition", "?AWS::Partition", NULL},
        {"!Ref AWS::Region", "?AWS::Region", NULL},
        {"!Ref AWS::StackId", "?AWS::StackId", NULL},
        {"!Ref AWS::StackName", "?AWS::StackName", NULL},
        {"!Ref AWS::URLSuffix", "?AWS::URLSuffix", NULL},
        {"!Sub 'arn:${AWS::Partition}:s3:::x'", "~\"arn:${AWS::Partition}:s3:::x\"", NULL},
        {"!Ref AWS::Nothing", "?fault at /Resources/R/Properties/V", "CFNR910 !Ref AWS::Nothing"},
        {"!GetAtt AWS::Region.x", "?fault at /Resources/R/Properties/V",
         "CFNR910 !GetAtt AWS::Region.x"},
    };
    CASES(HEAD, cases);
}

static void comparisons_and_lookups_see_their_texts(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!If [China, a, b]",
         "AWS::Partition=aws-cn -> \"a\"; AWS::Partition=(any other value) -> \"b\"", NULL},
        {"!If [Mine, a, b]",
         "AWS::AccountId=123 -> \"a\"; AWS::AccountId=(any other value) -> \"b\"", NULL},
        /* The map and the condition speak of the same region. */
        {"!If [East, !FindInMap [M, !Ref 'AWS::Region', x], 3]",
         "AWS::Region=us-east-1 -> \"1\"; AWS::Region!=us-east-1 -> \"3\"", NULL},
    };
    CASES(HEAD, cases);
}

static void a_given_region_decides(void **state)
{
    (void)state;
    struct fixture f = {.options.region = STR("eu-west-1")};
    fixture_open(&f, HEAD "  R: {Type: T, Properties: {V: !FindInMap [M, !Ref 'AWS::Region', x],"
                          " W: !If [East, a, b], X: !Sub '${AWS::Region}a'}}\n");
    assert_value(&f, "V", "\"2\"");
    assert_value(&f, "W", "\"b\"");
    assert_value(&f, "X", "\"eu-west-1a\"");
    fixture_close(&f);
}

static void a_given_region_that_the_map_leaves_out_takes_the_default(void **state)
{
    (void)state;
    struct fixture f = {.options.region = STR("eu-north-1")};
    fixture_open(&f, HEAD "  R: {Type: T, Properties: {V: !FindInMap [M, !Ref 'AWS::Region', x,"
                          " {DefaultValue: 9}], W: !Ref 'AWS::Region'}}\n");
    assert_value(&f, "V", "\"9\"");
    assert_diags(&f, "");
    fixture_close(&f);
}

static void only_their_own_names_are_found(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Resources: {R: {Type: T}}\n");
    const struct str *names;
    size_t n = cfn_pseudo_names(&names);
    for (size_t i = 0; i < n; i++) {
        assert_non_null(cfn_pseudo(f.t, names[i]));
    }
    assert_null(cfn_pseudo(f.t, STR("Region")));
    assert_null(cfn_pseudo(f.t, STR("AWS::")));
    assert_null(cfn_pseudo(f.t, STR("")));
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_one_unknown_thing),
        cmocka_unit_test(comparisons_and_lookups_see_their_texts),
        cmocka_unit_test(a_given_region_decides),
        cmocka_unit_test(a_given_region_that_the_map_leaves_out_takes_the_default),
        cmocka_unit_test(only_their_own_names_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
