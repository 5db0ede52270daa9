#include "reach/entrance.h"
#include "tests/reach/base_world.h"

static const struct ports SSH = {22, 22};

/* The base interface, without the internet, and a tunnel's end in another subnet of the VPC. */
struct tunnel_world {
    struct base_world b;
    uint32_t gateway, subnet, group, entrance;
};

static void begin(struct tunnel_world *t, enum world_edge edge)
{
    struct base_world *b = &t->b;
    base_bare(b);
    world_add_default_entries(b->w, b->acl, GUARD_TRUE);
    base_placement(b)->public4 = GUARD_FALSE;
    t->subnet = world_add_subnet(b->w, STR("TunnelSubnet"), b->vpc);
    world_add_subnet_cidr(b->w, t->subnet, GUARD_TRUE, prefix_from("10.0.2.0/24"));
    world_choose_acl(b->w, t->subnet, GUARD_TRUE, b->acl);
    t->group = world_add_group(b->w, STR("TunnelGroup"), b->vpc);
    t->gateway = world_add_gateway(b->w, STR("Tunnel"),
                                   edge == EDGE_CLIENT_VPN ? GATEWAY_CLIENT_VPN : GATEWAY_CONNECT);
    struct world_entrance e = {
        .edge = edge, .gateway = t->gateway, .when = GUARD_TRUE, .subnet = t->subnet};
    *VEC_ADD(&b->a, &e.groups) = (struct world_membership){.when = GUARD_TRUE, .group = t->group};
    t->entrance = world_add_entrance(b->w, e);
}

static struct str flows(struct base_world *b)
{
    struct reach_answer answer = base_solve(b);
    struct str all = STR("");
    for (size_t i = 0; i < answer.flow_n; i++) {
        const struct reach_flow *f = &answer.flows[i];
        struct buf guard;
        buf_init(&guard);
        guard_print(b->space, reach_guard(f->when), &guard);
        all = str_format(&b->a, "%.*s%s %u %s %u-%u %.*s\n", STR_ARG(all), world_edge_name(f->edge),
                         f->interface, protocol_name(f->protocol), (unsigned)f->ports.begin,
                         (unsigned)f->ports.end, (int)guard.n, guard.p);
        buf_release(&guard);
    }
    return all;
}

static void refer(struct tunnel_world *t)
{
    world_add_rule(
        t->b.w, t->b.group,
        (struct world_rule){
            .when = GUARD_TRUE, .protocol = PROTOCOL_TCP, .ports = SSH, .group = t->group});
}

