#include "tests/cfn/eval_cases.h"

#define HEAD                                                                                       \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, AllowedValues: [dev, prod]}\n"                                          \
    "  Free: {Type: String}\n"                                                                     \
    "  Pair: {Type: String, AllowedValues: ['a,b', 'c']}\n"                                        \
    "  Ids: {Type: CommaDelimitedList, Default: 'x,y'}\n"                                          \
    "  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}\n"                                            \
    "Conditions:\n"                                                                                \
    "  Dev: !Equals [!Ref Env, dev]\n"                                                             \
    "Resources:\n"                                                                                 \
    "  Web: {Type: 'AWS::EC2::Instance'}\n"                                                        \
    "  Db: {Type: 'AWS::EC2::Instance'}\n"
#define FAULT "?fault at /Resources/R/Properties/V"

static void lists_are_joined(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!Join ['', [10., !If [Dev, 1, 2], .0.0/16]]",
         "Env=dev -> \"10.1.0.0/16\"; Env=prod -> \"10.2.0.0/16\"", NULL},
        {"{'Fn::Join': ['-', [a, b, c]]}", "\"a-b-c\"", NULL},
        {"!Join ['-', []]", "\"\"", NULL},
        {"!Join ['-', ['', '']]", "\"-\"", NULL},
        {"!Join ['-', [!Ref 'AWS::NoValue', a]]", "\"a\"", NULL},
        {"!Join ['-', [a, !If [Dev, b, !Ref 'AWS::NoValue'], c]]",
         "Env=dev -> \"a-b-c\"; Env=prod -> \"a-c\"", NULL},
        {"!Join ['-', !If [Dev, [a, b], [c]]]", "Env=dev -> \"a-b\"; Env=prod -> \"c\"", NULL},
        {"!Join [',', !Split ['-', a-b]]", "\"a,b\"", NULL},
        {"!Join ['', [!Ref Web]]", "Web", NULL}, /* one element keeps what it is */
        {"!Join [',', [!Ref Web, !Ref Db]]", "~\"${Web},${Db}\"", NULL},
        {"!Join ['', [!Ref Free, /32]]", "~\"${Free}/32\"", NULL},
        {"!Join [',', !Ref Subnets]", "?Join(,, Subnets)", NULL},
        {"!Join ['+', !Ref Ids]", "Ids=x,y -> \"x+y\"; Ids!=x,y -> ?Join(+, Ids)", NULL},
    };
    CASES(HEAD, cases);
}

static void texts_are_split(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!Split [',', 'a,b']", "[\"a\", \"b\"]", NULL},
        {"{'Fn::Split': ['::', 'a::b::']}", "[\"a\", \"b\", \"\"]", NULL},
        {"!Split [',', '']", "[\"\"]", NULL},
        {"!Split [',', !Ref Pair]", "Pair=a,b -> [\"a\", \"b\"]; Pair=c -> [\"c\"]", NULL},
        {"!Split [',', !Ref Free]", "?Split(,, Free)", NULL},
        {"!Split [',', !Ref Web]", "[Web]", NULL},
        {"!Split [',', !Join [',', [!Ref Web, x, !Ref Db]]]", "[Web, \"x\", Db]", NULL},
        {"!Split [',', !Sub 'a,p${AWS::Region}s,b']", "[\"a\", ~\"p${AWS::Region}s\", \"b\"]",
         NULL},
        {"!Split ['-', !Sub '${AWS::StackName}-x']", "?Split(-, ${AWS::StackName}-x)", NULL},
    };
    CASES(HEAD, cases);
}

static void wrong_calls_are_diagnosed(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!Join [',', a]", FAULT, "CFNR912 a"},
        {"!Join [',']", FAULT, "CFNR912 !Join [',']"},
        {"!Join [[','], [a]]", FAULT, "CFNR912 [',']"},
        {"!Join a", FAULT, "CFNR912 !Join a"},
        {"!Split ['', a]", FAULT, "CFNR912 ''"},
        {"!Split [',', [a]]", FAULT, "CFNR912 [a]"},
    };
    CASES(HEAD, cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_joined),
        cmocka_unit_test(texts_are_split),
        cmocka_unit_test(wrong_calls_are_diagnosed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
