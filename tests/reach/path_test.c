#include "tests/reach/base_world.h"

static void the_path_names_what_decided_at_each_step(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    uint32_t allows =
        base_entry(&b, b.acl, 50, false, true, PROTOCOL_TCP, (struct ports){22, 22}, "0.0.0.0/0");
    uint32_t lets_out = base_entry(&b, b.acl, 60, true, true, PROTOCOL_TCP,
                                   (struct ports){2000, 2000}, "0.0.0.0/0");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 1);
    const struct reach_flow *f = &answer.flows[0];
    const struct reach_example *e = reach_example(f);
    const struct reach_step expected[] = {
        {STEP_EDGE, b.w->gateways.at[b.gateway].id, b.attachment},
        {STEP_ACL, b.w->acls.at[b.acl].id, allows},
        {STEP_GROUP, b.w->groups.at[b.group].id, b.rule_v4},
        {STEP_INTERFACE, b.w->interfaces.at[b.interface].id, WORLD_NONE},
        {STEP_OWNER, b.w->owners.at[b.owner].id, WORLD_NONE},
    };
    assert_int_equal(e->path_n, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(e->path[i].kind, expected[i].kind);
        assert_int_equal(e->path[i].element, expected[i].element);
        assert_int_equal(e->path[i].entry, expected[i].entry);
    }
    assert_int_equal(e->subnet, b.w->subnets.at[b.subnet].id);
    assert_int_equal(e->table, b.w->tables.at[b.table].id);
    assert_int_equal(e->route, b.route);
    assert_int_equal(e->acl_out_entry, lets_out);
    assert_int_equal(e->public_by, 4711);
    base_release(&b);
}

static void the_path_is_that_of_the_witness(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    uint32_t var = base_variable(&b, "x", GUARD_NO_OUTCOME);
    struct guard x = guard_is(b.space, var, 1);
    struct guard not_x = guard_not(b.space, x);
    /* Under x another table with a narrower route, and the second rule. */
    uint32_t table = world_add_table(b.w, STR("Second"), b.vpc);
    b.w->subnets.at[b.subnet].tables.at[0].when = not_x;
    world_choose_table(b.w, b.subnet, x, table);
    uint32_t route = world_add_route(b.w, table,
                                     (struct world_route){.when = GUARD_TRUE,
                                                          .destination = prefix_from("8.0.0.0/8"),
                                                          .gateway = b.gateway});
    base_rule_in(&b, b.group, PROTOCOL_TCP, (struct ports){22, 22}, "9.0.0.0/8", x);
    uint32_t rule =
        base_rule_in(&b, b.group, PROTOCOL_TCP, (struct ports){22, 22}, "8.8.8.8/32", x);
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 1);
    const struct reach_flow *f = &answer.flows[0];
    const struct reach_example *e = reach_example(f);
    assert_int_equal(e->judgement.witness.n, 1);
    assert_int_equal(e->judgement.witness.at[0].outcome, 1);
    assert_int_equal(e->table, b.w->tables.at[table].id);
    assert_int_equal(e->route, route);
    assert_int_equal(e->path[2].entry, rule); /* 9/8 is not routed back under x */
    assert_int_equal(f->opener_n, 1);
    base_release(&b);
}

static void the_entry_is_that_of_a_source_that_gets_through(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_entry(&b, b.acl, 50, false, false, PROTOCOL_ALL, PORTS_ALL, "0.0.0.0/1");
    uint32_t allows =
        base_entry(&b, b.acl, 60, false, true, PROTOCOL_TCP, (struct ports){20, 30}, "128.0.0.0/1");
    base_rule(&b, PROTOCOL_TCP, (struct ports){22, 22}, "0.0.0.0/0");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(reach_example(&answer.flows[0])->path[1].entry, allows);
    assert_int_equal(answer.flows[0].exposure, EXPOSURE_BROAD);
    base_release(&b);
}

static void ipv6_needs_nothing_that_makes_it_public(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    base_dual(&b);
    base_rule(&b, PROTOCOL_TCP, (struct ports){22, 22}, "2600::/16");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(answer.flows[0].families, FAMILY_V6);
    assert_int_equal(reach_example(&answer.flows[0])->public_by, WORLD_NONE);
    /* The default ACL's second inbound entry is the one for ::/0. */
    assert_int_equal(reach_example(&answer.flows[0])->path[1].entry,
                     b.w->acls.at[b.acl].entries.at[1].id);
    base_release(&b);
}

static void a_low_client_port_gets_its_entry(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    base_route(&b, "0.0.0.0/0", b.gateway, GUARD_TRUE);
    base_rule(&b, PROTOCOL_TCP, (struct ports){22, 22}, "0.0.0.0/0");
    base_entry(&b, b.acl, 1, false, true, PROTOCOL_ALL, PORTS_ALL, "0.0.0.0/0");
    uint32_t out =
        base_entry(&b, b.acl, 1, true, true, PROTOCOL_TCP, (struct ports){80, 80}, "0.0.0.0/0");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(reach_example(&answer.flows[0])->acl_out_entry, out);
    base_release(&b);
}

