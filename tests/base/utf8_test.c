/* UTF-8 against RFC 3629: every boundary of its table, and a second decoder. */
#include "base/utf8.h"

#include "tests/check.h"

/* RFC 3629, section 4, and the boundary cases around each row of its grammar.
 * `bad` is the offset of the first bad byte, -1 if there is none. */
static void ill_formed_sequences_are_found_at_their_first_byte(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        int bad;
    } rows[] = {
        {STR_INIT(""), -1},
        {STR_INIT("plain"), -1},
        {STR_INIT("\0"), -1},
        {STR_INIT("\x7f"), -1},
        {STR_INIT("\x80"), 0},
        {STR_INIT("\xbf"), 0},
        {STR_INIT("\xc0\x80"), 0}, /* overlong NUL */
        {STR_INIT("\xc1\xbf"), 0},
        {STR_INIT("\xc2\x80"), -1},
        {STR_INIT("\xdf\xbf"), -1},
        {STR_INIT("\xc2\x7f"), 0},
        {STR_INIT("\xc2\xc0"), 0},
        {STR_INIT("\xe0\x9f\xbf"), 0}, /* overlong U+07FF */
        {STR_INIT("\xe0\xa0\x80"), -1},
        {STR_INIT("\xed\x9f\xbf"), -1}, /* U+D7FF */
        {STR_INIT("\xed\xa0\x80"), 0},  /* U+D800 */
        {STR_INIT("\xed\xbf\xbf"), 0},  /* U+DFFF */
        {STR_INIT("\xee\x80\x80"), -1}, /* U+E000 */
        {STR_INIT("\xef\xbf\xbf"), -1},
        {STR_INIT("\xf0\x8f\xbf\xbf"), 0}, /* overlong U+FFFF */
        {STR_INIT("\xf0\x90\x80\x80"), -1},
        {STR_INIT("\xf4\x8f\xbf\xbf"), -1}, /* U+10FFFF */
        {STR_INIT("\xf4\x90\x80\x80"), 0},
        {STR_INIT("\xf5\x80\x80\x80"), 0},
        {STR_INIT("\xff"), 0},
        {STR_INIT("\xfe"), 0},
        {STR_INIT("ab\xe2\x82"), 2}, /* cut off at the end */
        {STR_INIT("\xe2\x82z"), 0},
        {STR_INIT("\xf0\x9f\x98"), 0},
        {STR_INIT("\xe2\x82\xac\xe2"), 3},
        {STR_INIT("12345678\x80"), 8}, /* behind the eight bytes read at once */
        {STR_INIT("1234567\x80"), 7},
        {STR_INIT("1234567\xc3\xa4\xff"), 9},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t expected = rows[i].bad < 0 ? STR_NPOS : (size_t)rows[i].bad;
        if (utf8_bad(rows[i].text) != expected) {
            fail_msg("row %zu", i);
        }
    }
}

/* Encodes as the bit table of RFC 3629, section 3, shows it. */
static size_t encode(uint32_t c, unsigned char out[4])
{
    if (c < 0x80) {
        out[0] = (unsigned char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (unsigned char)(0xC0 + c / 64);
        out[1] = (unsigned char)(0x80 + c % 64);
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (unsigned char)(0xE0 + c / 4096);
        out[1] = (unsigned char)(0x80 + c / 64 % 64);
        out[2] = (unsigned char)(0x80 + c % 64);
        return 3;
    }
    out[0] = (unsigned char)(0xF0 + c / 262144);
    out[1] = (unsigned char)(0x80 + c / 4096 % 64);
    out[2] = (unsigned char)(0x80 + c / 64 % 64);
    out[3] = (unsigned char)(0x80 + c % 64);
    return 4;
}

static void every_code_point_is_decoded_and_encoded(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        unsigned char bytes[4];
        struct str s = {(const char *)bytes, encode(c, bytes)};
        struct utf8_point p = utf8_next(s, 0);
        bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        buf_clear(&b);
        utf8_add(&b, c);
        bool ok = surrogate ? p.value == UTF8_BAD && p.n == 1 && str_is(buf_str(&b), "\xef\xbf\xbd")
                            : p.value == c && p.n == s.n && str_eq(buf_str(&b), s);
        if (!ok) {
            fail_msg("U+%04X", c);
        }
    }
    buf_clear(&b);
    utf8_add(&b, 0x110000);
    utf8_add(&b, UTF8_BAD);
    assert_str(buf_str(&b), "\xef\xbf\xbd\xef\xbf\xbd");
    buf_release(&b);
}

