#include "doc/doc.h"
#include "tests/doc/reading.h"

/* ---- one tree from two syntaxes ----------------------------------------------------------- */

static void assert_equal_trees(const struct doc_node *x, const struct doc_node *y)
{
    assert_int_equal(x->kind, y->kind);
    assert_int_equal(x->n, y->n);
    if (x->kind == DOC_SCALAR) {
        assert_int_equal(x->type, y->type);
        if (!str_eq(x->text, y->text)) {
            print_error("\"%.*s\" and \"%.*s\"\n", STR_ARG(x->text), STR_ARG(y->text));
        }
        assert_true(str_eq(x->text, y->text));
    }
    for (uint32_t i = 0; x->kind != DOC_SCALAR && i < x->n; i++) {
        if (x->kind == DOC_SEQ) {
            assert_equal_trees(x->items[i], y->items[i]);
        } else {
            assert_equal_trees(x->entries[i].key, y->entries[i].key);
            assert_equal_trees(x->entries[i].value, y->entries[i].value);
        }
    }
}

static const struct {
    const char *yaml;
    const char *json;
} twins[] = {
    {"a: 1\nb: [x, true, null, 1.5]\n", "{\"a\": 1, \"b\": [\"x\", true, null, 1.5]}"},
    {"a: yes\nb: off\nc: 022\nd: 0x16\ne: 1_000\n",
     "{\"a\": true, \"b\": false, \"c\": 18, \"d\": 22, \"e\": 1000}"},
    {"a: '22'\nb: \"yes\"\nc: 22-23\nd: 2010-09-09\n",
     "{\"a\": \"22\", \"b\": \"yes\", \"c\": \"22-23\", \"d\": \"2010-09-09\"}"},
    {"- {}\n- []\n- ''\n", "[{}, [], \"\"]"},
    {"a:\n  b:\n    - c: |\n        x\n        y\n      d: >-\n        x\n        y\n",
     "{\"a\": {\"b\": [{\"c\": \"x\\ny\\n\", \"d\": \"x y\"}]}}"},
    {"\xC3\xA9: \xF0\x9F\x98\x80\n\"\\u20ac\": x\n",
     "{\"\\u00e9\": \"\\ud83d\\ude00\", \"\xE2\x82\xAC\": \"x\"}"},
    {"1: a\nyes: b\n", "{\"1\": \"a\", \"yes\": \"b\"}"},
    {"Resources:\r\n  Sg:\r\n    Type: AWS::EC2::SecurityGroup\r\n    Properties:\r\n"
     "      Ingress:\r\n      - {CidrIp: 0.0.0.0/0, FromPort: 22, ToPort: \"22\"}\r\n",
     "{\"Resources\": {\"Sg\": {\"Type\": \"AWS::EC2::SecurityGroup\", \"Properties\": "
     "{\"Ingress\":"
     " [{\"CidrIp\": \"0.0.0.0/0\", \"FromPort\": 22, \"ToPort\": \"22\"}]}}}}"},
    {"a: &x {p: 1}\nb: *x\n", "{\"a\": {\"p\": 1}, \"b\": {\"p\": 1}}"},
    {"a: &x {p: 1}\nb: {q: 2, <<: *x}\n", "{\"a\": {\"p\": 1}, \"b\": {\"q\": 2, \"p\": 1}}"},
};

static void yaml_and_json_of_one_document_give_equal_trees(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof twins / sizeof twins[0]; i++) {
        struct reading yaml;
        struct reading json;
        read_text(&yaml, "t.yaml", twins[i].yaml);
        read_text(&json, "t.json", twins[i].json);
        assert_int_equal(yaml.diags.all.n, 0);
        assert_int_equal(json.diags.all.n, 0);
        assert_false(yaml.doc->is_json);
        assert_true(json.doc->is_json);
        assert_equal_trees(yaml.doc->root, json.doc->root);
        read_done(&yaml);
        read_done(&json);
    }
}

/* YAML's flow style contains JSON (but for surrogate escapes): a "---" line sends the
 * same text through the other reader. */
