#include "cli/options.h"
#include "tests/check.h"

static void names_and_letters_are_used_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < cli_option_count; i++) {
        for (size_t j = 0; j < i; j++) {
            const struct cli_option *a = &cli_option_table[i], *b = &cli_option_table[j];
            assert_string_not_equal(a->name, b->name);
            assert_true(a->letter == 0 || a->letter != b->letter);
        }
    }
}

/* "       --name" and its text share a line of 80 columns. */
static void every_text_fits_beside_its_option(void **state)
{
    (void)state;
    for (size_t i = 0; i < cli_option_count; i++) {
        const struct cli_option *o = &cli_option_table[i];
        assert_true(o->commands != 0 && o->take != NULL);
        assert_in_range(str_from(o->text).n, 1, 50);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_letters_are_used_once),
        cmocka_unit_test(every_text_fits_beside_its_option),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
