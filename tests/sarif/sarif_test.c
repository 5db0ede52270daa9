/*
 * The log as a whole: read back with cJSON, not compared byte for byte, so that each test names
 * what the consumers need.
 */
#include "sarif/sarif.h"

#include <cjson/cJSON.h>

#include "tests/check.h"

static const char *const tags[] = {"security", NULL};
static const struct sarif_rule rules_of_test[] = {
    {"T001", "FirstRule", "First.", "First rule.", "# First", "First rule.", NULL, "error", "8.0",
     "very-high", tags},
    {"T002", "SecondRule", "Second.", "Second rule.", "# Second", "Second rule.", NULL, "note",
     "1.0", "very-high", tags},
};

static struct sarif_tool tool(void)
{
    return (struct sarif_tool){
        .name = "tool",
        .version = "1.2.3",
        .category = STR("tool/"),
        .rules = rules_of_test,
        .rule_n = 2,
        .notifications = rules_of_test,
        .notification_n = 1,
    };
}

static cJSON *finish(struct sarif_log *log, int exit_code)
{
    struct buf out;
    buf_init(&out);
    sarif_end(log, exit_code, exit_code < 2, &out);
    cJSON *parsed = cJSON_ParseWithLength(out.p, out.n);
    assert_non_null(parsed);
    buf_release(&out);
    return parsed;
}

static const cJSON *at(const cJSON *o, const char *path)
{
    char step[64];
    while (*path) {
        size_t n = strcspn(path, "/");
        assert_true(n < sizeof step);
        memcpy(step, path, n);
        step[n] = '\0';
        o = step[0] >= '0' && step[0] <= '9' ? cJSON_GetArrayItem(o, step[0] - '0')
                                             : cJSON_GetObjectItemCaseSensitive(o, step);
        if (!o) {
            return NULL;
        }
        path += n + (path[n] == '/');
    }
    return o;
}

static const char *text_at(const cJSON *o, const char *path)
{
    const cJSON *item = at(o, path);
    assert_non_null(item);
    assert_true(cJSON_IsString(item));
    return item->valuestring;
}

static void an_empty_log_lists_all_rules_and_no_results(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_tool t = tool();
    cJSON *log = finish(sarif_begin(&a, &t), 0);
    assert_string_equal(text_at(log, "version"), "2.1.0");
    assert_string_equal(text_at(log, "runs/0/columnKind"), "utf16CodeUnits");
    assert_string_equal(text_at(log, "runs/0/automationDetails/id"), "tool/");
    assert_int_equal(cJSON_GetArraySize(at(log, "runs/0/results")), 0);
    assert_true(cJSON_IsArray(at(log, "runs/0/results"))); /* what closes alerts */
    assert_int_equal(cJSON_GetArraySize(at(log, "runs/0/tool/driver/rules")), 2);
    assert_true(cJSON_IsString(at(log, "runs/0/tool/driver/rules/0/properties/security-severity")));
    assert_null(at(log, "runs/0/originalUriBaseIds/%SRCROOT%/uri"));
    assert_true(cJSON_IsTrue(at(log, "runs/0/invocations/0/executionSuccessful")));
    cJSON_Delete(log);
    arena_release(&a);
}

static struct sarif_location place(uint32_t line)
{
    return (struct sarif_location){
        .uri = STR("a.yaml"),
        .region = {line, 3, line, 9, STR("0.0.0.0")},
        .message = STR("Here."),
    };
}

