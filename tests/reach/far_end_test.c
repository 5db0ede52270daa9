#include "reach/far_end.h"
#include "tests/reach/peer_world.h"

static const struct ports SSH = {22, 22};

static struct far_end ask(struct peer_world *p)
{
    struct reach *r = reach_new(&p->b.a, p->b.w);
    return far_end_of(r, &(struct far_question){
                             .front = profile_of(r, p->b.interface),
                             .edge = edge_row(EDGE_PEERING),
                             .gateway = p->link,
                             .families = FAMILY_V4,
                             .protocol = PROTOCOL_TCP,
                             .ports = SSH,
                             .when = reach_known(GUARD_TRUE),
                         });
}

static struct world_rule *egress(struct peer_world *p)
{
    return &p->b.w->groups.at[p->group].rules.at[0];
}

static void nothing(struct peer_world *p)
{
    (void)p;
}
static void no_route(struct peer_world *p)
{
    p->b.w->tables.at[p->table].routes.n = 0;
}
static void narrow_route(struct peer_world *p)
{
    p->b.w->tables.at[p->table].routes.at[0].destination = prefix_from("10.0.9.0/24");
}
static void no_egress(struct peer_world *p)
{
    p->b.w->groups.at[p->group].rules.n = 0;
}
static void other_egress(struct peer_world *p)
{
    egress(p)->protocol = PROTOCOL_TCP;
    egress(p)->ports = (struct ports){80, 80};
}
static void egress_to_the_group(struct peer_world *p)
{
    egress(p)->group = p->b.group;
}
static void egress_to_another_group(struct peer_world *p)
{
    egress(p)->group = p->group;
}
static void no_group_filters_it(struct peer_world *p)
{
    p->b.w->groups.at[p->group].rules.n = 0;
    p->b.w->interfaces.at[p->interface].open = GUARD_TRUE;
}
static void nothing_leaves_its_subnet(struct peer_world *p)
{
    base_entry(&p->b, p->acl, 1, true, false, PROTOCOL_TCP, SSH, "10.0.1.0/24");
}
static void no_reply_comes_back(struct peer_world *p)
{
    base_entry(&p->b, p->acl, 1, false, false, PROTOCOL_TCP, (struct ports){1024, 65535},
               "10.0.0.0/8");
}
static void it_is_elsewhere(struct peer_world *p)
{
    p->b.w->subnets.at[p->subnet].cidrs.at[0].prefix = prefix_from("10.2.0.0/24");
}
static void it_is_attached_to_nothing(struct peer_world *p)
{
    p->b.w->interfaces.at[p->interface].owner = WORLD_NONE;
}
static void it_never_exists(struct peer_world *p)
{
    p->b.w->interfaces.at[p->interface].when = GUARD_FALSE;
}
static void its_subnet_is_not_known(struct peer_world *p)
{
    p->b.w->subnets.at[p->subnet].cidrs.n = 0;
}
static void the_link_does_not_join_its_vpc(struct peer_world *p)
{
    p->b.w->gateways.at[p->link].attachments.n = 1;
}

