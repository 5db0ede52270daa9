/*
 * The worlds of SEMANTICS section 8 that make sense without a template. What each must give
 * is said there; "B" is the base world.
 */
#include "base/limits.h"
#include "tests/reach/base_world.h"

static const struct ports SSH = {22, 22};

static void t01_the_base_world_is_reachable_from_the_whole_internet(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    assert_str(base_flows(&b), "0 v4 tcp 22-22 reachable world\n");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.unreached_n, 0);
    const struct reach_flow *f = &answer.flows[0];
    assert_int_equal(f->gateway, b.gateway);
    assert_true(guard_is_true(reach_guard(f->when)));
    assert_int_equal(reach_example(f)->judgement.witness.n, 0);
    assert_int_equal(f->opener_n, 1);
    assert_int_equal(f->openers[0].rule, b.rule_v4);
    assert_int_equal(f->openers[0].group, b.group);
    assert_int_equal(f->openers[0].exposure, EXPOSURE_WORLD);
    assert_int_equal(f->openers[0].ports.begin, 22);
    base_release(&b);
}

static void t02_a_table_without_routes_is_local_only(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    world_add_default_entries(b.w, b.acl, GUARD_TRUE);
    base_rule(&b, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 0);
    assert_int_equal(answer.unreached_n, 1);
    assert_str(base_blockers(&b, answer.unreached[0].blockers), "route alone");
    base_release(&b);
}

static void t03_a_public_address_behind_a_nat_gateway_is_not_reachable(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    world_add_default_entries(b.w, b.acl, GUARD_TRUE);
    uint32_t nat = world_add_gateway(b.w, STR("Nat"), GATEWAY_NAT);
    base_route(&b, "0.0.0.0/0", nat, GUARD_TRUE);
    base_rule(&b, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    assert_str(base_flows(&b), "");
    base_release(&b);
}

static void t04_t05_the_public_address_decides(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    base_placement(&b)->public4 = GUARD_FALSE;
    assert_str(base_flows(&b), "");
    base_placement(&b)->public4 = GUARD_TRUE;
    assert_str(base_flows(&b), "0 v4 tcp 22-22 reachable world\n");
    base_placement(&b)->has4 = GUARD_FALSE; /* an IPv6-only subnet */
    assert_str(base_flows(&b), "");
    base_release(&b);
}

static void t09_a_gateway_that_is_not_attached_is_a_blackhole(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    b.w->gateways.at[b.gateway].attachments.n = 0;
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 0);
    assert_str(base_blockers(&b, answer.unreached[0].blockers), "entry alone");
    /* The blackhole wins over a shorter route to an attached gateway. */
    uint32_t other = world_add_gateway(b.w, STR("Igw2"), GATEWAY_INTERNET);
    world_add_attachment(b.w, other, GUARD_TRUE, b.vpc);
    base_route(&b, "0.0.0.0/1", b.gateway, GUARD_TRUE);
    base_route(&b, "128.0.0.0/1", other, GUARD_TRUE);
    assert_str(base_flows(&b), "0 v4 tcp 22-22 reachable broad\n"); /* only the upper half */
    base_release(&b);
}

static void t10_t11_t13_exposure_never_changes_the_verdict(void **state)
{
    (void)state;
    static const struct {
        const char *remote;
        const char *expected;
    } rows[] = {
        {"198.41.0.4/32", "0 v4 tcp 22-22 reachable narrow\n"},
        {"203.0.113.0/24", ""}, /* documentation */
        {"10.0.0.0/8", ""},
        {"0.0.0.0/2", "0 v4 tcp 22-22 reachable broad\n"},
        {"8.8.0.0/16", "0 v4 tcp 22-22 reachable limited\n"},
        {"0.0.0.0/0", "0 v4 tcp 22-22 reachable world\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct base_world b;
        base_world(&b);
        base_rule(&b, PROTOCOL_TCP, SSH, rows[i].remote);
        assert_str(base_flows(&b), rows[i].expected);
        base_release(&b);
    }
}

static void t12_two_halves_in_two_groups_are_the_world(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    uint32_t other = world_add_group(b.w, STR("Other"), b.vpc);
    world_join(b.w, b.interface, GUARD_TRUE, other);
    uint32_t low = base_rule(&b, PROTOCOL_TCP, SSH, "0.0.0.0/1");
    uint32_t high = base_rule_in(&b, other, PROTOCOL_TCP, SSH, "128.0.0.0/1", GUARD_TRUE);
    assert_str(base_flows(&b), "0 v4 tcp 22-22 reachable world\n");
    struct reach_answer answer = base_solve(&b);
    const struct reach_flow *f = &answer.flows[0];
    assert_int_equal(f->opener_n, 2);
    assert_int_equal(f->openers[0].rule, low);
    assert_int_equal(f->openers[1].rule, high);
    assert_int_equal(f->openers[0].exposure, EXPOSURE_BROAD);
    assert_int_equal(f->openers[1].exposure, EXPOSURE_BROAD);
    base_release(&b);
}

static void t14_t15_the_protocol_of_a_rule(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    uint32_t rule = base_rule(&b, PROTOCOL_ALL, (struct ports){443, 443}, "0.0.0.0/0");
    assert_str(base_flows(&b),
               "0 v4 tcp 0-65535 reachable world\n0 v4 udp 0-65535 reachable world\n");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flows[0].openers[0].rule, rule);
    assert_int_equal(answer.flows[0].openers[0].ports.begin, 443); /* as written */
    base_release(&b);

    base_world(&b);
    base_rule(&b, 50, PORTS_ALL, "0.0.0.0/0");
    assert_str(base_flows(&b), "");
    base_release(&b);
}

