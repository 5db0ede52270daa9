#include "cfn/list.h"

#include "tests/cfn/written.h"

#define HEAD                                                                                       \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, AllowedValues: [dev, prod]}\n"                                          \
    "  Ids: {Type: CommaDelimitedList, Default: ' x , y '}\n"                                      \
    "  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}\n"                                            \
    "  Free: {Type: String, AllowedPattern: 'sg-.*'}\n"                                            \
    "Conditions:\n"                                                                                \
    "  Dev: !Equals [!Ref Env, dev]\n"                                                             \
    "Resources:\n"                                                                                 \
    "  Web: {Type: T}\n"

/* Items of V, one after another. */
static void check_items(const char *expression, const char *expected)
{
    struct written w;
    written_begin(&w);
    buf_addf(&w.text, HEAD "  R: {Type: T, Properties: {V: %s}}\n", expression);
    written_open(&w, expression);
    show_value(&w.f, cfn_items(cfn_property(cfn_resource(w.f.t, STR("R")), "V")), GUARD_TRUE,
               &w.shown);
    written_end(&w, expected, NULL);
}

static void items_carry_their_own_guards(void **state)
{
    (void)state;
    check_items("[a, b]", "\"a\"; \"b\"");
    check_items("[]", "");
    check_items("!Ref AWS::NoValue", "");
    check_items("a", "\"a\""); /* a scalar counts as a list of one */
    check_items("{K: v}", "{K}");
    check_items("[a, !If [Dev, b, !Ref 'AWS::NoValue'], a]", "\"a\"; Env=dev -> \"b\"; \"a\"");
    check_items("!If [Dev, [a, b], [b]]", "Env=dev -> \"a\"; Env=dev -> \"b\"; Env=prod -> \"b\"");
    check_items("[!If [Dev, {A: 1}, {B: 2}]]", "Env=dev -> {A}; Env=prod -> {B}");
    check_items("!Ref Subnets", "?Subnets"); /* of unknown length: one unknown element */
    check_items("!Ref Ids", "Ids= x , y  -> \"x\"; Ids= x , y  -> \"y\"; Ids!= x , y  -> ?Ids");
    check_items("!Split [',', 'a,b']", "\"a\"; \"b\"");
    check_items("[a, [b, [c]]]", "\"a\"; \"b\"; \"c\""); /* nothing gets lost */
    check_items("[!If [Dev, [a, b], c]]", "Env=dev -> \"a\"; Env=dev -> \"b\"; Env=prod -> \"c\"");
}

static void check_split(const char *expression, const char *expected)
{
    struct written w;
    written_begin(&w);
    buf_addf(&w.text, HEAD "  R: {Type: T, Properties: {V: %s}}\n", expression);
    written_open(&w, expression);
    struct cfn_value v = cfn_property(cfn_resource(w.f.t, STR("R")), "V");
    show_value(&w.f, cfn_split(w.f.t, v, ','), GUARD_TRUE, &w.shown);
    written_end(&w, expected, NULL);
}

static void texts_are_split_for_callers(void **state)
{
    (void)state;
    check_split("'a, b ,c'", "[\"a\", \"b\", \"c\"]");
    check_split("''", "[\"\"]");
    check_split("',,'", "[\"\", \"\", \"\"]");
    check_split("!Join [',', [!Ref Web, x]]", "[Web, \"x\"]");
    check_split("!Sub 'sg-1, ${Web}, sg-2'", "[\"sg-1\", Web, \"sg-2\"]");
    check_split("!Ref Web", "Web");
    check_split("!Ref Free", "?Split(,, Free)"); /* may hold several */
    check_split("!If [Dev, 'a,b', c]", "Env=dev -> [\"a\", \"b\"]; Env=prod -> [\"c\"]");
    check_split("[a, b]", "[\"a\", \"b\"]");
}

static void counting_is_exact(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f,
                 HEAD "  R: {Type: T, Properties: {V: [a, !If [Dev, b, !Ref 'AWS::NoValue']]}}\n");
    struct cfn_scope s = {.t = f.t};
    struct cfn_value v = cfn_property(cfn_resource(f.t, STR("R")), "V");
    struct cfn_slots slots = cfn_slots_of(&s, &v.at[0]);
    struct guard at[3] = {GUARD_TRUE, GUARD_FALSE, GUARD_FALSE};
    assert_int_equal(slots.n, 2);
    cfn_count_slot(f.t, slots.at[0], at, 2);
    assert_true(guard_is_false(at[0]) && guard_is_true(at[1]) && guard_is_false(at[2]));
    cfn_count_slot(f.t, slots.at[1], at, 2);
    struct guard dev = slots.at[1].at[0].when;
    assert_true(guard_is_false(at[0]) && guard_same(at[2], dev));
    assert_true(guard_same(at[1], guard_not(f.unit->space, dev)));
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_carry_their_own_guards),
        cmocka_unit_test(texts_are_split_for_callers),
        cmocka_unit_test(counting_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
