#include "cfn/product.h"

#include "cfn/terms.h"
#include "tests/cfn/eval_cases.h"

/* A template with n parameters of two values each, and one expression over them. */
static void open_product(struct fixture *f, int n, const char *expression)
{
    struct buf text;
    buf_init(&text);
    buf_adds(&text, "Parameters:\n");
    for (int i = 0; i < n; i++) {
        buf_addf(&text, "  P%d: {Type: String, AllowedValues: [a, b]}\n", i);
    }
    buf_addf(&text, "Resources: {R: {Type: T, Properties: {V: %s}}}\n", expression);
    fixture_open(f, text.p);
    buf_release(&text);
}

static void only_what_can_happen_together_multiplies(void **state)
{
    (void)state;
    struct fixture f = {0};
    struct buf e;
    buf_init(&e);
    buf_adds(&e, "!Sub '");
    for (int i = 0; i < 1000; i++) { /* the same parameter a thousand times: two rows */
        buf_adds(&e, "${P0}");
    }
    buf_adds(&e, "'");
    open_product(&f, 1, e.p);
    struct cfn_value v = cfn_property(cfn_resource(f.t, STR("R")), "V");
    assert_int_equal(v.n, 2);
    assert_int_equal(v.at[0].text.n, 1000);
    assert_diags(&f, "");
    fixture_close(&f);
    buf_release(&e);
}

static void alternatives_are_bounded(void **state)
{
    (void)state;
    struct fixture f = {0};
    struct buf e;
    buf_init(&e);
    buf_adds(&e, "!Sub '");
    for (int i = 0; i < 10; i++) { /* 2^10 is LIMIT_ALTERNATIVES */
        buf_addf(&e, "${P%d}", i);
    }
    open_product(&f, 11, "!Sub '${P0}${P1}${P2}${P3}${P4}${P5}${P6}${P7}${P8}${P9}'");
    assert_int_equal(cfn_property(cfn_resource(f.t, STR("R")), "V").n, LIMIT_ALTERNATIVES);
    assert_diags(&f, "");
    fixture_close(&f);
    open_product(&f, 11, "!Sub '${P0}${P1}${P2}${P3}${P4}${P5}${P6}${P7}${P8}${P9}${P10}'");
    struct cfn_value v = cfn_property(cfn_resource(f.t, STR("R")), "V");
    assert_int_equal(v.n, 1);
    assert_int_equal(v.at[0].kind, CFN_UNKNOWN);
    assert_int_equal(v.at[0].unknown->why, CFN_WHY_BUDGET);
    assert_true(guard_same(v.at[0].when, guard_budget(f.unit->space)));
    assert_diags(&f, "CFNR920 "
                     "!Sub '${P0}${P1}${P2}${P3}${P4}${P5}${P6}${P7}${P8}${P9}${P10}'");
    assert_str(f.diags.all.at[0].property, "Properties/V");
    fixture_close(&f);
    buf_release(&e);
}

static void bytes_are_bounded(void **state)
{
    (void)state;
    struct fixture f = {0};
    struct buf text;
    buf_init(&text);
    buf_adds(&text, "Parameters: {P0: {Type: String, Default: '");
    buf_pad(&text, 'x', 4000);
    buf_adds(&text, "', AllowedValues: ['");
    buf_pad(&text, 'x', 4000);
    buf_adds(&text, "']}}\nResources: {R: {Type: T, Properties: {V: !Sub '");
    for (int i = 0; i < 17; i++) { /* 68,000 bytes */
        buf_adds(&text, "${P0}");
    }
    buf_adds(&text, "'}}}\n");
    fixture_open(&f, text.p);
    struct cfn_value v = cfn_property(cfn_resource(f.t, STR("R")), "V");
    assert_int_equal(v.n, 1);
    assert_int_equal(v.at[0].unknown->why, CFN_WHY_BUDGET);
    assert_int_equal(f.diags.all.at[0].id, DIAG_BUDGET);
    fixture_close(&f);
    buf_release(&text);
}

static void equal_results_are_one_alternative(void **state)
{
    (void)state;
    struct fixture f = {0};
    open_product(&f, 2, "!Join ['', [!Select [0, [x, !Ref P0]], !Select [0, [y, !Ref P1]]]]");
    assert_value(&f, "V", "\"xy\"");
    fixture_close(&f);
}

static void hidden_parts_stay_hidden(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Parameters: {P: {Type: String, NoEcho: true, AllowedValues: [s3cret]},"
                     " Q: {Type: String, AllowedPattern: 'x'}}\n"
                     "Resources: {R: {Type: T, Properties: {V: !Sub 'a-${P}',"
                     " W: !Sub 'a-${P}-${Q}'}}}\n");
    const struct cfn_resource *r = cfn_resource(f.t, STR("R"));
    struct cfn_value v = cfn_property(r, "V");
    assert_str(v.at[0].text, "a-s3cret"); /* the analysis knows it */
    assert_str(cfn_text_of(&f.arena, &v.at[0]), "${P}");
    v = cfn_property(r, "W");
    assert_str(cfn_text_of(&f.arena, &v.at[0]), "${P}${Q}");
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_can_happen_together_multiplies),
        cmocka_unit_test(alternatives_are_bounded),
        cmocka_unit_test(bytes_are_bounded),
        cmocka_unit_test(equal_results_are_one_alternative),
        cmocka_unit_test(hidden_parts_stay_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
