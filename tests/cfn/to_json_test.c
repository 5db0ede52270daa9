#include "tests/cfn/eval_cases.h"

#define HEAD                                                                                       \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, AllowedValues: [dev, prod]}\n"                                          \
    "  One: {Type: String, AllowedValues: [x]}\n"                                                  \
    "  Free: {Type: String}\n"                                                                     \
    "Conditions: {Dev: !Equals [!Ref Env, dev], Always: !Equals [a, a]}\n"                         \
    "Resources:\n"

static void trees_that_are_known_become_text(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!ToJsonString {A: [1, b, true], C: {D: !Ref One}}",
         "\"{\"A\":[1,\"b\",true],\"C\":{\"D\":\"x\"}}\"", NULL},
        {"{'Fn::ToJsonString': []}", "\"[]\"", NULL},
        {"{'Fn::ToJsonString': {A: !Ref 'AWS::NoValue', B: 1}}", "\"{\"B\":1}\"", NULL},
        {"{'Fn::ToJsonString': [!Ref 'AWS::NoValue', a, !Ref 'AWS::NoValue']}", "\"[\"a\"]\"",
         NULL},
        {"{'Fn::ToJsonString': !Split [',', 'a,b']}", "\"[\"a\",\"b\"]\"", NULL},
        {"{'Fn::ToJsonString': {A: !If [Always, yes, no]}}", "\"{\"A\":true}\"", NULL},
        {"{'Fn::ToJsonString': [\"a\\\"b\\\\c\\n\"]}", "\"[\"a\\\"b\\\\c\\u000a\"]\"", NULL},
        {"!If [Dev, {'Fn::ToJsonString': [a]}, b]", "Env=dev -> \"[\"a\"]\"; Env=prod -> \"b\"",
         NULL},
    };
    CASES(HEAD, cases);
}

static void anything_else_is_one_unknown(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"{'Fn::ToJsonString': {A: !Ref Free}}", "?ToJsonString at line 10, column 10", NULL},
        {"{'Fn::ToJsonString': [!Ref Env]}", "?ToJsonString at line 10, column 10", NULL},
        {"{'Fn::ToJsonString': [!Ref R]}", "?ToJsonString at line 10, column 10", "CFNR911 !Ref R"},
    };
    CASES(HEAD, cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees_that_are_known_become_text),
        cmocka_unit_test(anything_else_is_one_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
