/*
 * Interfaces on which only some ports listen, that no group filters, or that the internet
 * edge does not concern.
 */
#include "tests/reach/base_world.h"

static void listen(struct base_world *b, int protocol, struct ports ports, struct guard when)
{
    *VEC_ADD(b->w->arena, &b->w->interfaces.at[b->interface].listens) =
        (struct world_listening){.when = when, .protocol = protocol, .ports = ports};
}

static void admitted_ports_are_cut_to_those_that_listen(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_rule(&b, PROTOCOL_ALL, PORTS_ALL, "0.0.0.0/0");
    listen(&b, PROTOCOL_TCP, (struct ports){3306, 3306}, GUARD_TRUE);
    listen(&b, PROTOCOL_UDP, (struct ports){500, 510}, GUARD_TRUE);
    assert_str(base_flows(&b), "0 v4 tcp 3306-3306 reachable world\n"
                               "0 v4 udp 500-510 reachable world\n");
    base_release(&b);
}

static void a_port_listens_under_its_guard(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    base_rule(&b, PROTOCOL_TCP, PORTS_ALL, "0.0.0.0/0");
    listen(&b, PROTOCOL_TCP, (struct ports){3306, 3306}, x);
    listen(&b, PROTOCOL_TCP, (struct ports){5432, 5432}, guard_not(b.space, x));
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 2);
    assert_true(guard_same(reach_guard(answer.flows[0].when), x));
    assert_true(guard_same(reach_guard(answer.flows[1].when), guard_not(b.space, x)));
    base_release(&b);
}

static void blockers_are_those_of_the_ports_that_listen(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b); /* the group admits 22 only */
    listen(&b, PROTOCOL_TCP, (struct ports){3306, 3306}, GUARD_TRUE);
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 0);
    assert_str(base_blockers(&b, answer.unreached[0].blockers), "group alone");
    base_release(&b);
}

static void nothing_listens_on_the_port_in_question(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_rule(&b, PROTOCOL_TCP, PORTS_ALL, "0.0.0.0/0");
    listen(&b, PROTOCOL_TCP, (struct ports){3306, 3306}, GUARD_TRUE);
    struct reach *r = reach_new(&b.a, b.w);
    assert_str(base_blockers(&b, reach_why_not(r, base_question(&b, (struct ports){22, 22}))),
               "exists alone");
    assert_int_equal(reach_why_not(r, base_question(&b, (struct ports){3000, 4000})).n, 0);
    base_release(&b);
}

static void where_no_group_filters_the_subnet_alone_decides(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_entry(&b, b.acl, 1, false, false, PROTOCOL_ALL, PORTS_ALL, "0.0.0.0/1");
    b.w->interfaces.at[b.interface].open = GUARD_TRUE;
    listen(&b, PROTOCOL_TCP, (struct ports){5671, 5671}, GUARD_TRUE);
    assert_str(base_flows(&b), "0 v4 tcp 5671-5671 reachable broad\n");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flows[0].opener_n, 0);
    assert_false(answer.cut);                                     /* no rule is left out */
    assert_int_equal(reach_example(&answer.flows[0])->path_n, 4); /* no group */
    assert_int_equal(reach_example(&answer.flows[0])->path[1].entry,
                     b.w->acls.at[b.acl].entries.at[0].id);
    base_release(&b);
}

static void unfiltered_flows_are_cut_where_the_guard_changes(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    base_entry(&b, b.acl, 1, false, false, PROTOCOL_TCP, (struct ports){500, 510}, "0.0.0.0/0");
    b.w->acls.at[b.acl].entries.at[b.w->acls.at[b.acl].entries.n - 1].when = x;
    b.w->interfaces.at[b.interface].open = GUARD_TRUE;
    listen(&b, PROTOCOL_TCP, (struct ports){400, 505}, GUARD_TRUE);
    assert_str(base_flows(&b), "0 v4 tcp 400-499 reachable world\n"
                               "0 v4 tcp 500-505 possible world\n");
    base_release(&b);
}

static void open_and_admitted_are_a_union(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    b.w->interfaces.at[b.interface].open = x;
    assert_str(base_flows(&b), "0 v4 tcp 0-21 possible world\n"
                               "0 v4 tcp 22-22 reachable world\n"
                               "0 v4 tcp 23-65535 possible world\n"
                               "0 v4 udp 0-65535 possible world\n");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flows[0].opener_n, 0);
    assert_int_equal(answer.flows[1].opener_n, 1);
    base_release(&b);
}

static void an_open_interface_is_not_blocked_by_its_group(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    b.w->interfaces.at[b.interface].open = GUARD_TRUE;
    base_placement(&b)->public4 = GUARD_FALSE;
    struct reach_answer answer = base_solve(&b);
    assert_str(base_blockers(&b, answer.unreached[0].blockers), "address alone");
    base_release(&b);
}

static void the_internet_may_be_out_of_the_question(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    b.w->interfaces.at[b.interface].no_internet = x;
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 1);
    assert_true(guard_same(reach_guard(answer.flows[0].when), guard_not(b.space, x)));
    b.w->interfaces.at[b.interface].no_internet = GUARD_TRUE;
    answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 0);
    assert_str(base_blockers(&b, answer.unreached[0].blockers), "address alone");
    base_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(admitted_ports_are_cut_to_those_that_listen),
        cmocka_unit_test(a_port_listens_under_its_guard),
        cmocka_unit_test(blockers_are_those_of_the_ports_that_listen),
        cmocka_unit_test(nothing_listens_on_the_port_in_question),
        cmocka_unit_test(where_no_group_filters_the_subnet_alone_decides),
        cmocka_unit_test(unfiltered_flows_are_cut_where_the_guard_changes),
        cmocka_unit_test(open_and_admitted_are_a_union),
        cmocka_unit_test(an_open_interface_is_not_blocked_by_its_group),
        cmocka_unit_test(the_internet_may_be_out_of_the_question),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
