#include "tests/cfn/eval_cases.h"

#define HEAD                                                                                       \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, AllowedValues: [dev, prod]}\n"                                          \
    "  Net: {Type: String}\n"                                                                      \
    "Resources:\n"

static void an_import_is_the_unknown_of_its_name(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!ImportValue net-Subnet", "?ImportValue net-Subnet", NULL},
        {"{'Fn::ImportValue': {'Fn::Sub': '${Net}-Subnet'}}", "?ImportValue ${Net}-Subnet", NULL},
        {"!ImportValue {'Fn::Sub': '${Env}-Subnet'}",
         "Env=dev -> ?ImportValue dev-Subnet; Env=prod -> ?ImportValue prod-Subnet", NULL},
        {"{'Fn::ImportValue': !Ref Net}", "?ImportValue ${Net}", NULL}, /* not the name "Net" */
        {"!ImportValue [a]", "?fault at /Resources/R/Properties/V", "CFNR912 !ImportValue [a]"},
        {"!Select [0, !Split [',', !ImportValue ids]]", "?Split(,, ImportValue ids)[0]", NULL},
    };
    CASES(HEAD, cases);
}

static void an_output_of_a_stack_is_the_unknown_of_both_names(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"{'Fn::GetStackOutput': {StackName: net, OutputName: Vpc}}", "?GetStackOutput net.Vpc",
         NULL},
        {"!GetStackOutput {StackName: net, OutputName: Vpc, Region: eu-west-1}",
         "?GetStackOutput net.Vpc in eu-west-1", NULL},
        {"!GetStackOutput {StackName: net}", "?GetStackOutput at line 8, column 10", NULL},
    };
    CASES(HEAD, cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_import_is_the_unknown_of_its_name),
        cmocka_unit_test(an_output_of_a_stack_is_the_unknown_of_both_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
