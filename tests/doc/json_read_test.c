#include "doc/read.h"
#include "tests/doc/each_file.h"
#include "tests/doc/reading.h"
#include "tests/doc/second_reader.h"

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

/* Any walk that looks back would be quadratic here. */
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

/* The reader alone, where no other is asked. */
struct checked {
    struct arena arena;
    struct source source;
    struct diags diags;
    struct read_job job;
    bool ok;
};

static void check_json(struct checked *c, struct str text)
{
    *c = (struct checked){.source = {.bytes = text}};
    diags_init(&c->diags, &c->arena);
    c->job = (struct read_job){.arena = &c->arena,
                               .scratch = &c->arena,
                               .source = &c->source,
                               .diags = &c->diags,
                               .bytes = text};
    c->ok = json_read(&c->job);
    assert_int_not_equal(c->ok, c->job.failed);
}

static void what_the_grammar_allows_is_accepted(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t nodes;
        uint32_t end;
    } table[] = {
        {"{}", 1, 2},
        {" [ ] \n", 1, 4},
        {"{\"a\":1}", 3, 7},
        {"\t{ \"a\" : [ 1 , -2 , {} ] , \"b\" : null }\r\n", 8, 39},
        {"[0,-0,10,1.5,1e3,1E+3,1.25e-10]", 8, 31},
        {"[true,false,null]", 4, 17},
        {"[\"\",\"x\",\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", 4, 27},
        {"[\"\\u00e9\\uD83D\\uDE00\\ud83d\\ude00\"]", 2, 34},
        {"[\"\x7f\xC3\xA9\xE2\x80\xA8\"]", 2, 10},
        {"1", 1, 1},
        {"\"x\" ", 1, 3},
        {"{\"\":{\"\":\"\"}}", 5, 12},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct checked c;
        check_json(&c, str_from(table[i].text));
        if (!c.ok) {
            print_error("%s: %.*s\n", table[i].text, STR_ARG(c.job.fault.message));
        }
        assert_true(c.ok);
        assert_int_equal(c.job.nodes, table[i].nodes);
        assert_int_equal(c.job.root->span.end, table[i].end);
        arena_release(&c.arena);
    }
}

