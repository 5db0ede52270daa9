/*
 * One hop behind a balancer: which subnet it leaves from, the ACLs it meets, and whose address
 * the target sees. T29 and T30 of SEMANTICS section 8 among them.
 */
#include "tests/reach/balancer_world.h"

static const char THROUGH[] = "internet 0 via 0 :443 v4 tcp 8080-8080 reachable world\n";
static const char NLB_THROUGH[] = "internet 0 via 0 :80 v4 tcp 80-80 reachable world\n";

static void t29_a_kept_client_address_must_pass_the_targets_rules(void **state)
{
    (void)state;
    struct balancer_world x;
    nlb_world(&x, GUARD_TRUE);
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.0.0.0/16");
    assert_str(lb_flows(&x), "");
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "8.8.8.8/32");
    assert_str(lb_flows(&x), "internet 0 via 0 :80 v4 tcp 80-80 reachable narrow\n");
    base_release(&x.b);
}

static void t30_without_it_the_target_sees_the_balancer(void **state)
{
    (void)state;
    struct balancer_world x;
    nlb_world(&x, GUARD_FALSE);
    uint32_t rule = base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.0.0.0/16");
    assert_str(lb_flows(&x), NLB_THROUGH);
    struct reach_answer answer = base_solve(&x.b);
    assert_int_equal(answer.flows[0].openers[0].rule, rule);
    assert_int_equal(answer.flows[0].front_opener_n, 0);
    base_release(&x.b);
}

static void both_answers_count_where_it_is_not_known_whether_the_address_is_kept(void **state)
{
    (void)state;
    struct balancer_world x;
    nlb_world(&x, GUARD_TRUE);
    struct guard keeps = guard_is(x.b.space, base_variable(&x.b, "keeps", GUARD_NO_OUTCOME), 1);
    x.b.w->target_groups.at[x.target_group].preserves = keeps;
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.0.0.0/16");
    struct reach_answer answer = base_solve(&x.b);
    assert_int_equal(answer.flow_n, 1);
    assert_true(guard_same(reach_guard(answer.flows[0].when), guard_not(x.b.space, keeps)));
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "0.0.0.0/0");
    assert_str(lb_flows(&x), NLB_THROUGH);
    base_release(&x.b);
}

static void a_rule_that_names_the_balancers_group_matches_kept_addresses_too(void **state)
{
    (void)state;
    struct balancer_world x;
    nlb_world(&x, GUARD_TRUE);
    x.lb_group = world_add_group(x.b.w, STR("NlbGroup"), x.b.vpc);
    world_join(x.b.w, x.lb_interface, GUARD_TRUE, x.lb_group);
    x.b.w->balancers.at[x.lb].filters = GUARD_TRUE;
    base_rule_in(&x.b, x.lb_group, PROTOCOL_TCP, (struct ports){80, 80}, "8.0.0.0/8", GUARD_TRUE);
    lb_send(&x, x.lb_group, PORTS_ALL);
    lb_refer(&x, x.b.group, x.lb_group, 80);
    assert_str(lb_flows(&x), "internet 0 via 0 :80 v4 tcp 80-80 reachable broad\n");
    base_release(&x.b);
}

/* The front and the hop must be of one subnet: here one has the way in, the other the zone. */
static void the_hop_leaves_from_the_subnet_that_is_reached(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    lb_add_interface(&x, x.lb, x.private_subnet, GUARD_TRUE);
    world_join(x.b.w, x.lb_interface + 1, GUARD_TRUE, x.lb_group);
    x.b.w->balancers.at[x.lb].services.at[0].from = x.private_subnet;
    assert_str(lb_flows(&x), "");
    lb_serve(&x, x.lb, GUARD_TRUE, x.b.subnet, x.private_subnet);
    assert_str(lb_flows(&x), THROUGH);
    base_release(&x.b);
}

