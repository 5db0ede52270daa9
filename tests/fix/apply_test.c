#include "tests/fix/fixing.h"

static struct fixed *apply(struct fixing *f, struct fix_wish wish)
{
    return fix_apply(&f->arena, f->analysis, &f->options, &wish);
}

static void sums_of_edits_give_the_same_text(void **state UNUSED)
{
    /* Random edits of a text, then random edits of the result, against doing both in turn. */
    struct check_random r = {7};
    for (int round = 0; round < 2000; round++) {
        struct arena a = {0};
        struct source_set set;
        source_set_init(&set, &a);
        struct source *src = source_add(&set, STR("t"), STR("abcdefghijklmnop"));
        struct edit edits[2][3];
        size_t n[2];
        struct source *now = src;
        for (int k = 0; k < 2; k++) {
            n[k] = 0;
            uint32_t at = check_random_below(&r, 4);
            while (n[k] < 3 && at <= now->bytes.n) {
                uint32_t end = at + check_random_below(&r, 4);
                end = end > now->bytes.n ? (uint32_t)now->bytes.n : end;
                edits[k][n[k]++] = (struct edit){{now->id, at, end},
                                                 check_random_below(&r, 3) ? STR("XY") : STR("")};
                at = end + 1 + check_random_below(&r, 4);
            }
            struct buf b;
            buf_init(&b);
            edits_apply(now, edits[k], n[k], &b);
            now = source_add(&set, STR("u"), str_copy(&a, buf_str(&b)));
            buf_release(&b);
        }
        struct edit_sum sum = edits_sum(&a, src, edits[0], n[0], edits[1], n[1]);
        struct buf b;
        buf_init(&b);
        assert_true(edits_order(src, sum.at.at, sum.at.n));
        edits_apply(src, sum.at.at, sum.at.n, &b);
        assert_true(str_eq(buf_str(&b), now->bytes));
        buf_release(&b);
        arena_release(&a);
    }
}

static void safe_fixes_are_applied_one_after_another(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(23, 23, WORLD) RULE(22, 22, WORLD));
    struct fixed *fixed = apply(f, (struct fix_wish){.gate = SEVERITY_MEDIUM});
    assert_int_equal(fixed->steps.n, 2);
    assert_int_equal(fixed->steps.at[0].outcome, FIX_APPLIED);
    assert_str(fixed->steps.at[1].fix.id, "R2-2");
    struct buf b;
    buf_init(&b);
    edits_apply(f->analysis->source, fixed->files[0].edits, fixed->files[0].edit_n, &b);
    assert_true(str_eq(buf_str(&b), fixed->files[0].bytes));
    buf_release(&b);
    for (size_t i = 0; i < fixed->analysis->findings->all.n; i++) {
        assert_true(fixed->analysis->findings->all.at[i].severity < SEVERITY_MEDIUM);
    }
    fixing_free(f);
}

/* One byte instead of LIMIT_FIX_MIB: the first finding has begun when it is spent, the second is
 * not tried. */
static void findings_behind_the_limit_are_said_to_be_untried(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(23, 23, WORLD) RULE(22, 22, WORLD));
    f->options.memory = 1;
    struct fixed *fixed = apply(f, (struct fix_wish){.gate = SEVERITY_MEDIUM});
    assert_int_equal(fixed->steps.n, 2);
    assert_int_equal(fixed->steps.at[0].outcome, FIX_APPLIED);
    assert_false(fixed->steps.at[0].cut_short);
    assert_int_equal(fixed->steps.at[1].outcome, FIX_ONLY_ADVICE); /* needs no proof */
    assert_true(fixed->steps.at[1].cut_short);
    fixing_free(f);
}

static void one_parameter_serves_two_fixes(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(22, 22, WORLD) RULE(3389, 3389, WORLD));
    struct fixed *fixed = apply(f, (struct fix_wish){.gate = SEVERITY_MEDIUM});
    size_t first = str_find(fixed->files[0].bytes, STR("!Ref AdminCidr"), 0);
    assert_true(first != STR_NPOS);
    assert_true(str_find(fixed->files[0].bytes, STR("!Ref AdminCidr"), first + 1) != STR_NPOS);
    assert_true(str_find(fixed->files[0].bytes, STR("AdminCidr2"), 0) == STR_NPOS);
    fixing_free(f);
}

