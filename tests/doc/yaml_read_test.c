#include "doc/read.h"
#include "tests/doc/reading.h"

static void a_second_document_is_refused_where_it_begins(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t at;
    } table[] = {
        {"a: 1\n---\nb: 2\n", 5},
        {"---\na: 1\n---\n", 9},
        {"a: 1\n...\n---\nb: 2\n", 9},
        {"a: 1\n...\nb: 2\n", 9},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct reading r;
        read_text(&r, "t.yaml", table[i].text);
        assert_int_equal(only_diag(&r, DIAG_SYNTAX)->at.begin, table[i].at);
        assert_null(r.doc->root);
        read_done(&r);
    }
}

static void one_document_with_its_marks_is_read(void **state)
{
    (void)state;
    static const char *const texts[] = {"---\na: 1\n", "%YAML 1.1\n---\na: 1\n...\n", "a: 1\n...\n",
                                        "# c\n---\n# c\na: 1\n# c\n",
                                        "%TAG !e! !\n---\na: !e!Ref 1\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct reading r;
        read_text(&r, "t.yaml", texts[i]);
        assert_int_equal(r.diags.all.n, 0);
        assert_str(node_at(&r, "a")->text, "1");
        assert_str(node_at(&r, "a")->tag, i == 4 ? "!Ref" : "");
        read_done(&r);
    }
}

static void a_file_without_content_is_said_to_be_empty(void **state)
{
    (void)state;
    static const char *const texts[] = {"",      "\n\n",       "  ",          "# only a comment\n",
                                        "---\n", "---\n...\n", "\xEF\xBB\xBF"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct reading r;
        read_text(&r, "t.yaml", texts[i]);
        assert_str(only_diag(&r, DIAG_SYNTAX)->message,
                   "The file is empty; expected a YAML or JSON document.");
        assert_null(r.doc->root);
        read_done(&r);
    }
}

static void a_document_that_is_one_scalar_has_a_root(void **state)
{
    (void)state;
    static const char *const texts[] = {"hello", "~", "''", "!Ref\n", "|\n x\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct reading r;
        read_text(&r, "t.yaml", texts[i]);
        assert_non_null(r.doc->root);
        assert_int_equal(r.doc->root->kind, DOC_SCALAR);
        assert_int_equal(r.doc->nodes, 1);
        read_done(&r);
    }
}

/* Without a bound libyaml needs minutes for the first of these. */
static void deep_nesting_ends_at_the_limit_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *unit;
        enum diag_id id;
    } table[] = {
        {"[", DIAG_LIMIT},       {"- ", DIAG_LIMIT},   {"{a: ", DIAG_LIMIT}, {"[\n", DIAG_LIMIT},
        {"{\"a\":", DIAG_LIMIT}, {"? ", DIAG_SYNTAX},  {"{", DIAG_SYNTAX},   {"{? ", DIAG_SYNTAX},
        {"[a: ", DIAG_LIMIT},    {"- [", DIAG_SYNTAX},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct buf b;
        buf_init(&b);
        for (size_t k = 0; k < 200000; k++) {
            buf_adds(&b, table[i].unit);
        }
        if (b.n > LIMIT_TEMPLATE_BYTES) {
            b.n = LIMIT_TEMPLATE_BYTES;
        }
        struct reading r;
        read_bytes(&r, "t.yaml", buf_str(&b));
        const struct diag *g = only_diag(&r, table[i].id);
        assert_true(g->at.begin < 2000);
        if (table[i].id == DIAG_LIMIT) {
            assert_true(str_find(g->message, STR("nesting depth"), 0) != STR_NPOS);
        }
        read_done(&r);
        buf_release(&b);
    }
}

