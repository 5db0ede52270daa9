#include "report/path_view.h"

#include "tests/report/asked.h"

static void an_open_port_has_a_way_step_by_step_and_back(void **state)
{
    (void)state;
    struct asked x;
    asked(&x, reported_open, PROTOCOL_TCP, (struct ports){22, 22});
    assert_int_equal(x.view.verdict, REACH_REACHABLE);
    assert_int_equal(x.view.ways.n, 1);
    assert_int_equal(x.view.blocked.n, 0);
    const struct path_way *w = &x.view.ways.at[0];
    assert_str(w->component, "Igw");
    assert_str(w->steps[0].component, "Igw");
    assert_str(w->steps[w->step_n - 1].component, "Web");
    assert_int_equal(w->back_n, 2); /* the route, and the ACL's way out */
    assert_str(w->back[0].text, "Route '0.0.0.0/0' of 'Tab' leads back to 'Igw'.");
    arena_release(&x.a);
}

/* Only the group is in the way: that is the single change. */
static void a_closed_group_blocks_alone(void **state)
{
    (void)state;
    struct asked x;
    asked(&x, reported_closed, PROTOCOL_ALL, PORTS_ALL);
    assert_int_equal(x.view.verdict, REACH_BLOCKED);
    assert_int_equal(x.view.blocked.n, 1);
    const struct path_blocked *b = &x.view.blocked.at[0];
    assert_int_equal(b->blockers.n, 1);
    assert_true(b->blockers.at[0].alone);
    assert_str(b->blockers.at[0].component, "Grp");
    assert_string_equal(b->blockers.at[0].reason.code, "SG_HAS_NO_RULES");
    arena_release(&x.a);
}

static void other_gateways_are_no_way_in(void **state)
{
    (void)state;
    assert_int_equal(path_edge_of(GATEWAY_NAT), EDGE_COUNT);
    assert_int_equal(path_edge_of(GATEWAY_PEERING), EDGE_PEERING);
    assert_int_equal(path_edge_of(GATEWAY_VPN), EDGE_VPN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_open_port_has_a_way_step_by_step_and_back),
        cmocka_unit_test(a_closed_group_blocks_alone),
        cmocka_unit_test(other_gateways_are_no_way_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
