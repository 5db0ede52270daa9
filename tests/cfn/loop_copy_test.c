#include "cfn/loops.h"

#include "tests/cfn/eval_cases.h"

#define HEAD                                                                                       \
    "Transform: AWS::LanguageExtensions\n"                                                         \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, Default: dev}\n"                                                        \
    "Mappings:\n"                                                                                  \
    "  M: {k: {a: Never}}\n"                                                                       \
    "Conditions:\n"                                                                                \
    "  Never: !Equals [a, b]\n"                                                                    \
    "Resources:\n"                                                                                 \
    "  Webdev: {Type: T::T}\n"

static void names_may_be_computed(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!Ref {'Fn::Sub': Webdev}", "Webdev", NULL},
        {"{Ref: !Sub 'Webdev'}", "Webdev", NULL},
        {"{Ref: {'Fn::Sub': 'Web${Env}'}}", "Webdev", "CFNR931 {'Fn::Sub': 'Web${Env}'}"},
        {"!GetAtt [!Sub Webdev, Arn]", "Webdev.Arn", NULL},
        {"{'Fn::GetAtt': [{'Fn::Sub': Webdev}, Arn]}", "Webdev.Arn", NULL},
        {"!Ref [a]", "?fault at /Resources/R/Properties/V", "CFNR912 !Ref [a]"},
    };
    CASES(HEAD, cases);
}

static void a_condition_may_be_computed_or_be_none(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, HEAD "  Fn::ForEach::L:\n"
                          "    - X\n"
                          "    - [a, b]\n"
                          "    - S${X}:\n"
                          "        Type: T::T\n"
                          "        Condition: !FindInMap [M, k, !Ref X, DefaultValue: !Ref "
                          "AWS::NoValue]\n");
    assert_diags(&f, "");
    assert_true(guard_is_false(cfn_resource(f.t, STR("Sa"))->when));
    assert_true(guard_is_true(cfn_resource(f.t, STR("Sb"))->when));
    fixture_close(&f);
}

static void what_holds_no_loop_keeps_its_nodes(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, HEAD "  Fn::ForEach::L: [X, [a], {'S${X}': {Type: T::T}}]\n");
    assert_int_equal(doc_copies(cfn_resource(f.t, STR("Webdev"))->node), 0);
    assert_int_equal(doc_copies(cfn_resource(f.t, STR("Sa"))->node), 1);
    assert_int_equal(doc_copies(doc_target(cfn_resource(f.t, STR("Sa"))->key)), 0);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_may_be_computed),
        cmocka_unit_test(a_condition_may_be_computed_or_be_none),
        cmocka_unit_test(what_holds_no_loop_keeps_its_nodes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
