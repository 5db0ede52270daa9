#include "cli/config.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/check.h"
#include "tests/cli/captured.h"

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

static char folder[] = "/tmp/cfnreach-config-XXXXXX";

static void put(const char *name, const char *text)
{
    struct arena a = {0};
    struct str path = str_format(&a, "%s/%s", folder, name);
    assert_int_equal(file_replace(&a, path, str_from(text)).status, FILE_OK);
    arena_release(&a);
}

/* FOLDER/.git, FOLDER/sub/t.yaml; the working folder is FOLDER. */
static int make_folder(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(mkdir(".git", 0700), 0);
    assert_int_equal(mkdir("sub", 0700), 0);
    put("sub/t.yaml", open_template);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    struct arena a = {0};
    int status = chdir("/") != 0 || system(str_format(&a, "rm -rf %s", folder).p) != 0;
    arena_release(&a);
    return status;
}

static bool says(struct captured c, const char *what)
{
    return str_find(c.out, str_from(what), 0) != STR_NPOS;
}

static void flags_win_over_the_environment_and_that_over_the_file(void **state)
{
    (void)state;
    struct arena a = {0};
    put(".cfnreach.yaml", "fail-on: high\npaths: [sub]\n");
    assert_int_equal(captured(&a, run_lint, "lint -q").status, STATUS_CLEAN);
    assert_int_equal(captured(&a, run_lint, "lint -q --fail-on low").status, STATUS_FINDINGS);
    assert_int_equal(captured(&a, run_lint, "lint -q --no-config sub").status, STATUS_FINDINGS);
    assert_int_equal(setenv("CFNREACH_FAIL_ON", "medium", 1), 0);
    assert_int_equal(captured(&a, run_lint, "lint -q").status, STATUS_FINDINGS);
    struct captured c = captured(&a, run_config, "config");
    assert_true(says(c, "medium                   CFNREACH_FAIL_ON"));
    assert_true(says(captured(&a, run_config, "config --fail-on never"), "--fail-on"));
    assert_int_equal(setenv("CFNREACH_FAIL_ON", "sometimes", 1), 0);
    assert_int_equal(captured(&a, run_lint, "lint -q").status, STATUS_ERROR);
    assert_int_equal(unsetenv("CFNREACH_FAIL_ON"), 0);
    assert_true(says(captured(&a, run_config, "config"), ".cfnreach.yaml:1"));
    arena_release(&a);
}

static void the_closest_file_alone_counts_up_to_git(void **state)
{
    (void)state;
    struct arena a = {0};
    put(".cfnreach.yaml", "fail-on: high\n");
    put("sub/.cfnreach.yaml", "region: eu-west-1\n");
    assert_int_equal(captured(&a, run_lint, "lint -q sub/t.yaml").status, STATUS_FINDINGS);
    assert_true(says(captured(&a, run_config, "config sub/t.yaml"), "sub/.cfnreach.yaml:1"));
    assert_int_equal(unlink("sub/.cfnreach.yaml"), 0);
    assert_int_equal(captured(&a, run_lint, "lint -q sub/t.yaml").status, STATUS_CLEAN);
    assert_int_equal(mkdir("sub/.git", 0700), 0);
    assert_int_equal(captured(&a, run_lint, "lint -q sub/t.yaml").status, STATUS_FINDINGS);
    assert_int_equal(rmdir("sub/.git"), 0);
    put("other.yaml", "fail-on: never\n");
    assert_int_equal(captured(&a, run_lint, "lint -q --config other.yaml sub").status,
                     STATUS_CLEAN);
    arena_release(&a);
}

