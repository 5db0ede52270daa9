#include "tests/cfn/written.h"

/* A template with one parameter P; the diagnostics it gives. */
static void check_declaration(const char *declaration, const char *diags)
{
    struct written w;
    written_begin(&w);
    buf_addf(&w.text, "Parameters:\n  P: %s\nResources: {R: {Type: T}}\n", declaration);
    written_open(&w, declaration);
    written_end(&w, "", diags);
}

static void wrong_declarations_are_diagnosed(void **state)
{
    (void)state;
    check_declaration("{Type: String}", "");
    check_declaration("{Type: 'List<AWS::EC2::Subnet::Id>'}", "");
    check_declaration("{Type: 'List<Number>'}", "");
    check_declaration("{}", "CFNR912 P");
    check_declaration("{Type: [String]}", "CFNR912 P");
    check_declaration("{Type: Strng}", "CFNR912 Strng");
    check_declaration("text", "CFNR912 text");
    check_declaration("[a]", "CFNR912 [a]");
    check_declaration("{Type: String, AllowedValues: a}", "CFNR912 a");
    check_declaration("{Type: String, AllowedValues: []}", "CFNR912 []");
    check_declaration("{Type: String, AllowedValues: [[a]]}", "CFNR912 [[a]]");
    check_declaration("{Type: String, Default: [a]}", "CFNR912 [a]");
    check_declaration("{Type: String, Default: }", "");
    check_declaration("{Type: String, MinLength: x}", "CFNR912 x");
    check_declaration("{Type: Number, MaxValue: [1]}", "CFNR912 [1]");
    check_declaration("{Type: Number, MaxValue: 1.5, MinValue: '-3'}", "");
    check_declaration("{Type: String, AllowedPattern: [a]}", "CFNR912 [a]");
    check_declaration("{Type: String, AllowedPattern: '('}", "CFNR940 '('");
    check_declaration("{Type: String, AllowedValues: [a, b], Default: c}", "CFNR940 c");
    check_declaration("{Type: String, AllowedPattern: 'a+', Default: b}", "CFNR940 b");
    check_declaration("{Type: Number, MaxValue: 10, Default: 11}", "CFNR940 11");
    check_declaration("{Type: Number, Default: many}", "CFNR940 many");
    check_declaration("{Type: 'AWS::SSM::Parameter::Value<String>', Default: /n, "
                      "AllowedPattern: 'a'}",
                      "");
}

static void types_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        bool is_list;
        bool is_opaque;
        bool is_ssm;
    } cases[] = {
        {"String", false, false, false},
        {"Number", false, false, false},
        {"CommaDelimitedList", true, false, false},
        {"List<Number>", true, false, false},
        {"AWS::EC2::VPC::Id", false, true, false},
        {"List<AWS::EC2::Subnet::Id>", true, true, false},
        {"AWS::EC2::AvailabilityZone::Name", false, false, false},
        {"List<AWS::EC2::AvailabilityZone::Name>", true, false, false},
        {"AWS::SSM::Parameter::Name", false, false, false},
        {"AWS::SSM::Parameter::Value<String>", false, true, true},
        {"AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", false, true, true},
        {"AWS::SSM::Parameter::Value<List<String>>", true, true, true},
        {"AWS::SSM::Parameter::Value<CommaDelimitedList>", true, true, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct written w;
        written_begin(&w);
        buf_addf(&w.text, "Parameters: {P: {Type: '%s'}}\nResources: {R: {Type: T}}\n",
                 cases[i].type);
        written_open(&w, cases[i].type);
        const struct cfn_parameter *p = w.f.t->parameters.at[0];
        assert_int_equal(p->is_list, cases[i].is_list);
        assert_int_equal(p->is_opaque, cases[i].is_opaque);
        assert_int_equal(p->is_ssm, cases[i].is_ssm);
        written_end(&w, "", "");
    }
}

/* `value` given for a parameter P; the value of !Ref P, and the diagnostics. */
static void check_given(const char *declaration, const char *value, const char *expected,
                        const char *diags)
{
    struct written w;
    written_begin(&w);
    buf_addf(&w.text, "Parameters:\n  P: %s\nResources: {R: {Type: T, Properties: {V: !Ref P}}}\n",
             declaration);
    fixture_give(&w.f, "P", value);
    written_open(&w, declaration);
    assert_value(&w.f, "V", expected);
    assert_int_equal(guard_count(w.f.unit->space), 0); /* nothing is left open */
    written_end(&w, "", diags);
}

static void given_values_replace_all_others(void **state)
{
    (void)state;
    check_given("{Type: String, Default: a}", "b", "\"b\"", "");
    check_given("{Type: String, AllowedValues: [a, b]}", "b", "\"b\"", "");
    check_given("{Type: CommaDelimitedList}", "x, y", "[\"x\", \"y\"]", "");
    check_given("{Type: 'AWS::EC2::VPC::Id'}", "vpc-1", "\"vpc-1\"", "");
    check_given("{Type: 'AWS::SSM::Parameter::Value<String>'}", "/name", "?P", "");
    check_given("{Type: String}", "", "\"\"", "");
}

static void given_values_that_are_not_allowed_are_errors(void **state)
{
    (void)state;
    check_given("{Type: String, AllowedValues: [a, b]}", "c", "\"c\"", "CFNR912 P");
    check_given("{Type: String, AllowedPattern: 'a+'}", "aab", "\"aab\"", "CFNR912 P");
    check_given("{Type: String, MinLength: 2}", "a", "\"a\"", "CFNR912 P");
    check_given("{Type: Number, MinValue: 2}", "1", "\"1\"", "CFNR912 P");
    check_given("{Type: Number}", "one", "\"one\"", "CFNR912 P");
    check_given("{Type: Number}", "0.5", "\"0.5\"", "");
    check_given("{Type: Number}", "0.-5", "\"0.-5\"", "CFNR912 P");
    check_given("{Type: CommaDelimitedList, AllowedValues: [a, b]}", "a,c", "[\"a\", \"c\"]",
                "CFNR912 P");
    check_given("{Type: CommaDelimitedList, AllowedValues: [a, b]}", "b,a", "[\"b\", \"a\"]", "");
}

static void a_hidden_value_is_not_in_the_message(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_give(&f, "P", "s3cret");
    fixture_open(&f, "Parameters: {P: {Type: String, NoEcho: true, MaxLength: 2}}\n"
                     "Resources: {R: {Type: T}}\n");
    assert_str(f.diags.all.at[0].message,
               "The given value of parameter 'P' is not one that it allows.");
    fixture_close(&f);
}

static void the_last_of_two_given_values_wins(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_give(&f, "P", "a");
    fixture_give(&f, "P", "b");
    fixture_open(&f, "Parameters: {P: {Type: String}}\n"
                     "Resources: {R: {Type: T, Properties: {V: !Ref P}}}\n");
    assert_value(&f, "V", "\"b\"");
    assert_diags(&f, "");
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_declarations_are_diagnosed),
        cmocka_unit_test(types_are_told_apart),
        cmocka_unit_test(given_values_replace_all_others),
        cmocka_unit_test(given_values_that_are_not_allowed_are_errors),
        cmocka_unit_test(a_hidden_value_is_not_in_the_message),
        cmocka_unit_test(the_last_of_two_given_values_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
