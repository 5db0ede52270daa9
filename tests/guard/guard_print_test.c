#include "guard/guard.h"
#include "tests/check.h"
#include "tests/guard/table.h"

/* Env of dev, test, prod; a fact; a variable of five without labels. */
static struct guard_space *example(struct arena *a)
{
    static const struct str envs[] = {{"dev", 3}, {"test", 4}, {"prod", 4}};
    static const struct str states[] = {{"off", 3}, {"on", 2}};
    struct guard_space *s = guard_space_new(a);
    (void)guard_add(s, (struct guard_variable){.name = STR("Env"), .labels = envs, .outcomes = 3});
    (void)guard_add(s, (struct guard_variable){.name = STR("A-NACL(S)"), .outcomes = 2});
    (void)guard_add(s, (struct guard_variable){.name = STR("Size"), .outcomes = 5});
    (void)guard_add(s,
                    (struct guard_variable){.name = STR("Lab"), .labels = states, .outcomes = 2});
    return s;
}

static void guards_are_printed_as_cubes(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = example(&a);
    struct guard dev = guard_is(s, 0, 0);
    struct guard test = guard_is(s, 0, 1);
    struct guard nacl = guard_is(s, 1, 1);
    const uint32_t sizes[] = {4, 1};
    struct guard size = guard_among(s, 2, sizes, 2);
    const struct {
        struct guard g;
        const char *text;
    } cases[] = {
        {GUARD_TRUE, "true"},
        {GUARD_FALSE, "false"},
        {dev, "Env=dev"},
        {guard_not(s, dev), "Env!=dev"},
        {guard_not(s, test), "Env!=test"},
        {guard_or(s, dev, test), "Env!=prod"},
        {nacl, "A-NACL(S)"},
        {guard_not(s, nacl), "!A-NACL(S)"},
        {guard_and(s, test, nacl), "Env=test & A-NACL(S)"},
        {size, "Size={1,4}"},
        {guard_not(s, size), "Size!={1,4}"},
        {guard_is(s, 2, 3), "Size=3"},
        {guard_is(s, 3, 0), "Lab=off"},
        {guard_is(s, 3, 1), "Lab=on"},
        {guard_or(s, guard_and(s, dev, nacl), guard_and(s, test, guard_not(s, nacl))),
         "Env=dev & A-NACL(S) | Env=test & !A-NACL(S)"},
        {guard_or(s, guard_minus(s, guard_among(s, 2, (const uint32_t[]){0, 2}, 2), nacl),
                  guard_and(s, nacl, guard_is(s, 2, 0))),
         "!A-NACL(S) & Size={0,2} | A-NACL(S) & Size=0"},
        {guard_budget(s), "budget"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out;
        buf_init(&out);
        guard_print(s, cases[i].g, &out);
        assert_str(buf_str(&out), cases[i].text);
        buf_release(&out);
    }
    arena_release(&a);
}

/* 2^59 cubes: the first 64 and a sign that there are more. */
static void the_cubes_after_the_64th_are_dots(void **state)
{
    (void)state;
    struct arena a = {0};
    struct guard_space *s = guard_space_new(&a);
    struct guard odd = GUARD_FALSE;
    for (size_t i = 0; i < 60; i++) {
        struct guard x = table_fact(s);
        odd = guard_or(s, guard_minus(s, odd, x), guard_minus(s, x, odd));
    }
    struct buf out;
    buf_init(&out);
    guard_print(s, odd, &out);
    assert_true(str_ends(buf_str(&out), STR("fact | ...")));
    size_t bars = 0;
    for (size_t i = 0; i < out.n; i++) {
        bars += out.p[i] == '|';
    }
    assert_int_equal(bars, 64);
    buf_release(&out);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guards_are_printed_as_cubes),
        cmocka_unit_test(the_cubes_after_the_64th_are_dots),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
