#include "reach/pending.h"

#include "reach/assume.h"
#include "tests/reach/base_world.h"

struct fixture {
    struct base_world b;
    struct reach *r;
    struct guard x;
    struct guard y;
    struct guard z;
};

static struct guard yes(struct base_world *b, const char *name)
{
    return guard_is(b->space, base_variable(b, name, GUARD_NO_OUTCOME), 1);
}

static void begin(struct fixture *f)
{
    base_world(&f->b);
    f->x = yes(&f->b, "x");
    f->y = yes(&f->b, "y");
    f->z = yes(&f->b, "z");
    f->r = reach_new(&f->b.a, f->b.w);
}

static void what_may_be_is_found_without_a_new_guard(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    struct guard xy = guard_or(f.b.space, f.x, f.y);
    struct guard not_x = guard_not(f.b.space, f.x);
    struct guard not_y = guard_not(f.b.space, f.y);
    struct guard neither = guard_and(f.b.space, not_x, not_y);
    size_t total = guard_total(f.b.space);
    assert_true(pending_live(f.r, f.x, f.y));
    assert_true(pending_live(f.r, xy, not_x));
    assert_false(pending_live(f.r, f.x, not_x));
    assert_false(pending_live(f.r, xy, neither));
    assert_false(pending_live(f.r, GUARD_FALSE, f.x));
    assert_true(pending_live(f.r, GUARD_TRUE, f.x));
    assert_int_equal(guard_total(f.b.space), total);
    base_release(&f.b);
}

static void what_may_be_is_within_the_family(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    f.b.w->family = guard_not(f.b.space, guard_and(f.b.space, f.x, f.y));
    assert_true(pending_live(f.r, f.x, f.z));
    assert_false(pending_live(f.r, f.x, f.y)); /* each alone may be */
    assert_true(pending_live(f.r, f.x, f.x));
    base_release(&f.b);
}

static void a_guard_is_made_of_its_pairs_when_it_is_asked_for(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    const struct guard_pair pairs[] = {{f.x, f.y}, {f.z, GUARD_TRUE}};
    size_t total = guard_total(f.b.space);
    struct reach_when one = pending_pairs(f.r, pairs, 1);
    struct reach_when both = pending_pairs(f.r, pairs, 2);
    assert_int_equal(guard_total(f.b.space), total);
    struct guard xy = guard_and(f.b.space, f.x, f.y);
    assert_true(guard_same(reach_guard(one), xy));
    assert_true(guard_same(reach_guard(both), guard_or(f.b.space, xy, f.z)));
    assert_true(guard_same(reach_guard(one), xy)); /* to ask twice is to be told the same */
    base_release(&f.b);
}

static void one_of_several_is_known_if_they_are(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    const struct guard_pair pair = {f.x, f.y};
    const struct reach_when any[] = {reach_known(f.x), reach_known(f.z),
                                     pending_pairs(f.r, &pair, 1)};
    struct reach_when known = pending_any(f.r, any, 2);
    assert_null(known.pending);
    assert_true(guard_same(reach_guard(known), guard_or(f.b.space, f.x, f.z)));
    assert_ptr_equal(pending_any(f.r, &any[2], 1).pending, any[2].pending);
    struct reach_when all = pending_any(f.r, &any[1], 2);
    assert_non_null(all.pending);
    struct guard xy = guard_and(f.b.space, f.x, f.y);
    assert_true(guard_same(reach_guard(all), guard_or(f.b.space, f.z, xy)));
    assert_true(guard_is_false(reach_guard(pending_any(f.r, any, 0))));
    base_release(&f.b);
}

static void pinned_variables_are_gone_from_what_was_pending(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    world_assume(b.w, STR("A-SG(G)"), STR("yes"));
    struct guard pinned = world_fact(b.w, FACT_SG, STR("G"));
    struct guard x = yes(&b, "x");
    struct reach *r = reach_new(&b.a, b.w);
    const struct guard_pair pair = {pinned, x};
    assert_true(guard_same(reach_guard(pending_pairs(r, &pair, 1)), x));
    base_release(&b);
}

/* The flow's guard is in two parts: that of the interface, and that of the rule. */
static void a_flow_that_nobody_asks_about_leaves_its_guard_unbuilt(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    struct guard x = yes(&b, "x");
    struct guard y = yes(&b, "y");
    world_add_default_entries(b.w, b.acl, GUARD_TRUE);
    base_route(&b, "0.0.0.0/0", b.gateway, GUARD_TRUE);
    b.w->interfaces.at[b.interface].when = x;
    base_rule_in(&b, b.group, PROTOCOL_TCP, (struct ports){22, 22}, "0.0.0.0/0", y);
    struct reach_answer answer = reach_solve_flows(reach_new(&b.a, b.w));
    assert_int_equal(answer.flow_n, 1);
    size_t total = guard_total(b.space);
    assert_true(guard_same(reach_guard(answer.flows[0].when), guard_and(b.space, x, y)));
    assert_true(guard_total(b.space) > total);
    assert_int_equal(reach_flow_verdict(&answer.flows[0]), REACH_POSSIBLE);
    assert_int_equal(reach_example(&answer.flows[0])->judgement.witness.n, 2);
    base_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_may_be_is_found_without_a_new_guard),
        cmocka_unit_test(what_may_be_is_within_the_family),
        cmocka_unit_test(a_guard_is_made_of_its_pairs_when_it_is_asked_for),
        cmocka_unit_test(one_of_several_is_known_if_they_are),
        cmocka_unit_test(pinned_variables_are_gone_from_what_was_pending),
        cmocka_unit_test(a_flow_that_nobody_asks_about_leaves_its_guard_unbuilt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