static void a_host_must_be_able_to_send_and_be_answered(void **state)
{
    (void)state;
    static const struct {
        void (*change)(struct peer_world *p);
        enum reach_end_to_end value;
    } cases[] = {
        {nothing, END_TO_END_CONFIRMED},
        {no_route, END_TO_END_NONE},
        {narrow_route, END_TO_END_NONE},
        {no_egress, END_TO_END_NONE},
        {other_egress, END_TO_END_NONE},
        {egress_to_the_group, END_TO_END_CONFIRMED},
        {egress_to_another_group, END_TO_END_NONE},
        {no_group_filters_it, END_TO_END_CONFIRMED},
        {nothing_leaves_its_subnet, END_TO_END_NONE},
        {no_reply_comes_back, END_TO_END_NONE},
        {it_is_elsewhere, END_TO_END_NONE},
        {it_is_attached_to_nothing, END_TO_END_NONE},
        {it_never_exists, END_TO_END_NONE},
        {its_subnet_is_not_known, END_TO_END_CONFIRMED},
        {the_link_does_not_join_its_vpc, END_TO_END_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct peer_world p;
        peer_world(&p);
        cases[i].change(&p);
        struct far_end found = ask(&p);
        if (found.value != cases[i].value) {
            fail_msg("case %zu: %u", i, (unsigned)found.value);
        }
        assert_int_equal(found.owner_n, found.value == END_TO_END_CONFIRMED ? 1 : 0);
        base_release(&p.b);
    }
}

static void owners_are_named_once_and_in_order(void **state)
{
    (void)state;
    struct peer_world p;
    peer_world(&p);
    uint32_t third = world_add_owner(p.b.w, STR("Third"), STR("AWS::EC2::Instance"));
    for (int i = 0; i < 2; i++) { /* two interfaces of one owner */
        uint32_t n = world_add_interface(p.b.w, STR("Third/NetworkInterfaces"), third);
        world_place(p.b.w, n, p.b.w->interfaces.at[p.interface].placements.at[0]);
        world_join(p.b.w, n, GUARD_TRUE, p.group);
    }
    struct far_end found = ask(&p);
    assert_int_equal(found.owner_n, 2);
    assert_int_equal(found.owners[0], p.owner);
    assert_int_equal(found.owners[1], third);
    base_release(&p.b);
}

static void what_is_not_in_the_world_is_unknown(void **state)
{
    (void)state;
    struct peer_world p;
    peer_world(&p);
    no_route(&p);
    peer_attachment(&p)->remote_vpc = WORLD_NONE;
    assert_int_equal(ask(&p).value, END_TO_END_UNKNOWN);
    peer_attachment(&p)->remote_vpc = p.vpc;
    world_add_attachment(p.b.w, p.link, GUARD_TRUE, p.b.vpc); /* nothing comes in by this one */
    assert_int_equal(ask(&p).value, END_TO_END_NONE);
    peer_attachment(&p)->any_source = GUARD_TRUE;
    assert_int_equal(ask(&p).value, END_TO_END_UNKNOWN);
    base_release(&p.b);
}

static void the_guard_of_the_flow_counts(void **state)
{
    (void)state;
    struct peer_world p;
    peer_world(&p);
    struct guard x = guard_is(p.b.space, base_variable(&p.b, "x", GUARD_NO_OUTCOME), 1);
    p.b.w->interfaces.at[p.interface].when = x;
    p.b.w->groups.at[p.b.group].rules.at[0].when = guard_not(p.b.space, x);
    assert_int_equal(ask(&p).value, END_TO_END_NONE); /* never both */
    base_release(&p.b);
}

static void of_two_answers_the_better_one_stays(void **state)
{
    (void)state;
    struct peer_world p;
    peer_world(&p);
    struct reach *r = reach_new(&p.b.a, p.b.w);
    const uint32_t one[] = {7};
    const uint32_t two[] = {3, 7};
    struct far_end none = {.value = END_TO_END_NONE};
    struct far_end unknown = {.value = END_TO_END_UNKNOWN};
    struct far_end x = {.value = END_TO_END_CONFIRMED, .owners = one, .owner_n = 1};
    struct far_end y = {.value = END_TO_END_CONFIRMED, .owners = two, .owner_n = 2};
    assert_int_equal(far_end_both(r, none, unknown).value, END_TO_END_UNKNOWN);
    assert_int_equal(far_end_both(r, unknown, none).value, END_TO_END_UNKNOWN);
    assert_int_equal(far_end_both(r, x, unknown).owner_n, 1);
    assert_int_equal(far_end_both(r, none, x).owner_n, 1);
    struct far_end both = far_end_both(r, x, y);
    assert_int_equal(both.owner_n, 2);
    assert_int_equal(both.owners[0], 3);
    assert_int_equal(both.owners[1], 7);
    base_release(&p.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_host_must_be_able_to_send_and_be_answered),
        cmocka_unit_test(owners_are_named_once_and_in_order),
        cmocka_unit_test(what_is_not_in_the_world_is_unknown),
        cmocka_unit_test(the_guard_of_the_flow_counts),
        cmocka_unit_test(of_two_answers_the_better_one_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
