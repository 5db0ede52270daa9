/*
 * The log as a whole: read back with cJSON, not compared byte for byte, so that each test names
 * what the consumers need.
 */
#include "sarif/sarif.h"

#include "tests/check.h"
#include "tests/parsed.h"
#include "tests/sarif/logged.h"

static void an_empty_log_lists_all_rules_and_no_results(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_tool t = logged_tool();
    cJSON *log = logged(sarif_begin(&a, &t), 0);
    assert_string_equal(parsed_text(log, "version"), "2.1.0");
    assert_string_equal(parsed_text(log, "runs/0/columnKind"), "utf16CodeUnits");
    assert_string_equal(parsed_text(log, "runs/0/automationDetails/id"), "tool/");
    assert_int_equal(cJSON_GetArraySize(parsed_at(log, "runs/0/results")), 0);
    assert_true(cJSON_IsArray(parsed_at(log, "runs/0/results"))); /* what closes alerts */
    assert_int_equal(cJSON_GetArraySize(parsed_at(log, "runs/0/tool/driver/rules")), 2);
    assert_true(
        cJSON_IsString(parsed_at(log, "runs/0/tool/driver/rules/0/properties/security-severity")));
    assert_null(parsed_at(log, "runs/0/originalUriBaseIds/%SRCROOT%/uri"));
    assert_true(cJSON_IsTrue(parsed_at(log, "runs/0/invocations/0/executionSuccessful")));
    cJSON_Delete(log);
    arena_release(&a);
}

static void notifications_name_their_descriptor(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_tool t = logged_tool();
    struct sarif_log *log = sarif_begin(&a, &t);
    struct sarif_notification n = {"T001", "error", STR("Broken."), logged_place(7)};
    sarif_notify(log, &n);
    cJSON *parsed = logged(log, 2);
    const cJSON *got = parsed_at(parsed, "runs/0/invocations/0/toolExecutionNotifications/0");
    assert_int_equal(parsed_at(got, "descriptor/index")->valueint, 0);
    assert_int_equal(parsed_at(got, "locations/0/physicalLocation/region/startLine")->valueint, 7);
    assert_true(cJSON_IsFalse(parsed_at(parsed, "runs/0/invocations/0/executionSuccessful")));
    cJSON_Delete(parsed);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_log_lists_all_rules_and_no_results),
        cmocka_unit_test(notifications_name_their_descriptor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
