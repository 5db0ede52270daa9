#include "tests/fix/fixing.h"

static void advice_has_words_and_no_edits(void **state UNUSED)
{
    static const struct {
        const char *text, *id;
    } rows[] = {{NETWORK RULE(22, 22, WORLD), "R8-1"}, {NETWORK RULE(80, 80, WORLD), "R9-1"}};
    for (size_t i = 0; i < 2; i++) {
        struct fixing *f = fixing_of(rows[i].text);
        const struct fix *fix = fixing_need(fixing_list(f), rows[i].id);
        assert_int_equal(fix->safety, FIX_ADVICE);
        assert_int_equal(fix->edit_n, 0);
        assert_true(str_ends(fix->title, STR(".")));
        fixing_free(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(advice_has_words_and_no_edits),
    };
    return RUN_TESTS(tests);
}
