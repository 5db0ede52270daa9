#include "tests/check.h"
#include "tests/report/reported.h"

static size_t count_of(struct str text, const char *what)
{
    size_t n = 0;
    for (size_t at = str_find(text, str_from(what), 0); at != STR_NPOS;
         at = str_find(text, str_from(what), at + 1)) {
        n++;
    }
    return n;
}

/* Line 21 is "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}": the source
 * begins in column 63 and has nine characters. A medium finding is a warning. */
static void a_finding_is_a_command_with_its_place(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str out = reported(&a, "github", &reported_open, 1, NULL);
    assert_true(str_starts(out, STR("::warning file=t0.yaml,line=21,endLine=21,col=63,endColumn=72,"
                                    "title=CFNR102 internet-ssh::SSH (tcp port 22) of 'Web' can be "
                                    "reached from the internet.")));
    /* Telnet from one address: low. */
    assert_int_equal(count_of(out, "::notice "), 1);
    assert_int_equal(count_of(out, "\n"), 2);
    arena_release(&a);
}

static void what_commands_would_read_is_escaped(void **state)
{
    (void)state;
    static const char yaml[] = "AWSTemplateFormatVersion: '2010-09-09'\n"
                               "Resources:\n"
                               "  A: {Type: 'AWS::EC2::VPC', Properties: {X: !Ref '100%, a:b'}}\n";
    const char *const templates[] = {yaml};
    struct arena a = {0};
    struct str out = reported(&a, "github", templates, 1, NULL);
    assert_true(str_starts(out, STR("::error file=t0.yaml,line=3,")));
    assert_int_equal(count_of(out, "100%25, a:b"), 1); /* data: only the percent sign */
    arena_release(&a);
}

static void ten_of_a_level_are_shown_and_the_rest_is_counted(void **state)
{
    (void)state;
    const char *templates[12];
    for (size_t i = 0; i < 12; i++) {
        templates[i] = reported_open;
    }
    struct arena a = {0};
    struct str out = reported(&a, "github", templates, 12, NULL);
    assert_int_equal(count_of(out, "::warning "), 10);
    assert_int_equal(count_of(out, "::notice "), 10);
    assert_true(str_ends(out, STR("cfnreach: and 4 more, which GitHub would not show here\n")));
    /* The worst first. */
    assert_true(str_find(out, STR("::notice "), 0) > str_find(out, STR("file=t9.yaml"), 0));
    arena_release(&a);
}

static void nothing_is_said_of_a_clean_template(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_int_equal(reported(&a, "github", &reported_closed, 1, NULL).n, 0);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_is_a_command_with_its_place),
        cmocka_unit_test(what_commands_would_read_is_escaped),
        cmocka_unit_test(ten_of_a_level_are_shown_and_the_rest_is_counted),
        cmocka_unit_test(nothing_is_said_of_a_clean_template),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
