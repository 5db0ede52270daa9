#include "doc/comment.h"
#include "tests/doc/reading.h"

/* Each expected comment on a line of its own, "=" in front if it has its own line. */
static const struct {
    const char *text;
    const char *comments;
} table[] = {
    {"# a\nk: v # b\n  # c\n", "=# a\n# b\n=# c\n"},
    {"k: v# no\n", ""},
    {"k: 'x # no' # yes\n", "# yes\n"},
    {"k: \"x # no\n  # no\" # yes\n", "# yes\n"},
    {"k: x\n  y # yes\n", "# yes\n"},
    {"k: | # head\n  # no\n  x # no\n# yes\n", "# head\n=# yes\n"},
    {"k: |\n  x\n\n  # no\n\n# yes\nl: 1\n", "=# yes\n"},
    {"k: !Sub # a\n  # b\n  'x' # c\n", "# a\n=# b\n# c\n"},
    {"k: !Ref a#x y # a\n", "# a\n"},
    {"k: [a, # b\n  'c # d'] # e\n", "# b\n# e\n"},
    {"k: &a # b\n  {x: 1} # c\nl: *a # d\n", "# b\n# c\n# d\n"},
    {"k:\t# tab before\n", "# tab before\n"},
    {"#\n#\nk: 1 #", "=#\n=#\n#\n"},
    {"k: 1 # a # b\n", "# a # b\n"},
    {"\xEF\xBB\xBF# a\nk: 1\n", "=# a\n"},
    {"k: 1 # a\r\n# b\r\nl: 2\r\n", "# a\n=# b\n"},
    {"k: 1 # a\r# b\rl: 2\r", "# a\n=# b\n"},
    {"k: 1 # a\xE2\x80\xA9l: 2 # b\n", "# a\n# b\n"}, /* U+2029 ends the comment */
    {"k: \xF0\x9F\x98\x80 # \xC3\xA9\n", "# \xC3\xA9\n"},
    {"a: &m {x: '# no'}\nb: {<<: *m, y: '# no'} # c\n", "# c\n"},
    {"b:\n  <<: {x: '# no'}\n  y: 1 # c\n", "# c\n"},
    {"%YAML 1.1 # a\n--- # b\nk: 1\n... # c\n", "# a\n# b\n# c\n"},
    {"- # a\n- # b\n", "# a\n# b\n"},
    {"? k # a\n: v # b\n", "# a\n# b\n"},
    {"hello # a\n", "# a\n"},
};

static void comments_are_found_between_the_scalars(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct reading r;
        read_text(&r, "t.yaml", table[i].text);
        if (!r.doc->root) {
            print_error("cannot be read: %s\n", table[i].text);
        }
        assert_non_null(r.doc->root);
        struct doc_comments comments = doc_comments(&r.arena, r.doc);
        struct buf b;
        buf_init(&b);
        for (size_t k = 0; k < comments.n; k++) {
            buf_adds(&b, comments.at[k].own_line ? "=" : "");
            buf_add(&b, source_text(&r.set, comments.at[k].span));
            buf_addc(&b, '\n');
        }
        assert_str(buf_str(&b), table[i].comments);
        buf_release(&b);
        read_done(&r);
    }
}

static void json_and_broken_documents_have_none(void **state)
{
    (void)state;
    static const char *const texts[] = {"{\"a\": \" # x\"}", "# a\nk: [\n", ""};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct reading r;
        read_text(&r, "t.yaml", texts[i]);
        assert_int_equal(doc_comments(&r.arena, r.doc).n, 0);
        read_done(&r);
    }
}

static void a_yaml_flow_document_may_have_comments(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", "{ # a\n  \"k\": 1 }\n");
    assert_false(r.doc->is_json);
    assert_int_equal(doc_comments(&r.arena, r.doc).n, 1);
    read_done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comments_are_found_between_the_scalars),
        cmocka_unit_test(json_and_broken_documents_have_none),
        cmocka_unit_test(a_yaml_flow_document_may_have_comments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
