#include "analysis/plan.h"

#include "tests/check.h"

struct given {
    const char *path;
    const char *bytes;
    const char *stack_name;
};

/* Reads and notes; the tree. */
static struct doc *note(struct plan *p, size_t i, struct arena *a, struct str bytes)
{
    struct plan_notes notes = plan_notes_of(p, i, a, bytes, &(struct cfn_options){0});
    assert_false(p->all.at[i].is_noted);
    plan_note(p, i, &notes);
    assert_true(p->all.at[i].is_noted);
    return notes.doc;
}

/* The units, as "a.yaml+b.yaml c.yaml"; a nested template in brackets. */
static void check(const struct given *all, size_t n, const char *expected)
{
    struct arena a = {0};
    struct plan p = {.arena = &a};
    for (size_t i = 0; i < n; i++) {
        (void)plan_add(&p, (struct plan_template){.path = str_from(all[i].path),
                                                  .stack_name = str_from(all[i].stack_name),
                                                  .words = plan_scan(str_from(all[i].bytes))});
    }
    for (size_t i = 0; i < n; i++) {
        if (plan_needs_notes(&p, i)) {
            assert_non_null(note(&p, i, &a, str_from(all[i].bytes)));
        }
    }
    struct str path;
    while (plan_wanted(&p, &path)) {}
    plan_join(&p);
    struct str shown = STR("");
    for (size_t i = 0; i < p.units.n; i++) {
        for (size_t k = 0; k < p.units.at[i].members.n; k++) {
            const struct plan_template *t = &p.all.at[p.units.at[i].members.at[k]];
            shown = str_format(&a, "%.*s%s%s%.*s%s", STR_ARG(shown),
                               k > 0   ? "+"
                               : i > 0 ? " "
                                       : "",
                               t->is_nested ? "[" : "", STR_ARG(t->path), t->is_nested ? "]" : "");
        }
    }
    assert_str(shown, expected);
    arena_release(&a);
}

#define IMPORTS(name) "Resources: {R: {Type: T, Properties: {V: {'Fn::ImportValue': " name "}}}}\n"
#define EXPORTS(name)                                                                              \
    "Resources: {R: {Type: T}}\nOutputs: {O: {Value: !Ref R, Export: {Name: " name "}}}\n"
#define STACK(url)                                                                                 \
    "Parameters: {B: {Type: String}}\n"                                                            \
    "Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: " url "}}}\n"

static void only_links_join(void **state)
{
    (void)state;
    const struct given strangers[] = {{"a.yaml", IMPORTS("x-one"), NULL},
                                      {"b.yaml", EXPORTS("x-two"), NULL},
                                      {"c.yaml", "Resources: {R: {Type: T}}\n", NULL}};
    check(strangers, 3, "a.yaml b.yaml c.yaml");
    const struct given linked[] = {{"c.yaml", "Resources: {R: {Type: T}}\n", NULL},
                                   {"a.yaml", IMPORTS("x-one"), NULL},
                                   {"d.yaml", "Resources: {R: {Type: T}}\n", NULL},
                                   {"b.yaml", EXPORTS("x-one"), NULL}};
    check(linked, 4, "c.yaml a.yaml+b.yaml d.yaml");
}

/* A chain is one unit, which stands where its first template does. */
static void links_are_followed_to_the_end(void **state)
{
    (void)state;
    const struct given all[] = {
        {"app.yaml", IMPORTS("sec-one"), NULL},
        {"sec.yaml", IMPORTS("net-one") "Outputs: {O: {Value: x, Export: {Name: sec-one}}}\n",
         NULL},
        {"net.yaml", EXPORTS("net-one"), NULL}};
    check(all, 3, "app.yaml+sec.yaml+net.yaml");
}

