#include "reach/admit.h"
#include "tests/reach/base_world.h"

static struct contributions of_base(struct base_world *b, struct reach *r, enum net_family f)
{
    const struct transit *t = transit_of(r, (struct transit_key){.row = edge_row(EDGE_INTERNET),
                                                                 .place = r->places[b->subnet],
                                                                 .gateway = b->gateway,
                                                                 .family = f,
                                                                 .protocol = PROTOCOL_TCP,
                                                                 .conjuncts = TRANSIT_ALL});
    return admit_of(r, b->group, t);
}

static void rules_that_cannot_match_contribute_nothing(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    const struct ports ssh = {22, 22};
    base_rule(&b, PROTOCOL_UDP, ssh, "0.0.0.0/0");
    base_rule(&b, PROTOCOL_TCP, ssh, "10.0.0.0/8"); /* not on the internet */
    base_rule(&b, PROTOCOL_TCP, ssh, "::/0");
    base_rule(&b, PROTOCOL_TCP, PORTS_EMPTY, "0.0.0.0/0");
    base_rule_in(&b, b.group, PROTOCOL_TCP, ssh, "0.0.0.0/0", GUARD_FALSE);
    struct world_rule rule = {.when = GUARD_TRUE,
                              .egress = true,
                              .protocol = PROTOCOL_TCP,
                              .ports = ssh,
                              .group = WORLD_NONE,
                              .remote = ipset_all(NET_V4)};
    world_add_rule(b.w, b.group, rule);
    rule.egress = false;
    rule.group = b.group; /* a reference never matches the internet */
    world_add_rule(b.w, b.group, rule);
    rule.group = WORLD_NONE;
    rule.remote = ipset_empty(NET_V4);
    world_add_rule(b.w, b.group, rule);
    struct reach *r = reach_new(&b.a, b.w);
    assert_int_equal(of_base(&b, r, NET_V4).n, 0);
    base_release(&b);
}

static void a_rule_contributes_one_rectangle_for_each_region_and_range(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_entry(&b, b.acl, 90, false, false, PROTOCOL_TCP, (struct ports){22, 22}, "8.0.0.0/8");
    uint32_t id = base_rule(&b, PROTOCOL_TCP, (struct ports){20, 30}, "0.0.0.0/0");
    struct reach *r = reach_new(&b.a, b.w);
    struct contributions c = of_base(&b, r, NET_V4);
    const struct ports expected[] = {{20, 30}, {20, 21}, {23, 30}};
    assert_int_equal(c.n, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(c.at[i].rule_id, id);
        assert_int_equal(c.at[i].rule, 0);
        assert_int_equal(c.at[i].ports.begin, expected[i].begin);
        assert_int_equal(c.at[i].ports.end, expected[i].end);
        assert_int_equal(ipset_has(c.at[i].sources, prefix_from("8.8.8.8/32").first), i > 0);
        assert_int_equal(c.at[i].exposure, EXPOSURE_BROAD);
    }
    base_release(&b);
}

static void what_is_not_deployable_is_left_out(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    base_rule_in(&b, b.group, PROTOCOL_TCP, PORTS_ALL, "0.0.0.0/0", x);
    assert_int_equal(of_base(&b, reach_new(&b.a, b.w), NET_V4).n, 1);
    b.w->family = guard_not(b.space, x);
    assert_int_equal(of_base(&b, reach_new(&b.a, b.w), NET_V4).n, 0);
    base_release(&b);
}

static void the_window_gives_the_same_intersection(void **state)
{
    (void)state;
    static const char *const smalls[] = {"8.0.0.0/8",   "0.0.0.0/0",          "10.0.0.0/8",
                                         "0.0.0.0/32",  "255.255.255.255/32", "192.0.0.0/4",
                                         "100.64.0.0/9"};
    for (size_t i = 0; i < sizeof smalls / sizeof smalls[0]; i++) {
        struct arena a = {0};
        struct ipset small = ipset_of(&a, prefix_from(smalls[i]));
        struct ipset large = internet_space(NET_V4);
        assert_true(ipset_equal(admit_both(&a, small, large), ipset_both(&a, small, large)));
        assert_true(ipset_equal(admit_both(&a, large, small), ipset_both(&a, small, large)));
        assert_true(ipset_is_empty(admit_both(&a, small, ipset_empty(NET_V4))));
        assert_true(ipset_is_empty(admit_both(&a, ipset_empty(NET_V4), small)));
        arena_release(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_that_cannot_match_contribute_nothing),
        cmocka_unit_test(a_rule_contributes_one_rectangle_for_each_region_and_range),
        cmocka_unit_test(what_is_not_deployable_is_left_out),
        cmocka_unit_test(the_window_gives_the_same_intersection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
