#include "cli/git_show.h"

#include <stdlib.h>
#include <unistd.h>

#include "tests/check.h"

/* A repository in a folder of its own, which becomes the working folder; skipped without git. */
static bool in_repository(void)
{
    static const char script[] =
        "git init -q . && mkdir -p net && echo one > net/a.yaml && echo two > net/b.json && "
        "echo no > net/readme && git add . && "
        "git -c user.name=a -c user.email=a@example.invalid commit -q -m a && rm -r net";
    char folder[] = "/tmp/cfnreach-git-XXXXXX";
    return mkdtemp(folder) != NULL && chdir(folder) == 0 && system(script) == 0;
}

static void leave(void)
{
    char cwd[64];
    char line[128];
    assert_non_null(getcwd(cwd, sizeof cwd));
    assert_int_equal(chdir("/"), 0);
    (void)snprintf(line, sizeof line, "rm -rf '%s'", cwd);
    assert_int_equal(system(line), 0);
}

static void expect_fault(struct arena *a, const char *path, const char *what)
{
    struct str bytes;
    struct file_result r = git_read(a, str_from(path), 1000, &bytes);
    if (r.status == FILE_OK || str_find(r.why, str_from(what), 0) == STR_NPOS) {
        fail_msg("%s: '%.*s'", path, STR_ARG(r.why));
    }
    assert_int_equal(bytes.n, 0);
}

static void files_and_folders_of_a_revision(void **state)
{
    (void)state;
    struct arena a = {0};
    struct diags d;
    diags_init(&d, &a);
    if (!in_repository()) {
        arena_release(&a);
        print_message("SKIPPED: git makes no repository here\n");
        skip();
    }
    struct found found = {0};
    bool is_folder = false;
    struct str path = STR("git:HEAD:net");
    assert_true(git_discover(&a, &path, &found, &is_folder, &d));
    assert_true(is_folder && str_is(path, "git:HEAD:/net"));
    assert_int_equal(found.files.n, 2);
    assert_true(str_is(found.files.at[0].path, "git:HEAD:/net/a.yaml"));
    struct str bytes;
    assert_int_equal(git_read(&a, found.files.at[1].path, 1000, &bytes).status, FILE_OK);
    assert_true(str_is(bytes, "two\n"));
    assert_int_equal(git_read(&a, STR("git:HEAD:net/a.yaml"), 2, &bytes).status, FILE_TOO_LARGE);
    path = STR("git:HEAD:./net/a.yaml");
    found.files.n = 0;
    assert_true(git_discover(&a, &path, &found, &is_folder, &d));
    assert_true(!is_folder && found.files.at[0].by_hand);
    assert_true(str_is(path, "git:HEAD:/net/a.yaml"));
    assert_int_equal(d.errors, 0);
    expect_fault(&a, "git:HEAD:net/c.yaml", "revision 'HEAD' has no 'net/c.yaml'");
    expect_fault(&a, "git:nowhere:net/a.yaml", "git knows no revision 'nowhere'");
    path = STR("git:HEAD:no");
    assert_false(git_discover(&a, &path, &found, &is_folder, &d));
    assert_int_equal(d.errors, 1);
    leave();
    arena_release(&a);
}

/* Neither reaches git. */
static void a_revision_is_never_an_option(void **state)
{
    (void)state;
    struct arena a = {0};
    expect_fault(&a, "git:--output=x:net/a.yaml", "'--output=x' is no revision");
    expect_fault(&a, "git:-x:net/a.yaml", "is no revision");
    expect_fault(&a, "git:HEAD", "not of the form git:REV:path");
    expect_fault(&a, "git::net/a.yaml", "not of the form git:REV:path");
    assert_true(git_is_path(STR("git:HEAD:x")));
    assert_false(git_is_path(STR("net/git:x")));
    arena_release(&a);
}

static void without_git_that_is_said(void **state)
{
    (void)state;
    struct arena a = {0};
    char *path = getenv("PATH");
    struct str kept = str_copy(&a, str_from(path));
    assert_int_equal(setenv("PATH", "/nowhere", 1), 0);
    expect_fault(&a, "git:HEAD:x", "git is not installed");
    assert_int_equal(setenv("PATH", str_to_c(&a, kept), 1), 0);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_revision_is_never_an_option),
        cmocka_unit_test(without_git_that_is_said),
        cmocka_unit_test(files_and_folders_of_a_revision),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