/* SEMANTICS 1.6: the route table of the target's subnet is not consulted; the ACLs are. */
static void acls_are_met_where_the_hop_crosses_a_border(void **state)
{
    (void)state;
    static const struct {
        bool target_side;
        bool egress;
        struct ports denied;
        bool open;
    } cases[] = {
        {false, true, {8080, 8080}, false},   /* out of the balancer's subnet */
        {true, false, {8080, 8080}, false},   /* into the target's */
        {true, true, {1024, 65535}, false},   /* the reply, out of the target's */
        {true, true, {2000, 65535}, true},    /* some client port is left */
        {false, false, {1024, 65535}, false}, /* the reply, into the balancer's */
        {true, false, {443, 443}, true},      /* the listener's port does not matter behind it */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct balancer_world x;
        lb_world(&x);
        base_entry(&x.b, cases[i].target_side ? x.private_acl : x.b.acl, 1, cases[i].egress, false,
                   PROTOCOL_TCP, cases[i].denied, "10.0.0.0/16");
        assert_str(lb_flows(&x), cases[i].open ? THROUGH : "");
        base_release(&x.b);
    }
}

static void within_one_subnet_only_a_classic_balancer_meets_the_acl(void **state)
{
    (void)state;
    for (int classic = 0; classic < 2; classic++) {
        struct balancer_world x;
        lb_world(&x);
        base_placement(&x.b)->subnet = x.b.subnet;
        lb_serve(&x, x.lb, GUARD_TRUE, x.b.subnet, x.b.subnet);
        base_entry(&x.b, x.b.acl, 1, true, false, PROTOCOL_TCP, (struct ports){8080, 8080},
                   "10.0.0.0/16");
        x.b.w->balancers.at[x.lb].kind = classic ? BALANCER_CLASSIC : BALANCER_APPLICATION;
        assert_str(lb_flows(&x), classic ? "" : THROUGH);
        x.b.w->acls.at[x.b.acl].entries.n--;
        assert_str(lb_flows(&x), THROUGH);
        base_release(&x.b);
    }
}

static void protocols_of_listener_and_target_group_must_agree(void **state)
{
    (void)state;
    struct balancer_world x;
    nlb_world(&x, GUARD_FALSE);
    base_rule(&x.b, PROTOCOL_ALL, PORTS_ALL, "10.0.0.0/16");
    struct world_listener *l = &x.b.w->balancers.at[x.lb].listeners.at[0];
    struct world_target_group *g = &x.b.w->target_groups.at[x.target_group];
    l->protocol = PROTOCOL_ALL;
    assert_str(lb_flows(&x), NLB_THROUGH);
    g->protocol = PROTOCOL_UDP;
    assert_str(lb_flows(&x), "internet 0 via 0 :80 v4 udp 80-80 reachable world\n");
    g->protocol = PROTOCOL_ALL;
    assert_str(lb_flows(&x), "internet 0 via 0 :80 v4 tcp 80-80 reachable world\n"
                             "internet 0 via 0 :80 v4 udp 80-80 reachable world\n");
    l->protocol = PROTOCOL_TCP;
    g->protocol = PROTOCOL_UDP;
    assert_str(lb_flows(&x), "");
    base_release(&x.b);
}

/* SEMANTICS 10.3. */
static void an_application_balancer_speaks_ipv4_behind_ipv6(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    world_add_cidr(x.b.w, x.b.vpc, GUARD_TRUE, prefix_from("2600:1f00::/56"));
    base_route(&x.b, "::/0", x.b.gateway, GUARD_TRUE);
    x.b.w->interfaces.at[x.lb_interface].placements.at[0].has6 = GUARD_TRUE;
    base_rule_in(&x.b, x.lb_group, PROTOCOL_TCP, (struct ports){443, 443}, "::/0", GUARD_TRUE);
    assert_str(lb_flows(&x), "internet 0 via 0 :443 v4+v6 tcp 8080-8080 reachable world\n");
    struct reach_answer answer = base_solve(&x.b);
    assert_int_equal(answer.flows[0].front_opener_n, 2);
    base_release(&x.b);
}

static void a_network_balancer_stays_in_the_family_of_dual_stack_targets(void **state)
{
    (void)state;
    struct balancer_world x;
    nlb_world(&x, GUARD_FALSE);
    world_add_cidr(x.b.w, x.b.vpc, GUARD_TRUE, prefix_from("2600:1f00::/56"));
    base_route(&x.b, "::/0", x.b.gateway, GUARD_TRUE);
    x.b.w->interfaces.at[x.lb_interface].placements.at[0].has6 = GUARD_TRUE;
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.0.0.0/16");
    /* The target has no IPv6 address: IPv4 behind. */
    assert_str(lb_flows(&x), "internet 0 via 0 :80 v4+v6 tcp 80-80 reachable world\n");
    base_placement(&x.b)->has6 = GUARD_TRUE; /* then its rules must admit IPv6 */
    assert_str(lb_flows(&x), NLB_THROUGH);
    base_release(&x.b);
}

