#include "tests/cfn/written.h"

static void check_family(const char *resources, const char *family, const char *diags)
{
    struct written w;
    written_begin(&w);
    buf_addf(&w.text,
             "Parameters:\n  E: {Type: String, AllowedValues: [a, b, c]}\n"
             "  F: {Type: String, AllowedValues: [x, y]}\n"
             "Conditions:\n  A: !Equals [!Ref E, a]\n  X: !Equals [!Ref F, x]\n"
             "  Never: !Equals [p, q]\n"
             "Resources:\n  Sg: {Type: T, Condition: A}\n  Gone: {Type: T, Condition: Never}\n%s",
             resources);
    written_open(&w, resources);
    guard_print(w.f.unit->space, w.f.unit->family, &w.shown);
    written_end(&w, family, diags);
}

/* SEMANTICS 10.16. */
static void a_live_reference_to_an_absent_resource_leaves_the_family(void **state)
{
    (void)state;
    check_family("  R: {Type: T, Properties: {V: !Ref Sg}}\n", "E=a", "CFNR941 !Ref Sg");
    check_family("  R: {Type: T, Properties: {V: !GetAtt Sg.Id}}\n", "E=a",
                 "CFNR941 !GetAtt Sg.Id");
    check_family("  R: {Type: T, Properties: {V: !Sub 'x${Sg}'}}\n", "E=a",
                 "CFNR941 !Sub 'x${Sg}'");
    check_family("  R: {Type: T, Condition: X, Properties: {V: !Ref Sg}}\n", "E=a | E!=a & F=y",
                 "CFNR941 !Ref Sg");
    check_family("Outputs: {O: {Value: !Ref Sg}}\n", "E=a", "CFNR941 !Ref Sg");
    check_family("Outputs: {O: {Condition: A, Value: !Ref Sg}}\n", "true", "");
}

static void a_reference_that_is_not_made_restricts_nothing(void **state)
{
    (void)state;
    check_family("  R: {Type: T, Condition: A, Properties: {V: !Ref Sg}}\n", "true", "");
    check_family("  R: {Type: T, Properties: {V: !If [A, !Ref Sg, other]}}\n", "true", "");
    check_family("  R: {Type: T, Properties: {L: [!If [A, !Ref Sg, !Ref 'AWS::NoValue']]}}\n",
                 "true", "");
    check_family("  R: {Type: T, Condition: Never, Properties: {V: !Ref Sg}}\n", "true", "");
    check_family("  R: {Type: T, Properties: {V: !If [Never, !Ref Gone, x]}}\n", "true", "");
    /* CloudFormation ignores a DependsOn on what does not exist. */
    check_family("  R: {Type: T, DependsOn: Sg}\n", "true", "");
}

static void the_same_reason_is_given_once(void **state)
{
    (void)state;
    check_family("  R: {Type: T, Properties: {V: !Ref Sg, W: !Ref Sg}}\n", "E=a",
                 "CFNR941 !Ref Sg");
    check_family("  R: {Type: T, Properties: {V: !If [X, !Ref Sg, x], W: !Ref Sg}}\n", "E=a",
                 "CFNR941 !Ref Sg; CFNR941 !Ref Sg");
}

static void what_never_exists_is_an_error_and_leaves_the_family_alone(void **state)
{
    (void)state;
    check_family("  R: {Type: T, Properties: {V: !Ref Gone}}\n", "true", "CFNR910 !Ref Gone");
}

static void the_warning_names_both_and_the_condition(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Parameters: {E: {Type: String, AllowedValues: [a, b]}}\n"
                     "Conditions: {A: !Equals [!Ref E, a]}\n"
                     "Resources:\n  Sg: {Type: T, Condition: A}\n"
                     "  R: {Type: T, Properties: {V: !Ref Sg}}\n");
    const struct diag *g = &f.diags.all.at[0];
    assert_str(g->message, "Resource 'R' refers to 'Sg', which does not exist when its condition "
                           "'A' is false: with 'E=b' the template cannot be deployed.");
    assert_int_equal(g->related.n, 1);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_live_reference_to_an_absent_resource_leaves_the_family),
        cmocka_unit_test(a_reference_that_is_not_made_restricts_nothing),
        cmocka_unit_test(the_same_reason_is_given_once),
        cmocka_unit_test(what_never_exists_is_an_error_and_leaves_the_family_alone),
        cmocka_unit_test(the_warning_names_both_and_the_condition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
