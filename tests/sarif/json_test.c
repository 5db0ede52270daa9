#include "sarif/json.h"
#include "tests/check.h"

static void slices_and_order_survive(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out);
    cJSON *o = json_object();
    json_put_text(o, "b", str_sub(STR("hello"), 1, 3));
    json_put(o, "a", json_number(7));
    json_put(o, "c", json_bool(false));
    json_put(o, "d", json_finished(str_sub(STR("[1,{}]]"), 0, 6)));
    json_put_filled(o, "nothing", json_array());
    cJSON *list = json_array();
    json_append(list, json_string(STR("\"\n")));
    json_put_filled(o, "list", list);
    json_write(o, &out);
    assert_str(buf_str(&out),
               "{\"b\":\"el\",\"a\":7,\"c\":false,\"d\":[1,{}],\"list\":[\"\\\"\\n\"]}");
    buf_release(&out);
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

static void a_message_is_an_object_with_a_text(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out);
    json_write(json_message("a \"b\""), &out);
    assert_str(buf_str(&out), "{\"text\":\"a \\\"b\\\"\"}");
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_and_order_survive),
        cmocka_unit_test(members_are_read_by_exact_name_and_kind),
        cmocka_unit_test(a_message_is_an_object_with_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