/* SEMANTICS 0.7: a rule for a part of the balancer's subnet, and two for all of it. */
static void a_rule_for_some_addresses_of_the_balancer_is_a_doubt(void **state)
{
    (void)state;
    struct balancer_world x;
    nlb_world(&x, GUARD_FALSE);
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.0.1.0/25");
    struct reach_answer answer = base_solve(&x.b);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(reach_flow_verdict(&answer.flows[0]), REACH_POSSIBLE);
    assert_str(
        guard_variable(x.b.space, reach_example(&answer.flows[0])->judgement.witness.at[0].var)
            ->name,
        "A-ADDR(Nlb)");
    uint32_t second = base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.0.1.128/25");
    answer = base_solve(&x.b);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(reach_flow_verdict(&answer.flows[0]), REACH_REACHABLE);
    assert_int_equal(answer.flows[0].opener_n, 2);
    assert_int_equal(answer.flows[0].openers[1].rule, second);
    /* The path names one of them. */
    assert_int_equal(
        reach_example(&answer.flows[0])->path[reach_example(&answer.flows[0])->path_n - 3].kind,
        STEP_GROUP);
    base_release(&x.b);
}

static struct str guard_text(struct balancer_world *x, struct guard g)
{
    struct buf buf;
    buf_init(&buf);
    guard_print(x->b.space, g, &buf);
    struct str text = str_format(&x->b.a, "%.*s", (int)buf.n, buf.p);
    buf_release(&buf);
    return text;
}

/* The first has all of 10.0.2.0/24; of 10.0.3.0/24, where the two others are, the balancer may
 * send to a half. They are alike but for their addresses, and each rests on its own. */
static void targets_alike_have_addresses_of_their_own(void **state)
{
    (void)state;
    static const char *const names[] = {"Second", "Third"};
    struct balancer_world x;
    lb_world(&x);
    struct world *w = x.b.w;
    uint32_t twin = lb_twin_subnet(&x);
    lb_serve(&x, x.lb, GUARD_TRUE, x.b.subnet, twin);
    for (size_t i = 0; i < 2; i++) {
        uint32_t n = lb_instance(&x, twin);
        w->interfaces.at[n].name = str_from(names[i]);
        lb_target(&x, x.target_group, n, 8080, GUARD_TRUE);
    }
    const struct prefix sent[] = {prefix_from("10.0.2.0/24"), prefix_from("10.0.3.0/25")};
    struct world_group *g = &w->groups.at[x.lb_group];
    g->rules.at[g->rules.n - 1].remote = ipset_of_prefixes(&x.b.a, NET_V4, sent, 2);
    struct reach_answer answer = base_solve(&x.b);
    assert_int_equal(answer.flow_n, 3);
    assert_str(guard_text(&x, reach_guard(answer.flows[0].when)), "true");
    assert_str(guard_text(&x, reach_guard(answer.flows[1].when)), "A-ADDR(Second)");
    assert_str(guard_text(&x, reach_guard(answer.flows[2].when)), "A-ADDR(Third)");
    base_release(&x.b);
}

/* A Client VPN endpoint in the balancer's subnet, 10.0.1.0/24. */
static void add_tunnel(struct balancer_world *x)
{
    struct world_entrance e = {.edge = EDGE_CLIENT_VPN, .when = GUARD_TRUE, .subnet = x->b.subnet};
    e.gateway = world_add_gateway(x->b.w, STR("Tunnel"), GATEWAY_CLIENT_VPN);
    world_add_entrance(x->b.w, e);
}

/* SEMANTICS 0.7: a kept address of the tunnel's subnet is one of many. What it reaches through
 * the balancer it reaches directly, too. */
