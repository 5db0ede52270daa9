#include "reach/middlebox.h"
#include "tests/reach/base_world.h"

struct box_world {
    struct base_world b;
    uint32_t first, second; /* middleboxes */
    struct guard x, y;
    struct reach *r;
};

static uint32_t add_box(struct box_world *p, const char *name)
{
    uint32_t box = world_add_gateway(p->b.w, str_from(name), GATEWAY_INTERFACE);
    p->b.w->gateways.at[box].subnet = p->b.subnet;
    p->b.w->gateways.at[box].passes = GUARD_TRUE;
    return box;
}

/* The gateway's table leads to First under x; the subnet's own knows Second. */
static void begin(struct box_world *p)
{
    base_world(&p->b);
    p->x = guard_is(p->b.space, base_variable(&p->b, "x", GUARD_NO_OUTCOME), 1);
    p->y = guard_is(p->b.space, base_variable(&p->b, "y", GUARD_NO_OUTCOME), 1);
    p->first = add_box(p, "First");
    p->second = add_box(p, "Second");
    world_add_ingress(
        p->b.w, p->b.gateway,
        (struct world_ingress){.when = p->x, .subnet = p->b.subnet, .middlebox = p->first});
    base_route(&p->b, "8.0.0.0/8", p->second, GUARD_TRUE);
}

static const struct middleboxes *all(struct box_world *p)
{
    p->r = reach_new(&p->b.a, p->b.w);
    return middleboxes_of(p->r, p->r->places[p->b.subnet], p->b.gateway);
}

static void both_tables_lead_to_middleboxes(void **state)
{
    (void)state;
    struct box_world p;
    begin(&p);
    const struct middleboxes *m = all(&p);
    assert_int_equal(m->at.n, 2);
    assert_int_equal(m->at.at[0].gateway, p.first);
    assert_true(guard_same(m->at.at[0].forth, p.x));
    assert_int_equal(m->at.at[1].gateway, p.second);
    assert_true(guard_is_false(m->at.at[1].forth));
    assert_true(guard_same(m->direct, guard_not(p.b.space, p.x)));
    assert_ptr_equal(middleboxes_of(p.r, p.r->places[p.b.subnet], p.b.gateway), m);
    base_release(&p.b);
}

static void what_leads_nowhere_is_no_middlebox(void **state)
{
    (void)state;
    struct box_world p;
    begin(&p);
    p.b.w->gateways.at[p.first].passes = GUARD_FALSE;
    p.b.w->gateways.at[p.second].subnet = WORLD_NONE;
    const struct middleboxes *m = all(&p);
    assert_int_equal(m->at.n, 0);
    assert_true(guard_same(middlebox_entry(p.r, m), guard_not(p.b.space, p.x)));
    m = middleboxes_of(p.r, p.r->places[p.b.subnet], WORLD_NONE);
    assert_true(guard_is_true(m->direct));
    base_release(&p.b);
}

static void entry_and_return_count_by_themselves(void **state)
{
    (void)state;
    struct box_world p;
    begin(&p);
    p.b.w->gateways.at[p.first].passes = p.y;
    const struct middleboxes *m = all(&p);
    /* Directly where not x, through First where x and it passes. */
    struct guard entry = guard_or(p.b.space, guard_not(p.b.space, p.x), p.y);
    assert_true(guard_same(middlebox_entry(p.r, m), entry));
    const struct guard back[] = {GUARD_TRUE, GUARD_FALSE};
    assert_true(guard_same(middlebox_return(p.r, m, GUARD_FALSE, back), p.y));
    assert_true(guard_is_true(middlebox_return(p.r, m, GUARD_TRUE, back)));
    base_release(&p.b);
}

static void a_round_trip_by_one_way_needs_no_fact(void **state)
{
    (void)state;
    struct box_world p;
    begin(&p);
    const struct middleboxes *m = all(&p);
    const struct guard back[] = {p.x, GUARD_FALSE};
    struct guard direct = guard_not(p.b.space, p.x);
    assert_true(guard_is_true(middlebox_round_trip(p.r, m, direct, back)));
    assert_false(world_has_fact(p.b.w, FACT_ASYM, STR("First")));
    base_release(&p.b);
}

static void each_half_way_needs_its_fact(void **state)
{
    (void)state;
    struct box_world p;
    begin(&p);
    const struct middleboxes *m = all(&p);
    const struct guard nowhere[] = {GUARD_FALSE, GUARD_FALSE};
    const struct guard second[] = {GUARD_FALSE, GUARD_TRUE};
    struct guard_space *s = p.b.space;
    /* Forth by First or directly, back directly. */
    struct guard open = middlebox_round_trip(p.r, m, GUARD_TRUE, nowhere);
    struct guard first_fact = world_fact(p.b.w, FACT_ASYM, STR("First"));
    assert_true(guard_same(open, guard_or(s, guard_not(s, p.x), first_fact)));
    /* Back by Second only: it sees one half, and so does First where it is on the way. */
    open = middlebox_round_trip(p.r, m, GUARD_FALSE, second);
    struct guard second_fact = world_fact(p.b.w, FACT_ASYM, STR("Second"));
    struct guard either = guard_or(s, guard_not(s, p.x), first_fact);
    assert_true(guard_same(open, guard_and(s, second_fact, either)));
    base_release(&p.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_tables_lead_to_middleboxes),
        cmocka_unit_test(what_leads_nowhere_is_no_middlebox),
        cmocka_unit_test(entry_and_return_count_by_themselves),
        cmocka_unit_test(a_round_trip_by_one_way_needs_no_fact),
        cmocka_unit_test(each_half_way_needs_its_fact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
