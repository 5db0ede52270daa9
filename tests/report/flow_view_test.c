#include "report/flow_view.h"

#include "tests/check.h"
#include "tests/parsed.h"
#include "tests/report/reported.h"

/* Rules that touch, with one source, open one range for readers; both rules are named. */
static void touching_rules_are_one_range(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str yaml =
        str_format(&a,
                   "%s      SecurityGroupIngress:\n"
                   "        - {IpProtocol: tcp, FromPort: 20, ToPort: 21, CidrIp: 0.0.0.0/0}\n"
                   "        - {IpProtocol: tcp, FromPort: 22, ToPort: 29, CidrIp: 0.0.0.0/0}\n"
                   "        - {IpProtocol: tcp, FromPort: 31, ToPort: 31, CidrIp: 0.0.0.0/0}\n",
                   reported_closed);
    struct report_options o = {.flows = true, .root = STR("/"), .cwd = STR("/")};
    cJSON *log = parsed(reported(&a, "json", &yaml.p, 1, &o));
    assert_int_equal(cJSON_GetArraySize(parsed_at(log, "flows")), 2);
    assert_int_equal(parsed_number(log, "flows/0/portBegin"), 20);
    assert_int_equal(parsed_number(log, "flows/0/portEnd"), 29);
    assert_int_equal(cJSON_GetArraySize(parsed_at(log, "flows/0/rules")), 2);
    assert_int_equal(parsed_number(log, "flows/1/portBegin"), 31);
    cJSON_Delete(log);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(touching_rules_are_one_range)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