static void t18_t19_the_first_acl_entry_that_matches_decides(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_rule(&b, PROTOCOL_TCP, (struct ports){21, 23}, "0.0.0.0/0");
    base_entry(&b, b.acl, 90, false, false, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    assert_str(base_flows(&b), "0 v4 tcp 21-21 reachable world\n0 v4 tcp 23-23 reachable world\n");
    base_release(&b);

    base_world(&b);
    base_rule(&b, PROTOCOL_TCP, (struct ports){21, 23}, "0.0.0.0/0");
    base_entry(&b, b.acl, 110, false, false, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    assert_str(base_flows(&b), "0 v4 tcp 21-23 reachable world\n");
    base_release(&b);
}

static void t20_t21_some_client_port_must_get_its_reply(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    base_route(&b, "0.0.0.0/0", b.gateway, GUARD_TRUE);
    base_rule(&b, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    base_entry(&b, b.acl, 100, false, true, PROTOCOL_ALL, PORTS_ALL, "0.0.0.0/0");
    base_entry(&b, b.acl, 100, true, true, PROTOCOL_TCP, (struct ports){80, 80}, "0.0.0.0/0");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 1);
    const struct reach_judgement *j = &reach_example(&answer.flows[0])->judgement;
    assert_int_equal(j->verdict, REACH_POSSIBLE);
    assert_int_equal(j->doubt, GUARD_MEDIUM);
    assert_false(j->doubts_rule);
    assert_int_equal(j->witness.n, 1);
    assert_str(guard_variable(b.space, j->witness.at[0].var)->name,
               "A-LOWPORT(Vpc.DefaultNetworkAcl)");
    base_entry(&b, b.acl, 110, true, true, PROTOCOL_TCP, (struct ports){32768, 61000}, "0.0.0.0/0");
    assert_str(base_flows(&b), "0 v4 tcp 22-22 reachable world\n");
    base_release(&b);
}

static void t22_an_acl_without_entries_denies(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    base_route(&b, "0.0.0.0/0", b.gateway, GUARD_TRUE);
    base_rule(&b, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 0);
    assert_str(base_blockers(&b, answer.unreached[0].blockers), "acl-in, acl-out");
    base_release(&b);
}

static void t23_t24_families_are_separate(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_dual(&b);
    base_rule(&b, PROTOCOL_TCP, SSH, "::/0");
    assert_str(base_flows(&b), "0 v6 tcp 22-22 reachable world\n");
    base_release(&b);

    base_world(&b);
    base_placement(&b)->has6 = GUARD_TRUE;
    uint32_t egress = world_add_gateway(b.w, STR("Eigw"), GATEWAY_EGRESS_ONLY);
    world_add_attachment(b.w, egress, GUARD_TRUE, b.vpc);
    base_route(&b, "::/0", egress, GUARD_TRUE);
    base_rule(&b, PROTOCOL_TCP, SSH, "::/0");
    assert_str(base_flows(&b), "");
    base_release(&b);
}

static void t37_a_rule_under_a_condition_is_possible_with_its_witness(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    static const struct str labels[] = {{"dev", 3}, {"prod", 4}};
    uint32_t env = guard_add(b.space, (struct guard_variable){.name = STR("Env"),
                                                              .labels = labels,
                                                              .outcomes = 2,
                                                              .standard = GUARD_NO_OUTCOME});
    struct guard dev = guard_is(b.space, env, 0);
    base_rule_in(&b, b.group, PROTOCOL_TCP, SSH, "0.0.0.0/0", dev);
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 1);
    const struct reach_flow *f = &answer.flows[0];
    const struct reach_example *e = reach_example(f);
    assert_true(guard_same(reach_guard(f->when), dev));
    assert_int_equal(reach_flow_verdict(f), REACH_POSSIBLE);
    assert_int_equal(e->judgement.doubt, GUARD_HIGH);
    assert_int_equal(e->judgement.witness.n, 1);
    assert_int_equal(e->judgement.witness.at[0].var, env);
    assert_int_equal(e->judgement.witness.at[0].outcome, 0);

    b.w->family = dev; /* prod cannot be deployed: then it is certain */
    assert_str(base_flows(&b), "0 v4 tcp 22-22 reachable world\n");
    b.w->family = guard_not(b.space, dev);
    assert_str(base_flows(&b), "");
    base_release(&b);
}

static void what_is_attached_to_nothing_is_never_reached(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    b.w->interfaces.at[b.interface].owner = WORLD_NONE;
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 0);
    assert_int_equal(answer.unreached_n, 1);
    assert_str(base_blockers(&b, answer.unreached[0].blockers), "exists alone");
    base_release(&b);
}

