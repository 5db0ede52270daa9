/*
 * The sender stands in the other VPC of the peered world; the target is the base interface.
 */
#include "reach/hop_cross.h"
#include "tests/check.h"
#include "tests/reach/peer_world.h"

struct cross_world {
    struct peer_world p;
    struct reach *r;
    struct hop hop;
};

static void cross_ready(struct cross_world *x)
{
    struct world *w = x->p.b.w;
    struct world_gateway *g = &w->gateways.at[x->p.link];
    g->attachments.at[1].remote_vpc = x->p.b.vpc;
    x->r = reach_new(&x->p.b.a, w);
    x->hop = (struct hop){
        .sender = {.name = STR("Sender"), .subnet = x->p.subnet, .leaves = true},
        .target = profile_of(x->r, x->p.b.interface),
        .family = NET_V4,
        .protocol = PROTOCOL_TCP,
    };
}

static void crosses(struct cross_world *x, const char *open, const char *refers)
{
    struct hop_cross found = hop_cross(x->r, &x->hop);
    struct buf out;
    buf_init(&out);
    guard_print(x->p.b.space, found.open, &out);
    assert_str(buf_str(&out), open);
    buf_release(&out);
    buf_init(&out);
    guard_print(x->p.b.space, found.refers, &out);
    assert_str(buf_str(&out), refers);
    buf_release(&out);
    arena_release(&x->p.b.a);
}

static void routes_both_ways_lead_across(void **state)
{
    (void)state;
    struct cross_world x;
    peer_world(&x.p);
    cross_ready(&x);
    x.p.b.w->gateways.at[x.p.link].attachments.at[1].group_references = GUARD_TRUE;
    crosses(&x, "true", "true");
}

static void references_need_leave_of_the_connection(void **state)
{
    (void)state;
    struct cross_world x;
    peer_world(&x.p);
    cross_ready(&x);
    x.p.b.w->gateways.at[x.p.link].attachments.at[1].group_references = GUARD_FALSE;
    crosses(&x, "true", "false");
}

static void without_a_route_there_is_no_way(void **state)
{
    (void)state;
    struct cross_world x;
    peer_world(&x.p);
    x.p.b.w->tables.at[x.p.table].routes.at[0].gateway = WORLD_NONE;
    cross_ready(&x);
    crosses(&x, "false", "false");
}

/* The client's address is kept: the answer goes back to the balancer by itself. */
static void with_the_clients_address_the_way_back_needs_no_route(void **state)
{
    (void)state;
    for (int keeps = 0; keeps < 2; keeps++) {
        struct cross_world x;
        peer_world(&x.p);
        struct world_table *table = &x.p.b.w->tables.at[x.p.b.table];
        for (size_t i = 0; i < table->routes.n; i++) {
            if (table->routes.at[i].gateway == x.p.link) {
                table->routes.at[i].gateway = WORLD_NONE;
            }
        }
        cross_ready(&x);
        x.hop.sender.keeps_client = keeps == 1;
        crosses(&x, keeps ? "true" : "false", "false");
    }
}

/* A route to a part of the subnet leads to the target if its address is there. */
static void a_route_to_a_part_rests_on_the_targets_address(void **state)
{
    (void)state;
    struct cross_world x;
    peer_world(&x.p);
    x.p.b.w->tables.at[x.p.table].routes.at[0].destination = prefix_from("10.0.1.0/25");
    cross_ready(&x);
    crosses(&x, "A-ADDR(Server/NetworkInterfaces/0)", "false");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(routes_both_ways_lead_across),
        cmocka_unit_test(references_need_leave_of_the_connection),
        cmocka_unit_test(without_a_route_there_is_no_way),
        cmocka_unit_test(with_the_clients_address_the_way_back_needs_no_route),
        cmocka_unit_test(a_route_to_a_part_rests_on_the_targets_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
