#include "policy/grade.h"

#include "tests/check.h"

struct room {
    struct arena arena;
    struct source_set sources;
    struct diags diags;
    struct settings *settings;
};

static void open_room(struct room *r, const char *policy)
{
    *r = (struct room){.settings = NULL};
    source_set_init(&r->sources, &r->arena);
    diags_init(&r->diags, &r->arena);
    r->settings = settings_load(&r->arena, str_from(policy), &r->sources, &r->diags);
    assert_non_null(r->settings);
}

static struct piece piece(struct room *r, uint16_t begin, uint16_t end)
{
    struct pieces p = split_range(&r->arena, r->settings, PROTOCOL_TCP, (struct ports){begin, end});
    return p.at[p.n - 1];
}

/* SEMANTICS 4.3 and 5.5: the table; two levels for doubt about the rule; caps of `default`. */
static void severities_are_computed_as_specified(void **state)
{
    (void)state;
    static const struct {
        const char *policy;
        uint16_t begin;
        uint16_t end;
        struct grade_case as;
        enum severity expected;
    } rows[] = {
        {"default",
         22,
         22,
         {EDGE_INTERNET, REACH_REACHABLE, false, false, EXPOSURE_WORLD, ANSWERS_ANYBODY},
         SEVERITY_MEDIUM},
        {"default",
         22,
         22,
         {EDGE_PEERING, REACH_REACHABLE, false, false, EXPOSURE_NONE, ANSWERS_ANYBODY},
         SEVERITY_LOW},
        {"default",
         23,
         23,
         {EDGE_INTERNET, REACH_REACHABLE, false, false, EXPOSURE_WORLD, ANSWERS_ANYBODY},
         SEVERITY_HIGH},
        {"default",
         80,
         80,
         {EDGE_VPN, REACH_REACHABLE, false, false, EXPOSURE_NONE, ANSWERS_ANYBODY},
         SEVERITY_INFORMATIONAL},
        {"default",
         22,
         22,
         {EDGE_MANAGED, REACH_REACHABLE, false, false, EXPOSURE_NONE, ANSWERS_ANYBODY},
         SEVERITY_INFORMATIONAL},
        {"default",
         22,
         22,
         {EDGE_ACCELERATOR, REACH_REACHABLE, false, false, EXPOSURE_WORLD, ANSWERS_ANYBODY},
         SEVERITY_MEDIUM},
        /* doubt about the surroundings keeps it, doubt about the rule takes two levels */
        {"default",
         22,
         22,
         {EDGE_INTERNET, REACH_POSSIBLE, false, false, EXPOSURE_WORLD, ANSWERS_ANYBODY},
         SEVERITY_MEDIUM},
        {"default",
         22,
         22,
         {EDGE_INTERNET, REACH_POSSIBLE, true, false, EXPOSURE_WORLD, ANSWERS_ANYBODY},
         SEVERITY_INFORMATIONAL},
        /* where nobody unknown gets an answer */
        {"inspector",
         443,
         443,
         {EDGE_INTERNET, REACH_REACHABLE, false, false, EXPOSURE_WORLD, ANSWERS_IDENTIFIED},
         SEVERITY_INFORMATIONAL},
        {"inspector",
         23,
         23,
         {EDGE_INTERNET, REACH_REACHABLE, false, false, EXPOSURE_WORLD, ANSWERS_NOBODY},
         SEVERITY_INFORMATIONAL},
        {"default",
         23,
         23,
         {EDGE_INTERNET, REACH_POSSIBLE, true, false, EXPOSURE_WORLD, ANSWERS_ANYBODY},
         SEVERITY_LOW},
        {"default",
         23,
         23,
         {EDGE_INTERNET, REACH_BY_DEFAULT, true, false, EXPOSURE_WORLD, ANSWERS_ANYBODY},
         SEVERITY_HIGH},
        /* few sources: capped by default, not by inspector; broad ones never */
        {"default",
         23,
         23,
         {EDGE_INTERNET, REACH_REACHABLE, false, false, EXPOSURE_NARROW, ANSWERS_ANYBODY},
         SEVERITY_LOW},
        {"default",
         23,
         23,
         {EDGE_INTERNET, REACH_REACHABLE, false, false, EXPOSURE_LIMITED, ANSWERS_ANYBODY},
         SEVERITY_LOW},
        {"default",
         23,
         23,
         {EDGE_INTERNET, REACH_REACHABLE, false, false, EXPOSURE_BROAD, ANSWERS_ANYBODY},
         SEVERITY_HIGH},
        {"inspector",
         22,
         22,
         {EDGE_INTERNET, REACH_REACHABLE, false, false, EXPOSURE_NARROW, ANSWERS_ANYBODY},
         SEVERITY_MEDIUM},
        {"default",
         23,
         23,
         {EDGE_PEERING, REACH_REACHABLE, false, false, EXPOSURE_NARROW, ANSWERS_ANYBODY},
         SEVERITY_MEDIUM},
        /* lowered first, capped then: low stays low */
        {"default",
         23,
         23,
         {EDGE_INTERNET, REACH_POSSIBLE, true, false, EXPOSURE_NARROW, ANSWERS_ANYBODY},
         SEVERITY_LOW},
        {"inspector",
         23,
         23,
         {EDGE_INTERNET, REACH_POSSIBLE, true, true, EXPOSURE_NARROW, ANSWERS_ANYBODY},
         SEVERITY_INFORMATIONAL},
        /* a range is as bad as its worst; the whole range's is telnet's through 5.3's rest */
        {"default",
         80,
         600,
         {EDGE_INTERNET, REACH_REACHABLE, false, false, EXPOSURE_WORLD, ANSWERS_ANYBODY},
         SEVERITY_MEDIUM},
        {"inspector",
         8001,
         8001,
         {EDGE_INTERNET, REACH_REACHABLE, false, false, EXPOSURE_WORLD, ANSWERS_ANYBODY},
         SEVERITY_INFORMATIONAL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct room r;
        open_room(&r, rows[i].policy);
        struct piece p = piece(&r, rows[i].begin, rows[i].end);
        const struct rule *rule = p.n == 0  ? rule_find(STR("CFNR181"))
                                  : p.n > 1 ? rule_find(STR("CFNR180"))
                                            : &rules[p.at[0].service->rule];
        if (grade(r.settings, rule, &p, &rows[i].as) != rows[i].expected) {
            fail_msg("row %zu is %s", i, severity_name(grade(r.settings, rule, &p, &rows[i].as)));
        }
        arena_release(&r.arena);
    }
}

static void a_rule_that_is_off_grades_to_off(void **state)
{
    (void)state;
    struct room r;
    open_room(&r, "default");
    struct grade_case as = {EDGE_INTERNET, REACH_REACHABLE, false,
                            false,         EXPOSURE_WORLD,  ANSWERS_ANYBODY};
    struct piece p = piece(&r, 8001, 8001);
    assert_int_equal(grade(r.settings, rule_find(STR("CFNR181")), &p, &as), SEVERITY_OFF);
    p = piece(&r, 22, 22);
    size_t ssh = rule_index(rule_find(STR("CFNR102")));
    r.settings->rule_severity[ssh] = SEVERITY_OFF;
    assert_int_equal(grade(r.settings, &rules[ssh], &p, &as), SEVERITY_OFF);
    arena_release(&r.arena);
}

static void a_severity_of_the_policy_replaces_the_tables(void **state)
{
    (void)state;
    struct room r;
    open_room(&r, "default");
    struct grade_case as = {EDGE_INTERNET, REACH_REACHABLE, false,
                            false,         EXPOSURE_WORLD,  ANSWERS_ANYBODY};
    struct piece p = piece(&r, 22, 22);
    size_t ssh = rule_index(rule_find(STR("CFNR102")));
    r.settings->rule_severity[ssh] = SEVERITY_HIGH;
    r.settings->rule_has_severity[ssh] = true;
    assert_int_equal(grade(r.settings, &rules[ssh], &p, &as), SEVERITY_HIGH);
    as.exposure = EXPOSURE_NARROW;
    assert_int_equal(grade(r.settings, &rules[ssh], &p, &as), SEVERITY_LOW);
    arena_release(&r.arena);
}

/* Strict: neither doubt nor a single typed-in address lowers; who gets an answer still does. */
static void a_policy_may_keep_what_is_doubtful(void **state)
{
    (void)state;
    struct room r;
    open_room(&r, "strict");
    const struct rule *ssh = rule_find(STR("CFNR102"));
    struct grade_case as = {EDGE_INTERNET, REACH_POSSIBLE,  true,
                            true,          EXPOSURE_NARROW, ANSWERS_ANYBODY};
    struct piece p = piece(&r, 22, 22);
    assert_int_equal(grade(r.settings, ssh, &p, &as), SEVERITY_MEDIUM);
    r.settings->keep_doubtful = false;
    assert_int_equal(grade(r.settings, ssh, &p, &as), SEVERITY_INFORMATIONAL);
    as.one_address = false;
    assert_int_equal(grade(r.settings, ssh, &p, &as), SEVERITY_INFORMATIONAL);
    as.doubts_rule = false;
    assert_int_equal(grade(r.settings, ssh, &p, &as), SEVERITY_MEDIUM);
    as.edge = EDGE_PEERING;
    p = piece(&r, 443, 443);
    assert_int_equal(grade(r.settings, rule_find(STR("CFNR301")), &p, &as), SEVERITY_MEDIUM);
    arena_release(&r.arena);
}

static void lowering_stops_at_informational_and_never_wakes_off(void **state)
{
    (void)state;
    assert_int_equal(grade_lowered(SEVERITY_HIGH, 0), SEVERITY_HIGH);
    assert_int_equal(grade_lowered(SEVERITY_HIGH, 1), SEVERITY_MEDIUM);
    assert_int_equal(grade_lowered(SEVERITY_HIGH, 3), SEVERITY_INFORMATIONAL);
    assert_int_equal(grade_lowered(SEVERITY_LOW, 2), SEVERITY_INFORMATIONAL);
    assert_int_equal(grade_lowered(SEVERITY_INFORMATIONAL, 9), SEVERITY_INFORMATIONAL);
    assert_int_equal(grade_lowered(SEVERITY_OFF, 2), SEVERITY_OFF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(severities_are_computed_as_specified),
        cmocka_unit_test(a_rule_that_is_off_grades_to_off),
        cmocka_unit_test(a_severity_of_the_policy_replaces_the_tables),
        cmocka_unit_test(a_policy_may_keep_what_is_doubtful),
        cmocka_unit_test(lowering_stops_at_informational_and_never_wakes_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
