/*
 * T25 to T30 of SEMANTICS section 8 and their neighbours, as worlds. What each must give
 * follows from 1.6: the listener's port at the edge, then one hop.
 */
#include "tests/reach/balancer_world.h"

static const char THROUGH[] = "internet 0 via 0 :443 v4 tcp 8080-8080 reachable world\n";
static const char NLB_THROUGH[] = "internet 0 via 0 :80 v4 tcp 80-80 reachable world\n";

static void assert_step(const struct reach_flow *f, size_t i, enum reach_step_kind kind,
                        uint32_t element, uint32_t entry)
{
    assert_true(i < f->path_n);
    assert_int_equal(f->path[i].kind, kind);
    assert_int_equal(f->path[i].element, element);
    assert_int_equal(f->path[i].entry, entry);
}

static void t25_a_private_instance_is_reached_through_the_balancer(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    assert_str(lb_flows(&x), THROUGH);
    struct reach_answer answer = base_solve(&x.b);
    const struct world *w = x.b.w;
    const struct reach_flow *f = &answer.flows[0];
    const struct world_acl *front = &w->acls.at[x.b.acl];
    const struct world_acl *behind = &w->acls.at[x.private_acl];
    assert_int_equal(f->path_n, 10);
    assert_step(f, 0, STEP_EDGE, w->gateways.at[x.b.gateway].id, x.b.attachment);
    assert_step(f, 1, STEP_ACL, front->id, front->entries.at[0].id);
    assert_step(f, 2, STEP_GROUP, w->groups.at[x.lb_group].id, x.lb_rule);
    assert_step(f, 3, STEP_BALANCER, w->balancers.at[x.lb].id, w->interfaces.at[x.lb_interface].id);
    assert_step(f, 4, STEP_LISTENER, w->balancers.at[x.lb].listeners.at[0].id, x.forward);
    assert_step(f, 5, STEP_TARGET_GROUP, w->target_groups.at[x.target_group].id, x.target);
    assert_step(f, 6, STEP_ACL, behind->id, behind->entries.at[0].id);
    assert_step(f, 7, STEP_GROUP, w->groups.at[x.b.group].id, x.target_rule);
    assert_step(f, 8, STEP_INTERFACE, w->interfaces.at[x.b.interface].id, WORLD_NONE);
    assert_step(f, 9, STEP_OWNER, w->owners.at[x.b.owner].id, WORLD_NONE);
    assert_int_equal(f->opener_n, 1);
    assert_int_equal(f->openers[0].rule, x.target_rule);
    assert_int_equal(f->front_opener_n, 1);
    assert_int_equal(f->front_openers[0].rule, x.lb_rule);
    assert_int_equal(f->front_openers[0].group, x.lb_group);
    assert_int_equal(f->front_openers[0].exposure, EXPOSURE_WORLD);
    assert_int_equal(f->subnet, w->subnets.at[x.private_subnet].id);
    assert_int_equal(f->table, w->tables.at[x.b.table].id);
    assert_int_equal(f->route, x.b.route);
    assert_int_equal(f->public_by, 815);
    base_release(&x.b);
}

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
    assert_true(guard_same(answer.flows[0].when, guard_not(x.b.space, keeps)));
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

