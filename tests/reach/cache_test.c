#include "reach/solver.h"
#include "tests/reach/base_world.h"

static void what_was_kept_is_found_under_its_whole_key(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    struct reach *r = reach_new(&b.a, b.w);
    uint32_t key[] = {CACHE_JUDGEMENT, 1, 2};
    int value = 0;
    assert_null(cache_get(r, key, 3));
    cache_put(r, key, 3, &value);
    key[2] = 3; /* the key was copied */
    assert_null(cache_get(r, key, 3));
    key[2] = 2;
    assert_ptr_equal(cache_get(r, key, 3), &value);
    assert_null(cache_get(r, key, 2));
    base_release(&b);
}

static void live_is_what_the_family_allows(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    struct reach *r = reach_new(&b.a, b.w);
    assert_true(reach_live(r, x));
    assert_false(reach_live(r, GUARD_FALSE));
    b.w->family = guard_not(b.space, x);
    assert_false(reach_live(r, x));
    assert_true(reach_live(r, GUARD_TRUE));
    base_release(&b);
}

static void the_first_keys_that_differ_decide(void **state)
{
    (void)state;
    const uint32_t keys[][2] = {{1, 1}, {2, 3}, {5, 4}};
    assert_int_equal(reach_compare(keys, 1), 0);
    assert_int_equal(reach_compare(keys, 2), -1);
    assert_int_equal(reach_compare(keys, 3), -1);
    assert_int_equal(reach_compare(keys + 2, 1), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_kept_is_found_under_its_whole_key),
        cmocka_unit_test(live_is_what_the_family_allows),
        cmocka_unit_test(the_first_keys_that_differ_decide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
