#include "tests/fix/fixing.h"

struct removal {
    const char *text;
    const char *path;
    const char *expected; /* NULL: refused */
};

static void check(const struct removal *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct editing e;
        editing_open(&e, rows[i].text);
        bool ok = edit_remove(&e.edits, editing_at(&e, rows[i].path));
        assert_edited(&e, ok, rows[i].expected);
    }
}
#define CHECK(rows) check((rows), sizeof(rows) / sizeof *(rows))

static void block_items_go_with_their_lines(void **state UNUSED)
{
    static const struct removal rows[] = {
        {"A:\n  - x\n  - y\n", "A/0", "A:\n  - y\n"},
        {"A:\n  - x\n  - y", "A/1", "A:\n  - x"},
        {"A:\n- b: 1\n  c: 2 # gone\n# kept\n- d\n", "A/0", "A:\n# kept\n- d\n"},
        {"A:\r\n  - x\r\n  - y\r\n", "A/1", "A:\r\n  - x\r\n"},
        {"A:\n  -\n    b: 1\n  - c\n", "A/0", "A:\n  - c\n"},
        {"A:\n  - {b: 1,\n     c: 2}\n  - d\n", "A/0", "A:\n  - d\n"},
        {"A:\n  - |\n    text\n\n  - d\n", "A/0", "A:\n\n  - d\n"},
        {"B: &x {e: 1}\nA:\n  - *x\n  - d\n", "A/0", "B: &x {e: 1}\nA:\n  - d\n"},
    };
    CHECK(rows);
}

static void the_last_item_takes_its_key_along(void **state UNUSED)
{
    static const struct removal rows[] = {
        {"M:\n  A:\n    - x\n  B: c\n", "M/A/0", "M:\n  B: c\n"},
        {"M:\n  B: c\n  A: [x]\n", "M/A/0", "M:\n  B: c\n"},
        {"{\"B\": 1, \"A\": [{\"x\": 1}]}", "A/0", "{\"B\": 1}"},
        {"{\"A\": [1], \"B\": 1}", "A/0", "{\"B\": 1}"},
        {"M:\n  A:\n    - x\n", "M/A/0", NULL}, /* M would be empty */
    };
    CHECK(rows);
}

static void flow_items_go_with_one_comma(void **state UNUSED)
{
    static const struct removal rows[] = {
        {"A: [x, y, z]\n", "A/0", "A: [y, z]\n"},
        {"A: [x, y, z]\n", "A/1", "A: [x, z]\n"},
        {"A: [x, y, z]\n", "A/2", "A: [x, y]\n"},
        {"A: [x, y , ]\n", "A/1", "A: [x , ]\n"},
        {"A: [\n  x,\n  y, # gone\n  z\n]\n", "A/1", "A: [\n  x,\n  z\n]\n"},
        {"A: [x, # why\n  y]\n", "A/0", NULL},
        {"{\"A\": [\n\t{\"b\": 1},\n\t{\"c\": 2}\n]}\n", "A/0", "{\"A\": [\n\t{\"c\": 2}\n]}\n"},
        {"{\"A\": [\n\t{\"b\": 1},\n\t{\"c\": 2}\n]}\n", "A/1", "{\"A\": [\n\t{\"b\": 1}\n]}\n"},
        {"{\"A\": [{\n  \"b\": 1\n}, {\n  \"c\": 2\n}]}\n", "A/0", "{\"A\": [{\n  \"c\": 2\n}]}\n"},
        {"{\"A\":[1,2,3]}", "A/2", "{\"A\":[1,2]}"},
    };
    CHECK(rows);
}

static void entries_go_likewise(void **state UNUSED)
{
    static const struct removal rows[] = {
        {"M:\n  a: 1\n  b: 2\n", "M/a", "M:\n  b: 2\n"},
        {"L:\n  - a: 1\n    b: 2\n", "L/0/a", "L:\n  - b: 2\n"},
        {"L:\n  - a: 1\n    b: 2\n", "L/0/b", "L:\n  - a: 1\n"},
        {"L:\n  - a: 1\n    # why\n    b: 2\n", "L/0/a", NULL},
        {"M: {a: 1, b: 2}\n", "M/b", "M: {a: 1}\n"},
        {"'M':\n  \"a\": {c: 1,\n    d: 2}\n  b: 2\n", "M/a", "'M':\n  b: 2\n"},
    };
    CHECK(rows);
}

static void branches_of_if_become_no_value(void **state UNUSED)
{
    static const struct removal rows[] = {
        {"A:\n  - !If [C, {b: 1}, {c: 2}]\n  - d\n", "A/0/1",
         "A:\n  - !If [C, !Ref AWS::NoValue, {c: 2}]\n  - d\n"},
        {"A:\n  - !If [C, {b: 1}, !Ref AWS::NoValue]\n  - d\n", "A/0/1", "A:\n  - d\n"},
        {"{\"A\": [{\"Fn::If\": [\"C\", {\"b\": 1}, {\"Ref\": \"AWS::NoValue\"}]}, 1]}",
         "A/0/Fn::If/1", "{\"A\": [1]}"},
        {"{\"A\": [{\"Fn::If\": [\"C\", {\"b\": 1}, 2]}, 1]}", "A/0/Fn::If/1",
         "{\"A\": [{\"Fn::If\": [\"C\", {\"Ref\": \"AWS::NoValue\"}, 2]}, 1]}"},
        {"A:\n  - !If [C, {b: 1}, {c: 2}]\n", "A/0/0", NULL}, /* the condition */
        {"A: !Join [',', [x, y]]\n", "A/0", NULL},
    };
    CHECK(rows);
}

static void what_is_shared_stays(void **state UNUSED)
{
    static const struct removal rows[] = {
        {"A:\n  - &x {b: 1}\n  - c\nD: [*x]\n", "A/0", NULL},
        {"A:\n  - b: &x 1\n  - c\nD: [*x]\n", "A/0", NULL},
    };
    CHECK(rows);
}

static void a_line_with_something_else_stays(void **state UNUSED)
{
    static const struct removal rows[] = {
        {"A:\n  - - x\n    - y\n", "A/0/0", NULL},
    };
    CHECK(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(block_items_go_with_their_lines),
        cmocka_unit_test(the_last_item_takes_its_key_along),
        cmocka_unit_test(flow_items_go_with_one_comma),
        cmocka_unit_test(entries_go_likewise),
        cmocka_unit_test(branches_of_if_become_no_value),
        cmocka_unit_test(what_is_shared_stays),
        cmocka_unit_test(a_line_with_something_else_stays),
    };
    return RUN_TESTS(tests);
}
