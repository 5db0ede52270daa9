#include "tests/reach/base_world.h"

static void sources_belong_to_the_last_attachment(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    uint32_t other = world_add_vpc(b.w, STR("Other"));
    uint32_t link = world_add_gateway(b.w, STR("Link"), GATEWAY_PEERING);
    world_add_attachment(b.w, link, GUARD_TRUE, b.vpc);
    uint32_t first = world_add_source(b.w, link, GUARD_TRUE, prefix_from("10.1.0.0/16"));
    world_add_attachment(b.w, link, GUARD_TRUE, other);
    uint32_t second = world_add_source(b.w, link, GUARD_FALSE, prefix_from("10.0.0.0/16"));
    const struct world_gateway *g = &b.w->gateways.at[link];
    assert_int_equal(g->attachments.at[0].sources.n, 1);
    assert_int_equal(g->attachments.at[0].sources.at[0].id, first);
    assert_int_equal(g->attachments.at[0].remote_vpc, WORLD_NONE);
    assert_int_equal(g->attachments.at[1].sources.at[0].id, second);
    assert_true(guard_is_false(g->attachments.at[1].sources.at[0].when));
    base_release(&b);
}

static void ids_are_handed_out_in_order(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    uint32_t next = b.w->next_id;
    uint32_t box = world_add_gateway(b.w, STR("Box"), GATEWAY_INTERFACE);
    uint32_t in = world_add_ingress(
        b.w, b.gateway,
        (struct world_ingress){.id = 77, .when = GUARD_TRUE, .subnet = b.subnet, .middlebox = box});
    assert_int_equal(in, next + 1);
    assert_int_equal(b.w->gateways.at[b.gateway].ingress.at[0].id, next + 1);
    uint32_t e = world_add_entrance(
        b.w, (struct world_entrance){
                 .edge = EDGE_MANAGED, .gateway = box, .when = GUARD_TRUE, .subnet = b.subnet});
    assert_int_equal(e, 0);
    assert_int_equal(b.w->entrances.at[0].id, next + 2);
    base_release(&b);
}

static void a_balancer_leads_to_its_targets(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    uint32_t lb = world_add_balancer(b.w, STR("Lb"), BALANCER_APPLICATION, b.owner);
    uint32_t group = world_add_target_group(b.w, STR("Group"));
    assert_int_equal(b.w->target_groups.at[group].protocol, PROTOCOL_TCP);
    uint32_t listener = world_add_listener(
        b.w, lb,
        (struct world_listener){.when = GUARD_TRUE, .protocol = PROTOCOL_TCP, .ports = {80, 80}});
    uint32_t forward = world_add_forward(
        b.w, lb, listener, (struct world_forward){.when = GUARD_TRUE, .target_group = group});
    uint32_t target = world_add_target(b.w, group,
                                       (struct world_target){.when = GUARD_TRUE,
                                                             .interface = b.interface,
                                                             .balancer = WORLD_NONE,
                                                             .ports = {8080, 8080}});
    assert_int_equal(b.w->balancers.at[lb].listeners.at[listener].forwards.at[0].id, forward);
    assert_int_equal(b.w->target_groups.at[group].targets.at[0].id, target);
    uint32_t shortcut = world_add_shortcut(b.w, (struct world_shortcut){.edge = EDGE_PRIVATELINK,
                                                                        .gateway = b.gateway,
                                                                        .balancer = lb,
                                                                        .interface = WORLD_NONE});
    assert_int_equal(b.w->shortcuts.at[shortcut].id, target + 1);
    base_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sources_belong_to_the_last_attachment),
        cmocka_unit_test(ids_are_handed_out_in_order),
        cmocka_unit_test(a_balancer_leads_to_its_targets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