static void the_end_has_length_zero(void **state)
{
    (void)state;
    assert_int_equal(utf8_next(STR("a"), 1).n, 0);
    assert_int_equal(utf8_next(STR("a"), SIZE_MAX).n, 0);
    assert_int_equal(utf8_next((struct str){0}, 0).n, 0);
}

static void characters_are_counted(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        size_t points, units;
    } rows[] = {
        {STR_INIT(""), 0, 0},
        {STR_INIT("abc"), 3, 3},
        {STR_INIT("\xc3\xa4"), 1, 1},
        {STR_INIT("\xef\xbf\xbf"), 1, 1},
        {STR_INIT("\xf0\x90\x80\x80"), 1, 2},
        {STR_INIT("\xf0\x9f\x98\x80x\xf0\x9f\x98\x80"), 3, 5},
        {STR_INIT("\xff\xfe"), 2, 2},
        {STR_INIT("\xf0\x9f\x98"), 3, 3}, /* each byte of a broken sequence counts */
        {STR_INIT("\xed\xa0\x80"), 3, 3},
        {STR_INIT("12345678\xc3\xa4"
                  "12345678"),
         17, 17},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct utf8_count c = utf8_count(rows[i].text);
        if (c.points != rows[i].points || c.units != rows[i].units) {
            fail_msg("row %zu: %zu points, %zu units", i, c.points, c.units);
        }
    }
}

/* Random bytes from an alphabet that makes every kind of fault likely. utf8_start
 * is compared with a walk from the beginning. */
static void starts_agree_with_a_walk_over_random_bytes(void **state)
{
    (void)state;
    static const char alphabet[] = "a\x80\xbf\xc2\xe2\x82\xac\xed\xa0\xf0\x9f\x98\xf4\x90\xff";
    struct check_random r = {1};
    for (int round = 0; round < 3000; round++) {
        char bytes[24];
        size_t n = check_random_below(&r, sizeof bytes + 1);
        for (size_t i = 0; i < n; i++) {
            bytes[i] = alphabet[check_random_below(&r, sizeof alphabet - 1)];
        }
        struct str s = {bytes, n};
        size_t points = 0;
        bool clean = true;
        for (size_t at = 0; at < n; points++) {
            struct utf8_point p = utf8_next(s, at);
            assert_in_range(p.n, 1, 4);
            clean = clean && p.value != UTF8_BAD;
            for (size_t i = 0; i < p.n; i++) {
                assert_int_equal(utf8_start(s, at + i), at);
            }
            at += p.n;
        }
        assert_int_equal(utf8_start(s, n), n);
        assert_int_equal(utf8_start(s, n + 9), n);
        assert_int_equal(utf8_count(s).points, points);
        assert_int_equal(utf8_bad(s) == STR_NPOS, clean);
    }
}

static void harmful_characters_are_replaced_one_by_one(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        const char *expected;
    } rows[] = {
        {STR_INIT(""), ""},
        {STR_INIT("plain \xc3\xa4 \xf0\x9f\x98\x80"), "plain \xc3\xa4 \xf0\x9f\x98\x80"},
        {STR_INIT("\x1b[31mred"), "\xef\xbf\xbd[31mred"},
        {STR_INIT("a\tb"), "a b"},
        {STR_INIT("a\r\nb"), "a\xef\xbf\xbd\xef\xbf\xbd"
                             "b"},
        {STR_INIT("a\0b\x7f"), "a\xef\xbf\xbd"
                               "b\xef\xbf\xbd"},
        {STR_INIT("\xc2\x9b"
                  "0m"),
         "\xef\xbf\xbd"
         "0m"},                             /* CSI as one C1 character */
        {STR_INIT("\xc2\xa0"), "\xc2\xa0"}, /* the first behind C1 */
        {STR_INIT("x\xe2\x80\xae"
                  "y"),
         "x\xef\xbf\xbdy"},                             /* U+202E */
        {STR_INIT("x\xe2\x81\xa6y"), "x\xef\xbf\xbdy"}, /* U+2066 */
        {STR_INIT("x\xe2\x80\xa8y"), "x\xef\xbf\xbdy"}, /* U+2028 */
        {STR_INIT("x\xe2\x80\xa7y"), "x\xe2\x80\xa7y"}, /* U+2027 is a dot */
        {STR_INIT("\xff\xfe"
                  "a"),
         "\xef\xbf\xbd\xef\xbf\xbd"
         "a"},
        {STR_INIT("\xe2\x82"), "\xef\xbf\xbd\xef\xbf\xbd"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf b;
        buf_init(&b);
        utf8_sanitise(&b, rows[i].text);
        assert_str(buf_str(&b), rows[i].expected);
        assert_int_equal(utf8_count(buf_str(&b)).points, utf8_count(rows[i].text).points);
        buf_release(&b);
    }
}

