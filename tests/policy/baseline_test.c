#include "policy/baseline.h"

#include "tests/check.h"

/* Two results of a.yaml, one of b.yaml with the fingerprint of the first. */
static const char log_text[] =
    "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"cfnreach\"}},\"results\":["
#define RESULT(uri, print, severity, more)                                                         \
    "{\"ruleId\":\"CFNR102\",\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{"         \
    "\"uri\":\"" uri "\"}}}],\"partialFingerprints\":{\"cfnreach/v1\":\"" print                    \
    "\"},\"properties\":{\"severity\":\"" severity                                                 \
    "\",\"verdict\":\"possible\",\"interfaces\":[\"W/0\"]}" more "}"
    RESULT("a.yaml", "1", "medium", "") "," RESULT("a.yaml", "2", "low", "") "," RESULT(
        "b.yaml", "1", "medium",
        ",\"suppressions\":[{\"kind\":\"external\"}]") "," RESULT("a.yaml", "9", "high",
                                                                  ",\"baselineState\":"
                                                                  "\"absent\"") "]}]}";

static struct baseline *opened(struct arena *a)
{
    struct str why = STR("");
    struct baseline *b = baseline_read(a, str_from(log_text), &why);
    assert_non_null(b);
    return b;
}

static enum baseline_state mark(struct baseline *b, const char *uri, const char *print,
                                enum severity severity, bool suppressed)
{
    struct finding f = {.fingerprint = str_from(print),
                        .severity = severity,
                        .verdict = REACH_POSSIBLE,
                        .suppressed = suppressed};
    baseline_mark(b, &f, str_from(uri));
    return f.baseline;
}

static void a_result_is_known_by_file_and_fingerprint(void **state)
{
    (void)state;
    struct arena a = {0};
    struct baseline *b = opened(&a);
    baseline_file(b, STR("a.yaml"));
    baseline_file(b, STR("b.yaml"));
    assert_int_equal(mark(b, "a.yaml", "1", SEVERITY_MEDIUM, false), BASELINE_UNCHANGED);
    assert_int_equal(mark(b, "a.yaml", "1", SEVERITY_MEDIUM, false), BASELINE_NEW); /* taken */
    assert_int_equal(mark(b, "a.yaml", "2", SEVERITY_MEDIUM, false), BASELINE_UPDATED);
    assert_int_equal(mark(b, "a.yaml", "9", SEVERITY_HIGH, false), BASELINE_NEW);   /* was absent */
    assert_int_equal(mark(b, "c.yaml", "1", SEVERITY_MEDIUM, false), BASELINE_NEW); /* a copy */
    /* It was accepted, and no longer is. */
    assert_int_equal(mark(b, "b.yaml", "1", SEVERITY_MEDIUM, false), BASELINE_UPDATED);
    assert_int_equal(baseline_absent(b, &a).n, 0);
    arena_release(&a);
}

