#include "report/diff_view.h"

#include "tests/report/diffed.h"

static struct str details_of(struct comparing *c, size_t i)
{
    struct diff_details d = diff_details(&c->arena, &c->changes->all.at[i]);
    struct str s = STR("");
    for (size_t k = 0; k < d.all.n; k++) {
        s = str_format(&c->arena, "%.*s%s%.*s", STR_ARG(s), k > 0 ? "; " : "",
                       STR_ARG(d.all.at[k]));
    }
    return s;
}

static void a_change_says_in_what_it_is_one(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after, *details;
    } cases[] = {
        {DIFFED_CLOSED, DIFFED_SSH, ""},
        {DIFFED_SSH, DIFFED_RANGE, "only tcp/22 before"},
        {DIFFED_RANGE, DIFFED_SSH, "only tcp/22 now"},
        {DIFFED_NARROW, DIFFED_SSH,
         "exposure narrow -> world; sources 198.41.0.0/24 -> any IPv4 address"},
        {DIFFED_SSH, DIFFED_NARROW,
         "exposure world -> narrow; sources any IPv4 address -> 198.41.0.0/24"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct comparing c;
        comparing_run(&c, cases[i].before, cases[i].after);
        assert_int_equal(c.changes->all.n, 1);
        struct str got = details_of(&c, 0);
        if (!str_is(got, cases[i].details)) {
            fail_msg("%zu: %.*s", i, STR_ARG(got));
        }
        comparing_end(&c);
    }
}

static void the_subject_names_the_flow_and_the_path_its_steps(void **state)
{
    (void)state;
    struct comparing c;
    (void)diffed_view(&c, DIFFED_CLOSED, DIFFED_SSH);
    const struct flow_change *x = &c.changes->all.at[0];
    assert_true(str_is(diff_subject(&c.arena, x),
                       "tcp/22 of 'Web' from internet through Igw (v4, world, reachable)"));
    assert_true(str_is(diff_path(&c.arena, x),
                       "Igw -> Vpc.DefaultNetworkAcl -> Group -> Web/NetworkInterfaces/0 -> Web"));
    assert_true(str_is(diff_place(x).file, "new.yaml"));
    comparing_end(&c);
}

static void totals_leave_out_what_is_not_there(void **state)
{
    (void)state;
    struct comparing c;
    struct diff_view v = diffed_view(&c, DIFFED_SSH, DIFFED_SSH);
    assert_true(str_is(diff_totals(&c.arena, &v), "No flow has changed (1 template before, 1 "
                                                  "after)"));
    v.incomplete = true;
    diffed_has(diff_totals(&c.arena, &v), "the analysis is incomplete");
    comparing_end(&c);
    v = diffed_view(&c, DIFFED_CLOSED, DIFFED_SSH);
    diffed_has(diff_totals(&c.arena, &v), "1 opened; 1 opens something at or above medium (");
    v.gate = SEVERITY_HIGH + 1; /* never */
    diffed_has(diff_totals(&c.arena, &v), "1 opened (");
    comparing_end(&c);
}

static void formats_are_found_by_name(void **state)
{
    (void)state;
    assert_non_null(diff_format_find(STR("json")));
    assert_null(diff_format_find(STR("sarif")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_says_in_what_it_is_one),
        cmocka_unit_test(the_subject_names_the_flow_and_the_path_its_steps),
        cmocka_unit_test(totals_leave_out_what_is_not_there),
        cmocka_unit_test(formats_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
