#include "tests/cfn/several.h"

#define NESTED(values)                                                                             \
    "  Net: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: n.yaml, Parameters: "   \
    "{" values "}}}\n"

static void check(struct fixture *f, const char *template, const char *expected)
{
    for (size_t i = 0; i < f->unit->templates.n; i++) {
        if (str_is(f->unit->templates.at[i]->name, template)) {
            f->t = f->unit->templates.at[i];
            assert_value(f, "V", expected);
            return;
        }
    }
    fail_msg("no template %s", template);
}

static const char CHILD[] = "Parameters:\n"
                            "  P: {Type: String}\n"
                            "  Ids: {Type: CommaDelimitedList, Default: 'a,b'}\n"
                            "Resources:\n"
                            "  R: {Type: T, Properties: {V: !Ref P, W: !Ref Ids}}\n"
                            "Outputs: {Out: {Value: !Ref R}, Back: {Value: !Ref P}}\n";

/* The same unknown, the same variable, the same resource: nothing is chosen twice. */
static void a_parameter_is_what_the_parent_passes(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        const char *seen;
    } cases[] = {
        {"P: '10.0.0.0/8'", "\"10.0.0.0/8\""},
        {"P: !Ref Env", "Env=dev -> \"dev\"; Env=prod -> \"prod\""},
        {"P: !Ref Free", "?Free"},
        {"P: !Ref S", "S"},
        {"P: !GetAtt S.Arn", "S.Arn"},
        {"P: !If [IsDev, a, !Ref Free]", "Env=dev -> \"a\"; Env=prod -> ?Free"},
        {"P: !Sub '${Free}/32'", "~\"${Free}/32\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f = {0};
        struct buf text;
        buf_init(&text);
        buf_addf(&text,
                 "Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}, Free: {Type: "
                 "String}}\n"
                 "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
                 "Resources:\n  S: {Type: T}\n"
                 "  Net: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: n.yaml, "
                 "Parameters: {%s}}}\n",
                 cases[i].value);
        const struct several all[] = {{"", text.p, NULL, NULL}, {NULL, CHILD, "0.Net", NULL}};
        several_open(&f, all, 2);
        check(&f, "Net", cases[i].seen);
        assert_value(&f, "W", "[\"a\", \"b\"]"); /* nobody can change a default that stands */
        assert_diags(&f, "");
        fixture_close(&f);
        buf_release(&text);
    }
}

static void a_list_is_passed_as_a_list_or_as_a_joined_text(void **state)
{
    (void)state;
    static const char *const values[] = {"P: x, Ids: !Join [',', [!Ref S, !Ref U]]",
                                         "P: x, Ids: [!Ref S, !Ref U]"};
    for (size_t i = 0; i < 2; i++) {
        struct fixture f = {0};
        struct buf text;
        buf_init(&text);
        buf_addf(&text,
                 "Resources:\n  S: {Type: T}\n  U: {Type: T}\n"
                 "  Net: {Type: 'AWS::CloudFormation::Stack', Properties: {Parameters: {%s}}}\n",
                 values[i]);
        const struct several all[] = {{"", text.p, NULL, NULL}, {NULL, CHILD, "0.Net", NULL}};
        several_open(&f, all, 2);
        f.t = f.unit->templates.at[1];
        assert_value(&f, "W", "[S, U]");
        fixture_close(&f);
        buf_release(&text);
    }
}

static void an_output_is_the_value_that_the_nested_template_gives(void **state)
{
    (void)state;
    struct fixture f = {0};
    const struct several all[] = {
        {"",
         "Resources:\n" NESTED(
             "P: !Ref R") "  R: {Type: T, Properties: {V: !GetAtt Net.Outputs.Out, W: !GetAtt "
                          "Net.Outputs.Back,\n"
                          "      X: !Sub '${Net.Outputs.Out}', Y: !GetAtt Net.Outputs.Uot}}\n",
         NULL, NULL},
        {NULL, CHILD, "0.Net", NULL}};
    several_open(&f, all, 2);
    assert_value(&f, "V", "Net/R");
    assert_value(&f, "W", "R");
    assert_value(&f, "X", "Net/R");
    assert_value(&f, "Y", "Net.Outputs.Uot");
    /* Net gets R, and R takes from Net: CloudFormation cannot make either first. */
    assert_diags(&f, "CFNR911 !Ref R; CFNR910 !GetAtt Net.Outputs.Uot");
    fixture_close(&f);
}

static void the_condition_of_a_stack_guards_all_that_is_in_it(void **state)
{
    (void)state;
    struct fixture f = {0};
    const struct several all[] = {
        {"",
         "Parameters: {Env: {Type: String}}\n"
         "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
         "Resources:\n"
         "  Net: {Type: 'AWS::CloudFormation::Stack', Condition: IsDev, Properties: {Parameters: "
         "{P: !Ref Env}}}\n",
         NULL, NULL},
        {NULL,
         "Parameters: {P: {Type: String}}\n"
         "Conditions: {IsTest: !Equals [!Ref P, test], Not: !Not [Condition: IsTest]}\n"
         "Resources:\n"
         "  A: {Type: T}\n"
         "  B: {Type: T, Condition: IsTest}\n"
         "  C: {Type: T, Condition: Not}\n",
         "0.Net", NULL}};
    several_open(&f, all, 2);
    const struct cfn_template *t = f.unit->templates.at[1];
    struct buf shown;
    buf_init(&shown);
    for (size_t i = 0; i < 3; i++) {
        guard_print(f.unit->space, t->resources.at[i]->when, &shown);
        buf_addc(&shown, ';');
    }
    /* What the nested template compares with is an outcome of the parent's parameter. */
    assert_str(buf_str(&shown), "Env=dev;false;Env=dev;");
    assert_int_equal(guard_count(f.unit->space), 1);
    buf_release(&shown);
    fixture_close(&f);
}

