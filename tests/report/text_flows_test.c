#include "tests/check.h"
#include "tests/report/reported.h"

static void a_flow_is_a_line(void **state)
{
    (void)state;
    struct arena a = {0};
    struct report_options o = {.flows = true, .root = STR("/"), .cwd = STR("/")};
    assert_str(reported(&a, "text", &reported_open, 1, &o),
               "t0.yaml:\n"
               "  Web/NetworkInterfaces/0  tcp/22  reachable  internet through Igw  (v4, world)\n"
               "  Web/NetworkInterfaces/0  tcp/23  possible  internet through Igw  (v4, narrow, "
               "high confidence)  if Env=dev\n");
    assert_str(reported(&a, "text", &reported_closed, 1, &o),
               "t0.yaml:\n"
               "  Web/NetworkInterfaces/0  not reachable from internet: group (Grp) alone\n");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_flow_is_a_line)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
