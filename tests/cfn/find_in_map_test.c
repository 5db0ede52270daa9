#include "tests/cfn/eval_cases.h"

#define HEAD                                                                                       \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, AllowedValues: [dev, prod, test]}\n"                                    \
    "  Free: {Type: String, Default: dev}\n"                                                       \
    "  Which: {Type: String, AllowedValues: [Net, Zone]}\n"                                        \
    "Mappings:\n"                                                                                  \
    "  Net: {dev: {cidr: 10.1.0.0/16, zones: [a, b]}, prod: {cidr: 10.2.0.0/16, zones: [c]}}\n"    \
    "  Zone: {us-east-1: {x: 1}, eu-west-1: {x: 2}}\n"                                             \
    "Resources:\n"
#define FAULT "?fault at /Resources/R/Properties/V"

static void known_keys_find_their_value(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!FindInMap [Net, dev, cidr]", "\"10.1.0.0/16\"", NULL},
        {"{'Fn::FindInMap': [Net, prod, zones]}", "[\"c\"]", NULL},
        {"!Select [1, !FindInMap [Net, dev, zones]]", "\"b\"", NULL},
        {"!FindInMap [Net, dev, nothing, {DefaultValue: d}]", "\"d\"", NULL},
        {"!FindInMap [Net, !Ref Env, cidr, {DefaultValue: !Ref Which}]",
         "Env=dev -> \"10.1.0.0/16\"; Env=prod -> \"10.2.0.0/16\"; "
         "Env=test & Which=Net -> \"Net\"; Env=test & Which=Zone -> \"Zone\"",
         NULL},
    };
    CASES(HEAD, cases);
}

static void keys_with_outcomes_find_one_row_each(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!FindInMap [Net, !Ref Free, cidr]",
         "Free=dev -> \"10.1.0.0/16\"; Free=prod -> \"10.2.0.0/16\"; "
         "Free=(any other value) -> " FAULT,
         NULL},
        {"!FindInMap [Zone, !Ref 'AWS::Region', x]",
         "AWS::Region=us-east-1 -> \"1\"; AWS::Region=eu-west-1 -> \"2\"; "
         "AWS::Region=(any other value) -> " FAULT,
         NULL},
    };
    CASES(HEAD, cases);
}

static void a_key_that_is_not_known_has_a_variable_of_its_own(void **state)
{
    (void)state;
    static const struct eval_case own[] = {
        {"!FindInMap [Net, !ImportValue key, cidr]",
         "ImportValue key=dev -> \"10.1.0.0/16\"; ImportValue key=prod -> \"10.2.0.0/16\"; "
         "ImportValue key=(any other value) -> " FAULT,
         NULL},
        /* What is not directly compared: Free's own outcomes, and behind them any key. */
        {"!FindInMap [Net, !Sub '${Free}', cidr]",
         "Free=dev -> \"10.1.0.0/16\"; Free=(any other value) & Free=prod -> \"10.2.0.0/16\"; "
         "Free!={dev,(any other value)} | Free=(any other value) & Free=(any other value) "
         "-> " FAULT,
         NULL},
        {"!FindInMap [!ImportValue map, a, b]", "?FindInMap at line 12, column 10", NULL},
        {"!FindInMap [!Ref Which, us-east-1, x]", "Which=Zone -> \"1\"; Which=Net -> " FAULT,
         "CFNR941 !FindInMap [!Ref Which, us-east-1, x]"},
    };
    CASES(HEAD, own);
}

static void
a_key_that_is_never_there_is_an_error_and_one_that_may_be_missing_a_warning(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!FindInMap [Net, staging, cidr]", FAULT, "CFNR910 !FindInMap [Net, staging, cidr]"},
        {"!FindInMap [Nett, dev, cidr]", FAULT, "CFNR910 !FindInMap [Nett, dev, cidr]"},
        {"!FindInMap [Net, dev, sidr]", FAULT, "CFNR910 !FindInMap [Net, dev, sidr]"},
        {"!FindInMap [Net, !Ref Env, cidr]",
         "Env=dev -> \"10.1.0.0/16\"; Env=prod -> \"10.2.0.0/16\"; Env=test -> " FAULT,
         "CFNR941 !FindInMap [Net, !Ref Env, cidr]"},
        {"!FindInMap [Net, dev]", FAULT, "CFNR912 !FindInMap [Net, dev]"},
        {"!FindInMap [Net, [dev], cidr]", FAULT, "CFNR912 !FindInMap [Net, [dev], cidr]"},
        {"!FindInMap [Net, dev, cidr, x]", "\"10.1.0.0/16\"", "CFNR912 x"},
        {"!FindInMap Net", FAULT, "CFNR912 !FindInMap Net"},
    };
    CASES(HEAD, cases);
}

static void assignments_that_find_nothing_cannot_be_deployed(void **state)
{
    (void)state;
    struct fixture f = {0};
    struct buf shown;
    buf_init(&shown);
    fixture_open(&f, HEAD "  R: {Type: T, Properties: {V: !FindInMap [Net, !Ref Env, cidr],"
                          " W: !FindInMap [Zone, !Ref 'AWS::Region', x]}}\n");
    guard_print(f.unit->space, f.unit->family, &shown);
    assert_str(buf_str(&shown), "Env!=test & AWS::Region!=(any other value)");
    /* Only the value that the template itself allows is worth a warning. */
    assert_diags(&f, "CFNR941 !FindInMap [Net, !Ref Env, cidr]");
    buf_release(&shown);
    fixture_close(&f);
}

static void a_mapping_value_is_the_literal(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, HEAD "  R: {Type: T, Properties: {V: !FindInMap [Net, dev, cidr]}}\n");
    struct cfn_value v = cfn_property(cfn_resource(f.t, STR("R")), "V");
    assert_str(v.at[0].literal->text, "10.1.0.0/16");
    assert_str(v.at[0].node->tag, "!FindInMap");
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_keys_find_their_value),
        cmocka_unit_test(keys_with_outcomes_find_one_row_each),
        cmocka_unit_test(a_key_that_is_not_known_has_a_variable_of_its_own),
        cmocka_unit_test(
            a_key_that_is_never_there_is_an_error_and_one_that_may_be_missing_a_warning),
        cmocka_unit_test(assignments_that_find_nothing_cannot_be_deployed),
        cmocka_unit_test(a_mapping_value_is_the_literal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