static void the_deepest_allowed_nesting_is_read(void **state)
{
    (void)state;
    for (int block = 0; block < 2; block++) {
        for (int over = 0; over < 2; over++) {
            struct buf b;
            buf_init(&b);
            for (int i = 0; i < LIMIT_DEPTH + over; i++) {
                buf_adds(&b, block ? "- " : "[");
            }
            buf_adds(&b, "x");
            for (int i = 0; i < LIMIT_DEPTH + over && !block; i++) {
                buf_addc(&b, ']');
            }
            struct reading r;
            read_bytes(&r, "t.yaml", buf_str(&b));
            assert_int_equal(r.diags.errors, over);
            assert_int_equal(r.doc->nodes, over ? 0 : LIMIT_DEPTH + 1);
            read_done(&r);
            buf_release(&b);
        }
    }
}

/* Brackets that do not nest: nothing may count them. */
static void brackets_inside_texts_and_comments_are_no_nesting(void **state)
{
    (void)state;
    static const char *const frames[][2] = {
        {"a: '", "'\n"}, {"a: \"", "\"\n"}, {"a: |\n  ", "\n"}, {"a: x # ", "\n"}, {"a: x", "\n"}};
    for (size_t i = 0; i < sizeof frames / sizeof frames[0]; i++) {
        struct buf b;
        buf_init(&b);
        buf_adds(&b, frames[i][0]);
        buf_pad(&b, '[', 1000);
        buf_pad(&b, '{', 1000);
        buf_adds(&b, frames[i][1]);
        struct reading r;
        read_bytes(&r, "t.yaml", buf_str(&b));
        assert_int_equal(r.diags.all.n, 0);
        assert_int_equal(r.doc->nodes, 3);
        read_done(&r);
        buf_release(&b);
    }
}

/* libyaml compares each %TAG line with all before it. */
static void thousands_of_tag_lines_end_at_a_limit(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    for (int i = 0; i < 60000; i++) {
        buf_addf(&b, "%%TAG !%x! b\n", (unsigned)i);
    }
    struct reading r;
    read_bytes(&r, "t.yaml", buf_str(&b));
    assert_true(str_find(only_diag(&r, DIAG_LIMIT)->message, STR("'%TAG' lines"), 0) != STR_NPOS);
    read_done(&r);
    buf_release(&b);
}

static void the_word_tag_within_a_line_is_not_counted(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    buf_adds(&b, "a: |\n");
    for (int i = 0; i < 500; i++) {
        buf_adds(&b, "  %TAG %TAG\n");
    }
    struct reading r;
    read_bytes(&r, "t.yaml", buf_str(&b));
    assert_int_equal(r.diags.all.n, 0);
    read_done(&r);
    buf_release(&b);
}

static void too_many_nodes_end_at_the_limit_by_name(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    for (int i = 0; i < LIMIT_NODES + 10; i++) {
        buf_adds(&b, "-\n");
    }
    struct reading r = {0};
    source_set_init(&r.set, &r.arena);
    r.source = source_add(&r.set, STR("t.yaml"), buf_str(&b));
    diags_init(&r.diags, &r.arena);
    r.doc = doc_read(&r.arena, r.source, SIZE_MAX, &r.diags);
    assert_true(str_find(only_diag(&r, DIAG_LIMIT)->message, STR("nodes"), 0) != STR_NPOS);
    assert_null(r.doc->root);
    arena_release(&r.arena);
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_document_is_refused_where_it_begins),
        cmocka_unit_test(one_document_with_its_marks_is_read),
        cmocka_unit_test(a_file_without_content_is_said_to_be_empty),
        cmocka_unit_test(a_document_that_is_one_scalar_has_a_root),
        cmocka_unit_test(deep_nesting_ends_at_the_limit_by_name),
        cmocka_unit_test(the_deepest_allowed_nesting_is_read),
        cmocka_unit_test(brackets_inside_texts_and_comments_are_no_nesting),
        cmocka_unit_test(thousands_of_tag_lines_end_at_a_limit),
        cmocka_unit_test(the_word_tag_within_a_line_is_not_counted),
        cmocka_unit_test(too_many_nodes_end_at_the_limit_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
