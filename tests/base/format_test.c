#include "base/format.h"

#include <stdio.h>

#include "base/str.h"
#include "tests/check.h"

static int ours(char *to, size_t room, const char *fmt, ...) PRINTF_LIKE(3, 4);
static int ours(char *to, size_t room, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = format_bytes(to, room, fmt, ap);
    va_end(ap);
    return n;
}

/* Room for everything, for a part, and for nothing. */
#define SAME_AS_LIBC(...)                                                                          \
    do {                                                                                           \
        for (size_t room = 0; room <= 64; room++) {                                                \
            char got[64] = "0123456789012345678901234567890123456789012345678901234567890";        \
            char want[64] = "0123456789012345678901234567890123456789012345678901234567890";       \
            int n = ours(room > 0 ? got : NULL, room, __VA_ARGS__);                                \
            assert_int_equal(n, snprintf(room > 0 ? want : NULL, room, __VA_ARGS__));              \
            assert_memory_equal(got, want, sizeof got);                                            \
        }                                                                                          \
    } while (0)

static void what_messages_use_is_what_libc_makes_of_it(void **state)
{
    (void)state;
    SAME_AS_LIBC("%s", "");
    SAME_AS_LIBC("no conversion");
    SAME_AS_LIBC("%s and %s.", "one", "two");
    SAME_AS_LIBC("'%.*s' of '%.*s'", 3, "Webs", 0, "Vpc");
    SAME_AS_LIBC("%c%c%%", 'a', 'b');
    SAME_AS_LIBC("%u %u %zu %zu", 0U, UINT32_MAX, (size_t)7, SIZE_MAX);
    SAME_AS_LIBC("%d %d %d %d", 0, -1, INT32_MAX, INT32_MIN);
}

static void a_piece_ends_at_its_nul_like_any_string(void **state)
{
    (void)state;
    SAME_AS_LIBC("<%.*s>", 5, "ab\0cd");
    SAME_AS_LIBC("<%.*s>", -1, "abc");
}

static void a_format_with_anything_else_goes_to_libc_as_a_whole(void **state)
{
    (void)state;
    SAME_AS_LIBC("%s %04x %s", "a", 0x1fU, "b");
    SAME_AS_LIBC("%u%5u%-5u|", 1U, 2U, 3U);
    SAME_AS_LIBC("%.3s %.1f %lu %zx", "abcd", 2.5, 9UL, (size_t)255);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_messages_use_is_what_libc_makes_of_it),
        cmocka_unit_test(a_piece_ends_at_its_nul_like_any_string),
        cmocka_unit_test(a_format_with_anything_else_goes_to_libc_as_a_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
