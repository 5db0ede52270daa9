#include "tests/cfn/several.h"

#define IMPORTER(name) "Resources: {R: {Type: T, Properties: {V: {'Fn::ImportValue': " name "}}}}\n"

static void expect(const struct several *all, size_t n, const char *value, const char *diags)
{
    struct fixture f = {0};
    several_open(&f, all, n);
    assert_value(&f, "V", value);
    assert_diags(&f, diags);
    fixture_close(&f);
}

static void an_import_is_the_value_of_the_export_of_its_name(void **state)
{
    (void)state;
    const struct several all[] = {
        {"app", IMPORTER("net-Vpc"), NULL, NULL},
        {"net",
         "Resources: {Vpc: {Type: 'AWS::EC2::VPC'}}\n"
         "Outputs: {V: {Value: !Ref Vpc, Export: {Name: net-Vpc}},\n"
         "          W: {Value: '10.0.0.0/8', Export: {Name: net-Range}}}\n",
         NULL, NULL},
    };
    expect(all, 2, "net/Vpc", "");
    const struct several range[] = {{"app", IMPORTER("net-Range"), NULL, NULL}, all[1]};
    expect(range, 2, "\"10.0.0.0/8\"", "");
    const struct several other[] = {{"app", IMPORTER("net-Other"), NULL, NULL}, all[1]};
    expect(other, 2, "?ImportValue net-Other", "");
}

/* Not a resource that is not there: the export's condition guards the value, and the variables
 * are those of the template that exports. */
static void the_condition_of_an_export_guards_what_it_gives(void **state)
{
    (void)state;
    const struct several all[] = {
        {"app", IMPORTER("net-Vpc"), NULL, NULL},
        {"net",
         "Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}}\n"
         "Conditions: {IsProd: !Equals [!Ref Env, prod]}\n"
         "Resources: {Vpc: {Type: 'AWS::EC2::VPC', Condition: IsProd}}\n"
         "Outputs: {V: {Condition: IsProd, Value: !Ref Vpc, Export: {Name: net-Vpc}}}\n",
         NULL, NULL},
    };
    expect(all, 2, "net/Env=prod -> net/Vpc; net/Env=dev -> ?ImportValue net-Vpc", "");
}

/* Two outputs of one name are fine if only one of them is ever there. */
static void exports_that_exclude_each_other_are_both_taken(void **state)
{
    (void)state;
    const struct several all[] = {
        {"app", IMPORTER("range"), NULL, NULL},
        {"net",
         "Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}}\n"
         "Conditions: {IsProd: !Equals [!Ref Env, prod], IsDev: !Not [Condition: IsProd]}\n"
         "Resources: {Vpc: {Type: 'AWS::EC2::VPC'}}\n"
         "Outputs: {A: {Condition: IsProd, Value: a, Export: {Name: range}},\n"
         "          B: {Condition: IsDev, Value: b, Export: {Name: range}}}\n",
         NULL, NULL},
    };
    expect(all, 2, "net/Env=prod -> \"a\"; net/Env=dev -> \"b\"", "");
}

static void two_exports_of_one_name_are_neither(void **state)
{
    (void)state;
    const char *text = "Resources: {Vpc: {Type: 'AWS::EC2::VPC'}}\n"
                       "Outputs: {V: {Value: !Ref Vpc, Export: {Name: vpc}}}\n";
    const struct several all[] = {
        {"app", IMPORTER("vpc"), NULL, NULL}, {"one", text, NULL, NULL}, {"two", text, NULL, NULL}};
    expect(all, 3, "?ImportValue vpc", "CFNR940 {'Fn::ImportValue': vpc}");
}

static const char NAMED_BY_STACK[] =
    "Resources: {Vpc: {Type: 'AWS::EC2::VPC'}}\n"
    "Outputs: {V: {Value: !Ref Vpc, Export: {Name: !Sub '${AWS::StackName}-Vpc'}}}\n";

static void a_stack_name_that_is_given_makes_the_name_known(void **state)
{
    (void)state;
    const struct several all[] = {{"app", IMPORTER("net-Vpc"), NULL, NULL},
                                  {"network", NAMED_BY_STACK, NULL, "net"}};
    expect(all, 2, "network/Vpc", "");
    const struct several other[] = {{"app", IMPORTER("old-Vpc"), NULL, NULL},
                                    {"network", NAMED_BY_STACK, NULL, "net"}};
    expect(other, 2, "?ImportValue old-Vpc", "");
}

static void the_only_name_that_fits_is_taken_with_what_fills_its_gap(void **state)
{
    (void)state;
    const struct several known[] = {{"app", IMPORTER("net-Vpc"), NULL, NULL},
                                    {"network", NAMED_BY_STACK, NULL, NULL}};
    expect(known, 2,
           "network/AWS::StackName=net -> network/Vpc; network/AWS::StackName=(any other value) -> "
           "?ImportValue net-Vpc",
           "");
    const struct several open[] = {
        {"app", "Parameters: {Net: {Type: String}}\n" IMPORTER("!Sub '${Net}-Vpc'"), NULL, NULL},
        {"network", NAMED_BY_STACK, NULL, NULL}};
    expect(open, 2,
           "app/Net=network -> network/Vpc; app/Net=(any other value) -> ?ImportValue "
           "${app/Net}-Vpc",
           "");
    const struct several two[] = {open[0], open[1], {"other", NAMED_BY_STACK, NULL, NULL}};
    expect(two, 3, "?ImportValue ${app/Net}-Vpc", "CFNR940 {'Fn::ImportValue': !Sub '${Net}-Vpc'}");
}

/* With its default the parameter names no export, and any other value is not the default. */
static void a_gap_does_not_hold_what_its_parameter_cannot_be(void **state)
{
    (void)state;
    const struct several all[] = {
        {"app",
         "Parameters: {Net: {Type: String, AllowedPattern: 'x.*'}}\n" IMPORTER("!Sub '${Net}-Vpc'"),
         NULL, NULL},
        {"network",
         "Resources: {Vpc: {Type: 'AWS::EC2::VPC'}}\n"
         "Outputs: {V: {Value: !Ref Vpc, Export: {Name: net-Vpc}}}\n",
         NULL, NULL}};
    expect(all, 2, "?ImportValue ${app/Net}-Vpc", "");
}

static void imports_in_a_circle_have_an_end(void **state)
{
    (void)state;
    const struct several all[] = {
        {"app", IMPORTER("b") "Outputs: {A: {Value: !ImportValue b, Export: {Name: a}}}\n", NULL,
         NULL},
        {"net",
         "Resources: {R: {Type: T}}\n"
         "Outputs: {B: {Value: !ImportValue a, Export: {Name: b}}}\n",
         NULL, NULL}};
    expect(all, 2, "?net/fault at /Outputs/B/Value", "CFNR911 !ImportValue a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_import_is_the_value_of_the_export_of_its_name),
        cmocka_unit_test(the_condition_of_an_export_guards_what_it_gives),
        cmocka_unit_test(exports_that_exclude_each_other_are_both_taken),
        cmocka_unit_test(two_exports_of_one_name_are_neither),
        cmocka_unit_test(a_stack_name_that_is_given_makes_the_name_known),
        cmocka_unit_test(the_only_name_that_fits_is_taken_with_what_fills_its_gap),
        cmocka_unit_test(a_gap_does_not_hold_what_its_parameter_cannot_be),
        cmocka_unit_test(imports_in_a_circle_have_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
