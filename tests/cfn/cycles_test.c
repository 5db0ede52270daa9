#include "tests/cfn/eval_cases.h"

static void check_cycles(const char *resources, const char *diags)
{
    struct fixture f = {0};
    struct buf text;
    buf_init(&text);
    buf_addf(&text,
             "Parameters: {E: {Type: String, AllowedValues: [a, b]}}\n"
             "Conditions: {A: !Equals [!Ref E, a]}\nResources:\n%s",
             resources);
    print_message("%s", resources);
    fixture_open(&f, text.p);
    assert_diags(&f, diags);
    fixture_close(&f);
    buf_release(&text);
}

static void circles_are_diagnosed_once(void **state)
{
    (void)state;
    check_cycles("  A: {Type: T, Properties: {X: !Ref A}}\n", "CFNR911 !Ref A");
    check_cycles("  A: {Type: T, Properties: {X: !Ref B}}\n"
                 "  B: {Type: T, Properties: {X: !GetAtt A.Y}}\n",
                 "CFNR911 !Ref B");
    check_cycles("  A: {Type: T, DependsOn: B}\n  B: {Type: T, DependsOn: [C]}\n"
                 "  C: {Type: T, Properties: {X: !Sub '${A}-x'}}\n",
                 "CFNR911 B");
    /* Two circles that share nothing. */
    check_cycles("  A: {Type: T, DependsOn: B}\n  B: {Type: T, DependsOn: A}\n"
                 "  C: {Type: T, DependsOn: D}\n  D: {Type: T, DependsOn: C}\n",
                 "CFNR911 B; CFNR911 D");
}

static void what_is_no_circle_is_not_diagnosed(void **state)
{
    (void)state;
    check_cycles("  A: {Type: T, Properties: {X: !Ref B, Y: !Ref C}}\n"
                 "  B: {Type: T, Properties: {X: !Ref D}}\n"
                 "  C: {Type: T, Properties: {X: !Ref D}}\n  D: {Type: T}\n",
                 "");
    /* The two references are never made at once. */
    check_cycles("  A: {Type: T, Properties: {X: !If [A, !Ref B, x]}}\n"
                 "  B: {Type: T, Properties: {X: !If [A, x, !Ref A]}}\n",
                 "");
    check_cycles("  A: {Type: T, Properties: {X: !If [A, !Ref B, x]}}\n"
                 "  B: {Type: T, Properties: {X: !If [A, !Ref A, x]}}\n",
                 "CFNR911 !Ref B");
}

static void the_message_shows_the_way_round(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Resources:\n  A: {Type: T, DependsOn: B}\n  B: {Type: T, DependsOn: C}\n"
                     "  C: {Type: T, DependsOn: A}\n");
    assert_str(f.diags.all.at[0].message,
               "Resources depend on each other in a circle: 'A' -> 'B' -> 'C' -> 'A'.");
    assert_int_equal(f.diags.all.at[0].related.n, 2);
    fixture_close(&f);
}

/* A chain of 20,000 references, and the circle that its last one makes. */
static void long_chains_need_no_recursion(void **state)
{
    (void)state;
    enum { LENGTH = 20000 };
    struct fixture f = {0};
    struct buf text;
    buf_init(&text);
    buf_adds(&text, "Resources:\n");
    for (int i = 0; i < LENGTH; i++) {
        buf_addf(&text, "  R%d: {Type: T, DependsOn: R%d}\n", i, (i + 1) % LENGTH);
    }
    fixture_open(&f, text.p);
    assert_int_equal(f.diags.errors, 1);
    assert_int_equal(f.diags.all.at[0].id, DIAG_CYCLE);
    fixture_close(&f);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(circles_are_diagnosed_once),
        cmocka_unit_test(what_is_no_circle_is_not_diagnosed),
        cmocka_unit_test(the_message_shows_the_way_round),
        cmocka_unit_test(long_chains_need_no_recursion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
