#include "report/report.h"

#include "tests/check.h"
#include "tests/parsed.h"
#include "tests/report/reported.h"

static void each_port_finding_is_an_event_on_a_line(void **state)
{
    (void)state;
    struct arena a = {0};
    struct report_options o = {.root = STR("/"),
                               .cwd = STR("/"),
                               .region = STR("eu-west-1"),
                               .event_time = STR("1970-01-01T00:00:00Z")};
    struct str out = reported(&a, "inspector2", &reported_open, 1, &o);
    size_t end = str_find_byte(out, '\n', 0);
    cJSON *event = parsed(str_sub(out, 0, end));
    assert_string_equal(parsed_text(event, "source"), "aws.inspector2");
    assert_string_equal(parsed_text(event, "detail-type"), "Inspector2 Finding");
    assert_string_equal(parsed_text(event, "region"), "eu-west-1");
    assert_string_equal(parsed_text(event, "resources/0"), "Web");
    assert_string_equal(parsed_text(event, "detail/status"), "ACTIVE");
    const cJSON *net = parsed_at(event, "detail/networkReachabilityDetails");
    assert_int_equal(parsed_number(net, "openPortRange/begin"), 22);
    assert_string_equal(parsed_text(net, "networkPath/steps/1/componentId"),
                        "Vpc.DefaultNetworkAcl");
    assert_string_equal(parsed_text(event, "detail/description"),
                        "On the instance Web, the port range 22-22 is reachable from the "
                        "InternetGateway Igw from an attached ENI Web/NetworkInterfaces/0.");
    cJSON_Delete(event);
    /* The second line is the Telnet that only dev has; there is no third. */
    struct str rest = str_sub(out, end + 1, out.n);
    assert_true(str_find(rest, STR("Port 23 is reachable"), 0) != STR_NPOS);
    assert_int_equal(str_find_byte(rest, '\n', 0), rest.n - 1);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_port_finding_is_an_event_on_a_line)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
