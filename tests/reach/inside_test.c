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
    assert_false(x.answer.blockers[0].joint);
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

static struct guard fact(struct inside_world *x, const char *name)
{
    return guard_is(x->h.b.space, base_variable(&x->h.b, name, GUARD_NO_OUTCOME), 1);
}

/* A port on which udp listens is none on which tcp does. */
static void what_listens_listens_on_one_protocol(void **state)
{
    (void)state;
    struct inside_world x;
    inside_world(&x);
    let_out(&x, "0.0.0.0/0");
    hop_reference(&x.h, PORTS_ALL);
    struct world_interface *n = &x.h.b.w->interfaces.at[x.h.b.interface];
    *VEC_ADD(x.h.b.w->arena, &n->listens) =
        (struct world_listening){GUARD_TRUE, PROTOCOL_UDP, {0, 65535}};
    ask(&x, SSH);
    assert_int_equal(x.answer.way_n, 0);
    assert_int_equal(x.answer.blocker_n, 1);
    assert_int_equal(x.answer.blockers[0].part, INSIDE_LISTENS);
    *VEC_ADD(x.h.b.w->arena, &n->listens) =
        (struct world_listening){GUARD_TRUE, PROTOCOL_TCP, {20, 30}};
    ask(&x, PORTS_ALL);
    assert_int_equal(x.answer.way_n, 1);
    assert_int_equal(x.answer.ways[0].ports.begin, 20);
    assert_int_equal(x.answer.ways[0].ports.end, 30);
    base_release(&x.h.b);
}

static void two_rules_that_open_the_same_are_one_way(void **state)
{
    (void)state;
    struct inside_world x;
    inside_world(&x);
    let_out(&x, "0.0.0.0/0");
    struct guard one = fact(&x, "one");
    struct guard two = fact(&x, "two");
    base_rule_in(&x.h.b, x.h.b.group, PROTOCOL_TCP, SSH, "10.0.2.0/24", one);
    base_rule_in(&x.h.b, x.h.b.group, PROTOCOL_TCP, SSH, "10.0.0.0/16", two);
    ask(&x, SSH);
    assert_int_equal(x.answer.way_n, 1);
    assert_true(guard_same(x.answer.ways[0].when, guard_or(x.h.b.space, one, two)));
    base_release(&x.h.b);
}

static void each_way_names_the_rule_that_opens_its_ports(void **state)
{
    (void)state;
    struct inside_world x;
    inside_world(&x);
    let_out(&x, "0.0.0.0/0");
    uint32_t ssh = hop_reference(&x.h, SSH);
    uint32_t web = base_rule(&x.h.b, PROTOCOL_TCP, (struct ports){80, 80}, "10.0.2.0/24");
    ask(&x, PORTS_ALL);
    assert_int_equal(x.answer.way_n, 2);
    assert_int_equal(x.answer.ways[0].ports.begin, 22);
    assert_int_equal(x.answer.ways[0].rule, ssh);
    assert_int_equal(x.answer.ways[1].ports.begin, 80);
    assert_int_equal(x.answer.ways[1].rule, web);
    assert_int_equal(x.answer.ways[1].group, x.h.b.w->groups.at[x.h.b.group].id);
    base_release(&x.h.b);
}

/* The first names a group that the target is not in, the second another port, the third another
 * protocol, the fourth other addresses, the fifth is for what comes in. */
static void the_rule_that_sends_is_the_first_that_fits(void **state)
{
    (void)state;
    struct inside_world x;
    inside_world(&x);
    struct base_world *b = &x.h.b;
    uint32_t stranger = world_add_group(b->w, STR("Stranger"), b->vpc);
    struct ipset all = ipset_all(NET_V4);
    struct ipset far = ipset_of(&b->a, prefix_from("192.0.2.0/24"));
    const struct world_rule rules[] = {
        {.when = GUARD_TRUE,
         .egress = true,
         .protocol = PROTOCOL_ALL,
         .ports = PORTS_ALL,
         .group = stranger},
        {.when = GUARD_TRUE,
         .egress = true,
         .protocol = PROTOCOL_TCP,
         .ports = {23, 23},
         .group = WORLD_NONE,
         .remote = all},
        {.when = GUARD_TRUE,
         .egress = true,
         .protocol = PROTOCOL_UDP,
         .ports = SSH,
         .group = WORLD_NONE,
         .remote = all},
        {.when = GUARD_TRUE,
         .egress = true,
         .protocol = PROTOCOL_TCP,
         .ports = SSH,
         .group = WORLD_NONE,
         .remote = far},
        {.when = GUARD_TRUE,
         .egress = false,
         .protocol = PROTOCOL_TCP,
         .ports = SSH,
         .group = WORLD_NONE,
         .remote = all},
        {.when = GUARD_TRUE,
         .egress = true,
         .protocol = PROTOCOL_TCP,
         .ports = SSH,
         .group = b->group},
        {.when = GUARD_TRUE,
         .egress = true,
         .protocol = PROTOCOL_ALL,
         .ports = PORTS_ALL,
         .group = WORLD_NONE,
         .remote = all},
    };
    uint32_t ids[7];
    for (size_t i = 0; i < 7; i++) {
        ids[i] = world_add_rule(b->w, x.h.group, rules[i]);
    }
    hop_reference(&x.h, SSH);
    ask(&x, SSH);
    assert_int_equal(x.answer.way_n, 1);
    assert_int_equal(x.answer.ways[0].sent_rule, ids[5]);
    assert_int_equal(x.answer.ways[0].sent_group, b->w->groups.at[x.h.group].id);
    base_release(&x.h.b);
}

