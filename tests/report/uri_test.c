#include "report/uri.h"
#include "tests/check.h"

static void paths_become_relative_to_the_root(void **state)
{
    (void)state;
    static const struct {
        const char *cwd;
        const char *path;
        const char *uri;
        bool absolute;
    } rows[] = {
        {"/repo", "a.yaml", "a.yaml", false},
        {"/repo", "./a.yaml", "a.yaml", false},
        {"/repo", "x//y/./z/../a.yaml", "x/y/a.yaml", false},
        {"/repo/sub", "a.yaml", "sub/a.yaml", false},
        {"/repo/sub", "../a.yaml", "a.yaml", false},
        {"/repo/sub", "../../other/a.yaml", "file:///other/a.yaml", true},
        {"/repo", "/repo/b c.yaml", "b%20c.yaml", false},
        {"/repo", "/repository/a.yaml", "file:///repository/a.yaml", true},
        {"/repo", "../../../a.yaml", "file:///a.yaml", true},
        {"/repo", "caf\xc3\xa9#1.yaml", "caf%C3%A9%231.yaml", false},
        {"/repo", "<stdin>", "%3Cstdin%3E", false},
    };
    struct arena a = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct report_options o = {.root = STR("/repo"), .cwd = str_from(rows[i].cwd)};
        struct report_uri u = report_uri(&a, &o, str_from(rows[i].path));
        assert_str(u.uri, rows[i].uri);
        assert_int_equal(u.absolute, rows[i].absolute);
    }
    struct report_options o = {.root = STR("/"), .cwd = STR("/")};
    assert_str(report_uri(&a, &o, STR("etc/a.yaml")).uri, "etc/a.yaml");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(paths_become_relative_to_the_root)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
