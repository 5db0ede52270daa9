#include "tests/cfn/eval_cases.h"

#define HEAD                                                                                       \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, AllowedValues: [dev, prod]}\n"                                          \
    "Resources:\n"

/* The vectors of RFC 4648, section 10. */
static void texts_are_encoded_as_the_rfc_says(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!Base64 ''", "\"\"", NULL},
        {"!Base64 f", "\"Zg==\"", NULL},
        {"!Base64 fo", "\"Zm8=\"", NULL},
        {"!Base64 foo", "\"Zm9v\"", NULL},
        {"{'Fn::Base64': foob}", "\"Zm9vYg==\"", NULL},
        {"{'Fn::Base64': fooba}", "\"Zm9vYmE=\"", NULL},
        {"{'Fn::Base64': foobar}", "\"Zm9vYmFy\"", NULL},
    };
    CASES(HEAD, cases);
}

static void the_argument_may_be_another_function(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"{'Fn::Base64': !Ref Env}", "Env=dev -> \"ZGV2\"; Env=prod -> \"cHJvZA==\"", NULL},
        {"!Base64 {'Fn::Sub': 'f'}", "\"Zg==\"", NULL},
        {"{'Fn::Base64': !Sub '${AWS::Region}'}", "?Base64 at line 7, column 10", NULL},
        {"!Base64 {Ref: Enw}", "?Base64 at line 7, column 10", "CFNR910 !Base64 {Ref: Enw}"},
    };
    CASES(HEAD, cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_encoded_as_the_rfc_says),
        cmocka_unit_test(the_argument_may_be_another_function),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