static void a_link_that_could_lead_to_several_joins_none(void **state)
{
    (void)state;
    const struct given same[] = {{"a.yaml", IMPORTS("x-one"), NULL},
                                 {"b.yaml", EXPORTS("x-one"), NULL},
                                 {"c.yaml", EXPORTS("x-one"), NULL}};
    check(same, 3, "a.yaml b.yaml c.yaml");
    const struct given gaps[] = {{"a.yaml", IMPORTS("x-Vpc"), NULL},
                                 {"b.yaml", EXPORTS("!Sub '${AWS::StackName}-Vpc'"), NULL},
                                 {"c.yaml", EXPORTS("!Sub '${AWS::StackName}-Vpc'"), NULL}};
    check(gaps, 3, "a.yaml b.yaml c.yaml");
    const struct given named[] = {{"a.yaml", IMPORTS("x-Vpc"), NULL},
                                  {"b.yaml", EXPORTS("!Sub '${AWS::StackName}-Vpc'"), "y"},
                                  {"c.yaml", EXPORTS("!Sub '${AWS::StackName}-Vpc'"), "x"}};
    check(named, 3, "a.yaml+c.yaml b.yaml");
    check(gaps, 2, "a.yaml+b.yaml");
}

static void warned(const struct given *all, size_t n, const char *expected)
{
    struct arena a = {0};
    struct plan p = {.arena = &a};
    struct diags diags;
    diags_init(&diags, &a);
    for (size_t i = 0; i < n; i++) {
        (void)plan_add(&p, (struct plan_template){.path = str_from(all[i].path),
                                                  .stack_name = str_from(all[i].stack_name),
                                                  .words = plan_scan(str_from(all[i].bytes))});
    }
    for (size_t i = 0; i < n; i++) {
        (void)note(&p, i, &a, str_from(all[i].bytes));
    }
    struct str path;
    while (plan_wanted(&p, &path)) {}
    plan_join(&p);
    plan_warn(&p, &diags);
    assert_int_equal(diags.all.n, expected == NULL ? 0 : 1);
    if (expected != NULL) {
        assert_int_equal(diags.all.at[0].id, DIAG_CONFIG);
        assert_str(diags.all.at[0].path, all[0].path);
        assert_true(str_starts(diags.all.at[0].message, str_from(expected)));
    }
    arena_release(&a);
}

static void an_import_that_several_could_answer_is_said(void **state)
{
    (void)state;
    const struct given same[] = {{"a.yaml", IMPORTS("x-one"), NULL},
                                 {"b.yaml", EXPORTS("x-one"), NULL},
                                 {"c.yaml", EXPORTS("x-one"), NULL},
                                 {"d.yaml", EXPORTS("x-one"), NULL}};
    warned(same, 4,
           "It imports 'x-one', which several of the templates export ('b.yaml', 'c.yaml' and 1 "
           "more); ");
    warned(same, 3,
           "It imports 'x-one', which several of the templates export ('b.yaml' and 'c.yaml'); ");
    warned(same, 2, NULL);
    const struct given gaps[] = {
        {"a.yaml", "Parameters: {Net: {Type: String}}\n" IMPORTS("!Sub '${Net}-Vpc'"), NULL},
        {"b.yaml", EXPORTS("x-Vpc"), NULL},
        {"c.yaml", EXPORTS("y-Vpc"), NULL}};
    warned(gaps, 3,
           "It imports '*-Vpc', which several of the templates export ('b.yaml' and 'c.yaml'); ");
    const struct given named[] = {{"a.yaml", IMPORTS("x-Vpc"), NULL},
                                  {"b.yaml", EXPORTS("!Sub '${AWS::StackName}-Vpc'"), "y"},
                                  {"c.yaml", EXPORTS("!Sub '${AWS::StackName}-Vpc'"), "x"}};
    warned(named, 3, NULL);
}

