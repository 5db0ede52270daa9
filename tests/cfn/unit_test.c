#include "tests/cfn/eval_cases.h"

/* Whether a name is declared anywhere is for the run to say, which knows all templates. */
static void a_given_name_is_marked_where_it_is_declared(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_give(&f, "Evn", "dev");
    fixture_give(&f, "Env", "dev");
    fixture_open(&f, "Parameters: {Env: {Type: String}}\nResources: {R: {Type: T}}\n");
    assert_int_equal(f.diags.all.n, 0);
    assert_false(f.given[0].used);
    assert_true(f.given[1].used);
    fixture_close(&f);
}

/* Two templates in one unit: names are qualified, identities are not shared by accident. */
static void templates_of_a_unit_keep_their_names_apart(void **state)
{
    (void)state;
    struct fixture f = {0};
    arena_init(&f.arena);
    source_set_init(&f.sources, &f.arena);
    diags_init(&f.diags, &f.arena);
    f.unit = cfn_unit_new(&f.arena, &f.sources, &f.diags, f.options);
    const char *text = "Parameters: {Vpc: {Type: 'AWS::EC2::VPC::Id'}}\n"
                       "Resources: {R: {Type: T, Properties: {V: !Ref Vpc, W: !ImportValue x,"
                       " X: !GetAtt R.Y}}}\n";
    struct cfn_template *t[2];
    for (size_t i = 0; i < 2; i++) {
        struct source *s = source_add(&f.sources, STR("t.yaml"), str_from(text));
        struct doc *doc = doc_read(&f.arena, s, LIMIT_TEMPLATE_BYTES, &f.diags);
        t[i] = cfn_add(f.unit, doc, i == 0 ? STR("net") : STR("app"));
    }
    struct cfn_value a = cfn_property(cfn_resource(t[0], STR("R")), "V");
    struct cfn_value b = cfn_property(cfn_resource(t[1], STR("R")), "V");
    assert_str(a.at[0].unknown->text, "net/Vpc");
    assert_str(b.at[0].unknown->text, "app/Vpc");
    assert_int_equal(cfn_compare(&a.at[0], &b.at[0]), CFN_UNDECIDED);
    a = cfn_property(cfn_resource(t[0], STR("R")), "W"); /* an export has one owner */
    b = cfn_property(cfn_resource(t[1], STR("R")), "W");
    assert_int_equal(cfn_compare(&a.at[0], &b.at[0]), CFN_SAME);
    a = cfn_property(cfn_resource(t[0], STR("R")), "X");
    assert_str(cfn_text_of(&f.arena, &a.at[0]), "net/R.Y");
    fixture_close(&f);
}

static void a_document_without_a_tree_is_no_template(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "a: [b\n");
    assert_null(f.t);
    assert_int_equal(f.unit->templates.n, 0);
    assert_true(f.diags.errors > 0);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_given_name_is_marked_where_it_is_declared),
        cmocka_unit_test(templates_of_a_unit_keep_their_names_apart),
        cmocka_unit_test(a_document_without_a_tree_is_no_template),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
