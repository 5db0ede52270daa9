#include "tests/check.h"
#include "tests/report/reported.h"

static bool says(struct str text, const char *what)
{
    return str_find(text, str_from(what), 0) != STR_NPOS;
}

/* SSH from the world is medium, Telnet from one address low. */
static void only_findings_at_the_gate_fail(void **state)
{
    (void)state;
    struct arena a = {0};
    struct report_options options = {.root = STR("/r"), .cwd = STR("/r"), .gate = SEVERITY_MEDIUM};
    struct str out = reported(&a, "junit", &reported_open, 1, &options);
    assert_true(says(out, "<testsuites name=\"cfnreach\" tests=\"2\" failures=\"1\" errors=\"0\" "
                          "skipped=\"0\">"));
    assert_true(says(out, "file=\"t0.yaml\" line=\"21\">\n      <failure type=\"medium\" "
                          "message=\"SSH (tcp port 22) of 'Web' can be reached"));
    assert_true(says(out, "<system-out>low, below the gate\n"));
    arena_release(&a);
}

static void a_clean_template_is_one_case_that_passes(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str out = reported(&a, "junit", &reported_closed, 1, NULL);
    assert_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<testsuites name=\"cfnreach\" tests=\"1\" failures=\"0\" errors=\"0\" "
                    "skipped=\"0\">\n"
                    "  <testsuite name=\"t0.yaml\" tests=\"1\" failures=\"0\" errors=\"0\" "
                    "skipped=\"0\">\n"
                    "    <testcase classname=\"t0.yaml\" name=\"no watched port is reachable from "
                    "outside\">\n"
                    "    </testcase>\n"
                    "  </testsuite>\n"
                    "</testsuites>\n");
    arena_release(&a);
}

static void what_cannot_be_read_is_an_error_and_escaped(void **state)
{
    (void)state;
    static const char *const yaml[] = {
        "AWSTemplateFormatVersion: '2010-09-09'\n"
        "Resources:\n"
        "  A: {Type: 'AWS::EC2::VPC', Properties: {X: !Ref 'a<&'}}\n"};
    struct arena a = {0};
    struct str out = reported(&a, "junit", yaml, 1, NULL);
    assert_true(says(out, "errors=\"1\""));
    assert_true(says(out, "a&lt;&amp;"));
    assert_false(says(out, "a<&"));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_findings_at_the_gate_fail),
        cmocka_unit_test(a_clean_template_is_one_case_that_passes),
        cmocka_unit_test(what_cannot_be_read_is_an_error_and_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
