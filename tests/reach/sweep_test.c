/*
 * Flows are cut where something about them changes, and only there.
 */
#include "base/limits.h"
#include "tests/reach/base_world.h"

static void touching_ranges_of_one_rule_become_one(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    /* The ACL's entries cut 20-30 into parts that come out the same. */
    base_entry(&b, b.acl, 10, false, true, PROTOCOL_TCP, (struct ports){22, 25}, "0.0.0.0/0");
    base_rule(&b, PROTOCOL_TCP, (struct ports){20, 30}, "0.0.0.0/0");
    assert_str(base_flows(&b), "0 v4 tcp 20-30 reachable world\n");
    base_release(&b);
}

static void flows_are_cut_where_the_openers_change(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    uint32_t first = base_rule(&b, PROTOCOL_TCP, (struct ports){20, 25}, "0.0.0.0/0");
    uint32_t second = base_rule(&b, PROTOCOL_TCP, (struct ports){23, 30}, "0.0.0.0/0");
    assert_str(base_flows(&b), "0 v4 tcp 20-22 reachable world\n"
                               "0 v4 tcp 23-25 reachable world\n"
                               "0 v4 tcp 26-30 reachable world\n");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flows[0].openers[0].rule, first);
    assert_int_equal(answer.flows[1].opener_n, 2);
    assert_int_equal(answer.flows[1].openers[0].rule, first);
    assert_int_equal(answer.flows[1].openers[1].rule, second);
    assert_int_equal(answer.flows[2].openers[0].rule, second);
    base_release(&b);
}

static void flows_are_cut_where_only_the_second_opener_changes(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_rule(&b, PROTOCOL_TCP, (struct ports){20, 29}, "0.0.0.0/0");
    uint32_t low = base_rule(&b, PROTOCOL_TCP, (struct ports){20, 24}, "0.0.0.0/0");
    uint32_t high = base_rule(&b, PROTOCOL_TCP, (struct ports){25, 29}, "0.0.0.0/0");
    assert_str(base_flows(&b), "0 v4 tcp 20-24 reachable world\n"
                               "0 v4 tcp 25-29 reachable world\n");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flows[0].openers[1].rule, low);
    assert_int_equal(answer.flows[1].openers[1].rule, high);
    base_release(&b);
}

/* Of 22 the ACL leaves one address of the first rule; together with the second they are limited
 * on both ports. */
static void flows_are_cut_where_only_the_exposure_of_an_opener_changes(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    const struct ports ssh = {22, 22};
    base_entry(&b, b.acl, 10, false, true, PROTOCOL_TCP, ssh, "9.9.9.9/32");
    base_entry(&b, b.acl, 20, false, false, PROTOCOL_TCP, ssh, "9.9.0.0/16");
    base_rule(&b, PROTOCOL_TCP, (struct ports){22, 23}, "9.9.0.0/16");
    base_rule(&b, PROTOCOL_TCP, (struct ports){22, 23}, "8.8.0.0/16");
    assert_str(base_flows(&b), "0 v4 tcp 22-22 reachable limited\n"
                               "0 v4 tcp 23-23 reachable limited\n");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flows[0].openers[0].exposure, EXPOSURE_NARROW);
    assert_int_equal(answer.flows[1].openers[0].exposure, EXPOSURE_LIMITED);
    base_release(&b);
}

static void flows_are_cut_where_the_guard_or_the_exposure_changes(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    base_rule_in(&b, b.group, PROTOCOL_TCP, (struct ports){1, 9}, "0.0.0.0/0", x);
    base_rule(&b, PROTOCOL_TCP, (struct ports){5, 9}, "8.8.8.8/32");
    assert_str(base_flows(&b), "0 v4 tcp 1-4 possible world\n"
                               "0 v4 tcp 5-9 reachable world\n");
    struct reach_answer answer = base_solve(&b);
    assert_true(guard_same(reach_guard(answer.flows[1].openers[0].when), x));
    assert_true(guard_is_true(reach_guard(answer.flows[1].openers[1].when)));
    assert_int_equal(answer.flows[1].openers[1].exposure, EXPOSURE_NARROW);
    base_release(&b);
}

