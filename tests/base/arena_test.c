/* Arenas: alignment, zeroes, growth in place and by moving, sizes that overflow. */
#include "base/arena.h"

#include "tests/check.h"
#include "tests/death.h"

static void memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    struct arena a = {0};
    for (size_t size = 0; size < 300; size++) {
        unsigned char *p = arena_alloc(&a, size);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(p[i], 0);
        }
        memset(p, 0xff, size);
    }
    arena_release(&a);
    assert_int_equal(a.total, 0);
}

/* What is written behind the bytes that are known to be zero is none of what is zeroed later. */
static void bytes_that_are_not_zeroed_leave_the_others_alone(void **state)
{
    (void)state;
    struct arena a = {0};
    for (size_t size = 0; size < 300; size++) {
        char *raw = arena_bytes(&a, size);
        assert_int_equal((uintptr_t)raw % 16, 0);
        memset(raw, 'r', size);
        char *clean = arena_alloc(&a, size / 3);
        for (size_t i = 0; i < size / 3; i++) {
            assert_int_equal(clean[i], 0);
        }
        memset(clean, 'c', size / 3);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(raw[i], 'r');
        }
    }
    arena_release(&a);
}

static void growing_keeps_the_old_and_zeroes_the_new(void **state)
{
    (void)state;
    struct arena a = {0};
    char *p = arena_grow(&a, NULL, 0, 3);
    memset(p, 'x', 3);
    p = arena_grow(&a, p, 3, 40); /* in place: last thing given out */
    char *between = arena_alloc(&a, 1);
    *between = 'y';
    p = arena_grow(&a, p, 40, 500); /* moved */
    assert_memory_equal(p, "xxx", 3);
    for (size_t i = 3; i < 500; i++) {
        assert_int_equal(p[i], 0);
    }
    assert_int_equal(*between, 'y');
    arena_release(&a);
}

static void the_last_block_grows_in_place_while_there_is_room(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    char *p = arena_alloc(&a, 1);
    size_t left = a.left;
    assert_ptr_equal(arena_grow(&a, p, 1, 16), p); /* the rounding already covers it */
    assert_int_equal(a.left, left);
    assert_ptr_equal(arena_grow(&a, p, 16, 32), p);
    assert_int_equal(a.left, left - 16);
    char *other = arena_alloc(&a, 1);
    assert_ptr_equal(arena_grow(&a, other, 1, 1), other);
    assert_ptr_not_equal(arena_grow(&a, p, 32, 48), p); /* `other` is in the way */
    arena_alloc(&a, 32);                                /* the hole that p left */
    size_t rest = a.left; /* the very last byte of a block can be had, too */
    char *last = arena_alloc(&a, 1);
    assert_ptr_equal(arena_grow(&a, last, 1, rest), last);
    assert_int_equal(a.left, 0);
    arena_release(&a);
}

/* Many objects of random sizes, each filled with its own byte: none may overlap. */
static void objects_never_overlap(void **state)
{
    (void)state;
    enum { OBJECTS = 400 };
    struct {
        unsigned char *p;
        size_t n;
    } all[OBJECTS];
    struct arena a = {0};
    struct check_random r = {7};
    for (size_t i = 0; i < OBJECTS; i++) {
        size_t n = check_random_below(&r, 700);
        all[i].n = n;
        if (i > 0 && check_random_below(&r, 3) == 0) {
            size_t k = check_random_below(&r, (uint32_t)i);
            all[k].p = arena_grow(&a, all[k].p, all[k].n, all[k].n + n);
            memset(all[k].p, (int)(k % 251), all[k].n + n);
            all[k].n += n;
        }
        all[i].p = arena_alloc(&a, all[i].n);
        memset(all[i].p, (int)(i % 251), all[i].n);
    }
    for (size_t i = 0; i < OBJECTS; i++) {
        for (size_t k = 0; k < all[i].n; k++) {
            assert_int_equal(all[i].p[k], i % 251);
        }
    }
    arena_release(&a);
}

static void an_object_larger_than_any_block_gets_its_own(void **state)
{
    (void)state;
    struct arena a = {0};
    arena_alloc(&a, 1);
    char *p = arena_alloc(&a, 3 * 1024 * 1024);
    p[3 * 1024 * 1024 - 1] = 'x';
    assert_true(a.total >= 3 * 1024 * 1024);
    arena_release(&a);
    arena_release(&a); /* twice does no harm, and it can be used again */
    assert_non_null(ARENA_NEW(&a, int));
    arena_release(&a);
}

static void absurd_sizes(void)
{
    struct arena a = {0};
    arena_alloc(&a, SIZE_MAX);
}

static void an_overflowing_array(void)
{
    struct arena a = {0};
    arena_array(&a, SIZE_MAX / 4, 8); /* would wrap to almost nothing */
}

static void shrinking(void)
{
    struct arena a = {0};
    char *p = arena_alloc(&a, 100);
    arena_grow(&a, p, 100, 10);
}

static void sizes_that_overflow_end_the_process(void **state)
{
    (void)state;
    assert_exits(absurd_sizes, 2, "cfnreach: out of memory\n");
    assert_exits(an_overflowing_array, 2, "cfnreach: out of memory\n");
    assert_aborts(shrinking, "arena_grow from 100 to 10 bytes");
}

