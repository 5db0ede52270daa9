#include "reach/world.h"
#include "tests/reach/base_world.h"

static void ids_are_unique_and_ascend(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    const uint32_t ids[] = {
        b.w->vpcs.at[0].id,
        b.w->vpcs.at[0].cidrs.at[0].id,
        b.w->gateways.at[0].id,
        b.w->gateways.at[0].attachments.at[0].id,
        b.w->tables.at[0].id,
        b.w->acls.at[0].id,
        b.w->subnets.at[0].id,
        b.w->subnets.at[0].cidrs.at[0].id,
        b.w->subnets.at[0].tables.at[0].id,
        b.w->subnets.at[0].acls.at[0].id,
        b.w->groups.at[0].id,
        b.w->owners.at[0].id,
        b.w->interfaces.at[0].id,
        b.w->acls.at[0].entries.at[0].id,
        b.w->acls.at[0].entries.at[3].id,
        b.w->tables.at[0].routes.at[0].id,
        b.w->groups.at[0].rules.at[0].id,
        world_next_id(b.w),
    };
    for (size_t i = 1; i < sizeof ids / sizeof ids[0]; i++) {
        assert_true(ids[i - 1] < ids[i]);
    }
    base_release(&b);
}

static void the_id_that_is_passed_in_is_ignored(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    uint32_t id = world_add_route(b.w, b.table,
                                  (struct world_route){.id = 0, .when = GUARD_TRUE, .gateway = 0});
    assert_int_not_equal(id, 0);
    assert_int_equal(b.w->tables.at[b.table].routes.at[1].id, id);
    base_release(&b);
}

static void a_fact_is_one_variable_for_each_subject(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    struct guard s = world_fact(b.w, FACT_SUBROUTE, STR("S"));
    assert_true(guard_same(s, world_fact(b.w, FACT_SUBROUTE, STR("S"))));
    assert_false(guard_same(s, world_fact(b.w, FACT_SUBROUTE, STR("T"))));
    assert_false(guard_same(s, world_fact(b.w, FACT_NACL, STR("S"))));
    assert_int_equal(guard_count(b.space), 3);
    assert_str(guard_variable(b.space, 0)->name, "A-SUBROUTE(S)");
    assert_int_equal(guard_variable(b.space, 0)->standard, GUARD_NO_OUTCOME);
    base_release(&b);
}

/* SEMANTICS 4.3: which facts lower confidence, and which the severity. */
static void facts_have_the_doubts_of_the_specification(void **state)
{
    (void)state;
    static const struct {
        enum world_fact fact;
        const char *name;
        enum guard_doubt doubt;
        bool doubts_rule;
    } rows[] = {
        {FACT_SUBROUTE, "A-SUBROUTE", GUARD_HIGH, false},
        {FACT_SUBPUBIP, "A-SUBPUBIP", GUARD_MEDIUM, false},
        {FACT_LOWPORT, "A-LOWPORT", GUARD_MEDIUM, false},
        {FACT_SG, "A-SG", GUARD_LOW, true},
        {FACT_PL, "A-PL", GUARD_LOW, true},
        {FACT_MB, "A-MB", GUARD_LOW, false},
        {FACT_CARRIER, "A-CARRIER", GUARD_LOW, false},
    };
    struct base_world b;
    base_world(&b);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_string_equal(world_fact_name(rows[i].fact), rows[i].name);
        uint32_t var = guard_count(b.space);
        (void)world_fact(b.w, rows[i].fact, STR("x"));
        const struct guard_variable *v = guard_variable(b.space, var);
        assert_int_equal(v->doubt, rows[i].doubt);
        assert_int_equal(v->doubts_rule, rows[i].doubts_rule);
        assert_true(v->rank >= RANK_FIRST_FACT);
    }
    (void)world_fact(b.w, FACT_DEFVPC, STR("x"));
    assert_int_equal(guard_variable(b.space, guard_count(b.space) - 1)->standard, 1);
    base_release(&b);
}

static void a_fact_may_have_many_outcomes(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    static const struct str labels[] = {{"A", 1}, {"B", 1}, {"C", 1}};
    uint32_t var = world_choice_fact(b.w, FACT_PLACE, STR("Asg"), labels, 3);
    assert_int_equal(world_choice_fact(b.w, FACT_PLACE, STR("Asg"), labels, 3), var);
    assert_int_equal(guard_variable(b.space, var)->outcomes, 3);
    assert_str(guard_variable(b.space, var)->labels[2], "C");
    base_release(&b);
}

static void the_default_acl_allows_everything_both_ways(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    world_add_default_entries(b.w, b.acl, x);
    const struct world_acl *acl = &b.w->acls.at[b.acl];
    assert_int_equal(acl->entries.n, 4);
    unsigned seen = 0;
    for (size_t i = 0; i < 4; i++) {
        const struct world_entry *e = &acl->entries.at[i];
        assert_true(e->allow);
        assert_int_equal(e->protocol, PROTOCOL_ALL);
        assert_int_equal(e->prefix.length, 0);
        assert_int_equal(e->number, e->prefix.family == NET_V4 ? 100 : 101);
        assert_true(guard_same(e->when, x));
        seen |= 1U << ((e->egress ? 2 : 0) + (e->prefix.family == NET_V6 ? 1 : 0));
    }
    assert_int_equal(seen, 15);
    base_release(&b);
}

static void edges_have_names(void **state)
{
    (void)state;
    assert_true(world_edge_is_internet(EDGE_ACCELERATOR) && !world_edge_is_internet(EDGE_CARRIER));
    assert_string_equal(world_edge_name(EDGE_INTERNET), "internet");
    assert_string_equal(world_edge_name(EDGE_VPN), "vgw");
    assert_string_equal(world_edge_name(EDGE_MANAGED), "managed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_unique_and_ascend),
        cmocka_unit_test(the_id_that_is_passed_in_is_ignored),
        cmocka_unit_test(a_fact_is_one_variable_for_each_subject),
        cmocka_unit_test(facts_have_the_doubts_of_the_specification),
        cmocka_unit_test(a_fact_may_have_many_outcomes),
        cmocka_unit_test(the_default_acl_allows_everything_both_ways),
        cmocka_unit_test(edges_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
