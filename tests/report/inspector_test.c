#include "report/inspector.h"

#include "tests/check.h"
#include "tests/parsed.h"
#include "tests/report/reported.h"

/* The wording is Inspector's own. */
static void titles_name_the_port_and_the_edge(void **state)
{
    (void)state;
    struct arena a = {0};
    struct finding_endpoint e = {.protocol = PROTOCOL_TCP, .ports = {22, 22}};
    assert_str(inspector_title(&a, &e), "Port 22 is reachable from an Internet Gateway - TCP");
    e.ports = (struct ports){8000, 8100};
    e.protocol = PROTOCOL_UDP;
    e.edge = EDGE_PEERING;
    assert_str(inspector_title(&a, &e),
               "Port range 8000 - 8100 is reachable from a VPC Peering Connection - UDP");
    e.via = STR("Front");
    assert_str(inspector_title(&a, &e), "Port range 8000 - 8100 is reachable from a VPC Peering "
                                        "Connection, through load balancer Front - UDP");
    assert_str(inspector_severity(&a, SEVERITY_MEDIUM), "MEDIUM");
    arena_release(&a);
}

static void ids_are_stable_and_differ_by_port(void **state)
{
    (void)state;
    struct arena a = {0};
    struct finding_endpoint x = {.kind = STR("RecognizedPort"), .ports = {22, 22}};
    struct finding_endpoint y = {.kind = STR("RecognizedPort"), .ports = {23, 23}};
    struct inspector_item i = {NULL, &x};
    struct inspector_item k = {NULL, &y};
    struct str first = inspector_id(&a, STR("t.yaml"), &i);
    assert_int_equal(first.n, 36);
    assert_true(first.p[14] == '8'); /* version 8 */
    assert_true(str_eq(first, inspector_id(&a, STR("t.yaml"), &i)));
    assert_false(str_eq(first, inspector_id(&a, STR("t.yaml"), &k)));
    assert_false(str_eq(first, inspector_id(&a, STR("u.yaml"), &i)));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles_name_the_port_and_the_edge),
        cmocka_unit_test(ids_are_stable_and_differ_by_port),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