static void a_rule_for_some_addresses_of_a_tunnel_is_a_doubt(void **state)
{
    (void)state;
    struct balancer_world x;
    nlb_world(&x, GUARD_TRUE);
    add_tunnel(&x);
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.0.1.0/25");
    assert_str(lb_flows(&x), "clientvpn 0 v4 tcp 80-80 possible none\n"
                             "clientvpn 0 via 0 :80 v4 tcp 80-80 possible none\n");
    struct reach_answer answer = base_solve(&x.b);
    assert_str(
        guard_variable(x.b.space, reach_example(&answer.flows[1])->judgement.witness.at[0].var)
            ->name,
        "A-ADDR(Tunnel)");
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.0.1.0/24");
    assert_str(lb_flows(&x), "clientvpn 0 v4 tcp 80-80 reachable none\n"
                             "clientvpn 0 via 0 :80 v4 tcp 80-80 reachable none\n");
    base_release(&x.b);
}

static void so_is_an_action_for_some_addresses_of_it(void **state)
{
    (void)state;
    struct balancer_world x;
    nlb_world(&x, GUARD_FALSE);
    add_tunnel(&x);
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.0.0.0/16");
    struct world_forward *f = &x.b.w->balancers.at[x.lb].listeners.at[x.listener].forwards.at[0];
    f->restricted = true;
    f->clients6 = ipset_empty(NET_V6);
    f->clients4 = ipset_of(&x.b.a, prefix_from("10.0.1.0/25"));
    assert_str(lb_flows(&x), "clientvpn 0 v4 tcp 80-80 reachable none\n"
                             "clientvpn 0 via 0 :80 v4 tcp 80-80 possible none\n");
    f->clients4 = ipset_of(&x.b.a, prefix_from("10.0.1.0/24"));
    assert_str(lb_flows(&x), "clientvpn 0 v4 tcp 80-80 reachable none\n"
                             "clientvpn 0 via 0 :80 v4 tcp 80-80 reachable none\n");
    base_release(&x.b);
}

/* A rule that names the tunnel's group lets both families in, and is one rule. */
static void a_rule_that_opens_both_families_is_named_once(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    struct world *w = x.b.w;
    add_tunnel(&x);
    uint32_t group = world_add_group(w, STR("TunnelGroup"), x.b.vpc);
    *VEC_ADD(w->arena, &w->entrances.at[0].groups) =
        (struct world_membership){.when = GUARD_TRUE, .group = group};
    w->entrances.at[0].carries6 = GUARD_TRUE;
    w->interfaces.at[x.lb_interface].placements.at[0].has6 = GUARD_TRUE;
    uint32_t rule = lb_refer(&x, x.lb_group, group, 443);
    w->groups.at[x.lb_group].rules.at[0].remote = ipset_of(&x.b.a, prefix_from("8.0.0.0/8"));
    struct reach_answer answer = base_solve(&x.b);
    assert_int_equal(answer.flow_n, 2); /* from the internet, too */
    assert_int_equal(answer.unreached_n, 0);
    const struct reach_flow *f = &answer.flows[1];
    assert_int_equal(f->edge, EDGE_CLIENT_VPN);
    assert_int_equal(f->families, FAMILY_V4 | FAMILY_V6);
    assert_int_equal(f->front_opener_n, 1);
    assert_int_equal(f->front_openers[0].rule, rule);
    assert_true(guard_is_true(reach_guard(f->front_openers[0].when)));
    base_release(&x.b);
}

/* A peer whose one host, somewhere in 10.1.0.0/24, carries a group that the balancer admits. */
static void a_rule_for_some_addresses_of_a_peers_group_is_a_doubt(void **state)
{
    (void)state;
    struct balancer_world x;
    nlb_world(&x, GUARD_TRUE);
    struct world *w = x.b.w;
    uint32_t far = world_add_vpc(w, STR("Far"));
    world_add_cidr(w, far, GUARD_TRUE, prefix_from("10.1.0.0/16"));
    uint32_t there = world_add_subnet(w, STR("There"), far);
    world_add_subnet_cidr(w, there, GUARD_TRUE, prefix_from("10.1.0.0/24"));
    uint32_t group = world_add_group(w, STR("FarGroup"), far);
    uint32_t host =
        world_add_interface(w, STR("FarHost"), world_add_owner(w, STR("FarHost"), STR("Host")));
    world_place(
        w, host,
        (struct world_placement){
            .when = GUARD_TRUE, .subnet = there, .public4_id = WORLD_NONE, .has4 = GUARD_TRUE});
    world_join(w, host, GUARD_TRUE, group);
    uint32_t peering = world_add_gateway(w, STR("Peering"), GATEWAY_PEERING);
    world_add_attachment(w, peering, GUARD_TRUE, x.b.vpc);
    world_add_source(w, peering, GUARD_TRUE, prefix_from("10.1.0.0/16"));
    w->gateways.at[peering].attachments.at[0].remote_vpc = far;
    w->gateways.at[peering].attachments.at[0].group_references = GUARD_TRUE;
    world_add_route(w, x.b.table,
                    (struct world_route){.when = GUARD_TRUE,
                                         .destination = prefix_from("10.1.0.0/16"),
                                         .gateway = peering});
    x.lb_group = world_add_group(w, STR("NlbGroup"), x.b.vpc);
    world_join(w, x.lb_interface, GUARD_TRUE, x.lb_group);
    w->balancers.at[x.lb].filters = GUARD_TRUE;
    lb_refer(&x, x.lb_group, group, 80);
    lb_send(&x, x.lb_group, PORTS_ALL);
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.1.0.0/25");
    assert_str(lb_flows(&x), "peering 0 via 0 :80 v4 tcp 80-80 possible none\n");
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.1.0.0/16");
    assert_str(lb_flows(&x), "peering 0 via 0 :80 v4 tcp 80-80 reachable none\n");
    base_release(&x.b);
}

