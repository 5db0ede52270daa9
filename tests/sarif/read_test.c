#include "sarif/sarif.h"
#include "tests/check.h"

#define DRIVER  "\"tool\":{\"driver\":{\"name\":\"cfnreach\"}}"
#define LOG(of) "{\"version\":\"2.1.0\",\"runs\":[{" DRIVER ",\"results\":[" of "]}]}"

static void results_come_back_with_place_and_fingerprint(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_old_log log = {0};
    struct str why = STR("");
    assert_true(sarif_read(
        &a,
        STR(LOG("{\"ruleId\":\"CFNR102\",\"level\":\"warning\",\"rank\":55,"
                "\"message\":{\"text\":\"SSH.\"},\"suppressions\":[{\"kind\":\"external\"}],"
                "\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"a.yaml\","
                "\"uriBaseId\":\"%SRCROOT%\"},\"region\":{\"startLine\":3,\"startColumn\":5,"
                "\"endLine\":3,\"endColumn\":9,\"snippet\":{\"text\":\"x\"}}}}],"
                "\"partialFingerprints\":{\"cfnreach/v1\":\"12ab\"},"
                "\"properties\":{\"severity\":\"medium\",\"interfaces\":[\"W/0\"]}}")),
        "cfnreach", &log, &why));
    assert_int_equal(log.n, 1);
    const struct sarif_old *r = &log.at[0];
    assert_str(r->rule_id, "CFNR102");
    assert_str(r->message, "SSH.");
    assert_str(r->location.uri, "a.yaml");
    assert_false(r->location.absolute);
    assert_int_equal(r->location.region.start_line, 3);
    assert_str(sarif_old_text(&r->fingerprints, "cfnreach/v1"), "12ab");
    assert_str(sarif_old_text(&r->properties, "severity"), "medium");
    assert_str(sarif_old_text(&r->properties, "Severity"), "");
    struct map interfaces = sarif_list(&a, sarif_old_text(&r->properties, "interfaces"));
    assert_non_null(map_get(&interfaces, STR("W/0")));
    assert_null(map_get(&interfaces, STR("W")));
    assert_true(r->suppressed);
    assert_false(r->absent);
    arena_release(&a);
}

static void what_is_no_log_of_the_tool_is_refused_with_words(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *why;
    } rows[] = {
        {"", "it is not JSON"},
        {"{", "it is not JSON"},
        {"\xff", "it is not UTF-8 text"},
        {"[]", "it is no SARIF log"},
        {"{\"runs\":[]}", "it is no SARIF log"},
        {"{\"Version\":\"2.1.0\",\"Runs\":[]}", "it is no SARIF log"},
        {"{\"version\":\"1.0.0\",\"runs\":[]}", "it is a SARIF log of another version than 2.1.0"},
        {"{\"version\":\"2.1.0\",\"runs\":[]}", "it holds no run of cfnreach"},
        {"{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"Checkov\"}}}]}",
         "it is a log of another tool: Checkov"},
        {"{\"version\":\"2.1.0\",\"runs\":[{" DRIVER "}]}", "a run of it has no 'results'"},
        {LOG("") " {}", "something stands behind its JSON"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena a = {0};
        struct sarif_old_log log = {0};
        struct str why = STR("");
        assert_false(sarif_read(&a, str_from(rows[i].text), "cfnreach", &log, &why));
        assert_str(why, rows[i].why);
        arena_release(&a);
    }
}

static void members_of_a_wrong_kind_count_as_absent(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_old_log log = {0};
    struct str why = STR("");
    assert_true(sarif_read(
        &a,
        STR(LOG("7,{\"ruleId\":7,\"message\":[],\"locations\":{},\"partialFingerprints\":[],"
                "\"suppressions\":[],\"rank\":\"x\"},"
                "{\"locations\":[{\"physicalLocation\":{\"region\":{\"startLine\":1e99,"
                "\"startColumn\":1,\"endLine\":1,\"endColumn\":2}}}]}")),
        "cfnreach", &log, &why));
    assert_int_equal(log.n, 3);
    assert_str(log.at[1].rule_id, "");
    assert_false(log.at[1].suppressed);
    assert_int_equal(log.at[2].location.region.start_line, 0);
    assert_int_equal(sarif_list(&a, STR("nonsense")).n, 0);
    assert_int_equal(sarif_list(&a, STR("[7,\"x\",\"x\",{}]")).n, 1);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_come_back_with_place_and_fingerprint),
        cmocka_unit_test(what_is_no_log_of_the_tool_is_refused_with_words),
        cmocka_unit_test(members_of_a_wrong_kind_count_as_absent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
