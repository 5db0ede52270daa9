#include "cli/surroundings.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "tests/check.h"

static void the_root_is_the_nearest_folder_with_git(void **state)
{
    (void)state;
    struct arena a = {0};
    char folder[] = "/tmp/cfnreach-root-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct str git = str_format(&a, "%s/.git", folder);
    struct str deep = str_format(&a, "%s/x/y", folder);
    assert_int_equal(mkdir(git.p, 0700), 0);
    assert_str(surroundings_root(&a, deep), folder);
    assert_str(surroundings_root(&a, str_from(folder)), folder);
    assert_str(surroundings_root(&a, STR("/nowhere/at/all")), "/nowhere/at/all");
    assert_str(surroundings_root(&a, STR("/")), "/");
    struct str remove = str_format(&a, "rm -rf %s", folder);
    assert_int_equal(system(remove.p), 0);
    arena_release(&a);
}

static void the_search_upwards_ends_where_it_should(void **state)
{
    (void)state;
    struct arena a = {0};
    char folder[] = "/tmp/cfnreach-near-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct str make = str_format(&a,
                                 "mkdir -p %s/top/mid/deep && touch %s/a %s/top/mid/last "
                                 "%s/top/mid/b",
                                 folder, folder, folder, folder);
    assert_int_equal(system(make.p), 0);
    struct str deep = str_format(&a, "%s/top/mid/deep", folder);
    struct str mid = str_format(&a, "%s/top/mid", folder);
    assert_str(surroundings_nearest(&a, deep, "b", "last"), mid.p); /* beside it is not beyond it */
    assert_str(surroundings_nearest(&a, deep, "a", "last"), "");
    assert_str(surroundings_nearest(&a, deep, "a", "nothing"), folder);
    assert_str(surroundings_nearest(&a, STR("/"), "nothing", "nothing"), "");
    assert_str(surroundings_nearest(&a, STR(""), "a", "last"), "");
    assert_int_equal(system(str_format(&a, "rm -rf %s", folder).p), 0);
    arena_release(&a);
}

static void colours_follow_the_flag_then_the_environment(void **state)
{
    (void)state;
    unsetenv("FORCE_COLOR");
    unsetenv("CLICOLOR_FORCE");
    setenv("NO_COLOR", "1", 1);
    assert_true(surroundings_color(COLOR_ALWAYS));
    assert_false(surroundings_color(COLOR_NEVER));
    setenv("FORCE_COLOR", "1", 1);
    assert_false(surroundings_color(COLOR_AUTO)); /* NO_COLOR wins */
    setenv("NO_COLOR", "", 1);                    /* empty is not set: no-color.org */
    assert_true(surroundings_color(COLOR_AUTO));
    assert_false(surroundings_color(COLOR_NEVER));
}

static void today_has_the_shape_of_a_date(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str today = surroundings_today(&a);
    assert_int_equal(today.n, 10);
    assert_true(today.p[4] == '-' && today.p[7] == '-');
    assert_true(str_cmp(today, STR("2024-01-01")) > 0);
    arena_release(&a);
}

/* Against the C library, over 500 years, and by hand. */
static void days_are_those_of_the_calendar(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_str(surroundings_day(&a, 0), "1970-01-01");
    assert_str(surroundings_day(&a, 59), "1970-03-01");
    assert_str(surroundings_day(&a, 11016), "2000-02-29");
    assert_str(surroundings_day(&a, 11017), "2000-03-01");
    for (int64_t day = 0; day < 500 * 366; day += 1) {
        time_t at = (time_t)(day * 86400);
        struct tm utc;
        char expected[32];
        assert_non_null(gmtime_r(&at, &utc));
        assert_int_equal(strftime(expected, sizeof expected, "%Y-%m-%d", &utc), 10);
        assert_str(surroundings_day(&a, day), expected);
    }
    arena_release(&a);
}

static void one_job_needs_one_thread(void **state)
{
    (void)state;
    assert_int_equal(surroundings_threads(7, 0), 1);
    assert_int_equal(surroundings_threads(7, 1), 1);
    assert_int_equal(surroundings_threads(7, 2), 7);
    assert_int_equal(surroundings_threads(0, 2), surroundings_cores());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_root_is_the_nearest_folder_with_git),
        cmocka_unit_test(the_search_upwards_ends_where_it_should),
        cmocka_unit_test(colours_follow_the_flag_then_the_environment),
        cmocka_unit_test(one_job_needs_one_thread),
        cmocka_unit_test(today_has_the_shape_of_a_date),
        cmocka_unit_test(days_are_those_of_the_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
