#include "reach/line.h"
#include "tests/check.h"

static struct address at(uint64_t x)
{
    return (struct address){.lo = x};
}

static struct line line_from(struct arena *a, const uint32_t pieces[][2], size_t n)
{
    struct line_maker m = {.arena = a};
    for (size_t i = 0; i < n; i++) {
        line_put(&m, at(pieces[i][0]), pieces[i][1]);
    }
    return line_made(&m);
}

static void equal_neighbours_become_one_piece(void **state)
{
    (void)state;
    struct arena a = {0};
    const uint32_t pieces[][2] = {{0, 7}, {10, 7}, {20, 8}};
    struct line l = line_from(&a, pieces, 3);
    assert_int_equal(l.n, 2);
    assert_int_equal(l.at[1].first.lo, 20);
    arena_release(&a);
}

static void a_piece_at_the_same_address_replaces_the_last_one(void **state)
{
    (void)state;
    struct arena a = {0};
    const uint32_t pieces[][2] = {{0, 7}, {10, 8}, {10, 7}, {20, 9}, {20, 7}};
    struct line l = line_from(&a, pieces, 5);
    assert_int_equal(l.n, 1); /* 7 all along */
    assert_int_equal(l.at[0].value, 7);
    const uint32_t first[][2] = {{0, 7}, {0, 8}};
    l = line_from(&a, first, 2);
    assert_int_equal(l.n, 1);
    assert_int_equal(l.at[0].value, 8);
    arena_release(&a);
}

static uint32_t sum(void *ctx, const uint32_t *values)
{
    uint32_t total = 0;
    for (size_t i = 0; i < *(const size_t *)ctx; i++) {
        total += values[i];
    }
    return total;
}

static void lines_are_laid_over_each_other_piece_by_piece(void **state)
{
    (void)state;
    struct arena a = {0};
    const uint32_t x[][2] = {{0, 1}, {10, 2}, {20, 1}};
    const uint32_t y[][2] = {{0, 10}, {10, 20}, {15, 10}};
    const struct line lines[] = {line_from(&a, x, 3), line_from(&a, y, 3), line_constant(&a, 100)};
    size_t n = 3;
    struct line l = line_overlay(&a, lines, n, sum, &n);
    const uint32_t expected[][2] = {{0, 111}, {10, 122}, {15, 112}, {20, 111}};
    assert_int_equal(l.n, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(l.at[i].first.lo, expected[i][0]);
        assert_int_equal(l.at[i].value, expected[i][1]);
    }
    arena_release(&a);
}

static void a_set_becomes_a_line_and_comes_back(void **state)
{
    (void)state;
    static const char *const texts[] = {"0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8",
                                        "255.255.255.255/32"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct arena a = {0};
        struct prefix p;
        assert_true(prefix_parse(str_from(texts[i]), &p, NULL));
        struct ipset s = ipset_of(&a, p);
        struct line l = line_of_set(&a, s, 1, 0);
        struct line_parts parts = line_split(&a, l, NET_V4, 0);
        assert_int_equal(parts.n, 1);
        assert_int_equal(parts.at[0].value, 1);
        assert_true(ipset_equal(parts.at[0].where, s));
        arena_release(&a);
    }
}

static void the_end_of_ipv6_does_not_wrap(void **state)
{
    (void)state;
    struct arena a = {0};
    struct line l = line_of_set(&a, ipset_all(NET_V6), 1, 0);
    assert_int_equal(l.n, 1);
    struct line_parts parts = line_split(&a, l, NET_V6, 0);
    assert_true(ipset_equal(parts.at[0].where, ipset_all(NET_V6)));
    arena_release(&a);
}

static void parts_come_in_order_of_first_appearance_without_none(void **state)
{
    (void)state;
    struct arena a = {0};
    const uint32_t x[][2] = {{0, 0}, {10, 9}, {20, 3}, {30, 9}, {40, 0}};
    struct line_parts parts = line_split(&a, line_from(&a, x, 5), NET_V4, 0);
    assert_int_equal(parts.n, 2);
    assert_int_equal(parts.at[0].value, 9);
    assert_int_equal(parts.at[0].where.n, 2);
    assert_int_equal(parts.at[0].where.at[0].first.lo, 10);
    assert_int_equal(parts.at[0].where.at[0].last.lo, 19);
    assert_int_equal(parts.at[0].where.at[1].last.lo, 39);
    assert_int_equal(parts.at[1].value, 3);
    assert_int_equal(line_split(&a, line_constant(&a, 5), NET_V4, 5).n, 0);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_neighbours_become_one_piece),
        cmocka_unit_test(a_piece_at_the_same_address_replaces_the_last_one),
        cmocka_unit_test(lines_are_laid_over_each_other_piece_by_piece),
        cmocka_unit_test(a_set_becomes_a_line_and_comes_back),
        cmocka_unit_test(the_end_of_ipv6_does_not_wrap),
        cmocka_unit_test(parts_come_in_order_of_first_appearance_without_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
