/*
 * What makes one flow through a balancer, and what is shared by many.
 */
#include "tests/reach/balancer_world.h"

/* 443 has another rule than 444; without it both ports are one range. */
static void its_ports_are_maximal_ranges(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    x.b.w->target_groups.at[x.target_group].targets.n = 0;
    x.b.w->groups.at[x.lb_group].rules.n = 0;
    base_rule_in(&x.b, x.lb_group, PROTOCOL_TCP, PORTS_ALL, "0.0.0.0/0", GUARD_TRUE);
    lb_listen(&x, x.lb, 444);
    assert_str(lb_flows(&x), "internet 1 v4 tcp 443-444 reachable world\n");
    base_release(&x.b);
}

static void every_guard_on_the_way_is_in_the_flow(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    struct world *w = x.b.w;
    struct world_balancer *lb = &w->balancers.at[x.lb];
    struct guard all = GUARD_TRUE;
    struct guard v[10];
    for (size_t i = 0; i < 10; i++) {
        v[i] = guard_is(x.b.space, base_variable(&x.b, "v", GUARD_NO_OUTCOME), 1);
        all = guard_and(x.b.space, all, v[i]);
    }
    w->interfaces.at[x.lb_interface].when = v[0];
    w->interfaces.at[x.lb_interface].groups.at[0].when = v[1];
    w->groups.at[x.lb_group].rules.at[0].when = v[2];
    lb->listeners.at[0].when = v[3];
    lb->listeners.at[0].forwards.at[0].when = v[4];
    w->target_groups.at[x.target_group].targets.at[0].when = v[5];
    lb->services.at[0].when = v[6];
    w->groups.at[x.b.group].rules.at[0].when = v[7];
    w->interfaces.at[x.b.interface].when = v[8];
    w->groups.at[x.lb_group].rules.at[1].when = v[9]; /* egress */
    struct reach_answer answer = base_solve(&x.b);
    assert_int_equal(answer.flow_n, 1);
    assert_true(guard_same(reach_guard(answer.flows[0].when), all));
    assert_true(guard_same(reach_guard(answer.flows[0].openers[0].when), all));
    assert_true(guard_same(reach_guard(answer.flows[0].front_openers[0].when), all));
    base_release(&x.b);
}

static void each_listener_has_its_own_flow(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    base_rule_in(&x.b, x.lb_group, PROTOCOL_TCP, (struct ports){80, 80}, "8.8.8.8/32", GUARD_TRUE);
    lb_forward(&x, x.lb, lb_listen(&x, x.lb, 80), x.target_group);
    assert_str(lb_flows(&x), "internet 0 via 0 :80 v4 tcp 8080-8080 reachable narrow\n"
                             "internet 0 via 0 :443 v4 tcp 8080-8080 reachable world\n");
    base_release(&x.b);
}

static void an_unknown_port_of_the_target_is_a_range(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    x.b.w->target_groups.at[x.target_group].targets.at[0].ports = (struct ports){8000, 8999};
    x.b.w->groups.at[x.b.group].rules.at[0].ports = (struct ports){8080, 8090};
    assert_str(lb_flows(&x), "internet 0 via 0 :443 v4 tcp 8080-8090 reachable world\n");
    base_release(&x.b);
}

static void a_target_is_also_reached_directly(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    base_placement(&x.b)->subnet = x.b.subnet;
    base_placement(&x.b)->public4 = GUARD_TRUE;
    lb_serve(&x, x.lb, GUARD_TRUE, x.b.subnet, x.b.subnet);
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){22, 22}, "0.0.0.0/0");
    assert_str(lb_flows(&x), "internet 0 v4 tcp 22-22 reachable world\n"
                             "internet 0 via 0 :443 v4 tcp 8080-8080 reachable world\n");
    base_release(&x.b);
}

/* A thousand targets in two subnets, alike but for their ids. */
static void targets_alike_share_their_rows(void **state)
{
    (void)state;
    enum { TARGETS = 1000 };
    struct balancer_world x;
    lb_world(&x);
    uint32_t twin = lb_twin_subnet(&x);
    uint32_t last = 0;
    for (uint32_t i = 0; i < TARGETS; i++) {
        uint32_t n = lb_instance(&x, i % 2 == 0 ? x.private_subnet : twin);
        last = lb_target(&x, x.target_group, n, 8080, GUARD_TRUE);
    }
    struct reach_answer answer = base_solve(&x.b);
    /* The twin subnet is not served. */
    assert_int_equal(answer.flow_n, 1 + TARGETS / 2);
    assert_int_equal(reach_example(&answer.flows[0])->path[5].entry, x.target);
    lb_serve(&x, x.lb, GUARD_TRUE, x.b.subnet, twin);
    answer = base_solve(&x.b);
    assert_int_equal(answer.flow_n, 1 + TARGETS);
    assert_int_equal(reach_example(&answer.flows[TARGETS])->path[5].entry, last);
    assert_ptr_equal(answer.flows[TARGETS].openers, answer.flows[TARGETS - 2].openers);
    base_release(&x.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_ports_are_maximal_ranges),
        cmocka_unit_test(every_guard_on_the_way_is_in_the_flow),
        cmocka_unit_test(each_listener_has_its_own_flow),
        cmocka_unit_test(an_unknown_port_of_the_target_is_a_range),
        cmocka_unit_test(a_target_is_also_reached_directly),
        cmocka_unit_test(targets_alike_share_their_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