static void findings_are_ignored_by_path_from_any_folder(void **state)
{
    (void)state;
    struct arena a = {0};
    put(".cfnreach.yaml", "ignore: [{path: 'sub/**', reason: old}]\n");
    assert_int_equal(captured(&a, run_lint, "lint -q sub/t.yaml").status, STATUS_CLEAN);
    assert_int_equal(chdir("sub"), 0);
    assert_int_equal(captured(&a, run_lint, "lint -q t.yaml").status, STATUS_CLEAN);
    assert_int_equal(chdir(".."), 0);
    put(".cfnreach.yaml", "ignore: [{path: 'sub/x*', reason: old}]\n");
    assert_int_equal(captured(&a, run_lint, "lint -q sub/t.yaml").status, STATUS_FINDINGS);
    arena_release(&a);
}

static void parameters_hold_for_all_or_for_matching_templates(void **state)
{
    (void)state;
    struct arena a = {0};
    put(".cfnreach.yaml", "parameters: {Port: 3389, NotDeclared: x}\n");
    assert_true(says(captured(&a, run_lint, "lint sub/t.yaml"), "CFNR105"));
    assert_true(says(captured(&a, run_lint, "lint -p Port=21 sub/t.yaml"), "CFNR103"));
    put(".cfnreach.yaml", "parameters: {Port: 3389, 'sub/*.yaml': {Port: 23}}\n");
    assert_true(says(captured(&a, run_lint, "lint sub/t.yaml"), "CFNR101"));
    assert_true(says(captured(&a, run_lint, "lint -p Port=21 sub/t.yaml"), "CFNR103"));
    arena_release(&a);
}

static void a_file_of_comments_configures_nothing(void **state)
{
    (void)state;
    static const char *const blank[] = {"", "\n", "# policy: strict\n", "\xef\xbb\xbf",
                                        "---\n  # later\r\n\n"};
    for (size_t i = 0; i < sizeof blank / sizeof *blank; i++) {
        struct arena a = {0};
        put(".cfnreach.yaml", blank[i]);
        struct captured c = captured(&a, run_lint, "lint sub/t.yaml");
        assert_int_equal(c.status, STATUS_FINDINGS);
        assert_false(says(c, "error"));
        arena_release(&a);
    }
}

static void mistakes_have_a_place_and_a_suggestion(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *says;
    } rows[] = {
        {"polcy: strict\n",
         ".cfnreach.yaml:1:1: error: Unknown key 'polcy'; did you mean 'policy'?"},
        {"\nfail-on: sometimes\n",
         ".cfnreach.yaml:2:10: error: fail-on: 'sometimes' is not one of"},
        {"\npolicy: nosuch\n", ".cfnreach.yaml:2:9: error: There is no built-in policy 'nosuch'."},
        {"policy: ./nosuch.yaml\n", ".cfnreach.yaml:1:9: error: The policy './nosuch.yaml' cannot"},
        {"no-fixes: perhaps\n", "'no-fixes' is on or off"},
        {"paths: sub\n", "'paths' is a list"},
        {"parameters: [A=b]\n", "'parameters' is a map"},
        {"parameters: {A: [b, [c]]}\n", "is a text, or a list of texts"},
        {"parameters: {A: }\n", "is a text, or a list of texts"},
        {"policy: [strict]\n", "'policy' is not a text"},
        {"ignore: [{rule: CFNR1022}]\n", "did you mean 'CFNR102'?"},
        {"- policy\n", "A configuration is a map"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena a = {0};
        put(".cfnreach.yaml", rows[i].text);
        struct captured c = captured(&a, run_lint, "lint sub/t.yaml");
        if (c.status != STATUS_ERROR || !says(c, rows[i].says)) {
            fail_msg("%s: %.*s", rows[i].text, STR_ARG(c.out));
        }
        arena_release(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flags_win_over_the_environment_and_that_over_the_file),
        cmocka_unit_test(the_closest_file_alone_counts_up_to_git),
        cmocka_unit_test(findings_are_ignored_by_path_from_any_folder),
        cmocka_unit_test(parameters_hold_for_all_or_for_matching_templates),
        cmocka_unit_test(a_file_of_comments_configures_nothing),
        cmocka_unit_test(mistakes_have_a_place_and_a_suggestion),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
