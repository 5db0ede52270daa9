#include "topology/builder.h"

#include "base/limits.h"
#include "tests/topology/world_of.h"

static struct builder builder_over(struct built *b)
{
    struct builder builder = {.unit = b->unit,
                              .arena = b->unit->arena,
                              .space = b->unit->space,
                              .world = b->w,
                              .t = b->t};
    struct map *maps[] = {&builder.families, &builder.by_resource, &builder.choices,
                          &builder.subjects, &builder.said};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        map_init(maps[i], b->unit->arena);
    }
    return builder;
}

static void contenders_become_disjoint_and_cover_the_same(void **state)
{
    (void)state;
    struct built *b = built_of("Resources: {}\n");
    struct builder x = builder_over(b);
    struct guard p = builder_fact(&x, FACT_AZ, STR("p"));
    struct guard q = builder_fact(&x, FACT_AZ, STR("q"));
    struct hits hits = {0};
    hits_add(&x, &hits, p, 0, NULL);
    hits_add(&x, &hits, q, 1, NULL);
    hits_add(&x, &hits, GUARD_FALSE, 9, NULL); /* is not there at all */
    hits_add(&x, &hits, both(&x, p, q), 2, NULL);
    struct guard before = hits_any(&x, &hits);
    static const struct str labels[] = {{"a", 1}, {"b", 1}, {"c", 1}};
    assert_int_equal(hits.n, 3);
    assert_true(hits_contend(&x, &hits, FACT_ROUTE, STR("s"), labels, SPAN_NONE));
    assert_true(guard_same(hits_any(&x, &hits), before));
    for (size_t i = 0; i < hits.n; i++) {
        for (size_t k = 0; k < i; k++) {
            assert_true(guard_disjoint(x.space, hits.at[i].when, hits.at[k].when));
        }
    }
    assert_true(guard_implies(x.space, hits.at[2].when, both(&x, p, q)));
    built_free(b);
}

static void many_independent_contenders_are_possible_at_most(void **state)
{
    (void)state; /* beyond LIMIT_CONTENDING: a row for each subset of 40 */
    struct built *b = built_of("Resources: {}\n");
    struct builder x = builder_over(b);
    struct hits hits = {0};
    struct str labels[40];
    for (uint32_t i = 0; i < 40; i++) {
        labels[i] = str_format(&b->arena, "n%u", (unsigned)i);
        hits_add(&x, &hits, builder_fact(&x, FACT_AZ, labels[i]), i, NULL);
    }
    assert_true(hits_contend(&x, &hits, FACT_PLACE, STR("s"), labels, SPAN_NONE));
    assert_int_equal(built_said(b, DIAG_BUDGET, "(A-PLACE): more than 12, the limit."), 1);
    struct guard budget = guard_budget(x.space);
    for (uint32_t i = 0; i < 40; i++) {
        assert_false(guard_is_false(hits.at[i].when));
        assert_true(guard_implies(x.space, hits.at[i].when, budget));
        assert_true(i == 0 || guard_disjoint(x.space, hits.at[i].when, hits.at[i - 1].when));
    }
    built_free(b);
}

static void records_and_steps_have_bounds(void **state)
{
    (void)state;
    struct built *b = built_of("Resources: {}\n");
    struct builder x = builder_over(b);
    struct combining c = {0};
    assert_false(builder_gave_up(&x, NULL, NULL, &c));
    while (builder_room(&x, &c)) {}
    assert_int_equal(c.records, LIMIT_ALTERNATIVES);
    assert_int_equal(c.over, COMBINING_RECORDS);
    assert_false(builder_step(&x, &c)); /* from then on nothing */
    c = (struct combining){0};
    while (builder_step(&x, &c)) {}
    assert_int_equal(c.steps, LIMIT_STEPS);
    assert_int_equal(x.steps, LIMIT_STEPS);
    assert_int_equal(c.over, COMBINING_STEPS);
    x.records = LIMIT_RECORDS;
    c = (struct combining){0};
    assert_false(builder_room(&x, &c));
    assert_int_equal(c.over, COMBINING_RECORDS_TOTAL);
    x.steps = LIMIT_STEPS_TOTAL;
    c = (struct combining){0};
    assert_false(builder_step(&x, &c));
    assert_int_equal(c.over, COMBINING_STEPS_TOTAL);
    built_free(b);
}