static void a_rule_in_two_regions_is_one_opener(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_entry(&b, b.acl, 90, false, false, PROTOCOL_TCP, (struct ports){80, 80}, "8.0.0.0/8");
    base_rule(&b, PROTOCOL_TCP, (struct ports){22, 22}, "0.0.0.0/0");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(answer.flows[0].opener_n, 1);
    assert_int_equal(answer.flows[0].exposure, EXPOSURE_WORLD); /* both regions together */
    assert_int_equal(answer.flows[0].openers[0].exposure, EXPOSURE_WORLD);
    base_release(&b);
}

static void the_ends_of_the_port_line_are_kept(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_rule(&b, PROTOCOL_TCP, PORTS_ALL, "8.8.8.8/32");
    base_rule(&b, PROTOCOL_TCP, (struct ports){0, 0}, "0.0.0.0/0");
    base_rule(&b, PROTOCOL_TCP, (struct ports){65535, 65535}, "0.0.0.0/0");
    assert_str(base_flows(&b), "0 v4 tcp 0-0 reachable world\n"
                               "0 v4 tcp 1-65534 reachable narrow\n"
                               "0 v4 tcp 65535-65535 reachable world\n");
    base_release(&b);
}

static void groups_in_any_order_give_openers_by_id(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    uint32_t late = world_add_group(b.w, STR("Late"), b.vpc);
    uint32_t first =
        base_rule_in(&b, late, PROTOCOL_TCP, (struct ports){22, 22}, "8.8.8.8/32", GUARD_TRUE);
    uint32_t second = base_rule(&b, PROTOCOL_TCP, (struct ports){22, 22}, "0.0.0.0/0");
    world_join(b.w, b.interface, GUARD_TRUE, late);
    world_join(b.w, b.interface, GUARD_TRUE, late); /* twice does no harm */
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(answer.flows[0].opener_n, 2);
    assert_int_equal(answer.flows[0].openers[0].rule, first);
    assert_int_equal(answer.flows[0].openers[0].group, late);
    assert_int_equal(answer.flows[0].openers[1].rule, second);
    base_release(&b);
}

static void all_rules_that_open_a_port_are_named(void **state)
{
    (void)state;
    enum { RULES = 3 * LIMIT_OPENERS_BEYOND };
    struct base_world b;
    base_world(&b);
    for (size_t i = 0; i < RULES; i++) {
        base_rule(&b, PROTOCOL_TCP, (struct ports){22, 22}, "0.0.0.0/0");
    }
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(answer.flows[0].opener_n, RULES);
    assert_false(answer.cut);
    base_release(&b);
}

/* The first two are in order, the third is not. */
static void one_group_out_of_order_is_put_in_its_place(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    const struct ports ssh = {22, 22};
    uint32_t last = world_add_group(b.w, STR("Last"), b.vpc);
    uint32_t middle = world_add_group(b.w, STR("Middle"), b.vpc);
    uint32_t first = base_rule(&b, PROTOCOL_TCP, ssh, "0.0.0.0/0");
    uint32_t second = base_rule_in(&b, middle, PROTOCOL_TCP, ssh, "8.8.8.8/32", GUARD_TRUE);
    uint32_t third = base_rule_in(&b, last, PROTOCOL_TCP, ssh, "8.8.8.8/32", GUARD_TRUE);
    world_join(b.w, b.interface, GUARD_TRUE, last);
    world_join(b.w, b.interface, GUARD_TRUE, middle);
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(answer.flows[0].opener_n, 3);
    assert_int_equal(answer.flows[0].openers[0].rule, first);
    assert_int_equal(answer.flows[0].openers[1].rule, second);
    assert_int_equal(answer.flows[0].openers[2].rule, third);
    base_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(touching_ranges_of_one_rule_become_one),
        cmocka_unit_test(flows_are_cut_where_the_openers_change),
        cmocka_unit_test(flows_are_cut_where_only_the_second_opener_changes),
        cmocka_unit_test(flows_are_cut_where_only_the_exposure_of_an_opener_changes),
        cmocka_unit_test(flows_are_cut_where_the_guard_or_the_exposure_changes),
        cmocka_unit_test(a_rule_in_two_regions_is_one_opener),
        cmocka_unit_test(the_ends_of_the_port_line_are_kept),
        cmocka_unit_test(groups_in_any_order_give_openers_by_id),
        cmocka_unit_test(one_group_out_of_order_is_put_in_its_place),
        cmocka_unit_test(all_rules_that_open_a_port_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
