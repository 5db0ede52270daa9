#include "tests/cfn/eval_cases.h"

#define HEAD                                                                                       \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, AllowedValues: [dev, prod]}\n"                                          \
    "  Free: {Type: String}\n"                                                                     \
    "  Pair: {Type: String, AllowedValues: ['a,b', 'c']}\n"                                        \
    "  Ids: {Type: CommaDelimitedList, Default: 'x,y'}\n"                                          \
    "  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}\n"                                            \
    "Conditions:\n"                                                                                \
    "  Dev: !Equals [!Ref Env, dev]\n"                                                             \
    "Resources:\n"                                                                                 \
    "  Web: {Type: 'AWS::EC2::Instance'}\n"                                                        \
    "  Db: {Type: 'AWS::EC2::Instance'}\n"
#define FAULT "?fault at /Resources/R/Properties/V"

static void elements_are_selected(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!Select [1, [a, b, c]]", "\"b\"", NULL},
        {"{'Fn::Select': ['2', [a, b, c]]}", "\"c\"", NULL},
        {"!Select [!If [Dev, 0, 1], [a, b]]", "Env=dev -> \"a\"; Env=prod -> \"b\"", NULL},
        /* An element that is left out moves the others. */
        {"!Select [1, [a, !If [Dev, b, !Ref 'AWS::NoValue'], c]]",
         "Env=dev -> \"b\"; Env=prod -> \"c\"", NULL},
        {"!Select [0, [!If [Dev, b, !Ref 'AWS::NoValue'], c]]",
         "Env=dev -> \"b\"; Env=prod -> \"c\"", NULL},
        {"!Select [1, !Ref Subnets]", "?Subnets[1]", NULL},
        {"!Select [1, !Ref Ids]", "Ids=x,y -> \"y\"; Ids!=x,y -> ?Ids[1]", NULL},
        {"!Select [0, !Split [/, 10.0.0.0/16]]", "\"10.0.0.0\"", NULL},
        {"!Select [0, !Split [/, !Ref Free]]", "?Split(/, Free)[0]", NULL},
        {"!Select [!Ref Free, [a, b]]", "?Select(Free, [line 15, column 30])", NULL},
        {"!Select [0, [{A: 1}]]", "{A}", NULL},
    };
    CASES(HEAD, cases);
}

static void wrong_calls_are_diagnosed(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!Select [3, [a, b]]", FAULT, "CFNR912 !Select [3, [a, b]]"},
        {"!Select [-1, [a, b]]", FAULT, "CFNR912 -1"},
        {"!Select [x, [a, b]]", FAULT, "CFNR912 x"},
        {"!Select [0, a]", FAULT, "CFNR912 a"},
        {"!Select [0, []]", FAULT, "CFNR912 !Select [0, []]"},
        {"!Select [99999999999999, [a]]", FAULT, "CFNR912 !Select [99999999999999, [a]]"},
        {"!Select [1, [a, !If [Dev, b, !Ref 'AWS::NoValue']]]",
         "Env=dev -> \"b\"; Env=prod -> ?fault at /Resources/R/Properties/V",
         "CFNR912 !Select [1, [a, !If [Dev, b, !Ref 'AWS::NoValue']]]"},
    };
    CASES(HEAD, cases);
}

/* Nested choices of an index and of elements: each is evaluated once, not once for each index. */
static void elements_are_evaluated_once(void **state)
{
    (void)state;
    enum { DEPTH = 40 };
    struct fixture f = {0};
    struct buf text;
    buf_init(&text);
    buf_adds(&text, HEAD "  R: {Type: T, Properties: {V: ");
    for (int i = 0; i < DEPTH; i++) {
        buf_adds(&text, "!Select [!If [Dev, 0, 1], [");
    }
    buf_adds(&text, "x");
    for (int i = 0; i < DEPTH; i++) {
        buf_adds(&text, ", y]]");
    }
    buf_adds(&text, "}}\n");
    fixture_open(&f, text.p);
    assert_value(&f, "V", "Env=dev -> \"x\"; Env=prod -> \"y\"");
    fixture_close(&f);
    buf_release(&text);
}

static void long_rows_of_optional_elements_are_over_budget(void **state)
{
    (void)state;
    struct fixture f = {0};
    struct buf text;
    buf_init(&text);
    buf_adds(&text, HEAD "  R:\n    Type: T\n    Properties:\n      V: !Select\n        - 900\n"
                         "        -\n");
    for (int i = 0; i < 3000; i++) {
        buf_adds(&text, "          - !If [Dev, b, !Ref 'AWS::NoValue']\n");
    }
    fixture_open(&f, text.p);
    struct cfn_value v = cfn_property(cfn_resource(f.t, STR("R")), "V");
    assert_int_equal(v.at[0].unknown->why, CFN_WHY_BUDGET);
    assert_int_equal(f.diags.all.at[0].id, DIAG_BUDGET);
    fixture_close(&f);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_are_selected),
        cmocka_unit_test(wrong_calls_are_diagnosed),
        cmocka_unit_test(elements_are_evaluated_once),
        cmocka_unit_test(long_rows_of_optional_elements_are_over_budget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
