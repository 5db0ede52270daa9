#include "doc/read.h"
#include "tests/check.h"

struct setting {
    struct arena arena;
    struct source source;
    struct read_job job;
};

static void set_up(struct setting *s, struct str bytes)
{
    *s = (struct setting){.source = {.id = 4, .bytes = bytes}};
    s->job = (struct read_job){
        .arena = &s->arena, .scratch = &s->arena, .source = &s->source, .bytes = bytes};
}

static void only_the_first_fault_counts(void **state)
{
    (void)state;
    struct setting s;
    set_up(&s, STR("abcdef"));
    assert_false(read_fail(&s.job, DIAG_SYNTAX, 2, 3, STR("First.")));
    assert_false(read_fail(&s.job, DIAG_LIMIT, 4, 5, STR("Second.")));
    assert_true(s.job.failed);
    assert_str(s.job.fault.message, "First.");
    assert_int_equal(s.job.fault.id, DIAG_SYNTAX);
    assert_int_equal(s.job.fault.at.source, 4);
    assert_int_equal(s.job.fault.at.begin, 2);
    assert_true(span_is_none(s.job.fault.other));
    assert_false(read_fail_beside(&s.job, 0, 1, "Here."));
    assert_int_equal(s.job.fault.other.end, 1);
    arena_release(&s.arena);
}

static void a_fault_lies_inside_the_source(void **state)
{
    (void)state;
    struct setting s;
    set_up(&s, STR("abc"));
    assert_false(read_fail(&s.job, DIAG_SYNTAX, 3, 4, STR("At the end.")));
    assert_int_equal(s.job.fault.at.begin, 3);
    assert_int_equal(s.job.fault.at.end, 3);
    set_up(&s, STR("abc"));
    assert_false(read_fail(&s.job, DIAG_SYNTAX, 9, 10, STR("Behind the end.")));
    assert_int_equal(s.job.fault.at.begin, 3);
    assert_int_equal(s.job.fault.at.end, 3);
    arena_release(&s.arena);
}

static void what_was_found_has_a_name(void **state)
{
    (void)state;
    static const struct {
        struct str bytes;
        const char *name;
        uint32_t size;
    } table[] = {
        {{"", 0}, "the end of the file", 0},
        {{"\tx", 2}, "a tab", 1},
        {{" x", 2}, "a space", 1},
        {{"\nx", 2}, "the end of the line", 1},
        {{"\r\n", 2}, "the end of the line", 1},
        {{"'x", 2}, "a single quote", 1},
        {{"\0x", 2}, "a NUL byte", 1},
        {{"\x1b[2J", 4}, "the control character U+001B", 1},
        {{"\x7f", 1}, "the control character U+007F", 1},
        {{"\xC2\x85", 2}, "the control character U+0085", 2},
        {{",x", 2}, "','", 1},
        {{"True, x", 7}, "'True'", 4},
        {{"-1.5e+3]", 8}, "'-1.5e+3'", 7},
        {{"\xF0\x9F\x98\x80zz", 6}, "'\xF0\x9F\x98\x80'", 4},
        {{"abcdefghijklmnopqrstuvwxyz0123", 30}, "'abcdefghijklmnopqrstuvwx'", 24},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct setting s;
        set_up(&s, table[i].bytes);
        assert_string_equal(read_found(&s.job, 0), table[i].name);
        assert_int_equal(read_found_size(&s.job, 0), table[i].size);
        assert_string_equal(read_found(&s.job, 99), "the end of the file");
        arena_release(&s.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_first_fault_counts),
        cmocka_unit_test(a_fault_lies_inside_the_source),
        cmocka_unit_test(what_was_found_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
