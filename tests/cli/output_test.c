#include "cli/output.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/check.h"
#include "tests/cli/captured.h"

static bool is_text_or_json(const struct report_format *f)
{
    return str_is(str_from(f->name), "text") || str_is(str_from(f->name), "json");
}

/* A command whose answer to every -f is the name of the format. */
static int name_formats(struct cli_options *o)
{
    int status = STATUS_CLEAN;
    if (!output_begin(o, is_text_or_json)) {
        return STATUS_ERROR;
    }
    for (size_t i = 0; i < o->outputs.n; i++) {
        const struct cli_output *output = &o->outputs.at[i];
        struct str bytes = str_format(o->arena, "<%s>", output->format->name);
        status |= output_write(o, output->file, bytes);
    }
    return status;
}

static void text_is_written_if_nothing_else_is_asked_for(void **state)
{
    (void)state;
    struct arena a = {0};
    struct captured c = captured(&a, name_formats, "lint x");
    assert_int_equal(c.status, STATUS_CLEAN);
    assert_str(c.out, "<text>");
    c = captured(&a, name_formats, "lint x -f json");
    assert_int_equal(c.status, STATUS_CLEAN);
    assert_str(c.out, "<json>");
    arena_release(&a);
}

static void a_format_of_another_command_is_a_wrong_call(void **state)
{
    (void)state;
    struct arena a = {0};
    struct captured c = captured(&a, name_formats, "lint x -f text -f junit=/dev/null");
    assert_int_equal(c.status, STATUS_ERROR);
    assert_str(c.out, "cfnreach: format 'junit' does not belong to this command\n");
    arena_release(&a);
}

static void only_one_format_goes_to_standard_output(void **state)
{
    (void)state;
    struct arena a = {0};
    struct captured c = captured(&a, name_formats, "lint x -f text -f json");
    assert_int_equal(c.status, STATUS_ERROR);
    assert_str(c.out, "cfnreach: only one format can go to standard output; write the others as "
                      "-f FORMAT=FILE\n");
    c = captured(&a, name_formats, "lint x -f text -f json=/dev/null");
    assert_int_equal(c.status, STATUS_CLEAN);
    assert_str(c.out, "<text>");
    arena_release(&a);
}

static void an_output_lands_in_its_file_or_says_why_not(void **state)
{
    (void)state;
    struct arena a = {0};
    char folder[] = "/tmp/cfnreach-output-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct str file = str_format(&a, "%s/answer", folder);
    struct captured c = captured(&a, name_formats, str_format(&a, "lint x -f json=%s", file.p).p);
    assert_int_equal(c.status, STATUS_CLEAN);
    assert_str(c.out, "");
    struct str bytes;
    assert_int_equal(file_read(&a, file, 100, &bytes).status, FILE_OK);
    assert_str(bytes, "<json>");
    c = captured(&a, name_formats, str_format(&a, "lint x -f json=%s/no/answer", folder).p);
    assert_int_equal(c.status, STATUS_ERROR);
    struct str begins = str_format(&a, "cfnreach: '%s/no/answer' cannot be written: ", folder);
    assert_true(str_starts(c.out, begins));
    assert_int_equal(unlink(file.p), 0);
    assert_int_equal(rmdir(folder), 0);
    arena_release(&a);
}

static int say(struct cli_options *o)
{
    (void)o;
    output_say(STR("a.yaml"), (struct position){.line = 3, .column = 9}, STR("One."));
    output_say(STR("b\x1b.yaml"), (struct position){0}, STR("Two\xff."));
    output_say(STR(""), (struct position){0}, STR("Three."));
    return STATUS_CLEAN;
}

static void what_is_said_has_its_place_and_no_control_bytes(void **state)
{
    (void)state;
    struct arena a = {0};
    struct captured c = captured(&a, say, "lint x");
    struct str line = str_sub(c.out, 0, str_find_byte(c.out, '\n', 0) + 1);
    assert_str(line, "cfnreach: a.yaml:3:9: One.\n");
    assert_true(str_find_byte(c.out, '\x1b', 0) == STR_NPOS);
    assert_true(str_find_byte(c.out, '\xff', 0) == STR_NPOS);
    assert_true(str_find(c.out, STR(".yaml: Two"), 0) != STR_NPOS);
    assert_true(str_ends(c.out, STR("\ncfnreach: Three.\n")));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_written_if_nothing_else_is_asked_for),
        cmocka_unit_test(a_format_of_another_command_is_a_wrong_call),
        cmocka_unit_test(only_one_format_goes_to_standard_output),
        cmocka_unit_test(an_output_lands_in_its_file_or_says_why_not),
        cmocka_unit_test(what_is_said_has_its_place_and_no_control_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