static const struct {
    const char *text;
    uint32_t begin;
    const char *message;
} faults[] = {
    {"{\"a\": 1,}", 8, "Expected a key in double quotes after ',', but found '}'."},
    {"{\"a\": 1", 7, "Expected ',' or '}' after the value, but found the end of the file."},
    {"{\"a\": 1 \"b\": 2}", 8, "Expected ',' or '}' after the value, but found '\"'."},
    {"{\"a\": [1 2]}", 9, "Expected ',' or ']' after the value, but found '2'."},
    {"{\"a\": [1, 2}", 11, "Expected ',' or ']' after the value, but found '}'."},
    {"{\"a\" 1}", 5, "Expected ':' after the key, but found '1'."},
    {"{\"a\":}", 5, "Expected a value, but found '}'."},
    {"{\"a\":", 5, "Expected a value, but found the end of the file."},
    {"{", 1, "Expected a key in double quotes or '}', but found the end of the file."},
    {"{,}", 1, "Expected a key in double quotes or '}', but found ','."},
    {"{'a': 1}", 1, "Expected a key in double quotes or '}', but found a single quote."},
    {"{a: 1}", 1, "Expected a key in double quotes or '}', but found 'a'."},
    {"{1: 1}", 1, "Expected a key in double quotes or '}', but found '1'."},
    {"['a']", 1, "Expected a value in double quotes, but found a single quote."},
    {"[1,]", 3, "Expected a value after ',', but found ']'."},
    {"[,1]", 1, "Expected a value, but found ','."},
    {"[1,,2]", 3, "Expected a value, but found ','."},
    {"[", 1, "Expected a value, but found the end of the file."},
    {"[True]", 1, "Expected a value, but found 'True'."},
    {"[nul]", 1, "Expected a value, but found 'nul'."},
    {"[truex]", 1, "Expected a value, but found 'truex'."},
    {"[1] x", 4, "Expected the end of the file behind the closing bracket, but found 'x'."},
    {"{}{}", 2, "Expected the end of the file behind the closing bracket, but found '{'."},
    {"{}]", 2, "Expected the end of the file behind the closing bracket, but found ']'."},
    {"{ // c\n}", 2,
     "Expected a key in double quotes or '}', but found a comment, which JSON does not have."},
    {"[1 /* c */]", 3,
     "Expected ',' or ']' after the value, but found a comment, which JSON does not have."},
    {"[1 # c\n]", 3,
     "Expected ',' or ']' after the value, but found a comment, which JSON does not have."},
    {"[1 /", 3, "Expected ',' or ']' after the value, but found '/'."},
    {"[01]", 1, "A JSON number cannot begin with 0; put it in quotes."},
    {"[-01]", 1, "A JSON number cannot begin with 0; put it in quotes."},
    {"[-]", 1, "Expected a digit after '-'."},
    {"[1.]", 1, "Expected a digit after the '.' of the number."},
    {"[1.e3]", 1, "Expected a digit after the '.' of the number."},
    {"[1e]", 1, "Expected a digit in the exponent of the number."},
    {"[1e+]", 1, "Expected a digit in the exponent of the number."},
    {"[0x16]", 1, "This is not a number; a text must be in double quotes."},
    {"[10.0.0.0/16]", 1, "This is not a number; a text must be in double quotes."},
    {"[.5]", 1, "Expected a value, but found '.5'."},
    {"[+1]", 1, "Expected a value, but found '+1'."},
    {"[NaN]", 1, "Expected a value, but found 'NaN'."},
    {"[\"a\nb\"]", 1, "The text that begins here has no closing quote on its line."},
    {"[\"a", 1, "The text that begins here has no closing quote on its line."},
    {"[\"a\\", 3, "Unknown escape sequence; write '\\\\' for a backslash in a JSON text."},
    {"[\"a\tb\"]", 3, "Found a tab inside a JSON text; it must be written as an escape sequence."},
    {"[\"a\x1f\"]", 3,
     "Found the control character U+001F inside a JSON text; it must be written as an escape "
     "sequence."},
    {"[\"\\q\"]", 2, "Unknown escape sequence; write '\\\\' for a backslash in a JSON text."},
    {"[\"\\U0041\"]", 2, "Unknown escape sequence; write '\\\\' for a backslash in a JSON text."},
    {"[\"\\u12\"]", 2, "Expected four hexadecimal digits after '\\u'."},
    {"[\"\\u12g4\"]", 2, "Expected four hexadecimal digits after '\\u'."},
    {"[\"\\u", 2, "Expected four hexadecimal digits after '\\u'."},
    {"[\"x\\u0000\"]", 3, "The text contains '\\u0000', which CloudFormation refuses."},
    {"[\"\\ud800\"]", 2, "The escape sequence is one half of a surrogate pair."},
    {"[\"\\ud800\\u0041\"]", 2, "The escape sequence is one half of a surrogate pair."},
    {"[\"\\ud800x\"]", 2, "The escape sequence is one half of a surrogate pair."},
    {"[\"\\udc00\"]", 2, "The escape sequence is one half of a surrogate pair."},
    {"[\"\\ud800\\ud800\"]", 2, "The escape sequence is one half of a surrogate pair."},
    {"", 0, "The file is empty; expected a YAML or JSON document."},
    {"[1\v]", 1, "This is not a number; a text must be in double quotes."},
    {"[1,\f2]", 3, "Expected a value, but found the control character U+000C."},
};

static void what_it_does_not_allow_is_refused_at_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        struct checked c;
        check_json(&c, str_from(faults[i].text));
        assert_false(c.ok);
        assert_int_equal(c.job.fault.id, DIAG_SYNTAX);
        assert_str(c.job.fault.message, faults[i].message);
        assert_int_equal(c.job.fault.at.begin, faults[i].begin);
        assert_true(c.job.fault.at.end <= strlen(faults[i].text));
        assert_true(c.job.fault.reached >= c.job.fault.at.begin);
        arena_release(&c.arena);
    }
}

static void the_open_bracket_is_shown_beside(void **state)
{
    (void)state;
    struct checked c;
    check_json(&c, STR("{\"a\": [1, {}, 2"));
    assert_int_equal(c.job.fault.other.begin, 6);
    assert_str(c.job.fault.other_text, "The list begins here.");
    arena_release(&c.arena);
    check_json(&c, STR("{\"a\": [1], x"));
    assert_int_equal(c.job.fault.other.begin, 0);
    assert_str(c.job.fault.other_text, "The map begins here.");
    arena_release(&c.arena);
}

static void nul_bytes_are_refused_wherever_they_are(void **state)
{
    (void)state;
    static const struct str texts[] = {{"\0{}", 3},          {"{\0}", 3},  {"{}\0", 3},
                                       {"[\"\0\"]", 5},      {"[1\0]", 4}, {"[tru\0]", 6},
                                       {"[true\0]", 7},      {"[-\0]", 4}, {"[\"\\\0\"]", 6},
                                       {"[\"\\u00\0\"]", 9}, {"[1.\0]", 5}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct checked c;
        check_json(&c, texts[i]);
        assert_false(c.ok);
        arena_release(&c.arena);
    }
}

