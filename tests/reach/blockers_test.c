#include "tests/reach/base_world.h"

static const struct ports SSH = {22, 22};

static struct reach_blockers why(struct base_world *b, struct reach_question q)
{
    return reach_why_not(reach_new(&b->a, b->w), q);
}

static void what_is_open_has_no_blockers(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    assert_int_equal(why(&b, base_question(&b, SSH)).n, 0);
    base_release(&b);
}

/* One thing is missing from the base world; it blocks alone. */
static void each_conjunct_can_block_alone(void **state)
{
    (void)state;
    static const char *const expected[CONJUNCT_COUNT] = {
        "exists alone", "address alone", "entry alone",   "acl-in alone",
        "group alone",  "route alone",   "acl-out alone",
    };
    for (int c = CONJUNCT_EXISTS; c < CONJUNCT_COUNT; c++) {
        struct base_world b;
        base_ssh(&b);
        uint32_t element = b.w->interfaces.at[0].id;
        uint32_t entry = WORLD_NONE;
        switch ((enum reach_conjunct)c) {
        case CONJUNCT_EXISTS:
            b.w->interfaces.at[0].when = GUARD_FALSE;
            break;
        case CONJUNCT_ADDRESS:
            base_placement(&b)->public4 = GUARD_FALSE;
            entry = 4711;
            break;
        case CONJUNCT_ENTRY:
            b.w->gateways.at[0].attachments.n = 0;
            element = b.w->gateways.at[0].id;
            break;
        case CONJUNCT_ACL_IN:
            entry = base_entry(&b, b.acl, 9, false, false, PROTOCOL_TCP, SSH, "0.0.0.0/0");
            element = b.w->acls.at[0].id;
            break;
        case CONJUNCT_GROUP:
            b.w->groups.at[0].rules.at[0].protocol = PROTOCOL_UDP;
            element = b.w->groups.at[0].id;
            break;
        case CONJUNCT_ROUTE:
            b.w->tables.at[0].routes.at[0].gateway =
                world_add_gateway(b.w, STR("Nat"), GATEWAY_NAT);
            element = b.w->tables.at[0].id;
            entry = b.route;
            break;
        case CONJUNCT_ACL_OUT:
            entry = base_entry(&b, b.acl, 9, true, false, PROTOCOL_ALL, PORTS_ALL, "0.0.0.0/0");
            element = b.w->acls.at[0].id;
            break;
        case CONJUNCT_COUNT:
            break;
        }
        struct ipset four = internet_space(NET_V4);
        struct reach_question q = base_question(&b, SSH);
        q.sources = &four;
        struct reach_blockers blockers = why(&b, q);
        assert_str(base_blockers(&b, blockers), expected[c]);
        assert_int_equal(blockers.at[0].element, element);
        assert_int_equal(blockers.at[0].entry, entry);
        base_release(&b);
    }
}

static void of_two_blockers_none_suffices_alone(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    base_placement(&b)->public4 = GUARD_FALSE;
    b.w->groups.at[0].rules.n = 0;
    assert_str(base_blockers(&b, why(&b, base_question(&b, SSH))), "address, group");
    base_release(&b);
}

/* One conjunct is empty, and two others have nothing in common. */
static void a_single_blocker_need_not_suffice(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    base_placement(&b)->public4 = GUARD_FALSE;
    base_route(&b, "0.0.0.0/0", b.gateway, GUARD_TRUE);
    base_entry(&b, b.acl, 1, false, true, PROTOCOL_ALL, PORTS_ALL, "8.0.0.0/8");
    base_entry(&b, b.acl, 1, true, true, PROTOCOL_ALL, PORTS_ALL, "0.0.0.0/0");
    base_rule(&b, PROTOCOL_TCP, SSH, "9.0.0.0/8");
    assert_str(base_blockers(&b, why(&b, base_question(&b, SSH))), "address");
    base_release(&b);
}

