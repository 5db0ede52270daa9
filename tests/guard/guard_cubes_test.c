#include "guard/guard.h"
#include "tests/check.h"
#include "tests/guard/table.h"

struct cover {
    const struct table *t;
    unsigned char times[TABLE_POINTS]; /* how many cubes have the point */
    size_t cubes;
    size_t stop_after;
};

static bool part_has(const struct guard_cube_part *part, uint32_t outcome)
{
    for (size_t i = 0; i < part->n; i++) {
        if (part->outcomes[i] == outcome) {
            return true;
        }
    }
    return false;
}

static bool count(void *ctx, const struct guard_cube_part *parts, size_t n)
{
    struct cover *c = ctx;
    uint32_t outcome[TABLE_VARS];
    for (size_t i = 0; i < n; i++) {
        assert_true(i == 0 || parts[i - 1].var < parts[i].var);
        assert_in_range(parts[i].n, 1, c->t->outcomes[parts[i].var] - 1);
        for (size_t k = 1; k < parts[i].n; k++) {
            assert_true(parts[i].outcomes[k - 1] < parts[i].outcomes[k]);
        }
    }
    for (size_t p = 0; p < c->t->points; p++) {
        table_decode(c->t, p, outcome);
        bool in = true;
        for (size_t i = 0; i < n; i++) {
            in = in && part_has(&parts[i], outcome[parts[i].var]);
        }
        c->times[p] = (unsigned char)(c->times[p] + in);
    }
    return ++c->cubes != c->stop_after;
}

static void cubes_are_disjoint_and_cover_the_guard(void **state)
{
    (void)state;
    static struct table t;
    struct check_random random = {555};
    for (int world = 0; world < 60; world++) {
        table_open(&t, &random, 5);
        for (size_t i = 0; i < TABLE_SETS; i++) {
            struct cover c = {.t = &t};
            guard_cubes(t.s, t.sets[i].g, count, &c);
            for (size_t p = 0; p < t.points; p++) {
                assert_int_equal(c.times[p], t.sets[i].in[p]);
            }
        }
        table_close(&t);
    }
}

struct stopper {
    size_t left;
    size_t seen;
    size_t parts; /* of the last cube */
};

static bool stop(void *ctx, const struct guard_cube_part *parts, size_t n)
{
    struct stopper *p = ctx;
    (void)parts;
    p->seen++;
    p->parts = n;
    return --p->left > 0;
}

static void the_visitor_can_stop_a_walk_over_too_many_cubes(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard odd = GUARD_FALSE; /* 2^59 cubes */
    for (size_t i = 0; i < 60; i++) {
        struct guard x = table_fact(s);
        odd = guard_or(s, guard_minus(s, odd, x), guard_minus(s, x, odd));
    }
    struct stopper p = {.left = 3};
    guard_cubes(s, odd, stop, &p);
    assert_int_equal(p.seen, 3);
    assert_int_equal(p.parts, 60);
    arena_release(&a);
}

static void true_is_one_cube_without_parts_and_false_is_none(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct stopper p = {.left = 9, .parts = 7};
    guard_cubes(s, GUARD_TRUE, stop, &p);
    assert_int_equal(p.seen, 1);
    assert_int_equal(p.parts, 0);
    guard_cubes(s, GUARD_FALSE, stop, &p);
    assert_int_equal(p.seen, 1);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cubes_are_disjoint_and_cover_the_guard),
        cmocka_unit_test(the_visitor_can_stop_a_walk_over_too_many_cubes),
        cmocka_unit_test(true_is_one_cube_without_parts_and_false_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
