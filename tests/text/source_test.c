/* Lines and columns, by hand and against a walk over every byte. */
#include "text/source.h"

#include "base/utf8.h"
#include "tests/check.h"

static struct arena arena;
static struct source_set set;

static int begin(void **state)
{
    (void)state;
    source_set_init(&set, &arena);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct source *add(struct str bytes)
{
    return source_add(&set, STR("t.yaml"), bytes);
}

static void assert_position(struct source *src, uint32_t offset, uint32_t line, uint32_t column,
                            uint32_t utf16)
{
    struct position p = source_position(src, offset);
    if (p.line != line || p.column != column || p.utf16 != utf16) {
        fail_msg("offset %u is at %u:%u (%u), not %u:%u (%u)", (unsigned)offset, (unsigned)p.line,
                 (unsigned)p.column, (unsigned)p.utf16, (unsigned)line, (unsigned)column,
                 (unsigned)utf16);
    }
}

static void lines_end_at_lf_crlf_and_a_lone_cr(void **state)
{
    (void)state;
    struct source *src = add(STR("a\nb\r\nc\rd\n\re"));
    static const char *const lines[] = {"a", "b", "c", "d", "", "e"};
    static const uint32_t starts[] = {0, 2, 5, 7, 9, 10};
    assert_int_equal(source_line_total(src), 6);
    uint32_t n = 0;
    const uint32_t *begins = source_lines(src, &n);
    assert_int_equal(n, 6);
    for (uint32_t i = 0; i < 6; i++) {
        assert_str(source_line(src, i + 1), lines[i]);
        assert_int_equal(source_line_start(src, i + 1), starts[i]);
        assert_int_equal(begins[i], starts[i]);
    }
}

static void other_separators_of_yaml_do_not_end_lines(void **state)
{
    (void)state;
    struct source *src = add(STR("a\xc2\x85"
                                 "b\xe2\x80\xa8"
                                 "c\xe2\x80\xa9"
                                 "d\v\f"));
    assert_int_equal(source_line_total(src), 1);
}

static void a_final_line_break_begins_no_line(void **state)
{
    (void)state;
    static const struct {
        struct str bytes;
        uint32_t total;
    } rows[] = {
        {STR_INIT(""), 0},       {STR_INIT("\n"), 1},   {STR_INIT("a"), 1},
        {STR_INIT("a\n"), 1},    {STR_INIT("a\nb"), 2}, {STR_INIT("a\r\n"), 1},
        {STR_INIT("a\r"), 1},    {STR_INIT("\n\n"), 2}, {STR_INIT("\r\n\r\n"), 2},
        {STR_INIT("\r\r\n"), 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct source *src = add(rows[i].bytes);
        assert_int_equal(source_line_total(src), rows[i].total);
        assert_int_equal(source_line(src, rows[i].total + 1).n, 0);
        assert_int_equal(source_line(src, rows[i].total + 2).n, 0);
        assert_int_equal(source_line(src, 0).n, 0);
        assert_int_equal(source_line_start(src, rows[i].total + 2), rows[i].bytes.n);
    }
}

static void places_are_found_before_in_and_behind_a_line_break(void **state)
{
    (void)state;
    struct source *src = add(STR("ab\r\nc\n"));
    assert_position(src, 0, 1, 1, 1);
    assert_position(src, 1, 1, 2, 2);
    assert_position(src, 2, 1, 3, 3); /* the CR: just behind the text */
    assert_position(src, 3, 1, 3, 3); /* the LF of the same break */
    assert_position(src, 4, 2, 1, 1);
    assert_position(src, 5, 2, 2, 2);
    assert_position(src, 6, 3, 1, 1); /* the end, behind the final break */
    assert_position(src, 7, 3, 1, 1); /* clamped */
    assert_position(src, UINT32_MAX, 3, 1, 1);
    assert_position(add(STR("")), 0, 1, 1, 1);
    assert_position(add((struct str){0}), 5, 1, 1, 1);
}

static void columns_count_characters_and_utf16_units(void **state)
{
    (void)state;
    /* a, U+00E4 (2 bytes), U+1F600 (4 bytes, 2 units), b */
    struct source *src = add(STR("x\na\xc3\xa4\xf0\x9f\x98\x80"
                                 "b"));
    assert_position(src, 2, 2, 1, 1);
    assert_position(src, 3, 2, 2, 2);
    assert_position(src, 4, 2, 2, 2); /* inside U+00E4 */
    assert_position(src, 5, 2, 3, 3);
    assert_position(src, 8, 2, 3, 3); /* inside U+1F600 */
    assert_position(src, 9, 2, 4, 5);
    assert_position(src, 10, 2, 5, 6);
}

static void a_bad_byte_is_one_column(void **state)
{
    (void)state;
    struct source *src = add(STR("\xff\xf0\x9f\x98"
                                 "a"));
    assert_position(src, 1, 1, 2, 2);
    assert_position(src, 2, 1, 3, 3); /* no character: each byte for itself */
    assert_position(src, 4, 1, 5, 5);
}

static void a_bom_belongs_to_no_column(void **state)
{
    (void)state;
    struct source *src = add(STR("\xef\xbb\xbf"
                                 "ab\n\xef\xbb\xbf"
                                 "c"));
    for (uint32_t offset = 0; offset <= 3; offset++) {
        assert_position(src, offset, 1, 1, 1);
    }
    assert_position(src, 4, 1, 2, 2);
    assert_str(source_line(src, 1), "ab");
    assert_int_equal(source_line_start(src, 1), 3);
    assert_position(src, 9, 2, 2, 2); /* elsewhere it is a character: U+FEFF */
    src = add(STR("\xef\xbb\xbf"));
    assert_position(src, 3, 1, 1, 1);
    assert_int_equal(source_line(src, 1).n, 0);
    src = add(STR("\xef\xbb\xbf\n"));
    assert_position(src, 3, 1, 1, 1);
    assert_int_equal(source_line(src, 1).n, 0);
    assert_position(src, 4, 2, 1, 1);
}

/* The rule of the header, without an index: walk from byte 0. */
static struct position walk(struct str s, size_t offset)
{
    struct position p = {1, 1, 1};
    size_t at = str_starts(s, UTF8_BOM) ? 3 : 0;
    while (at < s.n) {
        struct utf8_point c = utf8_next(s, at);
        bool crlf = c.value == '\r' && at + 1 < s.n && s.p[at + 1] == '\n';
        size_t next = at + (crlf ? 2 : c.n);
        if (next > offset) {
            return p;
        }
        if (c.value == '\r' || c.value == '\n') {
            p = (struct position){p.line + 1, 1, 1};
        } else {
            p.column++;
            p.utf16 += c.value != UTF8_BAD && c.value > 0xFFFF ? 2 : 1;
        }
        at = next;
    }
    return p;
}

static void random_texts_agree_with_a_walk(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "a",           "bc",       "\n",           "\r",
        "\r\n",        "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80",
        "\xff",        "\xf0\x9f", "\x80",         "\xef\xbb\xbf",
        "longer piece"};
    struct check_random r = {42};
    for (int round = 0; round < 400; round++) {
        struct buf b;
        buf_init(&b);
        uint32_t kinds = round % 2 ? 5 : sizeof pieces / sizeof pieces[0]; /* ASCII, or all */
        for (uint32_t n = check_random_below(&r, 40); n > 0; n--) {
            buf_adds(&b, pieces[check_random_below(&r, kinds)]);
        }
        struct source *src = add(buf_str(&b));
        src->is_ascii = utf8_survey(buf_str(&b)).is_ascii && utf8_bad(buf_str(&b)) == STR_NPOS;
        for (uint32_t offset = 0; offset <= b.n + 1; offset++) {
            struct position p = walk(buf_str(&b), offset);
            assert_position(src, offset, p.line, p.column, p.utf16);
        }
        /* Lines, their breaks and the BOM are all there is. */
        size_t total = 0;
        for (uint32_t line = 1; line <= source_line_total(src); line++) {
            assert_ptr_equal(source_line(src, line).p, src->bytes.p + source_line_start(src, line));
            assert_int_equal(str_find_byte(source_line(src, line), '\n', 0), STR_NPOS);
            total += source_line(src, line).n;
        }
        assert_true(total <= b.n);
        buf_release(&b);
    }
}

static void sources_are_numbered_and_found_by_span(void **state)
{
    (void)state;
    source_set_init(&set, &arena);
    char path[] = "a.yaml";
    struct source *a = source_add(&set, str_from(path), STR("Resources"));
    struct source *b = add(STR("Outputs"));
    path[0] = 'x';
    assert_str(a->path, "a.yaml"); /* copied */
    assert_int_equal(a->id, 0);
    assert_int_equal(b->id, 1);
    assert_ptr_equal(source_of(&set, (struct span){1, 0, 3}), b);
    assert_str(source_text(&set, (struct span){1, 0, 3}), "Out");
    assert_str(source_text(&set, (struct span){0, 4, 99}), "urces");
    assert_null(source_of(&set, SPAN_NONE));
    assert_int_equal(source_text(&set, SPAN_NONE).n, 0);
}

/* One line of a megabyte, asked for at 20,000 places: without marks this would
 * read 10 GB. */
static void many_places_on_one_long_line_are_cheap(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    while (b.n < 1000000) {
        buf_adds(&b, "\xc3\xa4"
                     "2345678");
    }
    struct source *src = add(buf_str(&b));
    for (uint32_t i = 0; i < 20000; i++) {
        assert_position(src, i * 45, 1, i * 40 + 1, i * 40 + 1);
    }
    buf_release(&b);
}

static void a_source_can_be_taken_from_another_set(void **state)
{
    (void)state;
    struct arena a = {0};
    struct source_set first;
    struct source_set second;
    source_set_init(&first, &a);
    source_set_init(&second, &a);
    struct source *src = source_add(&first, STR("t.yaml"), STR("one\ntwo\n"));
    source_take(&second, src);
    assert_ptr_equal(source_of(&second, (struct span){0, 1, 2}), src);
    assert_position(src, 4, 2, 1, 1);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_at_lf_crlf_and_a_lone_cr),
        cmocka_unit_test(other_separators_of_yaml_do_not_end_lines),
        cmocka_unit_test(a_final_line_break_begins_no_line),
        cmocka_unit_test(places_are_found_before_in_and_behind_a_line_break),
        cmocka_unit_test(columns_count_characters_and_utf16_units),
        cmocka_unit_test(a_bad_byte_is_one_column),
        cmocka_unit_test(a_bom_belongs_to_no_column),
        cmocka_unit_test(random_texts_agree_with_a_walk),
        cmocka_unit_test(sources_are_numbered_and_found_by_span),
        cmocka_unit_test(a_source_can_be_taken_from_another_set),
        cmocka_unit_test(many_places_on_one_long_line_are_cheap),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
