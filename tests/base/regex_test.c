/* Regular expressions: full match and search, refusals, and that no pattern hangs. */
#include "base/regex.h"

#include "base/limits.h"
#include "tests/check.h"

static enum regex_result run(const char *pattern, struct str subject, bool full)
{
    struct regex r;
    struct regex_error error;
    if (!regex_init(&r, str_from(pattern), &error)) {
        fail_msg("'%s': %s", pattern, error.text);
    }
    enum regex_result got = full ? regex_full(&r, subject) : regex_search(&r, subject);
    regex_release(&r);
    return got;
}

static void full_and_search_differ_at_the_ends(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        struct str subject;
        bool full, search;
    } rows[] = {
        {"Web.*", STR_INIT("WebServer"), true, true},
        {"Web", STR_INIT("WebServer"), false, true},
        {"Server", STR_INIT("WebServer"), false, true},
        {"a|ab", STR_INIT("ab"), true, true}, /* tries the second alternative for the whole */
        {"a*?", STR_INIT("aaa"), true, true},
        {"^$", STR_INIT(""), true, true},
        {"", STR_INIT("x"), false, true},
        {"a", STR_INIT("a\n"), false, true}, /* a final line break is part of the subject */
        {"web", STR_INIT("Web"), false, false},
        {"(?i)web", STR_INIT("Web"), true, true},
        {".", STR_INIT("\xc3\xa4"), true, true}, /* one character, two bytes */
        {".", STR_INIT("\xf0\x9f\x98\x80"), true, true},
        {"a.b", STR_INIT("a\0b"), true, true}, /* NUL is a character */
        {"\\x{e4}", STR_INIT("\xc3\xa4"), true, true},
        {"((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}", STR_INIT("10.0.255.1"), true, true},
        {"((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}", STR_INIT("10.0.256.1"), false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (run(rows[i].pattern, rows[i].subject, true) !=
                (rows[i].full ? REGEX_MATCH : REGEX_NO_MATCH) ||
            run(rows[i].pattern, rows[i].subject, false) !=
                (rows[i].search ? REGEX_MATCH : REGEX_NO_MATCH)) {
            fail_msg("row %zu: %s", i, rows[i].pattern);
        }
    }
}

static void an_empty_subject_may_be_null(void **state)
{
    (void)state;
    assert_int_equal(run("a?", (struct str){0}, true), REGEX_MATCH);
    assert_int_equal(run("", (struct str){0}, false), REGEX_MATCH);
}

static void a_bad_pattern_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        struct str pattern;
        size_t offset;
    } rows[] = {
        {STR_INIT("a(b"), 3},
        {STR_INIT("[a"), 2},
        {STR_INIT("*"), 0},
        {STR_INIT("a\\Cb"), 3},  /* half a character */
        {STR_INIT("ab\xff"), 2}, /* not UTF-8 */
        {STR_INIT("(?<n>a)\\k<m>"), 10},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct regex r;
        struct regex_error error;
        assert_false(regex_init(&r, rows[i].pattern, &error));
        assert_true(strlen(error.text) > 5);
        assert_int_equal(error.offset, rows[i].offset);
        assert_false(regex_init(&r, rows[i].pattern, NULL));
        regex_release(&r);
    }
}

static void an_overlong_pattern_is_refused(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    buf_pad(&b, 'a', LIMIT_REGEX_PATTERN_BYTES);
    struct regex r;
    assert_true(regex_init(&r, buf_str(&b), NULL));
    regex_release(&r);
    buf_addc(&b, 'a');
    struct regex_error error;
    assert_false(regex_init(&r, buf_str(&b), &error));
    assert_true(error.offset <= b.n && error.too_long);
    assert_string_equal(error.text, "it is longer than 4096 bytes, the limit");
    buf_release(&b);
}

static void deeply_nested_parentheses_are_refused(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    buf_pad(&b, '(', 1000);
    buf_pad(&b, ')', 1000);
    struct regex r;
    assert_false(regex_init(&r, buf_str(&b), NULL));
    buf_release(&b);
}

/* Each of these takes exponential time, or endless recursion, without LIMIT_REGEX_STEPS,
 * LIMIT_REGEX_DEPTH and LIMIT_REGEX_HEAP_KIB. */
static void explosive_patterns_reach_a_limit(void **state)
{
    (void)state;
    static const char *const patterns[] = {
        "(a+)+b", "(a|a)*b", "(a|aa)+$b", "(.*)*x", "(?:(?:a*)*)*b", "(\\w+\\s?)*:", "a(?R)*b|a+",
    };
    struct buf b;
    buf_init(&b);
    buf_pad(&b, 'a', 3000);
    buf_addc(&b, '!');
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        enum regex_result got = run(patterns[i], buf_str(&b), true);
        /* PCRE2 may see from the last letter that there can be no match. */
        assert_true(got == REGEX_LIMIT || got == REGEX_NO_MATCH);
    }
    assert_int_equal(run("(a|a)*[!]x?$(?<=b.)", buf_str(&b), true), REGEX_LIMIT);
    buf_release(&b);
}

/* A pattern may lower the limits for itself, not raise them. */
static void a_pattern_cannot_lift_the_limits(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    buf_pad(&b, 'a', 40);
    assert_int_equal(
        run("(*LIMIT_MATCH=4000000000)(*LIMIT_DEPTH=4000000000)(a+)+[^a]", buf_str(&b), true),
        REGEX_LIMIT);
    buf_release(&b);
}

/* Values of tags and logical ids have at most 256 characters. */
static void ordinary_subjects_stay_within_the_limits(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    buf_pad(&b, 'a', 256);
    assert_int_equal(run("^(a|b)*$", buf_str(&b), true), REGEX_MATCH);
    assert_int_equal(run("([a-z]+-?)+", buf_str(&b), true), REGEX_MATCH);
    buf_release(&b);
}

static void a_subject_that_is_not_utf8_is_not_decided(void **state)
{
    (void)state;
    assert_int_equal(run("a.*", STR("a\xff"), true), REGEX_LIMIT);
}

static void a_regex_can_live_in_an_arena(void **state)
{
    (void)state;
    struct arena a = {0};
    struct regex r;
    struct regex_error error;
    assert_true(regex_init_in(&a, &r, STR("[a-c]+(x|y)?"), &error));
    assert_int_equal(regex_full(&r, STR("abcx")), REGEX_MATCH);
    assert_int_equal(regex_full(&r, STR("abcz")), REGEX_NO_MATCH);
    assert_false(regex_init_in(&a, &r, STR("a("), &error));
    assert_int_equal(error.offset, 2);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_and_search_differ_at_the_ends),
        cmocka_unit_test(an_empty_subject_may_be_null),
        cmocka_unit_test(a_bad_pattern_is_refused_with_its_place),
        cmocka_unit_test(an_overlong_pattern_is_refused),
        cmocka_unit_test(deeply_nested_parentheses_are_refused),
        cmocka_unit_test(explosive_patterns_reach_a_limit),
        cmocka_unit_test(a_pattern_cannot_lift_the_limits),
        cmocka_unit_test(ordinary_subjects_stay_within_the_limits),
        cmocka_unit_test(a_subject_that_is_not_utf8_is_not_decided),
        cmocka_unit_test(a_regex_can_live_in_an_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
