#include "analysis/flow_guards.h"

#include "tests/check.h"

static const struct str dev_prod[] = {STR_INIT("dev"), STR_INIT("prod"), STR_INIT("(other)")};
static const struct str prod_dev[] = {STR_INIT("prod"), STR_INIT("(other)"), STR_INIT("dev")};

/* The same two variables in another order, with their outcomes in another order. */
struct sides {
    struct arena arena;
    struct flow_guards both;
    struct guard_space *one, *two;
    uint32_t env[2], fact[2];
};

static void begin(struct sides *s)
{
    *s = (struct sides){.one = NULL};
    flow_guards_init(&s->both, &s->arena);
    s->one = guard_space_new(&s->arena);
    s->two = guard_space_new(&s->arena);
    struct guard_variable env = {
        .name = STR("Env"), .labels = dev_prod, .outcomes = 3, .standard = GUARD_NO_OUTCOME};
    struct guard_variable fact = {
        .name = STR("A-NACL(S)"), .outcomes = 2, .standard = GUARD_NO_OUTCOME};
    s->env[0] = guard_add(s->one, env);
    s->fact[0] = guard_add(s->one, fact);
    env.labels = prod_dev;
    s->fact[1] = guard_add(s->two, fact);
    s->env[1] = guard_add(s->two, env);
}

static struct guard taken(struct sides *s, struct guard_space *from, struct guard g)
{
    return flow_guards_take(&s->both, from, STR(""), STR(""), g);
}

static void one_guard_of_two_spaces_is_one(void **state)
{
    (void)state;
    struct sides s;
    begin(&s);
    /* dev and the fact, or not dev */
    struct guard x = guard_or(
        s.one, guard_and(s.one, guard_is(s.one, s.env[0], 0), guard_is(s.one, s.fact[0], 1)),
        guard_not(s.one, guard_is(s.one, s.env[0], 0)));
    struct guard y = guard_or(
        s.two, guard_and(s.two, guard_is(s.two, s.env[1], 2), guard_is(s.two, s.fact[1], 1)),
        guard_not(s.two, guard_is(s.two, s.env[1], 2)));
    x = taken(&s, s.one, x);
    y = taken(&s, s.two, y);
    assert_true(flow_guards_cover(&s.both, x, y));
    assert_true(flow_guards_cover(&s.both, y, x));
    arena_release(&s.arena);
}

static void fewer_choices_are_covered_by_more(void **state)
{
    (void)state;
    struct sides s;
    begin(&s);
    struct guard dev = taken(&s, s.one, guard_is(s.one, s.env[0], 0));
    struct guard named = taken(&s, s.two, guard_among(s.two, s.env[1], (uint32_t[]){0, 2}, 2));
    struct guard fact = taken(&s, s.two, guard_is(s.two, s.fact[1], 1));
    assert_true(flow_guards_cover(&s.both, named, dev));
    assert_false(flow_guards_cover(&s.both, dev, named));
    assert_false(flow_guards_cover(&s.both, dev, fact));
    assert_false(flow_guards_cover(&s.both, fact, dev));
    assert_true(flow_guards_cover(&s.both, GUARD_TRUE, fact));
    /* the outcomes of a variable exclude one another, and one of them holds */
    struct guard rest = taken(&s, s.one, guard_among(s.one, s.env[0], (uint32_t[]){1, 2}, 2));
    assert_true(flow_guards_cover(&s.both, guard_or(s.both.space, dev, rest), GUARD_TRUE));
    struct guard prod = taken(&s, s.two, guard_is(s.two, s.env[1], 0));
    assert_true(flow_guards_cover(&s.both, guard_not(s.both.space, prod), dev));
    arena_release(&s.arena);
}

static void names_forget_what_an_edit_elsewhere_changes(void **state)
{
    (void)state;
    struct arena a = {0};
    static const struct {
        const char *name, *stack, *expected;
    } cases[] = {
        {"Rain::Embed at line 62, column 80", "", "Rain::Embed"},
        {"A-AZ(PublicA, Private)", "", "A-AZ(Private, PublicA)"},
        {"A-AZ(A, B)", "", "A-AZ(A, B)"},
        {"net/Env", "net", "Env"},
        {"subnet/Env", "net", "subnet/Env"},
        {"A-AZ(net/B, net/A)", "net", "A-AZ(A, B)"},
        {"A-NACL(Subnet)", "", "A-NACL(Subnet)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str got = flow_variable_name(&a, str_from(cases[i].name), str_from(cases[i].stack));
        if (!str_is(got, cases[i].expected)) {
            fail_msg("%s: %.*s", cases[i].name, STR_ARG(got));
        }
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_guard_of_two_spaces_is_one),
        cmocka_unit_test(fewer_choices_are_covered_by_more),
        cmocka_unit_test(names_forget_what_an_edit_elsewhere_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
