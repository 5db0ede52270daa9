#include "tests/check.h"
#include "tests/report/reported.h"

static bool says(struct str text, const char *what)
{
    return str_find(text, str_from(what), 0) != STR_NPOS;
}

static void a_finding_says_what_where_why_and_how(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str out = reported(&a, "text", &reported_open, 1, NULL);
    /* The CidrIp value of line 21 begins at column 63. */
    assert_true(says(out, "t0.yaml:21:63: medium: SSH (tcp port 22) of 'Web' can be reached from "
                          "the internet. [CFNR102 internet-ssh]\n"));
    assert_true(says(out, "    21 |         - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: "
                          "0.0.0.0/0}\n"));
    assert_true(says(out, "^^^^^^^^^\n"));
    assert_true(says(out, "Vpc.DefaultNetworkAcl"));
    assert_true(says(out, "  fix "));
    /* One address: capped at low by the default policy; only in dev. */
    assert_true(says(out, "t0.yaml:24:65: low: Telnet (tcp port 23) of 'Web' may be reached"));
    assert_true(says(out, "  only if    Env=dev\n"));
    assert_true(says(out, "2 findings: 1 medium, 1 low (1 template, 1 interface"));
    arena_release(&a);
}

static void nothing_found_is_one_line_and_silent_when_quiet(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str out = reported(&a, "text", &reported_closed, 1, NULL);
    assert_str(out, "No watched port is reachable from outside (1 template, 1 interface)\n");
    struct report_options quiet = {.quiet = true, .root = STR("/"), .cwd = STR("/")};
    assert_str(reported(&a, "text", &reported_closed, 1, &quiet), "");
    assert_str(reported(&a, "text", NULL, 0, NULL),
               "Nothing to analyse: no CloudFormation template found.\n");
    arena_release(&a);
}

static void an_incomplete_analysis_is_not_called_clean(void **state)
{
    (void)state;
    static const char *const broken = "AWSTemplateFormatVersion: '2010-09-09'\nResources: [\n";
    struct arena a = {0};
    struct str out = reported(&a, "text", &broken, 1, NULL);
    assert_true(says(out, "t0.yaml:"));
    assert_true(says(out, ": error: "));
    assert_true(says(out, "No finding, but the analysis is incomplete"));
    assert_false(says(out, "No watched port"));
    arena_release(&a);
}

static void what_a_macro_writes_is_not_called_clean(void **state)
{
    (void)state;
    static const char *const macro = "Transform: Mine\nResources: {T: {Type: AWS::SNS::Topic}}\n";
    struct arena a = {0};
    struct str out = reported(&a, "text", &macro, 1, NULL);
    assert_true(says(out, "reachable from outside by what is written; macros write other parts ("));
    arena_release(&a);
}

static void what_stands_elsewhere_is_not_called_clean(void **state)
{
    (void)state;
    static const char *const parent =
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n"
        "  Gone: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: gone.yaml}}\n";
    struct arena a = {0};
    struct str out = reported(&a, "text", &parent, 1, NULL);
    assert_true(says(out, "reachable from outside by what is analysed (1 template, 0 interfaces, "
                          "1 resource not analysed, "));
    arena_release(&a);
}

static void what_was_not_asked_for_is_not_called_clean(void **state)
{
    (void)state;
    static const struct settings narrowed = {.is_narrowed = true};
    struct report_options o = {.root = STR("/"), .cwd = STR("/"), .settings = &narrowed};
    struct arena a = {0};
    struct str out = reported(&a, "text", &reported_closed, 1, &o);
    assert_str(out,
               "No finding among the selected rules and resources (1 template, 1 interface)\n");
    arena_release(&a);
}

static void colours_appear_only_when_asked_for(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_false(says(reported(&a, "text", &reported_open, 1, NULL), "\x1b["));
    struct report_options color = {.color = true, .root = STR("/"), .cwd = STR("/")};
    assert_true(says(reported(&a, "text", &reported_open, 1, &color), "\x1b[1;33mmedium\x1b[0m"));
    arena_release(&a);
}

static void on_a_terminal_the_id_leads_to_its_page(void **state)
{
    (void)state;
    struct arena a = {0};
    struct report_options o = {.links = true, .root = STR("/"), .cwd = STR("/")};
    struct str out = reported(&a, "text", &reported_open, 1, &o);
    assert_true(says(out, " [\x1b]8;;https://github.com/cfnreach/cfnreach/blob/main/policies/help/"
                          "CFNR102.md\x1b\\CFNR102\x1b]8;;\x1b\\ internet-ssh]\n"));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_a_terminal_the_id_leads_to_its_page),
        cmocka_unit_test(a_finding_says_what_where_why_and_how),
        cmocka_unit_test(nothing_found_is_one_line_and_silent_when_quiet),
        cmocka_unit_test(an_incomplete_analysis_is_not_called_clean),
        cmocka_unit_test(what_a_macro_writes_is_not_called_clean),
        cmocka_unit_test(what_stands_elsewhere_is_not_called_clean),
        cmocka_unit_test(what_was_not_asked_for_is_not_called_clean),
        cmocka_unit_test(colours_appear_only_when_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
