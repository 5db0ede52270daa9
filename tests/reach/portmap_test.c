#include "reach/portmap.h"
#include "tests/check.h"

struct fixture {
    struct arena a;
    struct portmaps maps;
    struct guard x, y;
};

static void set_up(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    struct guard_space *s = guard_space_new(&f->a);
    portmaps_init(&f->maps, &f->a, s);
    struct guard_variable v = {.outcomes = 2, .standard = GUARD_NO_OUTCOME};
    v.name = STR("x");
    f->x = guard_is(s, guard_add(s, v), 1);
    v.name = STR("y");
    f->y = guard_is(s, guard_add(s, v), 1);
}

static uint32_t one(struct fixture *f, uint16_t begin, uint16_t end, struct guard when)
{
    const struct port_piece p = {{begin, end}, when};
    return portmap_number(&f->maps, &p, 1);
}

static void equal_maps_have_equal_numbers(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    const struct port_piece parts[] = {
        {{1, 5}, f.x}, {{6, 9}, f.x}, {{10, 12}, GUARD_FALSE}, {{13, 13}, GUARD_FALSE}};
    assert_int_equal(portmap_number(&f.maps, parts, 4), one(&f, 1, 9, f.x));
    assert_int_not_equal(one(&f, 1, 9, f.y), one(&f, 1, 9, f.x));
    assert_int_equal(portmap_number(&f.maps, parts + 2, 2), PORTMAP_NOTHING);
    assert_int_equal(one(&f, 0, 65535, GUARD_TRUE), PORTMAP_EVERYTHING);
    assert_int_equal(one(&f, 5, 4, GUARD_TRUE), PORTMAP_NOTHING);
    arena_release(&f.a);
}

static void neighbours_of_different_guards_stay_apart(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    const struct port_piece parts[] = {{{1, 5}, f.x}, {{6, 9}, f.y}, {{11, 12}, f.y}};
    assert_int_equal(portmap_of(&f.maps, portmap_number(&f.maps, parts, 3)).n, 3);
    arena_release(&f.a);
}

static void and_narrows_every_piece(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    uint32_t m = one(&f, 1, 9, f.x);
    assert_int_equal(portmap_and(&f.maps, m, GUARD_TRUE), m);
    assert_int_equal(portmap_and(&f.maps, m, GUARD_FALSE), PORTMAP_NOTHING);
    assert_int_equal(portmap_and(&f.maps, PORTMAP_NOTHING, f.x), PORTMAP_NOTHING);
    assert_int_equal(portmap_and(&f.maps, m, f.y),
                     one(&f, 1, 9, guard_and(f.maps.space, f.x, f.y)));
    assert_int_equal(portmap_and(&f.maps, m, guard_not(f.maps.space, f.x)), PORTMAP_NOTHING);
    arena_release(&f.a);
}

static void or_joins_guards_where_maps_overlap(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    uint32_t x = one(&f, 1, 9, f.x);
    uint32_t y = one(&f, 5, 20, f.y);
    struct guard both = guard_or(f.maps.space, f.x, f.y);
    const struct port_piece expected[] = {{{1, 4}, f.x}, {{5, 9}, both}, {{10, 20}, f.y}};
    uint32_t number = portmap_number(&f.maps, expected, 3);
    assert_int_equal(portmap_or(&f.maps, x, y), number);
    assert_int_equal(portmap_or(&f.maps, y, x), number);
    assert_int_equal(portmap_or(&f.maps, x, PORTMAP_NOTHING), x);
    assert_int_equal(portmap_or(&f.maps, PORTMAP_NOTHING, x), x);
    assert_int_equal(portmap_or(&f.maps, x, x), x);
    assert_int_equal(portmap_or(&f.maps, PORTMAP_EVERYTHING, x), PORTMAP_EVERYTHING);
    arena_release(&f.a);
}

static void some_port_of_a_range_is_enough(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    const struct port_piece parts[] = {{{1, 5}, f.x}, {{8, 9}, f.y}};
    uint32_t m = portmap_number(&f.maps, parts, 2);
    assert_true(guard_same(portmap_some(&f.maps, m, (struct ports){5, 7}), f.x));
    assert_true(guard_is_false(portmap_some(&f.maps, m, (struct ports){6, 7})));
    assert_true(guard_same(portmap_some(&f.maps, m, (struct ports){0, 100}),
                           guard_or(f.maps.space, f.x, f.y)));
    assert_true(guard_is_false(portmap_some(&f.maps, m, PORTS_EMPTY)));
    arena_release(&f.a);
}

static void both_is_the_and_of_every_port(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    const struct port_piece a[] = {{{1, 10}, f.x}, {{20, 30}, GUARD_TRUE}};
    const struct port_piece b[] = {{{5, 25}, f.y}, {{26, 65535}, f.x}};
    uint32_t x = portmap_number(&f.maps, a, 2);
    uint32_t y = portmap_number(&f.maps, b, 2);
    const struct port_piece both[] = {
        {{5, 10}, guard_and(f.maps.space, f.x, f.y)}, {{20, 25}, f.y}, {{26, 30}, f.x}};
    uint32_t number = portmap_number(&f.maps, both, 3);
    assert_int_equal(portmap_both(&f.maps, x, y), number);
    assert_int_equal(portmap_both(&f.maps, y, x), number);
    assert_int_equal(portmap_both(&f.maps, x, x), x);
    assert_int_equal(portmap_both(&f.maps, PORTMAP_EVERYTHING, x), x);
    assert_int_equal(portmap_both(&f.maps, x, PORTMAP_EVERYTHING), x);
    assert_int_equal(portmap_both(&f.maps, x, PORTMAP_NOTHING), PORTMAP_NOTHING);
    assert_int_equal(portmap_both(&f.maps, PORTMAP_NOTHING, x), PORTMAP_NOTHING);
    arena_release(&f.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_maps_have_equal_numbers),
        cmocka_unit_test(neighbours_of_different_guards_stay_apart),
        cmocka_unit_test(and_narrows_every_piece),
        cmocka_unit_test(or_joins_guards_where_maps_overlap),
        cmocka_unit_test(some_port_of_a_range_is_enough),
        cmocka_unit_test(both_is_the_and_of_every_port),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
