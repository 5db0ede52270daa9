#include "cli/cmd_path.h"

#include "base/file.h"
#include "tests/check.h"
#include "tests/cli/captured.h"

/* Run from the project's root, as all tests are. */
#define DEMO_PATH "testdata/demo/template.yaml"
#define DEMO      "path testdata/demo/template.yaml "

static void expect(const char *line, int status, const char *what)
{
    struct arena a = {0};
    struct captured c = captured(&a, run_path, line);
    if (c.status != status || str_find(c.out, str_from(what), 0) == STR_NPOS) {
        fail_msg("%s: status %d: %.*s", line, c.status, STR_ARG(c.out));
    }
    arena_release(&a);
}

static void the_verdict_is_the_status(void **state)
{
    (void)state;
    expect(DEMO "--from internet --to JumpHost --port 22", STATUS_CLEAN, "'Internet'");
    expect(DEMO "--from internet --to Database --port 3306", STATUS_FINDINGS, "blocked");
    expect(DEMO "--from Internet --to JumpHost --port 22 -f json", STATUS_CLEAN, "cfnreach-path/1");
}

/* Both come from files: the flag wins. */
static void parameters_come_from_files_too(void **state)
{
    (void)state;
#define CASE "path testdata/cases/parameters/given-source/template.yaml --from internet --to "
    struct arena a = {0};
    struct str file = STR("build/path-parameters.json");
    struct file_result r = file_replace(&a, file, STR("{\"Source\": \"10.0.0.0/8\"}"));
    assert_int_equal(r.status, FILE_OK);
    expect(CASE "Server --port 22 --parameter-file build/path-parameters.json", STATUS_FINDINGS,
           "blocked");
    expect(CASE "Server --port 22 --parameter-file build/path-parameters.json -p Source=0.0.0.0/0",
           STATUS_CLEAN, "reachable");
    arena_release(&a);
}

#define STACKS "testdata/stacks/exports/"
static void templates_that_form_one_network_are_one_question(void **state)
{
    (void)state;
    const char *all = "path " STACKS "network.yaml " STACKS "security.yaml " STACKS
                      "application.yaml --from internet --to application/Web --port 22";
    expect(all, STATUS_CLEAN, STACKS "network.yaml");
    expect("path testdata/stacks/nested/main.yaml --from internet --to Web/Server --port 443",
           STATUS_CLEAN, "Network/Gateway");
}

static void a_wrong_call_is_explained(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *what;
    } cases[] = {
        {DEMO "--from internet", "needs --from"},
        {"path --from internet --to X", "one template"},
        {DEMO "--from internet --to JumpHots", "did you mean 'JumpHost'?"},
        {DEMO "--from internett --to JumpHost", "did you mean 'internet'?"},
        {DEMO "--from internet --to Network", "AWS::EC2::VPC"},
        {DEMO "--from internet --to JumpHost -f sarif", "does not belong"},
        {DEMO "--from internet --to JumpHost -p No=1", "declares no parameter"},
        {DEMO "--from internet --to JumpHost --parameter-file /nowhere.json", "/nowhere.json"},
        {"path testdata/stacks/exports/network.yaml " DEMO_PATH " --from internet --to X",
         "not linked"},
        {"path /nowhere.yaml --from internet --to X", "cannot be read"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect(cases[i].line, STATUS_ERROR, cases[i].what);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_verdict_is_the_status),
        cmocka_unit_test(parameters_come_from_files_too),
        cmocka_unit_test(templates_that_form_one_network_are_one_question),
        cmocka_unit_test(a_wrong_call_is_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
