#include "analysis/flow_list.h"

#include "tests/comparing.h"

static const struct flow_way *only_way(const struct flow_list *l)
{
    assert_int_equal(l->by_key.n, 1);
    return l->by_key.entries[0].value;
}

static void a_list_outlives_the_analysis(void **state)
{
    (void)state;
    struct comparing c;
    comparing_begin(&c);
    comparing_take(&c, &c.side[0], "dir/net.yaml",
                   COMPARING_RULE(COMPARING_PORT("22"), "198.41.0.0/24"));
    const struct flow_way *w = only_way(&c.side[0]);
    assert_true(str_is(w->resource, "Web"));
    assert_true(str_is(w->component, "Igw"));
    assert_true(str_is(w->file, ""));
    assert_int_equal(w->family, FAMILY_V4);
    assert_int_equal(w->ranges.n, 1);
    const struct flow_state *s = w->ranges.at[0].state;
    assert_int_equal(s->verdict, REACH_REACHABLE);
    assert_int_equal(ipset_count(s->sources), 256);
    assert_true(s->is_sourced && !s->is_everybody);
    assert_true(str_is(s->place.file, "dir/net.yaml"));
    assert_true(str_is(s->path[s->path_n - 1].component, "Web"));
    assert_int_equal(w->grades.n, 1);
    assert_string_equal(w->grades.at[0].rule->id, "CFNR102");
    comparing_end(&c);
}

/* Source has one variable for what it is compared with and one for what it is as a source. */
static void a_witness_names_a_parameter_once(void **state)
{
    (void)state;
    struct comparing c;
    comparing_begin(&c);
    comparing_take(
        &c, &c.side[0], "a.yaml",
        "        - Fn::If:\n"
        "            - IsWorld\n"
        "            - !Ref AWS::NoValue\n"
        "            - {IpProtocol: tcp, " COMPARING_PORT("22") ", CidrIp: !Ref Source}\n");
    assert_string_equal(str_to_c(&c.arena, only_way(&c.side[0])->ranges.at[0].state->witness),
                        "Source=8.8.8.8/32");
    comparing_end(&c);
}

static void sources_are_cut_to_the_edge(void **state)
{
    (void)state;
    struct comparing c;
    comparing_begin(&c);
    comparing_take(&c, &c.side[0], "a.yaml",
                   COMPARING_RULE(COMPARING_PORT("22"), "0.0.0.0/1")
                       COMPARING_RULE(COMPARING_PORT("22"), "128.0.0.0/1"));
    assert_true(only_way(&c.side[0])->ranges.at[0].state->is_everybody);
    comparing_end(&c);
}

static void files_are_relative_to_what_is_compared(void **state)
{
    (void)state;
    struct comparing c;
    comparing_begin(&c);
    c.side[0].one_file = false;
    c.side[0].base = STR("some/dir/");
    comparing_take(&c, &c.side[0], "some/dir/net/web.yaml",
                   COMPARING_RULE(COMPARING_PORT("22"), "0.0.0.0/0"));
    assert_true(str_is(only_way(&c.side[0])->file, "net/web.yaml"));
    assert_true(str_is(c.side[0].files.at[0], "net/web.yaml"));
    assert_int_equal(c.side[0].unread.n, 0);
    comparing_end(&c);
}

static void a_template_that_cannot_be_read_is_marked(void **state)
{
    (void)state;
    struct comparing c;
    comparing_begin(&c);
    comparing_take(&c, &c.side[0], "a.yaml", "    }{");
    assert_int_equal(c.side[0].by_key.n, 0);
    assert_int_equal(c.side[0].unread.n, 1);
    comparing_end(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_outlives_the_analysis),
        cmocka_unit_test(a_witness_names_a_parameter_once),
        cmocka_unit_test(sources_are_cut_to_the_edge),
        cmocka_unit_test(files_are_relative_to_what_is_compared),
        cmocka_unit_test(a_template_that_cannot_be_read_is_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
