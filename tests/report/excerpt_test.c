#include "report/excerpt.h"
#include "tests/check.h"

static struct str excerpt(struct arena *a, const char *text, uint32_t begin, uint32_t end)
{
    struct source_set sources;
    struct buf out;
    source_set_init(&sources, a);
    buf_init(&out);
    struct source *src = source_add(&sources, STR("t.yaml"), str_from(text));
    excerpt_write(&sources, (struct span){src->id, begin, end}, "<", ">", &out);
    struct str copy = str_copy(a, buf_str(&out));
    buf_release(&out);
    return copy;
}

static void the_place_is_marked_under_its_line(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_str(excerpt(&a, "one\n  two: 22\nthree\n", 11, 13), "     2 |   two: 22\n"
                                                               "       |        <^^>\n");
    /* A point is one caret; the end of the file too. */
    assert_str(excerpt(&a, "one\n", 1, 1), "     1 | one\n       |  <^>\n");
    /* A span over several lines is marked to the end of its first. */
    assert_str(excerpt(&a, "ab\ncd\n", 1, 5), "     1 | ab\n       |  <^>\n");
    /* Two code points of several bytes are two columns. */
    assert_str(excerpt(&a, "\xc3\xa9\xc3\xa9: x\n", 6, 7),
               "     1 | \xc3\xa9\xc3\xa9: x\n       |     <^>\n");
    arena_release(&a);
}

static void control_characters_do_not_reach_the_terminal(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_str(excerpt(&a, "a\x1b[31m\tb\n", 0, 1), "     1 | a\xef\xbf\xbd[31m b\n       | <^>\n");
    arena_release(&a);
}

static void long_lines_are_cut_around_the_place(void **state)
{
    (void)state;
    struct arena a = {0};
    char line[1001];
    memset(line, 'x', 1000);
    line[1000] = '\0';
    line[500] = 'Y';
    struct str shown = excerpt(&a, line, 500, 501);
    size_t y = str_find_byte(shown, 'Y', 0);
    size_t caret = str_find_byte(shown, '^', 0);
    size_t second = str_find_byte(shown, '\n', 0) + 1;
    assert_true(y != STR_NPOS && caret != STR_NPOS);
    /* "…" before the line is one column of three bytes; '<' stands before the caret. */
    assert_int_equal(y - 2, caret - second - 1);
    assert_true(shown.n < 300);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_place_is_marked_under_its_line),
        cmocka_unit_test(control_characters_do_not_reach_the_terminal),
        cmocka_unit_test(long_lines_are_cut_around_the_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
