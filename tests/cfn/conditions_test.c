#include "tests/cfn/written.h"

/* The guard of condition X in a template with these Conditions. */
static void check_condition(const char *conditions, const char *expected, const char *diags)
{
    struct written w;
    written_begin(&w);
    buf_addf(&w.text,
             "Parameters:\n"
             "  Env: {Type: String, AllowedValues: [dev, test, prod], Default: dev}\n"
             "  Size: {Type: String, Default: small}\n"
             "  Free: {Type: String}\n"
             "  Vpc: {Type: 'AWS::EC2::VPC::Id', Default: vpc-1}\n"
             "  Port: {Type: Number, MinValue: 100}\n"
             "  Ids: {Type: CommaDelimitedList}\n"
             "  Secret: {Type: String, NoEcho: true, AllowedValues: [hush, quiet]}\n"
             "Mappings:\n  M: {dev: {open: 'yes'}, test: {open: 'no'}, prod: {open: 'no'}}\n"
             "Conditions:\n%s"
             "Resources:\n  R: {Type: T, Condition: X}\n",
             conditions);
    written_open(&w, conditions);
    guard_print(w.f.unit->space, cfn_resource(w.f.t, STR("R"))->when, &w.shown);
    written_end(&w, expected, diags);
}

static void finite_comparisons_are_exact(void **state)
{
    (void)state;
    static const struct {
        const char *conditions;
        const char *guard;
    } cases[] = {
        {"  X: !Equals [!Ref Env, prod]\n", "Env=prod"},
        {"  X: {'Fn::Equals': [prod, {Ref: Env}]}\n", "Env=prod"},
        {"  X: !Not [!Equals [!Ref Env, prod]]\n", "Env!=prod"},
        {"  X: !Or [!Equals [!Ref Env, dev], !Equals [!Ref Env, test]]\n", "Env!=prod"},
        {"  X: !And [!Equals [!Ref Env, dev], !Equals [!Ref Env, test]]\n", "false"},
        {"  X: !Equals [!Ref Env, staging]\n", "false"}, /* not allowed */
        {"  X: !Equals [a, a]\n", "true"},
        {"  X: !Equals [a, b]\n", "false"},
        {"  X: !Equals [!Ref Size, large]\n", "Size=large"},
        {"  X: !Not [!Equals [!Ref Free, '']]\n", "Free=(any other value)"},
        {"  X: !Not [!Equals [!Ref Vpc, '']]\n", "Vpc!="}, /* an identity, compared by its text */
        {"  X: !Equals [!Ref Port, 22]\n", "false"},       /* below its minimum */
        {"  X: !Equals [!Ref Port, 220]\n", "Port=220"},
        {"  X: !Equals [!Ref Env, !Ref Env]\n", "true"},
        {"  X: !Equals [!Ref Free, !Ref Free]\n", "true"},
        {"  X: !Equals [!Ref 'AWS::Region', us-east-1]\n", "AWS::Region=us-east-1"},
        {"  X: !Equals [!FindInMap [M, !Ref Env, open], 'yes']\n", "Env=dev"},
        {"  X: !Equals [!Sub 'x-${Env}', x-dev]\n", "Env=dev"},
        {"  X: !Equals [!Select [0, [!Ref Env, b]], test]\n", "Env=test"},
        {"  X: !Equals [!Join ['', [!Ref Env]], test]\n", "Env=test"},
        {"  A: !Equals [!Ref Env, dev]\n  X: !Condition A\n", "Env=dev"},
        {"  X: !Not [{Condition: A}]\n  A: !Equals [!Ref Env, dev]\n", "Env!=dev"},
        {"  X: !Equals [!Ref Secret, hush]\n", "Secret=(hidden)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_condition(cases[i].conditions, cases[i].guard, "");
    }
}

static void what_cannot_be_compared_is_one_choice_wherever_it_is_written(void **state)
{
    (void)state;
    static const struct {
        const char *conditions;
        const char *guard;
    } cases[] = {
        {"  X: !Equals [!Sub '${Free}-x', a-x]\n", "Free=(any other value) & ${Free}-x=a-x"},
        {"  X: !Equals [!ImportValue a, b]\n", "ImportValue a=b"},
        {"  X: !Equals [!Join ['', !Ref Ids], '']\n", "Ids=(any other value) & Join(, Ids)="},
        {"  X: !And [!Equals [!ImportValue a, b], !Not [!Equals [b, !ImportValue a]]]\n", "false"},
        {"  X: !Or [!Equals [!ImportValue a, b], !Equals [!ImportValue a, c]]\n",
         "!ImportValue a=b & ImportValue a=c | ImportValue a=b"},
        {"  X: !Equals [!Sub '${Free}-x', a-y]\n", "false"}, /* the ends differ */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_condition(cases[i].conditions, cases[i].guard, "");
    }
}

static void wrong_conditions_are_diagnosed(void **state)
{
    (void)state;
    static const struct {
        const char *conditions;
        const char *guard;
        const char *diags;
    } cases[] = {
        {"  Y: !Equals [a, b]\n", "Condition X", "CFNR910 X"},
        {"  X: !Condition Z\n", "Condition Z", "CFNR910 !Condition Z"},
        {"  X: !Not [!Condition X]\n", "!Condition X", "CFNR911 !Condition X"},
        {"  X: !Not [{Condition: A}]\n  A: !And [{Condition: B}, {Condition: B}]\n"
         "  B: !Or [{Condition: X}, {Condition: X}]\n",
         "!Condition X", "CFNR911 X; CFNR911 X"}, /* at both uses that close the circle */
        {"  X: !Equals [a]\n", "fault at /Conditions/X", "CFNR912 !Equals [a]"},
        {"  X: !And [!Equals [a, a]]\n", "fault at /Conditions/X", "CFNR912 !And [!Equals [a, a]]"},
        {"  X: true\n", "fault at /Conditions/X", "CFNR912 true"},
        {"  X: [a]\n", "fault at /Conditions/X", "CFNR912 [a]"},
        {"  X: {A: b}\n", "fault at /Conditions/X", "CFNR912 {A: b}"},
        {"  X: !Ref Env\n", "fault at /Conditions/X", "CFNR912 !Ref Env"},
        {"  X: !Equalls [a, a]\n", "fault at /Conditions/X", "CFNR912 !Equalls [a, a]"},
        {"  X: !Contains [[a], a]\n", "fault at /Conditions/X", "CFNR912 !Contains [[a], a]"},
        {"  X: !Equals [!Ref R, a]\n", "fault at /Conditions/X/0=a", "CFNR912 !Ref R"},
        {"  X: !Equals [!Ref Evn, a]\n", "fault at /Conditions/X/0=a", "CFNR910 !Ref Evn"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_condition(cases[i].conditions, cases[i].guard, cases[i].diags);
    }
}

static void deep_nesting_ends_in_a_diagnostic(void **state)
{
    (void)state;
    struct fixture f = {0};
    struct buf text;
    buf_init(&text);
    buf_adds(&text, "Parameters: {P: {Type: String}}\nConditions:\n");
    for (int i = 0; i < 300; i++) { /* each depends on the next */
        buf_addf(&text, "  C%d: !Not [!Condition C%d]\n", i, i + 1);
    }
    buf_adds(&text, "  C300: !Equals [!Ref P, a]\nResources: {R: {Type: T, Condition: C0}}\n");
    fixture_open(&f, text.p);
    assert_true(f.diags.errors > 0);
    assert_int_equal(f.diags.all.at[0].id, DIAG_LIMIT);
    fixture_close(&f);
    buf_release(&text);
}

/* 200 independent comparisons, 200 conditions that use them all: linear, not 2^200. */
static void independent_conditions_do_not_multiply(void **state)
{
    (void)state;
    struct fixture f = {0};
    struct buf text;
    buf_init(&text);
    buf_adds(&text, "Parameters:\n");
    for (int i = 0; i < 60; i++) {
        buf_addf(&text, "  P%d: {Type: String, AllowedValues: [a, b]}\n", i);
    }
    buf_adds(&text, "Conditions:\n");
    for (int i = 0; i < 60; i++) {
        buf_addf(&text, "  C%d: !Equals [!Ref P%d, a]\n", i, i);
    }
    buf_adds(&text, "Resources:\n  R:\n    Type: T\n    Properties:\n      V:\n");
    for (int i = 0; i < 60; i++) {
        buf_addf(&text, "        - !If [C%d, x%d, !Ref 'AWS::NoValue']\n", i, i);
    }
    fixture_open(&f, text.p);
    struct cfn_value items = cfn_items(cfn_property(cfn_resource(f.t, STR("R")), "V"));
    assert_int_equal(items.n, 60);
    for (size_t i = 0; i < items.n; i++) {
        assert_int_equal(guard_size(f.unit->space, items.at[i].when), 1);
    }
    assert_diags(&f, "");
    fixture_close(&f);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finite_comparisons_are_exact),
        cmocka_unit_test(what_cannot_be_compared_is_one_choice_wherever_it_is_written),
        cmocka_unit_test(wrong_conditions_are_diagnosed),
        cmocka_unit_test(deep_nesting_ends_in_a_diagnostic),
        cmocka_unit_test(independent_conditions_do_not_multiply),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