static void json_read_as_yaml_gives_the_same_tree_and_spans(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof twins / sizeof twins[0]; i++) {
        if (strstr(twins[i].json, "\\ud83d")) {
            continue;
        }
        struct reading json;
        struct reading yaml;
        struct arena a = {0};
        struct str text = str_format(&a, "    %s", twins[i].json);
        read_bytes(&json, "t.json", text);
        read_bytes(&yaml, "t.yaml", str_format(&a, "---\n%s", twins[i].json));
        assert_true(json.doc->is_json);
        assert_false(yaml.doc->is_json);
        assert_equal_trees(json.doc->root, yaml.doc->root);
        assert_int_equal(json.doc->root->span.begin, yaml.doc->root->span.begin);
        assert_int_equal(json.doc->root->span.end, yaml.doc->root->span.end);
        read_done(&json);
        read_done(&yaml);
        arena_release(&a);
    }
}

static void line_ends_and_marks_change_no_value(void **state)
{
    (void)state;
    const char *text = "a:\n  - b: 'x'\n    c: |\n      y\n      z\n  - d\n# c\ne: \"f\n  g\"\n";
    struct reading lf;
    read_text(&lf, "t.yaml", text);
    static const char *const ends[] = {"\r\n", "\r"};
    for (int i = 0; i < 4; i++) {
        struct buf b;
        buf_init(&b);
        buf_adds(&b, i >= 2 ? "\xEF\xBB\xBF" : "");
        for (const char *p = text; *p; p++) {
            if (*p == '\n') {
                buf_adds(&b, ends[i % 2]);
            } else {
                buf_addc(&b, *p);
            }
        }
        struct reading other;
        read_bytes(&other, "t.yaml", buf_str(&b));
        assert_int_equal(other.diags.all.n, 0);
        assert_equal_trees(lf.doc->root, other.doc->root);
        assert_str(written(&other, node_at(&other, "a/1")), "d");
        assert_str(written(&other, node_at(&other, "a/0/b")), "'x'");
        read_done(&other);
        buf_release(&b);
    }
    read_done(&lf);
}

/* ---- choosing the reader ------------------------------------------------------------------ */

static void the_reader_that_got_further_reports(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        const char *text;
        bool is_json;
        int at; /* of the fault, -1 for none */
    } table[] = {
        {"t.yaml", "{a: 1}\n", false, -1},
        {"t.template", "{\"a\": 1,}\n", false, -1},
        {"t.json", "{\"a\": 1,}\n", true, 8},
        {"T.JSON", "{\"a\": 1,}\n", true, 8},
        {"t.json", "{a: 1}\n", true, 1},
        {"t.template", "{\"a\": 1, \"b\": [1 2}\n", false, 18},     /* JSON stops at the 2 */
        {"t.template", "{\"a\": 1, \"b\": \"\\/\" x}\n", true, 19}, /* YAML has no \/ */
        {"t.template", "{\"a\": ]", true, 6},
        {"t.yaml", "{\"a\": ]", false, 6},
        {"t.json", "// c\n{\"a\": 1}\n", true, 0},
        {"t.json", "a: 1\n", false, -1},
        {"-", "{\"a\": 1}", true, -1},
        {"", "  \r\n\t[1]", true, -1},
        {"n", "[", true, 1},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct reading r;
        read_text(&r, table[i].path, table[i].text);
        assert_int_equal(r.doc->is_json, table[i].is_json);
        assert_int_equal(r.diags.all.n, table[i].at >= 0);
        if (table[i].at >= 0) {
            assert_int_equal(only_diag(&r, DIAG_SYNTAX)->at.begin, table[i].at);
            assert_null(r.doc->root);
        }
        read_done(&r);
    }
}