static void an_interface_in_one_of_two_subnets_depends_on_which(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    uint32_t private_table = world_add_table(b.w, STR("Private"), b.vpc);
    uint32_t private_subnet = world_add_subnet(b.w, STR("PrivateSubnet"), b.vpc);
    world_choose_table(b.w, private_subnet, GUARD_TRUE, private_table);
    world_choose_acl(b.w, private_subnet, GUARD_TRUE, b.acl);
    static const struct str labels[] = {{"Subnet", 6}, {"PrivateSubnet", 13}};
    uint32_t place = world_choice_fact(b.w, FACT_PLACE, STR("Server"), labels, 2);
    struct world_placement second = *base_placement(&b);
    base_placement(&b)->when = guard_is(b.space, place, 0);
    second.when = guard_is(b.space, place, 1);
    second.subnet = private_subnet;
    world_place(b.w, b.interface, second);
    assert_str(base_flows(&b), "0 v4 tcp 22-22 possible world\n");
    world_add_route(b.w, private_table,
                    (struct world_route){.when = GUARD_TRUE, .gateway = b.gateway});
    assert_str(base_flows(&b), "0 v4 tcp 22-22 reachable world\n");
    base_release(&b);
}

static void interfaces_alike_give_equal_flows_with_their_own_ids(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    uint32_t other = base_instance(&b);
    world_join(b.w, other, GUARD_TRUE, b.group);
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 2);
    for (uint32_t i = 0; i < 2; i++) {
        const struct reach_flow *f = &answer.flows[i];
        assert_int_equal(f->interface, i == 0 ? b.interface : other);
        assert_int_equal(reach_example(f)->path[3].element, b.w->interfaces.at[f->interface].id);
        assert_int_equal(reach_example(f)->path[4].element,
                         b.w->owners.at[b.w->interfaces.at[f->interface].owner].id);
    }
    assert_int_equal(reach_example(&answer.flows[0])->public_by, 4711);
    assert_int_equal(reach_example(&answer.flows[1])->public_by, WORLD_NONE);
    assert_ptr_equal(answer.flows[0].openers, answer.flows[1].openers); /* shared */
    base_release(&b);
}

static void a_limit_leaves_out_what_sees_the_same_and_says_so(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    uint32_t same = base_instance(&b);
    world_join(b.w, same, GUARD_TRUE, b.group);
    struct reach *r = reach_new(&b.a, b.w);
    reach_limit(r, 4); /* two flows, one rule opens each */
    struct reach_answer answer = reach_solve(r);
    assert_int_equal(answer.flow_n, 2);
    assert_int_equal(answer.left_out, 0);
    reach_limit(r, 3);
    answer = reach_solve(r);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(answer.flows[0].interface, b.interface);
    assert_int_equal(answer.left_out, 1);
    assert_int_equal(answer.first_left_out, same);
    assert_int_equal(answer.unreached_n, 0); /* left out is not out of reach */
    base_release(&b);
}

static void what_is_not_reached_takes_no_room(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    (void)base_instance(&b); /* in no group */
    struct reach *r = reach_new(&b.a, b.w);
    reach_limit(r, 2); /* one flow, one rule opens it */
    struct reach_answer answer = reach_solve(r);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(answer.left_out, 0);
    assert_int_equal(answer.unreached_n, 1);
    base_release(&b);
}

static void one_profile_beyond_the_limit_is_still_told(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    struct reach *r = reach_new(&b.a, b.w);
    reach_limit(r, 1);
    struct reach_answer answer = reach_solve(r);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(answer.left_out, 0);
    base_release(&b);
}

