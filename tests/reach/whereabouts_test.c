#include "reach/whereabouts.h"
#include "tests/reach/base_world.h"

/* The guard of a line at an address. */
static struct guard at(struct line l, const char *address)
{
    struct address a = prefix_from(address).first;
    struct guard g = {l.at[0].value};
    for (size_t i = 1; i < l.n && address_cmp(l.at[i].first, a) <= 0; i++) {
        g.node = l.at[i].value;
    }
    return g;
}

static void something_in_a_subnet_is_in_its_cidr(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b); /* 10.0.1.0/24 */
    struct reach *r = reach_new(&b.a, b.w);
    struct line l = whereabouts_line(r, &b.a, b.subnet, NET_V4);
    assert_true(guard_is_true(at(l, "10.0.1.77")));
    assert_true(guard_is_false(at(l, "10.0.2.0")));
    struct ipset all = whereabouts_set(r, &b.a, b.subnet, NET_V4);
    assert_int_equal(ipset_count(all), 256);
    base_release(&b);
}

static void without_a_cidr_it_may_be_anywhere(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    struct reach *r = reach_new(&b.a, b.w);
    assert_true(guard_is_true(at(whereabouts_line(r, &b.a, b.subnet, NET_V6), "::1")));
    assert_true(ipset_equal(whereabouts_set(r, &b.a, b.subnet, NET_V6), ipset_all(NET_V6)));
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    b.w->subnets.at[b.subnet].cidrs.at[0].when = x;
    struct line l = whereabouts_line(r, &b.a, b.subnet, NET_V4);
    assert_true(guard_is_true(at(l, "10.0.1.77")));
    assert_true(guard_same(at(l, "8.8.8.8"), guard_not(b.space, x)));
    base_release(&b);
}

static void every_address_is_certain_and_some_rest_on_the_fact(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    struct reach *r = reach_new(&b.a, b.w);
    const struct guard both[] = {GUARD_TRUE, GUARD_TRUE};
    const uint32_t all[] = {PORTMAP_EVERYTHING, PORTMAP_EVERYTHING};
    const uint32_t half[] = {PORTMAP_EVERYTHING, PORTMAP_NOTHING};
    const uint32_t none[] = {PORTMAP_NOTHING, PORTMAP_NOTHING};
    assert_int_equal(whereabouts_settle(r, both, all, 2, STR("N")), PORTMAP_EVERYTHING);
    assert_int_equal(whereabouts_settle(r, both, none, 2, STR("N")), PORTMAP_NOTHING);
    assert_false(world_has_fact(b.w, FACT_ADDR, STR("N"))); /* was not needed */
    uint32_t possible = whereabouts_settle(r, both, half, 2, STR("N"));
    struct guard fact = world_fact(b.w, FACT_ADDR, STR("N"));
    assert_true(guard_same(portmap_some(&r->ports, possible, PORTS_ALL), fact));
    /* Where it cannot be in the second set, the first is all. */
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    const struct guard split[] = {x, guard_not(b.space, x)};
    uint32_t sure = whereabouts_settle(r, split, half, 2, STR("M"));
    assert_true(guard_same(portmap_some(&r->ports, sure, PORTS_ALL), x));
    assert_false(world_has_fact(b.w, FACT_ADDR, STR("M")));
    base_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(something_in_a_subnet_is_in_its_cidr),
        cmocka_unit_test(without_a_cidr_it_may_be_anywhere),
        cmocka_unit_test(every_address_is_certain_and_some_rest_on_the_fact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
