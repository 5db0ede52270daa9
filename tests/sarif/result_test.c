#include <math.h>

#include "sarif/sarif.h"

#include "tests/check.h"
#include "tests/parsed.h"
#include "tests/sarif/logged.h"

static void a_result_carries_places_flow_and_fingerprints(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_tool t = logged_tool();
    struct sarif_log *log = sarif_begin(&a, &t);
    struct sarif_location related[] = {logged_place(2), logged_place(3)};
    struct sarif_step steps[] = {{logged_place(4), "enter", false, STR("tcp/22")},
                                 {logged_place(5), "pass", true, STR("")}};
    const struct sarif_step *flows[] = {steps};
    size_t lengths[] = {2};
    struct sarif_property prints[] = {{"cfnreach/v1", STR("abc"), false}};
    struct sarif_property bag[] = {{"list", STR("[1,2]"), true}};
    struct sarif_result r = {
        .rule = 1,
        .level = "note",
        .rank = 30,
        .message = STR("It is 'open'."),
        .location = logged_place(1),
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
    cJSON *parsed = logged(log, 1);
    const cJSON *result = parsed_at(parsed, "runs/0/results/0");
    assert_string_equal(parsed_text(result, "ruleId"), "T002");
    assert_int_equal(parsed_at(result, "ruleIndex")->valueint, 1);
    assert_string_equal(parsed_text(result, "message/text"), "It is 'open'.");
    assert_string_equal(parsed_text(result, "message/arguments/0"), "It is 'open'.");
    assert_int_equal(parsed_at(result, "relatedLocations/1/id")->valueint, 2);
    const char *step = "codeFlows/0/threadFlows/0/locations/1/location/physicalLocation/region";
    assert_int_equal(parsed_at(parsed_at(result, step), "endColumn")->valueint, 9);
    assert_int_equal(
        parsed_at(result, "codeFlows/0/threadFlows/0/locations/1/executionOrder")->valueint, 2);
    /* The key holds a slash, which the paths of this test cannot name. */
    const cJSON *prints_object = parsed_at(result, "partialFingerprints");
    assert_string_equal(cJSON_GetObjectItemCaseSensitive(prints_object, "cfnreach/v1")->valuestring,
                        "abc");
    assert_int_equal(cJSON_GetArraySize(parsed_at(result, "properties/list")), 2);
    cJSON_Delete(parsed);
    arena_release(&a);
}

static void suppressions_stand_on_all_results_or_on_none(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_tool t = logged_tool();
    struct sarif_log *log = sarif_begin(&a, &t);
    struct sarif_result r = {.level = "note",
                             .message = STR("X."),
                             .location = logged_place(1),
                             .has_suppressions = true,
                             .suppressed = true,
                             .suppression_kind = "external",
                             .justification = STR("known")};
    sarif_result(log, &r);
    r.suppressed = false;
    sarif_result(log, &r);
    r.suppressed = true;
    r.suppression_kind = "inSource";
    r.suppression = logged_place(7);
    sarif_result(log, &r);
    cJSON *parsed = logged(log, 0);
    assert_string_equal(parsed_text(parsed, "runs/0/results/0/suppressions/0/justification"),
                        "known");
    assert_int_equal(cJSON_GetArraySize(parsed_at(parsed, "runs/0/results/1/suppressions")), 0);
    assert_true(cJSON_IsArray(parsed_at(parsed, "runs/0/results/1/suppressions")));
    assert_null(parsed_at(parsed, "runs/0/results/0/suppressions/0/location"));
    const cJSON *own = parsed_at(parsed, "runs/0/results/2/suppressions/0");
    assert_string_equal(parsed_text(own, "kind"), "inSource");
    assert_int_equal(parsed_at(own, "location/physicalLocation/region/startLine")->valueint, 7);
    cJSON_Delete(parsed);
    arena_release(&a);
}

static void fixes_are_replacements_with_their_regions(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_tool t = logged_tool();
    struct sarif_log *log = sarif_begin(&a, &t);
    struct sarif_replacement edits[] = {{{1, 3, 1, 9, STR("")}, STR("10.0.0.0/8")},
                                        {{2, 1, 2, 1, STR("")}, STR("")}};
    struct sarif_fix fix[] = {
        {STR("Narrow it"), STR("a.yaml"), edits, 2, false},
        {STR("Narrow it elsewhere"), STR("file:///a.yaml"), edits, 1, true},
    };
    struct sarif_result r = {.level = "note",
                             .message = STR("X."),
                             .location = logged_place(1),
                             .fixes = fix,
                             .fix_n = 2};
    sarif_result(log, &r);
    cJSON *parsed = logged(log, 0);
    const cJSON *change = parsed_at(parsed, "runs/0/results/0/fixes/0/artifactChanges/0");
    assert_string_equal(parsed_text(change, "artifactLocation/uriBaseId"), "%SRCROOT%");
    assert_string_equal(parsed_text(change, "replacements/0/insertedContent/text"), "10.0.0.0/8");
    assert_null(parsed_at(change, "replacements/1/insertedContent"));
    assert_null(parsed_at(change, "replacements/0/deletedRegion/byteOffset"));
    change = parsed_at(parsed, "runs/0/results/0/fixes/1/artifactChanges/0");
    assert_null(parsed_at(change, "artifactLocation/uriBaseId"));
    cJSON_Delete(parsed);
    arena_release(&a);
}

/* Those of an earlier log are repeated; what no JSON number is (1e999 was read) is null. */
static void any_rank_is_printed_as_a_number(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_tool t = logged_tool();
    struct sarif_log *log = sarif_begin(&a, &t);
    static const double ranks[] = {0, 100, 12.5, -1, 0.1};
    struct sarif_result r = {.level = "note", .message = STR("X."), .location = logged_place(1)};
    for (size_t i = 0; i < 5; i++) {
        r.rank = ranks[i];
        sarif_result(log, &r);
    }
    r.rank = (double)INFINITY;
    sarif_result(log, &r);
    cJSON *parsed = logged(log, 0);
    const cJSON *result = parsed_at(parsed, "runs/0/results/0");
    for (size_t i = 0; i < 5; i++, result = result->next) {
        assert_true(parsed_at(result, "rank")->valuedouble == ranks[i]);
    }
    assert_true(cJSON_IsNull(parsed_at(result, "rank")));
    cJSON_Delete(parsed);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_result_carries_places_flow_and_fingerprints),
        cmocka_unit_test(suppressions_stand_on_all_results_or_on_none),
        cmocka_unit_test(fixes_are_replacements_with_their_regions),
        cmocka_unit_test(any_rank_is_printed_as_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
