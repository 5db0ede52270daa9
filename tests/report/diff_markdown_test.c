#include "report/diff_view.h"

#include "tests/report/diffed.h"

static void a_change_is_a_row_and_its_path_is_below(void **state)
{
    (void)state;
    struct comparing c;
    struct diff_view v = diffed_view(&c, DIFFED_CLOSED, DIFFED_SSH);
    struct str out = diffed(&c, &v, "markdown");
    diffed_has(out, "## cfnreach diff: 1 opened; 1 opens something at or above medium");
    diffed_has(out, "| Change | Severity | Flow | Rule | Where |\n|---|---|---|---|---|\n");
    diffed_has(out, "| opened | medium | tcp/22 of 'Web'");
    diffed_has(out, " | CFNR102 internet-ssh | `new.yaml:34` |\n");
    diffed_has(out, "`Igw -> Vpc.DefaultNetworkAcl -> Group");
    comparing_end(&c);
}

static void nothing_changed_is_a_heading(void **state)
{
    (void)state;
    struct comparing c;
    struct diff_view v = diffed_view(&c, DIFFED_SSH, DIFFED_SSH);
    assert_true(str_is(diffed(&c, &v, "markdown"),
                       "## cfnreach diff: No flow has changed (1 template before, 1 after)\n\n"));
    comparing_end(&c);
}

/* Names of templates and messages cannot be markup. */
static void text_of_templates_is_escaped(void **state)
{
    (void)state;
    struct comparing c;
    struct diff_view v = diffed_view(&c, DIFFED_CLOSED, DIFFED_SSH);
    struct flow_way *way = c.side[1].by_key.entries[0].value;
    way->resource = STR("<b>|@you");
    *VEC_ADD(&c.arena, &v.faults) =
        (struct diff_fault){diag_kind(DIAG_SYNTAX), STR("<script>"), {STR("a|b"), 1, 1}};
    struct str out = diffed(&c, &v, "markdown");
    diffed_has(out, "&lt;b>\\|&#64;you");
    diffed_has(out, "&lt;script>");
    assert_true(str_find(out, STR("<script"), 0) == STR_NPOS);
    comparing_end(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_is_a_row_and_its_path_is_below),
        cmocka_unit_test(nothing_changed_is_a_heading),
        cmocka_unit_test(text_of_templates_is_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
