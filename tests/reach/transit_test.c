#include "reach/transit.h"
#include "tests/reach/base_world.h"

static const struct transit *of_base(struct base_world *b, struct reach *r, unsigned conjuncts)
{
    return transit_of(r, (struct transit_key){.row = edge_row(EDGE_INTERNET),
                                              .place = r->places[b->subnet],
                                              .gateway = b->gateway,
                                              .family = NET_V4,
                                              .protocol = PROTOCOL_TCP,
                                              .conjuncts = conjuncts});
}

static void subnets_that_do_the_same_share_a_place(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    uint32_t same = world_add_subnet(b.w, STR("Same"), b.vpc);
    world_choose_table(b.w, same, GUARD_TRUE, b.table);
    world_choose_acl(b.w, same, GUARD_TRUE, b.acl);
    uint32_t without = world_add_subnet(b.w, STR("Without"), b.vpc);
    world_choose_acl(b.w, without, GUARD_TRUE, b.acl);
    struct reach *r = reach_new(&b.a, b.w);
    assert_ptr_equal(r->places[b.subnet], r->places[same]);
    assert_ptr_not_equal(r->places[b.subnet], r->places[without]);
    base_release(&b);
}

static void the_base_subnet_lets_the_whole_internet_through(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    struct reach *r = reach_new(&b.a, b.w);
    const struct transit *t = of_base(&b, r, TRANSIT_ALL);
    assert_int_equal(t->n, 1);
    assert_true(ipset_equal(t->at[0].sources, internet_space(NET_V4)));
    assert_int_equal(t->at[0].ports, PORTMAP_EVERYTHING);
    assert_ptr_equal(of_base(&b, r, TRANSIT_ALL), t); /* kept */
    assert_true(ipset_is_empty(t->excused));
    base_release(&b);
}

static void sources_that_are_treated_alike_are_one_region(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    const struct ports ssh = {22, 22};
    base_entry(&b, b.acl, 90, false, false, PROTOCOL_TCP, ssh, "8.0.0.0/8");
    base_entry(&b, b.acl, 91, false, false, PROTOCOL_TCP, ssh, "20.0.0.0/8");
    base_entry(&b, b.acl, 92, false, false, PROTOCOL_UDP, ssh, "30.0.0.0/8");
    struct reach *r = reach_new(&b.a, b.w);
    const struct transit *t = of_base(&b, r, TRANSIT_ALL);
    assert_int_equal(t->n, 2);
    assert_int_equal(t->at[0].ports, PORTMAP_EVERYTHING);
    assert_int_equal(t->at[1].sources.n, 2);
    assert_int_equal(t->at[1].sources.at[0].first.lo, 8U << 24);
    assert_int_equal(t->at[1].sources.at[1].first.lo, 20U << 24);
    assert_true(guard_is_false(portmap_some(&r->ports, t->at[1].ports, ssh)));
    base_release(&b);
}

static void only_the_conjuncts_that_count_take_something_away(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b); /* no routes, no ACL entries */
    struct reach *r = reach_new(&b.a, b.w);
    assert_int_equal(of_base(&b, r, TRANSIT_ACL_IN)->n, 0);
    assert_int_equal(of_base(&b, r, TRANSIT_ROUTE)->n, 0);
    assert_int_equal(of_base(&b, r, TRANSIT_ACL_OUT)->n, 0);
    const struct transit *t = of_base(&b, r, 0);
    assert_int_equal(t->n, 1);
    assert_true(ipset_equal(t->at[0].sources, ipset_all(NET_V4)));
    base_release(&b);
}

static void choices_are_joined_under_their_guards(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    struct guard not_x = guard_not(b.space, x);
    b.w->subnets.at[b.subnet].tables.at[0].when = x;
    b.w->subnets.at[b.subnet].acls.at[0].when = x;
    uint32_t table = world_add_table(b.w, STR("Second"), b.vpc);
    world_choose_table(b.w, b.subnet, not_x, table);
    world_add_route(b.w, table,
                    (struct world_route){.when = GUARD_TRUE,
                                         .destination = prefix_from("8.0.0.0/8"),
                                         .gateway = b.gateway});
    uint32_t acl = world_add_acl(b.w, STR("Second"));
    world_choose_acl(b.w, b.subnet, not_x, acl);
    const struct ports ssh = {22, 22};
    base_entry(&b, acl, 1, false, true, PROTOCOL_TCP, ssh, "0.0.0.0/0");
    base_entry(&b, acl, 1, true, true, PROTOCOL_ALL, PORTS_ALL, "0.0.0.0/0");
    struct reach *r = reach_new(&b.a, b.w);
    const struct transit *t = of_base(&b, r, TRANSIT_ALL);
    assert_int_equal(t->n, 2);
    const struct ports http = {80, 80};
    /* Elsewhere only the first table leads back; 8/8 gets ssh through both. */
    assert_true(guard_same(portmap_some(&r->ports, t->at[0].ports, ssh), x));
    assert_true(guard_is_true(portmap_some(&r->ports, t->at[1].ports, ssh)));
    assert_true(guard_same(portmap_some(&r->ports, t->at[1].ports, http), x));
    assert_int_equal(t->at[1].sources.at[0].first.lo, 8U << 24);
    base_release(&b);
}

