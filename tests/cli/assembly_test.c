#include "cli/assembly.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/check.h"

static void the_stacks_of_a_manifest_are_found_in_its_order(void **state)
{
    (void)state;
    struct arena a = {0};
    struct diags d;
    struct found found = {0};
    diags_init(&d, &a);
    assert_true(assembly_read(&a, STR("testdata/stacks/cdk.out"), 0, &found, &d));
    assert_int_equal(d.all.n, 0);
    assert_int_equal(found.files.n, 3);
    assert_str(found.files.at[0].path, "testdata/stacks/cdk.out/Network.template.json");
    assert_str(found.files.at[0].stack_name, "Network");
    assert_str(found.files.at[1].stack_name, "shop-app");
    assert_int_equal(found.files.at[1].given_n, 1);
    assert_str(found.files.at[1].given[0].name, "AdminRange");
    assert_str(found.files.at[1].given[0].value, "0.0.0.0/0");
    assert_str(found.files.at[2].path,
               "testdata/stacks/cdk.out/assembly-Prod/ProdGate1A2B3C4D.template.json");
    assert_str(found.files.at[2].stack_name, "Prod-Gate");
    assert_false(assembly_read(&a, STR("testdata/stacks/exports"), 0, &found, &d));
    arena_release(&a);
}

static void what_is_wrong_with_a_manifest_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *manifest;
        bool is_one;
        const char *message; /* NULL: none */
    } cases[] = {
        {"{}", false, NULL},
        {"{\"artifacts\": ", false, NULL},
        {"{\"artifacts\": {}}", true, NULL},
        {"{\"artifacts\": {\"A\": {\"type\": \"aws:cloudformation:stack\"}}}", true,
         "no 'templateFile' in artifact 'A'."},
        {"{\"artifacts\": {\"A\": {\"type\": \"cdk:cloud-assembly\", \"properties\": "
         "{\"directoryName\": \"b\"}}}}",
         true, "there is no manifest in the folder of artifact 'A'."},
        {"{\"artifacts\": {\"A\": {\"type\": \"cdk:cloud-assembly\", \"properties\": "
         "{\"directoryName\": \".\"}}}}",
         true, "more than 8 assemblies inside one another at 'A'."},
    };
    char folder[] = "/tmp/cfnreach-assembly-XXXXXX";
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena a = {0};
        struct diags d;
        struct found found = {0};
        diags_init(&d, &a);
        struct str path = str_format(&a, "%s/manifest.json", folder);
        assert_int_equal(file_replace(&a, path, str_from(cases[i].manifest)).status, FILE_OK);
        assert_int_equal(assembly_read(&a, str_from(folder), 0, &found, &d), cases[i].is_one);
        assert_int_equal(d.all.n, cases[i].message != NULL);
        if (cases[i].message != NULL) {
            assert_true(str_ends(d.all.at[0].message, str_from(cases[i].message)));
        }
        assert_int_equal(unlink(path.p), 0);
        arena_release(&a);
    }
    assert_int_equal(rmdir(folder), 0);
}

/* A broken manifest is said where the folder is one of the CDK, and nobody's business elsewhere. */
static void a_broken_manifest_of_the_cdk_is_not_passed_over(void **state)
{
    (void)state;
    static const struct {
        const char *beside; /* a file of the folder */
        const char *manifest;
        enum diag_id id;
        const char *message; /* NULL: none */
    } cases[] = {
        {"other.json", "{\"artifacts\": ", DIAG_SYNTAX, NULL},
        {"tree.json", "{\"artifacts\": ", DIAG_SYNTAX, "is not well-formed JSON;"},
        {"Net.template.json", "{", DIAG_SYNTAX, "is not well-formed JSON;"},
        {"Net.template.json", "", DIAG_SYNTAX, "is not well-formed JSON;"},
        {"tree.json", "{\"artifacts\": []}", DIAG_ARGUMENT, "has no map of 'artifacts';"},
        {"tree.json", "[]", DIAG_ARGUMENT, "has no map of 'artifacts';"},
        {"tree.json", "{\"version\": \"1\"}", DIAG_SYNTAX, NULL},
    };
    char folder[] = "/tmp/cfnreach-assembly-XXXXXX";
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena a = {0};
        struct diags d;
        struct found found = {0};
        diags_init(&d, &a);
        struct str path = str_format(&a, "%s/manifest.json", folder);
        struct str beside = str_format(&a, "%s/%s", folder, cases[i].beside);
        assert_int_equal(file_replace(&a, path, str_from(cases[i].manifest)).status, FILE_OK);
        assert_int_equal(file_replace(&a, beside, STR("{}")).status, FILE_OK);
        assert_false(assembly_read(&a, str_from(folder), 0, &found, &d));
        assert_int_equal(d.all.n, cases[i].message != NULL);
        if (cases[i].message != NULL) {
            assert_int_equal(d.all.at[0].id, cases[i].id);
            assert_str(d.all.at[0].path, path.p);
            assert_true(str_find(d.all.at[0].message, str_from(cases[i].message), 0) != STR_NPOS);
        }
        assert_int_equal(unlink(path.p), 0);
        assert_int_equal(unlink(beside.p), 0);
        arena_release(&a);
    }
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_stacks_of_a_manifest_are_found_in_its_order),
        cmocka_unit_test(what_is_wrong_with_a_manifest_is_said),
        cmocka_unit_test(a_broken_manifest_of_the_cdk_is_not_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
