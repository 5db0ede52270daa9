#include "net/port_set.h"

#include "tests/check.h"

static struct port_set set_of(struct arena *a, const struct ports *at, size_t n)
{
    struct port_set s = {0};
    for (size_t i = 0; i < n; i++) {
        *VEC_ADD(a, &s.at) = at[i];
    }
    return port_set_unite(a, s);
}

static void expect(const struct port_set *s, const struct ports *at, size_t n)
{
    assert_int_equal(s->at.n, n);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(s->at.at[i].begin, at[i].begin);
        assert_int_equal(s->at.at[i].end, at[i].end);
    }
}

static void ranges_that_touch_become_one(void **state)
{
    (void)state;
    struct arena a = {0};
    struct port_set s = set_of(&a, (struct ports[]){{80, 90}, {22, 22}, {91, 95}, {85, 86}}, 4);
    expect(&s, (struct ports[]){{22, 22}, {80, 95}}, 2);
    s = set_of(&a, (struct ports[]){{65535, 65535}, {0, 65534}}, 2);
    expect(&s, (struct ports[]){{0, 65535}}, 1);
    s = set_of(&a, NULL, 0);
    expect(&s, NULL, 0);
    arena_release(&a);
}

static void what_is_taken_away_leaves_both_ends(void **state)
{
    (void)state;
    struct arena a = {0};
    struct port_set all = set_of(&a, (struct ports[]){{0, 65535}}, 1);
    struct port_set few = set_of(&a, (struct ports[]){{22, 22}, {443, 443}, {65535, 65535}}, 3);
    struct port_set rest = port_set_minus(&a, &all, &few);
    expect(&rest, (struct ports[]){{0, 21}, {23, 442}, {444, 65534}}, 3);
    rest = port_set_minus(&a, &few, &all);
    expect(&rest, NULL, 0);
    struct port_set none = {0};
    rest = port_set_minus(&a, &few, &none);
    assert_true(port_set_same(&rest, &few));
    arena_release(&a);
}

static void what_lies_before_takes_nothing_away(void **state)
{
    (void)state;
    struct arena a = {0};
    struct port_set x = set_of(&a, (struct ports[]){{10, 20}, {100, 200}}, 2);
    struct port_set y = set_of(&a, (struct ports[]){{1, 2}, {10, 12}, {30, 40}, {150, 150}}, 4);
    struct port_set rest = port_set_minus(&a, &x, &y);
    expect(&rest, (struct ports[]){{13, 20}, {100, 149}, {151, 200}}, 3);
    arena_release(&a);
}

/* Behind the last range of each stands one that does not belong to it. */
static void only_the_ranges_of_a_set_count(void **state)
{
    (void)state;
    struct arena a = {0};
    struct ports left[] = {{10, 20}, {50, 60}};
    struct ports right[] = {{10, 15}, {50, 55}, {70, 80}};
    struct port_set x = {.at = {.at = left, .n = 1, .cap = 2}};
    struct port_set y = {.at = {.at = right, .n = 2, .cap = 3}};
    struct port_set both = port_set_both(&a, &x, &y);
    expect(&both, (struct ports[]){{10, 15}}, 1);
    left[1] = (struct ports){70, 80};
    x.at.n = 2;
    both = port_set_both(&a, &x, &y);
    expect(&both, (struct ports[]){{10, 15}}, 1);
    right[0] = left[0];
    x.at.n = y.at.n = 1;
    assert_true(port_set_same(&x, &y));
    arena_release(&a);
}

static void sets_are_the_same_range_by_range(void **state)
{
    (void)state;
    struct arena a = {0};
    const struct ports at[] = {{10, 20}, {30, 40}, {50, 60}};
    struct port_set x = set_of(&a, at, 3);
    struct port_set y = set_of(&a, at, 2);
    assert_false(port_set_same(&x, &y));
    for (size_t i = 0; i < 3; i++) {
        y = set_of(&a, at, 3);
        assert_true(port_set_same(&x, &y));
        y.at.at[i].begin++;
        assert_false(port_set_same(&x, &y));
        y.at.at[i].begin--;
        y.at.at[i].end++;
        assert_false(port_set_same(&x, &y));
    }
    arena_release(&a);
}

static void both_and_minus_divide_a_set(void **state)
{
    (void)state;
    struct arena a = {0};
    struct port_set x = set_of(&a, (struct ports[]){{10, 20}, {30, 40}, {50, 50}}, 3);
    struct port_set y = set_of(&a, (struct ports[]){{0, 10}, {15, 35}, {50, 60}}, 3);
    struct port_set both = port_set_both(&a, &x, &y);
    expect(&both, (struct ports[]){{10, 10}, {15, 20}, {30, 35}, {50, 50}}, 4);
    struct port_set again = port_set_minus(&a, &x, &y);
    for (size_t i = 0; i < both.at.n; i++) {
        *VEC_ADD(&a, &again.at) = both.at.at[i];
    }
    again = port_set_unite(&a, again);
    assert_true(port_set_same(&again, &x));
    assert_false(port_set_same(&x, &y));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_that_touch_become_one),
        cmocka_unit_test(what_is_taken_away_leaves_both_ends),
        cmocka_unit_test(what_lies_before_takes_nothing_away),
        cmocka_unit_test(only_the_ranges_of_a_set_count),
        cmocka_unit_test(sets_are_the_same_range_by_range),
        cmocka_unit_test(both_and_minus_divide_a_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
