#include "reach/reference.h"
#include "tests/reach/peer_world.h"

static const struct ports SSH = {22, 22};

struct reference_world {
    struct peer_world p;
    uint32_t index; /* of the rule that names the peer's group */
    struct reach *r;
    const struct transit *transit;
};

static void begin(struct reference_world *x)
{
    peer_world(&x->p);
    peer_attachment(&x->p)->group_references = GUARD_TRUE;
    x->index = (uint32_t)x->p.b.w->groups.at[x->p.b.group].rules.n;
    world_add_rule(
        x->p.b.w, x->p.b.group,
        (struct world_rule){
            .when = GUARD_TRUE, .protocol = PROTOCOL_TCP, .ports = SSH, .group = x->p.group});
}

static struct contribution_heap open_now(struct reference_world *x)
{
    x->r = reach_new(&x->p.b.a, x->p.b.w);
    x->transit = transit_of(x->r, (struct transit_key){
                                      .row = edge_row(EDGE_PEERING),
                                      .place = x->r->places[x->p.b.subnet],
                                      .gateway = x->p.link,
                                      .family = NET_V4,
                                      .protocol = PROTOCOL_TCP,
                                      .conjuncts = TRANSIT_ALL,
                                  });
    assert_non_null(x->transit->plain);
    struct contribution_heap heap = {.arena = &x->p.b.a};
    reference_open(x->r, x->transit->plain, x->p.b.group, x->index, &heap);
    return heap;
}

static void the_sources_are_the_carriers_subnets(void **state)
{
    (void)state;
    struct reference_world x;
    begin(&x);
    struct contribution_heap heap = open_now(&x);
    assert_int_equal(heap.all.n, 1);
    assert_true(guard_is_true(heap.all.at[0].when));
    assert_int_equal(ipset_count(heap.all.at[0].passing), 256);
    struct ipset sources = reference_sources(x.r, &x.p.b.a, x.transit, x.p.b.group, x.index);
    assert_true(ipset_equal(sources, heap.all.at[0].passing));
    base_release(&x.p.b);
}

static void a_carrier_under_a_guard_counts_under_it(void **state)
{
    (void)state;
    struct reference_world x;
    begin(&x);
    struct guard g = guard_is(x.p.b.space, base_variable(&x.p.b, "x", GUARD_NO_OUTCOME), 1);
    x.p.b.w->interfaces.at[x.p.interface].groups.at[0].when = g;
    struct contribution_heap heap = open_now(&x);
    assert_int_equal(heap.all.n, 1);
    assert_true(guard_same(heap.all.at[0].when, g));
    base_release(&x.p.b);
}

static void only_carriers_in_the_other_vpc_count(void **state)
{
    (void)state;
    struct reference_world x;
    begin(&x);
    world_join(x.p.b.w, x.p.b.interface, GUARD_TRUE, x.p.group); /* on this side */
    x.p.b.w->interfaces.at[x.p.interface].groups.n = 0;
    assert_int_equal(open_now(&x).all.n, 0);
    base_release(&x.p.b);
}

static void other_gateways_know_no_groups(void **state)
{
    (void)state;
    struct reference_world x;
    begin(&x);
    (void)open_now(&x);
    const struct transit *t = transit_of(x.r, (struct transit_key){
                                                  .row = edge_row(EDGE_INTERNET),
                                                  .place = x.r->places[x.p.b.subnet],
                                                  .gateway = x.p.b.gateway,
                                                  .family = NET_V4,
                                                  .protocol = PROTOCOL_TCP,
                                                  .conjuncts = TRANSIT_ALL,
                                              });
    assert_null(t->plain);
    assert_int_equal(admit_of(x.r, x.p.b.group, t).n, 0);
    base_release(&x.p.b);
}

static void behind_a_middlebox_groups_are_lost(void **state)
{
    (void)state;
    struct reference_world x;
    begin(&x);
    struct world *w = x.p.b.w;
    uint32_t box = world_add_gateway(w, STR("Box"), GATEWAY_INTERFACE);
    w->gateways.at[box].subnet = x.p.b.subnet;
    w->gateways.at[box].passes = GUARD_TRUE;
    world_add_ingress(
        w, x.p.link,
        (struct world_ingress){.when = GUARD_TRUE, .subnet = x.p.b.subnet, .middlebox = box});
    assert_int_equal(open_now(&x).all.n, 0);
    base_release(&x.p.b);
}

static void a_question_may_name_sources_and_ports(void **state)
{
    (void)state;
    struct reference_world x;
    begin(&x);
    (void)open_now(&x);
    struct ipset near = ipset_of(&x.p.b.a, prefix_from("10.1.1.128/25"));
    struct ipset far = ipset_of(&x.p.b.a, prefix_from("10.1.2.0/24"));
    const struct transit *plain = x.transit->plain;
    uint32_t g = x.p.b.group;
    assert_true(reference_some(x.r, plain, g, x.index, near, SSH, GUARD_TRUE));
    assert_false(reference_some(x.r, plain, g, x.index, far, SSH, GUARD_TRUE));
    assert_false(reference_some(x.r, plain, g, x.index, near, SSH, GUARD_FALSE));
    const struct ports web = {80, 80};
    assert_false(reference_some(x.r, plain, g, x.index, near, web, GUARD_TRUE));
    base_release(&x.p.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sources_are_the_carriers_subnets),
        cmocka_unit_test(a_carrier_under_a_guard_counts_under_it),
        cmocka_unit_test(only_carriers_in_the_other_vpc_count),
        cmocka_unit_test(other_gateways_know_no_groups),
        cmocka_unit_test(behind_a_middlebox_groups_are_lost),
        cmocka_unit_test(a_question_may_name_sources_and_ports),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
