#include "reach/beyond.h"
#include "tests/reach/base_world.h"

static struct guard at(struct line l, const char *address)
{
    struct address a = prefix_from(address).first;
    struct guard g = {l.at[0].value};
    for (size_t i = 1; i < l.n && address_cmp(l.at[i].first, a) <= 0; i++) {
        g.node = l.at[i].value;
    }
    return g;
}

struct beyond_world {
    struct base_world b;
    uint32_t link;
    struct guard x, y, z;
};

/* A peering connection that is attached under x, with a source under y. */
static void begin(struct beyond_world *p)
{
    base_world(&p->b);
    p->x = guard_is(p->b.space, base_variable(&p->b, "x", GUARD_NO_OUTCOME), 1);
    p->y = guard_is(p->b.space, base_variable(&p->b, "y", GUARD_NO_OUTCOME), 1);
    p->z = guard_is(p->b.space, base_variable(&p->b, "z", GUARD_NO_OUTCOME), 1);
    p->link = world_add_gateway(p->b.w, STR("Link"), GATEWAY_PEERING);
    world_add_attachment(p->b.w, p->link, p->x, p->b.vpc);
    world_add_source(p->b.w, p->link, p->y, prefix_from("10.1.0.0/16"));
}

static void sources_count_where_the_gateway_is_attached(void **state)
{
    (void)state;
    struct beyond_world p;
    begin(&p);
    struct reach *r = reach_new(&p.b.a, p.b.w);
    const struct edge_row *row = edge_row(EDGE_PEERING);
    struct line l = beyond_line(r, &p.b.a, row, p.link, p.b.vpc, NET_V4);
    struct guard not_x = guard_not(p.b.space, p.x);
    assert_true(guard_same(at(l, "10.2.0.0"), not_x)); /* the entry rules this out */
    assert_true(guard_same(at(l, "10.1.2.3"), guard_or(p.b.space, not_x, p.y)));
    base_release(&p.b);
}

static void several_attachments_are_joined(void **state)
{
    (void)state;
    struct beyond_world p;
    begin(&p);
    struct world *w = p.b.w;
    w->gateways.at[p.link].attachments.at[0].when = GUARD_TRUE;
    world_add_attachment(w, p.link, p.z, p.b.vpc);
    world_add_source(w, p.link, GUARD_TRUE, prefix_from("10.1.2.0/24"));
    w->gateways.at[p.link].attachments.at[0].any_source = guard_and(p.b.space, p.x, p.z);
    struct reach *r = reach_new(&p.b.a, w);
    const struct edge_row *row = edge_row(EDGE_PEERING);
    struct line l = beyond_line(r, &p.b.a, row, p.link, p.b.vpc, NET_V4);
    struct guard any = guard_and(p.b.space, p.x, p.z);
    assert_true(guard_same(at(l, "10.1.2.3"), guard_or(p.b.space, p.y, p.z)));
    assert_true(guard_same(at(l, "10.1.3.3"), guard_or(p.b.space, p.y, any)));
    assert_true(guard_same(at(l, "9.9.9.9"), any));
    base_release(&p.b);
}

static void the_set_is_what_may_come_under_some_assignment(void **state)
{
    (void)state;
    struct beyond_world p;
    begin(&p);
    const struct edge_row *row = edge_row(EDGE_PEERING);
    p.b.w->family = p.x; /* always attached */
    struct reach *r = reach_new(&p.b.a, p.b.w);
    struct ipset set = beyond_set(r, &p.b.a, row, p.link, p.b.vpc, NET_V4);
    assert_int_equal(ipset_count(set), 65536);
    assert_true(ipset_is_empty(beyond_set(r, &p.b.a, row, p.link, p.b.vpc, NET_V6)));
    assert_true(
        ipset_equal(beyond_set(r, &p.b.a, row, WORLD_NONE, p.b.vpc, NET_V4), ipset_all(NET_V4)));
    assert_true(
        ipset_equal(beyond_set(r, &p.b.a, edge_row(EDGE_INTERNET), p.b.gateway, p.b.vpc, NET_V4),
                    internet_space(NET_V4)));
    base_release(&p.b);
}

static void a_source_or_an_unknown_route_tells_of_the_other_side(void **state)
{
    (void)state;
    struct beyond_world p;
    begin(&p);
    struct reach *r = reach_new(&p.b.a, p.b.w);
    assert_true(beyond_modelled(r, p.link, p.b.vpc));
    p.b.w->gateways.at[p.link].attachments.at[0].sources.n = 0;
    assert_false(beyond_modelled(r, p.link, p.b.vpc));
    base_route(&p.b, "192.168.0.0/16", p.link, GUARD_TRUE); /* says nothing of the other side */
    assert_false(beyond_modelled(r, p.link, p.b.vpc));
    world_add_route(p.b.w, p.b.table,
                    (struct world_route){.when = p.y, .gateway = p.link, .unknown = true});
    assert_true(beyond_modelled(r, p.link, p.b.vpc));
    base_release(&p.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sources_count_where_the_gateway_is_attached),
        cmocka_unit_test(several_attachments_are_joined),
        cmocka_unit_test(the_set_is_what_may_come_under_some_assignment),
        cmocka_unit_test(a_source_or_an_unknown_route_tells_of_the_other_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