static void a_result_carries_places_flow_and_fingerprints(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_tool t = tool();
    struct sarif_log *log = sarif_begin(&a, &t);
    struct sarif_location related[] = {place(2), place(3)};
    struct sarif_step steps[] = {{place(4), "enter", false, STR("tcp/22")},
                                 {place(5), "pass", true, STR("")}};
    const struct sarif_step *flows[] = {steps};
    size_t lengths[] = {2};
    struct sarif_property prints[] = {{"cfnreach/v1", STR("abc"), false}};
    struct sarif_property bag[] = {{"list", STR("[1,2]"), true}};
    struct sarif_result r = {
        .rule = 1,
        .level = "note",
        .rank = 30,
        .message = STR("It is 'open'."),
        .location = place(1),
        .related = related,
        .related_n = 2,
        .flows = flows,
        .flow_lengths = lengths,
        .flow_n = 1,
        .fingerprints = prints,
        .fingerprint_n = 1,
        .properties = bag,
        .property_n = 1,
    };
    sarif_result(log, &r);
    cJSON *parsed = finish(log, 1);
    const cJSON *result = at(parsed, "runs/0/results/0");
    assert_string_equal(text_at(result, "ruleId"), "T002");
    assert_int_equal(at(result, "ruleIndex")->valueint, 1);
    assert_string_equal(text_at(result, "message/text"), "It is 'open'.");
    assert_string_equal(text_at(result, "message/arguments/0"), "It is 'open'.");
    assert_int_equal(at(result, "relatedLocations/1/id")->valueint, 2);
    const char *step = "codeFlows/0/threadFlows/0/locations/1/location/physicalLocation/region";
    assert_int_equal(at(at(result, step), "endColumn")->valueint, 9);
    assert_int_equal(at(result, "codeFlows/0/threadFlows/0/locations/1/executionOrder")->valueint,
                     2);
    /* The key holds a slash, which the paths of this test cannot name. */
    const cJSON *prints_object = at(result, "partialFingerprints");
    assert_string_equal(cJSON_GetObjectItemCaseSensitive(prints_object, "cfnreach/v1")->valuestring,
                        "abc");
    assert_int_equal(cJSON_GetArraySize(at(result, "properties/list")), 2);
    cJSON_Delete(parsed);
    arena_release(&a);
}

static void suppressions_stand_on_all_results_or_on_none(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_tool t = tool();
    struct sarif_log *log = sarif_begin(&a, &t);
    struct sarif_result r = {.level = "note",
                             .message = STR("X."),
                             .location = place(1),
                             .has_suppressions = true,
                             .suppressed = true,
                             .suppression_kind = "external",
                             .justification = STR("known")};
    sarif_result(log, &r);
    r.suppressed = false;
    sarif_result(log, &r);
    cJSON *parsed = finish(log, 0);
    assert_string_equal(text_at(parsed, "runs/0/results/0/suppressions/0/justification"), "known");
    assert_int_equal(cJSON_GetArraySize(at(parsed, "runs/0/results/1/suppressions")), 0);
    assert_true(cJSON_IsArray(at(parsed, "runs/0/results/1/suppressions")));
    cJSON_Delete(parsed);
    arena_release(&a);
}

static void fixes_are_replacements_with_their_regions(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_tool t = tool();
    struct sarif_log *log = sarif_begin(&a, &t);
    struct sarif_replacement edits[] = {{{1, 3, 1, 9, STR("")}, STR("10.0.0.0/8")},
                                        {{2, 1, 2, 1, STR("")}, STR("")}};
    struct sarif_fix fix = {STR("Narrow it"), STR("a.yaml"), edits, 2};
    struct sarif_result r = {
        .level = "note", .message = STR("X."), .location = place(1), .fixes = &fix, .fix_n = 1};
    sarif_result(log, &r);
    cJSON *parsed = finish(log, 0);
    const cJSON *change = at(parsed, "runs/0/results/0/fixes/0/artifactChanges/0");
    assert_string_equal(text_at(change, "artifactLocation/uriBaseId"), "%SRCROOT%");
    assert_string_equal(text_at(change, "replacements/0/insertedContent/text"), "10.0.0.0/8");
    assert_null(at(change, "replacements/1/insertedContent"));
    assert_null(at(change, "replacements/0/deletedRegion/byteOffset"));
    cJSON_Delete(parsed);
    arena_release(&a);
}

static void notifications_name_their_descriptor(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_tool t = tool();
    struct sarif_log *log = sarif_begin(&a, &t);
    struct sarif_notification n = {"T001", "error", STR("Broken."), place(7)};
    sarif_notify(log, &n);
    cJSON *parsed = finish(log, 2);
    const cJSON *got = at(parsed, "runs/0/invocations/0/toolExecutionNotifications/0");
    assert_int_equal(at(got, "descriptor/index")->valueint, 0);
    assert_int_equal(at(got, "locations/0/physicalLocation/region/startLine")->valueint, 7);
    assert_true(cJSON_IsFalse(at(parsed, "runs/0/invocations/0/executionSuccessful")));
    cJSON_Delete(parsed);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_log_lists_all_rules_and_no_results),
        cmocka_unit_test(a_result_carries_places_flow_and_fingerprints),
        cmocka_unit_test(suppressions_stand_on_all_results_or_on_none),
        cmocka_unit_test(fixes_are_replacements_with_their_regions),
        cmocka_unit_test(notifications_name_their_descriptor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
