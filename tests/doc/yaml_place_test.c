#include "doc/yaml_place.h"
#include "tests/check.h"

static void in_ascii_code_points_are_bytes(void **state)
{
    (void)state;
    struct yaml_place p;
    yaml_place_init(&p, STR("abcdefghijkl"), 0, true);
    assert_int_equal(yaml_place_at(&p, 0), 0);
    assert_int_equal(yaml_place_at(&p, 11), 11);
    assert_int_equal(yaml_place_at(&p, 12), 12);
    assert_int_equal(yaml_place_at(&p, 400), 12); /* clamped */
    assert_int_equal(yaml_place_at(&p, 3), 3);
}

static void a_byte_order_mark_is_not_counted(void **state)
{
    (void)state;
    struct yaml_place p;
    yaml_place_init(&p,
                    STR("\xEF\xBB\xBF"
                        "ab"),
                    3, true);
    assert_int_equal(yaml_place_at(&p, 0), 3);
    assert_int_equal(yaml_place_at(&p, 2), 5);
    yaml_place_init(&p,
                    STR("\xEF\xBB\xBF"
                        "\xC3\xA9"
                        "b"),
                    3, false);
    assert_int_equal(yaml_place_at(&p, 0), 3);
    assert_int_equal(yaml_place_at(&p, 1), 5);
    assert_int_equal(yaml_place_at(&p, 0), 3);
}

/* One character of each length, with runs of ASCII long enough for the fast path. */
static void places_agree_with_a_naive_count_in_any_order(void **state)
{
    (void)state;
    struct str s =
        STR("abcdefghijklmnop\xC3\xA9 \xE2\x82\xAC\xF0\x9F\x98\x80 0123456789abcdef\xC3\xA9");
    uint32_t naive[80] = {0};
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (((unsigned char)s.p[i] & 0xC0) != 0x80) {
            naive[n++] = (uint32_t)i;
        }
    }
    naive[n] = (uint32_t)s.n;
    struct yaml_place p;
    yaml_place_init(&p, s, 0, false);
    struct check_random random = {1};
    for (size_t i = 0; i <= n; i++) {
        assert_int_equal(yaml_place_at(&p, i), naive[i]);
    }
    for (int i = 0; i < 2000; i++) {
        size_t at = check_random_below(&random, (uint32_t)n + 1);
        assert_int_equal(yaml_place_at(&p, at), naive[at]);
    }
    assert_int_equal(yaml_place_at(&p, n + 50), s.n);
}

static void an_empty_text_has_one_place(void **state)
{
    (void)state;
    struct yaml_place p;
    yaml_place_init(&p, (struct str){0}, 0, true);
    assert_int_equal(yaml_place_at(&p, 0), 0);
    assert_int_equal(yaml_place_at(&p, 7), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_ascii_code_points_are_bytes),
        cmocka_unit_test(a_byte_order_mark_is_not_counted),
        cmocka_unit_test(places_agree_with_a_naive_count_in_any_order),
        cmocka_unit_test(an_empty_text_has_one_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