static void nested_stacks_join_by_path_or_by_the_only_name(void **state)
{
    (void)state;
    const char *leaf = "Resources: {R: {Type: T}}\n";
    const struct given local[] = {{"s/main.yaml", STACK("./x/../net.yaml"), NULL},
                                  {"s/net.yaml", leaf, NULL},
                                  {"net.yaml", leaf, NULL}};
    check(local, 3, "s/main.yaml+[s/net.yaml] net.yaml");
    const struct given packaged[] = {
        {"net.yaml", leaf, NULL},
        {"main.yaml", STACK("!Sub 'https://${B}.s3.amazonaws.com/v1/net.yaml'"), NULL}};
    check(packaged, 2, "[net.yaml]+main.yaml");
    const struct given two[] = {{"a/net.yaml", leaf, NULL},
                                {"b/net.yaml", leaf, NULL},
                                {"main.yaml", STACK("https://h/net.yaml"), NULL}};
    check(two, 3, "a/net.yaml b/net.yaml main.yaml");
    const struct given unknown[] = {{"net.yaml", leaf, NULL}, {"main.yaml", STACK("!Ref B"), NULL}};
    check(unknown, 2, "net.yaml main.yaml");
    const struct given circle[] = {{"a.yaml", STACK("b.yaml"), NULL},
                                   {"b.yaml", STACK("a.yaml"), NULL}};
    check(circle, 2, "a.yaml+[b.yaml]");
}

static void a_file_that_is_not_there_is_asked_for_once(void **state)
{
    (void)state;
    struct arena a = {0};
    struct plan p = {.arena = &a};
    struct str bytes = STR(STACK("net.yaml"));
    size_t i =
        plan_add(&p, (struct plan_template){.path = STR("s/main.yaml"), .words = plan_scan(bytes)});
    assert_true(plan_needs_notes(&p, i));
    assert_non_null(note(&p, i, &a, bytes));
    struct str path;
    assert_true(plan_wanted(&p, &path));
    assert_str(path, "s/net.yaml");
    assert_false(plan_wanted(&p, &path));
    (void)plan_add(&p, (struct plan_template){.path = path});
    assert_false(plan_wanted(&p, &path));
    plan_join(&p);
    assert_int_equal(p.units.n, 1);
    struct str both[] = {bytes, STR("Resources: {R: {Type: T}}\n")};
    struct analysis_unit u = plan_unit_of(&a, &p, 0, both);
    assert_int_equal(u.input_n, 2);
    assert_int_equal(u.nesting_n, 1);
    assert_str(u.nestings[0].resource, "S");
    assert_int_equal(u.nestings[0].child, 1);
    assert_true(u.inputs[1].is_nested);
    arena_release(&a);
}

/* Where its own file is not there, the only template of the file's name is meant, whoever comes
 * first; of several none is, unless the other one is the parent. */
static void a_file_elsewhere_is_meant_if_it_is_the_only_one_of_its_name(void **state)
{
    (void)state;
    const struct given elsewhere[] = {{"s/main.yaml", STACK("sub/net.yaml"), NULL},
                                      {"t/main.yaml", STACK("./net.yaml"), NULL},
                                      {"other/net.yaml", "Resources: {R: {Type: T}}\n", NULL}};
    check(elsewhere, 3, "s/main.yaml+t/main.yaml+[other/net.yaml]");
    const struct given several[] = {{"s/main.yaml", STACK("sub/net.yaml"), NULL},
                                    {"a/net.yaml", "Resources: {R: {Type: T}}\n", NULL},
                                    {"b/net.yaml", "Resources: {R: {Type: T}}\n", NULL}};
    check(several, 3, "s/main.yaml a/net.yaml b/net.yaml");
    const struct given of_the_same_name[] = {{"a/net.yaml", "Resources: {R: {Type: T}}\n", NULL},
                                             {"s/net.yaml", STACK("sub/net.yaml"), NULL}};
    check(of_the_same_name, 2, "[a/net.yaml]+s/net.yaml");
    const struct given third[] = {{"a/net.yaml", "Resources: {R: {Type: T}}\n", NULL},
                                  {"b/net.yaml", "Resources: {R: {Type: T}}\n", NULL},
                                  {"s/net.yaml", STACK("sub/net.yaml"), NULL}};
    check(third, 3, "a/net.yaml b/net.yaml s/net.yaml");
}

