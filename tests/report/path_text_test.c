#include "report/path_text.h"

#include "tests/report/asked.h"

static void says(const char *yaml, struct ports ports, const char *const *lines, size_t n)
{
    struct asked x;
    asked(&x, yaml, PROTOCOL_TCP, ports);
    struct buf out;
    buf_init(&out);
    struct source_set sources = x.n->sources;
    path_text_write(&x.view, &sources, false, &out);
    for (size_t i = 0; i < n; i++) {
        if (str_find(buf_str(&out), str_from(lines[i]), 0) == STR_NPOS) {
            fail_msg("not said: %s\nin: %s", lines[i], out.p);
        }
    }
    assert_int_equal(str_find(buf_str(&out), STR("\x1b"), 0), STR_NPOS);
    buf_release(&out);
    arena_release(&x.a);
}

static void a_way_names_each_step_with_its_line(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "internet -> Web, tcp port 22: reachable\n",
        "Traffic enters through 'Igw'.",
        "Security group 'Grp' admits tcp port 22 from any IPv4 address. (t.yaml:21)",
        "Route '0.0.0.0/0' of 'Tab' leads back to 'Igw'. (t.yaml:",
    };
    says(reported_open, (struct ports){22, 22}, lines, sizeof lines / sizeof *lines);
}

static void a_single_blocker_names_the_change(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "internet -> Web, tcp port 80: blocked\n",
        "[ENI_SG_RULES_MISMATCH]",
        "This alone would open it: Add a rule for tcp port 80 to 'Grp'.",
    };
    says(reported_open, (struct ports){80, 80}, lines, sizeof lines / sizeof *lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_way_names_each_step_with_its_line),
        cmocka_unit_test(a_single_blocker_names_the_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
