#include "doc/yaml_node.h"
#include "tests/doc/reading.h"

/* Each row: a document, a path in it, and what its span must cut out. */
static const struct {
    const char *text;
    const char *path;
    const char *span;
    const char *tag;  /* what the tag's span cuts out, "" for none */
    const char *full; /* what doc_full_span cuts out */
} spans[] = {
    {"a: b\n", "a", "b", "", "b"},
    {"a: !Ref P # c\n", "a", "P", "!Ref", "!Ref P"},
    {"a: &x !Ref P\n", "a", "P", "!Ref", "!Ref P"},
    {"a: !Ref &x P\n", "a", "P", "!Ref", "!Ref &x P"},
    {"a: !Sub\n  # why\n\n  'x'\n", "a", "'x'", "!Sub", "!Sub\n  # why\n\n  'x'"},
    {"a: !<!Ref> P\n", "a", "P", "!<!Ref>", "!<!Ref> P"},
    {"a: !!str 22\n", "a", "22", "!!str", "!!str 22"},
    {"a: ! 22\n", "a", "22", "!", "! 22"},
    {"a: \"x \\\" y\"  \n", "a", "\"x \\\" y\"", "", "\"x \\\" y\""},
    {"a: 'it''s'\n", "a", "'it''s'", "", "'it''s'"},
    {"a: 'x\n\n  y'\n", "a", "'x\n\n  y'", "", "'x\n\n  y'"},
    {"a: x\n  y  # c\n", "a", "x\n  y", "", "x\n  y"},
    {"a: |\n  x\n   y  \n\n\nb: 1\n", "a", "|\n  x\n   y  ", "", "|\n  x\n   y  "},
    {"a: |+ # c\n  x\n\n", "a", "|+ # c\n  x", "", "|+ # c\n  x"},
    {"a: >-\n  x\n# c\nb: 1\n", "a", ">-\n  x", "", ">-\n  x"},
    {"a: !Sub |\r\n  x\r\n\r\nb: 1\r\n", "a", "|\r\n  x", "!Sub", "!Sub |\r\n  x"},
    {"a: |\n\nb: 1\n", "a", "|", "", "|"},
    {"a: [1, 2 ] # c\n", "a", "[1, 2 ]", "", "[1, 2 ]"},
    {"a: !If [c, {x: 1}, b]\n", "a", "[c, {x: 1}, b]", "!If", "!If [c, {x: 1}, b]"},
    {"a: !If [c, {x: 1}, b]\n", "a/1", "{x: 1}", "", "{x: 1}"},
    {"a: [\n  1\n  ]\n", "a", "[\n  1\n  ]", "", "[\n  1\n  ]"},
    {"a: [x: 1, y]\n", "a/0", "x: 1", "", "x: 1"},
    {"a: [? x : 1, y]\n", "a/0", "? x : 1", "", "? x : 1"},
    {"a: [!Ref , x]\n", "a/0", "", "!Ref", "!Ref"},
    {"a:\n  b: 1\n  c: 2\n\n# c\nd: 3\n", "a", "b: 1\n  c: 2", "", "b: 1\n  c: 2"},
    {"a:\n  - 1\n  - 2\n\nd: 3\n", "a", "- 1\n  - 2", "", "- 1\n  - 2"},
    {"a:\n- 1\n- 2\n\nd: 3\n", "a", "- 1\n- 2", "", "- 1\n- 2"},
    {"a: !If\n- 1\n- 2\nd: 3\n", "a", "- 1\n- 2", "!If", "!If\n- 1\n- 2"},
    {"a: !If # c\n  - 1\n  - 2\nd: 3\n", "a", "- 1\n  - 2", "!If", "!If # c\n  - 1\n  - 2"},
    {"a:\n- - 1\n  - 2\n- x\n", "a/0", "- 1\n  - 2", "", "- 1\n  - 2"},
    {"a:\n- b: 1\n  c: 2\n- x\n", "a/0", "b: 1\n  c: 2", "", "b: 1\n  c: 2"},
    {"a: &m\n  b: 1\nc: 2\n", "a", "b: 1", "", "b: 1"},
    {"a: &m !T\n  !Ref b: 1\nc: 2\n", "a", "!Ref b: 1", "!T", "!T\n  !Ref b: 1"},
    {"x: &x [1]\na: *x # c\n", "a", "*x", "", "*x"},
    {"a:\n\n\nb: 1\n", "a", "", "", ""},
    {"a: !Ref\nb: 1\n", "a", "", "!Ref", "!Ref"},
    {"a:\n  b:\n    - x: 1\n      y: |\n        t\n\n\nc: 1\n", "a",
     "b:\n    - x: 1\n      y: |\n        t", "", "b:\n    - x: 1\n      y: |\n        t"},
    {"\xEF\xBB\xBF"
     "a: b\n",
     "a", "b", "", "b"},
    {"k\xC3\xA9y: \xF0\x9F\x98\x80 # \xE2\x82\xAC\na: !Ref \xC3\xBC\n", "a", "\xC3\xBC", "!Ref",
     "!Ref \xC3\xBC"},
    {"x: \"a\xE2\x80\xA8 b\"\na: c\n", "a", "c", "", "c"}, /* U+2028 */
    {"x: 1 # c\xE2\x80\xA9"
     "a: c\n",
     "a", "c", "", "c"}, /* U+2029 ends a line for YAML 1.1 */
    {"x: 1\ra: c\rb: 2\r", "a", "c", "", "c"},
    {"x: 1\r\na:\r\n  - c\r\n", "a", "- c", "", "- c"},
};

