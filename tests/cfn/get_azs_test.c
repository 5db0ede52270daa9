#include "tests/cfn/eval_cases.h"

#define HEAD "Resources:\n  Web: {Type: 'AWS::EC2::Instance'}\n"

static void the_zones_of_the_own_region_are_one_list_however_they_are_asked_for(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!Select [0, !GetAZs '']", "?GetAZs[0]", NULL},
        {"!Select ['0', !GetAZs {Ref: 'AWS::Region'}]", "?GetAZs[0]", NULL},
        {"!Select [0, {'Fn::GetAZs': !Ref 'AWS::Region'}]", "?GetAZs[0]", NULL},
        {"{'Fn::Select': [1, {'Fn::GetAZs': ''}]}", "?GetAZs[1]", NULL},
        {"!GetAZs eu-west-1", "?GetAZs eu-west-1", NULL},
        {"!GetAZs [a, b]", "?fault at /Resources/R/Properties/V", "CFNR912 !GetAZs [a, b]"},
    };
    CASES(HEAD, cases);
}

static void a_given_region_is_the_own_one(void **state)
{
    (void)state;
    struct fixture f = {.options.region = STR("eu-west-1")};
    fixture_open(&f, HEAD "  R: {Type: T, Properties: {V: !GetAZs eu-west-1, W: !GetAZs '',"
                          " X: !GetAZs {Ref: 'AWS::Region'}, Y: !GetAZs us-east-1}}\n");
    assert_value(&f, "V", "?GetAZs");
    assert_value(&f, "W", "?GetAZs");
    assert_value(&f, "X", "?GetAZs");
    assert_value(&f, "Y", "?GetAZs us-east-1");
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_zones_of_the_own_region_are_one_list_however_they_are_asked_for),
        cmocka_unit_test(a_given_region_is_the_own_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
