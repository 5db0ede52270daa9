#include "tests/check.h"
#include "tests/parsed.h"
#include "tests/report/reported.h"

static void flows_follow_the_contract(void **state)
{
    (void)state;
    struct arena a = {0};
    struct report_options o = {.flows = true, .root = STR("/"), .cwd = STR("/")};
    cJSON *log = parsed(reported(&a, "json", &reported_open, 1, &o));
    assert_string_equal(parsed_text(log, "schema"), "cfnreach-flows/1");
    const cJSON *f = parsed_at(log, "flows/0");
    assert_string_equal(parsed_text(f, "resource"), "Web");
    assert_string_equal(parsed_text(f, "interface"), "Web/NetworkInterfaces/0");
    assert_string_equal(parsed_text(f, "edge"), "internet");
    assert_string_equal(parsed_text(f, "edgeComponent"), "Igw");
    assert_string_equal(parsed_text(f, "families/0"), "v4");
    assert_int_equal(parsed_number(f, "portBegin"), 22);
    assert_string_equal(parsed_text(f, "verdict"), "reachable");
    assert_string_equal(parsed_text(f, "endToEnd"), "n/a");
    assert_string_equal(parsed_text(f, "rules/0/source"), "0.0.0.0/0");
    assert_int_equal(parsed_number(f, "rules/0/line"), 21);
    assert_string_equal(parsed_text(log, "flows/1/witness/Env"), "dev");
    assert_int_equal(cJSON_GetArraySize(parsed_at(log, "unreached")), 0);
    cJSON_Delete(log);
    arena_release(&a);
}

static void what_is_not_reached_has_its_blockers(void **state)
{
    (void)state;
    struct arena a = {0};
    struct report_options o = {.flows = true, .root = STR("/"), .cwd = STR("/")};
    cJSON *log = parsed(reported(&a, "json", &reported_closed, 1, &o));
    assert_int_equal(cJSON_GetArraySize(parsed_at(log, "flows")), 0);
    const cJSON *u = parsed_at(log, "unreached/0");
    assert_string_equal(parsed_text(u, "interface"), "Web/NetworkInterfaces/0");
    /* All but the group lets a packet through. */
    assert_int_equal(cJSON_GetArraySize(parsed_at(u, "blockers")), 1);
    assert_string_equal(parsed_text(u, "blockers/0/conjunct"), "group");
    assert_true(cJSON_IsTrue(parsed_at(u, "blockers/0/alone")));
    cJSON_Delete(log);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flows_follow_the_contract),
        cmocka_unit_test(what_is_not_reached_has_its_blockers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