static void flows_are_ordered_by_gateway_family_protocol_and_port(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_dual(&b);
    base_rule(&b, PROTOCOL_UDP, (struct ports){53, 53}, "0.0.0.0/0");
    base_rule(&b, PROTOCOL_UDP, (struct ports){53, 53}, "::/0");
    base_rule(&b, PROTOCOL_TCP, (struct ports){443, 443}, "::/0");
    base_rule(&b, PROTOCOL_TCP, (struct ports){80, 80}, "0.0.0.0/0");
    base_rule(&b, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    assert_str(base_flows(&b), "0 v4 tcp 22-22 reachable world\n"
                               "0 v4 tcp 80-80 reachable world\n"
                               "0 v6 tcp 443-443 reachable world\n"
                               "0 v4+v6 udp 53-53 reachable world\n");
    base_release(&b);
}

static void a_family_that_cannot_be_deployed_reaches_nothing(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    b.w->family = GUARD_FALSE;
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 0);
    assert_int_equal(answer.unreached_n, 1);
    assert_int_equal(answer.unreached[0].blockers.n, 1);
    base_release(&b);
}

static void an_empty_world_has_no_answer(void **state)
{
    (void)state;
    struct arena a = {0};
    struct world *w = world_new(&a, guard_space_new(&a));
    struct reach_answer answer = reach_solve(reach_new(&a, w));
    assert_int_equal(answer.flow_n, 0);
    assert_int_equal(answer.unreached_n, 0);
    arena_release(&a);
}

/* n ranges inside one another make n * n pairs of a range and a rule; not all are kept. */
static void of_too_many_nested_ranges_not_all_rules_are_named(void **state)
{
    (void)state;
    for (int many = 0; many < 2; many++) {
        struct base_world b;
        base_bare(&b);
        world_add_default_entries(b.w, b.acl, GUARD_TRUE);
        base_route(&b, "0.0.0.0/0", b.gateway, GUARD_TRUE);
        for (unsigned i = 0; i < (many ? 1500U : 900U); i++) {
            base_rule(&b, PROTOCOL_TCP, (struct ports){(uint16_t)i, (uint16_t)(65535 - i)},
                      "0.0.0.0/0");
        }
        struct reach_answer answer = base_solve(&b);
        assert_int_equal(answer.cut, many);
        if (many) { /* base_rule made it, as the last elements */
            assert_true(answer.first_cut + 1500 >= b.w->next_id);
            assert_true(answer.first_cut < b.w->next_id);
        }
        size_t named = 0;
        for (size_t i = 0; i < answer.flow_n; i++) {
            assert_int_equal(reach_flow_verdict(&answer.flows[i]), REACH_REACHABLE);
            named += answer.flows[i].opener_n;
        }
        assert_true(answer.flow_n > 0 &&
                    named <= LIMIT_OPENERS + LIMIT_OPENERS_BEYOND * answer.flow_n);
        base_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_too_many_nested_ranges_not_all_rules_are_named),
        cmocka_unit_test(t01_the_base_world_is_reachable_from_the_whole_internet),
        cmocka_unit_test(t02_a_table_without_routes_is_local_only),
        cmocka_unit_test(t03_a_public_address_behind_a_nat_gateway_is_not_reachable),
        cmocka_unit_test(t04_t05_the_public_address_decides),
        cmocka_unit_test(t09_a_gateway_that_is_not_attached_is_a_blackhole),
        cmocka_unit_test(t10_t11_t13_exposure_never_changes_the_verdict),
        cmocka_unit_test(t12_two_halves_in_two_groups_are_the_world),
        cmocka_unit_test(t14_t15_the_protocol_of_a_rule),
        cmocka_unit_test(t18_t19_the_first_acl_entry_that_matches_decides),
        cmocka_unit_test(t20_t21_some_client_port_must_get_its_reply),
        cmocka_unit_test(t22_an_acl_without_entries_denies),
        cmocka_unit_test(t23_t24_families_are_separate),
        cmocka_unit_test(t37_a_rule_under_a_condition_is_possible_with_its_witness),
        cmocka_unit_test(what_is_attached_to_nothing_is_never_reached),
        cmocka_unit_test(an_interface_in_one_of_two_subnets_depends_on_which),
        cmocka_unit_test(interfaces_alike_give_equal_flows_with_their_own_ids),
        cmocka_unit_test(a_limit_leaves_out_what_sees_the_same_and_says_so),
        cmocka_unit_test(what_is_not_reached_takes_no_room),
        cmocka_unit_test(one_profile_beyond_the_limit_is_still_told),
        cmocka_unit_test(flows_are_ordered_by_gateway_family_protocol_and_port),
        cmocka_unit_test(a_family_that_cannot_be_deployed_reaches_nothing),
        cmocka_unit_test(an_empty_world_has_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
