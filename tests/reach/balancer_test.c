/*
 * T26 to T28 of SEMANTICS section 8 and their neighbours, as worlds: which targets a balancer
 * has, and what becomes of it without any.
 */
#include "tests/reach/balancer_world.h"

static const char THROUGH[] = "internet 0 via 0 :443 v4 tcp 8080-8080 reachable world\n";

static void nothing_of_a_working_balancer_is_unreached(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    struct reach_answer answer = base_solve(&x.b);
    for (size_t i = 0; i < answer.unreached_n; i++) {
        assert_int_not_equal(answer.unreached[i].edge, EDGE_INTERNET);
        assert_int_not_equal(answer.unreached[i].interface, x.lb_interface);
    }
    base_release(&x.b);
}

static void t26_a_balancer_with_the_default_group_takes_nothing(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    uint32_t group = world_add_group(x.b.w, STR("Default"), x.b.vpc);
    lb_refer(&x, group, group, 443); /* from itself only */
    x.b.w->interfaces.at[x.lb_interface].groups.at[0].group = group;
    assert_str(lb_flows(&x), "");
    base_release(&x.b);
}

static void t27_redirects_reach_no_target_but_the_balancer(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    x.b.w->balancers.at[x.lb].listeners.at[0].forwards.n = 0;
    assert_str(lb_flows(&x), "internet 1 v4 tcp 443-443 reachable world\n");
    base_release(&x.b);
}

static void t27_a_forward_for_private_clients_only_leads_nowhere_from_outside(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    struct world_forward *f = &x.b.w->balancers.at[x.lb].listeners.at[0].forwards.at[0];
    f->restricted = true;
    f->clients4 = ipset_of(&x.b.a, prefix_from("10.0.0.0/8"));
    f->clients6 = ipset_empty(NET_V6);
    assert_str(lb_flows(&x), "");
    f->clients4 = ipset_of(&x.b.a, prefix_from("8.8.8.0/28"));
    assert_str(lb_flows(&x), "internet 0 via 0 :443 v4 tcp 8080-8080 reachable narrow\n");
    base_release(&x.b);
}

static void t28_the_balancers_egress_rules_filter(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    x.b.w->groups.at[x.lb_group].rules.n = 1; /* without the egress rule */
    lb_send(&x, x.lb_group, (struct ports){80, 80});
    assert_str(lb_flows(&x), "");
    x.b.w->balancers.at[x.lb].filters = GUARD_FALSE;
    assert_str(lb_flows(&x), THROUGH);
    base_release(&x.b);
}

static void a_subnet_that_is_not_served_gets_nothing(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    struct guard same = guard_is(x.b.space, base_variable(&x.b, "A-AZ", GUARD_NO_OUTCOME), 1);
    x.b.w->balancers.at[x.lb].services.at[0].when = same;
    struct reach_answer answer = base_solve(&x.b);
    assert_int_equal(answer.flow_n, 1);
    assert_true(guard_same(reach_guard(answer.flows[0].when), same));
    x.b.w->balancers.at[x.lb].services.n = 0;
    assert_str(lb_flows(&x), "");
    base_release(&x.b);
}

static void a_balancer_without_targets_is_reached_itself(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    x.b.w->target_groups.at[x.target_group].targets.n = 0;
    base_rule_in(&x.b, x.lb_group, PROTOCOL_TCP, PORTS_ALL, "0.0.0.0/0", GUARD_TRUE);
    lb_listen(&x, x.lb, 444); /* the group admits all; only what listens can be reached */
    assert_str(lb_flows(&x), "internet 1 v4 tcp 443-443 reachable world\n"
                             "internet 1 v4 tcp 444-444 reachable world\n");
    base_release(&x.b);
}

static void a_target_that_can_never_be_there_is_none(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    struct guard g = guard_is(x.b.space, base_variable(&x.b, "prod", GUARD_NO_OUTCOME), 1);
    x.b.w->target_groups.at[x.target_group].targets.at[0].when = g;
    struct reach_answer answer = base_solve(&x.b);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(answer.flows[0].via, x.lb);
    assert_true(guard_same(reach_guard(answer.flows[0].when), g));
    x.b.w->family = guard_not(x.b.space, g);
    assert_str(lb_flows(&x), "internet 1 v4 tcp 443-443 reachable world\n");
    base_release(&x.b);
}

static void a_balancer_without_targets_behind_a_balancer_is_reached_itself(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    struct world *w = x.b.w;
    w->interfaces.at[x.lb_interface].placements.at[0].public4 = GUARD_FALSE;
    w->target_groups.at[x.target_group].targets.n = 0;
    uint32_t nlb = lb_add(&x, "Nlb", BALANCER_NETWORK);
    lb_add_interface(&x, nlb, x.b.subnet, GUARD_TRUE);
    lb_serve(&x, nlb, GUARD_TRUE, x.b.subnet, x.b.subnet);
    uint32_t group = lb_target_group(&x, GUARD_TRUE);
    lb_forward(&x, nlb, lb_listen(&x, nlb, 4433), group);
    world_add_target(
        w, group,
        (struct world_target){
            .when = GUARD_TRUE, .interface = WORLD_NONE, .balancer = x.lb, .ports = {443, 443}});
    assert_str(lb_flows(&x), "internet 1 via 1 :4433 v4 tcp 443-443 reachable world\n");
    base_release(&x.b);
}

/* Two balancers that name each other: nothing is passed on more than once. */
static void a_circle_of_balancers_ends(void **state)
{
    (void)state;
    struct balancer_world x;
    nlb_world(&x, GUARD_TRUE);
    lb_serve(&x, x.lb, GUARD_TRUE, x.b.subnet, x.b.subnet);
    struct world_target *t = &x.b.w->target_groups.at[x.target_group].targets.at[0];
    t->interface = WORLD_NONE;
    t->balancer = x.lb;
    assert_str(lb_flows(&x), "");
    base_release(&x.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_of_a_working_balancer_is_unreached),
        cmocka_unit_test(t26_a_balancer_with_the_default_group_takes_nothing),
        cmocka_unit_test(t27_redirects_reach_no_target_but_the_balancer),
        cmocka_unit_test(t27_a_forward_for_private_clients_only_leads_nowhere_from_outside),
        cmocka_unit_test(t28_the_balancers_egress_rules_filter),
        cmocka_unit_test(a_subnet_that_is_not_served_gets_nothing),
        cmocka_unit_test(a_balancer_without_targets_is_reached_itself),
        cmocka_unit_test(a_target_that_can_never_be_there_is_none),
        cmocka_unit_test(a_balancer_without_targets_behind_a_balancer_is_reached_itself),
        cmocka_unit_test(a_circle_of_balancers_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
