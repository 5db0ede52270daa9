/* Slices: no function may look behind the end, mind a NUL, or mind a NULL of length 0. */
#include "base/str.h"

#include <limits.h>

#include "tests/check.h"

static const struct str none = {NULL, 0};

static int sign(int c)
{
    return (c > 0) - (c < 0);
}

static void the_empty_slice_is_accepted_everywhere(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_true(str_eq(none, STR("")));
    assert_true(str_eq_nocase(none, none));
    assert_true(str_is(none, ""));
    assert_true(str_is(none, NULL));
    assert_false(str_is(none, "a"));
    assert_int_equal(str_cmp(none, none), 0);
    assert_int_equal(sign(str_cmp(none, STR("a"))), -1);
    assert_true(str_starts(none, none));
    assert_true(str_ends(STR("a"), none));
    assert_int_equal(str_trim(none).n, 0);
    assert_int_equal(str_sub(none, 3, 9).n, 0);
    assert_int_equal(str_find(none, STR("a"), 0), STR_NPOS);
    assert_int_equal(str_find(none, none, 0), 0);
    assert_int_equal(str_copy(&a, none).n, 0);
    assert_string_equal(str_to_c(&a, none), "");
    assert_str(str_join2(&a, none, none), "");
    assert_string_equal(str_bytes(none), "");
    assert_int_equal(str_from(NULL).n, 0);
    arena_release(&a);
}

static void parts_are_clamped(void **state)
{
    (void)state;
    struct str s = STR("subnet");
    assert_str(str_sub(s, 0, 3), "sub");
    assert_str(str_sub(s, 3, 99), "net");
    assert_str(str_sub(s, 5, 2), "");
    assert_str(str_sub(s, SIZE_MAX, SIZE_MAX), "");
    assert_str(str_sub(s, 0, 0), "");
}

