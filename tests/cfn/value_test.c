#include "tests/cfn/eval_cases.h"

#define HEAD                                                                                       \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, AllowedValues: [dev, prod]}\n"                                          \
    "  Flag: {Type: String, AllowedValues: ['true', 'False', maybe]}\n"                            \
    "  Free: {Type: String}\n"                                                                     \
    "Conditions:\n"                                                                                \
    "  Dev: !Equals [!Ref Env, dev]\n"                                                             \
    "Resources:\n"                                                                                 \
    "  R:\n    Type: T\n    Condition: Dev\n    Properties:\n"

static void properties_are_found_below_each_other(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Parameters: {Env: {Type: String, AllowedValues: [dev, prod]},"
                     " Free: {Type: String}}\n"
                     "Conditions: {Dev: !Equals [!Ref Env, dev]}\n"
                     "Resources:\n  R:\n    Type: T\n    Properties:\n"
                     "      A: {B: {C: x}, D: [y]}\n"
                     "      I: !If [Dev, {B: 1}, {B: {C: 2}}]\n"
                     "      N: !If [Dev, {B: 1}, !Ref 'AWS::NoValue']\n"
                     "      U: !Ref Free\n");
    assert_value(&f, "A/B/C", "\"x\"");
    assert_value(&f, "A/B/X", "none");
    assert_value(&f, "A/D/0", "none"); /* lists are not indexed so */
    assert_value(&f, "X", "none");
    assert_value(&f, "X/Y/Z", "none");
    assert_value(&f, "I/B", "Env=dev -> \"1\"; Env=prod -> {C}");
    assert_value(&f, "I/B/C", "Env=dev -> none; Env=prod -> \"2\"");
    assert_value(&f, "N/B", "Env=dev -> \"1\"; Env=prod -> none");
    assert_value(&f, "U/B", "?Free.B");
    assert_value(&f, "A/B/C/D", "none");
    fixture_close(&f);
}

static void properties_stand_under_the_condition_of_their_resource(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, HEAD "      V: x\n      W: !If [Dev, a, b]\n");
    assert_value(&f, "V", "Env=dev -> \"x\"");
    assert_value(&f, "W", "Env=dev -> \"a\"");
    assert_value(&f, "X", "Env=dev -> none");
    fixture_close(&f);
}

static void properties_may_be_a_choice_as_a_whole(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}}\n"
                     "Conditions: {Dev: !Equals [!Ref Env, dev]}\n"
                     "Resources:\n  R: {Type: T, Properties: !If [Dev, {V: 1}, {W: 2}]}\n"
                     "  Q: {Type: T, Properties: {'Fn::If': [Dev, {V: 1}, {W: 2}]}}\n");
    assert_value(&f, "V", "Env=dev -> \"1\"; Env=prod -> none");
    assert_value(&f, "W", "Env=dev -> none; Env=prod -> \"2\"");
    struct cfn_value v = cfn_property(cfn_resource(f.t, STR("Q")), "V");
    assert_int_equal(v.n, 2);
    assert_str(v.at[0].text, "1");
    assert_diags(&f, "");
    fixture_close(&f);
}

static void truth_falls_into_four_disjoint_parts(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Parameters:\n  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                     "  Flag: {Type: String, AllowedValues: ['true', 'False', maybe]}\n"
                     "Conditions: {Dev: !Equals [!Ref Env, dev]}\n"
                     "Resources: {R: {Type: T, Properties: {A: true, B: 'TRUE', C: no, D: 'yes',"
                     " E: !Ref Flag, F: !If [Dev, true, !Ref 'AWS::NoValue'], G: [true]}}}\n");
    static const struct {
        const char *key;
        const char *yes;
        const char *no;
        const char *absent;
        const char *unknown;
    } cases[] = {
        {"A", "true", "false", "false", "false"},
        {"B", "true", "false", "false", "false"},
        {"C", "false", "true", "false", "false"}, /* YAML 1.1: no is a boolean */
        {"D", "false", "false", "false", "true"}, /* in quotes it is a text */
        {"E", "Flag=true", "Flag=False", "false", "Flag=maybe"},
        {"F", "Env=dev", "false", "Env=prod", "false"},
        {"G", "false", "false", "false", "true"},
        {"H", "false", "false", "true", "false"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct cfn_truth truth =
            cfn_truth(f.t, cfn_property(cfn_resource(f.t, STR("R")), cases[i].key));
        const struct guard guards[] = {truth.yes, truth.no, truth.absent, truth.unknown};
        const char *const expected[] = {cases[i].yes, cases[i].no, cases[i].absent,
                                        cases[i].unknown};
        for (size_t k = 0; k < 4; k++) {
            struct buf b;
            buf_init(&b);
            guard_print(f.unit->space, guards[k], &b);
            assert_str(buf_str(&b), expected[k]);
            buf_release(&b);
        }
    }
    fixture_close(&f);
}

static void integers_are_read_strictly(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good;
        int64_t value;
    } cases[] = {
        {"22", true, 22},
        {"'22'", true, 22},
        {"-1", true, -1},
        {"' 22 '", true, 22},
        {"0x16", true, 22}, /* YAML reads it */
        {"'0x16'", false, 0},
        {"22.5", false, 0},
        {"'22a'", false, 0},
        {"''", false, 0},
        {"[22]", false, 0},
        {"!Ref X", false, 0},
        {"99999999999999999999", false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture f = {0};
        struct buf text;
        buf_init(&text);
        buf_addf(&text,
                 "Parameters: {X: {Type: Number}}\n"
                 "Resources: {R: {Type: T, Properties: {V: %s}}}\n",
                 cases[i].text);
        fixture_open(&f, text.p);
        int64_t value = 7;
        struct cfn_value v = cfn_property(cfn_resource(f.t, STR("R")), "V");
        assert_int_equal(cfn_integer(&v.at[0], &value), cases[i].good);
        assert_int_equal(value, cases[i].good ? cases[i].value : 7);
        buf_release(&text);
        fixture_close(&f);
    }
}

static void equal_expressions_have_equal_texts(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Parameters: {P: {Type: String}}\n"
                     "Resources: {R: {Type: T, Properties: {A: !Sub '${P}-${AWS::Region}',"
                     " B: !Join ['-', [!Ref P, !Ref 'AWS::Region']], C: !Ref R, D: x,"
                     " E: !Ref 'AWS::NoValue', F: !GetAtt R.X.Y}}}\n");
    static const struct {
        const char *key;
        const char *text;
    } cases[] = {
        {"A", "${P}-${AWS::Region}"},
        {"B", "${P}-${AWS::Region}"},
        {"C", "R"},
        {"D", "x"},
        {"E", ""},
        {"F", "R.X.Y"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct cfn_value v = cfn_property(cfn_resource(f.t, STR("R")), cases[i].key);
        assert_str(cfn_text_of(&f.arena, &v.at[0]), cases[i].text);
    }
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(properties_are_found_below_each_other),
        cmocka_unit_test(properties_stand_under_the_condition_of_their_resource),
        cmocka_unit_test(properties_may_be_a_choice_as_a_whole),
        cmocka_unit_test(truth_falls_into_four_disjoint_parts),
        cmocka_unit_test(integers_are_read_strictly),
        cmocka_unit_test(equal_expressions_have_equal_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
