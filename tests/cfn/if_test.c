#include "tests/cfn/eval_cases.h"

#define HEAD                                                                                       \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, AllowedValues: [dev, test, prod]}\n"                                    \
    "  Office: {Type: String}\n"                                                                   \
    "Conditions:\n"                                                                                \
    "  Dev: !Equals [!Ref Env, dev]\n"                                                             \
    "  Prod: !Equals [!Ref Env, prod]\n"                                                           \
    "  Never: !Equals [a, b]\n"                                                                    \
    "Resources:\n"
#define FAULT "?fault at /Resources/R/Properties/V"

static void both_branches_stand_under_their_side(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!If [Dev, 0.0.0.0/0, !Ref Office]", "Env=dev -> \"0.0.0.0/0\"; Env!=dev -> ?Office",
         NULL},
        {"{'Fn::If': [Dev, a, {'Fn::If': [Prod, b, c]}]}",
         "Env=dev -> \"a\"; Env=prod -> \"b\"; Env=test -> \"c\"", NULL},
        {"!If [Dev, !If [Prod, a, b], c]", "Env=dev -> \"b\"; Env!=dev -> \"c\"", NULL},
        {"!If [Dev, !If [Prod, a, b], !If [Dev, c, d]]", "Env=dev -> \"b\"; Env!=dev -> \"d\"",
         NULL},
        {"!If [Never, !Ref Nothing, c]", "\"c\"", NULL}, /* not looked into */
        {"!If [Dev, !Ref 'AWS::NoValue', x]", "Env=dev -> none; Env!=dev -> \"x\"", NULL},
        {"[a, !If [Dev, b, !Ref 'AWS::NoValue'], c]", "[\"a\", Env=dev -> \"b\", \"c\"]", NULL},
        {"!If [Dev, [a, b], [c]]", "Env=dev -> [\"a\", \"b\"]; Env!=dev -> [\"c\"]", NULL},
        {"!If [Dev, {A: 1}, {B: 2}]", "Env=dev -> {A}; Env!=dev -> {B}", NULL},
        {"!If [Dev, !Ref Office, !Ref Office]", "?Office", NULL}, /* equal alternatives are one */
    };
    CASES(HEAD, cases);
}

static void wrong_calls_are_diagnosed(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!If [Dev, a]", FAULT, "CFNR912 !If [Dev, a]"},
        {"!If [Dev, a, b, c]", FAULT, "CFNR912 !If [Dev, a, b, c]"},
        {"!If Dev", FAULT, "CFNR912 !If Dev"},
        {"!If [[Dev], a, b]", FAULT, "CFNR912 [Dev]"},
        {"!If [!Equals [a, b], a, b]", FAULT, "CFNR912 !Equals [a, b]"},
        {"!If [Dve, a, b]", "Condition Dve -> \"a\"; !Condition Dve -> \"b\"", "CFNR910 Dve"},
    };
    CASES(HEAD, cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_branches_stand_under_their_side),
        cmocka_unit_test(wrong_calls_are_diagnosed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
