#include "tests/reach/base_world.h"

static const struct ports SSH = {22, 22};

static void equal_families_share_a_row(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_dual(&b);
    uint32_t four = base_rule(&b, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    uint32_t six = base_rule(&b, PROTOCOL_TCP, SSH, "::/0");
    assert_str(base_flows(&b), "0 v4+v6 tcp 22-22 reachable world\n");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flows[0].opener_n, 2);
    assert_int_equal(answer.flows[0].openers[0].rule, four);
    assert_int_equal(answer.flows[0].openers[1].rule, six);
    base_release(&b);
}

static void the_exposure_of_a_shared_row_is_the_higher_one(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_dual(&b);
    base_rule(&b, PROTOCOL_TCP, SSH, "8.8.8.8/32");
    base_rule(&b, PROTOCOL_TCP, SSH, "::/0");
    assert_str(base_flows(&b), "0 v4+v6 tcp 22-22 reachable world\n");
    base_release(&b);
}

static void different_ports_keep_families_apart(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_dual(&b);
    base_rule(&b, PROTOCOL_TCP, (struct ports){22, 23}, "0.0.0.0/0");
    base_rule(&b, PROTOCOL_TCP, SSH, "::/0");
    assert_str(base_flows(&b), "0 v4 tcp 22-23 reachable world\n"
                               "0 v6 tcp 22-22 reachable world\n");
    base_release(&b);
}

static void different_guards_keep_families_apart(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_dual(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    base_rule_in(&b, b.group, PROTOCOL_TCP, SSH, "0.0.0.0/0", x);
    base_rule_in(&b, b.group, PROTOCOL_TCP, SSH, "::/0", guard_not(b.space, x));
    assert_str(base_flows(&b), "0 v4 tcp 22-22 possible world\n"
                               "0 v6 tcp 22-22 possible world\n");
    base_release(&b);
}

/* The same ports, but IPv4 has two rules where IPv6 has one. */
static void rows_are_cut_where_either_family_is_cut(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_dual(&b);
    uint32_t low = base_rule(&b, PROTOCOL_TCP, (struct ports){20, 25}, "0.0.0.0/0");
    uint32_t high = base_rule(&b, PROTOCOL_TCP, (struct ports){26, 30}, "0.0.0.0/0");
    uint32_t six = base_rule(&b, PROTOCOL_TCP, (struct ports){20, 30}, "::/0");
    assert_str(base_flows(&b), "0 v4+v6 tcp 20-25 reachable world\n"
                               "0 v4+v6 tcp 26-30 reachable world\n");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flows[0].openers[0].rule, low);
    assert_int_equal(answer.flows[0].openers[1].rule, six);
    assert_int_equal(answer.flows[1].openers[0].rule, high);
    assert_int_equal(answer.flows[1].openers[1].rule, six);
    base_release(&b);
}

static void openers_of_both_families_are_in_order_of_id(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_dual(&b);
    uint32_t ids[4];
    for (size_t i = 0; i < 4; i++) {
        ids[i] = base_rule(&b, PROTOCOL_TCP, SSH, i % 2 ? "0.0.0.0/0" : "::/0");
    }
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(answer.flows[0].opener_n, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(answer.flows[0].openers[i].rule, ids[i]);
    }
    base_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_families_share_a_row),
        cmocka_unit_test(the_exposure_of_a_shared_row_is_the_higher_one),
        cmocka_unit_test(different_ports_keep_families_apart),
        cmocka_unit_test(different_guards_keep_families_apart),
        cmocka_unit_test(rows_are_cut_where_either_family_is_cut),
        cmocka_unit_test(openers_of_both_families_are_in_order_of_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
