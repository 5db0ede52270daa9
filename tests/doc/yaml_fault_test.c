#include "doc/yaml_fault.h"
#include "tests/doc/reading.h"

/* The place is what a person would point at: worked out from the text by hand. */
static const struct {
    const char *text;
    const char *message;
    uint32_t begin;
    int related; /* byte of the related place, -1 for none */
} faults[] = {
    {"a:\n\tb: 1\n", "The line is indented with a tab; YAML allows only spaces for indentation.", 3,
     -1},
    {"a:\n  b: 1\n\tc: 2\n",
     "The line is indented with a tab; YAML allows only spaces for indentation.", 10, -1},
    {"a:\n  b: 1\n  \tc: 2\n",
     "The line is indented with a tab; YAML allows only spaces for indentation.", 12, -1},
    {"a:\n  - x\n\t- y\n",
     "The line is indented with a tab; YAML allows only spaces for indentation.", 9, -1},
    {"a: |\n\ttext\n", "The line is indented with a tab; YAML allows only spaces for indentation.",
     5, -1},
    {"a: [\n\t1,\n\t2, : }\n", "Expected a value, but found ':'.", 13, -1},
    {"a: \"unclosed\nb: 1\n", "The quoted text that begins here has no closing quote.", 3, -1},
    {"'unclosed", "The quoted text that begins here has no closing quote.", 0, -1},
    {"a: 'x\n---\nb'\n",
     "The quoted text that begins here has no closing quote before the document ends.", 3, -1},
    {"a: \"C:\\dir\"\n",
     "Unknown escape sequence in a text in double quotes; write '\\\\' for a backslash.", 6, 3},
    {"a: \"\\ud800\"\n", "The escape sequence names no Unicode character.", 6, 3},
    {"a: [1, 2\nb: 3\n", "Expected ',' or ']' after the item of the list, but found ':'.", 10, 3},
    {"a: [1, 2\n", "Expected ',' or ']' after the item of the list, but found the end of the file.",
     9, 3},
    {"a: {x: 1]\n", "Expected ',' or '}' after the entry of the map, but found ']'.", 8, 3},
    {"a:\n  b: 1\n c: 2\n",
     "Expected the next key of the map, in line with the keys above it, but found 'c'.", 11, 0},
    {"a: \"x\" y\n", "Expected the end of the line behind the value, but found 'y'.", 7, -1},
    {"- a\nb: 1\n",
     "Expected '-' and the next item of the list, in line with the items above it, but found 'b'.",
     4, 0},
    {"a: b: c\n",
     "A ':' cannot stand here; if it belongs to a text, put the text in quotes, else check the "
     "indentation.",
     4, -1},
    {"a: [b:]\n",
     "A ':' inside brackets needs a space behind it; if it belongs to a text, put the text in "
     "quotes.",
     5, -1},
    {"a: - b\n",
     "A list item cannot begin here; check the indentation and what stands before the '-'.", 3, -1},
    {"a: 1\nbcd\ne: 2\n", "Expected ':' after this key.", 5, -1},
    {"a: @foo\n", "A text cannot begin with '@'; put it in quotes.", 3, -1},
    {"a: `x`\n", "A text cannot begin with '`'; put it in quotes.", 3, -1},
    {"a: |0\n x\n", "The indentation indicator of a block text must be 1 to 9.", 4, -1},
    {"a: | x\n y\n", "Expected the end of the line or a comment, but found 'x'.", 5, -1},
    {"a: !x!y z\n", "The handle of this tag is not defined by a '%TAG' line.", 3, -1},
    {"%YAML 3.0\n---\na: 1\n", "Only YAML 1.1 and 1.2 can be read.", 0, -1},
    {"a: \x01\n", "Found the control character U+0001, which YAML does not allow in a file.", 3,
     -1},
    {"a: \xC2\x80\n", "Found the control character U+0080, which YAML does not allow in a file.", 3,
     -1},
    {"\xEF\xBB\xBF"
     "a: \x7f\n",
     "Found the control character U+007F, which YAML does not allow in a file.", 6, -1},
    /* Bytes, not code points: a BOM and two-byte letters in front. */
    {"\xEF\xBB\xBF\xC3\xA9\xC3\xA9: @x\n", "A text cannot begin with '@'; put it in quotes.", 9,
     -1},
};

static void a_fault_is_told_in_words_at_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        struct reading r;
        read_text(&r, "t.yaml", faults[i].text);
        const struct diag *g = only_diag(&r, DIAG_SYNTAX);
        assert_str(g->message, faults[i].message);
        assert_int_equal(g->at.begin, faults[i].begin);
        assert_int_equal(g->related.n, faults[i].related >= 0);
        if (faults[i].related >= 0) {
            assert_int_equal(g->related.at[0].at.begin, faults[i].related);
        }
        assert_null(r.doc->root);
        read_done(&r);
    }
}

static void check_words(struct str text)
{
    struct reading r;
    read_bytes(&r, "t.yaml", text);
    bool own = true;
    for (size_t k = 0; k < r.diags.all.n; k++) {
        struct str message = r.diags.all.at[k].message;
        if (str_starts(message, STR("This is not YAML")) || !str_ends(message, STR("."))) {
            print_error("%.*s: %.*s\n", STR_ARG(text), STR_ARG(message));
            own = false;
        }
    }
    bool answered = r.doc->root || r.diags.errors;
    read_done(&r);
    assert_true(own);
    assert_true(answered);
}

/* All triples of the signs that mean something, as a value and after a '%': what
 * libyaml says of them is one of the rows, not its own words. */
static void no_fault_speaks_in_the_words_of_the_library(void **state)
{
    (void)state;
    static const char signs[] = "-?:,[]{}#&*!|>'\"%@`\t \na\\~<0";
    enum { COUNT = sizeof signs - 1 };
    for (size_t i = 0; i < COUNT * COUNT * COUNT; i++) {
        char text[] = {
            'k', ':', ' ', signs[i % COUNT], signs[i / COUNT % COUNT], signs[i / COUNT / COUNT],
            '\n'};
        check_words((struct str){text, sizeof text});
    }
    static const char *const directives[] = {"%",
                                             "%Y",
                                             "%YAML",
                                             "%YAML ",
                                             "%YAML 1",
                                             "%YAML 1.",
                                             "%YAML 1.x",
                                             "%YAML 1.12345678901",
                                             "%YAML 1.1 x",
                                             "%YAML 1.1\n%YAML 1.1\n--- a",
                                             "%TAG",
                                             "%TAG x",
                                             "%TAG !x",
                                             "%TAG !x!",
                                             "%TAG !x! ",
                                             "%TAG !x! y z",
                                             "%TAG !x! y%",
                                             "%TAG !x! y\n%TAG !x! z\n--- a",
                                             "%FOO x",
                                             "%FOO x\n--- a",
                                             "%YAML 1.1\na",
                                             "%-",
                                             "k: !%ff x",
                                             "k: !%c3%28 x",
                                             "k: !<%zz> x"};
    for (size_t i = 0; i < sizeof directives / sizeof directives[0]; i++) {
        check_words(str_from(directives[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_is_told_in_words_at_its_place),
        cmocka_unit_test(no_fault_speaks_in_the_words_of_the_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
