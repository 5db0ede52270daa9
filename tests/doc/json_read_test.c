#include "doc/read.h"
#include "tests/doc/reading.h"

static void values_have_their_text_type_and_span(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        const char *text;
        enum doc_type type;
    } table[] = {
        {"1", "1", DOC_INT},
        {"-0", "0", DOC_INT},
        {"-22", "-22", DOC_INT},
        {"12345678901234567890123", "12345678901234567890123", DOC_INT},
        {"1.50", "1.50", DOC_FLOAT},
        {"1e3", "1e3", DOC_FLOAT},
        {"1E400", "1E400", DOC_FLOAT}, /* no double holds it; the text is the source's */
        {"true", "true", DOC_BOOL},
        {"false", "false", DOC_BOOL},
        {"null", "null", DOC_NULL},
        {"\"\"", "", DOC_STRING},
        {"\"022\"", "022", DOC_STRING},
        {"\"yes\"", "yes", DOC_STRING},
        {"\"a\\nb\"", "a\nb", DOC_STRING},
        {"\"\\u00e9\\ud83d\\ude00\"", "\xC3\xA9\xF0\x9F\x98\x80", DOC_STRING},
        {"\"\\\"\\\\\\/\"", "\"\\/", DOC_STRING},
        {"\"\xC3\xA9 # x\"", "\xC3\xA9 # x", DOC_STRING},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct reading r;
        struct arena a = {0};
        read_bytes(&r, "t.json", str_format(&a, "\xEF\xBB\xBF { \"k\" : %s }\n", table[i].value));
        assert_true(r.doc->is_json);
        const struct doc_node *node = node_at(&r, "k");
        assert_str(node->text, table[i].text);
        assert_int_equal(node->type, table[i].type);
        assert_str(written(&r, node), table[i].value);
        assert_int_equal(node->style, table[i].type == DOC_STRING ? DOC_DOUBLE : DOC_PLAIN);
        assert_str(written(&r, r.doc->root->entries[0].key), "\"k\"");
        read_done(&r);
        arena_release(&a);
    }
}

static void collections_span_their_brackets(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.json", "{\"a\": [1, {\"b\": []}, {}],\n \"c\": {\"d\": {\"e\": 2}}}\n");
    assert_str(written(&r, node_at(&r, "a")), "[1, {\"b\": []}, {}]");
    assert_str(written(&r, node_at(&r, "a/1")), "{\"b\": []}");
    assert_str(written(&r, node_at(&r, "a/1/b")), "[]");
    assert_int_equal(node_at(&r, "a/1/b")->n, 0);
    assert_int_equal(node_at(&r, "a/2")->n, 0);
    assert_str(written(&r, node_at(&r, "c/d")), "{\"e\": 2}");
    assert_int_equal(node_at(&r, "a")->style, DOC_FLOW);
    assert_int_equal(r.doc->root->span.begin, 0);
    assert_int_equal(r.doc->root->span.end, 48); /* all but the last line break */
    assert_int_equal(r.doc->nodes, 14);          /* 7 collections, 5 keys, 1 and 2 */
    read_done(&r);
}

static void a_duplicate_key_is_diagnosed_after_decoding(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.json", "{\"ab\": 1, \"\\u0061b\": 2}");
    assert_int_equal(only_diag(&r, DIAG_DUPLICATE_KEY)->at.begin, 10);
    assert_str(node_at(&r, "ab")->text, "1");
    read_done(&r);
}

static void a_list_may_be_the_root(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.json", "[\"x\", [], 1]");
    assert_int_equal(r.doc->root->kind, DOC_SEQ);
    assert_int_equal(r.doc->root->n, 3);
    assert_str(node_at(&r, "2")->text, "1");
    read_done(&r);
}

/* jsmn without parent links, or any walk that looks back, would be quadratic here. */
static void wide_lists_are_read_in_no_time(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    buf_adds(&b, "[0");
    for (int i = 0; i < 100000; i++) {
        buf_adds(&b, ",[]");
    }
    buf_adds(&b, "]");
    struct reading r;
    read_bytes(&r, "t.json", buf_str(&b));
    assert_int_equal(r.doc->root->n, 100001);
    read_done(&r);
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_have_their_text_type_and_span),
        cmocka_unit_test(collections_span_their_brackets),
        cmocka_unit_test(a_duplicate_key_is_diagnosed_after_decoding),
        cmocka_unit_test(a_list_may_be_the_root),
        cmocka_unit_test(wide_lists_are_read_in_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