static void a_span_cuts_out_the_value_without_its_properties(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        struct reading r;
        read_text(&r, "t.yaml", spans[i].text);
        const struct doc_node *node = node_at(&r, spans[i].path);
        assert_str(written(&r, node), spans[i].span);
        assert_str(source_text(&r.set, doc_tag_span(node)), spans[i].tag);
        assert_str(source_text(&r.set, doc_full_span(node)), spans[i].full);
        assert_int_equal(r.diags.all.n, 0);
        read_done(&r);
    }
}

static void an_empty_value_is_the_point_behind_its_key_or_dash(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *path;
        uint32_t at;
    } table[] =
        {
            {"a:\n\n# c\nb: 1\n", "a", 2}, {"a:   # c\nb: 1\n", "a", 2},
            {"a: !Ref\nb: 1\n", "a", 7},   {"- x\n-\n- y\n", "1", 5},
            {"[{a: 1, b}]\n", "0/b", 9}, /* the bracket: nothing else marks it */
            {"{a\n,b: 1}\n", "a", 2},      {"? a\n\n\nb: 1\n", "a", 3},
        };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct reading r;
        read_text(&r, "t.yaml", table[i].text);
        const struct doc_node *node = node_at(&r, table[i].path);
        assert_int_equal(node->span.begin, table[i].at);
        assert_int_equal(node->span.end, node->span.begin);
        assert_int_equal(node->type, node->tag.n ? DOC_STRING : DOC_NULL);
        read_done(&r);
    }
}

static void texts_are_decoded(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        const char *text;
        enum doc_style style;
        enum doc_type type;
    } table[] = {
        {"x y", "x y", DOC_PLAIN, DOC_STRING},
        {"x\n  y\n\n  z", "x y\nz", DOC_PLAIN, DOC_STRING},
        {"'it''s'", "it's", DOC_SINGLE, DOC_STRING},
        {"'22'", "22", DOC_SINGLE, DOC_STRING},
        {"\"22\"", "22", DOC_DOUBLE, DOC_STRING},
        {"\"a\\tb\\u00e9\\x41\"",
         "a\tb\xC3\xA9"
         "A",
         DOC_DOUBLE, DOC_STRING},
        {"\"a\n  b\"", "a b", DOC_DOUBLE, DOC_STRING},
        {"|\n  x\n  y", "x\ny\n", DOC_LITERAL, DOC_STRING},
        {"|-\n  x\n  y\n", "x\ny", DOC_LITERAL, DOC_STRING},
        {">\n  x\n  y\n", "x y\n", DOC_FOLDED, DOC_STRING},
        {"022", "18", DOC_PLAIN, DOC_INT},
        {"yes", "true", DOC_PLAIN, DOC_BOOL},
        {"2010-09-09", "2010-09-09", DOC_PLAIN, DOC_STRING},
        {"!!str 022", "022", DOC_PLAIN, DOC_STRING},
        {"!!int '022'", "18", DOC_SINGLE, DOC_INT},
        {"!!bool 'yes'", "true", DOC_SINGLE, DOC_BOOL},
        {"!!float '3'", "3", DOC_SINGLE, DOC_FLOAT},
        {"!!null ''", "", DOC_SINGLE, DOC_NULL},
        {"!!binary aGk=", "aGk=", DOC_PLAIN, DOC_STRING},
        {"!!timestamp 2010-09-09", "2010-09-09", DOC_PLAIN, DOC_STRING},
        {"!<tag:yaml.org,2002:str> 1", "1", DOC_PLAIN, DOC_STRING},
        {"!Ref 022", "022", DOC_PLAIN, DOC_STRING},
        {"! 022", "022", DOC_PLAIN, DOC_STRING},
        {"!GetAZs", "", DOC_PLAIN, DOC_STRING},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct reading r;
        struct arena a = {0};
        read_bytes(&r, "t.yaml", str_format(&a, "k: %s\n", table[i].value));
        const struct doc_node *node = node_at(&r, "k");
        assert_str(node->text, table[i].text);
        assert_int_equal(node->style, table[i].style);
        assert_int_equal(node->type, table[i].type);
        read_done(&r);
        arena_release(&a);
    }
}

