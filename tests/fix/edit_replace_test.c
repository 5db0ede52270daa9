#include "tests/fix/fixing.h"

static void a_value_is_replaced_with_its_tag_and_quotes(void **state UNUSED)
{
    static const struct {
        const char *text, *path, *expected;
    } rows[] = {
        {"A: 0.0.0.0/0 # why\n", "A", "A: !Ref P # why\n"},
        {"A: \"0.0.0.0/0\"\n", "A", "A: !Ref P\n"},
        {"A: !Sub \"x\"\n", "A", "A: !Ref P\n"},
        {"A:\n  Ref: Q\nB: !Ref C\n", "A", "A: !Ref P\nB: !Ref C\n"},
        {"A:\n  Ref: Q\n", "A", "A: {Ref: P}\n"},
        {"A: # why\n  Ref: Q\n", "A", "A: # why\n  {Ref: P}\n"},
        {"A: {b: '0.0.0.0/0'}\n", "A/b", "A: {b: !Ref P}\n"},
        {"A:\nB: 1\n", "A", "A: !Ref P\nB: 1\n"},
        {"{\"A\":\"x\"}", "A", "{\"A\":{\"Ref\":\"P\"}}"},
        {"{\"A\" : \"x\"}", "A", "{\"A\" : {\"Ref\" : \"P\"}}"},
        {"{\"A\": \"x\"}", "A", "{\"A\": {\"Ref\": \"P\"}}"},
        {"A: &x 1\nB: *x\n", "A", NULL},
        {"A: &x 1\nB: *x\n", "B", "A: &x 1\nB: !Ref P\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct editing e;
        editing_open(&e, rows[i].text);
        bool ok =
            edit_replace(&e.edits, editing_at(&e, rows[i].path), piece_ref(&e.arena, STR("P")));
        assert_edited(&e, ok, rows[i].expected);
    }
}

static void an_entry_is_replaced_with_its_key(void **state UNUSED)
{
    static const struct {
        const char *text;
        const char *expected;
    } rows[] = {
        {"M:\n  a: 1\n  CidrIp: 0.0.0.0/0 # why\n", "M:\n  a: 1\n  Group: !GetAtt G.Id # why\n"},
        {"M: {a: 1, \"CidrIp\": x, b: 2}\n", "M: {a: 1, \"Group\": !GetAtt G.Id, b: 2}\n"},
        {"{\"M\": {\n  \"a\": 1,\n  \"CidrIp\": \"x\"\n}}\n",
         "{\"M\": {\n  \"a\": 1,\n  \"Group\": {\"Fn::GetAtt\": [\"G\", \"Id\"]}\n}}\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct editing e;
        editing_open(&e, rows[i].text);
        bool ok = edit_replace_entry(&e.edits, editing_at(&e, "M"), 1, "Group",
                                     piece_getatt(&e.arena, STR("G"), "Id"));
        assert_edited(&e, ok, rows[i].expected);
    }
}

static void the_text_of_a_scalar_keeps_its_quotes(void **state UNUSED)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"A: true\n", "A: new\n"},
        {"A: \"true\"\n", "A: \"new\"\n"},
        {"A: 'true' # x\n", "A: 'new' # x\n"},
        {"A: !Ref Old\n", "A: !Ref new\n"},
        {"{\"A\": \"b\"}", "{\"A\": \"new\"}"},
        {"A: |\n  text\n", NULL},
        {"A: [b]\n", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct editing e;
        editing_open(&e, rows[i].text);
        bool ok = edit_replace_text(&e.edits, editing_at(&e, "A"), STR("new"));
        assert_edited(&e, ok, rows[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_replaced_with_its_tag_and_quotes),
        cmocka_unit_test(an_entry_is_replaced_with_its_key),
        cmocka_unit_test(the_text_of_a_scalar_keeps_its_quotes),
    };
    return RUN_TESTS(tests);
}
