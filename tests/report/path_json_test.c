#include "report/path_json.h"

#include "tests/parsed.h"
#include "tests/report/asked.h"

static cJSON *answer(struct asked *x, struct ports ports)
{
    asked(x, reported_open, PROTOCOL_TCP, ports);
    struct buf out;
    buf_init(&out);
    struct source_set sources = x->n->sources;
    path_json_write(&x->view, &sources, &out);
    cJSON *json = parsed(str_copy(&x->a, buf_str(&out)));
    buf_release(&out);
    return json;
}

static void a_way_is_an_object_with_its_steps(void **state)
{
    (void)state;
    struct asked x;
    cJSON *json = answer(&x, (struct ports){22, 22});
    assert_string_equal(parsed_at(json, "schema")->valuestring, "cfnreach-path/1");
    assert_string_equal(parsed_at(json, "verdict")->valuestring, "reachable");
    assert_string_equal(parsed_at(json, "ways/0/path/0/componentId")->valuestring, "Igw");
    assert_int_equal(parsed_number(json, "ways/0/portBegin"), 22);
    assert_int_equal(cJSON_GetArraySize(parsed_at(json, "blocked")), 0);
    cJSON_Delete(json);
    arena_release(&x.a);
}

static void a_blocker_has_its_code(void **state)
{
    (void)state;
    struct asked x;
    cJSON *json = answer(&x, (struct ports){80, 80});
    assert_string_equal(parsed_at(json, "verdict")->valuestring, "blocked");
    assert_string_equal(parsed_at(json, "blocked/0/blockers/0/code")->valuestring,
                        "ENI_SG_RULES_MISMATCH");
    assert_true(cJSON_IsTrue(parsed_at(json, "blocked/0/blockers/0/alone")));
    assert_int_equal(cJSON_GetArraySize(parsed_at(json, "ways")), 0);
    cJSON_Delete(json);
    arena_release(&x.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_way_is_an_object_with_its_steps),
        cmocka_unit_test(a_blocker_has_its_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
