#include "tests/cfn/eval_cases.h"

#define ONE "Resources: {R: {Type: T}}\n"

static void check_template(const char *text, const char *diags)
{
    struct fixture f = {0};
    struct buf dump;
    buf_init(&dump);
    print_message("%s", text);
    fixture_open(&f, text);
    assert_diags(&f, diags);
    cfn_dump(f.unit, &dump); /* whatever is wrong, all that is left can be evaluated */
    buf_release(&dump);
    fixture_close(&f);
}

static void sections_of_the_wrong_shape_are_diagnosed(void **state)
{
    (void)state;
    check_template(ONE, "");
    check_template("[]\n", "CFNR912 []");
    check_template("text\n", "CFNR912 text");
    check_template("AWSTemplateFormatVersion: '2010-09-09'\n", /* at the whole template */
                   "CFNR912 AWSTemplateFormatVersion: '2010-09-09'");
    check_template("Resources: []\n", "CFNR912 []; CFNR912 []");
    check_template("Resources: {}\n", "CFNR912 {}");
    check_template("Resources: ~\n", "CFNR912 ~");
    check_template("Parameters: [P]\nMappings: a\nConditions: 1\nOutputs: [O]\n" ONE,
                   "CFNR912 [P]; CFNR912 a; CFNR912 1; CFNR912 [O]");
    check_template("Parameters:\nMappings: {}\nConditions: ~\nOutputs:\n" ONE, "");
    check_template("Mappings: {M: [a]}\nOutputs: {O: v}\n" ONE, "CFNR912 [a]; CFNR912 v");
    check_template("Mappings: {M: {k: v}}\n"
                   "Resources: {R: {Type: T, Properties: {V: !FindInMap [M, k, x]}}}\n",
                   "CFNR910 !FindInMap [M, k, x]");
}

static void unknown_sections_are_errors_if_they_look_misspelt(void **state)
{
    (void)state;
    check_template("Resource: {}\n" ONE, "CFNR912 Resource");
    check_template("Paramaters: {}\n" ONE, "CFNR912 Paramaters");
    check_template("Whatever: {}\n" ONE, "CFNR940 Whatever");
    check_template("Rules: {}\nMetadata: {A: b}\nDescription: x\nHooks: {}\n" ONE, "");
}

static void resources_of_the_wrong_shape_are_diagnosed(void **state)
{
    (void)state;
    check_template("Resources: {R: x}\n", "CFNR912 x");
    check_template("Resources: {R: [x]}\n", "CFNR912 [x]");
    check_template("Resources: {R: }\n", "CFNR912 ");
    check_template("Resources: {R: {}}\n", "CFNR912 R");
    check_template("Resources: {R: {Type: [T]}}\n", "CFNR912 [T]");
    check_template("Resources: {R: {Type: }}\n", "CFNR912 ");
    check_template("Resources: {R: {Type: T, Properties: [a]}}\n", "CFNR912 [a]");
    check_template("Resources: {R: {Type: T, Properties: x}}\n", "CFNR912 x");
    check_template("Resources: {R: {Type: T, Properties: }}\n", "");
    check_template("Resources: {R: {Type: T, Propertis: {}}}\n", "CFNR912 Propertis");
    check_template("Resources: {R: {Type: T, Colour: red}}\n", "CFNR940 Colour");
    check_template("Resources: {R: {Type: T, Condition: [C]}}\n", "CFNR912 [C]");
    check_template("Resources: {R: {Type: T, Condition: C}}\n", "CFNR910 C");
    check_template("Resources: {1: {Type: T}, true: {Type: T}}\n", "");
    check_template("Parameters: {R: {Type: String}}\n" ONE, "CFNR912 R");
    check_template("Resources: !Include x\n", "CFNR931 !Include x");
    check_template("Resources: {R: !Include x}\n", "CFNR931 !Include x");
}

static void outputs_of_the_wrong_shape_are_diagnosed(void **state)
{
    (void)state;
    check_template("Outputs: {O: {}}\n" ONE, "CFNR912 O");
    check_template("Outputs: {O: {Value: 1, Condition: C}}\n" ONE, "CFNR910 C");
    check_template("Outputs: {O: {Value: [a], Export: x}}\n" ONE, "");
}

