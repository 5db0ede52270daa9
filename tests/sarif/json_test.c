#include "sarif/json.h"
#include "tests/check.h"

static void what_was_read_is_printed_in_its_order_and_without_blanks(void **state)
{
    (void)state;
    struct arena a = {0};
    cJSON *o =
        cJSON_Parse("{ \"b\": \"el\", \"a\": [7, 2.5, false, null, {}], \"c\": \"\\\"\\n\" }");
    assert_non_null(o);
    assert_str(json_printed(&a, o), "{\"b\":\"el\",\"a\":[7,2.5,false,null,{}],\"c\":\"\\\"\\n\"}");
    struct buf out;
    buf_init(&out);
    buf_adds(&out, "before ");
    json_print(cJSON_GetArrayItem(cJSON_GetObjectItem(o, "a"), 1), &out);
    assert_str(buf_str(&out), "before 2.5");
    buf_release(&out);
    cJSON_Delete(o);
    arena_release(&a);
}

static void members_are_read_by_exact_name_and_kind(void **state)
{
    (void)state;
    cJSON *o = cJSON_Parse("{\"n\":7,\"half\":1.5,\"below\":-1,\"zero\":0,\"huge\":3e9,"
                           "\"text\":\"seven\",\"list\":[\"text\"]}");
    assert_true(json_get_count(o, "n") == 7);
    assert_true(json_get_count(o, "N") == 0 && json_get_count(o, "text") == 0);
    assert_true(json_get_count(o, "half") == 0 && json_get_count(o, "below") == 0);
    assert_true(json_get_count(o, "zero") == 0 && json_get_count(o, "huge") == 0);
    assert_str(json_get_text(o, "text"), "seven");
    assert_str(json_get_text(o, "n"), "");
    assert_true(json_get(json_get(o, "list"), "text") == NULL && json_get(NULL, "n") == NULL);
    cJSON_Delete(o);
}

static void nothing_is_printed_of_nothing(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_str(json_printed(&a, NULL), "");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_read_is_printed_in_its_order_and_without_blanks),
        cmocka_unit_test(members_are_read_by_exact_name_and_kind),
        cmocka_unit_test(nothing_is_printed_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
