#include "cli/discover.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/check.h"

static void endings_of_templates_are_known(void **state)
{
    (void)state;
    static const char *const yes[] = {"a.yaml", "a.yml",       "a.json", "a.template",
                                      "a.cfn",  "x/y.tpl.jsn", "A.YAML"};
    static const char *const no[] = {"a.txt", "yaml", ".yaml", "a.yaml.bak", "", "a.tf"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        assert_true(discover_is_candidate(str_from(yes[i])));
    }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        assert_false(discover_is_candidate(str_from(no[i])));
    }
}

static void make_file(struct arena *a, const char *folder, const char *name)
{
    struct str path = str_format(a, "%s/%s", folder, name);
    assert_int_equal(file_replace(a, path, STR("x")).status, FILE_OK);
}

static void make_folder(struct arena *a, const char *folder, const char *name)
{
    assert_int_equal(mkdir(str_format(a, "%s/%s", folder, name).p, 0700), 0);
}

static void folders_are_walked_in_byte_order(void **state)
{
    (void)state;
    struct arena a = {0};
    struct diags d;
    struct found found = {0};
    char folder[] = "/tmp/cfnreach-discover-XXXXXX";
    diags_init(&d, &a);
    assert_non_null(mkdtemp(folder));
    make_folder(&a, folder, "b");
    make_folder(&a, folder, ".git");
    make_folder(&a, folder, "node_modules");
    make_file(&a, folder, "c.yaml");
    make_file(&a, folder, "a.json");
    make_file(&a, folder, "readme.md");
    make_file(&a, folder, "b/z.yml");
    make_file(&a, folder, ".git/x.yaml");
    make_file(&a, folder, "node_modules/x.yaml");
    discover(&a, str_from(folder), &found, &d);
    static const char *const expected[] = {"a.json", "b/z.yml", "c.yaml"};
    assert_int_equal(found.files.n, 3);
    for (size_t i = 0; i < 3; i++) {
        struct str path = str_format(&a, "%s/%s", folder, expected[i]);
        assert_str(found.files.at[i].path, path.p);
        assert_false(found.files.at[i].by_hand);
    }
    assert_int_equal(d.all.n, 0);
    struct str remove = str_format(&a, "rm -rf %s", folder);
    assert_int_equal(system(remove.p), 0);
    arena_release(&a);
}

static void a_template_may_have_the_name_of_its_stack(void **state)
{
    (void)state;
    struct arena a = {0};
    struct diags d;
    struct found found = {0};
    diags_init(&d, &a);
    discover(&a, STR("net-1=testdata/stacks/exports/network.yaml"), &found, &d);
    discover(&a, STR("app=testdata/stacks/exports/application.yaml,values.json"), &found, &d);
    assert_int_equal(found.files.n, 2);
    assert_str(found.files.at[0].stack_name, "net-1");
    assert_str(found.files.at[0].path, "testdata/stacks/exports/network.yaml");
    assert_str(found.files.at[0].parameters, "");
    assert_str(found.files.at[1].stack_name, "app");
    assert_str(found.files.at[1].path, "testdata/stacks/exports/application.yaml");
    assert_str(found.files.at[1].parameters, "values.json");
    discover(&a, STR("1net=testdata/stacks/exports/network.yaml"), &found, &d);
    discover(&a, STR("net=/nowhere.yaml"), &found, &d);
    discover(&a, STR("net=testdata"), &found, &d);
    assert_int_equal(found.files.n, 2);
    assert_int_equal(d.errors, 3);
    assert_str(d.all.at[1].path, "/nowhere.yaml");
    arena_release(&a);
}

static void what_is_missing_is_said(void **state)
{
    (void)state;
    struct arena a = {0};
    struct diags d;
    struct found found = {0};
    diags_init(&d, &a);
    discover(&a, STR("/nowhere/at-all.yaml"), &found, &d);
    discover(&a, STR("-"), &found, &d);
    assert_int_equal(found.files.n, 1);
    assert_str(found.files.at[0].path, "-");
    assert_int_equal(d.errors, 1);
    assert_int_equal(d.all.at[0].id, DIAG_UNREADABLE);
    assert_str(d.all.at[0].path, "/nowhere/at-all.yaml");
    arena_release(&a);
}

static void each_file_is_left_once(void **state)
{
    (void)state;
    struct arena a = {0};
    struct found found = {0};
    static const struct {
        const char *path;
        const char *stack;
        bool by_hand;
        bool stays;
    } rows[] = {
        {"sub/b.yaml", "", false, true},
        {"a.yaml", "", true, true},
        {"./sub/../a.yaml", "", true, false},
        {"/here/a.yaml", "", true, false},
        {"/there/a.yaml", "", true, true},
        {"sub//b.yaml", "", true, false},
        {"a.yaml", "one", true, true},
        {"a.yaml", "two", true, true},
        {"a.yaml", "one", true, false},
        {"-", "", true, true},
        {"-", "", true, false},
        {"./-", "", true, true},
    };
    enum { ROWS = sizeof rows / sizeof *rows };
    for (size_t i = 0; i < ROWS; i++) {
        *VEC_ADD(&a, &found.files) = (struct found_file){.path = str_from(rows[i].path),
                                                         .stack_name = str_from(rows[i].stack),
                                                         .by_hand = rows[i].by_hand};
    }
    discover_once(&found, STR("/here"));
    size_t n = 0;
    for (size_t i = 0; i < ROWS; i++) {
        if (rows[i].stays) {
            assert_str(found.files.at[n].path, rows[i].path);
            assert_str(found.files.at[n++].stack_name, rows[i].stack);
        }
    }
    assert_int_equal(found.files.n, n);
    assert_true(found.files.at[0].by_hand); /* named as well as found */
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(endings_of_templates_are_known),
        cmocka_unit_test(folders_are_walked_in_byte_order),
        cmocka_unit_test(a_template_may_have_the_name_of_its_stack),
        cmocka_unit_test(what_is_missing_is_said),
        cmocka_unit_test(each_file_is_left_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
