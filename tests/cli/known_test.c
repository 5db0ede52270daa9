#include "cli/known.h"

#include <stdlib.h>

#include "base/file.h"
#include "tests/check.h"
#include "tests/cli/captured.h"

static const char open_template[] =
    "AWSTemplateFormatVersion: '2010-09-09'\n"
    "Resources:\n"
    "  G:\n"
    "    Type: AWS::EC2::SecurityGroup\n"
    "    Properties:\n"
    "      SecurityGroupIngress:\n"
    "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}\n"
    "  I: {Type: 'AWS::EC2::Instance', Properties: {SecurityGroups: [!Ref G]}}\n";

static char folder[] = "/tmp/cfnreach-known-XXXXXX";

static void put(struct arena *a, const char *name, const char *text)
{
    struct str path = str_format(a, "%s/%s", folder, name);
    assert_int_equal(file_replace(a, path, str_from(text)).status, FILE_OK);
}

static int make_folder(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_non_null(mkdtemp(folder));
    put(&a, "t.yaml", open_template);
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

/* OPTION=FOLDER/FILE, then more words, each with a blank behind it. */
static struct captured lint(struct arena *a, const char *option, const char *file, const char *more)
{
    return captured(
        a, run_lint,
        str_format(a, "lint --no-fixes %s=%s/%s %s%s/t.yaml", option, folder, file, more, folder)
            .p);
}

static bool says(struct captured c, const char *what)
{
    return str_find(c.out, str_from(what), 0) != STR_NPOS;
}

static void what_was_written_down_counts_no_longer(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_int_equal(lint(&a, "--write-baseline", "b.sarif", "").status, STATUS_FINDINGS);
    struct captured c = lint(&a, "--baseline", "b.sarif", "");
    assert_int_equal(c.status, STATUS_CLEAN);
    assert_true(says(c, "No new finding: 1 unchanged"));
    assert_false(says(c, "CFNR102"));
    c = lint(&a, "--baseline", "b.sarif", "--fail-on-all ");
    assert_int_equal(c.status, STATUS_FINDINGS);
    assert_true(says(c, "medium, unchanged: SSH"));
    assert_true(says(lint(&a, "--baseline", "b.sarif", "-v "), "medium, unchanged: SSH"));
    arena_release(&a);
}

static void the_first_baseline_of_a_name_is_empty(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_int_equal(lint(&a, "--baseline", "first.sarif", "").status, STATUS_ERROR);
    struct captured c = lint(&a, "--baseline", "first.sarif", "--write-baseline ");
    assert_int_equal(c.status, STATUS_FINDINGS);
    assert_true(says(c, "medium, new: SSH"));
    assert_int_equal(lint(&a, "--baseline", "first.sarif", "").status, STATUS_CLEAN);
    arena_release(&a);
}

static void a_baseline_that_is_none_ends_the_run(void **state)
{
    (void)state;
    struct arena a = {0};
    put(&a, "bad.sarif", "{}");
    struct captured c = lint(&a, "--baseline", "bad.sarif", "");
    assert_int_equal(c.status, STATUS_ERROR);
    assert_true(says(c, "is not a SARIF log of cfnreach: it is no SARIF log."));
    put(&a, "bad.sarif", "");
    assert_true(says(lint(&a, "--baseline", "bad.sarif", ""), "it is empty"));
    assert_true(
        says(captured(&a, run_lint, str_format(&a, "lint --write-baseline %s/t.yaml", folder).p),
             "--write-baseline names no file"));
    arena_release(&a);
}

/* What was not looked at must not become known. */
static void an_incomplete_run_writes_no_baseline(void **state)
{
    (void)state;
    struct arena a = {0};
    put(&a, "broken.yaml", "AWSTemplateFormatVersion: 1\nResources: {A: [}\n");
    struct captured c = captured(
        &a, run_lint,
        str_format(&a, "lint --write-baseline=%s/no.sarif %s/broken.yaml", folder, folder).p);
    assert_int_equal(c.status, STATUS_ERROR);
    assert_true(says(c, "no.sarif' is not written: the run is not complete"));
    struct str bytes;
    assert_int_equal(file_read(&a, str_format(&a, "%s/no.sarif", folder), 9, &bytes).status,
                     FILE_NOT_FOUND);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_down_counts_no_longer),
        cmocka_unit_test(the_first_baseline_of_a_name_is_empty),
        cmocka_unit_test(a_baseline_that_is_none_ends_the_run),
        cmocka_unit_test(an_incomplete_run_writes_no_baseline),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
