#include "cli/cmd_diff.h"

#include "tests/check.h"
#include "tests/cli/captured.h"

/* Run from the project's root, as all tests are. */
#define OLD "testdata/diff/opened/old.yaml"
#define NEW "testdata/diff/opened/new.yaml"

static void expect(const char *line, int status, const char *what)
{
    struct arena a = {0};
    struct captured c = captured(&a, run_lint, line);
    if (c.status != status || str_find(c.out, str_from(what), 0) == STR_NPOS) {
        fail_msg("%s: status %d: %.*s", line, c.status, STR_ARG(c.out));
    }
    arena_release(&a);
}

static void what_opens_at_the_gate_is_the_status(void **state)
{
    (void)state;
    expect("diff " OLD " " NEW, STATUS_FINDINGS, "+ opened   medium");
    expect("diff " NEW " " OLD, STATUS_CLEAN, "- closed   medium");
    expect("diff " OLD " " OLD, STATUS_CLEAN, "No flow has changed");
    expect("diff --fail-on high " OLD " " NEW, STATUS_CLEAN, "0 open something at or above high");
    expect("diff -f json " OLD " " NEW, STATUS_FINDINGS, "cfnreach-diff/1");
    expect("diff testdata/diff/folder/old testdata/diff/folder/new", STATUS_FINDINGS,
           "1 opened, 1 closed");
}

static void wrong_calls_say_why(void **state)
{
    (void)state;
    expect("diff " OLD, STATUS_ERROR, "two paths");
    expect("diff testdata/diff " OLD, STATUS_ERROR, "two files, or two folders");
    expect("diff " OLD " /nowhere.yaml", STATUS_ERROR, "cannot be read");
    expect("diff -f junit " OLD " " NEW, STATUS_ERROR, "does not belong to this command");
    expect("diff -f json -f text " OLD " " NEW, STATUS_ERROR, "only one format");
    expect("diff git:-x:y " NEW, STATUS_ERROR, "is no revision");
    expect("diff -p Nope=1 " OLD " " NEW, STATUS_ERROR, "No template declares");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_opens_at_the_gate_is_the_status),
        cmocka_unit_test(wrong_calls_say_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
