/*
 * The path through a balancer, step by step (SEMANTICS 5.7).
 */
#include "tests/reach/balancer_world.h"

static const char THROUGH[] = "internet 0 via 0 :443 v4 tcp 8080-8080 reachable world\n";

static void assert_step(const struct reach_flow *f, size_t i, enum reach_step_kind kind,
                        uint32_t element, uint32_t entry)
{
    const struct reach_example *e = reach_example(f);
    assert_true(i < e->path_n);
    assert_int_equal(e->path[i].kind, kind);
    assert_int_equal(e->path[i].element, element);
    assert_int_equal(e->path[i].entry, entry);
}

static void t25_a_private_instance_is_reached_through_the_balancer(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    assert_str(lb_flows(&x), THROUGH);
    struct reach_answer answer = base_solve(&x.b);
    const struct world *w = x.b.w;
    const struct reach_flow *f = &answer.flows[0];
    const struct reach_example *e = reach_example(f);
    const struct world_acl *front = &w->acls.at[x.b.acl];
    const struct world_acl *behind = &w->acls.at[x.private_acl];
    assert_int_equal(e->path_n, 10);
    assert_step(f, 0, STEP_EDGE, w->gateways.at[x.b.gateway].id, x.b.attachment);
    assert_step(f, 1, STEP_ACL, front->id, front->entries.at[0].id);
    assert_step(f, 2, STEP_GROUP, w->groups.at[x.lb_group].id, x.lb_rule);
    assert_step(f, 3, STEP_BALANCER, w->balancers.at[x.lb].id, w->interfaces.at[x.lb_interface].id);
    assert_step(f, 4, STEP_LISTENER, w->balancers.at[x.lb].listeners.at[0].id, x.forward);
    assert_step(f, 5, STEP_TARGET_GROUP, w->target_groups.at[x.target_group].id, x.target);
    assert_step(f, 6, STEP_ACL, behind->id, behind->entries.at[0].id);
    assert_step(f, 7, STEP_GROUP, w->groups.at[x.b.group].id, x.target_rule);
    assert_step(f, 8, STEP_INTERFACE, w->interfaces.at[x.b.interface].id, WORLD_NONE);
    assert_step(f, 9, STEP_OWNER, w->owners.at[x.b.owner].id, WORLD_NONE);
    assert_int_equal(f->opener_n, 1);
    assert_int_equal(f->openers[0].rule, x.target_rule);
    assert_int_equal(f->front_opener_n, 1);
    assert_int_equal(f->front_openers[0].rule, x.lb_rule);
    assert_int_equal(f->front_openers[0].group, x.lb_group);
    assert_int_equal(f->front_openers[0].exposure, EXPOSURE_WORLD);
    assert_int_equal(e->subnet, w->subnets.at[x.private_subnet].id);
    assert_int_equal(e->table, w->tables.at[x.b.table].id);
    assert_int_equal(e->route, x.b.route);
    assert_int_equal(e->public_by, 815);
    base_release(&x.b);
}

/* Internet -> network balancer -> application balancer (private) -> instance. */
static void a_balancer_behind_a_balancer_is_a_chain(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    struct world *w = x.b.w;
    w->interfaces.at[x.lb_interface].placements.at[0].public4 = GUARD_FALSE;
    uint32_t nlb = lb_add(&x, "Nlb", BALANCER_NETWORK);
    uint32_t n = lb_add_interface(&x, nlb, x.b.subnet, GUARD_TRUE);
    lb_serve(&x, nlb, GUARD_TRUE, x.b.subnet, x.b.subnet);
    uint32_t listener = lb_listen(&x, nlb, 4433);
    uint32_t group = lb_target_group(&x, GUARD_FALSE); /* kept all the same (1.6) */
    uint32_t forward = lb_forward(&x, nlb, listener, group);
    uint32_t target = world_add_target(
        w, group,
        (struct world_target){
            .when = GUARD_TRUE, .interface = WORLD_NONE, .balancer = x.lb, .ports = {443, 443}});
    assert_str(lb_flows(&x), "internet 0 via 1 :4433 v4 tcp 8080-8080 reachable world\n");
    struct reach_answer answer = base_solve(&x.b);
    const struct reach_flow *f = &answer.flows[0];
    /* edge, ACL, [no group], three of the one, its group's rule, three of the other, ACL, ... */
    assert_int_equal(reach_example(f)->path_n, 13);
    assert_step(f, 2, STEP_BALANCER, w->balancers.at[nlb].id, w->interfaces.at[n].id);
    assert_step(f, 3, STEP_LISTENER, w->balancers.at[nlb].listeners.at[0].id, forward);
    assert_step(f, 4, STEP_TARGET_GROUP, w->target_groups.at[group].id, target);
    assert_step(f, 5, STEP_GROUP, w->groups.at[x.lb_group].id, x.lb_rule);
    assert_step(f, 6, STEP_BALANCER, w->balancers.at[x.lb].id, w->interfaces.at[x.lb_interface].id);
    assert_step(f, 8, STEP_TARGET_GROUP, w->target_groups.at[x.target_group].id, x.target);
    assert_step(f, 10, STEP_GROUP, w->groups.at[x.b.group].id, x.target_rule);
    assert_int_equal(f->front_opener_n, 0);
    /* The client's address is what the second balancer's group looks at. */
    w->groups.at[x.lb_group].rules.at[0].remote = ipset_of(&x.b.a, prefix_from("10.0.0.0/8"));
    assert_str(lb_flows(&x), "");
    base_release(&x.b);
}

static void an_unfiltered_target_needs_no_rule(void **state)
{
    (void)state;
    struct balancer_world x;
    lb_world(&x);
    x.b.w->interfaces.at[x.b.interface].groups.n = 0;
    x.b.w->interfaces.at[x.b.interface].open = GUARD_TRUE;
    assert_str(lb_flows(&x), THROUGH);
    struct reach_answer answer = base_solve(&x.b);
    assert_int_equal(answer.flows[0].opener_n, 0);
    assert_int_equal(reach_example(&answer.flows[0])->path_n, 9);
    assert_int_equal(answer.flows[0].front_opener_n, 1);
    base_release(&x.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t25_a_private_instance_is_reached_through_the_balancer),
        cmocka_unit_test(a_balancer_behind_a_balancer_is_a_chain),
        cmocka_unit_test(an_unfiltered_target_needs_no_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