/* The names of YAML 1.1's c-printable, character by character. */
static bool is_c_printable(uint32_t c)
{
    return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0x7E) || c == 0x85 ||
           (c >= 0xA0 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
           (c >= 0x10000 && c <= 0x10FFFF);
}

/* Alone and far inside a long text, where bytes are looked at by the block. */
static void a_survey_tells_the_printable_characters_from_the_others(void **state)
{
    (void)state;
    char text[300];
    for (uint32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 || c > 0xFF00 ? 1 : 97) {
        unsigned char bytes[4];
        size_t n = encode(c, bytes);
        memset(text, 'x', sizeof text);
        memcpy(text + 150, bytes, n);
        bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        struct utf8_survey alone = utf8_survey((struct str){text + 150, n});
        struct utf8_survey within = utf8_survey((struct str){text, sizeof text});
        if (surrogate) {
            assert_int_equal(alone.bad, 0);
            assert_int_equal(within.bad, 150);
            continue;
        }
        bool ok = alone.bad == STR_NPOS && within.bad == STR_NPOS && alone.points == 1 &&
                  within.points == sizeof text - n + 1 && alone.is_ascii == (c < 0x80) &&
                  within.is_ascii == (c < 0x80) && alone.is_printable == is_c_printable(c) &&
                  within.is_printable == is_c_printable(c);
        if (!ok) {
            fail_msg("U+%04X", c);
        }
    }
}

static void surveys_agree_with_a_walk_over_random_bytes(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "a",        "0123456789",       "\n",           "\x01",
        "\x7F",     "\xC3\xA9",         "\xE2\x82\xAC", "\xF0\x9F\x98\x80",
        "\xC2\x80", "abcdefghijklmnop", "\xFF",         "\xE2\x82"};
    struct check_random random = {7};
    for (int i = 0; i < 4000; i++) {
        struct buf b;
        buf_init(&b);
        uint32_t most = 1 + check_random_below(&random, 12);
        for (uint32_t k = check_random_below(&random, 60); k > 0; k--) {
            buf_adds(&b, parts[check_random_below(&random, most)]);
        }
        struct utf8_survey s = utf8_survey(buf_str(&b));
        assert_int_equal(s.bad, utf8_bad(buf_str(&b)));
        bool ascii = true;
        bool printable = true;
        for (size_t at = 0; at < b.n;) {
            struct utf8_point p = utf8_next(buf_str(&b), at);
            ascii = ascii && p.n == 1;
            printable = printable && is_c_printable(p.value);
            at += p.n;
        }
        if (s.bad == STR_NPOS) {
            assert_int_equal(s.points, utf8_count(buf_str(&b)).points);
            assert_int_equal(s.is_ascii, ascii);
            assert_int_equal(s.is_printable, printable);
        }
        buf_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ill_formed_sequences_are_found_at_their_first_byte),
        cmocka_unit_test(every_code_point_is_decoded_and_encoded),
        cmocka_unit_test(the_end_has_length_zero),
        cmocka_unit_test(characters_are_counted),
        cmocka_unit_test(starts_agree_with_a_walk_over_random_bytes),
        cmocka_unit_test(harmful_characters_are_replaced_one_by_one),
        cmocka_unit_test(a_survey_tells_the_printable_characters_from_the_others),
        cmocka_unit_test(surveys_agree_with_a_walk_over_random_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