static void a_table_of_another_vpc_needs_the_gateway_there(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    uint32_t other = world_add_vpc(b.w, STR("Other"));
    b.w->tables.at[b.table].vpc = other;
    assert_int_equal(of_base(&b, reach_new(&b.a, b.w), TRANSIT_ALL)->n, 0);
    world_add_attachment(b.w, b.gateway, GUARD_TRUE, other);
    assert_int_equal(of_base(&b, reach_new(&b.a, b.w), TRANSIT_ALL)->n, 1);
    b.w->tables.at[b.table].vpc = WORLD_NONE;
    assert_int_equal(of_base(&b, reach_new(&b.a, b.w), TRANSIT_ALL)->n, 1);
    base_release(&b);
}

static void the_public_ranges_of_the_vpc_are_excused(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    world_add_cidr(b.w, b.vpc, GUARD_TRUE, prefix_from("9.9.0.0/16"));
    uint32_t s3 = world_add_gateway(b.w, STR("S3"), GATEWAY_ENDPOINT);
    base_route(&b, "52.216.0.0/15", s3, GUARD_TRUE);
    struct reach *r = reach_new(&b.a, b.w);
    const struct transit *t = of_base(&b, r, TRANSIT_ALL);
    assert_int_equal(t->n, 1);
    assert_false(ipset_has(t->at[0].sources, prefix_from("9.9.0.0/16").first));
    assert_false(ipset_has(t->at[0].sources, prefix_from("52.216.0.0/16").first));
    assert_int_equal(ipset_count(t->excused), 3 * 65536); /* a /16 and a /15; not 10.0/16 */
    base_rule(&b, PROTOCOL_TCP, (struct ports){22, 22}, "0.0.0.0/0");
    assert_str(base_flows(&b), "0 v4 tcp 22-22 reachable world\n");
    base_release(&b);
}

static void what_a_gateways_table_says_tells_subnets_apart(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    uint32_t same = world_add_subnet(b.w, STR("Same"), b.vpc);
    world_choose_table(b.w, same, GUARD_TRUE, b.table);
    world_choose_acl(b.w, same, GUARD_TRUE, b.acl);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    world_add_ingress(
        b.w, b.gateway,
        (struct world_ingress){.when = x, .subnet = b.subnet, .middlebox = WORLD_NONE});
    struct reach *r = reach_new(&b.a, b.w);
    assert_ptr_not_equal(r->places[b.subnet], r->places[same]);
    const struct transit *t = of_base(&b, r, TRANSIT_ALL);
    assert_int_equal(t->n, 1);
    assert_true(
        guard_same(portmap_some(&r->ports, t->at[0].ports, PORTS_ALL), guard_not(b.space, x)));
    t = of_base(&b, r, TRANSIT_ALL & ~(unsigned)TRANSIT_ENTRY);
    assert_int_equal(t->at[0].ports, PORTMAP_EVERYTHING);
    t = of_base(&b, r, TRANSIT_ENTRY);
    assert_true(
        guard_same(portmap_some(&r->ports, t->at[0].ports, PORTS_ALL), guard_not(b.space, x)));
    base_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(subnets_that_do_the_same_share_a_place),
        cmocka_unit_test(the_base_subnet_lets_the_whole_internet_through),
        cmocka_unit_test(sources_that_are_treated_alike_are_one_region),
        cmocka_unit_test(only_the_conjuncts_that_count_take_something_away),
        cmocka_unit_test(choices_are_joined_under_their_guards),
        cmocka_unit_test(a_table_of_another_vpc_needs_the_gateway_there),
        cmocka_unit_test(the_public_ranges_of_the_vpc_are_excused),
        cmocka_unit_test(what_a_gateways_table_says_tells_subnets_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
