#include "report/unknowns.h"

#include "tests/check.h"

static const char open_text[] =
    "Parameters: {Net: {Type: 'AWS::EC2::Subnet::Id'}}\n"
    "Resources: {I: {Type: 'AWS::EC2::Instance', Properties: {SubnetId: !Ref Net}}}\n";

static bool has(const struct buf *b, const char *what)
{
    return str_find(buf_str(b), str_from(what), 0) != STR_NPOS;
}

static void each_is_listed_with_what_hangs_on_it(void **state)
{
    (void)state;
    struct arena a = {0};
    struct analysis_options options = {.today = STR("2030-01-01")};
    struct analysis *n = analysis_run(&a, STR("t.yaml"), str_from(open_text), &options);
    struct buf text;
    struct buf json;
    buf_init(&text);
    buf_init(&json);
    unknowns_write_text(n, &text);
    unknowns_write_json(n, &json);
    assert_true(has(&text, "t.yaml:\n"));
    assert_true(has(&text, "  A-SUBROUTE(Net)  fact  0 flows, 0 findings  the subnet that is "));
    assert_true(has(&text, "  Net  parameter  0 flows, 0 findings\n"));
    assert_true(has(&json, "\"name\":\"Net\",\"kind\":\"parameter\",\"text\":null,\"flows\":0,"
                           "\"findings\":0}"));
    buf_release(&text);
    buf_release(&json);
    arena_release(&a);
}

static void what_could_not_be_read_leaves_no_list(void **state)
{
    (void)state;
    struct arena a = {0};
    struct analysis_options options = {.today = STR("2030-01-01")};
    struct analysis *n = analysis_run(&a, STR("t.yaml"), STR("Resources: {"), &options);
    struct buf text;
    buf_init(&text);
    unknowns_write_text(n, &text);
    unknowns_write_json(n, &text);
    assert_true(has(&text, "t.yaml: "));
    assert_false(has(&text, "\"name\""));
    buf_release(&text);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_listed_with_what_hangs_on_it),
        cmocka_unit_test(what_could_not_be_read_leaves_no_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
