#include "tests/check.h"
#include "tests/report/reported.h"

static bool says(struct str text, const char *what)
{
    return str_find(text, str_from(what), 0) != STR_NPOS;
}

static void a_summary_has_a_table_a_picture_and_what_to_do(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str out = reported(&a, "markdown", &reported_open, 1, NULL);
    assert_true(str_starts(out, STR("## cfnreach: 2 findings (1 medium, 1 low)\n\n"
                                    "1 template, 1 interface.\n\n"
                                    "| Severity | Rule | Finding | Where |\n|---|---|---|---|\n"
                                    "| medium | CFNR102 internet-ssh | SSH (tcp port 22) of 'Web' "
                                    "can be reached from the internet. | `t0.yaml:21` |\n")));
    assert_true(says(out, "```mermaid\nflowchart LR\n    outside([\"internet\"]) --> s0[\"Igw\"] "
                          "--> s1[\"Vpc.DefaultNetworkAcl\"] --> s2[\"Grp\"] --> "
                          "s3[\"Web/NetworkInterfaces/0\"] --> s4[\"Web\"]\n```\n"));
    assert_true(says(out, "**Only if:** Env=dev\n"));
    arena_release(&a);
}

static void a_clean_run_is_one_heading(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_str(reported(&a, "markdown", &reported_closed, 1, NULL),
               "## cfnreach: no watched port is reachable from outside\n\n"
               "1 template, 1 interface.\n\n");
    arena_release(&a);
}

static void an_incomplete_analysis_is_never_called_clean(void **state)
{
    (void)state;
    static const char *const yaml[] = {
        "AWSTemplateFormatVersion: '2010-09-09'\n"
        "Resources:\n"
        "  A: {Type: 'AWS::EC2::VPC', Properties: {X: !Ref 'a|b'}}\n"};
    struct arena a = {0};
    struct str out = reported(&a, "markdown", yaml, 1, NULL);
    assert_true(str_starts(out, STR("## cfnreach: no finding, but the analysis is incomplete\n")));
    assert_true(says(out, "### Not analysed\n\n- CFNR910 `t0.yaml:3`: "));
    assert_true(says(out, "a\\|b"));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_summary_has_a_table_a_picture_and_what_to_do),
        cmocka_unit_test(a_clean_run_is_one_heading),
        cmocka_unit_test(an_incomplete_analysis_is_never_called_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
