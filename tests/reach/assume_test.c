#include "reach/assume.h"
#include "tests/reach/base_world.h"

/* The base world whose route hangs on A-SUBROUTE(S), and whose rule hangs on A-SG(G). */
static void doubtful_world(struct base_world *b, const char *route, const char *group)
{
    base_bare(b);
    if (route) {
        world_assume(b->w, STR("A-SUBROUTE(S)"), str_from(route));
    }
    if (group) {
        world_assume(b->w, STR("A-SG(G)"), str_from(group));
    }
    world_add_default_entries(b->w, b->acl, GUARD_TRUE);
    base_route(b, "0.0.0.0/0", b->gateway, world_fact(b->w, FACT_SUBROUTE, STR("S")));
    base_rule_in(b, b->group, PROTOCOL_TCP, (struct ports){22, 22}, "0.0.0.0/0",
                 world_fact(b->w, FACT_SG, STR("G")));
}

static struct reach_answer solve(struct base_world *b)
{
    return reach_solve(reach_new(&b->a, b->w));
}

static struct assumed blamed(struct base_world *b)
{
    struct assume_answers *x = assume_answers_new(&b->a, b->w);
    return assume_why_not(x, (struct reach_question){.interface = b->interface,
                                                     .edge = EDGE_INTERNET,
                                                     .protocol = PROTOCOL_ALL,
                                                     .ports = PORTS_ALL,
                                                     .group = WORLD_NONE});
}

static void what_is_assumed_to_hold_is_no_doubt(void **state)
{
    (void)state;
    struct base_world b;
    doubtful_world(&b, "yes", NULL);
    struct reach_answer n = solve(&b);
    assert_int_equal(n.flow_n, 1);
    assert_int_equal(reach_flow_verdict(&n.flows[0]), REACH_POSSIBLE);
    assert_int_equal(reach_example(&n.flows[0])->judgement.witness.n, 1);
    assert_str(
        guard_variable(b.space, reach_example(&n.flows[0])->judgement.witness.at[0].var)->name,
        "A-SG(G)");
    base_release(&b);

    doubtful_world(&b, "yes", "yes");
    n = solve(&b);
    assert_int_equal(n.flow_n, 1);
    assert_int_equal(reach_flow_verdict(&n.flows[0]), REACH_REACHABLE);
    assert_int_equal(reach_example(&n.flows[0])->judgement.doubt, GUARD_HIGH);
    assert_true(
        guard_is_true(reach_guard(n.flows[0].when))); /* the pinned variables are gone from it */
    base_release(&b);
}

static void what_is_assumed_not_to_hold_is_blocked_and_blamed(void **state)
{
    (void)state;
    struct base_world b;
    doubtful_world(&b, "no", NULL);
    struct reach_answer n = solve(&b);
    assert_int_equal(n.flow_n, 0);
    assert_int_equal(n.unreached_n, 1);
    assert_int_equal(n.unreached[0].blockers.at[0].conjunct, CONJUNCT_ROUTE);
    struct assumed by = blamed(&b);
    assert_int_equal(by.n, 1);
    assert_str(by.at[0]->name, "A-SUBROUTE(S)");
    base_release(&b);
}

/* Lifting one of two is not enough: both are named. */
static void two_assumptions_may_block_together(void **state)
{
    (void)state;
    struct base_world b;
    doubtful_world(&b, "no", "no");
    (void)solve(&b);
    assert_int_equal(blamed(&b).n, 2);
    base_release(&b);

    doubtful_world(&b, "no", "yes");
    (void)solve(&b);
    struct assumed by = blamed(&b);
    assert_int_equal(by.n, 1);
    assert_str(by.at[0]->name, "A-SUBROUTE(S)");
    base_release(&b);
}

/* Without a gateway it is blocked whatever is assumed. */
static void nothing_is_blamed_for_what_is_blocked_anyway(void **state)
{
    (void)state;
    struct base_world b;
    doubtful_world(&b, "no", NULL);
    b.w->gateways.at[b.gateway].attachments.n = 0;
    (void)solve(&b);
    assert_int_equal(blamed(&b).n, 0);
    base_release(&b);

    doubtful_world(&b, NULL, NULL); /* nothing is assumed at all */
    (void)solve(&b);
    assert_int_equal(blamed(&b).n, 0);
    base_release(&b);
}

