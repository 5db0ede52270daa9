#include "tests/cfn/written.h"

/* The family that is left by `rules`, each in an assertion of its own. */
static void check_rule(const char *condition, const char *assertion, const char *family,
                       const char *diags)
{
    struct written w;
    written_begin(&w);
    buf_addf(&w.text,
             "Parameters:\n  E: {Type: String, AllowedValues: [a, b, c]}\n"
             "  F: {Type: String, AllowedValues: [x, y]}\n"
             "  Free: {Type: String}\n  Other: {Type: String}\n  List: {Type: CommaDelimitedList}\n"
             "Rules:\n  Only:\n%s    Assertions:\n      - Assert: %s\n"
             "        AssertDescription: why\n"
             "Resources: {R: {Type: T}}\n",
             condition, assertion);
    written_open(&w, assertion);
    guard_print(w.f.unit->space, w.f.unit->family, &w.shown);
    written_end(&w, family, diags);
}

/* SEMANTICS 4.5. */
static void what_violates_an_assertion_leaves_the_family(void **state)
{
    (void)state;
    check_rule("", "!Equals [!Ref E, a]", "E=a", "");
    check_rule("", "{'Fn::Equals': [b, {Ref: E}]}", "E=b", "");
    check_rule("", "!Not [!Equals [!Ref E, a]]", "E!=a", "");
    check_rule("", "!And [!Equals [!Ref E, a], !Equals [!Ref F, y]]", "E=a & F=y", "");
    check_rule("", "!Or [!Equals [!Ref E, a], !Equals [!Ref E, c]]", "E!=b", "");
    check_rule("", "!Contains [[a, c, z], !Ref E]", "E!=b", "");
    check_rule("", "!EachMemberIn [[!Ref E, c], [b, c]]", "E!=a", "");
    check_rule("", "!EachMemberEquals [[!Ref E], b]", "E=b", "");
    check_rule("", "!Equals [!Ref Free, '1']", "Free=1", "");
    check_rule("", "!Contains [[a, b, c], !Ref E]", "true", "");
}

static void a_condition_restricts_the_rule(void **state)
{
    (void)state;
    check_rule("    RuleCondition: !Equals [!Ref F, x]\n", "!Equals [!Ref E, a]",
               "E=a | E!=a & F=y", "");
    check_rule("    RuleCondition: !Equals [!Ref F, z]\n", "!Equals [!Ref E, a]", "true", "");
}

/* Half a rule would hide what exists. */
static void what_cannot_be_decided_restricts_nothing(void **state)
{
    (void)state;
    static const char *const assertions[] = {
        "!Equals [!Ref Free, !Ref Other]",
        "!Contains [!Ref List, a]",
        "!EachMemberIn [!Ref List, [a, b]]",
        "!EachMemberIn [!ValueOfAll ['AWS::EC2::Subnet::Id', VpcId], !RefAll 'AWS::EC2::VPC::Id']",
        "!Equals [!ValueOf [E, VpcId], a]",
        "!And [!Equals [!Ref E, a], !Contains [!RefAll 'AWS::EC2::VPC::Id', a]]",
        "!Equals [!Sub '${E}x', ax]",
        "'true'",
    };
    for (size_t i = 0; i < sizeof assertions / sizeof assertions[0]; i++) {
        struct buf expected;
        buf_init(&expected);
        buf_addf(&expected, "CFNR930 %s", assertions[i]);
        check_rule("", assertions[i], "true", expected.p);
        buf_release(&expected);
    }
    check_rule("    RuleCondition: !Equals [!Ref Free, !Ref Other]\n", "!Equals [!Ref E, a]",
               "true", "CFNR930 !Equals [!Ref E, a]");
}

static void an_assertion_that_always_fails_is_a_warning(void **state)
{
    (void)state;
    check_rule("", "!Equals [!Ref E, z]", "true", "CFNR941 !Equals [!Ref E, z]");
}

static void odd_shapes_are_errors(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Rules: {A: x, B: {Assertions: y}, C: {Assertions: [{Asert: z}]}}\n"
                     "Resources: {R: {Type: T}}\n");
    assert_diags(&f, "CFNR912 A; CFNR912 B; CFNR912 {Asert: z}");
    assert_true(guard_is_true(f.unit->family));
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_violates_an_assertion_leaves_the_family),
        cmocka_unit_test(a_condition_restricts_the_rule),
        cmocka_unit_test(what_cannot_be_decided_restricts_nothing),
        cmocka_unit_test(an_assertion_that_always_fails_is_a_warning),
        cmocka_unit_test(odd_shapes_are_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
