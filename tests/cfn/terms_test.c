#include "cfn/terms.h"

#include "tests/cfn/eval_cases.h"

#define TEMPLATE                                                                                   \
    "Parameters: {E: {Type: String, AllowedValues: [a, b, c]}}\nResources: {R: {Type: T}}\n"

static void equal_terms_become_one_and_empty_ones_vanish(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, TEMPLATE);
    struct guard_space *s = f.unit->space;
    uint32_t e = f.t->parameters.at[0]->var;
    struct cfn_terms b;
    cfn_terms_init(&b, f.t);
    cfn_terms_add(&b, cfn_text_term(f.t, guard_is(s, e, 0), NULL, STR("x")));
    cfn_terms_add(&b, cfn_text_term(f.t, guard_is(s, e, 1), NULL, STR("y")));
    cfn_terms_add(&b, cfn_text_term(f.t, guard_is(s, e, 2), NULL, STR("x")));
    cfn_terms_add(&b, cfn_text_term(f.t, GUARD_FALSE, NULL, STR("z")));
    struct cfn_value v = cfn_terms_value(&b);
    assert_int_equal(v.n, 2);
    assert_true(guard_same(v.at[0].when, guard_not(s, guard_is(s, e, 1))));
    assert_partition(&f, v, GUARD_TRUE);
    fixture_close(&f);
}

/* Terms of the same text but another origin are kept apart: an edit must know which is meant. */
static void another_literal_is_another_term(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, TEMPLATE);
    struct guard_space *s = f.unit->space;
    uint32_t e = f.t->parameters.at[0]->var;
    struct cfn_term term = cfn_text_term(f.t, guard_is(s, e, 0), NULL, STR("x"));
    struct cfn_terms b;
    cfn_terms_init(&b, f.t);
    cfn_terms_add(&b, term);
    term.literal = f.t->doc->root;
    term.when = guard_is(s, e, 1);
    cfn_terms_add(&b, term);
    term = cfn_none_value(f.t, guard_is(s, e, 2), NULL).at[0];
    cfn_terms_add(&b, term);
    assert_int_equal(cfn_terms_value(&b).n, 3);
    fixture_close(&f);
}

/* More terms than are compared one by one: the map finds the equal ones as well. */
static void many_terms_are_merged_as_few_are(void **state)
{
    (void)state;
    enum { MANY = 1000, DIFFERENT = 37 };
    struct fixture f = {0};
    struct buf text;
    buf_init(&text);
    buf_adds(&text, "Parameters:\n  E:\n    Type: String\n    AllowedValues:\n");
    for (int i = 0; i < MANY; i++) {
        buf_addf(&text, "      - v%d\n", i);
    }
    buf_adds(&text, "Resources: {R: {Type: T}}\n");
    fixture_open(&f, text.p);
    struct guard_space *s = f.unit->space;
    struct cfn_terms b;
    cfn_terms_init(&b, f.t);
    for (uint32_t i = 0; i < MANY; i++) {
        struct str word = str_format(&f.arena, "w%u", i % DIFFERENT);
        cfn_terms_add(&b, cfn_text_term(f.t, guard_is(s, 0, i), NULL, word));
    }
    struct cfn_value v = cfn_terms_value(&b);
    assert_int_equal(v.n, DIFFERENT);
    assert_partition(&f, v, GUARD_TRUE);
    buf_release(&text);
    fixture_close(&f);
}

static void the_same_text_is_the_same_unknown(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, TEMPLATE);
    const struct cfn_unknown *a = cfn_unknown_of(f.unit, CFN_WHY_IMPORT, STR("ImportValue x"));
    struct str same = str_copy(&f.arena, STR("ImportValue x"));
    assert_ptr_equal(a, cfn_unknown_of(f.unit, CFN_WHY_IMPORT, same));
    assert_ptr_not_equal(a, cfn_unknown_of(f.unit, CFN_WHY_IMPORT, STR("ImportValue y")));
    const struct cfn_unknown *e0 = cfn_unknown_element(f.t, a, 0);
    assert_ptr_equal(e0, cfn_unknown_element(f.t, a, 0));
    assert_ptr_not_equal(e0, cfn_unknown_element(f.t, a, 1));
    assert_str(e0->text, "ImportValue x[0]");
    assert_ptr_equal(e0->list, a);
    fixture_close(&f);
}

static void restricting_narrows_every_term(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Parameters: {E: {Type: String, AllowedValues: [a, b, c]}}\n"
                     "Resources: {R: {Type: T, Properties: {V: !Ref E}}}\n");
    struct guard_space *s = f.unit->space;
    struct cfn_value v = cfn_property(cfn_resource(f.t, STR("R")), "V");
    struct guard not_a = guard_not(s, guard_is(s, 0, 0));
    struct cfn_value narrow = cfn_restrict(f.t, v, not_a, NULL);
    assert_int_equal(narrow.n, 2);
    assert_partition(&f, narrow, not_a);
    assert_int_equal(cfn_restrict(f.t, v, GUARD_FALSE, NULL).n, 0);
    assert_int_equal(cfn_restrict(f.t, v, GUARD_TRUE, NULL).n, 3);
    assert_ptr_equal(cfn_restrict(f.t, v, not_a, f.t->doc->root).at[0].node, f.t->doc->root);
    fixture_close(&f);
}

static void a_choice_is_added_once_per_key(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Resources: {R: {Type: T}}\n");
    struct guard_variable v = {
        .name = STR("x"), .outcomes = 2, .standard = GUARD_NO_OUTCOME, .doubt = GUARD_HIGH};
    uint32_t var = cfn_choice(f.unit, STR("k"), v);
    assert_int_equal(cfn_choice(f.unit, STR("k"), v), var);
    assert_int_not_equal(cfn_choice(f.unit, STR("l"), v), var);
    assert_int_equal(guard_count(f.unit->space), 2);
    fixture_close(&f);
}

/* The guard and the place tell them apart. */
static void what_is_absent_at_one_place_is_one_term(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, TEMPLATE);
    struct guard a = guard_is(f.unit->space, f.t->parameters.at[0]->var, 0);
    const struct doc_node *root = f.t->doc->root;
    const struct cfn_term *first = cfn_none_value(f.t, GUARD_TRUE, root).at;
    assert_ptr_equal(cfn_none_value(f.t, GUARD_TRUE, root).at, first);
    assert_int_equal(cfn_none_value(f.t, GUARD_FALSE, root).n, 0);
    assert_true(guard_same(cfn_none_value(f.t, a, root).at->when, a));
    assert_null(cfn_none_value(f.t, a, NULL).at->node);
    assert_int_equal(first->kind, CFN_NONE);
    assert_ptr_equal(first->node, root);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_terms_become_one_and_empty_ones_vanish),
        cmocka_unit_test(another_literal_is_another_term),
        cmocka_unit_test(many_terms_are_merged_as_few_are),
        cmocka_unit_test(the_same_text_is_the_same_unknown),
        cmocka_unit_test(restricting_narrows_every_term),
        cmocka_unit_test(what_is_absent_at_one_place_is_one_term),
        cmocka_unit_test(a_choice_is_added_once_per_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
