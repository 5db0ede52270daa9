#include "report/report.h"

#include "tests/check.h"
#include "tests/report/reported.h"

static size_t added;
static int ended_with;

static void begin(struct report *r)
{
    r->state = r;
}

static void add(struct report *r, const struct analysis *a)
{
    assert_ptr_equal(r->state, r);
    assert_non_null(a);
    added++;
}

static void end(struct report *r, const struct diags *d, struct source_set *sources, int exit_code)
{
    assert_non_null(r);
    assert_non_null(d);
    (void)sources;
    ended_with = exit_code;
}

static void totals_count_every_template_and_severity(void **state)
{
    (void)state;
    static const struct report_format spy = {"spy", "", true, true, begin, add, end};
    struct arena a = {0};
    struct diags diags;
    struct source_set sources;
    diags_init(&diags, &a);
    source_set_init(&sources, &a);
    struct analysis_options how = {.settings = settings_load(&a, STR("default"), &sources, &diags),
                                   .today = STR("2026-01-01")};
    struct report *r = report_begin(&a, &spy, (struct report_options){0});
    report_add(r, analysis_run(&a, STR("a"), str_from(reported_open), &how), NULL);
    report_add(r, analysis_run(&a, STR("b"), str_from(reported_closed), &how), NULL);
    report_add(r, analysis_run(&a, STR("c"), STR("Resources: ["), &how), NULL);
    diag_add(&diags, DIAG_UNREADABLE, SPAN_NONE, "x.");
    report_end(r, &diags, NULL, 2);
    assert_int_equal(added, 3);
    assert_int_equal(ended_with, 2);
    assert_int_equal(r->totals.templates, 3);
    assert_int_equal(r->totals.interfaces, 2);
    assert_int_equal(r->totals.findings, 2);
    assert_int_equal(r->totals.by_severity[SEVERITY_MEDIUM], 1);
    assert_int_equal(r->totals.by_severity[SEVERITY_LOW], 1);
    assert_int_equal(r->totals.errors, 2); /* the broken template, and the unreadable file */
    report_release(r);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(totals_count_every_template_and_severity)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
