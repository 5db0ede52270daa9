#include "topology/hub.h"

#include "tests/check.h"

/* A table under two choices, a and b, and lookups in it. */
struct table {
    struct arena arena;
    struct world world;
    struct builder b;
    struct hub hub;
    struct guard choice[2];
};

static struct table *table_new(void)
{
    struct table *t = test_calloc(1, sizeof *t);
    t->b.arena = &t->arena;
    t->b.space = guard_space_new(&t->arena);
    t->b.world = &t->world;
    static const struct str NAMES[] = {{"a", 1}, {"b", 1}};
    for (int i = 0; i < 2; i++) {
        uint32_t var = guard_add(
            t->b.space,
            (struct guard_variable){.name = NAMES[i], .outcomes = 2, .standard = GUARD_NO_OUTCOME});
        t->choice[i] = guard_is(t->b.space, var, 1);
    }
    return t;
}

static void table_free(struct table *t)
{
    arena_release(&t->arena);
    test_free(t);
}

static struct prefix prefix(const char *text)
{
    struct prefix p;
    assert_true(prefix_parse(str_from(text), &p, NULL));
    return p;
}

static void add(struct table *t, const char *text, int64_t member, bool fixed, struct guard when)
{
    *VEC_ADD(&t->arena, &t->hub.routes) =
        (struct hub_route){.when = when, .prefix = prefix(text), .member = member, .fixed = fixed};
    hub_sort(&t->hub);
}

static void check_leads(struct table *t, const char *to, int64_t member, const char *expected)
{
    struct buf out;
    buf_init(&out);
    guard_print(t->b.space, hub_leads(&t->b, &t->hub, prefix(to), member), &out);
    assert_str(buf_str(&out), expected);
    buf_release(&out);
}

static void check_parts(struct table *t, const char *of, int64_t member, const char *expected)
{
    struct hub_pieces pieces = {0};
    hub_parts(&t->b, &t->hub, prefix(of), member, &pieces);
    struct buf out;
    buf_init(&out);
    for (size_t i = 0; i < pieces.all.n; i++) {
        if (guard_is_false(pieces.all.at[i].when)) {
            continue;
        }
        prefix_print(pieces.all.at[i].prefix, &out);
        buf_adds(&out, " ");
        guard_print(t->b.space, pieces.all.at[i].when, &out);
        buf_adds(&out, "\n");
    }
    assert_str(buf_str(&out), expected);
    buf_release(&out);
}

static void the_longest_prefix_wins_and_static_before_propagated(void **state)
{
    (void)state;
    struct table *t = table_new();
    add(t, "10.0.0.0/8", 1, true, GUARD_TRUE);
    add(t, "10.1.0.0/16", 2, false, GUARD_TRUE);
    check_leads(t, "10.1.2.0/24", 2, "true");
    check_leads(t, "10.1.2.0/24", 1, "false");
    check_leads(t, "10.2.0.0/24", 1, "true");
    check_leads(t, "11.0.0.0/24", 1, "false");
    add(t, "10.1.0.0/16", 3, true, t->choice[0]);
    check_leads(t, "10.1.2.0/24", 3, "a");
    check_leads(t, "10.1.2.0/24", 2, "!a");
    add(t, "10.1.2.0/24", HUB_BLACKHOLE, true, t->choice[1]);
    check_leads(t, "10.1.2.0/24", 3, "a & !b");
    table_free(t);
}

static void parts_are_what_no_longer_route_takes_away(void **state)
{
    (void)state;
    struct table *t = table_new();
    add(t, "10.0.0.0/8", 1, false, GUARD_TRUE);
    check_parts(t, "10.0.0.0/8", 1, "10.0.0.0/8 true\n");
    add(t, "10.128.0.0/9", 2, false, GUARD_TRUE);
    check_parts(t, "10.0.0.0/8", 1, "10.0.0.0/9 true\n");
    add(t, "10.64.0.0/10", HUB_BLACKHOLE, true, t->choice[0]);
    /* the lower half, of which only the first half is left where a holds; longest cut first */
    check_parts(t, "10.0.0.0/8", 1, "10.0.0.0/10 a\n10.0.0.0/9 !a\n");
    check_parts(t, "10.0.0.0/9", 1, "10.0.0.0/9 !a\n10.0.0.0/10 a\n");
    add(t, "10.0.0.0/10", 3, true, GUARD_TRUE); /* next to the hole, as long */
    check_parts(t, "10.0.0.0/9", 1, "10.64.0.0/10 !a\n");
    check_parts(t, "10.0.0.0/9", 3, "10.0.0.0/10 true\n");
    table_free(t);
}

static void a_route_for_a_part_brings_that_part(void **state)
{
    (void)state;
    struct table *t = table_new();
    add(t, "10.1.0.0/24", 1, true, GUARD_TRUE);
    add(t, "2001:db8::/32", 1, true, GUARD_TRUE);
    check_parts(t, "10.1.0.0/16", 1, "10.1.0.0/24 true\n");
    check_parts(t, "2001:db8:1::/48", 1, "2001:db8:1::/48 true\n");
    add(t, "2001:db8:1:8000::/49", 2, true, GUARD_TRUE);
    check_parts(t, "2001:db8:1::/48", 1, "2001:db8:1::/49 true\n");
    table_free(t);
}

static void a_name_is_found_whatever_its_prefix(void **state)
{
    (void)state;
    struct table *t = table_new();
    *VEC_ADD(&t->arena, &t->hub.routes) =
        (struct hub_route){.when = t->choice[1], .any = true, .member = 7};
    check_leads(t, "10.0.0.0/8", 7, "false");
    struct buf out;
    buf_init(&out);
    guard_print(t->b.space, hub_names(&t->b, &t->hub, 7), &out);
    assert_str(buf_str(&out), "b");
    buf_release(&out);
    table_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_prefix_wins_and_static_before_propagated),
        cmocka_unit_test(parts_are_what_no_longer_route_takes_away),
        cmocka_unit_test(a_route_for_a_part_brings_that_part),
        cmocka_unit_test(a_name_is_found_whatever_its_prefix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
