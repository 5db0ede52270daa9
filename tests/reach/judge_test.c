#include "reach/judge.h"
#include "tests/reach/base_world.h"

struct fixture {
    struct base_world b;
    uint32_t d, e, f; /* d, e: standard 1, 0; f: none */
    struct guard dd, ee, ff;
};

static void set_up(struct fixture *x)
{
    base_world(&x->b);
    x->d = base_variable(&x->b, "d", 1);
    x->e = base_variable(&x->b, "e", 0);
    x->f = base_variable(&x->b, "f", GUARD_NO_OUTCOME);
    x->dd = guard_is(x->b.space, x->d, 1);
    x->ee = guard_is(x->b.space, x->e, 1);
    x->ff = guard_is(x->b.space, x->f, 1);
}

static struct reach_judgement judged(struct fixture *x, struct guard g)
{
    struct reach_judgement j = reach_judge(x->b.w, g, &x->b.a);
    assert_int_equal(j.verdict, reach_verdict_of(x->b.w, g));
    return j;
}

static void verdicts_are_ordered(void **state)
{
    (void)state;
    assert_true(REACH_BLOCKED < REACH_NOT_ATTACHED);
    assert_true(REACH_NOT_ATTACHED < REACH_POSSIBLE);
    assert_true(REACH_POSSIBLE < REACH_BY_DEFAULT);
    assert_true(REACH_BY_DEFAULT < REACH_REACHABLE);
    assert_string_equal(reach_verdict_name(REACH_BLOCKED), "blocked");
    assert_string_equal(reach_verdict_name(REACH_NOT_ATTACHED), "not-attached");
    assert_string_equal(reach_verdict_name(REACH_POSSIBLE), "possible");
    assert_string_equal(reach_verdict_name(REACH_BY_DEFAULT), "reachable-by-default");
    assert_string_equal(reach_verdict_name(REACH_REACHABLE), "reachable");
}

static void certain_and_impossible_need_no_witness(void **state)
{
    (void)state;
    struct fixture x;
    set_up(&x);
    struct reach_judgement j = judged(&x, GUARD_TRUE);
    assert_int_equal(j.verdict, REACH_REACHABLE);
    assert_int_equal(j.witness.n, 0);
    assert_int_equal(judged(&x, GUARD_FALSE).verdict, REACH_BLOCKED);
    base_release(&x.b);
}

static void the_standard_outcomes_that_it_rests_on_are_the_witness(void **state)
{
    (void)state;
    struct fixture x;
    set_up(&x);
    struct guard g = guard_minus(x.b.space, x.dd, x.ee); /* d=1 and e=0 */
    struct reach_judgement j = judged(&x, g);
    assert_int_equal(j.verdict, REACH_BY_DEFAULT);
    assert_int_equal(j.doubt, GUARD_HIGH);
    assert_int_equal(j.witness.n, 2);
    assert_int_equal(j.witness.at[0].var, x.d);
    assert_int_equal(j.witness.at[0].outcome, 1);
    assert_int_equal(j.witness.at[1].var, x.e);
    assert_int_equal(j.witness.at[1].outcome, 0);
    /* d=1 or e=0: either would do; d is dropped first. */
    j = judged(&x, guard_or(x.b.space, x.dd, guard_not(x.b.space, x.ee)));
    assert_int_equal(j.witness.n, 1);
    assert_int_equal(j.witness.at[0].var, x.e);
    base_release(&x.b);
}

static void what_needs_more_than_defaults_is_possible(void **state)
{
    (void)state;
    struct fixture x;
    set_up(&x);
    assert_int_equal(judged(&x, guard_and(x.b.space, x.dd, x.ff)).verdict, REACH_POSSIBLE);
    assert_int_equal(judged(&x, guard_not(x.b.space, x.dd)).verdict, REACH_POSSIBLE);
    struct guard g = guard_or(x.b.space, x.dd, x.ff); /* d=1 is enough */
    assert_int_equal(judged(&x, g).verdict, REACH_BY_DEFAULT);
    base_release(&x.b);
}

