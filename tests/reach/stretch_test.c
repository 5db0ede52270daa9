#include "reach/stretch.h"
#include "tests/reach/base_world.h"

static void equal_combinations_are_one_stretch(void **state)
{
    (void)state;
    struct arena a = {0};
    struct ipset ten = ipset_of(&a, prefix_from("10.0.0.0/8"));
    struct ipset half = ipset_of(&a, prefix_from("10.128.0.0/9"));
    const struct line lines[] = {line_of_set(&a, ten, 1, 0), line_of_set(&a, half, 7, 3)};
    struct stretches all = stretches_of(&a, lines, 2, NET_V4);
    assert_int_equal(all.n, 3); /* outside (0,3), lower half (1,3), upper half (1,7) */
    assert_int_equal(all.at[0].values[0], 0);
    assert_int_equal(all.at[0].values[1], 3);
    assert_int_equal(all.at[0].where.n, 2); /* below and above 10/8 */
    assert_int_equal(all.at[1].values[1], 3);
    assert_int_equal(all.at[2].values[1], 7);
    assert_true(ipset_equal(all.at[2].where, half));
    arena_release(&a);
}

static void constant_lines_make_one_stretch_of_everything(void **state)
{
    (void)state;
    struct arena a = {0};
    struct line line = line_constant(&a, 5);
    struct stretches all = stretches_of(&a, &line, 1, NET_V6);
    assert_int_equal(all.n, 1);
    assert_int_equal(all.at[0].values[0], 5);
    assert_true(ipset_equal(all.at[0].where, ipset_all(NET_V6)));
    arena_release(&a);
}

static void no_line_at_all_makes_one_stretch(void **state)
{
    (void)state;
    struct arena a = {0};
    struct stretches all = stretches_of(&a, NULL, 0, NET_V4);
    assert_int_equal(all.n, 1);
    assert_true(ipset_equal(all.at[0].where, ipset_all(NET_V4)));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_combinations_are_one_stretch),
        cmocka_unit_test(constant_lines_make_one_stretch_of_everything),
        cmocka_unit_test(no_line_at_all_makes_one_stretch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
