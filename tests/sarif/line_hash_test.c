#include "sarif/sarif.h"
#include "tests/check.h"

/* With lines that begin behind each break. */
static struct sarif_line_hashes *hash_lines(struct arena *a, struct str text)
{
    uint32_t *begins = ARENA_ARRAY(a, text.n + 1, uint32_t);
    uint32_t n = 1;
    for (size_t i = 0; i < text.n; i++) {
        bool crlf = text.p[i] == '\r' && i + 1 < text.n && text.p[i + 1] == '\n';
        if ((text.p[i] == '\r' && !crlf) || text.p[i] == '\n') {
            begins[n++] = (uint32_t)i + 1;
        }
    }
    return sarif_hash_lines(a, text, begins, n);
}

/* The vectors are those of the action that uploads to GitHub. */
static void published_vectors_are_met(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_line_hashes *h = hash_lines(&a, STR(""));
    assert_str(sarif_line_hash(&a, h, 1), "c129715d7a2bc9a3:1");
    assert_int_equal(sarif_line_hash(&a, h, 2).n, 0);

    h = hash_lines(&a, STR(" a\nb\n  \t\tc\n d"));
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
    struct sarif_line_hashes *h = hash_lines(&a, buf_str(&text));
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
    struct sarif_line_hashes *lf = hash_lines(&a, STR("a b\nc\nd"));
    struct sarif_line_hashes *crlf = hash_lines(&a, STR("ab\r\n\tc\r\n d "));
    struct sarif_line_hashes *cr = hash_lines(&a, STR("ab\rc\rd"));
    for (uint32_t line = 1; line <= 3; line++) {
        assert_true(str_eq(sarif_line_hash(&a, lf, line), sarif_line_hash(&a, crlf, line)));
        assert_true(str_eq(sarif_line_hash(&a, lf, line), sarif_line_hash(&a, cr, line)));
    }
    arena_release(&a);
}

/* Straight from the definition: all units, then a window from each line's first. */
static void check_by_definition(struct str text)
{
    enum { MOST = 600, WINDOW = 100 };
    static uint64_t units[MOST + WINDOW];
    memset(units, 0, sizeof units);
    static uint64_t hashes[MOST];
    size_t n = 0, lines = 0;
    static size_t begins[MOST];
    begins[lines++] = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\r' || (c == '\n' && (i == 0 || text.p[i - 1] != '\r'))) {
            units[n++] = '\n';
            begins[lines++] = n;
        } else if (c != ' ' && c != '\t' && c != '\n') {
            units[n++] = (unsigned char)c;
        }
    }
    units[n] = 65535;
    struct arena a = {0};
    struct sarif_line_hashes *h = hash_lines(&a, text);
    for (size_t i = 0; i < lines; i++) {
        hashes[i] = 0;
        for (size_t k = 0; k < WINDOW; k++) {
            hashes[i] = hashes[i] * 37 + units[begins[i] + k];
        }
    }
    /* Asked for from the last to the first: the order of asking does not matter. */
    for (size_t i = lines; i-- > 0;) {
        unsigned times = 0;
        for (size_t k = 0; k <= i; k++) {
            times += hashes[k] == hashes[i];
        }
        struct str expected = str_format(&a, "%llx:%u", (unsigned long long)hashes[i], times);
        assert_str(sarif_line_hash(&a, h, (uint32_t)i + 1), expected.p);
    }
    assert_int_equal(sarif_line_hash(&a, h, (uint32_t)lines + 1).n, 0);
    arena_release(&a);
}

static void any_text_has_the_hashes_of_the_definition(void **state)
{
    (void)state;
    static const char alphabet[] = "abCidrIp:/0 \t\r\n\n\n";
    struct check_random random = {11};
    for (int round = 0; round < 200; round++) {
        char text[600];
        size_t n = check_random_below(&random, sizeof text);
        uint32_t letters = 1 + check_random_below(&random, sizeof alphabet - 1);
        for (size_t i = 0; i < n; i++) {
            uint32_t from = (uint32_t)(sizeof alphabet - 1) - letters;
            text[i] = alphabet[from + check_random_below(&random, letters)];
        }
        check_by_definition((struct str){text, n});
    }
}

/* Pairs of UTF-16 are two units, a bad byte is one; both may stand across the window's end. */
static void longer_characters_are_one_or_two_units(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_line_hashes *h =
        hash_lines(&a, STR("\xf0\x9f\x98\x80\nx\n\xf0\x9f\x98\x80\nx\n\xff\n\xef\xbf\xbd\n"));
    /* "D83D DE00 \\n x ..." twice, with other things behind: not the same window. */
    assert_true(str_ends(sarif_line_hash(&a, h, 1), STR(":1")));
    assert_true(str_ends(sarif_line_hash(&a, h, 3), STR(":1")));
    uint64_t expected = 0;
    uint64_t units[100] = {0xD83D, 0xDE00, '\n', 'x', '\n', 0xFFFD, '\n', 0xFFFD, '\n', 65535};
    for (size_t i = 0; i < 100; i++) {
        expected = expected * 37 + units[i];
    }
    struct str text = str_format(&a, "%llx:1", (unsigned long long)expected);
    assert_str(sarif_line_hash(&a, h, 3), text.p);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_vectors_are_met),
        cmocka_unit_test(equal_windows_are_counted),
        cmocka_unit_test(line_breaks_and_blanks_do_not_matter),
        cmocka_unit_test(any_text_has_the_hashes_of_the_definition),
        cmocka_unit_test(longer_characters_are_one_or_two_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