static void what_is_not_utf_8_is_refused_clearly(void **state)
{
    (void)state;
    static const struct {
        struct str bytes;
        const char *message;
        uint32_t at;
    } table[] = {
        {{"\xFF\xFE"
          "a\0",
          4},
         "The file is UTF-16 text; save it as UTF-8.",
         0},
        {{"\xFE\xFF\0a", 4}, "The file is UTF-16 text; save it as UTF-8.", 0},
        {{"a\0:\0", 4}, "The file is UTF-16 text; save it as UTF-8.", 0},
        {{"\0a\0:", 4}, "The file is UTF-16 text; save it as UTF-8.", 0},
        {{"a: \xFF\n", 5}, "The byte 0xFF does not belong to UTF-8 text.", 3},
        {{"a: \xC0\x80\n", 6}, "The byte 0xC0 does not belong to UTF-8 text.", 3},
        {{"a: \xED\xA0\x80\n", 7}, "The byte 0xED does not belong to UTF-8 text.", 3},
        {{"{\"a\": \"\xE9\"}", 10}, "The byte 0xE9 does not belong to UTF-8 text.", 7},
        {{"a: \xE2\x82", 5}, "The byte 0xE2 does not belong to UTF-8 text.", 3},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct reading r;
        read_bytes(&r, "t.yaml", table[i].bytes);
        const struct diag *g = only_diag(&r, DIAG_NOT_UTF8);
        assert_str(g->message, table[i].message);
        assert_int_equal(g->at.begin, table[i].at);
        assert_null(r.doc->root);
        read_done(&r);
    }
}

static void a_file_over_its_limit_is_refused_with_both_numbers(void **state)
{
    (void)state;
    for (size_t max = 4; max <= 5; max++) {
        struct reading r = {0};
        source_set_init(&r.set, &r.arena);
        r.source = source_add(&r.set, STR("t.yaml"), STR("a: 1\n"));
        diags_init(&r.diags, &r.arena);
        r.doc = doc_read(&r.arena, r.source, max, &r.diags);
        assert_int_equal(r.diags.all.n, max == 4);
        assert_int_equal(r.doc->root != NULL, max == 5);
        if (max == 4) {
            assert_str(only_diag(&r, DIAG_LIMIT)->message,
                       "The file has 5 bytes, more than 4, the limit.");
        }
        arena_release(&r.arena);
    }
}

/* ---- hostile bytes ------------------------------------------------------------------------ */

static void check_answer(const char *path, struct str bytes)
{
    struct reading r;
    read_bytes(&r, path, bytes);
    assert_true(r.doc->root || r.diags.errors);
    for (size_t i = 0; i < r.diags.all.n; i++) {
        const struct diag *g = &r.diags.all.at[i];
        assert_int_equal(g->at.source, r.source->id);
        assert_true(g->at.begin <= g->at.end && g->at.end <= bytes.n);
    }
    if (r.doc->root) {
        assert_true(r.doc->root->span.end <= bytes.n);
    }
    read_done(&r);
}

static const char *const cuttable[] = {
    ("# head\nA: &x !Foo\n  - 'it''s'\n  - \"q\\u00e9\\n\"\n"
     "  - {a: [1, 2], b: *y}\nB: |+2\n   x\n\nC: >-\n  z\n"),
    "%YAML 1.1\n%TAG !e! tag:e,2000:\n---\n? k\n: !e!x v\n...\n",
    "a: &a {x: 1}\nb: {<<: [*a, {y: 2}], z: !!int '3'}\n",
    "\xEF\xBB\xBF\xC3\xA9: \xF0\x9F\x98\x80 # \xE2\x82\xAC\r\nb:\r\n- - 1\r\n  - ~\r\n-\r\n",
    "a: x\n  y\n\n  z # c\nb: \"1\n\n  2\\\n  3\"\nc: '4\n  5'\n",
    "!Sub &s |\n  text\n",
    "[a: b, ? c : d, {e, f: }, !Ref g, &h i, *h ]\n",
    "{\"a\": [1, -2.5e+10, true, null, \"\\ud83d\\ude00\\\"\"], \"b\": {\"c\": {}}, \"d\": []}\n",
    "\xEF\xBB\xBF [ { \"x\" : \"\xE2\x82\xAC\" } , [ [ ] ] , \"\\u0041\" , 0 ] \r\n",
    "{\"a\": 1, \"a\": 2, \"b\": {\"a\": 1}}",
    "{a: 1, 'b': \"2\", c: [3, {d: 4}]} # flow\n",
    "a:\n\tb: 1\n",
};

static void no_truncation_crashes_and_each_is_answered(void **state)
{
    (void)state;
    static const char *const paths[] = {"t.yaml", "t.json"};
    for (size_t i = 0; i < sizeof cuttable / sizeof cuttable[0]; i++) {
        struct str whole = str_from(cuttable[i]);
        for (size_t n = 0; n <= whole.n; n++) {
            for (int p = 0; p < 2; p++) {
                check_answer(paths[p], str_sub(whole, 0, n));
                check_answer(paths[p], str_sub(whole, n, whole.n));
            }
        }
    }
}