static void a_value_that_a_fact_cannot_have_pins_nothing(void **state)
{
    (void)state;
    struct base_world b;
    doubtful_world(&b, "maybe", NULL);
    assert_true(b.w->pins.at[0].misfit);
    assert_int_not_equal(b.w->pins.at[0].var, WORLD_NONE);
    assert_int_equal(reach_example(&solve(&b).flows[0])->judgement.witness.n, 2);
    base_release(&b);
}

static void a_fact_that_nothing_asks_for_has_no_variable(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    world_assume(b.w, STR("A-NACL(T)"), STR("no"));
    world_assume(b.w, STR("A-NACL(T)"), STR("yes")); /* the last counts */
    assert_int_equal(b.w->pins.n, 1);
    assert_str(b.w->pins.at[0].value, "yes");
    (void)world_fact(b.w, FACT_NACL, STR("S"));
    assert_int_equal(b.w->pins.at[0].var, WORLD_NONE);
    base_release(&b);
}

static void a_fact_with_several_outcomes_takes_one_of_its_labels(void **state)
{
    (void)state;
    static const struct str labels[] = {{"SubnetA", 7}, {"SubnetB", 7}};
    struct base_world b;
    base_bare(&b);
    world_assume(b.w, STR("A-PLACE(Asg)"), STR("SubnetB"));
    uint32_t var = world_choice_fact(b.w, FACT_PLACE, STR("Asg"), labels, 2);
    assert_false(b.w->pins.at[0].misfit);
    assert_true(guard_implies(b.space, b.w->family, guard_is(b.space, var, 1)));
    assert_true(guard_is_true(world_settled(b.w, guard_is(b.space, var, 1))));
    world_assume(b.w, STR("A-PLACE(Other)"), STR("SubnetC"));
    var = world_choice_fact(b.w, FACT_PLACE, STR("Other"), labels, 2);
    assert_true(b.w->pins.at[1].misfit);
    assert_false(guard_implies(b.space, b.w->family, guard_is(b.space, var, 0)));
    assert_false(guard_implies(b.space, b.w->family, guard_is(b.space, var, 1)));
    base_release(&b);
}

/* From one interface to another: the target's rule hangs on A-SG(G). */
static void a_way_inside_may_rest_on_an_assumption_too(void **state)
{
    (void)state;
    for (int somewhere = 0; somewhere < 2; somewhere++) {
        struct base_world b;
        doubtful_world(&b, NULL, "no");
        struct inside_question q = {base_instance(&b), b.interface, PROTOCOL_TCP, {22, 22}};
        if (!somewhere) { /* blocked whatever is assumed */
            base_placement(&b)->has4 = GUARD_FALSE;
        }
        b.w->interfaces.at[q.from].open = GUARD_TRUE; /* it may send anything */
        assert_int_equal(reach_inside(reach_new(&b.a, b.w), q).way_n, 0);
        struct assumed by = assume_why_not_inside(assume_answers_new(&b.a, b.w), q);
        assert_int_equal(by.n, somewhere);
        if (somewhere) {
            assert_str(by.at[0]->name, "A-SG(G)");
        }
        base_release(&b);
    }
}

/* A standard fact that is assumed not to hold leaves nothing reachable by default. */
static void the_default_gives_way_to_what_is_assumed(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    world_assume(b.w, STR("A-DEFVPC"), STR("no"));
    struct guard vpc = world_fact(b.w, FACT_DEFVPC, STR(""));
    struct guard other = world_fact_by_default(b.w, FACT_ACCEPT, STR("P"));
    assert_int_equal(reach_judge(b.w, vpc, &b.a).verdict, REACH_BLOCKED);
    assert_int_equal(reach_judge(b.w, other, &b.a).verdict, REACH_BY_DEFAULT);
    base_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_assumed_to_hold_is_no_doubt),
        cmocka_unit_test(what_is_assumed_not_to_hold_is_blocked_and_blamed),
        cmocka_unit_test(two_assumptions_may_block_together),
        cmocka_unit_test(nothing_is_blamed_for_what_is_blocked_anyway),
        cmocka_unit_test(a_value_that_a_fact_cannot_have_pins_nothing),
        cmocka_unit_test(a_fact_that_nothing_asks_for_has_no_variable),
        cmocka_unit_test(a_fact_with_several_outcomes_takes_one_of_its_labels),
        cmocka_unit_test(a_way_inside_may_rest_on_an_assumption_too),
        cmocka_unit_test(the_default_gives_way_to_what_is_assumed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
