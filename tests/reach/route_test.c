#include "reach/route.h"
#include "tests/reach/base_world.h"

/* The guard under which the base table sends an address to the base gateway. */
static struct guard to_gateway(struct base_world *b, struct reach *r, const char *address)
{
    struct prefix p = prefix_from(address);
    struct line l = route_line(r, b->table, p.family, b->gateway);
    uint32_t value = 0;
    for (size_t i = 0; i < l.n && address_cmp(l.at[i].first, p.first) <= 0; i++) {
        value = l.at[i].value;
    }
    return (struct guard){value};
}

static uint32_t base_nat(struct base_world *b)
{
    return world_add_gateway(b->w, STR("Nat"), GATEWAY_NAT);
}

static void the_longest_prefix_decides(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    uint32_t nat = base_nat(&b);
    base_route(&b, "0.0.0.0/0", b.gateway, GUARD_TRUE);
    base_route(&b, "8.0.0.0/8", nat, GUARD_TRUE);
    base_route(&b, "8.8.0.0/16", b.gateway, GUARD_TRUE);
    base_route(&b, "8.8.8.0/24", WORLD_NONE, GUARD_TRUE); /* a blackhole wins, too */
    struct reach *r = reach_new(&b.a, b.w);
    static const struct {
        const char *address;
        bool expected;
    } rows[] = {
        {"1.1.1.1/32", true}, {"8.1.1.1/32", false}, {"8.8.1.1/32", true},  {"8.8.8.8/32", false},
        {"8.8.9.0/32", true}, {"9.0.0.0/32", true},  {"2600::/128", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(guard_is_true(to_gateway(&b, r, rows[i].address)), rows[i].expected);
    }
    base_release(&b);
}

static void a_guarded_route_leaves_the_rest_to_shorter_ones(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    uint32_t nat = base_nat(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    struct guard y = guard_is(b.space, base_variable(&b, "y", GUARD_NO_OUTCOME), 1);
    base_route(&b, "0.0.0.0/0", b.gateway, y);
    base_route(&b, "8.0.0.0/8", nat, x);
    struct reach *r = reach_new(&b.a, b.w);
    assert_true(guard_same(to_gateway(&b, r, "1.0.0.0/32"), y));
    assert_true(guard_same(to_gateway(&b, r, "8.0.0.0/32"), guard_minus(b.space, y, x)));
    base_release(&b);
}

static void equal_prefixes_go_by_precedence_then_id(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    uint32_t nat = base_nat(&b);
    struct world_route propagated = {.when = GUARD_TRUE,
                                     .destination = prefix_from("8.0.0.0/8"),
                                     .precedence = ROUTE_PROPAGATED,
                                     .gateway = nat};
    world_add_route(b.w, b.table, propagated); /* first, and still last */
    base_route(&b, "8.0.0.0/8", b.gateway, GUARD_TRUE);
    base_route(&b, "9.0.0.0/8", nat, GUARD_TRUE);
    base_route(&b, "9.0.0.0/8", b.gateway, GUARD_TRUE);
    struct reach *r = reach_new(&b.a, b.w);
    assert_true(guard_is_true(to_gateway(&b, r, "8.0.0.0/32")));
    assert_true(guard_is_false(to_gateway(&b, r, "9.0.0.0/32")));
    base_release(&b);
}

/* A VPC with a public range: SEMANTICS 2.5.2. */
static void local_routes_are_never_taken_by_an_internet_gateway(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    world_add_cidr(b.w, b.vpc, x, prefix_from("9.9.0.0/16"));
    base_route(&b, "0.0.0.0/0", b.gateway, GUARD_TRUE);
    base_route(&b, "9.9.0.0/16", b.gateway, GUARD_TRUE);
    base_route(&b, "9.9.9.0/24", b.gateway, GUARD_TRUE);
    struct reach *r = reach_new(&b.a, b.w);
    struct guard not_x = guard_not(b.space, x);
    assert_true(guard_same(to_gateway(&b, r, "9.9.0.1/32"), not_x));
    assert_true(guard_same(to_gateway(&b, r, "9.9.9.9/32"), not_x));
    assert_true(guard_is_true(to_gateway(&b, r, "9.10.0.0/32")));
    base_release(&b);
}

static uint32_t route_at(struct base_world *b, struct reach *r, const char *address, uint32_t x)
{
    const uint32_t outcome[] = {x};
    const struct world_route *route =
        route_under(r, b->table, NET_V4, prefix_from(address).first, outcome);
    return route ? route->id : WORLD_NONE;
}

static void under_an_assignment_one_route_decides(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    uint32_t nat = base_nat(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    world_add_cidr(b.w, b.vpc, GUARD_TRUE, prefix_from("9.9.0.0/16"));
    uint32_t all = base_route(&b, "0.0.0.0/0", b.gateway, GUARD_TRUE);
    uint32_t some = base_route(&b, "8.0.0.0/8", nat, x);
    uint32_t inspected = base_route(&b, "9.9.9.0/24", nat, GUARD_TRUE);
    base_route(&b, "9.9.8.0/24", b.gateway, GUARD_TRUE);  /* cannot beat local */
    base_route(&b, "9.9.7.0/24", WORLD_NONE, GUARD_TRUE); /* nor can a blackhole */
    struct reach *r = reach_new(&b.a, b.w);
    assert_int_equal(route_at(&b, r, "1.0.0.0/32", 0), all);
    assert_int_equal(route_at(&b, r, "8.0.0.0/32", 0), all);
    assert_int_equal(route_at(&b, r, "8.0.0.0/32", 1), some);
    assert_int_equal(route_at(&b, r, "9.9.1.0/32", 0), WORLD_NONE);
    assert_int_equal(route_at(&b, r, "9.9.8.0/32", 0), WORLD_NONE);
    assert_int_equal(route_at(&b, r, "9.9.7.0/32", 0), WORLD_NONE);
    assert_int_equal(route_at(&b, r, "9.9.9.0/32", 0), inspected);
    base_release(&b);
}

static void the_route_that_leads_elsewhere(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    struct reach *r = reach_new(&b.a, b.w);
    assert_null(route_elsewhere(r, b.table, internet_space(NET_V4), edge_row(EDGE_INTERNET)));
    base_release(&b);

    base_bare(&b);
    uint32_t nat = base_nat(&b);
    uint32_t all = base_route(&b, "0.0.0.0/0", nat, GUARD_TRUE);
    uint32_t some = base_route(&b, "8.0.0.0/8", WORLD_NONE, GUARD_TRUE);
    base_route(&b, "9.0.0.0/8", b.gateway, GUARD_TRUE);
    base_route(&b, "8.8.8.0/24", nat, GUARD_FALSE);
    r = reach_new(&b.a, b.w);
    struct ipset one = ipset_of(&b.a, prefix_from("8.8.8.8/32"));
    struct ipset wide = ipset_of(&b.a, prefix_from("8.0.0.0/7"));
    assert_int_equal(
        route_elsewhere(r, b.table, internet_space(NET_V4), edge_row(EDGE_INTERNET))->id, all);
    assert_int_equal(route_elsewhere(r, b.table, one, edge_row(EDGE_INTERNET))->id, some);
    assert_int_equal(route_elsewhere(r, b.table, wide, edge_row(EDGE_INTERNET))->id, all);
    assert_null(route_elsewhere(r, b.table, internet_space(NET_V6), edge_row(EDGE_INTERNET)));
    base_release(&b);
}

static void where_no_route_covers_all_the_widest_is_named(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    uint32_t nat = base_nat(&b);
    base_route(&b, "8.8.0.0/16", nat, GUARD_TRUE);
    uint32_t widest = base_route(&b, "9.0.0.0/8", nat, GUARD_TRUE);
    struct reach *r = reach_new(&b.a, b.w);
    assert_int_equal(
        route_elsewhere(r, b.table, internet_space(NET_V4), edge_row(EDGE_INTERNET))->id, widest);
    base_release(&b);
}

static void a_route_of_unknown_destination_is_for_its_gateway_alone(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b); /* 0/0 to the base gateway */
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    uint32_t vgw = world_add_gateway(b.w, STR("Vgw"), GATEWAY_VPN);
    uint32_t wide = base_route(&b, "9.0.0.0/8", vgw, GUARD_TRUE);
    uint32_t unknown = world_add_route(
        b.w, b.table, (struct world_route){.when = x, .gateway = vgw, .unknown = true});
    struct reach *r = reach_new(&b.a, b.w);
    assert_true(guard_is_true(to_gateway(&b, r, "8.8.8.8")));
    struct line l = route_line(r, b.table, NET_V4, vgw);
    assert_int_equal(l.n, 4); /* up to 9/8, it, 10.0/16 next to it (local), behind */
    assert_int_equal(l.at[0].value, x.node);
    assert_int_equal(l.at[1].value, GUARD_TRUE.node);
    assert_int_equal(l.at[2].value, GUARD_FALSE.node);
    assert_int_equal(l.at[3].value, x.node);
    assert_int_equal(route_line(r, b.table, NET_V6, vgw).n, 1); /* it is an IPv4 route */
    const uint32_t yes[] = {1};
    const uint32_t no[] = {0};
    struct address eight = prefix_from("8.8.8.8").first;
    struct address nine = prefix_from("9.9.9.9").first;
    struct address local = prefix_from("10.0.0.9").first;
    assert_int_equal(route_to(r, b.table, vgw, NET_V4, eight, yes)->id, unknown);
    assert_int_equal(route_to(r, b.table, vgw, NET_V4, eight, no)->id, b.route);
    assert_int_equal(route_to(r, b.table, vgw, NET_V4, nine, yes)->id, wide);
    assert_int_equal(route_to(r, b.table, b.gateway, NET_V4, eight, yes)->id, b.route);
    assert_null(route_to(r, b.table, vgw, NET_V4, local, yes));
    assert_int_equal(route_under(r, b.table, NET_V4, eight, yes)->id, b.route);
    base_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_prefix_decides),
        cmocka_unit_test(a_guarded_route_leaves_the_rest_to_shorter_ones),
        cmocka_unit_test(equal_prefixes_go_by_precedence_then_id),
        cmocka_unit_test(local_routes_are_never_taken_by_an_internet_gateway),
        cmocka_unit_test(under_an_assignment_one_route_decides),
        cmocka_unit_test(the_route_that_leads_elsewhere),
        cmocka_unit_test(where_no_route_covers_all_the_widest_is_named),
        cmocka_unit_test(a_route_of_unknown_destination_is_for_its_gateway_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
