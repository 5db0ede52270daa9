/* Buffers: always NUL-terminated, never NULL, whatever is added. */
#include "base/buf.h"

#include "tests/check.h"

static void an_empty_buffer_is_a_c_string_and_allocates_nothing(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    assert_string_equal(b.p, "");
    assert_int_equal(b.cap, 0);
    buf_clear(&b);
    buf_add(&b, (struct str){0});
    buf_adds(&b, "");
    buf_adds(&b, NULL);
    buf_addf(&b, "%s", "");
    buf_pad(&b, 'x', 0);
    assert_string_equal(b.p, "");
    assert_int_equal(b.n, 0);
    buf_release(&b);
    buf_release(&b);
    assert_string_equal(b.p, "");
}

static void everything_is_appended_in_order(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    buf_adds(&b, "port ");
    buf_addf(&b, "%d/%s", 22, "tcp");
    buf_addc(&b, ',');
    buf_pad(&b, '-', 3);
    buf_add(&b, STR("end"));
    buf_add_number(&b, 0);
    buf_add_number(&b, 65535);
    assert_str(buf_str(&b), "port 22/tcp,---end065535");
    assert_int_equal(b.p[b.n], '\0');
    buf_release(&b);
}

static void clearing_keeps_the_memory(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    buf_pad(&b, 'x', 1000);
    size_t cap = b.cap;
    const char *p = b.p;
    buf_clear(&b);
    assert_string_equal(b.p, "");
    buf_adds(&b, "y");
    assert_int_equal(b.cap, cap);
    assert_ptr_equal(b.p, p);
    assert_str(buf_str(&b), "y");
    buf_release(&b);
}

/* Room for the NUL is there at each size. */
static void it_grows_byte_by_byte(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    for (size_t n = 1; n < 300; n++) {
        if (n % 3 == 0) {
            buf_add(&b, STR("x"));
        } else {
            buf_addc(&b, 'x');
        }
        assert_int_equal(b.n, n);
        assert_true(b.cap > n);
        assert_int_equal(strlen(b.p), n);
    }
    buf_release(&b);
}

static void nul_bytes_are_kept(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    buf_add(&b, (struct str){"a\0b", 3});
    buf_addc(&b, '\0');
    assert_int_equal(b.n, 4);
    assert_memory_equal(b.p, "a\0b\0", 5);
    buf_release(&b);
}

/* Every length around each doubling: the NUL must always have room. */
static void every_length_is_terminated(void **state)
{
    (void)state;
    for (size_t n = 0; n < 600; n++) {
        struct buf b;
        buf_init(&b);
        buf_pad(&b, 'x', n);
        buf_addf(&b, "%s", "0123456789");
        assert_int_equal(b.n, n + 10);
        assert_int_equal(strlen(b.p), n + 10);
        buf_release(&b);
    }
}

static void a_long_format_is_not_cut(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    buf_addf(&b, "%0*d", 5000, 7);
    assert_int_equal(b.n, 5000);
    assert_int_equal(b.p[4998], '0');
    assert_int_equal(b.p[4999], '7');
    buf_release(&b);
}

static void parts_go_before_what_is_there(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    buf_prepend(&b, NULL, 0);
    assert_string_equal(b.p, "");
    const struct str parts[] = {STR("ab"), {0}, STR("c")};
    buf_prepend(&b, parts, 3);
    buf_adds(&b, "d");
    buf_pad(&b, '-', 200);
    buf_prepend(&b, parts, 1);
    assert_int_equal(b.n, 206);
    assert_true(str_starts(buf_str(&b), STR("ababcd--")));
    assert_int_equal(strlen(b.p), 206);
    buf_release(&b);
}

static void the_memory_of_another_is_taken_or_its_bytes(void **state)
{
    (void)state;
    struct buf b;
    struct buf from;
    buf_init(&b);
    buf_init(&from);
    buf_take(&b, &from);
    assert_string_equal(b.p, "");
    buf_adds(&from, "one");
    const char *p = from.p;
    buf_take(&b, &from);
    assert_ptr_equal(b.p, p);
    assert_string_equal(from.p, "");
    buf_adds(&from, "two");
    buf_take(&b, &from);
    assert_str(buf_str(&b), "onetwo");
    assert_int_equal(from.cap, 0);
    buf_release(&b);
    buf_release(&from);
}

static void what_is_kept_outlives_the_buffer(void **state)
{
    (void)state;
    struct arena a = {0};
    struct buf b;
    buf_init(&b);
    assert_str(buf_keep(&b, &a), "");
    buf_adds(&b, "kept");
    struct str s = buf_keep(&b, &a);
    assert_int_equal(b.cap, 0);
    assert_str(s, "kept");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_buffer_is_a_c_string_and_allocates_nothing),
        cmocka_unit_test(everything_is_appended_in_order),
        cmocka_unit_test(clearing_keeps_the_memory),
        cmocka_unit_test(it_grows_byte_by_byte),
        cmocka_unit_test(nul_bytes_are_kept),
        cmocka_unit_test(every_length_is_terminated),
        cmocka_unit_test(a_long_format_is_not_cut),
        cmocka_unit_test(parts_go_before_what_is_there),
        cmocka_unit_test(what_is_kept_outlives_the_buffer),
        cmocka_unit_test(the_memory_of_another_is_taken_or_its_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
