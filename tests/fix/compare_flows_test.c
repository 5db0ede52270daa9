#include "tests/fix/fixing.h"

static const struct analysis *again(struct fixing *f, const char *text)
{
    return analysis_run(&f->arena, STR("t.yaml"), str_from(text), &f->how);
}

/* The first finding's fix made `after` of `before`: what is lost besides, "-" for nothing; NULL:
 * something opens. */
static void check(const char *before, const char *after, const char *expected)
{
    struct fixing *f = fixing_of(before);
    struct texts lost = {0};
    bool ok = flows_only_close(&f->arena, f->analysis, again(f, after),
                               &f->analysis->findings->all.at[0], &lost);
    assert_true(ok == (expected != NULL));
    if (expected != NULL) {
        assert_int_equal(lost.at.n, strcmp(expected, "-") != 0);
        assert_str(lost.at.n > 0 ? lost.at.at[0] : STR("-"), expected);
    }
    fixing_free(f);
}

static void what_the_finding_names_is_not_lost(void **state UNUSED)
{
    check(NETWORK RULE(23, 23, WORLD) RULE(443, 443, WORLD), NETWORK RULE(443, 443, WORLD), "-");
}

static void what_else_closes_is(void **state UNUSED)
{
    check(NETWORK RULE(23, 23, WORLD) RULE(80, 80, WORLD) RULE(443, 443, WORLD),
          NETWORK RULE(443, 443, WORLD), "tcp/80 of 'Web' from the internet");
    check(NETWORK RULE(23, 23, WORLD) RULE(8000, 8010, WORLD), NETWORK RULE(8000, 8005, WORLD),
          "tcp/8006-8010 of 'Web' from the internet");
}

static void a_narrower_source_is_a_loss_too(void **state UNUSED)
{
    check(NETWORK RULE(23, 23, WORLD) RULE(8000, 8000, WORLD),
          NETWORK RULE(8000, 8000, "CidrIp: 8.8.8.0/24"), "tcp/8000 of 'Web' from the internet");
}

static void nothing_may_open(void **state UNUSED)
{
    check(NETWORK RULE(23, 23, WORLD), NETWORK RULE(9999, 9999, WORLD), NULL);
    check(NETWORK RULE(23, 23, WORLD) RULE(9999, 9999, "CidrIp: 8.8.8.0/24"),
          NETWORK RULE(9999, 9999, WORLD), NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_finding_names_is_not_lost),
        cmocka_unit_test(what_else_closes_is),
        cmocka_unit_test(a_narrower_source_is_a_loss_too),
        cmocka_unit_test(nothing_may_open),
    };
    return RUN_TESTS(tests);
}