/* An internal network balancer in front of the application balancer. */
static uint32_t add_feed(struct balancer_world *x, const char *name, uint16_t port)
{
    uint32_t lb = lb_add(x, name, BALANCER_NETWORK);
    lb_add_interface(x, lb, x->b.subnet, GUARD_FALSE);
    lb_serve(x, lb, GUARD_TRUE, x->b.subnet, x->b.subnet);
    uint32_t targets = lb_target_group(x, GUARD_FALSE);
    world_add_target(
        x->b.w, targets,
        (struct world_target){
            .when = GUARD_TRUE, .interface = WORLD_NONE, .balancer = x->lb, .ports = {443, 443}});
    lb_forward(x, lb, lb_listen(x, lb, port), targets);
    return lb;
}

static void an_endpoint_service_leads_through_its_own_balancer_alone(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    x.b.w->interfaces.at[x.lb_interface].placements.at[0].public4 = GUARD_FALSE;
    uint32_t first = add_feed(&x, "First", 443);
    add_feed(&x, "Second", 444);
    world_add_shortcut(x.b.w, (struct world_shortcut){
                                  .edge = EDGE_PRIVATELINK,
                                  .gateway = world_add_gateway(x.b.w, STR("S"), GATEWAY_SERVICE),
                                  .when = GUARD_TRUE,
                                  .balancer = first,
                                  .interface = WORLD_NONE,
                                  .protocol = PROTOCOL_ALL,
                                  .ports = PORTS_ALL,
                                  .target = PORTS_ALL});
    assert_str(lb_flows(&x), "privatelink 0 via 1 :443 v4 tcp 8080-8080 reachable none\n");
    base_release(&x.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t29_a_kept_client_address_must_pass_the_targets_rules),
        cmocka_unit_test(t30_without_it_the_target_sees_the_balancer),
        cmocka_unit_test(both_answers_count_where_it_is_not_known_whether_the_address_is_kept),
        cmocka_unit_test(a_rule_that_names_the_balancers_group_matches_kept_addresses_too),
        cmocka_unit_test(the_hop_leaves_from_the_subnet_that_is_reached),
        cmocka_unit_test(acls_are_met_where_the_hop_crosses_a_border),
        cmocka_unit_test(within_one_subnet_only_a_classic_balancer_meets_the_acl),
        cmocka_unit_test(protocols_of_listener_and_target_group_must_agree),
        cmocka_unit_test(an_application_balancer_speaks_ipv4_behind_ipv6),
        cmocka_unit_test(a_network_balancer_stays_in_the_family_of_dual_stack_targets),
        cmocka_unit_test(a_rule_for_some_addresses_of_the_balancer_is_a_doubt),
        cmocka_unit_test(a_rule_for_some_addresses_of_a_tunnel_is_a_doubt),
        cmocka_unit_test(targets_alike_have_addresses_of_their_own),
        cmocka_unit_test(a_rule_that_opens_both_families_is_named_once),
        cmocka_unit_test(so_is_an_action_for_some_addresses_of_it),
        cmocka_unit_test(a_rule_for_some_addresses_of_a_peers_group_is_a_doubt),
        cmocka_unit_test(an_endpoint_service_leads_through_its_own_balancer_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
