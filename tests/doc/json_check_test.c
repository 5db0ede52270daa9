#include "doc/json_check.h"

#include "base/limits.h"
#include "tests/check.h"

struct checked {
    struct arena arena;
    struct source source;
    struct read_job job;
    uint32_t tokens;
    uint32_t end;
    bool ok;
};

static void check_json(struct checked *c, struct str text)
{
    *c = (struct checked){.source = {.bytes = text}};
    c->job = (struct read_job){
        .arena = &c->arena, .scratch = &c->arena, .source = &c->source, .bytes = text};
    c->ok = json_check(&c->job, &c->tokens, &c->end);
}

static void what_the_grammar_allows_is_accepted(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t tokens;
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
        assert_int_equal(c.tokens, table[i].tokens);
        assert_int_equal(c.end, table[i].end);
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

static void the_depth_is_counted_before_anything_else_runs(void **state)
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

static void a_number_longer_than_its_limit_is_named(void **state)
{
    (void)state;
    struct checked c;
    char text[70];
    memset(text, '1', sizeof text);
    text[0] = '[';
    text[64] = ']';
    check_json(&c, (struct str){text, 65});
    assert_true(c.ok);
    arena_release(&c.arena);
    text[64] = '1';
    text[65] = ']';
    check_json(&c, (struct str){text, 66});
    assert_false(c.ok);
    assert_int_equal(c.job.fault.id, DIAG_LIMIT);
    arena_release(&c.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_grammar_allows_is_accepted),
        cmocka_unit_test(what_it_does_not_allow_is_refused_at_its_place),
        cmocka_unit_test(the_open_bracket_is_shown_beside),
        cmocka_unit_test(nul_bytes_are_refused_wherever_they_are),
        cmocka_unit_test(the_depth_is_counted_before_anything_else_runs),
        cmocka_unit_test(a_number_longer_than_its_limit_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
