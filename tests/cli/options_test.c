#include "cli/options.h"
#include "tests/check.h"

enum { MOST_WORDS = 12 };

/* Parses a command line given as words separated by single blanks. */
static bool parse(struct arena *a, struct cli_options *o, const char *line, struct buf *why)
{
    char *argv[MOST_WORDS + 1] = {str_to_c(a, STR("cfnreach"))};
    int argc = 1;
    struct str rest = str_from(line);
    while (rest.n) {
        size_t blank = str_find_byte(rest, ' ', 0);
        assert_true(argc < MOST_WORDS);
        argv[argc++] = str_to_c(a, str_sub(rest, 0, blank));
        rest = str_sub(rest, blank == STR_NPOS ? rest.n : blank + 1, rest.n);
    }
    *o = (struct cli_options){.arena = a, .gate = SEVERITY_MEDIUM};
    buf_clear(why);
    return cli_parse(o, argc, argv, why);
}

static void every_way_of_writing_an_option_is_taken(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "lint --format json --fail-on low -q a.yaml", "lint --format=json --fail-on=low -q a.yaml",
        "lint -f json -q --fail-on low a.yaml",       "lint -fjson a.yaml --quiet --fail-on low",
        "--format json -q --fail-on=low a.yaml",      "lint -q --fail-on low -f json -- a.yaml",
    };
    struct arena a = {0};
    struct buf why;
    buf_init(&why);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct cli_options o;
        assert_true(parse(&a, &o, lines[i], &why));
        assert_int_equal(o.command, COMMAND_LINT);
        assert_int_equal(o.outputs.n, 1);
        assert_string_equal(o.outputs.at[0].format->name, "json");
        assert_int_equal(o.gate, SEVERITY_LOW);
        assert_true(o.quiet);
        assert_int_equal(o.paths.n, 1);
        assert_str(o.paths.at[0], "a.yaml");
    }
    buf_release(&why);
    arena_release(&a);
}

static void values_are_split_at_the_first_equals_sign(void **state)
{
    (void)state;
    struct arena a = {0};
    struct buf why;
    struct cli_options o;
    buf_init(&why);
    assert_true(parse(&a, &o, "lint -p A=b=c -p List=x,y -p Empty= -f sarif=o=1.sarif -", &why));
    assert_int_equal(o.given.n, 3);
    assert_str(o.given.at[0].name, "A");
    assert_str(o.given.at[0].value, "b=c");
    assert_str(o.given.at[1].value, "x,y");
    assert_str(o.given.at[2].value, "");
    assert_str(o.outputs.at[0].file, "o=1.sarif");
    assert_str(o.paths.at[0], "-");
    buf_release(&why);
    arena_release(&a);
}

static void a_wrong_call_says_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *why;
    } rows[] = {
        {"lnt a.yaml", "there is no command 'lnt'; did you mean 'lint'?"},
        {"lint --formt json a.yaml", "there is no option '--formt'; did you mean '--format'?"},
        {"lint -z a.yaml", "there is no option '-z'"},
        {"lint -f jsn a.yaml", "--format: there is no format 'jsn'; did you mean 'json'?"},
        {"lint -f json= a.yaml", "--format: 'json=' names no file after '='"},
        {"lint --fail-on", "option '--fail-on' needs a value: SEVERITY"},
        {"lint --quiet=yes a.yaml", "option '--quiet' takes no value"},
        {"lint -p Env a.yaml", "--parameters: 'Env' is not NAME=VALUE"},
        {"lint -p =x a.yaml", "--parameters: '=x' is not NAME=VALUE"},
        {"lint --today 2026-02-30 a", "--today: '2026-02-30' is not a date like 2026-01-31"},
        {"lint --today 2026-1-1 a", "--today: '2026-1-1' is not a date like 2026-01-31"},
        {"flows --policy default a", "option '--policy' does not belong to this command"},
        {"lint --fail-on error a",
         "--fail-on: 'error' is not one of informational, low, medium, high, never"},
        {"lint --region= a", "--region: the value is empty"},
    };
    struct arena a = {0};
    struct buf why;
    buf_init(&why);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cli_options o;
        assert_false(parse(&a, &o, rows[i].line, &why));
        assert_str(buf_str(&why), rows[i].why);
    }
    buf_release(&why);
    arena_release(&a);
}

static void help_and_version_are_found_in_their_usual_forms(void **state)
{
    (void)state;
    struct arena a = {0};
    struct buf why;
    struct cli_options o;
    buf_init(&why);
    assert_true(parse(&a, &o, "", &why) && o.command == COMMAND_HELP);
    assert_true(parse(&a, &o, "--help", &why) && o.command == COMMAND_HELP);
    assert_true(parse(&a, &o, "--version", &why) && o.command == COMMAND_VERSION);
    assert_true(parse(&a, &o, "lint --help", &why) && o.help && o.command == COMMAND_LINT);
    assert_true(parse(&a, &o, "-h", &why) && o.command == COMMAND_HELP);
    buf_release(&why);
    arena_release(&a);
}

static void help_fits_a_screen_of_80_columns(void **state)
{
    (void)state;
    for (size_t i = 0; i <= cli_command_count; i++) {
        struct buf out;
        buf_init(&out);
        cli_help(i < cli_command_count ? &cli_command_table[i] : NULL, false, &out);
        struct str rest = buf_str(&out);
        size_t lines = 0;
        while (rest.n) {
            size_t end = str_find_byte(rest, '\n', 0);
            assert_true(end != STR_NPOS && end <= 80);
            rest = str_sub(rest, end + 1, rest.n);
            lines++;
        }
        assert_true(lines <= 40);
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_of_writing_an_option_is_taken),
        cmocka_unit_test(values_are_split_at_the_first_equals_sign),
        cmocka_unit_test(a_wrong_call_says_what_is_wrong),
        cmocka_unit_test(help_and_version_are_found_in_their_usual_forms),
        cmocka_unit_test(help_fits_a_screen_of_80_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