static void what_is_below_the_gate_or_unsafe_stays(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(22, 22, "CidrIpv6: '::/0'") RULE(443, 443, WORLD));
    struct fixed *fixed = apply(f, (struct fix_wish){.gate = SEVERITY_MEDIUM});
    assert_int_equal(fixed->files[0].edit_n, 0);
    fixing_free(f);
}

static void an_id_chooses_among_alternatives(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(3306, 3306, WORLD));
    struct str only[] = {STR("R5-1"), STR("R9-9")};
    bool seen[2] = {false, false};
    struct fixed *fixed =
        apply(f, (struct fix_wish){.unsafe = true, .only = only, .only_n = 2, .only_seen = seen});
    assert_true(str_find(fixed->files[0].bytes, STR("MapPublicIpOnLaunch: false"), 0) != STR_NPOS);
    assert_true(seen[0]);
    assert_false(seen[1]);
    fixing_free(f);
}

/* Asked for by id: what came of it. */
static struct fix_step step_of(const char *text, struct str first, struct str second, size_t nth)
{
    struct fixing *f = fixing_of(text);
    struct str only[] = {first, second};
    bool seen[2] = {false, false};
    struct fixed *fixed =
        apply(f, (struct fix_wish){.unsafe = true, .only = only, .only_n = 2, .only_seen = seen});
    assert_true(seen[0]);
    assert_true(seen[1]);
    assert_true(nth < fixed->steps.n);
    struct fix_step step = fixed->steps.at[nth];
    assert_int_equal(step.fix.edit_n > 0, true);
    step.finding = NULL;
    step.fix.edit_n = step.passed.n; /* the rest is dropped with the arena */
    fixing_free(f);
    return step;
}

static void what_an_earlier_fix_did_already_is_not_done_again(void **state UNUSED)
{
    struct fix_step step = step_of(NETWORK RULE(22, 23, WORLD), STR("R1-1"), STR("R1-2"), 1);
    assert_int_equal(step.outcome, FIX_CLOSED_BEFORE);
}

static void a_fix_whose_place_has_changed_is_not_applied(void **state UNUSED)
{
    struct fix_step step = step_of(NETWORK RULE(22, 23, WORLD), STR("R1s-1"), STR("R1s-2"), 1);
    assert_int_equal(step.outcome, FIX_OVERTAKEN);
}

static void of_two_alternatives_the_better_is_applied(void **state UNUSED)
{
    struct fix_step step = step_of(NETWORK RULE(22, 22, WORLD), STR("R2-1"), STR("R7-1"), 0);
    assert_int_equal(step.outcome, FIX_APPLIED);
    assert_int_equal(step.fix.edit_n, 1);
}

static void a_second_run_finds_nothing_to_do(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(22, 23, WORLD) RULE(3306, 3306, WORLD));
    struct fixed *fixed = apply(f, (struct fix_wish){.unsafe = true, .gate = SEVERITY_MEDIUM});
    char *text = str_to_c(&f->arena, fixed->files[0].bytes);
    assert_true(fixed->files[0].edit_n > 0);
    struct fixing *again = fixing_of(text);
    assert_int_equal(
        apply(again, (struct fix_wish){.unsafe = true, .gate = SEVERITY_MEDIUM})->files[0].edit_n,
        0);
    fixing_free(again);
    fixing_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_of_edits_give_the_same_text),
        cmocka_unit_test(safe_fixes_are_applied_one_after_another),
        cmocka_unit_test(findings_behind_the_limit_are_said_to_be_untried),
        cmocka_unit_test(one_parameter_serves_two_fixes),
        cmocka_unit_test(what_is_below_the_gate_or_unsafe_stays),
        cmocka_unit_test(an_id_chooses_among_alternatives),
        cmocka_unit_test(what_an_earlier_fix_did_already_is_not_done_again),
        cmocka_unit_test(a_fix_whose_place_has_changed_is_not_applied),
        cmocka_unit_test(of_two_alternatives_the_better_is_applied),
        cmocka_unit_test(a_second_run_finds_nothing_to_do),
    };
    return RUN_TESTS(tests);
}
