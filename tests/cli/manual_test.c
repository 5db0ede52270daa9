#include "tests/check.h"
#include "tests/cli/captured.h"

static void the_page_has_every_command_and_option(void **state)
{
    (void)state;
    struct arena a = {0};
    struct captured c = captured(&a, run_man, "man");
    assert_int_equal(c.status, 0);
    for (size_t i = 0; i < cli_command_count; i++) {
        struct str item = str_format(&a, "\n.It Cm %s", cli_command_table[i].name);
        assert_true(str_find(c.out, item, 0) != STR_NPOS);
    }
    for (size_t i = 0; i < cli_option_count; i++) {
        struct str item = str_format(&a, " Fl -%s", cli_option_table[i].name);
        assert_true(str_find(c.out, item, 0) != STR_NPOS);
    }
    assert_int_equal(captured(&a, run_man, "man lint").status, STATUS_ERROR);
    arena_release(&a);
}

/* A quote or a point at the beginning of a line would be a macro. */
static void texts_never_become_macros(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str page = captured(&a, run_man, "man").out;
    for (size_t at = 0; at < page.n; at = str_find_byte(page, '\n', at) + 1) {
        assert_true(page.p[at] != '\'' && page.p[at] != '\n');
        if (page.p[at] == '.') {
            char next = page.p[at + 1];
            assert_true((next >= 'A' && next <= 'Z') || next == '\\');
        }
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_has_every_command_and_option),
        cmocka_unit_test(texts_never_become_macros),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
