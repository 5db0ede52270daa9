#include "cfn/eval.h"

#include "tests/cfn/eval_cases.h"

#define HEAD                                                                                       \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, AllowedValues: [dev, prod]}\n"                                          \
    "Conditions:\n"                                                                                \
    "  Dev: !Equals [!Ref Env, dev]\n"                                                             \
    "Resources:\n"                                                                                 \
    "  Web: {Type: 'AWS::EC2::Instance'}\n"
#define FAULT "?fault at /Resources/R/Properties/V"

static void literals_are_what_they_are(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"text", "\"text\"", NULL},
        {"022", "\"18\"", NULL}, /* YAML 1.1: octal */
        {"yes", "\"true\"", NULL},
        {"'yes'", "\"yes\"", NULL},
        {"", "none", NULL},
        {"~", "none", NULL},
        {"''", "\"\"", NULL},
        {"[a, [b], {C: d}]", "[\"a\", [\"b\"], {C}]", NULL},
        {"{A: 1, B: 2}", "{A, B}", NULL},
        {"[]", "[]", NULL},
        {"{}", "{}", NULL},
    };
    CASES(HEAD, cases);
}

static void functions_nest_in_either_form(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"{'Fn::Join': ['', [{'Fn::If': [Dev, {Ref: Env}, x]}, !Sub '-${Env}']]}",
         "Env=dev -> \"dev-dev\"; Env=prod -> \"x-prod\"", NULL},
        {"!Select [0, {'Fn::Split': [',', {'Fn::Sub': '${Env},x'}]}]",
         "Env=dev -> \"dev\"; Env=prod -> \"prod\"", NULL},
        {"\n        Fn::Join:\n        - ''\n        - - a\n          - Ref: Env\n",
         "Env=dev -> \"adev\"; Env=prod -> \"aprod\"", NULL},
        {"!If [Dev, {'Fn::GetAtt': [Web, Arn]}, !GetAtt Web.Id]",
         "Env=dev -> Web.Arn; Env=prod -> Web.Id", NULL},
        {"!Sub ['${A}', {A: !Join ['', [!Select [0, [!Ref Web]]]]}]", "Web", NULL},
    };
    CASES(HEAD, cases);
}

static void what_is_no_function_is_said(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"{'Fn::Joyn': ['', []]}", "?Fn::Joyn at line 10, column 10",
         "CFNR912 {'Fn::Joyn': ['', []]}"},
        {"!Joyn ['', []]", "?!Joyn at line 10, column 10", "CFNR912 !Joyn ['', []]"},
        {"!Rain::Embed file.sh", "?!Rain::Embed at line 10, column 10",
         "CFNR931 !Rain::Embed file.sh"},
        {"!Equals [a, b]", FAULT, "CFNR912 !Equals [a, b]"},
        {"!Condition Dev", FAULT, "CFNR912 !Condition Dev"},
        {"{Condition: Dev}", "{Condition}", NULL}, /* a map, as in a policy document */
        {"{'Fn::If': [Dev, a, b], X: y}", "{Fn::If, X}", "CFNR912 'Fn::If'"},
    };
    CASES(HEAD, cases);
}

static void depth_is_bounded(void **state)
{
    (void)state;
    struct fixture f = {0};
    struct buf text;
    buf_init(&text);
    buf_adds(&text, HEAD "  R: {Type: T, Properties: {V: ");
    for (int i = 0; i < 150; i++) { /* one flow list for each call: within LIMIT_DEPTH */
        buf_adds(&text, "!If [Dev, a, ");
    }
    buf_adds(&text, "b");
    buf_pad(&text, ']', 150);
    buf_adds(&text, "}}\n");
    fixture_open(&f, text.p);
    struct cfn_value v = cfn_property(cfn_resource(f.t, STR("R")), "V");
    /* Env=prod leads down to the limit; the second condition is decided by the first, so the
     * branches for dev are never looked at. */
    assert_int_equal(v.n, 2);
    assert_int_equal(v.at[1].kind, CFN_UNKNOWN);
    assert_int_equal(v.at[1].unknown->why, CFN_WHY_FAULT);
    assert_int_equal(f.diags.all.at[0].id, DIAG_LIMIT);
    buf_release(&text);
    fixture_close(&f);
}

static void evaluating_under_nothing_gives_nothing(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, HEAD "  R: {Type: T, Properties: {V: !Ref Env}}\n");
    const struct doc_node *node = doc_get(cfn_resource(f.t, STR("R"))->properties, "V");
    assert_int_equal(cfn_eval(f.t, node, GUARD_FALSE).n, 0);
    assert_int_equal(cfn_eval(f.t, NULL, GUARD_TRUE).n, 1);
    assert_int_equal(cfn_eval(f.t, NULL, GUARD_TRUE).at[0].kind, CFN_NONE);
    fixture_close(&f);
}

static void diagnostics_name_resource_and_property(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Resources:\n"
                     "  R:\n    Type: T\n    Properties:\n      L:\n"
                     "        - !If [C, {X: !Ref Nowhere}, y]\n"
                     "Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, a]}\n");
    assert_int_equal(f.diags.all.n, 1);
    assert_str(f.diags.all.at[0].resource, "R");
    assert_str(f.diags.all.at[0].property, "Properties/L/0/Fn::If/1/X");
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(literals_are_what_they_are),
        cmocka_unit_test(functions_nest_in_either_form),
        cmocka_unit_test(what_is_no_function_is_said),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(evaluating_under_nothing_gives_nothing),
        cmocka_unit_test(diagnostics_name_resource_and_property),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
