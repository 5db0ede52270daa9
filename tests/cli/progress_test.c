#include "cli/progress.h"

#include "tests/check.h"

enum { MILLISECOND = 1000000 };

static void the_line_moves_ten_times_a_second_and_goes_away(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out);
    struct progress p = progress_of(30, true);
    progress_step(&p, 0, 5, &out);
    assert_str(buf_str(&out), "\r\x1b[Kcfnreach: 0 of 30");
    size_t shown = out.n;
    progress_step(&p, 1, 99 * MILLISECOND, &out);
    assert_int_equal(out.n, shown);
    progress_step(&p, 2, 101 * MILLISECOND, &out);
    assert_true(str_ends(buf_str(&out), STR("\r\x1b[Kcfnreach: 2 of 30")));
    progress_end(&p, &out);
    assert_true(str_ends(buf_str(&out), STR("30\r\x1b[K")));
    shown = out.n;
    progress_end(&p, &out);
    assert_int_equal(out.n, shown);
    buf_release(&out);
}

static void few_files_and_unwatched_runs_have_none(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out);
    struct progress few = progress_of(PROGRESS_MANY - 1, true);
    struct progress unwatched = progress_of(1000, false);
    progress_step(&few, 0, 1, &out);
    progress_step(&unwatched, 0, 1, &out);
    progress_end(&few, &out);
    progress_end(&unwatched, &out);
    assert_int_equal(out.n, 0);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_moves_ten_times_a_second_and_goes_away),
        cmocka_unit_test(few_files_and_unwatched_runs_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
