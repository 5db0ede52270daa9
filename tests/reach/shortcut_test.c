/*
 * Global Accelerator and PrivateLink (SEMANTICS 1.7): which conjuncts of the usual ways in
 * still count, and whose address is looked at.
 */
#include "tests/reach/balancer_world.h"

static uint32_t accelerator(struct balancer_world *x, uint32_t balancer, uint32_t interface,
                            struct ports ports, struct ports target, struct guard preserves)
{
    uint32_t g = world_add_gateway(x->b.w, STR("Accelerator"), GATEWAY_ACCELERATOR);
    return world_add_shortcut(x->b.w, (struct world_shortcut){.edge = EDGE_ACCELERATOR,
                                                              .gateway = g,
                                                              .when = GUARD_TRUE,
                                                              .balancer = balancer,
                                                              .interface = interface,
                                                              .protocol = PROTOCOL_TCP,
                                                              .ports = ports,
                                                              .target = target,
                                                              .preserves = preserves});
}

static uint32_t service(struct balancer_world *x, struct guard when)
{
    uint32_t g = world_add_gateway(x->b.w, STR("Service"), GATEWAY_SERVICE);
    return world_add_shortcut(x->b.w, (struct world_shortcut){.edge = EDGE_PRIVATELINK,
                                                              .gateway = g,
                                                              .when = when,
                                                              .balancer = x->lb,
                                                              .interface = WORLD_NONE,
                                                              .protocol = PROTOCOL_ALL,
                                                              .ports = PORTS_ALL,
                                                              .target = PORTS_ALL});
}

static const struct ports WEB = {80, 89};

/* No public address, no route: still reached, as the groups say. */
static void an_accelerator_leads_past_addresses_and_routes(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_bare(&x);
    uint32_t rule = base_rule(&x.b, PROTOCOL_TCP, (struct ports){85, 99}, "8.0.0.0/8");
    uint32_t index = accelerator(&x, WORLD_NONE, x.b.interface, WEB, WEB, GUARD_TRUE);
    assert_str(lb_flows(&x), "globalaccelerator 0 :85 v4 tcp 85-89 reachable broad\n");
    struct reach_answer answer = base_solve(&x.b);
    const struct reach_flow *f = &answer.flows[0];
    const struct reach_example *e = reach_example(f);
    const struct world *w = x.b.w;
    assert_int_equal(f->via, WORLD_NONE);
    assert_int_equal(e->path_n, 5);
    assert_int_equal(e->path[0].element, w->gateways.at[f->gateway].id);
    assert_int_equal(e->path[0].entry, w->shortcuts.at[index].id);
    assert_int_equal(e->path[1].element, w->acls.at[x.private_acl].id);
    assert_int_equal(e->path[2].entry, rule);
    assert_int_equal(e->path[4].kind, STEP_OWNER);
    assert_int_equal(e->route, WORLD_NONE);
    base_release(&x.b);
}

static void udp_is_led_past_them_too(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_bare(&x);
    base_rule(&x.b, PROTOCOL_UDP, (struct ports){85, 99}, "8.0.0.0/8");
    uint32_t index = accelerator(&x, WORLD_NONE, x.b.interface, WEB, WEB, GUARD_TRUE);
    x.b.w->shortcuts.at[index].protocol = PROTOCOL_UDP;
    assert_str(lb_flows(&x), "globalaccelerator 0 :85 v4 udp 85-89 reachable broad\n");
    base_release(&x.b);
}

static void each_port_that_listens_is_led_to(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_bare(&x);
    base_rule(&x.b, PROTOCOL_TCP, WEB, "8.0.0.0/8");
    accelerator(&x, WORLD_NONE, x.b.interface, WEB, WEB, GUARD_TRUE);
    const struct ports listening[] = {{81, 81}, {83, 84}, {90, 90}};
    for (size_t i = 0; i < 3; i++) {
        *VEC_ADD(x.b.w->arena, &x.b.w->interfaces.at[x.b.interface].listens) =
            (struct world_listening){
                .when = GUARD_TRUE, .protocol = PROTOCOL_TCP, .ports = listening[i]};
    }
    assert_str(lb_flows(&x), "globalaccelerator 0 :81 v4 tcp 81-81 reachable broad\n"
                             "globalaccelerator 0 :83 v4 tcp 83-84 reachable broad\n");
    base_release(&x.b);
}

