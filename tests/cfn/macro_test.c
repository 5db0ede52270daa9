#include "tests/cfn/eval_cases.h"

#define HEAD "Resources:\n"

static void what_macros_write_is_unknown_and_noted(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"{'Fn::Transform': {Name: M}}", "?Fn::Transform at line 5, column 10",
         "CFNR931 {'Fn::Transform': {Name: M}}"},
        {"!Transform {Name: M}", "?!Transform at line 5, column 10",
         "CFNR931 !Transform {Name: M}"},
        {"{'Fn::ForEach::L': [A, [x], {}]}", "?Fn::ForEach::L at line 5, column 10",
         "CFNR931 {'Fn::ForEach::L': [A, [x], {}]}"},
        {"!Sub {'Fn::Transform': {Name: M}}", "?fault at /Resources/R/Properties/V",
         "CFNR912 !Sub {'Fn::Transform': {Name: M}}"},
        {"{'Fn::Sub': {'Fn::Transform': {Name: M}}}", "?Fn::Sub at line 5, column 10",
         "CFNR931 {'Fn::Sub': {'Fn::Transform': {Name: M}}}"},
        {"[a, {'Fn::Transform': {Name: M}}]", "[\"a\", ?Fn::Transform at line 5, column 14]",
         "CFNR931 {'Fn::Transform': {Name: M}}"},
    };
    CASES(HEAD, cases);
}

static void a_transform_beside_other_keys_may_add_keys(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Resources:\n  R:\n    Type: T\n    Properties:\n      A: b\n"
                     "      'Fn::Transform': {Name: M}\n      M: {X: y, 'Fn::ForEach::L': []}\n");
    assert_value(&f, "A", "\"b\"");
    assert_value(&f, "Else", "?Else of Fn::Transform");
    assert_value(&f, "M/X", "\"y\"");
    assert_value(&f, "M/Z", "?Z of Fn::ForEach::L");
    assert_diags(&f, "CFNR931 'Fn::Transform'; CFNR931 'Fn::ForEach::L'");
    fixture_close(&f);
}

static void names_that_a_macro_may_define_are_notes(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Transform: AWS::Serverless-2016-10-31\nResources:\n"
                     "  R:\n    Type: T\n    Condition: Made\n"
                     "    Properties: {V: !Ref FunctionRole, W: !GetAtt FunctionRole.Arn}\n");
    assert_true(f.t->has_macro);
    assert_int_equal(f.diags.errors, 0);
    assert_value(&f, "V", "Condition Made -> ?FunctionRole");
    assert_diags(&f, "CFNR931 AWS::Serverless-2016-10-31; CFNR931 Made; "
                     "CFNR931 !Ref FunctionRole; CFNR931 !GetAtt FunctionRole.Arn");
    fixture_close(&f);
}

static void loops_in_a_section_are_no_entries_of_it(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Transform: AWS::LanguageExtensions\n"
                     "Conditions: {'Fn::ForEach::C': []}\n"
                     "Mappings: {'Fn::Transform': {Name: AWS::Include}}\n"
                     "Resources:\n  'Fn::ForEach::Nets':\n    - N\n    - [a, b]\n"
                     "    - 'Net${N}': {Type: T}\n"
                     "  R: {Type: T, Properties: {V: !Ref Neta}}\n"
                     "Outputs: {'Fn::ForEach::O': []}\n");
    assert_int_equal(f.t->resources.n, 1);
    assert_int_equal(f.t->outputs.n, 0);
    assert_int_equal(f.diags.errors, 0);
    assert_value(&f, "V", "?Neta");
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_macros_write_is_unknown_and_noted),
        cmocka_unit_test(a_transform_beside_other_keys_may_add_keys),
        cmocka_unit_test(names_that_a_macro_may_define_are_notes),
        cmocka_unit_test(loops_in_a_section_are_no_entries_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