static void comparing_is_bytewise(void **state)
{
    (void)state;
    static const struct {
        struct str a, b;
        int sign;
    } rows[] = {
        {STR_INIT("a"), STR_INIT("b"), -1},       {STR_INIT("a"), STR_INIT("a"), 0},
        {STR_INIT("ab"), STR_INIT("a"), 1},       /* shorter first on a tie */
        {STR_INIT("B"), STR_INIT("a"), -1},       /* 0x42 < 0x61 */
        {STR_INIT("\xff"), STR_INIT("a"), 1},     /* bytes are unsigned */
        {STR_INIT("a\0b"), STR_INIT("a\0c"), -1}, /* a NUL is a byte like any other */
        {STR_INIT("a\0b"), STR_INIT("a"), 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(sign(str_cmp(rows[i].a, rows[i].b)), rows[i].sign);
        assert_int_equal(sign(str_cmp(rows[i].b, rows[i].a)), -rows[i].sign);
        assert_int_equal(str_eq(rows[i].a, rows[i].b), rows[i].sign == 0);
    }
}

static void ignoring_case_concerns_ascii_letters_only(void **state)
{
    (void)state;
    assert_true(str_eq_nocase(STR("CidrIp"), STR("cIDRiP")));
    assert_false(str_eq_nocase(STR("CidrIp"), STR("CidrIpv")));
    assert_false(str_eq_nocase(STR("@["), STR("`{"))); /* the neighbours of A-Z and a-z */
    assert_false(str_eq_nocase(STR("\xc3\x84"), STR("\xc3\xa4")));
}

static void searching_never_leaves_the_slice(void **state)
{
    (void)state;
    struct str s = str_sub(STR("aaabaaab"), 0, 7); /* the last b is outside */
    assert_int_equal(str_find(s, STR("ab"), 0), 2);
    assert_int_equal(str_find(s, STR("ab"), 3), STR_NPOS);
    assert_int_equal(str_find(s, STR("aaab"), 0), 0);
    assert_int_equal(str_find(s, STR("aaaaaaaaa"), 0), STR_NPOS);
    assert_int_equal(str_find(s, none, 7), 7);
    assert_int_equal(str_find(s, none, 8), STR_NPOS);
    assert_int_equal(str_find(s, STR("a"), SIZE_MAX), STR_NPOS);
    assert_int_equal(str_find_byte(s, 'b', 0), 3);
    assert_int_equal(str_find_byte(s, 'b', 4), STR_NPOS);
    assert_int_equal(str_find_byte(STR("a\0"), '\0', 0), 1);
}

static void beginnings_and_ends_are_compared(void **state)
{
    (void)state;
    assert_true(str_starts(STR("AWS::EC2"), STR("AWS::")));
    assert_false(str_starts(STR("AWS"), STR("AWS::")));
    assert_true(str_ends(STR("a.yaml"), STR(".yaml")));
    assert_false(str_ends(STR("yaml"), STR(".yaml")));
}

static void blanks_are_trimmed_at_both_ends(void **state)
{
    (void)state;
    assert_str(str_trim(STR(" \t\r\n a b \n")), "a b");
    assert_str(str_trim(STR(" \n\t ")), "");
    assert_str(str_trim(STR("\va\f")), "\va\f"); /* only blank, tab, CR, LF */
}

/* FNV-1a 64: offset basis, and the published vectors for "a" and "foobar"
 * (draft-eastlake-fnv, appendix C). */
static void the_hash_is_fnv_1a(void **state)
{
    (void)state;
    assert_true(str_hash(none) == UINT64_C(0xcbf29ce484222325));
    assert_true(str_hash(STR("a")) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(str_hash(STR("foobar")) == UINT64_C(0x85944171f73967e8));
}

static void copies_are_independent_and_terminated(void **state)
{
    (void)state;
    struct arena a = {0};
    char bytes[] = "abc";
    struct str copy = str_copy(&a, (struct str){bytes, 2});
    const char *c = str_to_c(&a, (struct str){bytes, 2});
    bytes[0] = 'x';
    assert_str(copy, "ab");
    assert_string_equal(c, "ab");
    assert_str(str_join2(&a, copy, STR("-cd")), "ab-cd");
    assert_str(str_format(&a, "%.*s is %d", STR_ARG(copy), 5), "ab is 5");
    assert_str(str_format(&a, "%s", ""), "");
    arena_release(&a);
}

static void a_width_is_cut_at_int_max(void **state)
{
    (void)state;
    assert_int_equal(str_width((struct str){"", (size_t)INT_MAX + 1}), INT_MAX);
    assert_int_equal(str_width(STR("abc")), 3);
}

static void numbers_are_read_strictly(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool ok;
        int64_t value;
    } rows[] = {
        {"0", true, 0},
        {"-0", true, 0},
        {"007", true, 7},
        {"65535", true, 65535},
        {"-1", true, -1},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"-9223372036854775809", false, 0},
        {"99999999999999999999999", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {"--1", false, 0},
        {"+1", false, 0},
        {" 1", false, 0},
        {"1 ", false, 0},
        {"1.0", false, 0},
        {"1e3", false, 0},
        {"0x10", false, 0},
        {"\xd9\xa1", false, 0}, /* an Arabic digit one */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t value = 4711;
        bool ok = str_to_int(str_from(rows[i].text), &value);
        if (ok != rows[i].ok || value != (ok ? rows[i].value : 4711)) {
            fail_msg("'%s'", rows[i].text);
        }
    }
}

static void parts_are_put_in_a_row(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str s = STR_CAT(&a, STR("'"), STR(""), (struct str){0}, STR("Web"), STR("'"));
    assert_str(s, "'Web'");
    assert_int_equal(s.p[s.n], '\0');
    assert_str(STR_CAT(&a, STR("")), "");
    arena_release(&a);
}

static void numbers_are_written_in_decimal(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_str(str_number(&a, 0), "0");
    assert_str(str_number(&a, 9), "9");
    assert_str(str_number(&a, 65535), "65535");
    assert_str(str_number(&a, UINT64_MAX), "18446744073709551615");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_empty_slice_is_accepted_everywhere),
        cmocka_unit_test(parts_are_clamped),
        cmocka_unit_test(comparing_is_bytewise),
        cmocka_unit_test(ignoring_case_concerns_ascii_letters_only),
        cmocka_unit_test(searching_never_leaves_the_slice),
        cmocka_unit_test(beginnings_and_ends_are_compared),
        cmocka_unit_test(blanks_are_trimmed_at_both_ends),
        cmocka_unit_test(the_hash_is_fnv_1a),
        cmocka_unit_test(copies_are_independent_and_terminated),
        cmocka_unit_test(a_width_is_cut_at_int_max),
        cmocka_unit_test(numbers_are_read_strictly),
        cmocka_unit_test(parts_are_put_in_a_row),
        cmocka_unit_test(numbers_are_written_in_decimal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
