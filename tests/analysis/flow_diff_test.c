#include "analysis/flow_diff.h"

#include "tests/comparing.h"

#define WORLD(port)   COMPARING_RULE(COMPARING_PORT(port), "0.0.0.0/0")
#define FROM(port, x) COMPARING_RULE(COMPARING_PORT(port), x)
#define SPAN(b, e)    COMPARING_RULE("FromPort: " b ", ToPort: " e, "0.0.0.0/0")
#define NOTHING       FROM("22", "10.0.0.0/8")
#define IF(condition, port)                                                                        \
    "        - !If [" condition ", {IpProtocol: tcp, FromPort: " port ", ToPort: " port            \
    ", CidrIp: 0.0.0.0/0}, !Ref 'AWS::NoValue']\n"

/* "opened 22-22 CFNR102; widened 80-90 - ports exposure" */
static struct str shown(struct comparing *c)
{
    static const char *const names[] = {"ports", "verdict", "exposure", "choices", "sources"};
    struct str s = STR("");
    for (size_t i = 0; i < c->changes->all.n; i++) {
        const struct flow_change *x = &c->changes->all.at[i];
        s = str_format(&c->arena, "%.*s%s%s %u-%u %s", STR_ARG(s), i > 0 ? "; " : "",
                       flow_change_name(x->kind), (unsigned)x->ports.begin, (unsigned)x->ports.end,
                       x->grade != NULL ? x->grade->rule->id : "-");
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            if (x->differs & 1U << k) {
                s = str_format(&c->arena, "%.*s %s", STR_ARG(s), names[k]);
            }
        }
    }
    return s;
}

static const struct {
    const char *before, *after, *changes;
} cases[] = {
    {WORLD("22"), WORLD("22"), ""},
    {NOTHING, WORLD("22"), "opened 22-22 CFNR102"},
    {NOTHING, WORLD("9"), "opened 9-9 -"},
    {WORLD("22"), WORLD("22") WORLD("443"), "opened 443-443 CFNR106"},
    /* beside what was open, but another range before and after: not the same rule grown */
    {WORLD("22"), WORLD("23"), "opened 23-23 CFNR101; closed 22-22 CFNR102"},
    {WORLD("22"), SPAN("20", "23"), "widened 20-23 CFNR101 ports"},
    {SPAN("1", "100"), WORLD("22") WORLD("80"), "narrowed 1-100 CFNR101 ports"},
    {FROM("22", "198.41.0.0/24"), WORLD("22"), "widened 22-22 CFNR102 exposure sources"},
    {FROM("22", "198.41.0.0/24"), FROM("22", "198.41.1.0/24"),
     "widened 22-22 CFNR102 sources; narrowed 22-22 CFNR102 sources"},
    {FROM("22", "198.41.0.0/25"), FROM("22", "198.41.0.0/24"), "widened 22-22 CFNR102 sources"},
    {FROM("22", "0.0.0.0/1") FROM("22", "128.0.0.0/1"), WORLD("22"), ""},
    {IF("IsDev", "22"), WORLD("22"), "widened 22-22 CFNR102 verdict"},
    {IF("IsDev", "22"), IF("IsDev", "22"), ""},
    {IF("IsDev", "22"), IF("IsProd", "22"),
     "widened 22-22 CFNR102 choices; narrowed 22-22 CFNR102 choices"},
    {IF("IsDev", "22") IF("IsProd", "22"), WORLD("22"), ""},
    {NOTHING, IF("IsDev", "22"), "opened 22-22 CFNR102"},
};

static void each_change_is_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct comparing c;
        comparing_run(&c, cases[i].before, cases[i].after);
        struct str got = shown(&c);
        if (!str_is(got, cases[i].changes)) {
            fail_msg("%s -> %s: %.*s", cases[i].before, cases[i].after, STR_ARG(got));
        }
        comparing_end(&c);
    }
}

