#include "cli/run.h"

#include <stdlib.h>

#include "base/file.h"
#include "tests/check.h"
#include "tests/cli/captured.h"

static bool says(struct captured c, const char *what)
{
    return str_find(c.out, str_from(what), 0) != STR_NPOS;
}

static const char open_template[] =
    "AWSTemplateFormatVersion: '2010-09-09'\n"
    "Parameters:\n"
    "  Port: {Type: Number, Default: 22}\n"
    "Resources:\n"
    "  G:\n"
    "    Type: AWS::EC2::SecurityGroup\n"
    "    Properties:\n"
    "      SecurityGroupIngress:\n"
    "        - {IpProtocol: tcp, FromPort: !Ref Port, ToPort: !Ref Port, CidrIp: 0.0.0.0/0}\n"
    "  I: {Type: 'AWS::EC2::Instance', Properties: {SecurityGroups: [!Ref G]}}\n";

static char folder[] = "/tmp/cfnreach-run-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_non_null(mkdtemp(folder));
    struct file_result r =
        file_replace(&a, str_format(&a, "%s/open.yaml", folder), str_from(open_template));
    assert_int_equal(r.status, FILE_OK);
    r = file_replace(&a, str_format(&a, "%s/other.yaml", folder), STR("a: 1\n"));
    assert_int_equal(r.status, FILE_OK);
    arena_release(&a);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    struct arena a = {0};
    int status = system(str_format(&a, "rm -rf %s", folder).p);
    arena_release(&a);
    return status;
}

static struct captured lint(struct arena *a, const char *options, const char *file)
{
    return captured(a, run_lint, str_format(a, "lint %s %s/%s", options, folder, file).p);
}

/* The instance is in the default VPC: reachable by default, SSH medium. */
static void the_gate_decides_the_status(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_int_equal(lint(&a, "-q", "open.yaml").status, STATUS_FINDINGS);
    assert_int_equal(lint(&a, "--fail-on medium", "open.yaml").status, STATUS_FINDINGS);
    assert_int_equal(lint(&a, "--fail-on high", "open.yaml").status, STATUS_CLEAN);
    assert_int_equal(lint(&a, "--fail-on never", "open.yaml").status, STATUS_CLEAN);
    assert_true(says(lint(&a, "--fail-on never", "open.yaml"), "CFNR102"));
    arena_release(&a);
}

static void a_parameter_changes_the_answer(void **state)
{
    (void)state;
    struct arena a = {0};
    struct captured c = lint(&a, "-p Port=23", "open.yaml");
    assert_true(says(c, "CFNR101"));
    assert_false(says(c, "CFNR102"));
    c = lint(&a, "-p Prt=23", "open.yaml");
    assert_int_equal(c.status, STATUS_ERROR);
    assert_true(says(c, "No template declares the parameter 'Prt'"));
    assert_true(says(c, "did you mean 'Port'?"));
    arena_release(&a);
}

static void what_is_no_template_is_an_error_by_name_and_skipped_otherwise(void **state)
{
    (void)state;
    struct arena a = {0};
    struct captured c = lint(&a, "-q", "other.yaml");
    assert_int_equal(c.status, STATUS_ERROR);
    assert_true(says(c, "is not a CloudFormation template"));
    assert_int_equal(lint(&a, "-q --skip-non-templates", "other.yaml").status, STATUS_CLEAN);
    c = lint(&a, "-v", "");
    assert_int_equal(c.status, STATUS_FINDINGS); /* the folder: other.yaml is skipped */
    assert_true(says(c, "1 file skipped"));
    arena_release(&a);
}

static void every_stage_can_be_dumped(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_true(says(lint(&a, "--dump doc", "open.yaml"), "SecurityGroupIngress"));
    assert_true(says(lint(&a, "--dump cfn", "open.yaml"), "AWS::EC2::Instance"));
    assert_true(says(lint(&a, "--dump world", "open.yaml"), "I/NetworkInterfaces/0"));
    assert_true(says(lint(&a, "--dump flows", "open.yaml"), "cfnreach-flows/1"));
    arena_release(&a);
}

static void wrong_calls_end_with_status_two(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_int_equal(captured(&a, run_lint, "lint").status, STATUS_ERROR);
    assert_true(says(lint(&a, "-f json -f sarif", "open.yaml"), "only one format"));
    assert_true(says(lint(&a, "-f json=/nowhere/x.json", "open.yaml"), "cannot be written"));
    assert_int_equal(lint(&a, "--policy nowhere", "open.yaml").status, STATUS_ERROR);
    assert_int_equal(lint(&a, "", "missing.yaml").status, STATUS_ERROR);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_gate_decides_the_status),
        cmocka_unit_test(a_parameter_changes_the_answer),
        cmocka_unit_test(what_is_no_template_is_an_error_by_name_and_skipped_otherwise),
        cmocka_unit_test(every_stage_can_be_dumped),
        cmocka_unit_test(wrong_calls_end_with_status_two),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