static void brackets_are_counted_as_they_open(void **state)
{
    (void)state;
    char text[2 * LIMIT_DEPTH + 2];
    for (uint32_t depth = LIMIT_DEPTH; depth <= LIMIT_DEPTH + 1; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        struct checked c;
        check_json(&c, (struct str){text, (size_t)2 * depth});
        assert_int_equal(c.ok, depth == LIMIT_DEPTH);
        if (!c.ok) {
            assert_int_equal(c.job.fault.id, DIAG_LIMIT);
            assert_int_equal(c.job.fault.at.begin, LIMIT_DEPTH);
        }
        arena_release(&c.arena);
    }
}

/* A key that is written twice is not spoken of where the text turns out to be no JSON: YAML is
 * tried then, and says it again. */
static void nothing_is_said_of_a_tree_that_is_dropped(void **state)
{
    (void)state;
    struct checked c;
    check_json(&c, STR("{\"a\": 1, \"a\": 2} x"));
    assert_false(c.ok);
    assert_int_equal(c.diags.all.n, 0);
    assert_int_equal(c.diags.errors, 0);
    arena_release(&c.arena);
    check_json(&c, STR("{\"a\": 1, \"a\": 2}"));
    assert_true(c.ok);
    assert_int_equal(c.diags.all.n, 1);
    assert_int_equal(c.diags.all.at[0].related.n, 1);
    assert_int_equal(c.diags.errors, 1);
    arena_release(&c.arena);

    struct reading r;
    read_text(&r, "t.yaml", "{\"a\": {\"b\": 1, \"b\": 2}, c: 3}\n");
    assert_false(r.doc->is_json);
    assert_int_equal(only_diag(&r, DIAG_DUPLICATE_KEY)->at.begin, 15);
    read_done(&r);
}

static void errors_beyond_the_most_that_are_told_are_counted(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    buf_adds(&b, "{\"a\": 0");
    for (int i = 0; i < LIMIT_DIAGNOSTICS + 5; i++) {
        buf_adds(&b, ", \"a\": 0");
    }
    buf_adds(&b, "}");
    struct checked c;
    check_json(&c, buf_str(&b));
    assert_true(c.ok);
    assert_int_equal(c.diags.all.n, LIMIT_DIAGNOSTICS);
    assert_int_equal(c.diags.dropped, 5);
    assert_int_equal(c.diags.errors, LIMIT_DIAGNOSTICS + 5);
    arena_release(&c.arena);
    buf_release(&b);
}

/* ---- a second opinion --------------------------------------------------------------------- */

static void cjson_reads_the_same_or_differs_as_listed(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{\"a\": [1, -2.5e+10, true, null, \"\\ud83d\\ude00\\\"\"], \"b\": {\"c\": []}}\n",
        "[1E400, -0, 0.1, 12345678901234567890123, 1e-400]",
        "\xEF\xBB\xBF[\"\\u00e9\\b\\f\\n\\r\\t\\/\"] \n",
        "{\"a\": 1, \"a\": 2, \"\": \"\"}",
        "\"x\"",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct checked c;
        struct str text = str_from(texts[i]);
        assert_null(second_reader_differs(text));
        check_json(&c, str_sub(text, i == 2 ? 3 : 0, text.n));
        assert_true(c.ok);
        arena_release(&c.arena);
    }
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        const char *differs = second_reader_differs(str_from(faults[i].text));
        if (differs) {
            print_error("%s: %s\n", faults[i].text, differs);
        }
        assert_null(differs);
    }
}

static void compare_file(void *context, struct str bytes)
{
    (void)context;
    const char *differs = second_reader_differs(bytes);
    if (differs) {
        print_error("%s:\n%.*s\n", differs, STR_ARG(str_sub(bytes, 0, 200)));
    }
    assert_null(differs);
}

static void cjson_reads_the_same_of_every_file_there_is(void **state)
{
    (void)state;
    assert_true(each_file(compare_file, NULL) > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_have_their_text_type_and_span),
        cmocka_unit_test(collections_span_their_brackets),
        cmocka_unit_test(a_duplicate_key_is_diagnosed_after_decoding),
        cmocka_unit_test(a_list_may_be_the_root),
        cmocka_unit_test(wide_lists_are_read_in_no_time),
        cmocka_unit_test(what_the_grammar_allows_is_accepted),
        cmocka_unit_test(what_it_does_not_allow_is_refused_at_its_place),
        cmocka_unit_test(the_open_bracket_is_shown_beside),
        cmocka_unit_test(nul_bytes_are_refused_wherever_they_are),
        cmocka_unit_test(brackets_are_counted_as_they_open),
        cmocka_unit_test(nothing_is_said_of_a_tree_that_is_dropped),
        cmocka_unit_test(errors_beyond_the_most_that_are_told_are_counted),
        cmocka_unit_test(cjson_reads_the_same_or_differs_as_listed),
        cmocka_unit_test(cjson_reads_the_same_of_every_file_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
