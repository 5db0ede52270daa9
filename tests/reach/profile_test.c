#include "reach/profile.h"
#include "tests/reach/base_world.h"

static void interfaces_alike_share_a_profile(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    uint32_t same = base_instance(&b);
    world_join(b.w, same, GUARD_TRUE, b.group);
    uint32_t ungrouped = base_instance(&b);
    uint32_t elsewhere = base_instance(&b);
    world_join(b.w, elsewhere, GUARD_TRUE, b.group);
    b.w->interfaces.at[elsewhere].placements.at[0].public4 = GUARD_FALSE;
    uint32_t twin = world_add_subnet(b.w, STR("Twin"), b.vpc);
    world_choose_table(b.w, twin, GUARD_TRUE, b.table);
    world_choose_acl(b.w, twin, GUARD_TRUE, b.acl);
    uint32_t in_twin = base_instance(&b);
    world_join(b.w, in_twin, GUARD_TRUE, b.group);
    b.w->interfaces.at[in_twin].placements.at[0].subnet = twin;
    struct reach *r = reach_new(&b.a, b.w);
    const struct profile *p = profile_of(r, b.interface);
    assert_ptr_equal(profile_of(r, same), p);
    assert_ptr_equal(profile_of(r, in_twin), p);
    assert_ptr_not_equal(profile_of(r, ungrouped), p);
    assert_ptr_not_equal(profile_of(r, elsewhere), p);
    assert_int_equal(p->rows[0].n, 1);
    base_release(&b);
}

static void the_subnet_of_a_flow_is_the_interfaces_own(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    uint32_t twin = world_add_subnet(b.w, STR("Twin"), b.vpc);
    world_choose_table(b.w, twin, GUARD_TRUE, b.table);
    world_choose_acl(b.w, twin, GUARD_TRUE, b.acl);
    uint32_t other = base_instance(&b);
    world_join(b.w, other, GUARD_TRUE, b.group);
    b.w->interfaces.at[other].placements.at[0].subnet = twin;
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 2);
    assert_int_equal(reach_example(&answer.flows[0])->subnet, b.w->subnets.at[b.subnet].id);
    assert_int_equal(reach_example(&answer.flows[1])->subnet, b.w->subnets.at[twin].id);
    base_release(&b);
}

static void every_guard_on_the_way_is_in_the_flow(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    struct guard v[8];
    struct guard all = GUARD_TRUE;
    for (size_t i = 0; i < 8; i++) {
        v[i] = guard_is(b.space, base_variable(&b, "v", GUARD_NO_OUTCOME), 1);
        all = guard_and(b.space, all, v[i]);
    }
    world_add_default_entries(b.w, b.acl, v[0]);
    base_route(&b, "0.0.0.0/0", b.gateway, v[1]);
    base_rule_in(&b, b.group, PROTOCOL_TCP, (struct ports){22, 22}, "0.0.0.0/0", v[2]);
    b.w->interfaces.at[0].when = v[3];
    base_placement(&b)->when = v[4];
    base_placement(&b)->public4 = v[5];
    b.w->interfaces.at[0].groups.at[0].when = v[6];
    b.w->gateways.at[0].attachments.at[0].when = v[7];
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 1);
    assert_true(guard_same(reach_guard(answer.flows[0].when), all));
    assert_true(guard_same(reach_guard(answer.flows[0].openers[0].when), all));
    base_release(&b);
}

static void each_gateway_has_its_own_rows(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    uint32_t second = world_add_gateway(b.w, STR("Second"), GATEWAY_INTERNET);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    world_add_attachment(b.w, second, x, b.vpc);
    base_route(&b, "8.0.0.0/8", second, GUARD_TRUE);
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 2);
    assert_int_equal(answer.flows[0].gateway, b.gateway);
    assert_int_equal(answer.flows[0].exposure, EXPOSURE_BROAD); /* 8/8 is lost either way */
    assert_true(guard_is_true(reach_guard(answer.flows[0].when)));
    assert_int_equal(answer.flows[1].gateway, second);
    assert_true(guard_same(reach_guard(answer.flows[1].when), x));
    base_release(&b);
}

