#include "fix/batch.h"
#include "tests/fix/fixing.h"

/* The edits of the first fix of a remedy for a finding. */
static struct candidate of(struct fixing *f, const struct remedy *remedy, struct site *site,
                           size_t finding)
{
    assert_true(site_of(&f->job, finding, site));
    struct candidates c = {.job = &f->job, .site = site};
    remedy->propose(&c);
    assert_true(c.all.n > 0);
    struct candidate k = c.all.at[0];
    assert_true(edits_order(f->analysis->source, k.edits.all.at, k.edits.all.n));
    return k;
}

static bool put(struct batch *b, struct site *site, const struct candidate *k)
{
    return batch_add(b, site, k->edits.all.at, k->edits.all.n);
}

static void fixes_of_two_rules_are_proven_by_one_analysis(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(23, 23, WORLD) RULE(22, 22, WORLD));
    struct site site[2];
    struct candidate k[2] = {of(f, &remedy_narrow, &site[0], 0),
                             of(f, &remedy_narrow, &site[1], 1)};
    struct batch b;
    batch_open(&b, &f->job);
    assert_true(put(&b, &site[0], &k[0]));
    assert_true(put(&b, &site[1], &k[1]));
    assert_int_equal(b.n, 3); /* two sources, and one parameter for both */
    assert_int_equal(batch_prove(&b), PROOF_HOLDS);
    assert_int_equal(f->job.proven, 1);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(b.members.at[i].result, PROOF_HOLDS);
        assert_int_equal(b.members.at[i].collateral.at.n, 0);
    }
    fixing_free(f);
}

static void what_each_cuts_off_is_told_of_it_alone(void **state UNUSED)
{
    /* The range of the first rule goes with it: 20, 21 and 24 besides Telnet. */
    struct fixing *f = fixing_of(NETWORK RULE(20, 24, WORLD) RULE(3306, 3306, WORLD));
    size_t telnet = 0;
    size_t mysql = 0;
    for (size_t i = 0; i < f->analysis->findings->all.n; i++) {
        const struct finding *g = &f->analysis->findings->all.at[i];
        telnet = g->ports.begin == 23 ? i : telnet;
        mysql = g->ports.begin == 3306 ? i : mysql;
    }
    struct site site[2];
    struct candidate k[2] = {of(f, &remedy_delete, &site[0], telnet),
                             of(f, &remedy_narrow, &site[1], mysql)};
    struct batch b;
    batch_open(&b, &f->job);
    assert_true(put(&b, &site[0], &k[0]));
    assert_true(put(&b, &site[1], &k[1]));
    assert_int_equal(batch_prove(&b), PROOF_HOLDS);
    assert_int_equal(b.members.at[0].collateral.at.n, 2);
    assert_str(b.members.at[0].collateral.at.at[0], "tcp/20-22 of 'Web' from the internet");
    assert_str(b.members.at[0].collateral.at.at[1], "tcp/24 of 'Web' from the internet");
    assert_int_equal(b.members.at[1].collateral.at.n, 0);
    fixing_free(f);
}

static void rules_that_open_the_same_port_are_not_proven_together(void **state UNUSED)
{
    /* Either alone changes nothing: the other rule still admits Telnet. */
    struct fixing *f =
        fixing_of(NETWORK RULE(23, 23, WORLD) RULE(20, 25, WORLD) RULE(8080, 8080, WORLD));
    struct site site[2];
    struct batch b;
    batch_open(&b, &f->job);
    size_t n = 0;
    for (size_t i = 0; i < f->analysis->findings->all.n && n < 2; i++) {
        if (f->analysis->findings->all.at[i].ports.begin == 23) {
            struct candidate k = of(f, &remedy_delete, &site[n], i);
            assert_int_equal(put(&b, &site[n], &k), n == 0);
            n++;
        }
    }
    assert_int_equal(n, 2);
    fixing_free(f);
}

