#include "tests/cfn/eval_cases.h"

#define HEAD                                                                                       \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, AllowedValues: [dev, prod]}\n"                                          \
    "  Size: {Type: String, AllowedValues: [s, m]}\n"                                              \
    "  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}\n"                                            \
    "Conditions:\n"                                                                                \
    "  Dev: !Equals [!Ref Env, dev]\n"                                                             \
    "  Small: !Equals [!Ref Size, s]\n"                                                            \
    "Resources:\n"

static void elements_are_counted_as_they_are_there(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"{'Fn::Length': [a, b, c]}", "\"3\"", NULL},
        {"{'Fn::Length': []}", "\"0\"", NULL},
        {"!Length [a, b]", "\"2\"", NULL},
        {"{'Fn::Length': !Split [',', 'a,b']}", "\"2\"", NULL},
        {"{'Fn::Length': [a, !If [Dev, b, !Ref 'AWS::NoValue']]}",
         "Env=prod -> \"1\"; Env=dev -> \"2\"", NULL},
        /* One of two: dev without small, or small without dev. */
        {"{'Fn::Length': [!If [Dev, b, !Ref 'AWS::NoValue'], !If [Small, c, !Ref "
         "'AWS::NoValue']]}",
         "Env=prod & Size=m -> \"0\"; Env=dev & Size=m | Env=prod & Size=s -> \"1\"; "
         "Env=dev & Size=s -> \"2\"",
         NULL},
        {"{'Fn::Length': [!If [Dev, b, c]]}", "\"1\"", NULL},
        {"{'Fn::Length': !Ref Subnets}", "?Length(Subnets)", NULL},
        {"{'Fn::Length': a}", "?fault at /Resources/R/Properties/V", "CFNR912 {'Fn::Length': a}"},
    };
    CASES(HEAD, cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_are_counted_as_they_are_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
