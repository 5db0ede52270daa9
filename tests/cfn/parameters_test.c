#include "cfn/parameters.h"

#include "tests/cfn/eval_cases.h"

#define TEMPLATE(declaration)                                                                      \
    "Parameters:\n  P: " declaration "\nResources: {R: {Type: T, Properties: {V: !Ref P}}}\n"

static void ref_yields_what_can_be_known(void **state)
{
    (void)state;
    static const struct {
        const char *template;
        const char *value;
    } cases[] = {
        {TEMPLATE("{Type: String}"), "?P"},
        {TEMPLATE("{Type: String, AllowedValues: [a]}"), "\"a\""},
        {TEMPLATE("{Type: String, AllowedValues: [a, b, a]}"), "P=a -> \"a\"; P=b -> \"b\""},
        {TEMPLATE("{Type: String, AllowedPattern: 'x.*', Default: xa}"),
         "P=xa -> \"xa\"; P=(any other value) -> ?P"},
        {TEMPLATE("{Type: Number, AllowedValues: [22, 80]}"), "P=22 -> \"22\"; P=80 -> \"80\""},
        {TEMPLATE("{Type: CommaDelimitedList, AllowedPattern: 'x.*', Default: 'x, xy'}"),
         "P=x, xy -> [\"x\", \"xy\"]; P=(any other value) -> ?P"},
        {TEMPLATE("{Type: 'AWS::EC2::VPC::Id', AllowedValues: [vpc-1, vpc-2]}"), "?P"},
        {TEMPLATE("{Type: 'List<AWS::EC2::SecurityGroup::Id>', Default: 'sg-1,sg-2'}"), "?P"},
        {TEMPLATE("{Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: /n}"), "?P"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture f = {0};
        print_message("        %s", cases[i].template);
        fixture_open(&f, cases[i].template);
        assert_value(&f, "V", cases[i].value);
        assert_diags(&f, "");
        fixture_close(&f);
    }
}

static void the_default_is_the_standard_outcome(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, TEMPLATE("{Type: String, AllowedValues: [a, b], Default: b}"));
    const struct cfn_parameter *p = f.t->parameters.at[0];
    assert_int_equal(guard_variable(f.unit->space, p->var)->standard, 1);
    fixture_close(&f);
    fixture_open(&f, TEMPLATE("{Type: String, AllowedValues: [a, b]}"));
    p = f.t->parameters.at[0];
    assert_int_equal(guard_variable(f.unit->space, p->var)->standard, GUARD_NO_OUTCOME);
    fixture_close(&f);
}

static void identities_need_no_variable(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, TEMPLATE("{Type: 'AWS::EC2::VPC::Id', Default: vpc-1}"));
    assert_int_equal(f.t->parameters.at[0]->var, GUARD_NO_OUTCOME);
    assert_int_equal(guard_count(f.unit->space), 0);
    fixture_close(&f);
}

static void hidden_values_are_in_no_label(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, TEMPLATE("{Type: String, NoEcho: true, AllowedValues: [s3cret, other]}"));
    const struct guard_variable *v = guard_variable(f.unit->space, f.t->parameters.at[0]->var);
    for (uint32_t i = 0; i < v->outcomes; i++) {
        assert_str(v->labels[i], "(hidden)");
    }
    fixture_close(&f);
}

/* AllowedValues beyond LIMIT_OUTCOMES: the rest counts as nothing that is known. */
static void outcomes_are_bounded(void **state)
{
    (void)state;
    struct fixture f = {0};
    struct buf text;
    buf_init(&text);
    buf_adds(&text, "Parameters:\n  P:\n    Type: String\nConditions:\n");
    for (int i = 0; i < LIMIT_OUTCOMES + 100; i++) {
        buf_addf(&text, "  C%d: !Equals [!Ref P, v%d]\n", i, i);
    }
    buf_adds(&text, "Resources: {R: {Type: T}}\n");
    fixture_open(&f, text.p);
    const struct cfn_parameter *p = f.t->parameters.at[0];
    assert_true(guard_variable(f.unit->space, p->var)->outcomes <= LIMIT_OUTCOMES);
    buf_release(&text);
    fixture_close(&f);
}

static void constraints_are_applied(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f,
                 TEMPLATE("{Type: String, AllowedPattern: '[a-c]+', MinLength: 2, MaxLength: 3}"));
    const struct cfn_parameter *p = f.t->parameters.at[0];
    assert_true(cfn_parameter_accepts(p, STR("ab")));
    assert_true(cfn_parameter_accepts(p, STR("abc")));
    assert_false(cfn_parameter_accepts(p, STR("a")));
    assert_false(cfn_parameter_accepts(p, STR("abca")));
    assert_false(cfn_parameter_accepts(p, STR("abd")));
    fixture_close(&f);
    fixture_open(&f, TEMPLATE("{Type: Number, MinValue: 10, MaxValue: 20}"));
    p = f.t->parameters.at[0];
    assert_int_equal(p->min_value, 10);
    assert_int_equal(p->max_value, 20);
    assert_true(cfn_parameter_accepts(p, STR("15")));
    assert_true(cfn_parameter_accepts(p, STR("15.5")));
    assert_false(cfn_parameter_accepts(p, STR("9")));
    assert_false(cfn_parameter_accepts(p, STR("0.0.0.0/0")));
    assert_false(cfn_parameter_accepts(p, STR("")));
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ref_yields_what_can_be_known),
        cmocka_unit_test(the_default_is_the_standard_outcome),
        cmocka_unit_test(identities_need_no_variable),
        cmocka_unit_test(hidden_values_are_in_no_label),
        cmocka_unit_test(outcomes_are_bounded),
        cmocka_unit_test(constraints_are_applied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
