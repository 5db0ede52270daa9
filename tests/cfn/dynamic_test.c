#include "tests/cfn/eval_cases.h"

#define HEAD                                                                                       \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, AllowedValues: [dev, prod]}\n"                                          \
    "  Free: {Type: String}\n"                                                                     \
    "Resources:\n"

static void dynamic_references_are_unknown_and_what_is_around_them_is_not(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"'{{resolve:ssm:/net/cidr}}'", "?{{resolve:ssm:/net/cidr}}", NULL},
        {"'x{{resolve:ssm:/a}}y'", "~\"x${{{resolve:ssm:/a}}}y\"", NULL},
        {"'{{resolve:ssm:/a}}{{resolve:ssm:/b}}'",
         "~\"${{{resolve:ssm:/a}}}${{{resolve:ssm:/b}}}\"", NULL},
        {"'{{resolve:ssm:/open'", "?{{resolve:ssm:/open", NULL},
        {"'{{other}}'", "\"{{other}}\"", NULL},
        {"!Sub '{{resolve:ssm:/${Env}/cidr}}'",
         "Env=dev -> ?{{resolve:ssm:/dev/cidr}}; Env=prod -> ?{{resolve:ssm:/prod/cidr}}", NULL},
        {"!Sub '{{resolve:ssm:/${Free}/cidr}}'", "?{{resolve:ssm:/${Free}/cidr}}", NULL},
        {"!Join ['', ['{{resolve:', 'ssm:/a}}']]", "?{{resolve:ssm:/a}}", NULL},
    };
    CASES(HEAD, cases);
}

static void the_same_reference_is_the_same_unknown(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, HEAD "  R: {Type: T, Properties: {V: '{{resolve:ssm:/dev}}',"
                          " W: !Sub '{{resolve:ssm:/${Env}}}'}}\n");
    const struct cfn_resource *r = cfn_resource(f.t, STR("R"));
    const struct cfn_unknown *u = cfn_property(r, "V").at[0].unknown;
    assert_int_equal(u->why, CFN_WHY_DYNAMIC);
    assert_ptr_equal(u, cfn_property(r, "W").at[0].unknown);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dynamic_references_are_unknown_and_what_is_around_them_is_not),
        cmocka_unit_test(the_same_reference_is_the_same_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
