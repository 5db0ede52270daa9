#include "cfn/loops.h"

#include "doc/path.h"
#include "tests/cfn/eval_cases.h"

#define EXTENDED "Transform: AWS::LanguageExtensions\n"

/* The names of all resources, in order. */
static void check_names(struct fixture *f, const char *expected)
{
    struct buf b;
    buf_init(&b);
    for (size_t i = 0; i < f->t->resources.n; i++) {
        buf_addf(&b, "%s%.*s", i > 0 ? " " : "", STR_ARG(f->t->resources.at[i]->id));
    }
    check_str(buf_str(&b), expected, __FILE__, __LINE__);
    buf_release(&b);
}

static void a_loop_makes_a_resource_for_each_item(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, EXTENDED "Resources:\n"
                              "  First: {Type: T::T}\n"
                              "  Fn::ForEach::L:\n"
                              "    - X\n"
                              "    - [a, b]\n"
                              "    - R${X}: {Type: T::T, Properties: {V: !Ref X}}\n"
                              "      S${X}: {Type: T::T}\n"
                              "  Last: {Type: T::T}\n");
    check_names(&f, "First Ra Sa Rb Sb Last");
    assert_diags(&f, "");
    const struct cfn_resource *r = cfn_resource(f.t, STR("Rb"));
    struct cfn_value v = cfn_property(r, "V");
    assert_int_equal(v.n, 1);
    assert_true(str_is(v.at[0].text, "b"));
    /* The pointer is that of what is written, the property that of what is deployed. */
    const struct doc_node *value = doc_get(r->properties, "V");
    assert_int_equal(doc_copies(value), 2);
    assert_true(
        str_is(doc_pointer(&f.arena, value), "/Resources/Fn::ForEach::L/2/R${X}/Properties/V"));
    assert_true(str_is(doc_path(&f.arena, r->node, value), "Properties/V"));
    fixture_close(&f);
}

static void loops_in_loops_and_in_properties_are_expanded(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, EXTENDED "Resources:\n"
                              "  Fn::ForEach::Outer:\n"
                              "    - X\n"
                              "    - [a, b]\n"
                              "    - Fn::ForEach::Inner${X}:\n"
                              "        - Y\n"
                              "        - [!Sub '${X}1', '2']\n"
                              "        - P${X}${Y}: {Type: T::T}\n"
                              "  R:\n"
                              "    Type: T::T\n"
                              "    Properties:\n"
                              "      Before: 1\n"
                              "      Fn::ForEach::Inside: [K, [x, y], {'Key&{K}': 'is ${K}'}]\n");
    check_names(&f, "Paa1 Pa2 Pbb1 Pb2 R");
    assert_value(&f, "Keyy", "\"is y\"");
    assert_value(&f, "Before", "\"1\"");
    assert_diags(&f, "");
    fixture_close(&f);
}

static void only_letters_and_digits_are_left_of_an_ampersand(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, EXTENDED "Resources:\n"
                              "  Fn::ForEach::L: [Ip, [10.0.0.1/32], {'R&{Ip}': {Type: T::T}}]\n");
    check_names(&f, "R1000132");
    fixture_close(&f);
}

static void what_a_default_makes_is_sure_only_with_the_default(void **state)
{
    (void)state;
    static const char text[] =
        EXTENDED "Parameters:\n"
                 "  Names: {Type: CommaDelimitedList, Default: 'a,b'}\n"
                 "Resources:\n"
                 "  R: {Type: T::T, Properties: {V: !Ref Xa}}\n"
                 "  Fn::ForEach::L: [N, !Ref Names, {'X${N}': {Type: T::T}}]\n";
    struct fixture f = {0};
    fixture_open(&f, text);
    check_names(&f, "R Xa Xb");
    const struct cfn_resource *x = cfn_resource(f.t, STR("Xa"));
    assert_false(guard_is_true(x->when));
    assert_true(guard_disjoint(f.unit->space, x->when, x->unsure));
    assert_true(guard_is_true(guard_or(f.unit->space, x->when, x->unsure)));
    assert_true(guard_same(x->unsure, cfn_loop_unsure(f.t, "Resources", STR("Xa"))));
    assert_true(guard_is_true(f.unit->family)); /* another list may make Xa as well */
    assert_diags(&f, "CFNR931 !Ref Names");
    fixture_close(&f);

    fixture_give(&f, "Names", "c");
    fixture_open(&f, text);
    check_names(&f, "R Xc");
    assert_true(guard_is_true(cfn_resource(f.t, STR("Xc"))->when));
    assert_diags(&f, "CFNR910 !Ref Xa");
    fixture_close(&f);
}

