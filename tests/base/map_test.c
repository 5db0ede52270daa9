/* Maps: order of insertion, keys that are not C strings, growth, collisions. */
#include "base/map.h"

#include "base/vec.h"

#include "tests/check.h"

static void a_missing_key_is_null(void **state)
{
    (void)state;
    struct arena a = {0};
    struct map m;
    map_init(&m, &a);
    assert_null(map_get(&m, STR("x")));
    assert_null(map_get(&m, (struct str){0}));
    *map_at(&m, STR("y")) = &m;
    assert_null(map_get(&m, STR("x")));
    assert_int_equal(m.n, 1); /* looking does not add */
    arena_release(&a);
}

static void a_second_map_at_finds_the_first_value(void **state)
{
    (void)state;
    struct arena a = {0};
    struct map m;
    map_init(&m, &a);
    int one, two;
    void **at = map_at(&m, STR("Vpc"));
    assert_null(*at);
    *at = &one;
    assert_ptr_equal(*map_at(&m, STR("Vpc")), &one);
    *map_at(&m, STR("Vpc")) = &two;
    assert_ptr_equal(map_get(&m, STR("Vpc")), &two);
    assert_int_equal(m.n, 1);
    arena_release(&a);
}

static void keys_are_bytes(void **state)
{
    (void)state;
    struct arena a = {0};
    struct map m;
    map_init(&m, &a);
    static const struct str keys[] = {
        STR_INIT("a"),  STR_INIT("A"), STR_INIT("a\0"),      STR_INIT("a\0b"),
        STR_INIT("\0"), {NULL, 0},     STR_INIT("\xff\xfe"),
    };
    enum { KEYS = sizeof keys / sizeof keys[0] };
    int values[KEYS];
    for (size_t i = 0; i < KEYS; i++) {
        *map_at(&m, keys[i]) = &values[i];
    }
    assert_int_equal(m.n, KEYS);
    for (size_t i = 0; i < KEYS; i++) {
        assert_ptr_equal(map_get(&m, keys[i]), &values[i]);
    }
    arena_release(&a);
}

static void a_stored_null_is_a_key_all_the_same(void **state)
{
    (void)state;
    struct arena a = {0};
    struct map m;
    map_init(&m, &a);
    map_at(&m, STR("k"));
    map_at(&m, STR("k"));
    assert_int_equal(m.n, 1);
    assert_null(map_get(&m, STR("k")));
    arena_release(&a);
}

/* 5000 keys in a scrambled order: i * 2654435761 mod 2^32 has no repeats. */
static void iteration_is_in_order_of_insertion_and_all_are_found(void **state)
{
    (void)state;
    enum { KEYS = 5000 };
    struct arena a = {0};
    struct map m;
    map_init(&m, &a);
    static size_t values[KEYS];
    for (uint32_t i = 0; i < KEYS; i++) {
        struct str key = str_format(&a, "R%u", (unsigned)(i * 2654435761U));
        values[i] = i;
        *map_at(&m, key) = &values[i];
    }
    assert_int_equal(m.n, KEYS);
    for (uint32_t i = 0; i < KEYS; i++) {
        assert_ptr_equal(m.entries[i].value, &values[i]);
        struct str key = str_format(&a, "R%u", (unsigned)(i * 2654435761U));
        assert_ptr_equal(map_get(&m, key), &values[i]);
    }
    arena_release(&a);
}

/* Keys whose hashes end in the same 12 bits are neighbours in the table for as
 * long as it has no more than 4096 slots. */
static void keys_that_collide_are_told_apart(void **state)
{
    (void)state;
    struct arena a = {0};
    struct map m;
    map_init(&m, &a);
    VEC(struct str) keys = {0};
    for (unsigned i = 0; keys.n < 20; i++) {
        struct str key = str_format(&a, "%u", i);
        if ((str_hash(key) & 0xFFFU) == 0x123) {
            *VEC_ADD(&a, &keys) = key;
            *map_at(&m, key) = str_to_c(&a, key);
        }
    }
    for (size_t i = 0; i < keys.n; i++) {
        assert_str(keys.at[i], map_get(&m, keys.at[i]));
    }
    arena_release(&a);
}

/* The first and the second have one hash in all 64 bits; so have the others. */
static void equal_hashes_do_not_make_equal_keys(void **state)
{
    (void)state;
    static const struct str keys[] = {
        STR_INIT("8yn0iYCKYHlIj4-BwPqk"),
        STR_INIT("GReLUrM4wMqfg9yzV3KQ"),
        STR_INIT("gMPflVXtwGDXbIhP73TX"),
        STR_INIT("LtHf1prlU1bCeYZEdqWf"),
    };
    assert_true(str_hash(keys[0]) == str_hash(keys[1]));
    assert_true(str_hash(keys[2]) == str_hash(keys[3]));
    struct arena a = {0};
    struct map m;
    map_init(&m, &a);
    int values[4];
    for (size_t i = 0; i < 4; i++) {
        *map_at(&m, keys[i]) = &values[i];
    }
    for (size_t i = 0; i < 4; i++) {
        assert_ptr_equal(map_get(&m, keys[i]), &values[i]);
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_missing_key_is_null),
        cmocka_unit_test(a_second_map_at_finds_the_first_value),
        cmocka_unit_test(keys_are_bytes),
        cmocka_unit_test(a_stored_null_is_a_key_all_the_same),
        cmocka_unit_test(iteration_is_in_order_of_insertion_and_all_are_found),
        cmocka_unit_test(keys_that_collide_are_told_apart),
        cmocka_unit_test(equal_hashes_do_not_make_equal_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
