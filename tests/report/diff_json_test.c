#include "report/diff_view.h"

#include <cjson/cJSON.h>

#include "tests/report/diffed.h"

static const char *text_of(const cJSON *o, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(o, key));
}

static int number_of(const cJSON *o, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(o, key)->valueint;
}

static void every_key_that_is_documented_is_there(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "change",  "severity",   "ruleId",   "name",      "service",      "suppressed",
        "counts",  "template",   "resource", "interface", "edge",         "edgeComponent",
        "via",     "families",   "protocol", "portBegin", "portEnd",      "listenerPort",
        "differs", "otherPorts", "before",   "after",     "sourceChange", "file",
        "line",    "column",     "path"};
    struct comparing c;
    struct diff_view v = diffed_view(&c, DIFFED_CLOSED, DIFFED_SSH);
    cJSON *root = cJSON_Parse(diffed(&c, &v, "json").p);
    assert_non_null(root);
    assert_string_equal(text_of(root, "schema"), "cfnreach-diff/1");
    const cJSON *change = cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(root, "changes"), 0);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (!cJSON_HasObjectItem(change, keys[i])) {
            fail_msg("no '%s'", keys[i]);
        }
    }
    assert_int_equal(cJSON_GetArraySize(change), (int)(sizeof keys / sizeof *keys));
    assert_string_equal(text_of(change, "change"), "opened");
    assert_true(cJSON_IsNull(cJSON_GetObjectItemCaseSensitive(change, "before")));
    const cJSON *after = cJSON_GetObjectItemCaseSensitive(change, "after");
    assert_string_equal(text_of(after, "sources"), "any IPv4 address");
    const cJSON *summary = cJSON_GetObjectItemCaseSensitive(root, "summary");
    assert_int_equal(number_of(summary, "opened"), 1);
    assert_int_equal(number_of(summary, "counting"), 1);
    assert_int_equal(number_of(summary, "closed"), 0);
    cJSON_Delete(root);
    comparing_end(&c);
}

static void what_is_wider_is_told_from_what_was_open(void **state)
{
    (void)state;
    struct comparing c;
    struct diff_view v = diffed_view(&c, DIFFED_SSH, DIFFED_RANGE);
    struct str out = diffed(&c, &v, "json");
    diffed_has(out, "\"change\":\"widened\"");
    diffed_has(out, "\"portBegin\":20,\"portEnd\":23");
    diffed_has(out, "\"differs\":[\"ports\"],\"otherPorts\":[{\"portBegin\":22,\"portEnd\":22}]");
    comparing_end(&c);
}

static void faults_are_in_the_diagnostics(void **state)
{
    (void)state;
    struct comparing c;
    struct diff_view v = diffed_view(&c, DIFFED_SSH, DIFFED_SSH);
    *VEC_ADD(&c.arena, &v.faults) =
        (struct diff_fault){diag_kind(DIAG_SYNTAX), STR("a \"fault\""), {STR("new.yaml"), 3, 4}};
    diffed_has(diffed(&c, &v, "json"),
               "{\"id\":\"CFNR902\",\"level\":\"error\",\"message\":\"a \\\"fault\\\"\","
               "\"file\":\"new.yaml\",\"line\":3,\"column\":4}");
    comparing_end(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_that_is_documented_is_there),
        cmocka_unit_test(what_is_wider_is_told_from_what_was_open),
        cmocka_unit_test(faults_are_in_the_diagnostics),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
