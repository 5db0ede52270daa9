/* Vectors: elements keep their values and order over every reallocation. */
#include "base/vec.h"

#include "tests/check.h"
#include "tests/death.h"

struct wide {
    char name[40];
    int number;
};

static void elements_survive_growth_in_order(void **state)
{
    (void)state;
    struct arena a = {0};
    VEC(struct wide) all = {0};
    for (int i = 0; i < 1000; i++) {
        struct wide *w = VEC_ADD(&a, &all);
        assert_int_equal(w->number, 0);
        assert_int_equal(w->name[39], 0);
        w->number = i;
        w->name[39] = 'x';
        arena_alloc(&a, (size_t)i % 3); /* now in place, now moved */
    }
    assert_int_equal(all.n, 1000);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(all.at[i].number, i);
    }
    arena_release(&a);
}

static void two_vectors_in_one_arena_do_not_mix(void **state)
{
    (void)state;
    struct arena a = {0};
    VEC(char) x = {0};
    VEC(uint64_t) y = {0};
    for (uint64_t i = 0; i < 300; i++) {
        *VEC_ADD(&a, &x) = (char)(i % 100);
        *VEC_ADD(&a, &y) = i << 32 | i;
    }
    for (uint64_t i = 0; i < 300; i++) {
        assert_int_equal(x.at[i], i % 100);
        assert_true(y.at[i] == (i << 32 | i));
    }
    arena_release(&a);
}

static void too_many(void)
{
    struct arena a = {0};
    size_t cap = SIZE_MAX / 16;
    vec_grown(&a, NULL, 16, &cap);
}

static void a_size_that_overflows_ends_the_process(void **state)
{
    (void)state;
    assert_exits(too_many, 2, "cfnreach: out of memory\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_survive_growth_in_order),
        cmocka_unit_test(two_vectors_in_one_arena_do_not_mix),
        cmocka_unit_test(a_size_that_overflows_ends_the_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