static void the_same_edits_for_two_findings_are_one_cause(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(22, 23, WORLD));
    struct site site[3];
    struct candidate k[2] = {of(f, &remedy_delete, &site[0], 0),
                             of(f, &remedy_delete, &site[1], 1)};
    struct batch b;
    batch_open(&b, &f->job);
    assert_true(put(&b, &site[0], &k[0]));
    assert_true(put(&b, &site[1], &k[1]));
    assert_int_equal(b.causes, 1);
    assert_int_equal(batch_prove(&b), PROOF_HOLDS);
    assert_int_equal(b.members.at[0].collateral.at.n, 1);
    assert_int_equal(b.members.at[1].collateral.at.n, 1);
    /* Another fix of the same rule is another matter. */
    struct candidate other = of(f, &remedy_split, &site[2], 0);
    assert_false(put(&b, &site[2], &other));
    fixing_free(f);
}

static void a_fix_that_fails_does_not_take_the_others_along(void **state UNUSED)
{
    /* The first edit is none: it writes what stands there. */
    struct fixing *f = fixing_of(NETWORK RULE(23, 23, WORLD) RULE(22, 22, WORLD));
    struct site site[2];
    struct candidate k = of(f, &remedy_narrow, &site[1], 1);
    assert_true(site_of(&f->job, 0, &site[0]));
    struct edit same = {site[0].source->span, STR("'0.0.0.0/0'")};
    struct batch b;
    batch_open(&b, &f->job);
    assert_true(batch_add(&b, &site[0], &same, 1));
    assert_true(put(&b, &site[1], &k));
    assert_int_equal(batch_prove(&b), PROOF_HOLDS);
    assert_int_equal(b.members.at[0].result, PROOF_FAILS);
    assert_int_equal(b.members.at[1].result, PROOF_HOLDS);
    fixing_free(f);
}

static void a_list_is_not_emptied_item_by_item(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(23, 23, WORLD) RULE(22, 22, WORLD));
    struct site site[2];
    struct candidate k[2] = {of(f, &remedy_delete, &site[0], 0),
                             of(f, &remedy_delete, &site[1], 1)};
    struct batch b;
    batch_open(&b, &f->job);
    assert_true(put(&b, &site[0], &k[0]));
    assert_false(put(&b, &site[1], &k[1]));
    fixing_free(f);
}

static void nobody_is_blamed_where_more_opens(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(23, 23, WORLD) RULE(22, 22, WORLD));
    struct site site[2];
    struct candidate k = of(f, &remedy_narrow, &site[1], 1);
    assert_true(site_of(&f->job, 0, &site[0]));
    struct edit wider = {doc_get(site[0].item, "ToPort")->span, STR("21")};
    wider.at.begin = doc_get(site[0].item, "FromPort")->span.begin;
    wider.text = STR("1\n          ToPort: 21");
    struct batch b;
    batch_open(&b, &f->job);
    assert_true(batch_add(&b, &site[0], &wider, 1));
    assert_true(put(&b, &site[1], &k));
    assert_int_equal(batch_prove(&b), PROOF_FAILS);
    fixing_free(f);
}

static void a_batch_needs_budget_too(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(23, 23, WORLD));
    f->options.proofs = 0;
    struct site site;
    struct candidate k = of(f, &remedy_delete, &site, 0);
    struct batch b;
    batch_open(&b, &f->job);
    assert_true(put(&b, &site, &k));
    assert_int_equal(batch_prove(&b), PROOF_NO_BUDGET);
    fixing_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixes_of_two_rules_are_proven_by_one_analysis),
        cmocka_unit_test(what_each_cuts_off_is_told_of_it_alone),
        cmocka_unit_test(rules_that_open_the_same_port_are_not_proven_together),
        cmocka_unit_test(the_same_edits_for_two_findings_are_one_cause),
        cmocka_unit_test(a_fix_that_fails_does_not_take_the_others_along),
        cmocka_unit_test(a_list_is_not_emptied_item_by_item),
        cmocka_unit_test(nobody_is_blamed_where_more_opens),
        cmocka_unit_test(a_batch_needs_budget_too),
    };
    return RUN_TESTS(tests);
}
