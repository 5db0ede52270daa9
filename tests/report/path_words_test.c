#include "report/path_words.h"

#include "tests/report/asked.h"

static void ports_read_as_people_say_them(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_str(path_ports(&a, PROTOCOL_TCP, (struct ports){22, 22}), "tcp port 22");
    assert_str(path_ports(&a, PROTOCOL_ALL, (struct ports){20, 21}), "tcp or udp ports 20-21");
    assert_str(path_ports(&a, PROTOCOL_UDP, PORTS_ALL), "any udp port");
    arena_release(&a);
}

static void ids_that_are_no_entries_are_found_nowhere(void **state)
{
    (void)state;
    struct asked x;
    asked(&x, reported_open, PROTOCOL_TCP, (struct ports){22, 22});
    const struct world *w = x.n->topology->world;
    assert_null(path_rule(w, WORLD_NONE, NULL));
    assert_null(path_entry(w, w->vpcs.at[0].id));
    assert_null(path_route(w, w->vpcs.at[0].id, NULL));
    const struct world_group *home = NULL;
    const struct world_rule *first = &w->groups.at[0].rules.at[0];
    assert_ptr_equal(path_rule(w, first->id, &home), first);
    assert_ptr_equal(home, &w->groups.at[0]);
    arena_release(&x.a);
}

static void a_rule_that_is_there_for_other_ports_is_a_mismatch(void **state)
{
    (void)state;
    struct asked x;
    asked(&x, reported_open, PROTOCOL_TCP, (struct ports){80, 80});
    const struct path_reason *r = &x.view.blocked.at[0].blockers.at[0].reason;
    assert_string_equal(r->code, "ENI_SG_RULES_MISMATCH");
    assert_str(r->text, "No rule of security group 'Grp' admits from there tcp port 80.");
    assert_str(r->change, "Add a rule for tcp port 80 to 'Grp'.");
    arena_release(&x.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ports_read_as_people_say_them),
        cmocka_unit_test(ids_that_are_no_entries_are_found_nowhere),
        cmocka_unit_test(a_rule_that_is_there_for_other_ports_is_a_mismatch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