static void tags_of_the_core_are_dropped_and_others_kept(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        const char *tag;
    } table[] = {
        {"!Ref x", "!Ref"},
        {"!Fn::GetAtt x", "!Fn::GetAtt"},
        {"!<!Sub> x", "!Sub"},
        {"!Unknown {a: 1}", "!Unknown"},
        {"!!python/object x", "tag:yaml.org,2002:python/object"},
        {"!<tag:example.com,2000:x> y", "tag:example.com,2000:x"},
        {"!R%65f x", "!Ref"},
        {"!!map {a: 1}", ""},
        {"!!set {a, b}", ""},
        {"!!seq [1]", ""},
        {"!!omap [a: 1]", ""},
        {"!!str x", ""},
        {"x", ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct reading r;
        struct arena a = {0};
        read_bytes(&r, "t.yaml", str_format(&a, "k: %s\n", table[i].value));
        assert_int_equal(r.diags.all.n, 0);
        assert_str(node_at(&r, "k")->tag, table[i].tag);
        read_done(&r);
        arena_release(&a);
    }
}

static void a_core_tag_that_does_not_fit_is_an_error_at_the_tag(void **state)
{
    (void)state;
    static const char *const values[] = {"!!int abc", "!!bool 1",    "!!null x",  "!!float x",
                                         "!!map x",   "!!seq x",     "!!str [x]", "!!seq {a: 1}",
                                         "!!map [x]", "!!int {a: 1}"};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct reading r;
        struct arena a = {0};
        read_bytes(&r, "t.yaml", str_format(&a, "k: %s\n", values[i]));
        assert_int_equal(only_diag(&r, DIAG_SYNTAX)->at.begin, 3);
        assert_null(r.doc->root);
        read_done(&r);
        arena_release(&a);
    }
}

static void keys_are_texts_as_written(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", "000123456701: a\nyes: b\n'q': c\n? x y\n: d\n");
    assert_str(node_at(&r, "000123456701")->text, "a");
    assert_str(node_at(&r, "yes")->text, "b");
    assert_str(node_at(&r, "q")->text, "c");
    assert_str(node_at(&r, "x y")->text, "d");
    for (uint32_t i = 0; i < r.doc->root->n; i++) {
        assert_int_equal(r.doc->root->entries[i].key->type, DOC_STRING);
        assert_true(r.doc->root->entries[i].key->is_key);
        assert_false(r.doc->root->entries[i].value->is_key);
    }
    read_done(&r);
}

static void an_escaped_nul_is_refused(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", "a: \"x\\0y\"\n");
    assert_int_equal(only_diag(&r, DIAG_SYNTAX)->at.begin, 3);
    read_done(&r);
}

static void anchors_are_kept_without_their_sign(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", "a: &one x\nb: &two [1]\nc: &thr-ee !Ref P\n");
    assert_str(doc_anchor(node_at(&r, "a")), "one");
    assert_str(doc_anchor(node_at(&r, "b")), "two");
    assert_str(doc_anchor(node_at(&r, "c")), "thr-ee");
    assert_str(doc_anchor(node_at(&r, "b/0")), "");
    read_done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_span_cuts_out_the_value_without_its_properties),
        cmocka_unit_test(an_empty_value_is_the_point_behind_its_key_or_dash),
        cmocka_unit_test(texts_are_decoded),
        cmocka_unit_test(tags_of_the_core_are_dropped_and_others_kept),
        cmocka_unit_test(a_core_tag_that_does_not_fit_is_an_error_at_the_tag),
        cmocka_unit_test(keys_are_texts_as_written),
        cmocka_unit_test(an_escaped_nul_is_refused),
        cmocka_unit_test(anchors_are_kept_without_their_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
