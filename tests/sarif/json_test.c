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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(slices_and_order_survive)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