static void a_nested_stack_that_several_could_be_is_said(void **state)
{
    (void)state;
    const char *leaf = "Resources: {R: {Type: T}}\n";
    const struct given several[] = {{"main.yaml", STACK("https://h/net.yaml"), NULL},
                                    {"a/net.yaml", leaf, NULL},
                                    {"b/net.yaml", leaf, NULL},
                                    {"c/net.yaml", leaf, NULL}};
    warned(
        several, 4,
        "The template of nested stack 'S' is called 'net.yaml', and so are 3 of the templates; ");
    warned(
        several, 3,
        "The template of nested stack 'S' is called 'net.yaml', and so are 2 of the templates; ");
    warned(several, 2, NULL);
    warned(several, 1, NULL);
    /* The parent is not its own template. */
    const struct given parent[] = {{"s/net.yaml", STACK("sub/net.yaml"), NULL},
                                   {"a/net.yaml", leaf, NULL},
                                   {"b/net.yaml", leaf, NULL}};
    warned(parent, 2, NULL);
    warned(parent, 3, "The template of nested stack 'S' is called 'net.yaml', and so are 2 of ");
    const struct given near[] = {{"main.yaml", STACK("a/net.yaml"), NULL},
                                 {"a/net.yaml", leaf, NULL},
                                 {"b/net.yaml", leaf, NULL}};
    warned(near, 3, NULL);
}

static void words_are_found_wherever_they_stand(void **state)
{
    (void)state;
    assert_int_equal(plan_scan(STR("ImportValue")), PLAN_IMPORTS);
    assert_int_equal(plan_scan(STR("Export")), PLAN_EXPORTS);
    assert_int_equal(plan_scan(STR("xExport")), PLAN_EXPORTS);
    assert_int_equal(plan_scan(STR("x AWS::CloudFormation::Stack x")), PLAN_STACKS);
    assert_int_equal(plan_scan(STR("VVImportValue: Exxport, Export")), PLAN_IMPORTS | PLAN_EXPORTS);
    assert_int_equal(plan_scan(STR("Expor")), 0);
    assert_int_equal(plan_scan(STR("ImportValu")), 0);
    assert_int_equal(plan_scan(STR("AWS::CloudFormation::Stac")), 0);
    assert_int_equal(plan_scan(STR("VxF")), 0);
    assert_int_equal(plan_scan(STR("")), 0);
}

/* So that hundreds of strangers cost what they do alone. */
static void what_cannot_be_linked_is_not_looked_into(void **state)
{
    (void)state;
    struct arena a = {0};
    struct plan p = {.arena = &a};
    size_t i = plan_add(&p, (struct plan_template){.words = plan_scan(STR(EXPORTS("x-one")))});
    size_t k = plan_add(&p, (struct plan_template){.words = plan_scan(STR("Resources: {}"))});
    assert_false(plan_needs_notes(&p, i)); /* nobody imports */
    assert_false(plan_needs_notes(&p, k));
    size_t m = plan_add(&p, (struct plan_template){.words = plan_scan(STR(IMPORTS("x-one")))});
    assert_true(plan_needs_notes(&p, i));
    assert_false(plan_needs_notes(&p, k));
    assert_true(plan_needs_notes(&p, m));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_links_join),
        cmocka_unit_test(links_are_followed_to_the_end),
        cmocka_unit_test(a_link_that_could_lead_to_several_joins_none),
        cmocka_unit_test(a_nested_stack_that_several_could_be_is_said),
        cmocka_unit_test(an_import_that_several_could_answer_is_said),
        cmocka_unit_test(nested_stacks_join_by_path_or_by_the_only_name),
        cmocka_unit_test(a_file_that_is_not_there_is_asked_for_once),
        cmocka_unit_test(a_file_elsewhere_is_meant_if_it_is_the_only_one_of_its_name),
        cmocka_unit_test(words_are_found_wherever_they_stand),
        cmocka_unit_test(what_cannot_be_linked_is_not_looked_into),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