static void two_stacks_of_one_template_are_two(void **state)
{
    (void)state;
    struct fixture f = {0};
    const struct several all[] = {
        {"",
         "Resources:\n"
         "  A: {Type: 'AWS::CloudFormation::Stack', Properties: {Parameters: {P: one}}}\n"
         "  B: {Type: 'AWS::CloudFormation::Stack', Properties: {Parameters: {P: two}}}\n"
         "  R: {Type: T, Properties: {V: [!GetAtt A.Outputs.Out, !GetAtt B.Outputs.Out]}}\n",
         NULL, NULL},
        {NULL,
         "Parameters: {P: {Type: String}}\n"
         "Mappings: {M: {one: {k: 1}, two: {k: 2}}}\n"
         "Resources: {R: {Type: T, Properties: {V: !FindInMap [M, !Ref P, k]}}}\n"
         "Outputs: {Out: {Value: !Ref R}}\n",
         "0.A 0.B", NULL}};
    several_open(&f, all, 2);
    check(&f, "A", "\"1\"");
    check(&f, "B", "\"2\"");
    check(&f, "", "[A/R, B/R]");
    assert_diags(&f, "");
    fixture_close(&f);
}

static void a_template_that_holds_itself_has_an_end(void **state)
{
    (void)state;
    struct fixture f = {0};
    const struct several all[] = {
        {"", "Resources:\n  A: {Type: 'AWS::CloudFormation::Stack'}\n", "1.B", NULL},
        {NULL, "Resources:\n  B: {Type: 'AWS::CloudFormation::Stack'}\n", "0.A", NULL}};
    several_open(&f, all, 2);
    assert_int_equal(f.unit->templates.n, 2);
    assert_diags(&f, "CFNR911 B");
    fixture_close(&f);
}

static void what_a_stack_passes_is_held_against_what_is_declared(void **state)
{
    (void)state;
    struct fixture f = {0};
    const struct several all[] = {{"",
                                   "Resources:\n"
                                   "  A: {Type: 'AWS::CloudFormation::Stack', Properties: "
                                   "{Parameters: {Env: test, Evn: x}}}\n"
                                   "  B: {Type: 'AWS::CloudFormation::Stack'}\n",
                                   NULL, NULL},
                                  {NULL,
                                   "Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}}\n"
                                   "Resources: {R: {Type: T}}\n",
                                   "0.A 0.B", NULL}};
    several_open(&f, all, 2);
    assert_diags(&f, "CFNR940 test; CFNR940 Evn; CFNR940 B");
    fixture_close(&f);
}

/* So that a group that is passed on counts as used where the nested template uses it. */
static void what_is_passed_is_referred_to_from_inside(void **state)
{
    (void)state;
    struct fixture f = {0};
    const struct several all[] = {
        {"", "Resources:\n  S: {Type: T}\n" NESTED("P: !Ref S"), NULL, NULL},
        {NULL, CHILD, "0.Net", NULL}};
    several_open(&f, all, 2);
    const struct cfn_template *t = f.unit->templates.at[1];
    bool found = false;
    for (size_t i = 0; i < t->references.n; i++) {
        const struct cfn_reference *r = &t->references.at[i];
        found |= r->to->home == f.t && str_is(r->to->id, "S") && r->from != NULL;
    }
    assert_true(found);
    fixture_close(&f);
}

/* Values of the command line are for what the user deploys. */
static void given_values_do_not_reach_nested_templates(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_give(&f, "P", "given");
    const struct several all[] = {{"", "Resources:\n" NESTED("P: passed"), NULL, NULL},
                                  {NULL, CHILD, "0.Net", NULL}};
    several_open(&f, all, 2);
    check(&f, "Net", "\"passed\"");
    assert_false(f.given[0].used);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_parameter_is_what_the_parent_passes),
        cmocka_unit_test(a_list_is_passed_as_a_list_or_as_a_joined_text),
        cmocka_unit_test(an_output_is_the_value_that_the_nested_template_gives),
        cmocka_unit_test(the_condition_of_a_stack_guards_all_that_is_in_it),
        cmocka_unit_test(two_stacks_of_one_template_are_two),
        cmocka_unit_test(a_template_that_holds_itself_has_an_end),
        cmocka_unit_test(what_a_stack_passes_is_held_against_what_is_declared),
        cmocka_unit_test(what_is_passed_is_referred_to_from_inside),
        cmocka_unit_test(given_values_do_not_reach_nested_templates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