/* What does not exist has no subnet whose ACL could be named. */
static void a_sender_that_is_nowhere_is_blocked_by_every_part(void **state)
{
    (void)state;
    struct inside_world x;
    inside_world(&x);
    let_out(&x, "0.0.0.0/0");
    hop_reference(&x.h, SSH);
    x.h.b.w->interfaces.at[x.sender].placements.at[0].when = GUARD_FALSE;
    ask(&x, SSH);
    assert_true(x.answer.same_vpc);
    assert_int_equal(x.answer.way_n, 0);
    assert_int_equal(x.answer.blocker_n, INSIDE_LISTENS);
    for (size_t i = 0; i < INSIDE_LISTENS; i++) {
        const struct inside_blocker *blocker = &x.answer.blockers[i];
        bool acl = i == INSIDE_ACL_FORTH || i == INSIDE_ACL_BACK;
        assert_int_equal(blocker->part, i);
        assert_false(blocker->alone);
        assert_false(blocker->joint);
        assert_int_equal(blocker->element == WORLD_NONE, acl);
    }
    base_release(&x.h.b);
}

static void the_entry_that_keeps_the_reply_back_is_named(void **state)
{
    (void)state;
    struct inside_world x;
    inside_world(&x);
    let_out(&x, "0.0.0.0/0");
    hop_reference(&x.h, SSH);
    uint32_t deny = base_entry(&x.h.b, x.h.b.acl, 10, true, false, PROTOCOL_TCP,
                               (struct ports){1024, 65535}, "10.0.2.0/24");
    ask(&x, SSH);
    assert_int_equal(x.answer.way_n, 0);
    assert_int_equal(x.answer.blocker_n, 1);
    assert_int_equal(x.answer.blockers[0].part, INSIDE_ACL_BACK);
    assert_int_equal(x.answer.blockers[0].element, x.h.b.w->acls.at[x.h.b.acl].id);
    assert_int_equal(x.answer.blockers[0].entry, deny);
    assert_true(x.answer.blockers[0].alone);
    base_release(&x.h.b);
}

/* The rule is there only where the entry that denies is, too: each of the two leaves a deployment
 * in which it would do no harm, but not the same. */
static void two_parts_may_block_only_together(void **state)
{
    (void)state;
    struct inside_world x;
    inside_world(&x);
    struct base_world *b = &x.h.b;
    let_out(&x, "0.0.0.0/0");
    struct guard one = fact(&x, "one");
    base_rule_in(b, b->group, PROTOCOL_TCP, SSH, "10.0.2.0/24", one);
    base_entry(b, x.h.acl, 10, true, false, PROTOCOL_TCP, SSH, "10.0.0.0/8");
    struct world_acl *acl = &b->w->acls.at[x.h.acl];
    acl->entries.at[acl->entries.n - 1].when = one;
    ask(&x, SSH);
    assert_int_equal(x.answer.way_n, 0);
    assert_int_equal(x.answer.blocker_n, 2);
    assert_int_equal(x.answer.blockers[0].part, INSIDE_ACL_FORTH);
    assert_int_equal(x.answer.blockers[0].element, WORLD_NONE); /* not always this one */
    assert_int_equal(x.answer.blockers[1].part, INSIDE_ADMITTED);
    assert_int_equal(x.answer.blockers[1].element, b->w->groups.at[b->group].id);
    for (size_t i = 0; i < 2; i++) {
        assert_true(x.answer.blockers[i].joint);
        assert_false(x.answer.blockers[i].alone);
    }
    base_release(b);
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
        cmocka_unit_test(what_listens_listens_on_one_protocol),
        cmocka_unit_test(two_rules_that_open_the_same_are_one_way),
        cmocka_unit_test(each_way_names_the_rule_that_opens_its_ports),
        cmocka_unit_test(the_rule_that_sends_is_the_first_that_fits),
        cmocka_unit_test(a_sender_that_is_nowhere_is_blocked_by_every_part),
        cmocka_unit_test(the_entry_that_keeps_the_reply_back_is_named),
        cmocka_unit_test(two_parts_may_block_only_together),
        cmocka_unit_test(two_vpcs_are_not_one),
        cmocka_unit_test(every_part_has_a_name_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
