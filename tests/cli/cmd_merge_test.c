#include "tests/check.h"
#include "tests/cli/captured.h"

/* What it does with logs: tests/sarif/merge_test.c and tests/e2e/shard. */
static void what_is_no_log_is_a_wrong_call(void **state)
{
    (void)state;
    static const char *const lines[] = {"merge", "merge /nonexistent.sarif", "merge /dev/null"};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct captured c = captured(&a, run_merge, lines[i]);
        assert_int_equal(c.status, STATUS_ERROR);
        assert_true(str_starts(c.out, STR("cfnreach: ")));
    }
    arena_release(&a);
}

static void a_part_is_given_as_one_of_so_many(void **state)
{
    (void)state;
    static const char *const bad[] = {"0/3", "4/3", "1",     "1/",
                                      "/2",  "a/b", "1/2/3", "123456/123456"};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct str line = str_format(&a, "lint --shard %s x.yaml", bad[i]);
        assert_int_equal(captured(&a, run_lint, line.p).status, 99); /* refused while parsing */
    }
    struct captured c = captured(&a, run_lint, "lint --shard 1/2 --baseline x /dev/null");
    assert_int_equal(c.status, STATUS_ERROR);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_log_is_a_wrong_call),
        cmocka_unit_test(a_part_is_given_as_one_of_so_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
