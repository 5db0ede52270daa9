#include "base/json_writer.h"
#include "tests/check.h"

static void members_items_and_nesting_get_their_commas(void **state)
{
    (void)state;
    struct buf out;
    struct json_writer w;
    buf_init(&out);
    json_begin(&w, &out, 0);
    json_object_begin(&w);
    json_member_c(&w, "a", "x");
    json_key(&w, "b");
    json_array_begin(&w);
    json_int(&w, 1);
    json_null(&w);
    json_object_begin(&w);
    json_object_end(&w);
    json_boolean(&w, true);
    json_array_end(&w);
    json_member_or_null(&w, "c", STR(""));
    json_member_int(&w, "d", UINT64_MAX);
    json_member_bool(&w, "e", false);
    json_object_end(&w);
    assert_str(buf_str(&out), "{\"a\":\"x\",\"b\":[1,null,{},true],\"c\":null,"
                              "\"d\":18446744073709551615,\"e\":false}");
    buf_release(&out);
}

static void lines_are_broken_down_to_the_depth_asked_for(void **state)
{
    (void)state;
    struct buf out;
    struct json_writer w;
    buf_init(&out);
    json_begin(&w, &out, 1);
    json_object_begin(&w);
    json_key(&w, "a");
    json_array_begin(&w);
    json_int(&w, 1);
    json_int(&w, 2);
    json_array_end(&w);
    json_member_int(&w, "b", 3);
    json_object_end(&w);
    assert_str(buf_str(&out), "{\n\"a\":[1,2],\n\"b\":3\n}");
    buf_release(&out);
}

/* RFC 8259, section 7; bad bytes become U+FFFD so that the output stays UTF-8. */
static void strings_are_escaped(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *json;
    } rows[] = {
        {"", "\"\""},
        {"say \"hi\"", "\"say \\\"hi\\\"\""},
        {"a\\b", "\"a\\\\b\""},
        {"a\nb\tc", "\"a\\nb\\tc\""},
        {"\x01\x1b\x1f\x7f", "\"\\u0001\\u001b\\u001f\x7f\""},
        {"\b\f\n\r\t\v", "\"\\b\\f\\n\\r\\t\\u000b\""},
        {"caf\xc3\xa9 \xf0\x9f\x98\x80", "\"caf\xc3\xa9 \xf0\x9f\x98\x80\""},
        {"12345678\"1234567\\12345678", "\"12345678\\\"1234567\\\\12345678\""},
        {"1234567\x7f"
         "1234567\x1f",
         "\"1234567\x7f"
         "1234567\\u001f\""},
        {"12345678901234\"", "\"12345678901234\\\"\""}, /* in the last word, the first is copied */
        {"12345678901\xc3\xa9", "\"12345678901\xc3\xa9\""},
        {" !#[]~ !", "\" !#[]~ !\""}, /* the neighbours of what is escaped */
        {"\xff-\xc3", "\"\xef\xbf\xbd-\xef\xbf\xbd\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf out;
        buf_init(&out);
        json_quote(str_from(rows[i].text), &out);
        assert_str(buf_str(&out), rows[i].json);
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_items_and_nesting_get_their_commas),
        cmocka_unit_test(lines_are_broken_down_to_the_depth_asked_for),
        cmocka_unit_test(strings_are_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