/* The other way round the same changes have the opposite kinds. */
static void swapped_lists_swap_the_kinds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct comparing c;
        struct comparing d;
        comparing_run(&c, cases[i].before, cases[i].after);
        comparing_run(&d, cases[i].after, cases[i].before);
        assert_int_equal(c.changes->all.n, d.changes->all.n);
        for (size_t k = 0; k < FLOW_KINDS; k++) {
            assert_int_equal(c.changes->count[k], d.changes->count[FLOW_KINDS - 1 - k]);
        }
        for (size_t k = 0; k < c.changes->all.n; k++) {
            const struct flow_change *x = &c.changes->all.at[k];
            size_t found = 0;
            for (size_t m = 0; m < d.changes->all.n; m++) {
                const struct flow_change *y = &d.changes->all.at[m];
                found += y->kind == FLOW_CLOSED - x->kind && y->differs == x->differs &&
                         y->ports.begin == x->ports.begin && y->ports.end == x->ports.end &&
                         str_eq(y->way->name, x->way->name) &&
                         (y->grade ? y->grade->rule : NULL) == (x->grade ? x->grade->rule : NULL);
            }
            assert_int_equal(found, 1);
        }
        comparing_end(&c);
        comparing_end(&d);
    }
}

static void only_what_opens_counts(void **state)
{
    (void)state;
    struct comparing c;
    comparing_run(&c, WORLD("23"), WORLD("22"));
    assert_int_equal(c.changes->all.n, 2);
    const struct flow_change *opened = &c.changes->all.at[0];
    const struct flow_change *closed = &c.changes->all.at[1];
    assert_true(flow_change_counts(opened, SEVERITY_MEDIUM));
    assert_false(flow_change_counts(opened, SEVERITY_HIGH)); /* SSH is medium */
    assert_int_equal(closed->grade->severity, SEVERITY_HIGH);
    assert_false(flow_change_counts(closed, SEVERITY_INFORMATIONAL));
    comparing_end(&c);
    comparing_run(&c, NOTHING, "        # cfnreach:ignore CFNR102 -- reviewed\n" WORLD("22"));
    assert_int_equal(c.changes->all.n, 1);
    assert_true(c.changes->all.at[0].grade->suppressed);
    assert_false(flow_change_counts(&c.changes->all.at[0], SEVERITY_INFORMATIONAL));
    comparing_end(&c);
}

static void files_of_folders_match_by_name_whatever_their_ending(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after;
        size_t opened, closed;
    } files[] = {
        {"a/x.yaml", "a/x.yaml", 0, 0},
        {"a/x.yaml", "a/x.json", 0, 0},
        {"a/x.yaml", "b/x.yaml", 1, 1},
        {"x.tar.yaml", "x.json", 1, 1},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct comparing c;
        comparing_begin(&c);
        c.side[0].one_file = c.side[1].one_file = false;
        comparing_take(&c, &c.side[0], files[i].before, WORLD("22"));
        comparing_take(&c, &c.side[1], files[i].after, WORLD("22"));
        c.changes = flow_diff(&c.side[0], &c.side[1]);
        assert_int_equal(c.changes->count[FLOW_OPENED], files[i].opened);
        assert_int_equal(c.changes->count[FLOW_CLOSED], files[i].closed);
        comparing_end(&c);
    }
}

static void of_what_could_not_be_read_nothing_is_said(void **state)
{
    (void)state;
    struct comparing c;
    comparing_run(&c, WORLD("22"), "    }{");
    assert_int_equal(c.changes->all.n, 0);
    comparing_end(&c);
    comparing_run(&c, "    }{", WORLD("22"));
    assert_int_equal(c.changes->all.n, 0);
    comparing_end(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_change_is_named),
        cmocka_unit_test(swapped_lists_swap_the_kinds),
        cmocka_unit_test(only_what_opens_counts),
        cmocka_unit_test(files_of_folders_match_by_name_whatever_their_ending),
        cmocka_unit_test(of_what_could_not_be_read_nothing_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