/* x0 y0 | x1 y1 | ... with all x before all y takes about 2^(pairs + 1) nodes; with 14
 * pairs the last one goes beyond what a guard may have. */
static void beyond_the_budget_a_flow_is_possible_and_still_has_a_path(void **state)
{
    (void)state;
    enum { PAIRS = 14 };
    struct base_world b;
    base_world(&b);
    struct guard x[PAIRS];
    for (size_t i = 0; i < PAIRS; i++) {
        x[i] = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    }
    uint32_t first = WORLD_NONE;
    for (size_t i = 0; i < PAIRS; i++) {
        struct guard y = guard_is(b.space, base_variable(&b, "y", GUARD_NO_OUTCOME), 1);
        uint32_t id = base_rule_in(&b, b.group, PROTOCOL_TCP, (struct ports){22, 22}, "8.0.0.0/8",
                                   guard_and(b.space, x[i], y));
        first = i == 0 ? id : first;
    }
    struct reach_answer answer = base_solve(&b);
    assert_true(guard_exceeded(b.space));
    assert_int_equal(answer.flow_n, 1);
    const struct reach_flow *f = &answer.flows[0];
    const struct reach_example *e = reach_example(f);
    assert_int_equal(reach_flow_verdict(f), REACH_POSSIBLE);
    assert_int_equal(e->judgement.doubt, GUARD_LOW);
    assert_int_equal(f->opener_n, PAIRS);
    assert_int_equal(e->path[2].entry, first);
    assert_int_equal(e->path[1].entry, b.w->acls.at[b.acl].entries.at[0].id);
    assert_int_equal(e->route, b.route);
    base_release(&b);
}

/* What two guards of so many pairs have in common is beyond the budget, each alone is not. */
enum { HALF = 8 };

static struct guard half(struct base_world *b, const struct guard *x)
{
    struct guard any = GUARD_FALSE;
    for (size_t i = 0; i < HALF; i++) {
        struct guard y = guard_is(b->space, base_variable(b, "y", GUARD_NO_OUTCOME), 1);
        any = guard_or(b->space, any, guard_and(b->space, x[i], y));
    }
    assert_false(guard_exceeded(b->space));
    return any;
}

/* Under the witness of such a flow, which only says that the budget was exceeded, neither guard
 * holds: of what hangs on one no choice can be named, but a path there is. */
static void what_hangs_on_a_guard_that_the_witness_leaves_open_is_not_named(void **state)
{
    (void)state;
    enum { MEMBERSHIP, ROUTE, TABLE, ACL, ATTACHMENT, PLACES };
    for (int place = 0; place < PLACES; place++) {
        struct base_world b;
        base_ssh(&b);
        struct guard x[2 * HALF];
        for (size_t i = 0; i < 2 * HALF; i++) {
            x[i] = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
        }
        struct guard one = half(&b, x);
        struct guard other = half(&b, x + HALF);
        struct world_subnet *subnet = &b.w->subnets.at[b.subnet];
        b.w->interfaces.at[b.interface].when = one;
        struct guard *const at[PLACES] = {
            [MEMBERSHIP] = &b.w->interfaces.at[b.interface].groups.at[0].when,
            [ROUTE] = &b.w->tables.at[b.table].routes.at[0].when,
            [TABLE] = &subnet->tables.at[0].when,
            [ACL] = &subnet->acls.at[0].when,
            [ATTACHMENT] = &b.w->gateways.at[b.gateway].attachments.at[0].when,
        };
        *at[place] = other;
        struct reach_answer answer = base_solve(&b);
        assert_int_equal(answer.flow_n, 1);
        const struct reach_flow *f = &answer.flows[0];
        const struct reach_example *e = reach_example(f);
        assert_true(guard_exceeded(b.space));
        size_t group = place == ACL ? 1 : 2;
        assert_int_equal(reach_flow_verdict(f), REACH_POSSIBLE);
        assert_int_equal(e->judgement.doubt, GUARD_LOW);
        assert_int_equal(e->path_n, place == ACL ? 4 : 5);
        assert_int_equal(e->path[0].entry, place == ATTACHMENT ? WORLD_NONE : b.attachment);
        assert_int_equal(e->path[group].kind, STEP_GROUP);
        assert_int_equal(e->path[group].entry, b.rule_v4);
        assert_int_equal(e->table, place == TABLE ? WORLD_NONE : b.w->tables.at[b.table].id);
        assert_int_equal(e->route, place == TABLE || place == ROUTE ? WORLD_NONE : b.route);
        base_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_path_names_what_decided_at_each_step),
        cmocka_unit_test(the_path_is_that_of_the_witness),
        cmocka_unit_test(the_entry_is_that_of_a_source_that_gets_through),
        cmocka_unit_test(ipv6_needs_nothing_that_makes_it_public),
        cmocka_unit_test(a_low_client_port_gets_its_entry),
        cmocka_unit_test(beyond_the_budget_a_flow_is_possible_and_still_has_a_path),
        cmocka_unit_test(what_hangs_on_a_guard_that_the_witness_leaves_open_is_not_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