static void transforms_are_noted_unless_they_add_nothing(void **state)
{
    (void)state;
    check_template("Transform: AWS::LanguageExtensions\n" ONE, "");
    check_template("Transform: [AWS::LanguageExtensions, Mine]\n" ONE, "CFNR931 Mine");
    check_template("Transform: {Name: 'AWS::Include', Parameters: {Location: s3}}\n" ONE,
                   "CFNR931 {Name: 'AWS::Include', Parameters: {Location: s3}}");
    check_template("Transform: [[a]]\n" ONE, "CFNR912 [a]");
    check_template("'Fn::Transform': {Name: M}\n" ONE, "CFNR931 'Fn::Transform'");
    check_template("Transform: Mine\nWhatever: {}\nResources: {R: {}}\n",
                   "CFNR931 Mine; CFNR940 Whatever");
    check_template("Resources: {R: {Type: 'A::B::C::MODULE'}}\n", "CFNR931 'A::B::C::MODULE'");
}

static void resources_keep_their_order_and_condition(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Parameters: {E: {Type: String, AllowedValues: [a, b]}}\n"
                     "Conditions: {A: !Equals [!Ref E, a]}\n"
                     "Resources:\n  Z: {Type: 'AWS::EC2::VPC', Condition: A}\n"
                     "  A: {Type: 'AWS::EC2::Subnet', Properties: {X: y}}\n"
                     "Outputs: {O: {Value: v, Condition: A, Export: {Name: n}}}\n");
    assert_int_equal(f.t->resources.n, 2);
    const struct cfn_resource *z = f.t->resources.at[0];
    assert_str(z->id, "Z");
    assert_str(z->type, "AWS::EC2::VPC");
    assert_null(z->properties);
    assert_false(guard_is_true(z->when));
    assert_int_equal(f.t->resources.at[1]->index, 1);
    assert_ptr_equal(cfn_resource(f.t, STR("A")), f.t->resources.at[1]);
    assert_null(cfn_resource(f.t, STR("B")));
    assert_int_equal(f.t->outputs.n, 1);
    assert_str(f.t->outputs.at[0].name, "O");
    assert_str(f.t->outputs.at[0].export_name->text, "n");
    assert_true(guard_same(f.t->outputs.at[0].when, z->when));
    fixture_close(&f);
}

static void the_first_of_two_equal_names_counts(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Resources:\n  R: {Type: A}\n  R: {Type: B}\n");
    assert_int_equal(f.t->resources.n, 1);
    assert_str(f.t->resources.at[0]->type, "A");
    assert_diags(&f, "CFNR903 R");
    fixture_close(&f);
}

/* Sections in any order: conditions before the parameters and mappings they use. */
static void order_of_sections_does_not_matter(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Outputs: {O: {Value: !Ref R}}\n"
                     "Resources: {R: {Type: T, Condition: C}}\n"
                     "Conditions: {C: !Equals [!FindInMap [M, !Ref E, x], 1]}\n"
                     "Mappings: {M: {a: {x: 1}, b: {x: 2}}}\n"
                     "Parameters: {E: {Type: String, AllowedValues: [a, b]}}\n");
    struct buf shown;
    buf_init(&shown);
    guard_print(f.unit->space, f.t->resources.at[0]->when, &shown);
    assert_str(buf_str(&shown), "E=a");
    buf_release(&shown);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_of_the_wrong_shape_are_diagnosed),
        cmocka_unit_test(unknown_sections_are_errors_if_they_look_misspelt),
        cmocka_unit_test(resources_of_the_wrong_shape_are_diagnosed),
        cmocka_unit_test(outputs_of_the_wrong_shape_are_diagnosed),
        cmocka_unit_test(transforms_are_noted_unless_they_add_nothing),
        cmocka_unit_test(resources_keep_their_order_and_condition),
        cmocka_unit_test(the_first_of_two_equal_names_counts),
        cmocka_unit_test(order_of_sections_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
