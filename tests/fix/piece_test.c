#include "tests/fix/fixing.h"

static const struct style YAML = {.newline = STR_INIT("\n"), .unit = 2, .dash_indented = true};
static const struct style LONG = {.newline = STR_INIT("\n"), .unit = 2, .long_names = true};
static const struct style JSON = {.is_json = true, .newline = STR_INIT("\n"), .unit = 2};

static struct layout_rules laid(const struct style *style, enum layout layout)
{
    return (struct layout_rules){.style = style,
                                 .layout = layout,
                                 .indent = STR("  "),
                                 .unit = STR("  "),
                                 .colon = STR(": "),
                                 .comma = STR(", ")};
}

static void check(const struct layout_rules *r, const struct piece *p, const char *expected)
{
    struct buf b;
    buf_init(&b);
    piece_write_entry(r, STR("Key"), p, &b);
    assert_str(buf_str(&b), expected);
    buf_release(&b);
}

static void texts_are_quoted_where_they_have_to_be(void **state UNUSED)
{
    struct arena a = {0};
    struct layout_rules block = laid(&YAML, LAYOUT_BLOCK);
    struct layout_rules flow = laid(&YAML, LAYOUT_FLOW);
    struct layout_rules json = laid(&JSON, LAYOUT_FLOW);
    static const struct {
        const char *text, *block, *flow, *json;
    } rows[] = {
        {"tcp", "Key: tcp", "Key: tcp", "\"Key\": \"tcp\""},
        {"AWS::EC2::VPC", "Key: AWS::EC2::VPC", "Key: 'AWS::EC2::VPC'",
         "\"Key\": \"AWS::EC2::VPC\""},
        {"10.0.0.0/8", "Key: 10.0.0.0/8", "Key: 10.0.0.0/8", "\"Key\": \"10.0.0.0/8\""},
        {"::/0", "Key: '::/0'", "Key: '::/0'", "\"Key\": \"::/0\""},
        {"yes", "Key: 'yes'", "Key: 'yes'", "\"Key\": \"yes\""},
        {"2012-10-17", "Key: '2012-10-17'", "Key: '2012-10-17'", "\"Key\": \"2012-10-17\""},
        {"22", "Key: '22'", "Key: '22'", "\"Key\": \"22\""},
        {"^\\d'", "Key: '^\\d'''", "Key: '^\\d'''", "\"Key\": \"^\\\\d'\""},
        {"a: b", "Key: 'a: b'", "Key: 'a: b'", "\"Key\": \"a: b\""},
        {"a #b", "Key: 'a #b'", "Key: 'a #b'", "\"Key\": \"a #b\""},
        {"", "Key: ''", "Key: ''", "\"Key\": \"\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct piece *p = piece_text(&a, str_from(rows[i].text));
        check(&block, p, rows[i].block);
        check(&flow, p, rows[i].flow);
        check(&json, p, rows[i].json);
    }
    arena_release(&a);
}

static void functions_are_named_as_the_template_names_them(void **state UNUSED)
{
    struct arena a = {0};
    struct layout_rules tags = laid(&YAML, LAYOUT_BLOCK);
    struct layout_rules names = laid(&LONG, LAYOUT_BLOCK);
    struct layout_rules json = laid(&JSON, LAYOUT_FLOW);
    check(&tags, piece_ref(&a, STR("X")), "Key: !Ref X");
    check(&names, piece_ref(&a, STR("X")), "Key: {Ref: X}");
    check(&json, piece_ref(&a, STR("X")), "\"Key\": {\"Ref\": \"X\"}");
    check(&tags, piece_getatt(&a, STR("X"), "Arn"), "Key: !GetAtt X.Arn");
    check(&names, piece_getatt(&a, STR("X"), "Arn"), "Key: {'Fn::GetAtt': [X, Arn]}");
    check(&json, piece_getatt(&a, STR("X"), "Arn"), "\"Key\": {\"Fn::GetAtt\": [\"X\", \"Arn\"]}");
    check(&tags, piece_sub(&a, "${A}"), "Key: !Sub '${A}'");
    check(&json, piece_sub(&a, "${A}"), "\"Key\": {\"Fn::Sub\": \"${A}\"}");
    arena_release(&a);
}

/* {A: 1, B: [x, {C: 2}]} */
static const struct piece *nested(struct arena *a)
{
    struct piece *list = piece_list(a);
    piece_add(a, list, piece_text(a, STR("x")));
    piece_add(a, list, piece_put(a, piece_map(a), "C", piece_number(a, 2)));
    struct piece *map = piece_map(a);
    piece_put(a, map, "A", piece_number(a, 1));
    return piece_put(a, map, "B", list);
}

static void collections_open_a_level_in_layouts_with_lines(void **state UNUSED)
{
    struct arena a = {0};
    struct layout_rules block = laid(&YAML, LAYOUT_BLOCK);
    struct layout_rules flow = laid(&YAML, LAYOUT_FLOW);
    struct layout_rules lines = laid(&JSON, LAYOUT_LINES);
    struct layout_rules flat = laid(&YAML, LAYOUT_LINES);
    flat.flat = true;
    check(&block, nested(&a), "Key:\n    A: 1\n    B:\n      - x\n      - C: 2");
    check(&flow, nested(&a), "Key: {A: 1, B: [x, {C: 2}]}");
    check(&flat, nested(&a), "Key: {A: 1, B: [x, {C: 2}]}");
    check(&lines, nested(&a),
          "\"Key\": {\n    \"A\": 1,\n    \"B\": [\n      \"x\",\n      {\n        \"C\": 2\n      "
          "}\n"
          "    ]\n  }");
    arena_release(&a);
}

static void dashes_may_stand_below_their_key(void **state UNUSED)
{
    struct arena a = {0};
    struct layout_rules block = laid(&LONG, LAYOUT_BLOCK); /* not indented */
    check(&block, piece_add(&a, piece_list(&a), piece_text(&a, STR("x"))), "Key:\n  - x");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_quoted_where_they_have_to_be),
        cmocka_unit_test(functions_are_named_as_the_template_names_them),
        cmocka_unit_test(collections_open_a_level_in_layouts_with_lines),
        cmocka_unit_test(dashes_may_stand_below_their_key),
    };
    return RUN_TESTS(tests);
}
