#include "cli/stats.h"

#include "tests/check.h"

static uint64_t ticks(void)
{
    static uint64_t now;
    return now += 1000000;
}

static void counts_and_times_are_those_of_the_analyses(void **state)
{
    (void)state;
    struct arena a = {0};
    struct stats s = {.fixes = 2500000};
    struct str yaml = STR("AWSTemplateFormatVersion: \"2010-09-09\"\nResources:\n  V:\n"
                          "    Type: AWS::EC2::VPC\n    Properties: {CidrBlock: 10.0.0.0/16}\n");
    struct analysis_options options = {.ticks = ticks};
    stats_add(&s, analysis_run(&a, STR("a.yaml"), yaml, &options));
    stats_add(&s, analysis_run(&a, STR("b.yaml"), yaml, &options));
    assert_int_equal(s.templates, 2);
    assert_int_equal(s.bytes, 2 * yaml.n);
    assert_int_equal(s.resources, 2);
    assert_int_equal(s.flows, 0);
    for (size_t i = 0; i < ANALYSIS_STAGES; i++) {
        assert_int_equal(s.spent[i], 2000000); /* one tick each */
    }
    struct buf out;
    buf_init(&out);
    stats_write(&s, 7000000, &out);
    assert_true(str_starts(buf_str(&out), STR("cfnreach: 2 templates (")));
    assert_true(str_find(buf_str(&out), STR("  reach           2.000 ms\n"), 0) != STR_NPOS);
    assert_true(str_find(buf_str(&out), STR("  fixes           2.500 ms\n"), 0) != STR_NPOS);
    assert_true(str_ends(buf_str(&out), STR("  elapsed         7.000 ms\n")));
    buf_release(&out);
    arena_release(&a);
}

static void without_a_clock_no_time_is_taken(void **state)
{
    (void)state;
    struct arena a = {0};
    struct stats s = {0};
    struct analysis_options options = {.ticks = NULL};
    stats_add(&s, analysis_run(&a, STR("a.yaml"), STR("{}"), &options));
    assert_int_equal(s.spent[ANALYSIS_READ], 0);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_and_times_are_those_of_the_analyses),
        cmocka_unit_test(without_a_clock_no_time_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
