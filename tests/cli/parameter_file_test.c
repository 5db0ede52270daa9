#include "cli/parameter_file.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/check.h"

/* "A=1;B=2" of the values, or "ID line:column" of each error. */
static void check_file(const char *text, const char *expected)
{
    struct arena a = {0};
    struct source_set sources;
    struct diags d;
    struct parameter_values values = {0};
    struct buf shown;
    arena_init(&a);
    source_set_init(&sources, &a);
    diags_init(&d, &a);
    buf_init(&shown);
    char path[] = "/tmp/cfnreach-parameters-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    FILE *f = fdopen(fd, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
    parameter_file_read(&a, &sources, str_from(path), &values, &d);
    assert_int_equal(remove(path), 0);
    print_message("        %s\n", text);
    for (size_t i = 0; i < values.all.n; i++) {
        buf_addf(&shown, "%.*s=%.*s;", STR_ARG(values.all.at[i].name),
                 STR_ARG(values.all.at[i].value));
    }
    for (size_t i = 0; i < d.all.n; i++) {
        const struct diag *g = &d.all.at[i];
        struct position at = {0};
        if (!span_is_none(g->at)) {
            at = source_position(sources.all.at[0], g->at.begin);
        }
        buf_addf(&shown, "%s %u:%u;", diag_kind(g->id)->id, at.line, at.column);
    }
    assert_str(buf_str(&shown), expected);
    buf_release(&shown);
    arena_release(&a);
}

static void every_form_is_read(void **state)
{
    (void)state;
    check_file("[{\"ParameterKey\": \"A\", \"ParameterValue\": \"1\"},"
               " {\"ParameterKey\": \"B\", \"ParameterValue\": \"\"}]",
               "A=1;B=;");
    check_file("[\"A=1\", \"B=x=y\"]", "A=1;B=x=y;");
    check_file("{\"A\": \"1\", \"B\": 2, \"C\": true}", "A=1;B=2;C=true;");
    check_file("{\"Parameters\": {\"A\": \"1\"}, \"Tags\": {\"T\": \"x\"}}", "A=1;");
    check_file("Parameters:\n  - {ParameterKey: A, ParameterValue: '1'}\n", "A=1;");
    check_file("A: 0.0.0.0/0\nB: [x, y]\n", "A=0.0.0.0/0;B=x,y;");
    check_file("A: []\nB: [x]\nC: [x, '', 3]\n", "A=;B=x;C=x,,3;");
    check_file("- A=1\n", "A=1;");
    check_file("{\"Parameters\": \"1\"}", "Parameters=1;"); /* a parameter of that name */
    check_file("- {ParameterKey: A, UsePreviousValue: true}\n", "");
}

static void bad_shapes_are_errors_at_their_place(void **state)
{
    (void)state;
    check_file("- A\n", "CFNR912 1:3;");
    check_file("- A=1\n- =2\n", "A=1;CFNR912 2:3;");
    check_file("- {ParameterValue: x}\n", "CFNR912 1:3;");
    check_file("- {ParameterKey: A}\n", "CFNR912 1:3;");
    check_file("A: {B: c}\nD: e\n", "D=e;CFNR912 1:4;");
    check_file("A:\n  - [b]\n", "CFNR912 2:3;");
    check_file("just text\n", "CFNR912 1:1;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_is_read),
        cmocka_unit_test(bad_shapes_are_errors_at_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