static void ipv6_is_for_accelerators_that_carry_it(void **state)
{
    (void)state;
    for (int six = 0; six < 2; six++) {
        struct balancer_world x;
        lb_bare(&x);
        base_rule(&x.b, PROTOCOL_TCP, (struct ports){85, 85}, "::/0");
        base_placement(&x.b)->has6 = GUARD_TRUE;
        base_entry(&x.b, x.private_acl, 200, false, true, PROTOCOL_ALL, PORTS_ALL, "::/0");
        base_entry(&x.b, x.private_acl, 200, true, true, PROTOCOL_ALL, PORTS_ALL, "::/0");
        uint32_t index = accelerator(&x, WORLD_NONE, x.b.interface, WEB, WEB, GUARD_TRUE);
        x.b.w->shortcuts.at[index].carries6 = six ? GUARD_TRUE : GUARD_FALSE;
        assert_str(lb_flows(&x),
                   six ? "globalaccelerator 0 :85 v6 tcp 85-85 reachable world\n" : "");
        base_release(&x.b);
    }
}

static void acls_still_count(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_bare(&x);
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 89}, "0.0.0.0/0");
    accelerator(&x, WORLD_NONE, x.b.interface, WEB, WEB, GUARD_TRUE);
    base_entry(&x.b, x.private_acl, 1, false, false, PROTOCOL_TCP, (struct ports){85, 85},
               "0.0.0.0/0");
    assert_str(lb_flows(&x), "globalaccelerator 0 :80 v4 tcp 80-84 reachable world\n"
                             "globalaccelerator 0 :86 v4 tcp 86-89 reachable world\n");
    base_entry(&x.b, x.private_acl, 2, true, false, PROTOCOL_TCP, PORTS_ALL, "0.0.0.0/0");
    assert_str(lb_flows(&x), "");
    base_release(&x.b);
}

static void a_port_override_leads_to_another_port(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_bare(&x);
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){8080, 8080}, "0.0.0.0/0");
    accelerator(&x, WORLD_NONE, x.b.interface, (struct ports){80, 80}, (struct ports){8080, 8080},
                GUARD_TRUE);
    assert_str(lb_flows(&x), "globalaccelerator 0 :80 v4 tcp 8080-8080 reachable world\n");
    base_release(&x.b);
}

/* Nobody knows the accelerator's own addresses. */
static void without_the_clients_address_the_rule_must_admit_the_internet(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_bare(&x);
    accelerator(&x, WORLD_NONE, x.b.interface, WEB, WEB, GUARD_FALSE);
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.0.0.0/8");
    assert_str(lb_flows(&x), "");
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "0.0.0.0/1");
    struct reach_answer answer = base_solve(&x.b);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(reach_flow_verdict(&answer.flows[0]), REACH_POSSIBLE);
    assert_true(reach_example(&answer.flows[0])->judgement.doubts_rule);
    assert_str(
        guard_variable(x.b.space, reach_example(&answer.flows[0])->judgement.witness.at[0].var)
            ->name,
        "A-PL(Accelerator)");
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "128.0.0.0/1");
    assert_str(lb_flows(&x), "globalaccelerator 0 :80 v4 tcp 80-80 reachable world\n");
    base_release(&x.b);
}

static void an_accelerator_leads_through_a_balancer(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    struct world *w = x.b.w;
    w->interfaces.at[x.lb_interface].placements.at[0].public4 = GUARD_FALSE;
    accelerator(&x, x.lb, WORLD_NONE, (struct ports){1, 1024}, (struct ports){1, 1024}, GUARD_TRUE);
    assert_str(lb_flows(&x), "globalaccelerator 0 via 0 :443 v4 tcp 8080-8080 reachable world\n");
    struct reach_answer answer = base_solve(&x.b);
    assert_int_equal(reach_example(&answer.flows[0])->path_n, 10);
    assert_int_equal(reach_example(&answer.flows[0])->path[2].entry, x.lb_rule);
    assert_int_equal(answer.flows[0].front_openers[0].rule, x.lb_rule);
    /* The edge's port is another one. */
    w->shortcuts.at[0].ports = (struct ports){80, 80};
    w->shortcuts.at[0].target = (struct ports){443, 443};
    assert_str(lb_flows(&x), "globalaccelerator 0 via 0 :80 v4 tcp 8080-8080 reachable world\n");
    w->shortcuts.at[0].target = (struct ports){444, 444};
    assert_str(lb_flows(&x), "");
    base_release(&x.b);
}

