#include "reach/port_sweep.h"
#include "tests/check.h"

/* "20-22:0, 23-25:0+1" */
static struct str walked(struct arena *a, const struct ports *ranges, size_t n)
{
    struct str all = STR("");
    struct port_sweep s = port_sweep_over(a, ranges, n);
    while (port_sweep_next(&s)) {
        all = str_format(a, "%.*s%s%u-%u:", STR_ARG(all), all.n ? ", " : "",
                         (unsigned)s.segment.begin, (unsigned)s.segment.end);
        for (size_t i = 0; i < s.active_n; i++) {
            all = str_format(a, "%.*s%s%u", STR_ARG(all), i ? "+" : "", s.active[i]);
        }
    }
    assert_false(port_sweep_next(&s)); /* the end stays the end */
    return all;
}

static void segments_are_cut_at_every_bound(void **state)
{
    (void)state;
    static const struct {
        struct ports ranges[4];
        size_t n;
        const char *expected;
    } rows[] = {
        {{{0, 0}}, 0, ""},
        {{{22, 22}}, 1, "22-22:0"},
        {{{0, 65535}}, 1, "0-65535:0"},
        {{{20, 25}, {23, 30}}, 2, "20-22:0, 23-25:0+1, 26-30:1"},
        {{{23, 30}, {20, 25}}, 2, "20-22:1, 23-25:0+1, 26-30:0"},
        {{{1, 2}, {5, 6}}, 2, "1-2:0, 5-6:1"},
        {{{1, 2}, {3, 4}}, 2, "1-2:0, 3-4:1"},
        {{{0, 65535}, {65535, 65535}, {0, 0}}, 3, "0-0:0+2, 1-65534:0, 65535-65535:0+1"},
        {{{5, 4}, {7, 7}}, 2, "7-7:1"}, /* an empty range */
        {{{5, 9}, {5, 9}, {5, 9}}, 3, "5-9:0+1+2"},
        {{{0, 9}, {1, 8}, {2, 7}, {3, 3}},
         4,
         "0-0:0, 1-1:0+1, 2-2:0+1+2, 3-3:0+1+2+3, 4-7:0+1+2, 8-8:0+1, 9-9:0"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena a = {0};
        assert_str(walked(&a, rows[i].ranges, rows[i].n), rows[i].expected);
        arena_release(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(segments_are_cut_at_every_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
