#include "base/path.h"

#include "tests/check.h"

static void a_folder_ends_with_its_slash(void **state)
{
    (void)state;
    assert_str(path_folder(STR("a/b.yaml")), "a/");
    assert_str(path_folder(STR("/b.yaml")), "/");
    assert_str(path_folder(STR("a/b/")), "a/b/");
    assert_str(path_folder(STR("b.yaml")), "");
    assert_str(path_folder(STR("")), "");
}

static void the_parent_of_the_root_is_the_root(void **state)
{
    (void)state;
    assert_str(path_parent(STR("/a/b")), "/a");
    assert_str(path_parent(STR("/a")), "/");
    assert_str(path_parent(STR("/")), "/");
    assert_str(path_parent(STR("a")), "");
    assert_str(path_parent(STR("")), "");
}

static void two_spellings_of_one_path_are_one_text(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"a/./b/../c", "a/c"},
        {"a//b/", "a/b"},
        {"./a", "a"},
        {".", ""},
        {"", ""},
        {"a/..", ""},
        {"../a", "../a"},
        {"a/../../b", "../b"},
        {"../../a", "../../a"},
        {"../a/../b", "../b"},
        {"..", ".."},
        {"a/b/../../c", "c"},
        {"/", "/"},
        {"/..", "/"},
        {"/../a", "/a"},
        {"/a/../..", "/"},
        {"//a/./b//", "/a/b"},
        {"/a/../b", "/b"},
        {"...", "..."},
        {"a/.../b", "a/.../b"},
        {"/a/b/c/../../d", "/a/d"},
    };
    struct arena a = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_str(path_normal(&a, str_from(rows[i][0])), rows[i][1]);
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_ends_with_its_slash),
        cmocka_unit_test(the_parent_of_the_root_is_the_root),
        cmocka_unit_test(two_spellings_of_one_path_are_one_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
