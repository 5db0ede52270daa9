#include "reach/hosts.h"
#include "tests/reach/peer_world.h"

static const struct ports SSH = {22, 22};

static uint32_t add_alike(struct peer_world *p, const char *name)
{
    uint32_t owner = world_add_owner(p->b.w, str_from(name), STR("AWS::EC2::Instance"));
    uint32_t n = world_add_interface(p->b.w, str_from(name), owner);
    world_place(p->b.w, n, p->b.w->interfaces.at[p->interface].placements.at[0]);
    world_join(p->b.w, n, GUARD_TRUE, p->group);
    return n;
}

static void interfaces_alike_are_one_host(void **state)
{
    (void)state;
    struct peer_world p;
    peer_world(&p);
    uint32_t second = add_alike(&p, "Second");
    uint32_t other = add_alike(&p, "Other");
    p.b.w->interfaces.at[other].groups.n = 0;
    uint32_t loose = add_alike(&p, "Loose");
    p.b.w->interfaces.at[loose].owner = WORLD_NONE;
    struct reach *r = reach_new(&p.b.a, p.b.w);
    const struct host_list *hosts = hosts_of(r, p.vpc);
    assert_int_equal(hosts->at.n, 2);
    assert_int_equal(hosts->at.at[0].owners.n, 2);
    assert_int_equal(hosts->at.at[0].owners.at[0], p.owner);
    assert_int_equal(hosts->at.at[0].owners.at[1], p.b.w->interfaces.at[second].owner);
    assert_true(guard_is_true(hosts->at.at[0].there[NET_V4]));
    assert_true(guard_is_false(hosts->at.at[0].there[NET_V6]));
    assert_int_equal(hosts->at.at[1].owners.n, 1);
    assert_ptr_equal(hosts_of(r, p.vpc), hosts);
    assert_int_equal(hosts_of(r, p.b.vpc)->at.n, 1);
    base_release(&p.b);
}

static const struct host_sends_list *sends(struct peer_world *p, struct reach *r)
{
    return host_sends(r, &hosts_of(r, p->vpc)->at.at[0], p->link, profile_of(r, p->b.interface), 0,
                      NET_V4, PROTOCOL_TCP);
}

static void a_host_sends_what_its_rules_and_acl_let_out(void **state)
{
    (void)state;
    struct peer_world p;
    peer_world(&p);
    base_entry(&p.b, p.acl, 1, true, false, PROTOCOL_TCP, (struct ports){80, 65535}, "10.0.0.0/8");
    struct reach *r = reach_new(&p.b.a, p.b.w);
    const struct host_sends_list *all = sends(&p, r);
    assert_int_equal(all->at.n, 1);
    assert_true(guard_is_true(all->at.at[0].when));
    assert_true(guard_is_true(portmap_some(&r->ports, all->at.at[0].ports, SSH)));
    const struct ports web = {80, 80};
    assert_true(guard_is_false(portmap_some(&r->ports, all->at.at[0].ports, web)));
    assert_ptr_equal(sends(&p, r), all);
    base_release(&p.b);
}

static void without_a_route_it_sends_nothing(void **state)
{
    (void)state;
    struct peer_world p;
    peer_world(&p);
    p.b.w->tables.at[p.table].routes.n = 0;
    assert_int_equal(sends(&p, reach_new(&p.b.a, p.b.w))->at.n, 0);
    base_release(&p.b);
}

static void a_default_route_leads_to_the_gateway_too(void **state)
{
    (void)state;
    struct peer_world p;
    peer_world(&p);
    p.b.w->tables.at[p.table].routes.at[0].destination = prefix_from("0.0.0.0/0");
    assert_int_equal(sends(&p, reach_new(&p.b.a, p.b.w))->at.n, 1);
    base_release(&p.b);
}

static void rules_that_name_groups_tell_targets_apart(void **state)
{
    (void)state;
    struct peer_world p;
    peer_world(&p);
    p.b.w->groups.at[p.group].rules.at[0].group = p.b.group;
    uint32_t bare = base_instance(&p.b); /* carries no group */
    struct reach *r = reach_new(&p.b.a, p.b.w);
    assert_int_equal(sends(&p, r)->at.n, 1);
    const struct host *host = &hosts_of(r, p.vpc)->at.at[0];
    assert_int_equal(
        host_sends(r, host, p.link, profile_of(r, bare), 0, NET_V4, PROTOCOL_TCP)->at.n, 0);
    base_release(&p.b);
}

static void owners_of_several_hosts_are_sorted_once(void **state)
{
    (void)state;
    struct peer_world p;
    peer_world(&p);
    uint32_t other = add_alike(&p, "Other");
    p.b.w->interfaces.at[other].groups.n = 0;
    p.b.w->interfaces.at[other].owner = p.b.owner; /* which was there first */
    uint32_t twice = add_alike(&p, "Twice");
    p.b.w->interfaces.at[twice].owner = p.owner;
    struct reach *r = reach_new(&p.b.a, p.b.w);
    const uint32_t both[] = {0, 1};
    struct host_owners owners = hosts_owners(r, p.vpc, both, 2);
    assert_int_equal(owners.n, 2);
    assert_int_equal(owners.at[0], p.b.owner);
    assert_int_equal(owners.at[1], p.owner);
    assert_ptr_equal(hosts_owners(r, p.vpc, both, 2).at, owners.at);
    assert_int_equal(hosts_owners(r, p.vpc, both, 1).n, 1);
    base_release(&p.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interfaces_alike_are_one_host),
        cmocka_unit_test(a_host_sends_what_its_rules_and_acl_let_out),
        cmocka_unit_test(without_a_route_it_sends_nothing),
        cmocka_unit_test(a_default_route_leads_to_the_gateway_too),
        cmocka_unit_test(rules_that_name_groups_tell_targets_apart),
        cmocka_unit_test(owners_of_several_hosts_are_sorted_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
