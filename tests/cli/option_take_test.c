#include "cli/option_take.h"

#include <stddef.h>

#include "tests/check.h"

static const char *const words[] = {"red", "green", NULL};

static void values_land_in_the_field_of_their_row(void **state)
{
    (void)state;
    struct arena a = {0};
    struct cli_options o = {.arena = &a};
    struct buf why;
    buf_init(&why);
    struct cli_option row = {.value = "NAME=VALUE"};

    row.field = offsetof(struct cli_options, quiet);
    assert_true(take_switch(&o, &row, STR(""), &why));
    assert_true(o.quiet);

    row.field = offsetof(struct cli_options, region);
    assert_true(take_text(&o, &row, STR("x"), &why));
    assert_str(o.region, "x");

    row.field = offsetof(struct cli_options, targets);
    assert_true(take_pair(&o, &row, STR("K=a=b"), &why));
    assert_true(take_list(&o, &row, STR("plain"), &why));
    assert_int_equal(o.targets.n, 2);
    assert_str(o.targets.at[0], "K=a=b");

    row.field = offsetof(struct cli_options, gate);
    row.words = words;
    row.first = 7;
    assert_true(take_word(&o, &row, STR("green"), &why));
    assert_int_equal(o.gate, 8); /* the first word is 7 */
    assert_true(take_this(&o, &row, STR(""), &why));
    assert_int_equal(o.gate, 7);
    assert_int_equal(why.n, 0);
    buf_release(&why);
    arena_release(&a);
}

/* The subject of a fact may hold an equals sign. */
static void a_fact_ends_with_its_parenthesis(void **state)
{
    (void)state;
    struct arena a = {0};
    struct cli_options o = {.arena = &a};
    struct buf why;
    buf_init(&why);
    struct cli_option row = {.value = "FACT=yes|no"};
    assert_true(take_assumption(&o, &row, STR("A-SG(a=b)=no"), &why));
    assert_true(take_assumption(&o, &row, STR("A-DEFVPC=yes"), &why));
    assert_str(o.assume.at[0].fact, "A-SG(a=b)");
    assert_str(o.assume.at[0].value, "no");
    assert_str(o.assume.at[1].fact, "A-DEFVPC");
    static const char *const bad[] = {"Env=dev", "A-SG(x)", "A-SG(x)=", "A-SG", "=no", "A-SG()=no"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        buf_clear(&why);
        assert_false(take_assumption(&o, &row, str_from(bad[i]), &why));
        assert_true(why.n > 0);
    }
    buf_release(&why);
    arena_release(&a);
}

static void what_does_not_fit_is_said(void **state)
{
    (void)state;
    struct arena a = {0};
    struct cli_options o = {.arena = &a};
    struct buf why;
    buf_init(&why);
    struct cli_option row = {
        .value = "NAME=VALUE", .words = words, .field = offsetof(struct cli_options, region)};
    assert_false(take_text(&o, &row, STR(""), &why));
    assert_string_equal(why.p, "the value is empty");
    buf_clear(&why);
    assert_false(take_word(&o, &row, STR("blue"), &why));
    assert_string_equal(why.p, "'blue' is not one of red, green");
    buf_clear(&why);
    assert_false(take_pair(&o, &row, STR("=v"), &why));
    assert_string_equal(why.p, "'=v' is not NAME=VALUE");
    buf_clear(&why);
    assert_false(take_list(&o, &row, STR(""), &why));
    buf_release(&why);
    arena_release(&a);
}

static void a_baseline_is_written_to_the_file_that_is_named_or_not(void **state)
{
    (void)state;
    struct arena a = {0};
    struct cli_options o = {.arena = &a};
    struct buf why;
    buf_init(&why);
    assert_true(take_write_baseline(&o, NULL, STR(""), &why));
    assert_true(o.write_baseline);
    assert_str(o.baseline_out, "");
    assert_true(take_write_baseline(&o, NULL, STR("b.sarif"), &why));
    assert_str(o.baseline_out, "b.sarif");
    buf_release(&why);
    arena_release(&a);
}

static void a_number_of_threads_has_bounds(void **state)
{
    (void)state;
    struct cli_options o = {.jobs = 0};
    struct buf why;
    buf_init(&why);
    assert_true(take_jobs(&o, NULL, STR("256"), &why));
    assert_int_equal(o.jobs, 256);
    static const char *const wrong[] = {"0", "257", "-1", "two", ""};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        buf_clear(&why);
        assert_false(take_jobs(&o, NULL, str_from(wrong[i]), &why));
        assert_true(str_ends(buf_str(&why), STR("' is not a number from 1 to 256")));
    }
    assert_int_equal(o.jobs, 256);
    buf_release(&why);
}

static void rules_are_selected_by_lists_of_words(void **state)
{
    (void)state;
    struct arena a = {0};
    struct cli_options o = {.arena = &a};
    struct buf why;
    buf_init(&why);
    struct cli_option row = {.name = "select"};
    assert_true(take_select(&o, &row, STR("internet-ssh, CKV_AWS_25"), &why));
    assert_true(take_select(&o, &row, STR("CFNR30"), &why));
    size_t ssh = rule_index(rule_find(STR("CFNR102"))), rdp = rule_index(rule_find(STR("CFNR105")));
    assert_true(o.select[ssh] && o.select_named[ssh]);
    assert_true(o.select[rdp] && !o.select_named[rdp]);
    assert_true(o.select[rule_index(rule_find(STR("CFNR307")))]);
    assert_false(o.select[rule_index(rule_find(STR("CFNR101")))]);
    assert_null(o.ignore);
    static const char *const bad[] = {"", "CFNR102,", ",CFNR102", "CVK_AWS_24"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        why.n = 0;
        assert_false(take_ignore(&o, &row, str_from(bad[i]), &why));
    }
    assert_true(str_ends(buf_str(&why), STR("did you mean 'CKV_AWS_24'?")));
    buf_release(&why);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_are_selected_by_lists_of_words),
        cmocka_unit_test(values_land_in_the_field_of_their_row),
        cmocka_unit_test(a_fact_ends_with_its_parenthesis),
        cmocka_unit_test(what_does_not_fit_is_said),
        cmocka_unit_test(a_baseline_is_written_to_the_file_that_is_named_or_not),
        cmocka_unit_test(a_number_of_threads_has_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
