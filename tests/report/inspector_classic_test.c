#include "report/report.h"

#include "tests/check.h"
#include "tests/parsed.h"
#include "tests/report/reported.h"

static void findings_are_listed_with_their_attributes(void **state)
{
    (void)state;
    struct arena a = {0};
    struct report_options o = {.root = STR("/"),
                               .cwd = STR("/"),
                               .region = STR("eu-west-1"),
                               .event_time = STR("1970-01-01T00:00:00Z")};
    cJSON *list = parsed(reported(&a, "inspector-classic", &reported_open, 1, &o));
    assert_int_equal(cJSON_GetArraySize(parsed_at(list, "findings")), 2);
    const cJSON *f = parsed_at(list, "findings/0");
    assert_string_equal(parsed_text(f, "id"),
                        "Recognized port with no agent reachable from internet");
    assert_string_equal(parsed_text(f, "severity"), "Medium");
    assert_string_equal(parsed_text(f, "attributes/0/key"), "INSTANCE_ID");
    assert_string_equal(parsed_text(f, "attributes/0/value"), "Web");
    assert_string_equal(parsed_text(f, "attributes/1/value"), "Igw");
    cJSON_Delete(list);
    o.sns = true;
    struct str out = reported(&a, "inspector-classic", &reported_open, 1, &o);
    cJSON *message = parsed(str_sub(out, 0, str_find_byte(out, '\n', 0)));
    assert_string_equal(parsed_text(message, "event"), "FINDING_REPORTED");
    cJSON_Delete(message);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(findings_are_listed_with_their_attributes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
