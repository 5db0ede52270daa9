#include "tests/check.h"
#include "tests/cli/captured.h"

static bool says(struct str out, const char *what)
{
    return str_find(out, str_from(what), 0) != STR_NPOS;
}

static void each_command_lists_its_own_options(void **state)
{
    (void)state;
    for (size_t c = 0; c < cli_command_count; c++) {
        struct buf out;
        buf_init(&out);
        cli_help(&cli_command_table[c], true, &out);
        for (size_t i = 0; i < cli_option_count; i++) {
            struct arena a = {0};
            struct str flag = str_format(&a, "--%s ", cli_option_table[i].name);
            struct str with_value = str_format(&a, "--%s[", cli_option_table[i].name);
            bool belongs = cli_option_table[i].commands & (unsigned)cli_command_table[c].command;
            bool shown = says(buf_str(&out), flag.p) || says(buf_str(&out), with_value.p);
            assert_int_equal(shown, belongs);
            arena_release(&a);
        }
        buf_release(&out);
    }
}

static void the_overview_names_every_command(void **state)
{
    (void)state;
    struct arena a = {0};
    struct captured c = captured(&a, run_help, "help");
    assert_int_equal(c.status, 0);
    for (size_t i = 0; i < cli_command_count; i++) {
        assert_true(says(c.out, cli_command_table[i].name));
    }
    assert_int_equal(captured(&a, run_help, "help nothing").status, STATUS_ERROR);
    arena_release(&a);
}

static void rare_options_stand_on_the_long_page_alone(void **state)
{
    (void)state;
    struct arena a = {0};
    struct captured usual = captured(&a, run_help, "help lint");
    struct captured all = captured(&a, run_help, "help lint --help=all");
    struct captured everything = captured(&a, run_help, "--help=all");
    assert_true(says(usual.out, "--help=all") && !says(usual.out, "--event-time"));
    assert_true(says(all.out, "--event-time") && !says(all.out, "more."));
    for (size_t i = 0; i < cli_option_count; i++) {
        assert_true(says(everything.out, cli_option_table[i].name));
    }
    assert_int_equal(captured(&a, run_help, "--help=some").status, 99);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rare_options_stand_on_the_long_page_alone),
        cmocka_unit_test(each_command_lists_its_own_options),
        cmocka_unit_test(the_overview_names_every_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