static void a_subnet_that_is_not_served_gets_nothing(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    struct guard same = guard_is(x.b.space, base_variable(&x.b, "A-AZ", GUARD_NO_OUTCOME), 1);
    x.b.w->balancers.at[x.lb].services.at[0].when = same;
    struct reach_answer answer = base_solve(&x.b);
    assert_int_equal(answer.flow_n, 1);
    assert_true(guard_same(answer.flows[0].when, same));
    x.b.w->balancers.at[x.lb].services.n = 0;
    assert_str(lb_flows(&x), "");
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
    assert_true(guard_same(answer.flows[0].when, g));
    x.b.w->family = guard_not(x.b.space, g);
    assert_str(lb_flows(&x), "internet 1 v4 tcp 443-443 reachable world\n");
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
    assert_true(guard_same(answer.flows[0].when, all));
    assert_true(guard_same(answer.flows[0].openers[0].when, all));
    assert_true(guard_same(answer.flows[0].front_openers[0].when, all));
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

/* Internet -> network balancer -> application balancer (private) -> instance. */
static void a_balancer_behind_a_balancer_is_a_chain(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    struct world *w = x.b.w;
    w->interfaces.at[x.lb_interface].placements.at[0].public4 = GUARD_FALSE;
    uint32_t nlb = lb_add(&x, "Nlb", BALANCER_NETWORK);
    uint32_t n = lb_add_interface(&x, nlb, x.b.subnet, GUARD_TRUE);
    lb_serve(&x, nlb, GUARD_TRUE, x.b.subnet, x.b.subnet);
    uint32_t listener = lb_listen(&x, nlb, 4433);
    uint32_t group = lb_target_group(&x, GUARD_FALSE); /* kept all the same (1.6) */
    uint32_t forward = lb_forward(&x, nlb, listener, group);
    uint32_t target = world_add_target(
        w, group,
        (struct world_target){
            .when = GUARD_TRUE, .interface = WORLD_NONE, .balancer = x.lb, .ports = {443, 443}});
    assert_str(lb_flows(&x), "internet 0 via 1 :4433 v4 tcp 8080-8080 reachable world\n");
    struct reach_answer answer = base_solve(&x.b);
    const struct reach_flow *f = &answer.flows[0];
    /* edge, ACL, [no group], three of the one, its group's rule, three of the other, ACL, ... */
    assert_int_equal(f->path_n, 13);
    assert_step(f, 2, STEP_BALANCER, w->balancers.at[nlb].id, w->interfaces.at[n].id);
    assert_step(f, 3, STEP_LISTENER, w->balancers.at[nlb].listeners.at[0].id, forward);
    assert_step(f, 4, STEP_TARGET_GROUP, w->target_groups.at[group].id, target);
    assert_step(f, 5, STEP_GROUP, w->groups.at[x.lb_group].id, x.lb_rule);
    assert_step(f, 6, STEP_BALANCER, w->balancers.at[x.lb].id, w->interfaces.at[x.lb_interface].id);
    assert_step(f, 8, STEP_TARGET_GROUP, w->target_groups.at[x.target_group].id, x.target);
    assert_step(f, 10, STEP_GROUP, w->groups.at[x.b.group].id, x.target_rule);
    assert_int_equal(f->front_opener_n, 0);
    /* The client's address is what the second balancer's group looks at. */
    w->groups.at[x.lb_group].rules.at[0].remote = ipset_of(&x.b.a, prefix_from("10.0.0.0/8"));
    assert_str(lb_flows(&x), "");
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

/* SEMANTICS 0.7: a rule for a part of the balancer's subnet, and two for all of it. */
static void a_rule_for_some_addresses_of_the_balancer_is_a_doubt(void **state)
{
    (void)state;
    struct balancer_world x;
    nlb_world(&x, GUARD_FALSE);
    base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.0.1.0/25");
    struct reach_answer answer = base_solve(&x.b);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(answer.flows[0].judgement.verdict, REACH_POSSIBLE);
    assert_str(guard_variable(x.b.space, answer.flows[0].judgement.witness.at[0].var)->name,
               "A-ADDR(Nlb)");
    uint32_t second = base_rule(&x.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.0.1.128/25");
    answer = base_solve(&x.b);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(answer.flows[0].judgement.verdict, REACH_REACHABLE);
    assert_int_equal(answer.flows[0].opener_n, 2);
    assert_int_equal(answer.flows[0].openers[1].rule, second);
    /* The path names one of them. */
    assert_int_equal(answer.flows[0].path[answer.flows[0].path_n - 3].kind, STEP_GROUP);
    base_release(&x.b);
}

static void an_unfiltered_target_needs_no_rule(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    x.b.w->interfaces.at[x.b.interface].groups.n = 0;
    x.b.w->interfaces.at[x.b.interface].open = GUARD_TRUE;
    assert_str(lb_flows(&x), THROUGH);
    struct reach_answer answer = base_solve(&x.b);
    assert_int_equal(answer.flows[0].opener_n, 0);
    assert_int_equal(answer.flows[0].path_n, 9);
    assert_int_equal(answer.flows[0].front_opener_n, 1);
    base_release(&x.b);
}

/* A thousand targets in two subnets, alike but for their ids. */
static void targets_alike_share_their_rows(void **state)
{
    (void)state;
    enum { TARGETS = 1000 };
    struct balancer_world x;
    lb_world(&x);
    struct world *w = x.b.w;
    uint32_t twin = world_add_subnet(w, STR("Twin"), x.b.vpc);
    world_add_subnet_cidr(w, twin, GUARD_TRUE, prefix_from("10.0.3.0/24"));
    world_choose_table(w, twin, GUARD_TRUE, x.private_table);
    world_choose_acl(w, twin, GUARD_TRUE, x.private_acl);
    uint32_t last = 0;
    for (uint32_t i = 0; i < TARGETS; i++) {
        uint32_t n = base_instance(&x.b);
        w->interfaces.at[n].placements.at[0].subnet = i % 2 == 0 ? x.private_subnet : twin;
        w->interfaces.at[n].placements.at[0].public4 = GUARD_FALSE;
        world_join(w, n, GUARD_TRUE, x.b.group);
        last = lb_target(&x, x.target_group, n, 8080, GUARD_TRUE);
    }
    struct reach_answer answer = base_solve(&x.b);
    /* The twin subnet is not served. */
    assert_int_equal(answer.flow_n, 1 + TARGETS / 2);
    assert_int_equal(answer.flows[0].path[5].entry, x.target);
    lb_serve(&x, x.lb, GUARD_TRUE, x.b.subnet, twin);
    answer = base_solve(&x.b);
    assert_int_equal(answer.flow_n, 1 + TARGETS);
    assert_int_equal(answer.flows[TARGETS].path[5].entry, last);
    assert_ptr_equal(answer.flows[TARGETS].openers, answer.flows[TARGETS - 2].openers);
    base_release(&x.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t25_a_private_instance_is_reached_through_the_balancer),
        cmocka_unit_test(nothing_of_a_working_balancer_is_unreached),
        cmocka_unit_test(t26_a_balancer_with_the_default_group_takes_nothing),
        cmocka_unit_test(t27_redirects_reach_no_target_but_the_balancer),
        cmocka_unit_test(t27_a_forward_for_private_clients_only_leads_nowhere_from_outside),
        cmocka_unit_test(t28_the_balancers_egress_rules_filter),
        cmocka_unit_test(t29_a_kept_client_address_must_pass_the_targets_rules),
        cmocka_unit_test(t30_without_it_the_target_sees_the_balancer),
        cmocka_unit_test(both_answers_count_where_it_is_not_known_whether_the_address_is_kept),
        cmocka_unit_test(a_rule_that_names_the_balancers_group_matches_kept_addresses_too),
        cmocka_unit_test(a_subnet_that_is_not_served_gets_nothing),
        cmocka_unit_test(the_hop_leaves_from_the_subnet_that_is_reached),
        cmocka_unit_test(acls_are_met_where_the_hop_crosses_a_border),
        cmocka_unit_test(within_one_subnet_only_a_classic_balancer_meets_the_acl),
        cmocka_unit_test(a_balancer_without_targets_is_reached_itself),
        cmocka_unit_test(its_ports_are_maximal_ranges),
        cmocka_unit_test(a_target_that_can_never_be_there_is_none),
        cmocka_unit_test(every_guard_on_the_way_is_in_the_flow),
        cmocka_unit_test(each_listener_has_its_own_flow),
        cmocka_unit_test(protocols_of_listener_and_target_group_must_agree),
        cmocka_unit_test(an_unknown_port_of_the_target_is_a_range),
        cmocka_unit_test(an_application_balancer_speaks_ipv4_behind_ipv6),
        cmocka_unit_test(a_network_balancer_stays_in_the_family_of_dual_stack_targets),
        cmocka_unit_test(a_balancer_behind_a_balancer_is_a_chain),
        cmocka_unit_test(a_balancer_without_targets_behind_a_balancer_is_reached_itself),
        cmocka_unit_test(a_circle_of_balancers_ends),
        cmocka_unit_test(a_target_is_also_reached_directly),
        cmocka_unit_test(a_rule_for_some_addresses_of_the_balancer_is_a_doubt),
        cmocka_unit_test(an_unfiltered_target_needs_no_rule),
        cmocka_unit_test(targets_alike_share_their_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
