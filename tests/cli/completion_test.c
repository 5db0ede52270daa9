#include "tests/check.h"
#include "tests/cli/captured.h"

static const char *const lines[] = {"completion bash", "completion zsh", "completion fish"};

static bool says(struct captured c, const char *what)
{
    return str_find(c.out, str_from(what), 0) != STR_NPOS;
}

static void every_command_and_option_is_in_every_script(void **state)
{
    (void)state;
    struct arena a = {0};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct captured c = captured(&a, run_completion, lines[i]);
        assert_int_equal(c.status, 0);
        for (size_t k = 0; k < cli_command_count; k++) {
            assert_true(says(c, cli_command_table[k].name));
        }
        for (size_t k = 0; k < cli_option_count; k++) {
            assert_true(says(c, cli_option_table[k].name));
        }
    }
    arena_release(&a);
}

static void another_shell_is_a_wrong_call(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_int_equal(captured(&a, run_completion, "completion").status, STATUS_ERROR);
    assert_int_equal(captured(&a, run_completion, "completion tcsh").status, STATUS_ERROR);
    assert_int_equal(captured(&a, run_completion, "completion bash zsh").status, STATUS_ERROR);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_and_option_is_in_every_script),
        cmocka_unit_test(another_shell_is_a_wrong_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