static void what_cannot_be_expanded_is_said_where_it_stands(void **state)
{
    (void)state;
    static const struct {
        const char *loop;
        const char *diags;
    } cases[] = {
        {"Fn::ForEach::L: 1", "CFNR931 Fn::ForEach::L; CFNR912 1"},
        {"Fn::ForEach::L: [X, [a]]", "CFNR931 Fn::ForEach::L; CFNR912 [X, [a]]"},
        {"Fn::ForEach::L: [X, a, {}]", "CFNR931 Fn::ForEach::L; CFNR912 a"},
        {"Fn::ForEach::L: [X, {a: b}, {}]", "CFNR931 Fn::ForEach::L; CFNR912 {a: b}"},
        {"Fn::ForEach::L: [X, [a], b]", "CFNR931 Fn::ForEach::L; CFNR912 b"},
        {"Fn::ForEach::L: [[X], [a], {}]", "CFNR931 Fn::ForEach::L; CFNR912 [X]"},
        {"Fn::ForEach::L: [P, [a], {}]", "CFNR931 Fn::ForEach::L; CFNR912 P"},
        {"Fn::ForEach::R: [X, [a], {'S${X}': {Type: T::T}}]", "CFNR912 Fn::ForEach::R"},
        {"Fn::ForEach: [X, [a], {}]", "CFNR912 Fn::ForEach; CFNR931 Fn::ForEach"},
        {"Fn::ForEach::L: [X, [a, a], {'S${X}': {Type: T::T}}]", "CFNR903 'S${X}'"},
        {"Fn::ForEach::L: [X, [a], {R: {Type: T::T}}]", "CFNR903 R"},
        {"Fn::ForEach::L: [X, [], {}]", "CFNR940 []"},
        {"Fn::ForEach::L: [X, !Ref Secret, {}]", "CFNR931 Fn::ForEach::L; CFNR931 !Ref Secret"},
        {"Fn::ForEach::L: [X, [!Ref R], {}]", "CFNR931 Fn::ForEach::L; CFNR931 [!Ref R]"},
        {"Fn::ForEach::L: [X, [a], {'Fn::ForEach::M': [X, [b], {}]}]",
         "CFNR931 'Fn::ForEach::M'; CFNR912 X"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f = {0};
        struct buf text;
        buf_init(&text);
        buf_addf(&text,
                 EXTENDED "Parameters:\n"
                          "  P: {Type: String}\n"
                          "  Secret: {Type: CommaDelimitedList, NoEcho: true, Default: a}\n"
                          "Resources:\n"
                          "  R: {Type: T::T}\n"
                          "  %s\n",
                 cases[i].loop);
        print_message("        %s\n", cases[i].loop);
        fixture_open(&f, text.p);
        assert_diags(&f, cases[i].diags);
        fixture_close(&f);
        buf_release(&text);
    }
}

static void a_template_without_the_transform_is_warned_of(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Resources:\n"
                     "  Fn::ForEach::L: [X, [a], {'R${X}': {Type: T::T}}]\n");
    check_names(&f, "Ra");
    assert_diags(&f, "CFNR940 Resources");
    fixture_close(&f);
}

static void loops_that_multiply_end_at_the_budget(void **state)
{
    (void)state;
    struct buf text;
    struct fixture f = {0};
    buf_init(&text);
    buf_adds(&text, EXTENDED "Resources:\n  R: {Type: T::T}\n  ");
    for (int i = 0; i < 8; i++) {
        buf_addf(&text, "%sFn::ForEach::L%d: [X%d, [a, b, c, d, e, f, g, h], ", i ? "{" : "", i, i);
    }
    buf_adds(&text, "{}");
    for (int i = 0; i < 8; i++) {
        buf_adds(&text, i < 7 ? "]}" : "]");
    }
    fixture_open(&f, text.p);
    check_names(&f, "R");
    assert_int_equal(f.diags.errors, 1);
    assert_true(f.t->has_macro);
    fixture_close(&f);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_loop_makes_a_resource_for_each_item),
        cmocka_unit_test(loops_in_loops_and_in_properties_are_expanded),
        cmocka_unit_test(only_letters_and_digits_are_left_of_an_ampersand),
        cmocka_unit_test(what_a_default_makes_is_sure_only_with_the_default),
        cmocka_unit_test(what_cannot_be_expanded_is_said_where_it_stands),
        cmocka_unit_test(a_template_without_the_transform_is_warned_of),
        cmocka_unit_test(loops_that_multiply_end_at_the_budget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
