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
        cmocka_unit_test(both_and_minus_divide_a_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