static void only_what_became_worse_is_updated(void **state)
{
    (void)state;
    static const struct {
        enum severity severity;
        enum reach_verdict verdict;
        const char *interface;
        enum baseline_state state;
    } rows[] = {
        {SEVERITY_MEDIUM, REACH_POSSIBLE, "W/0", BASELINE_UNCHANGED},
        {SEVERITY_LOW, REACH_POSSIBLE, "W/0", BASELINE_UNCHANGED},
        {SEVERITY_MEDIUM, REACH_BLOCKED, "W/0", BASELINE_UNCHANGED},
        {SEVERITY_HIGH, REACH_POSSIBLE, "W/0", BASELINE_UPDATED},
        {SEVERITY_MEDIUM, REACH_REACHABLE, "W/0", BASELINE_UPDATED},
        {SEVERITY_MEDIUM, REACH_POSSIBLE, "V/0", BASELINE_UPDATED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena a = {0};
        struct baseline *b = opened(&a);
        struct finding f = {
            .fingerprint = STR("1"), .severity = rows[i].severity, .verdict = rows[i].verdict};
        VEC_ADD(&a, &f.endpoints)->interface = str_from(rows[i].interface);
        baseline_mark(b, &f, STR("a.yaml"));
        assert_int_equal(f.baseline, rows[i].state);
        arena_release(&a);
    }
}

/* The file was renamed, or made JSON. */
static void a_result_moves_with_its_file(void **state)
{
    (void)state;
    struct arena a = {0};
    struct baseline *b = opened(&a);
    baseline_file(b, STR("b.yaml"));
    assert_int_equal(mark(b, "a.json", "1", SEVERITY_MEDIUM, false), BASELINE_UNCHANGED);
    assert_int_equal(mark(b, "a.json", "1", SEVERITY_MEDIUM, false), BASELINE_NEW);
    arena_release(&a);
}

static void what_was_not_looked_at_is_not_absent(void **state)
{
    (void)state;
    struct arena a = {0};
    struct baseline *b = opened(&a);
    baseline_file(b, STR("a.yaml"));
    assert_int_equal(baseline_file_count(b), 2);
    assert_str(baseline_file_uri(b, 1), "b.yaml");
    assert_int_equal(mark(b, "a.yaml", "1", SEVERITY_MEDIUM, false), BASELINE_UNCHANGED);
    assert_int_equal(baseline_absent(b, &a).n, 2); /* of a.yaml; b.yaml was deleted */
    baseline_exists(b, 1);
    assert_int_equal(baseline_absent(b, &a).n, 1);
    assert_str(sarif_old_text(&baseline_absent(b, &a).at[0]->fingerprints, "cfnreach/v1"), "2");
    baseline_incomplete(b, STR("a.yaml"));
    assert_int_equal(baseline_absent(b, &a).n, 0);
    arena_release(&a);
}

/* None of its files is looked at: the same thing has other names now. */
static void without_a_common_file_everything_may_be_absent(void **state)
{
    (void)state;
    struct arena a = {0};
    struct baseline *b = opened(&a);
    baseline_file(b, STR("c.yaml"));
    baseline_exists(b, 0);
    baseline_exists(b, 1);
    assert_int_equal(baseline_absent(b, &a).n, 3);
    arena_release(&a);
}

static void a_damaged_log_is_refused_and_an_empty_one_knows_nothing(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str why = STR("");
    assert_null(baseline_read(
        &a,
        STR("{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"cfnreach\"}},"
            "\"results\":[{\"ruleId\":\"CFNR102\"}]}]}"),
        &why));
    assert_str(why, "result 1 has no fingerprint 'cfnreach/v1', rule or place");
    struct baseline *b = baseline_read(&a, STR(""), &why);
    assert_int_equal(mark(b, "a.yaml", "1", SEVERITY_LOW, false), BASELINE_NEW);
    assert_string_equal(baseline_state_name(BASELINE_UNCHANGED), "unchanged");
    arena_release(&a);
}

static void what_nobody_asked_for_is_not_absent(void **state)
{
    (void)state;
    struct arena a = {0};
    enum severity severities[64] = {SEVERITY_OFF};
    struct settings s = {.rule_severity = severities};
    struct baseline *b = opened(&a);
    baseline_file(b, STR("a.yaml"));
    baseline_file(b, STR("b.yaml"));
    assert_int_equal(baseline_absent(b, &a).n, 3);
    baseline_settings(b, &s);
    assert_int_equal(baseline_absent(b, &a).n, 0);
    severities[rule_index(rule_find(STR("CFNR102")))] = SEVERITY_LOW;
    assert_int_equal(baseline_absent(b, &a).n, 3);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_nobody_asked_for_is_not_absent),
        cmocka_unit_test(a_result_is_known_by_file_and_fingerprint),
        cmocka_unit_test(only_what_became_worse_is_updated),
        cmocka_unit_test(a_result_moves_with_its_file),
        cmocka_unit_test(what_was_not_looked_at_is_not_absent),
        cmocka_unit_test(without_a_common_file_everything_may_be_absent),
        cmocka_unit_test(a_damaged_log_is_refused_and_an_empty_one_knows_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