static void ports_that_do_not_meet_block_jointly(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    base_route(&b, "0.0.0.0/0", b.gateway, GUARD_TRUE);
    base_entry(&b, b.acl, 1, false, true, PROTOCOL_TCP, (struct ports){80, 80}, "0.0.0.0/0");
    base_entry(&b, b.acl, 1, true, true, PROTOCOL_ALL, PORTS_ALL, "0.0.0.0/0");
    base_rule(&b, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    assert_str(base_blockers(&b, why(&b, base_question(&b, PORTS_ALL))),
               "acl-in joint, group joint");
    /* Asked for one port, one of them blocks alone. */
    assert_str(base_blockers(&b, why(&b, base_question(&b, SSH))), "acl-in alone");
    assert_str(base_blockers(&b, why(&b, base_question(&b, (struct ports){80, 80}))),
               "group alone");
    base_release(&b);
}

static void sources_that_do_not_meet_block_jointly(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    world_add_default_entries(b.w, b.acl, GUARD_TRUE);
    base_route(&b, "8.0.0.0/8", b.gateway, GUARD_TRUE);
    base_rule(&b, PROTOCOL_TCP, SSH, "9.0.0.0/8");
    assert_str(base_blockers(&b, why(&b, base_question(&b, SSH))), "group joint, route joint");
    base_release(&b);
}

static void guards_that_do_not_meet_block_jointly(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    b.w->interfaces.at[0].when = x;
    base_placement(&b)->public4 = guard_not(b.space, x);
    base_rule(&b, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    assert_str(base_blockers(&b, why(&b, base_question(&b, SSH))), "exists joint, address joint");
    b.w->family = x; /* then there is no address at all */
    assert_str(base_blockers(&b, why(&b, base_question(&b, SSH))), "address alone");
    base_release(&b);
}

static void families_that_do_not_meet_block_jointly(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b); /* IPv4 only, but */
    base_rule(&b, PROTOCOL_TCP, SSH, "::/0");
    assert_str(base_blockers(&b, why(&b, base_question(&b, SSH))),
               "group joint, route joint"); /* no IPv6 route; the address is one more reason */
    base_route(&b, "::/0", b.gateway, GUARD_TRUE);
    assert_str(base_blockers(&b, why(&b, base_question(&b, SSH))), "address joint, group joint");
    struct ipset four = internet_space(NET_V4);
    struct reach_question q = base_question(&b, SSH);
    q.sources = &four;
    assert_str(base_blockers(&b, why(&b, q)), "group alone");
    base_release(&b);
}

static void two_placements_may_each_lack_something_else(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    uint32_t place = world_choice_fact(b.w, FACT_PLACE, STR("Asg"), NULL, 2);
    uint32_t other = world_add_subnet(b.w, STR("Other"), b.vpc);
    world_choose_table(b.w, other, GUARD_TRUE, world_add_table(b.w, STR("Private"), b.vpc));
    world_choose_acl(b.w, other, GUARD_TRUE, b.acl);
    struct world_placement second = *base_placement(&b);
    base_placement(&b)->when = guard_is(b.space, place, 0);
    base_placement(&b)->public4 = GUARD_FALSE;
    second.when = guard_is(b.space, place, 1);
    second.subnet = other;
    world_place(b.w, b.interface, second);
    assert_str(base_blockers(&b, why(&b, base_question(&b, SSH))), "address joint, route joint");
    base_release(&b);
}

/* The default ACL lets IPv6 in; for an interface without an IPv6 address that is no help. */
static void an_unreached_interface_is_asked_in_the_family_that_it_has(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    uint32_t denies = base_entry(&b, b.acl, 9, false, false, PROTOCOL_ALL, PORTS_ALL, "0.0.0.0/0");
    assert_str(base_blockers(&b, why(&b, base_question(&b, SSH))), "acl-in joint, route joint");
    struct reach_blockers blockers = base_solve(&b).unreached[0].blockers;
    assert_str(base_blockers(&b, blockers), "acl-in alone");
    assert_int_equal(blockers.at[0].entry, denies);
    base_release(&b);
}

static void only_the_group_in_question_counts(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    uint32_t other = world_add_group(b.w, STR("Other"), b.vpc);
    struct reach_question q = base_question(&b, SSH);
    q.group = other; /* not even carried */
    struct reach_blockers blockers = why(&b, q);
    assert_str(base_blockers(&b, blockers), "group alone");
    assert_int_equal(blockers.at[0].element, b.w->groups.at[other].id);
    q.group = b.group;
    assert_int_equal(why(&b, q).n, 0);
    base_release(&b);
}

static void of_several_groups_the_first_is_named(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    uint32_t other = world_add_group(b.w, STR("Other"), b.vpc);
    world_join(b.w, b.interface, GUARD_TRUE, other);
    struct reach_blockers blockers = why(&b, base_question(&b, SSH));
    assert_str(base_blockers(&b, blockers), "group alone");
    assert_int_equal(blockers.at[0].element, b.w->groups.at[b.group].id);
    base_release(&b);
}

static void the_sources_in_question_count(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_rule(&b, PROTOCOL_TCP, SSH, "8.8.8.8/32");
    struct ipset inside = ipset_of(&b.a, prefix_from("8.8.8.8/32"));
    struct ipset outside = ipset_of(&b.a, prefix_from("9.9.9.9/32"));
    struct ipset unroutable = ipset_of(&b.a, prefix_from("10.9.9.9/32"));
    struct reach_question q = base_question(&b, SSH);
    q.sources = &inside;
    assert_int_equal(why(&b, q).n, 0);
    q.sources = &outside;
    assert_str(base_blockers(&b, why(&b, q)), "group alone");
    q.sources = &unroutable; /* never beyond an internet gateway */
    assert_str(base_blockers(&b, why(&b, q)), "group, route");
    base_release(&b);
}

static void a_vpc_without_a_gateway_lacks_entry_and_route(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    world_add_default_entries(b.w, b.acl, GUARD_TRUE);
    b.w->gateways.n = 0;
    base_rule(&b, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    struct reach_blockers blockers = why(&b, base_question(&b, SSH));
    assert_str(base_blockers(&b, blockers), "entry, route");
    assert_int_equal(blockers.at[0].element, WORLD_NONE);
    assert_int_equal(blockers.at[1].element, b.w->tables.at[b.table].id);
    assert_int_equal(blockers.at[1].entry, WORLD_NONE); /* local only */
    base_release(&b);
}

static void an_interface_that_is_nowhere_does_not_exist(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    b.w->interfaces.at[0].placements.n = 0;
    struct reach_blockers blockers = why(&b, base_question(&b, SSH));
    assert_str(base_blockers(&b, blockers), "exists");
    assert_int_equal(blockers.at[0].element, b.w->interfaces.at[0].id);
    base_release(&b);
}

static void interfaces_alike_have_blockers_of_their_own(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    base_placement(&b)->public4 = GUARD_FALSE;
    uint32_t other = base_instance(&b);
    world_join(b.w, other, GUARD_TRUE, b.group);
    b.w->interfaces.at[other].placements.at[0].public4 = GUARD_FALSE;
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.unreached_n, 2);
    for (size_t i = 0; i < 2; i++) {
        struct reach_blockers blockers = answer.unreached[i].blockers;
        assert_str(base_blockers(&b, blockers), "address alone");
        assert_int_equal(blockers.at[0].element, b.w->interfaces.at[i].id);
        assert_int_equal(blockers.at[0].entry, i == 0 ? 4711 : WORLD_NONE);
    }
    base_release(&b);
}

static void an_edge_that_is_not_there_has_no_entry(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    struct reach_question q = base_question(&b, SSH);
    q.edge = EDGE_PEERING; /* no gateway, so no way back either */
    assert_str(base_blockers(&b, why(&b, q)), "entry, route");
    q.edge = EDGE_CLIENT_VPN; /* needs no route */
    assert_str(base_blockers(&b, why(&b, q)), "entry alone");
    q.edge = EDGE_PRIVATELINK;
    assert_str(base_blockers(&b, why(&b, q)), "entry");
    base_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_open_has_no_blockers),
        cmocka_unit_test(each_conjunct_can_block_alone),
        cmocka_unit_test(of_two_blockers_none_suffices_alone),
        cmocka_unit_test(a_single_blocker_need_not_suffice),
        cmocka_unit_test(ports_that_do_not_meet_block_jointly),
        cmocka_unit_test(sources_that_do_not_meet_block_jointly),
        cmocka_unit_test(guards_that_do_not_meet_block_jointly),
        cmocka_unit_test(families_that_do_not_meet_block_jointly),
        cmocka_unit_test(two_placements_may_each_lack_something_else),
        cmocka_unit_test(an_unreached_interface_is_asked_in_the_family_that_it_has),
        cmocka_unit_test(only_the_group_in_question_counts),
        cmocka_unit_test(of_several_groups_the_first_is_named),
        cmocka_unit_test(the_sources_in_question_count),
        cmocka_unit_test(a_vpc_without_a_gateway_lacks_entry_and_route),
        cmocka_unit_test(an_interface_that_is_nowhere_does_not_exist),
        cmocka_unit_test(interfaces_alike_have_blockers_of_their_own),
        cmocka_unit_test(an_edge_that_is_not_there_has_no_entry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