/* One byte of each document replaced by each byte that could matter. */
static void no_changed_byte_crashes(void **state)
{
    (void)state;
    static const char bytes[] = "\0\t\n\r !\"#%&'*,-:<>?@[\\]_`{|}~\x7f\x80\xC2\xFF";
    for (size_t i = 0; i < sizeof cuttable / sizeof cuttable[0]; i++) {
        struct arena a = {0};
        struct str whole = str_from(cuttable[i]);
        char *copy = str_to_c(&a, whole);
        for (size_t at = 0; at < whole.n; at++) {
            for (size_t b = 0; b < sizeof bytes - 1; b++) {
                copy[at] = bytes[b];
                check_answer("t.yaml", (struct str){copy, whole.n});
            }
            copy[at] = whole.p[at];
        }
        arena_release(&a);
    }
}

static void random_soup_of_tokens_is_answered(void **state)
{
    (void)state;
    static const char *const words[] = {
        "{",  "}",  "[",  "]",   ",",   ": ",   "- ",    "? ",       "\n", "\n  ", " ",
        "\"", "'",  "a",  "1",   "&x ", "*x ",  "!Ref ", "!!int ",   "|",  ">",    "#",
        "<<", "\t", "\\", "---", "...", "true", "\r\n",  "\xC3\xA9", "%",  "~"};
    struct check_random random = {42};
    for (int i = 0; i < 6000; i++) {
        struct buf b;
        buf_init(&b);
        uint32_t n = check_random_below(&random, 24);
        for (uint32_t k = 0; k < n; k++) {
            buf_adds(&b, words[check_random_below(&random, sizeof words / sizeof words[0])]);
        }
        check_answer("t.yaml", buf_str(&b));
        buf_release(&b);
    }
}

/* ---- looking up --------------------------------------------------------------------------- */

static void lookups_accept_what_is_not_there(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", "a: {b: !Ref x}\nl: [1]\n");
    const struct doc_node *root = r.doc->root;
    assert_true(doc_is(doc_get(doc_get(root, "a"), "b"), "x"));
    assert_false(doc_is(doc_get(root, "a"), "x"));
    assert_false(doc_is(NULL, "x"));
    assert_null(doc_get(root, "z"));
    assert_null(doc_get(NULL, "a"));
    assert_null(doc_get(doc_get(root, "l"), "1"));
    assert_null(doc_get(doc_get(root, "z"), "y"));
    assert_null(doc_entry_of(root, STR("z")));
    assert_ptr_equal(doc_entry_of(root, STR("l"))->value, doc_get_str(root, STR("l")));
    read_done(&r);
}

static void templates_are_recognised_by_their_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        bool is;
    } table[] = {
        {"", false},
        {"AWSTemplateFormatVersion: 2010-09-09", true},
        {"{\"AWSTemplateFormatVersion\": ", true}, /* broken, but a template */
        {"Resources:\n  A:\n    Type: AWS::EC2::VPC\n", true},
        {"Resources:\n  A:\n    Type: Custom::X\n", true},
        {"Resources:\n  A: 1\n", false},
        {"AWS::EC2::VPC", false},
        {"resources:\n  AWS::EC2::VPC", false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        assert_int_equal(doc_looks_like_template(str_from(table[i].bytes)), table[i].is);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yaml_and_json_of_one_document_give_equal_trees),
        cmocka_unit_test(json_read_as_yaml_gives_the_same_tree_and_spans),
        cmocka_unit_test(line_ends_and_marks_change_no_value),
        cmocka_unit_test(the_reader_that_got_further_reports),
        cmocka_unit_test(what_is_not_utf_8_is_refused_clearly),
        cmocka_unit_test(a_file_over_its_limit_is_refused_with_both_numbers),
        cmocka_unit_test(no_truncation_crashes_and_each_is_answered),
        cmocka_unit_test(no_changed_byte_crashes),
        cmocka_unit_test(random_soup_of_tokens_is_answered),
        cmocka_unit_test(lookups_accept_what_is_not_there),
        cmocka_unit_test(templates_are_recognised_by_their_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
