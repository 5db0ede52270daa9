#include "tests/check.h"
#include "tests/report/reported.h"

static void formats_are_found_by_their_exact_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < report_format_count; i++) {
        assert_ptr_equal(report_format_find(str_from(report_formats[i]->name)), report_formats[i]);
    }
    assert_null(report_format_find(STR("SARIF")));
    assert_null(report_format_find(STR("")));
}

/* The same input gives the same bytes, in every format. */
static void reports_are_deterministic(void **state)
{
    (void)state;
    const char *const both[] = {reported_open, reported_closed};
    for (size_t i = 0; i < report_format_count; i++) {
        struct arena a = {0};
        struct str first = reported(&a, report_formats[i]->name, both, 2, NULL);
        struct str again = reported(&a, report_formats[i]->name, both, 2, NULL);
        assert_true(str_eq(first, again));
        arena_release(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_are_found_by_their_exact_name),
        cmocka_unit_test(reports_are_deterministic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
