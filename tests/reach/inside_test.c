#include "reach/inside.h"

#include "tests/reach/hop_world.h"

static const struct ports SSH = {22, 22};

/* Another instance in the sender's subnet, with the sender's group, which may send anything. */
struct inside_world {
    struct hop_world h;
    uint32_t sender, egress;
    struct inside_answer answer;
};

static void inside_world(struct inside_world *x)
{
    memset(x, 0, sizeof *x);
    hop_world(&x->h);
    struct base_world *b = &x->h.b;
    x->sender = base_instance(b);
    struct world_interface *n = &b->w->interfaces.at[x->sender];
    n->placements.at[0].subnet = x->h.subnet;
    world_join(b->w, x->sender, GUARD_TRUE, x->h.group);
}

static void let_out(struct inside_world *x, const char *remote)
{
    struct base_world *b = &x->h.b;
    x->egress = world_add_rule(b->w, x->h.group,
                               (struct world_rule){.when = GUARD_TRUE,
                                                   .egress = true,
                                                   .protocol = PROTOCOL_ALL,
                                                   .ports = PORTS_ALL,
                                                   .group = WORLD_NONE,
                                                   .remote = ipset_of(&b->a, prefix_from(remote))});
}

static void ask(struct inside_world *x, struct ports ports)
{
    struct reach *r = reach_new(&x->h.b.a, x->h.b.w);
    x->answer =
        reach_inside(r, (struct inside_question){x->sender, x->h.b.interface, PROTOCOL_TCP, ports});
}

static void a_reference_to_the_senders_group_opens(void **state)
{
    (void)state;
    struct inside_world x;
    inside_world(&x);
    let_out(&x, "0.0.0.0/0");
    uint32_t rule = hop_reference(&x.h, SSH);
    ask(&x, SSH);
    assert_true(x.answer.same_vpc);
    assert_int_equal(x.answer.way_n, 1);
    assert_int_equal(x.answer.blocker_n, 0);
    const struct inside_way *w = &x.answer.ways[0];
    assert_int_equal(w->judgement.verdict, REACH_REACHABLE);
    assert_int_equal(w->rule, rule);
    assert_int_equal(w->sent_rule, x.egress);
    assert_int_equal(w->acl_to, x.h.b.w->acls.at[x.h.b.acl].id);
    assert_int_equal(w->acl_from, x.h.b.w->acls.at[x.h.acl].id);
    base_release(&x.h.b);
}

static void a_rule_for_another_range_blocks_alone(void **state)
{
    (void)state;
    struct inside_world x;
    inside_world(&x);
    let_out(&x, "0.0.0.0/0");
    base_rule(&x.h.b, PROTOCOL_TCP, SSH, "10.0.9.0/24");
    ask(&x, SSH);
    assert_int_equal(x.answer.way_n, 0);
    assert_int_equal(x.answer.blocker_n, 1);
    assert_int_equal(x.answer.blockers[0].part, INSIDE_ADMITTED);
    assert_true(x.answer.blockers[0].alone);
    base_release(&x.h.b);
}

/* Neither the sender's rules nor the ACL let it out: neither would do by itself. */
static void two_that_block_are_not_alone(void **state)
{
    (void)state;
    struct inside_world x;
    inside_world(&x);
    let_out(&x, "192.0.2.0/24");
    hop_reference(&x.h, SSH);
    uint32_t deny = base_entry(&x.h.b, x.h.acl, 10, true, false, PROTOCOL_TCP, SSH, "10.0.0.0/8");
    ask(&x, SSH);
    assert_int_equal(x.answer.blocker_n, 2);
    assert_int_equal(x.answer.blockers[0].part, INSIDE_SENT);
    assert_int_equal(x.answer.blockers[1].part, INSIDE_ACL_FORTH);
    assert_int_equal(x.answer.blockers[1].element, x.h.b.w->acls.at[x.h.acl].id);
    assert_int_equal(x.answer.blockers[1].entry, deny);
    assert_false(x.answer.blockers[0].alone);
    assert_false(x.answer.blockers[1].alone);
    base_release(&x.h.b);
}

static void within_one_subnet_no_acl_is_asked(void **state)
{
    (void)state;
    struct inside_world x;
    inside_world(&x);
    let_out(&x, "0.0.0.0/0");
    hop_reference(&x.h, SSH);
    x.h.b.w->interfaces.at[x.sender].placements.at[0].subnet = x.h.b.subnet;
    base_entry(&x.h.b, x.h.b.acl, 10, false, false, PROTOCOL_ALL, PORTS_ALL, "0.0.0.0/0");
    ask(&x, SSH);
    assert_int_equal(x.answer.way_n, 1);
    assert_int_equal(x.answer.ways[0].acl_to, WORLD_NONE);
    base_release(&x.h.b);
}

static void a_database_listens_on_its_port_only(void **state)
{
    (void)state;
    struct inside_world x;
    inside_world(&x);
    let_out(&x, "0.0.0.0/0");
    hop_reference(&x.h, PORTS_ALL);
    struct world_interface *n = &x.h.b.w->interfaces.at[x.h.b.interface];
    *VEC_ADD(x.h.b.w->arena, &n->listens) =
        (struct world_listening){GUARD_TRUE, PROTOCOL_TCP, {3306, 3306}};
    ask(&x, SSH);
    assert_int_equal(x.answer.blocker_n, 1);
    assert_int_equal(x.answer.blockers[0].part, INSIDE_LISTENS);
    ask(&x, PORTS_ALL);
    assert_int_equal(x.answer.way_n, 1);
    assert_int_equal(x.answer.ways[0].ports.begin, 3306);
    assert_int_equal(x.answer.ways[0].ports.end, 3306);
    base_release(&x.h.b);
}

static void two_vpcs_are_not_one(void **state)
{
    (void)state;
    struct inside_world x;
    inside_world(&x);
    x.h.b.w->subnets.at[x.h.subnet].vpc = world_add_vpc(x.h.b.w, STR("Elsewhere"));
    ask(&x, SSH);
    assert_false(x.answer.same_vpc);
    assert_int_equal(x.answer.way_n, 0);
    base_release(&x.h.b);
}

static void every_part_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < INSIDE_PARTS; i++) {
        for (int k = 0; k < i; k++) {
            assert_string_not_equal(inside_part_name((enum inside_part)i),
                                    inside_part_name((enum inside_part)k));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reference_to_the_senders_group_opens),
        cmocka_unit_test(a_rule_for_another_range_blocks_alone),
        cmocka_unit_test(two_that_block_are_not_alone),
        cmocka_unit_test(within_one_subnet_no_acl_is_asked),
        cmocka_unit_test(a_database_listens_on_its_port_only),
        cmocka_unit_test(two_vpcs_are_not_one),
        cmocka_unit_test(every_part_has_a_name_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