static void disjoint_ones_do_not_contend(void **state)
{
    (void)state;
    struct built *b = built_of("Resources: {}\n");
    struct builder x = builder_over(b);
    struct guard p = builder_fact(&x, FACT_AZ, STR("p"));
    struct hits hits = {0};
    hits_add(&x, &hits, p, 0, NULL);
    hits_add(&x, &hits, without(&x, GUARD_TRUE, p), 1, NULL);
    static const struct str labels[] = {{"a", 1}, {"b", 1}};
    assert_false(hits_contend(&x, &hits, FACT_ROUTE, STR("s"), labels, SPAN_NONE));
    assert_true(guard_same(hits.at[0].when, p));
    built_free(b);
}

static void hits_on_one_index_become_one_in_order(void **state)
{
    (void)state;
    struct built *b = built_of("Resources: {}\n");
    struct builder x = builder_over(b);
    struct guard p = builder_fact(&x, FACT_AZ, STR("p"));
    struct guard q = builder_fact(&x, FACT_AZ, STR("q"));
    struct hits hits = {0};
    hits_add(&x, &hits, p, 7, NULL);
    hits_add(&x, &hits, p, 3, NULL);
    hits_add(&x, &hits, q, 7, NULL);
    hits_merge(&x, &hits);
    assert_int_equal(hits.n, 2);
    assert_int_equal(hits.at[0].index, 7);
    assert_true(guard_same(hits.at[0].when, either(&x, p, q)));
    assert_int_equal(hits.at[1].index, 3);
    built_free(b);
}

static void a_fact_and_a_choice_of_one_name_stay_apart(void **state)
{
    (void)state; /* a literal id may be any text, also the subject of a choice */
    struct built *b = built_of("Resources: {}\n");
    struct builder x = builder_over(b);
    static const struct str labels[] = {{"a", 1}, {"b", 1}, {"c", 1}};
    for (int round = 0; round < 2; round++) {
        struct hits hits = {0};
        hits_add(&x, &hits, GUARD_TRUE, 0, NULL);
        hits_add(&x, &hits, GUARD_TRUE, 1, NULL);
        if (round == 1) {
            hits_add(&x, &hits, GUARD_TRUE, 2, NULL);
        }
        assert_true(hits_contend(&x, &hits, FACT_NACL, STR("S"), labels, SPAN_NONE));
    }
    struct guard fact = builder_fact(&x, FACT_NACL, STR("S"));
    assert_string_equal(built_guard(b, fact), "A-NACL(S'')");
    assert_true(guard_same(fact, builder_fact(&x, FACT_NACL, STR("S"))));
    built_free(b);
}

static void vpcs_unite_only_where_they_may(void **state)
{
    (void)state;
    struct built *b = built_of("Resources: {}\n");
    struct builder x = builder_over(b);
    struct topology_origin none = {.type = "AWS::EC2::VPC", .outside = true};
    uint32_t inside = builder_add_vpc(&x, STR("in"), STANDS_INSIDE, none);
    uint32_t other = builder_add_vpc(&x, STR("in2"), STANDS_INSIDE, none);
    uint32_t p = builder_add_vpc(&x, STR("p"), STANDS_PLACEHOLDER, none);
    uint32_t q = builder_add_vpc(&x, STR("q"), STANDS_PLACEHOLDER, none);
    uint32_t out = builder_add_vpc(&x, STR("out"), STANDS_OUTSIDE, none);
    builder_unite(&x, inside, other);
    builder_unite(&x, inside, out);
    assert_int_equal(builder_vpc_root(&x, other), other);
    assert_int_equal(builder_vpc_root(&x, out), out);
    builder_unite(&x, p, q);
    builder_unite(&x, q, inside);
    assert_int_equal(builder_vpc_root(&x, p), inside);
    assert_int_equal(builder_vpc_root(&x, q), inside);
    builder_unite(&x, WORLD_NONE, out);
    assert_int_equal(builder_vpc_root(&x, WORLD_NONE), WORLD_NONE);
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contenders_become_disjoint_and_cover_the_same),
        cmocka_unit_test(many_independent_contenders_are_possible_at_most),
        cmocka_unit_test(records_and_steps_have_bounds),
        cmocka_unit_test(disjoint_ones_do_not_contend),
        cmocka_unit_test(hits_on_one_index_become_one_in_order),
        cmocka_unit_test(a_fact_and_a_choice_of_one_name_stay_apart),
        cmocka_unit_test(vpcs_unite_only_where_they_may),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