static void an_array_of_nothing_is_a_valid_pointer(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_non_null(arena_array(&a, 0, 8));
    assert_non_null(arena_array(&a, 8, 0));
    assert_non_null(arena_grow(&a, NULL, 0, 0));
    arena_release(&a);
}

/* Whether or not the one that takes over has anything of its own. */
static void what_was_adopted_lives_on(void **state)
{
    (void)state;
    for (int own = 0; own < 2; own++) {
        struct arena a = {0};
        struct arena from = {0};
        char *mine = own ? arena_alloc(&a, 8) : NULL;
        char *last = NULL;
        for (int i = 0; i < 50; i++) {
            last = arena_alloc(&from, 100);
            memset(last, 'x', 100);
        }
        size_t total = a.total + from.total;
        arena_adopt(&a, &from);
        assert_null(from.head);
        assert_int_equal(from.total, 0);
        assert_int_equal(a.total, total);
        char *next = arena_alloc(&a, 100);
        assert_int_equal(next[99], 0);
        assert_int_equal(last[99], 'x');
        assert_true(!mine || mine[7] == 0);
        arena_adopt(&a, &from); /* nothing */
        assert_true(a.total >= total);
        arena_release(&a);
    }
}

/* The hole that an array leaves is filled from its begin, with zeroes, before fresh memory. */
static void what_an_array_leaves_is_given_out_again(void **state)
{
    (void)state;
    struct arena a = {0};
    char *old = arena_alloc(&a, 512);
    memset(old, 'x', 512);
    char *between = arena_alloc(&a, 1);
    char *moved = arena_grow(&a, old, 512, 8000);
    memset(moved, 'm', 8000);
    char *first = arena_alloc(&a, 20);
    assert_ptr_equal(first, old);
    for (size_t i = 0; i < 20; i++) {
        assert_int_equal(first[i], 0);
    }
    memset(first, 'f', 20);
    assert_ptr_not_equal(arena_alloc(&a, 481), old + 32); /* there is room for 480 */
    assert_ptr_equal(arena_alloc(&a, 480), old + 32);
    assert_int_equal(*between, 0);
    assert_int_equal(moved[7999], 'm');
    arena_release(&a);
    assert_int_equal(a.hole_left, 0);
}

/* What is behind the first MUCH bytes comes from blocks of a page's size and place. */
static void who_takes_much_gets_huge_blocks(void **state)
{
    (void)state;
#ifdef CFNREACH_TEST
    enum { MUCH = 16 * 1024, PAGE = 8 * 1024 };
#else
    enum { MUCH = 1024 * 1024, PAGE = 2 * 1024 * 1024 };
#endif
    enum { OBJECTS = 400, SIZE = MUCH / 160 };
    unsigned char *all[OBJECTS];
    struct arena a = {0};
    for (size_t i = 0; i < OBJECTS; i++) {
        all[i] = arena_alloc(&a, SIZE);
        for (size_t k = 0; k < SIZE; k++) {
            assert_int_equal(all[i][k], 0);
        }
        memset(all[i], (int)(i % 251), SIZE);
    }
    assert_int_equal((uintptr_t)a.head % PAGE, 0);
    assert_true(a.total > MUCH + PAGE && a.total < MUCH + 5 * PAGE);
    unsigned char *large = arena_alloc(&a, (size_t)3 * PAGE);
    assert_int_equal(large[3 * PAGE - 1], 0);
    for (size_t i = 0; i < OBJECTS; i++) {
        assert_int_equal(all[i][0], i % 251);
        assert_int_equal(all[i][SIZE - 1], i % 251);
    }
    arena_release(&a);
}

static void trimming_gives_back_only_what_was_given_out_last(void **state)
{
    (void)state;
    struct arena a = {0};
    char *p = arena_alloc(&a, 64);
    char *q = arena_alloc(&a, 160);
    memset(q, 'q', 160);
    arena_trim(&a, p, 64, 16); /* q is behind it */
    arena_trim(&a, q, 160, 160);
    assert_ptr_not_equal(arena_alloc(&a, 1), p + 16);
    q = arena_alloc(&a, 160);
    memset(q, 'q', 160);
    arena_trim(&a, q, 160, 1);
    char *next = arena_alloc(&a, 100);
    assert_ptr_equal(next, q + 16);
    for (size_t i = 0; i < 100; i++) {
        assert_int_equal(next[i], 0);
    }
    assert_int_equal(*q, 'q');
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(bytes_that_are_not_zeroed_leave_the_others_alone),
        cmocka_unit_test(growing_keeps_the_old_and_zeroes_the_new),
        cmocka_unit_test(the_last_block_grows_in_place_while_there_is_room),
        cmocka_unit_test(what_an_array_leaves_is_given_out_again),
        cmocka_unit_test(who_takes_much_gets_huge_blocks),
        cmocka_unit_test(trimming_gives_back_only_what_was_given_out_last),
        cmocka_unit_test(objects_never_overlap),
        cmocka_unit_test(an_object_larger_than_any_block_gets_its_own),
        cmocka_unit_test(sizes_that_overflow_end_the_process),
        cmocka_unit_test(what_was_adopted_lives_on),
        cmocka_unit_test(an_array_of_nothing_is_a_valid_pointer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