static void a_client_of_the_tunnel_has_its_groups_and_addresses(void **state)
{
    (void)state;
    struct tunnel_world t;
    begin(&t, EDGE_CLIENT_VPN);
    refer(&t);
    base_rule(&t.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.0.2.0/24");
    base_rule(&t.b, PROTOCOL_UDP, (struct ports){53, 53}, "10.0.2.0/26");
    base_rule(&t.b, PROTOCOL_TCP, (struct ports){443, 443}, "10.0.3.0/24");
    assert_str(flows(&t.b), "clientvpn 0 tcp 22-22 true\n"
                            "clientvpn 0 tcp 80-80 true\n"
                            "clientvpn 0 udp 53-53 A-ADDR(Tunnel)\n");
    base_release(&t.b);
}

/* SEMANTICS 1.7, PreserveClientIp: the target must admit the client, or the groups. */
static void a_client_whose_address_is_kept_comes_from_the_internet(void **state)
{
    (void)state;
    struct tunnel_world t;
    begin(&t, EDGE_MANAGED);
    t.b.w->entrances.at[t.entrance].preserves = GUARD_TRUE;
    refer(&t);
    base_rule(&t.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.0.2.0/24");
    base_rule(&t.b, PROTOCOL_TCP, (struct ports){443, 443}, "8.0.0.0/8");
    assert_str(flows(&t.b), "managed 0 tcp 22-22 true\n"
                            "managed 0 tcp 443-443 true\n");
    base_release(&t.b);
}

static void egress_rules_count_where_the_entrance_says_so(void **state)
{
    (void)state;
    for (int filters = 0; filters < 2; filters++) {
        struct tunnel_world t;
        begin(&t, EDGE_MANAGED);
        t.b.w->entrances.at[t.entrance].filters = filters ? GUARD_TRUE : GUARD_FALSE;
        refer(&t);
        assert_str(flows(&t.b), filters ? "" : "managed 0 tcp 22-22 true\n");
        base_release(&t.b);
    }
}

static void the_path_goes_by_the_targets_acl_and_no_route(void **state)
{
    (void)state;
    struct tunnel_world t;
    begin(&t, EDGE_MANAGED);
    refer(&t);
    struct reach_answer answer = base_solve(&t.b);
    assert_int_equal(answer.flow_n, 1);
    const struct reach_flow *f = &answer.flows[0];
    const struct reach_example *e = reach_example(f);
    assert_int_equal(f->edge, EDGE_MANAGED);
    assert_int_equal(f->gateway, t.gateway);
    assert_int_equal(f->exposure, EXPOSURE_NONE);
    assert_int_equal(f->end_to_end, END_TO_END_NA);
    assert_int_equal(e->path_n, 5);
    assert_int_equal(e->path[0].element, t.b.w->gateways.at[t.gateway].id);
    assert_int_equal(e->path[0].entry, t.b.w->entrances.at[t.entrance].id);
    assert_int_equal(e->path[1].kind, STEP_ACL);
    assert_int_equal(e->path[1].entry, t.b.w->acls.at[t.b.acl].entries.at[0].id);
    assert_int_equal(e->path[2].kind, STEP_GROUP);
    assert_int_equal(e->route, WORLD_NONE);
    t.b.w->entrances.at[t.entrance].subnet = t.b.subnet; /* at home: no ACL */
    answer = base_solve(&t.b);
    assert_int_equal(reach_example(&answer.flows[0])->path_n, 4);
    assert_int_equal(reach_example(&answer.flows[0])->path[1].kind, STEP_GROUP);
    base_release(&t.b);
}

/* SEMANTICS 0.7: each half of the tunnel's subnet is a doubt, both together are none; then no rule
 * opens it by itself, and the path names the first. */
static void of_rules_that_open_together_the_path_names_the_first(void **state)
{
    (void)state;
    struct tunnel_world t;
    begin(&t, EDGE_CLIENT_VPN);
    uint32_t first = base_rule(&t.b, PROTOCOL_TCP, SSH, "10.0.2.0/25");
    uint32_t second = base_rule(&t.b, PROTOCOL_TCP, SSH, "10.0.2.128/25");
    struct reach_answer answer = base_solve(&t.b);
    assert_int_equal(answer.flow_n, 1);
    const struct reach_flow *f = &answer.flows[0];
    const struct reach_example *e = reach_example(f);
    assert_int_equal(reach_flow_verdict(f), REACH_REACHABLE);
    assert_int_equal(f->opener_n, 2);
    assert_int_equal(f->openers[1].rule, second);
    assert_int_equal(e->path_n, 5);
    assert_int_equal(e->path[2].kind, STEP_GROUP);
    assert_int_equal(e->path[2].element, t.b.w->groups.at[t.b.group].id);
    assert_int_equal(e->path[2].entry, first);
    base_release(&t.b);
}

/* The guards of the rules together are beyond the budget (path_test.c): no rule holds under an
 * assignment that only says so. */
static void beyond_the_budget_the_first_rule_stands_for_all(void **state)
{
    (void)state;
    enum { PAIRS = 14 };
    struct tunnel_world t;
    begin(&t, EDGE_CLIENT_VPN);
    struct guard x[PAIRS];
    for (size_t i = 0; i < PAIRS; i++) {
        x[i] = guard_is(t.b.space, base_variable(&t.b, "x", GUARD_NO_OUTCOME), 1);
    }
    uint32_t first = WORLD_NONE;
    for (size_t i = 0; i < PAIRS; i++) {
        struct guard y = guard_is(t.b.space, base_variable(&t.b, "y", GUARD_NO_OUTCOME), 1);
        uint32_t id = base_rule_in(&t.b, t.b.group, PROTOCOL_TCP, SSH, "10.0.2.0/24",
                                   guard_and(t.b.space, x[i], y));
        first = i == 0 ? id : first;
    }
    struct reach_answer answer = base_solve(&t.b);
    assert_int_equal(answer.flow_n, 1);
    const struct reach_flow *f = &answer.flows[0];
    const struct reach_example *e = reach_example(f);
    assert_int_equal(reach_flow_verdict(f), REACH_POSSIBLE);
    assert_int_equal(e->judgement.doubt, GUARD_LOW);
    assert_int_equal(f->opener_n, PAIRS);
    assert_int_equal(e->path_n, 4); /* whose entry of the ACL decides is not known */
    assert_int_equal(e->path[1].kind, STEP_GROUP);
    assert_int_equal(e->path[1].entry, first);
    base_release(&t.b);
}

static void destinations_must_be_authorised(void **state)
{
    (void)state;
    static const struct {
        const char *destination;
        const char *flows;
    } cases[] = {
        {"10.0.0.0/16", "clientvpn 0 tcp 22-22 true\n"},
        {"0.0.0.0/0", "clientvpn 0 tcp 22-22 true\n"},
        {"10.0.2.0/24", ""},
        {"10.0.1.64/26", "clientvpn 0 tcp 22-22 A-ADDR(Server/NetworkInterfaces/0)\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tunnel_world t;
        begin(&t, EDGE_CLIENT_VPN);
        refer(&t);
        *VEC_ADD(&t.b.a, &t.b.w->entrances.at[t.entrance].destinations) =
            (struct world_source){.when = GUARD_TRUE, .prefix = prefix_from(cases[i].destination)};
        struct str found = flows(&t.b);
        assert_str(found, cases[i].flows);
        base_release(&t.b);
    }
}

static void interfaces_alike_have_addresses_of_their_own(void **state)
{
    (void)state;
    struct tunnel_world t;
    begin(&t, EDGE_CLIENT_VPN);
    refer(&t);
    *VEC_ADD(&t.b.a, &t.b.w->entrances.at[t.entrance].destinations) =
        (struct world_source){.when = GUARD_TRUE, .prefix = prefix_from("10.0.1.64/26")};
    uint32_t other = base_instance(&t.b);
    t.b.w->interfaces.at[other].placements.at[0].public4 = GUARD_FALSE;
    world_join(t.b.w, other, GUARD_TRUE, t.b.group);
    assert_str(flows(&t.b), "clientvpn 0 tcp 22-22 A-ADDR(Server/NetworkInterfaces/0)\n"
                            "clientvpn 1 tcp 22-22 A-ADDR(Other/NetworkInterfaces/0)\n");
    base_release(&t.b);
}

static void ipv6_is_for_entrances_that_carry_it(void **state)
{
    (void)state;
    struct tunnel_world t;
    begin(&t, EDGE_CLIENT_VPN);
    base_rule(&t.b, PROTOCOL_TCP, SSH, "::/0");
    base_placement(&t.b)->has6 = GUARD_TRUE;
    assert_str(flows(&t.b), "");
    struct guard x = guard_is(t.b.space, base_variable(&t.b, "x", GUARD_NO_OUTCOME), 1);
    t.b.w->entrances.at[t.entrance].carries6 = x;
    assert_str(flows(&t.b), "clientvpn 0 tcp 22-22 x\n");
    base_release(&t.b);
}

static void what_blocks_is_named(void **state)
{
    (void)state;
    struct tunnel_world t;
    begin(&t, EDGE_CLIENT_VPN);
    struct reach_answer answer = base_solve(&t.b);
    assert_int_equal(answer.unreached_n, 2); /* the internet, too */
    assert_int_equal(answer.unreached[1].edge, EDGE_CLIENT_VPN);
    assert_str(base_blockers(&t.b, answer.unreached[1].blockers), "group alone");
    refer(&t);
    base_entry(&t.b, t.b.acl, 1, true, false, PROTOCOL_ALL, PORTS_ALL, "10.0.2.0/24");
    answer = base_solve(&t.b); /* no reply leaves the target's subnet */
    assert_str(base_blockers(&t.b, answer.unreached[1].blockers), "acl-out alone");
    t.b.w->entrances.at[t.entrance].when = GUARD_FALSE;
    answer = base_solve(&t.b);
    assert_str(base_blockers(&t.b, answer.unreached[1].blockers), "entry, acl-out");
    base_release(&t.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_client_of_the_tunnel_has_its_groups_and_addresses),
        cmocka_unit_test(a_client_whose_address_is_kept_comes_from_the_internet),
        cmocka_unit_test(egress_rules_count_where_the_entrance_says_so),
        cmocka_unit_test(the_path_goes_by_the_targets_acl_and_no_route),
        cmocka_unit_test(of_rules_that_open_together_the_path_names_the_first),
        cmocka_unit_test(beyond_the_budget_the_first_rule_stands_for_all),
        cmocka_unit_test(destinations_must_be_authorised),
        cmocka_unit_test(interfaces_alike_have_addresses_of_their_own),
        cmocka_unit_test(ipv6_is_for_entrances_that_carry_it),
        cmocka_unit_test(what_blocks_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
