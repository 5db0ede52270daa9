#include "tests/cfn/eval_cases.h"

#define HEAD                                                                                       \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, AllowedValues: [dev, prod]}\n"                                          \
    "  Ip: {Type: String}\n"                                                                       \
    "Conditions:\n"                                                                                \
    "  Dev: !Equals [!Ref Env, dev]\n"                                                             \
    "Resources:\n"                                                                                 \
    "  Web: {Type: 'AWS::EC2::Instance'}\n"
#define FAULT "?fault at /Resources/R/Properties/V"

static void variables_are_replaced(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!Sub 'net-${Env}'", "Env=dev -> \"net-dev\"; Env=prod -> \"net-prod\"", NULL},
        {"{'Fn::Sub': '${Env}${Env}'}", "Env=dev -> \"devdev\"; Env=prod -> \"prodprod\"", NULL},
        {"!Sub ['${A}-${Env}', {A: !If [Dev, x, y]}]",
         "Env=dev -> \"x-dev\"; Env=prod -> \"y-prod\"", NULL},
        {"!Sub ['${Env}', {Env: own}]", "\"own\"", NULL}, /* the map comes first */
        {"!Sub ['${A.B}', {A.B: own}]", "\"own\"", NULL},
        {"!Sub ['text']", "\"text\"", NULL},
        {"!Sub '${!Env}'", "\"${Env}\"", NULL},
        {"!Sub ''", "\"\"", NULL},
        {"!Sub '${Ip}/32'", "~\"${Ip}/32\"", NULL},
        {"!Sub '${AWS::Region}a'", "~\"${AWS::Region}a\"", NULL},
        {"!Sub '${Web.PrivateIp}/32'", "~\"${Web.PrivateIp}/32\"", NULL},
        {"!Sub 'a${AWS::NoValue}b'", "\"ab\"", NULL},
    };
    CASES(HEAD, cases);
}

static void a_single_variable_keeps_what_it_is(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!Sub '${Web}'", "Web", NULL},
        {"!Sub '${Web.GroupId}'", "Web.GroupId", NULL},
        {"!Sub '${Ip}'", "?Ip", NULL},
        {"!Sub ['${A}', {A: !Ref Web}]", "Web", NULL},
        {"!Sub '${Env}'", "Env=dev -> \"dev\"; Env=prod -> \"prod\"", NULL},
    };
    CASES(HEAD, cases);
}

static void wrong_calls_are_diagnosed(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!Sub '${Enw}'", FAULT, "CFNR910 !Sub '${Enw}'"},
        {"!Sub 'x${Wbe.Arn}'", "~\"x${fault at /Resources/R/Properties/V}\"",
         "CFNR910 !Sub 'x${Wbe.Arn}'"},
        {"!Sub '${A b}'", FAULT, "CFNR912 !Sub '${A b}'"},
        {"!Sub {A: b}", FAULT, "CFNR912 !Sub {A: b}"},
        {"!Sub []", FAULT, "CFNR912 !Sub []"},
        {"!Sub [a, b]", FAULT, "CFNR912 !Sub [a, b]"},
        {"!Sub [a, {}, c]", FAULT, "CFNR912 !Sub [a, {}, c]"},
        {"!Sub [!Ref Env, {}]", FAULT, "CFNR912 !Sub [!Ref Env, {}]"},
        {"{'Fn::Sub': !Ref Env}", FAULT, "CFNR912 {'Fn::Sub': !Ref Env}"},
    };
    CASES(HEAD, cases);
}

static void a_text_without_variables_is_its_own_literal(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, HEAD "  R: {Type: T, Properties: {V: !Sub '0.0.0.0/0', W: !Sub '${Env}/8',"
                          " X: !Sub '${Env}'}}\n");
    const struct cfn_resource *r = cfn_resource(f.t, STR("R"));
    struct cfn_value v = cfn_property(r, "V");
    assert_ptr_equal(v.at[0].literal, doc_get(r->properties, "V"));
    assert_null(cfn_property(r, "W").at[0].literal); /* put together: stands nowhere */
    assert_str(cfn_property(r, "X").at[0].literal->text, "dev");
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(variables_are_replaced),
        cmocka_unit_test(a_single_variable_keeps_what_it_is),
        cmocka_unit_test(wrong_calls_are_diagnosed),
        cmocka_unit_test(a_text_without_variables_is_its_own_literal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
