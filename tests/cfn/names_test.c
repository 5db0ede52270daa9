#include "cfn/names.h"

#include "tests/cfn/eval_cases.h"

static void check_message(const char *template, const char *message)
{
    struct fixture f = {0};
    fixture_open(&f, template);
    assert_int_equal(f.diags.all.n, 1);
    assert_str(f.diags.all.at[0].message, message);
    fixture_close(&f);
}

static void suggestions_fit_what_is_looked_for(void **state)
{
    (void)state;
    check_message("Parameters: {SubnetId: {Type: String}}\n"
                  "Resources: {R: {Type: T, Properties: {V: !Ref SubnetID}}}\n",
                  "'Ref' names 'SubnetID', which is no parameter or resource of the template; "
                  "did you mean 'SubnetId'?");
    check_message("Resources: {R: {Type: T, Properties: {V: !Ref AWS::Regin}}}\n",
                  "'Ref' names 'AWS::Regin', which is no parameter or resource of the template; "
                  "did you mean 'AWS::Region'?");
    /* Parameters have no attributes, and nothing depends on them. */
    check_message("Parameters: {SubnetId: {Type: String}}\n"
                  "Resources: {R: {Type: T, Properties: {V: !GetAtt SubnetIt.Id}}}\n",
                  "'Fn::GetAtt' names 'SubnetIt', which is no resource of the template.");
    check_message("Resources: {Subnet: {Type: T}, R: {Type: T, DependsOn: Subent}}\n",
                  "'DependsOn' names 'Subent', which is no resource of the template; did you mean "
                  "'Subnet'?");
    check_message("Resources: {R: {Type: T, Properties: {V: !Sub 'a${Completely}'}}}\n",
                  "'Fn::Sub' names 'Completely', which is no parameter or resource of the "
                  "template.");
}

static void in_a_template_that_a_macro_rewrites_it_is_a_note(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Transform: Mine\nResources: {R: {Type: T, Properties: {V: !Ref X}}}\n");
    assert_int_equal(f.diags.all.n, 2);
    assert_str(f.diags.all.at[1].message,
               "'Ref' names 'X', which is no parameter or resource of the template as written; a "
               "macro may define it.");
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(suggestions_fit_what_is_looked_for),
        cmocka_unit_test(in_a_template_that_a_macro_rewrites_it_is_a_note),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