static void behind_a_balancer_kept_addresses_are_the_accelerators(void **state)
{
    (void)state;
    struct balancer_world x;
    nlb_world(&x, GUARD_TRUE);
    x.b.w->interfaces.at[x.lb_interface].placements.at[0].public4 = GUARD_FALSE;
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "8.8.8.8/32");
    accelerator(&x, x.lb, WORLD_NONE, WEB, WEB, GUARD_TRUE);
    assert_str(lb_flows(&x), "globalaccelerator 0 via 0 :80 v4 tcp 80-80 reachable narrow\n");
    x.b.w->shortcuts.at[0].preserves = GUARD_FALSE;
    assert_str(lb_flows(&x), "globalaccelerator 0 via 0 :80 v4 tcp 80-80 possible narrow\n");
    base_release(&x.b);
}

static void the_shortcuts_guard_is_in_the_flow(void **state)
{
    (void)state;
    struct balancer_world x;
    nlb_world(&x, GUARD_FALSE);
    x.b.w->interfaces.at[x.lb_interface].placements.at[0].public4 = GUARD_FALSE;
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.0.0.0/16");
    uint32_t index = service(&x, world_fact(x.b.w, FACT_CONSUMER, STR("Service")));
    assert_str(lb_flows(&x), "privatelink 0 via 0 :80 v4 tcp 80-80 possible none\n");
    struct reach_answer answer = base_solve(&x.b);
    const struct reach_flow *f = &answer.flows[0];
    assert_true(guard_same(reach_guard(f->when), x.b.w->shortcuts.at[index].when));
    assert_int_equal(reach_example(f)->path[0].kind, STEP_EDGE);
    assert_int_equal(reach_example(f)->path[1].kind, STEP_BALANCER);
    base_release(&x.b);
}

/* What comes over PrivateLink has the balancer's address, whatever the target group says. */
static void privatelink_has_no_client_address_to_keep(void **state)
{
    (void)state;
    struct balancer_world x;
    nlb_world(&x, GUARD_TRUE);
    x.b.w->interfaces.at[x.lb_interface].placements.at[0].public4 = GUARD_FALSE;
    service(&x, GUARD_TRUE);
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "8.8.8.8/32");
    assert_str(lb_flows(&x), "");
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.0.0.0/16");
    assert_str(lb_flows(&x), "privatelink 0 via 0 :80 v4 tcp 80-80 reachable none\n");
    base_release(&x.b);
}

static void a_balancer_without_targets_is_the_end_of_a_shortcut(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    x.b.w->interfaces.at[x.lb_interface].placements.at[0].public4 = GUARD_FALSE;
    x.b.w->target_groups.at[x.target_group].targets.n = 0;
    accelerator(&x, x.lb, WORLD_NONE, PORTS_ALL, PORTS_ALL, GUARD_TRUE);
    assert_str(lb_flows(&x), "globalaccelerator 1 :443 v4 tcp 443-443 reachable world\n");
    base_release(&x.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_accelerator_leads_past_addresses_and_routes),
        cmocka_unit_test(udp_is_led_past_them_too),
        cmocka_unit_test(each_port_that_listens_is_led_to),
        cmocka_unit_test(ipv6_is_for_accelerators_that_carry_it),
        cmocka_unit_test(acls_still_count),
        cmocka_unit_test(a_port_override_leads_to_another_port),
        cmocka_unit_test(without_the_clients_address_the_rule_must_admit_the_internet),
        cmocka_unit_test(an_accelerator_leads_through_a_balancer),
        cmocka_unit_test(behind_a_balancer_kept_addresses_are_the_accelerators),
        cmocka_unit_test(the_shortcuts_guard_is_in_the_flow),
        cmocka_unit_test(privatelink_has_no_client_address_to_keep),
        cmocka_unit_test(a_balancer_without_targets_is_the_end_of_a_shortcut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