/* Another subnet with a table of its own, in which the interface is under `when`. */
static uint32_t placed_elsewhere(struct base_world *b, struct guard when, const char *destination,
                                 struct guard route)
{
    uint32_t subnet = world_add_subnet(b->w, STR("Other"), b->vpc);
    uint32_t table = world_add_table(b->w, STR("OtherTable"), b->vpc);
    world_choose_table(b->w, subnet, GUARD_TRUE, table);
    world_choose_acl(b->w, subnet, GUARD_TRUE, b->acl);
    uint32_t own = b->table;
    b->table = table;
    base_route(b, destination, b->gateway, route);
    b->table = own;
    struct world_placement p = *base_placement(b);
    p.when = when;
    p.subnet = subnet;
    world_place(b->w, b->interface, p);
    return subnet;
}

static const struct transit *transit_in(struct base_world *b, struct reach *r, uint32_t subnet)
{
    return transit_of(r, (struct transit_key){.row = edge_row(EDGE_INTERNET),
                                              .place = r->places[subnet],
                                              .gateway = b->gateway,
                                              .family = NET_V4,
                                              .protocol = PROTOCOL_TCP,
                                              .conjuncts = TRANSIT_ALL});
}

/* x: route back under p; else y: route back under q; else only to 8/8. The first two subnets let
 * the same through under other guards, the third is of another shape. */
static void placements_keep_their_own_guards_whether_joined_or_not(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    struct guard_space *s = b.space;
    struct guard v[5]; /* x, y, p, q, the rule */
    for (size_t i = 0; i < 5; i++) {
        v[i] = guard_is(s, base_variable(&b, "v", GUARD_NO_OUTCOME), 1);
    }
    world_add_default_entries(b.w, b.acl, GUARD_TRUE);
    base_route(&b, "0.0.0.0/0", b.gateway, v[2]);
    base_rule_in(&b, b.group, PROTOCOL_TCP, (struct ports){22, 22}, "0.0.0.0/0", v[4]);
    base_placement(&b)->when = v[0];
    struct guard second = guard_minus(s, v[1], v[0]);
    struct guard third = guard_not(s, guard_or(s, v[0], v[1]));
    uint32_t there = placed_elsewhere(&b, second, "0.0.0.0/0", v[3]);
    uint32_t aside = placed_elsewhere(&b, third, "8.0.0.0/8", GUARD_TRUE);
    struct guard open = guard_or(s, guard_and(s, v[0], v[2]), guard_and(s, second, v[3]));
    open = guard_or(s, open, third);
    struct reach *r = reach_new(&b.a, b.w);
    const struct transit *t = transit_in(&b, r, b.subnet);
    assert_int_equal(transit_in(&b, r, there)->shape, t->shape);
    assert_int_not_equal(transit_in(&b, r, aside)->shape, t->shape);
    assert_ptr_equal(admit_rectangles(r, b.group, transit_in(&b, r, there)).at,
                     admit_rectangles(r, b.group, t).at);
    struct reach_answer answer = reach_solve(r);
    assert_int_equal(answer.flow_n, 1);
    assert_true(guard_same(reach_guard(answer.flows[0].when), guard_and(s, open, v[4])));
    assert_int_equal(answer.flows[0].opener_n, 1);
    b.w->interfaces.at[0].open = guard_not(s, v[4]); /* and without a filter otherwise */
    answer = base_solve(&b);
    struct guard all = GUARD_FALSE;
    for (size_t i = 0; i < answer.flow_n; i++) {
        all = guard_or(s, all, reach_guard(answer.flows[i].when));
    }
    assert_int_equal(answer.flow_n, 4); /* beside port 22, and udp */
    assert_true(guard_same(all, open));
    base_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interfaces_alike_share_a_profile),
        cmocka_unit_test(the_subnet_of_a_flow_is_the_interfaces_own),
        cmocka_unit_test(every_guard_on_the_way_is_in_the_flow),
        cmocka_unit_test(each_gateway_has_its_own_rows),
        cmocka_unit_test(placements_keep_their_own_guards_whether_joined_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
