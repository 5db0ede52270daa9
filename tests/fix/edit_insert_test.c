#include "tests/fix/fixing.h"

static void an_entry_is_appended_as_its_neighbours_are_written(void **state UNUSED)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"M:\n  a: 1 # x\n# y\nN: 2\n", "M:\n  a: 1 # x\n  K: v\n# y\nN: 2\n"},
        {"M:\n  a: 1", "M:\n  a: 1\n  K: v"},
        {"M:\r\n  a: 1\r\n", "M:\r\n  a: 1\r\n  K: v\r\n"},
        {"M:\n  \"a\": 1\n", "M:\n  \"a\": 1\n  \"K\": v\n"},
        {"M: {a: 1}\n", "M: {a: 1, K: v}\n"},
        {"M: {}\n", "M: {K: v}\n"},
        {"M: {\n  a: 1\n}\n", "M: {\n  a: 1,\n  K: v\n}\n"},
        {"{\"M\":{\"a\":1}}", "{\"M\":{\"a\":1,\"K\":\"v\"}}"},
        {"{\"M\": {\"a\": 1, \"b\": 2}}", "{\"M\": {\"a\": 1, \"b\": 2, \"K\": \"v\"}}"},
        {"{\"M\": {\n\t\"a\": 1\n}}", "{\"M\": {\n\t\"a\": 1,\n\t\"K\": \"v\"\n}}"},
        {"M:\n  a: |+\n    text\n\nN: 1\n", NULL}, /* its blank lines would be lost */
        {"M: !Transform {a: 1}\n", NULL},
        {"M: &x {a: 1}\nN: *x\n", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct editing e;
        editing_open(&e, rows[i].text);
        bool ok = edit_append_entry(&e.edits, editing_at(&e, "M"), STR("K"),
                                    piece_text(&e.arena, STR("v")));
        assert_edited(&e, ok, rows[i].expected);
    }
}

static void an_item_is_appended_likewise(void **state UNUSED)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"M:\n  - a # x\n  # y\n", "M:\n  - a # x\n  - v\n  # y\n"},
        {"M:\n- a: 1\n  b: 2\n", "M:\n- a: 1\n  b: 2\n- v\n"},
        {"M: [a, b]\n", "M: [a, b, v]\n"},
        {"{\"M\": [\n  1\n]}", "{\"M\": [\n  1,\n  \"v\"\n]}"},
        {"M: !If [C, a, b]\n", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct editing e;
        editing_open(&e, rows[i].text);
        bool ok = edit_append_item(&e.edits, editing_at(&e, "M"), piece_text(&e.arena, STR("v")));
        assert_edited(&e, ok, rows[i].expected);
    }
}

static void a_section_is_made_before_the_resources(void **state UNUSED)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"Description: x\n\n# all\nResources:\n  A: 1\n",
         "Description: x\nParameters:\n  K: v\n\n# all\nResources:\n  A: 1\n"},
        {"Description: x\n\nResources:\n  A: 1\n",
         "Description: x\n\nParameters:\n  K: v\n\nResources:\n  A: 1\n"},
        {"Description: x\r\n\r\nResources:\r\n  A: 1\r\n",
         "Description: x\r\n\r\nParameters:\r\n  K: v\r\n\r\nResources:\r\n  A: 1\r\n"},
        {"Resources:\n  A: 1\n", "Parameters:\n  K: v\nResources:\n  A: 1\n"},
        {"Parameters:\n  P: 1\nResources:\n  A: 1\n",
         "Parameters:\n  P: 1\n  K: v\nResources:\n  A: 1\n"},
        {"{\"Resources\":{\"A\":1}}", "{\"Parameters\":{\"K\":\"v\"},\"Resources\":{\"A\":1}}"},
        {"{\n  \"Resources\": {\n    \"A\": 1\n  }\n}\n",
         "{\n  \"Parameters\": {\n    \"K\": \"v\"\n  },\n  \"Resources\": {\n    \"A\": 1\n  "
         "}\n}\n"},
        {"Parameters:\nResources:\n  A: 1\n", NULL},
        {"A: 1\n", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct editing e;
        editing_open(&e, rows[i].text);
        bool ok =
            edit_add_to_section(&e.edits, "Parameters", STR("K"), piece_text(&e.arena, STR("v")));
        assert_edited(&e, ok, rows[i].expected);
    }
}

static void a_copy_stands_behind_with_other_texts(void **state UNUSED)
{
    static const struct {
        const char *text, *path, *scalar, *key, *expected;
    } rows[] = {
        {"L:\n  - a: '1' # x\n    b: 2\n  - c\n", "L/0", "L/0/a", "",
         "L:\n  - a: '1' # x\n    b: 2\n  - a: '9' # x\n    b: 2\n  - c\n"},
        {"L: [{a: 1, b: 2}]\n", "L/0", "L/0/a", "", "L: [{a: 1, b: 2}, {a: 9, b: 2}]\n"},
        {"{\"L\": [\n  {\"a\": 1}\n]}", "L/0", "L/0/a", "",
         "{\"L\": [\n  {\"a\": 1},\n  {\"a\": 9}\n]}"},
        {"{\"L\":[{\"a\":1}]}", "L/0", "L/0/a", "", "{\"L\":[{\"a\":1}, {\"a\":9}]}"},
        {"M:\n  'A':\n    x: 1\n", "M/A", "M/A/x", "B", "M:\n  'A':\n    x: 1\n  'B':\n    x: 9\n"},
        {"L:\n  - a: &x 1\n  - c\n", "L/0", "L/0/a", "", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct editing e;
        editing_open(&e, rows[i].text);
        struct edit_swap swap = {editing_at(&e, rows[i].scalar), STR("9")};
        bool ok =
            edit_copy(&e.edits, editing_at(&e, rows[i].path), str_from(rows[i].key), &swap, 1);
        assert_edited(&e, ok, rows[i].expected);
    }
}

static void what_ends_at_one_point_is_nested_right(void **state UNUSED)
{
    struct editing e;
    editing_open(&e, "Resources:\n  A:\n    P:\n      x: 1\n");
    const struct piece *v = piece_text(&e.arena, STR("v"));
    bool ok = edit_append_entry(&e.edits, editing_at(&e, "Resources"), STR("B"), v) &&
              edit_append_entry(&e.edits, editing_at(&e, "Resources/A/P"), STR("y"), v) &&
              edit_append_entry(&e.edits, editing_at(&e, "Resources"), STR("C"), v);
    assert_edited(&e, ok, "Resources:\n  A:\n    P:\n      x: 1\n      y: v\n  B: v\n  C: v\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_is_appended_as_its_neighbours_are_written),
        cmocka_unit_test(an_item_is_appended_likewise),
        cmocka_unit_test(a_section_is_made_before_the_resources),
        cmocka_unit_test(a_copy_stands_behind_with_other_texts),
        cmocka_unit_test(what_ends_at_one_point_is_nested_right),
    };
    return RUN_TESTS(tests);
}