static void verdicts_are_within_the_family(void **state)
{
    (void)state;
    struct fixture x;
    set_up(&x);
    x.b.w->family = x.ff;
    assert_int_equal(judged(&x, x.ff).verdict, REACH_REACHABLE);
    assert_int_equal(judged(&x, guard_not(x.b.space, x.ff)).verdict, REACH_BLOCKED);
    assert_int_equal(judged(&x, guard_and(x.b.space, x.dd, x.ff)).verdict, REACH_BY_DEFAULT);
    /* The defaults themselves cannot be deployed. */
    x.b.w->family = guard_not(x.b.space, x.dd);
    assert_int_equal(judged(&x, guard_not(x.b.space, x.ee)).verdict, REACH_POSSIBLE);
    assert_int_equal(judged(&x, x.dd).verdict, REACH_BLOCKED);
    base_release(&x.b);
}

/* Where d is at its default, a Rule demands f. */
static void a_default_may_decide_through_the_family(void **state)
{
    (void)state;
    struct fixture x;
    set_up(&x);
    x.b.w->family = guard_or(x.b.space, guard_not(x.b.space, x.dd), x.ff);
    struct reach_judgement j = judged(&x, x.ff);
    assert_int_equal(j.verdict, REACH_BY_DEFAULT);
    assert_int_equal(j.witness.n, 1);
    assert_int_equal(j.witness.at[0].var, x.d);
    base_release(&x.b);
}

static void a_doubtful_witness_shows(void **state)
{
    (void)state;
    struct fixture x;
    set_up(&x);
    struct guard sg = world_fact(x.b.w, FACT_SG, STR("sg-1"));
    struct reach_judgement j = judged(&x, sg);
    assert_int_equal(j.verdict, REACH_POSSIBLE);
    assert_int_equal(j.doubt, GUARD_LOW);
    assert_true(j.doubts_rule);
    struct guard route = world_fact(x.b.w, FACT_SUBROUTE, STR("S"));
    struct guard address = world_fact(x.b.w, FACT_SUBPUBIP, STR("S"));
    j = judged(&x, guard_or(x.b.space, sg, guard_and(x.b.space, route, address)));
    assert_int_equal(j.doubt, GUARD_MEDIUM); /* two certain facts before one doubtful */
    assert_int_equal(j.witness.n, 2);
    assert_false(j.doubts_rule);
    base_release(&x.b);
}

static void the_assignment_holds_and_prefers_defaults(void **state)
{
    (void)state;
    struct fixture x;
    set_up(&x);
    struct reach *r = reach_new(&x.b.a, x.b.w);
    x.b.w->family = guard_or(x.b.space, x.ee, x.ff);
    const struct guard rows[] = {
        GUARD_TRUE,
        x.ff,
        guard_not(x.b.space, x.dd),
        guard_and(x.b.space, x.dd, x.ee),
        guard_minus(x.b.space, x.ff, x.dd),
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const uint32_t *outcome = judge_assignment(r, rows[i]);
        assert_true(guard_holds(x.b.space, rows[i], outcome));
        assert_true(guard_holds(x.b.space, x.b.w->family, outcome));
        assert_ptr_equal(judge_assignment(r, rows[i]), outcome); /* kept */
    }
    assert_int_equal(judge_assignment(r, x.ff)[x.d], 1);
    assert_int_equal(judge_assignment(r, x.ff)[x.e], 0);
    /* A later variable makes the assignment longer. */
    uint32_t g = base_variable(&x.b, "g", 1);
    assert_int_equal(judge_assignment(r, x.ff)[g], 1);
    base_release(&x.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_are_ordered),
        cmocka_unit_test(certain_and_impossible_need_no_witness),
        cmocka_unit_test(the_standard_outcomes_that_it_rests_on_are_the_witness),
        cmocka_unit_test(what_needs_more_than_defaults_is_possible),
        cmocka_unit_test(verdicts_are_within_the_family),
        cmocka_unit_test(a_default_may_decide_through_the_family),
        cmocka_unit_test(a_doubtful_witness_shows),
        cmocka_unit_test(the_assignment_holds_and_prefers_defaults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
