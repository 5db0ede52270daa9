#include "report/diff_view.h"

#include "tests/report/diffed.h"

static void a_change_has_its_sign_severity_place_and_path(void **state)
{
    (void)state;
    struct comparing c;
    struct diff_view v = diffed_view(&c, DIFFED_CLOSED, DIFFED_SSH);
    struct str out = diffed(&c, &v, "text");
    diffed_has(out, "+ opened   medium        tcp/22 of 'Web' from internet through Igw");
    diffed_has(out, "    new.yaml:34:63: CFNR102 internet-ssh\n");
    diffed_has(out, "    path: Igw -> ");
    assert_true(str_find_byte(out, '\x1b', 0) == STR_NPOS);
    v.color = true;
    diffed_has(diffed(&c, &v, "text"), "\x1b[1;31m+ opened");
    comparing_end(&c);
    v = diffed_view(&c, DIFFED_SSH, DIFFED_CLOSED);
    out = diffed(&c, &v, "text");
    diffed_has(out, "- closed   medium");
    diffed_has(out, "    old.yaml:34:63: ");
    comparing_end(&c);
    v = diffed_view(&c, DIFFED_SSH, DIFFED_NARROW);
    diffed_has(diffed(&c, &v, "text"), "~ narrowed medium");
    comparing_end(&c);
}

static void quiet_says_nothing_of_nothing(void **state)
{
    (void)state;
    struct comparing c;
    struct diff_view v = diffed_view(&c, DIFFED_SSH, DIFFED_SSH);
    diffed_has(diffed(&c, &v, "text"), "No flow has changed");
    v.quiet = true;
    assert_int_equal(diffed(&c, &v, "text").n, 0);
    v.incomplete = true;
    diffed_has(diffed(&c, &v, "text"), "incomplete");
    comparing_end(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_has_its_sign_severity_place_and_path),
        cmocka_unit_test(quiet_says_nothing_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
