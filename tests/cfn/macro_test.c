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
        {"!Sub {'Fn::Transform': {Name: M}}", "?!Sub at line 5, column 10",
         "CFNR931 !Sub {'Fn::Transform': {Name: M}}"},
        {"{'Fn::Sub': {'Fn::Transform': {Name: M}}}", "?Fn::Sub at line 5, column 10",
         "CFNR931 {'Fn::Sub': {'Fn::Transform': {Name: M}}}"},
        {"{'Fn::Sub': {'Rain::Embed': f.sh}}", "?Fn::Sub at line 5, column 10",
         "CFNR931 {'Fn::Sub': {'Rain::Embed': f.sh}}"},
        {"{'Fn::Sub': !Rain::Embed f.sh}", "?Fn::Sub at line 5, column 10",
         "CFNR931 {'Fn::Sub': !Rain::Embed f.sh}"},
        {"!Rain::Embed f.sh", "?!Rain::Embed at line 5, column 10", "CFNR931 !Rain::Embed f.sh"},
        {"{'Rain::Embed': f.sh}", "?Rain::Embed at line 5, column 10",
         "CFNR931 {'Rain::Embed': f.sh}"},
        {"[a, {'Fn::Transform': {Name: M}}]", "[\"a\", ?Fn::Transform at line 5, column 14]",
         "CFNR931 {'Fn::Transform': {Name: M}}"},
    };
    CASES(HEAD, cases);
}

static void a_transform_beside_other_keys_may_add_keys(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(
        &f,
        "Transform: AWS::LanguageExtensions\n"
        "Resources:\n  R:\n    Type: T\n    Properties:\n      A: b\n"
        "      'Fn::Transform': {Name: M}\n      M: {X: y, 'Fn::ForEach::L': [A, !Ref R, {}]}\n");
    assert_value(&f, "A", "\"b\"");
    assert_value(&f, "Else", "?Else of Fn::Transform");
    assert_value(&f, "M/X", "\"y\"");
    assert_value(&f, "M/Z", "?Z of Fn::ForEach::L");
    assert_diags(&f, "CFNR931 'Fn::Transform'; CFNR931 'Fn::ForEach::L'; CFNR931 !Ref R");
    fixture_close(&f);
}

static void names_that_a_macro_may_define_are_notes(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Transform: OneOfOurs\nResources:\n"
                     "  R:\n    Type: T\n    Condition: Made\n"
                     "    Properties: {V: !Ref FunctionRole, W: !GetAtt FunctionRole.Arn}\n");
    assert_true(f.t->has_macro);
    assert_int_equal(f.diags.errors, 0);
    assert_value(&f, "V", "Condition Made -> ?FunctionRole");
    assert_diags(&f, "CFNR931 OneOfOurs; CFNR931 Made; "
                     "CFNR931 !Ref FunctionRole; CFNR931 !GetAtt FunctionRole.Arn");
    fixture_close(&f);
}

static void loops_over_what_is_not_known_are_no_entries_of_a_section(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Transform: AWS::LanguageExtensions\n"
                     "Parameters: {Names: {Type: CommaDelimitedList}}\n"
                     "Conditions: {'Fn::ForEach::C': [N, !Ref Names, {}]}\n"
                     "Mappings: {'Fn::Transform': {Name: AWS::Include}}\n"
                     "Resources:\n  'Fn::ForEach::Nets':\n    - N\n    - !Ref Names\n"
                     "    - 'Net${N}': {Type: T}\n"
                     "  R: {Type: T, Properties: {V: !Ref Neta}}\n"
                     "Outputs: {'Fn::ForEach::O': [N, !Ref Names, {}]}\n");
    assert_int_equal(f.t->resources.n, 1);
    assert_int_equal(f.t->outputs.n, 0);
    assert_int_equal(f.diags.errors, 0);
    assert_value(&f, "V", "?Neta");
    fixture_close(&f);
}

static void modules_define_what_the_template_does_not(void **state)
{
    (void)state;
    static const char *const templates[] = {
        "Modules: {Net: {Source: net.yaml}}\n"
        "Resources:\n  R: {Type: T, Properties: {V: !Ref NetVpc}}\n"
        "  M: {Source: other.yaml, Overrides: {X: {Properties: {Y: z}}}}\n",
        "Rain: {Modules: {Net: {Source: net.yaml}}}\n"
        "Resources:\n  R: {Type: T, Properties: {V: !Ref NetVpc}}\n",
        "Resources:\n  Net: {Type: !Rain::Module net.yaml, Overrides: {X: {DependsOn: R}}}\n"
        "  R: {Type: T, Properties: {V: !Ref NetVpc}}\n",
        "Resources:\n  R: {Type: T, Properties: {V: !Ref NetVpc}}\n"
        "  Net: {Type: {'Rain::Module': net.yaml}}\n",
    };
    static const char *const expected[] = {
        "CFNR931 Modules; CFNR931 !Ref NetVpc",
        "CFNR931 Rain; CFNR931 !Ref NetVpc",
        "CFNR931 !Rain::Module net.yaml; CFNR931 !Ref NetVpc",
        "CFNR931 !Ref NetVpc; CFNR931 {'Rain::Module': net.yaml}",
    };
    for (size_t i = 0; i < sizeof templates / sizeof templates[0]; i++) {
        struct fixture f = {0};
        fixture_open(&f, templates[i]);
        assert_true(f.t->has_macro);
        assert_value(&f, "V", "?NetVpc");
        assert_diags(&f, expected[i]);
        fixture_close(&f);
    }
}

/* Without a module around it, a resource needs its type and has no such keys. */
static void a_source_alone_makes_no_module(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Resources:\n  M: {Source: other.yaml}\n");
    assert_false(f.t->has_macro);
    assert_int_equal(f.diags.errors, 1);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_macros_write_is_unknown_and_noted),
        cmocka_unit_test(a_transform_beside_other_keys_may_add_keys),
        cmocka_unit_test(names_that_a_macro_may_define_are_notes),
        cmocka_unit_test(modules_define_what_the_template_does_not),
        cmocka_unit_test(a_source_alone_makes_no_module),
        cmocka_unit_test(loops_over_what_is_not_known_are_no_entries_of_a_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
