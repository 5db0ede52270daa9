#include "sarif/sarif.h"
#include "tests/check.h"

/* The vectors are those of the action that uploads to GitHub. */
static void published_vectors_are_met(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_line_hashes *h = sarif_hash_lines(&a, STR(""));
    assert_str(sarif_line_hash(&a, h, 1), "c129715d7a2bc9a3:1");
    assert_int_equal(sarif_line_hash(&a, h, 2).n, 0);

    h = sarif_hash_lines(&a, STR(" a\nb\n  \t\tc\n d"));
    static const char *const expected[] = {"271789c17abda88f:1", "54703d4cd895b18:1",
                                           "180aee12dab6264:1", "a23a3dc5e078b07b:1"};
    for (uint32_t line = 1; line <= 4; line++) {
        assert_str(sarif_line_hash(&a, h, line), expected[line - 1]);
    }
    arena_release(&a);
}

static void equal_windows_are_counted(void **state)
{
    (void)state;
    struct arena a = {0};
    struct buf text;
    buf_init(&text);
    for (int i = 0; i < 10; i++) {
        buf_adds(&text, "Lorem ipsum dolor sit amet.\n");
    }
    struct sarif_line_hashes *h = sarif_hash_lines(&a, buf_str(&text));
    for (uint32_t line = 1; line <= 6; line++) {
        struct str expected = str_format(&a, "a7f2ff13bc495cf2:%u", line);
        assert_str(sarif_line_hash(&a, h, line), expected.p);
    }
    assert_false(str_starts(sarif_line_hash(&a, h, 8), STR("a7f2ff13bc495cf2")));
    buf_release(&text);
    arena_release(&a);
}

static void line_breaks_and_blanks_do_not_matter(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_line_hashes *lf = sarif_hash_lines(&a, STR("a b\nc\nd"));
    struct sarif_line_hashes *crlf = sarif_hash_lines(&a, STR("ab\r\n\tc\r\n d "));
    struct sarif_line_hashes *cr = sarif_hash_lines(&a, STR("ab\rc\rd"));
    for (uint32_t line = 1; line <= 3; line++) {
        assert_true(str_eq(sarif_line_hash(&a, lf, line), sarif_line_hash(&a, crlf, line)));
        assert_true(str_eq(sarif_line_hash(&a, lf, line), sarif_line_hash(&a, cr, line)));
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_vectors_are_met),
        cmocka_unit_test(equal_windows_are_counted),
        cmocka_unit_test(line_breaks_and_blanks_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
