#include "cli/option_words.h"

#include "tests/check.h"

static struct option_words of(struct arena *a, const char *name)
{
    for (size_t i = 0; i < cli_option_count; i++) {
        if (str_is(str_from(name), cli_option_table[i].name)) {
            return option_words(a, &cli_option_table[i]);
        }
    }
    fail_msg("no option %s", name);
    return (struct option_words){0};
}

static void words_come_from_the_tables_that_know_them(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_int_equal(of(&a, "format").words.n, report_format_count);
    assert_int_equal(of(&a, "select").words.n, rule_count);
    assert_str(of(&a, "policy").words.at[0], "default");
    assert_true(of(&a, "policy").paths);
    assert_str(of(&a, "color").words.at[2], "never");
    assert_true(of(&a, "root").paths && of(&a, "baseline").paths);
    assert_int_equal(of(&a, "region").words.n, 0);
    assert_false(of(&a, "region").paths || of(&a, "quiet").paths);
    arena_release(&a);
}

static void what_follows_a_command_is_known_too(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_true(option_arguments(&a, cli_command_find(STR("lint"))).paths);
    assert_true(option_arguments(&a, cli_command_find(STR("path"))).paths);
    assert_int_equal(option_arguments(&a, cli_command_find(STR("explain"))).words.n, rule_count);
    assert_int_equal(option_arguments(&a, cli_command_find(STR("completion"))).words.n, 3);
    assert_int_equal(option_arguments(&a, cli_command_find(STR("version"))).words.n, 0);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_come_from_the_tables_that_know_them),
        cmocka_unit_test(what_follows_a_command_is_known_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
