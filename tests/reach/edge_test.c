#include "reach/edge.h"
#include "tests/reach/base_world.h"

static void entry_is_the_union_of_the_attachments(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    struct guard y = guard_is(b.space, base_variable(&b, "y", GUARD_NO_OUTCOME), 1);
    uint32_t other = world_add_vpc(b.w, STR("Other"));
    uint32_t second = world_add_gateway(b.w, STR("Second"), GATEWAY_INTERNET);
    world_add_attachment(b.w, second, x, other);
    world_add_attachment(b.w, second, y, other);
    struct reach *r = reach_new(&b.a, b.w);
    assert_true(guard_is_true(edge_entry(r, b.gateway, b.vpc)));
    assert_true(guard_is_false(edge_entry(r, b.gateway, other)));
    assert_true(guard_is_false(edge_entry(r, second, b.vpc)));
    assert_true(guard_same(edge_entry(r, second, other), guard_or(b.space, x, y)));
    assert_true(guard_is_false(edge_entry(r, WORLD_NONE, b.vpc)));
    assert_true(guard_is_false(edge_entry(r, b.gateway, WORLD_NONE)));
    base_release(&b);
}

static void a_place_knows_attached_and_routed_gateways_of_the_kind(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    uint32_t nat = world_add_gateway(b.w, STR("Nat"), GATEWAY_NAT);
    world_add_attachment(b.w, nat, GUARD_TRUE, b.vpc);
    uint32_t routed = world_add_gateway(b.w, STR("Routed"), GATEWAY_INTERNET);
    (void)world_add_gateway(b.w, STR("Elsewhere"), GATEWAY_INTERNET);
    base_route(&b, "8.0.0.0/8", routed, GUARD_TRUE);
    base_route(&b, "9.0.0.0/8", routed, GUARD_TRUE);
    struct reach *r = reach_new(&b.a, b.w);
    const struct gateway_list *list = edge_gateways(r, edge_row(EDGE_INTERNET), r->places[0]);
    assert_int_equal(list->at.n, 2);
    assert_int_equal(list->at.at[0], b.gateway);
    assert_int_equal(list->at.at[1], routed);
    base_release(&b);
}

static void the_internet_needs_a_public_address_in_ipv4_only(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    const struct edge_row *row = edge_row(EDGE_INTERNET);
    struct world_placement p = {.public4 = GUARD_TRUE, .has4 = GUARD_FALSE, .has6 = GUARD_TRUE};
    assert_true(guard_is_false(row->address(b.space, &p, NET_V4)));
    assert_true(guard_is_true(row->address(b.space, &p, NET_V6)));
    p.has4 = GUARD_TRUE;
    p.has6 = GUARD_FALSE;
    assert_true(guard_is_true(row->address(b.space, &p, NET_V4)));
    assert_true(guard_is_false(row->address(b.space, &p, NET_V6)));
    base_release(&b);
}

static void private_edges_take_any_address_but_a_vpn_ipv4_only(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    struct world_placement p = {.has4 = GUARD_TRUE, .has6 = GUARD_TRUE};
    const struct edge_row *peering = edge_row(EDGE_PEERING);
    const struct edge_row *vpn = edge_row(EDGE_VPN);
    assert_true(guard_is_true(peering->address(b.space, &p, NET_V4)));
    assert_true(guard_is_true(peering->address(b.space, &p, NET_V6)));
    assert_true(guard_is_true(vpn->address(b.space, &p, NET_V4)));
    assert_true(guard_is_false(vpn->address(b.space, &p, NET_V6)));
    assert_null(peering->exposure);
    base_release(&b);
}

static void each_edge_has_a_row_in_order(void **state)
{
    (void)state;
    assert_int_equal(EDGE_ROWS, EDGE_COUNT);
    for (int e = 0; e < EDGE_COUNT; e++) {
        assert_int_equal(EDGES[e].edge, e);
        assert_ptr_equal(edge_row((enum world_edge)e), &EDGES[e]);
    }
    assert_null(edge_row(EDGE_COUNT));
    assert_true(edge_has_kind(edge_row(EDGE_CARRIER), GATEWAY_LOCAL));
    assert_true(edge_has_kind(edge_row(EDGE_CARRIER), GATEWAY_CARRIER));
    assert_false(edge_has_kind(edge_row(EDGE_CARRIER), GATEWAY_INTERNET));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entry_is_the_union_of_the_attachments),
        cmocka_unit_test(a_place_knows_attached_and_routed_gateways_of_the_kind),
        cmocka_unit_test(the_internet_needs_a_public_address_in_ipv4_only),
        cmocka_unit_test(private_edges_take_any_address_but_a_vpn_ipv4_only),
        cmocka_unit_test(each_edge_has_a_row_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
