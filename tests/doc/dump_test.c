#include "doc/dump.h"
#include "tests/doc/reading.h"

static void a_dump_shows_every_node_on_its_line(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml",
              "a: &x !Ref P\n"             /*  0 */
              "b: [1, yes, ~]\n"           /* 13 */
              "c: *x\n"                    /* 28 */
              "d: \"q\\\"\\t\\n\\\\\"\n"); /* 34 */
    struct buf b;
    buf_init(&b);
    doc_dump(r.doc, &b);
    assert_str(buf_str(&b), "0-48 map block\n"
                            "  0-1 key scalar plain string \"a\"\n"
                            "  11-12 scalar plain string !Ref &x \"P\"\n"
                            "  13-14 key scalar plain string \"b\"\n"
                            "  16-27 list flow\n"
                            "    17-18 scalar plain int \"1\"\n"
                            "    20-23 scalar plain bool \"true\"\n"
                            "    25-26 scalar plain null \"~\"\n"
                            "  28-29 key scalar plain string \"c\"\n"
                            "  31-33 scalar plain string !Ref alias of 11-12 \"P\"\n"
                            "  34-35 key scalar plain string \"d\"\n"
                            "  37-48 scalar double string \"q\\\"\\u0009\\n\\\\\"\n");
    buf_release(&b);
    read_done(&r);
}

static void the_dump_of_nothing_is_empty(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", "a: [");
    struct buf b;
    buf_init(&b);
    doc_dump(r.doc, &b);
    assert_int_equal(b.n, 0);
    buf_release(&b);
    read_done(&r);
}

/* Aliases are named, not expanded: the dump is as long as the document. */
static void the_dump_of_shared_nodes_stays_small(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n");
    struct buf b;
    buf_init(&b);
    doc_dump(r.doc, &b);
    size_t lines = 0;
    for (size_t i = 0; i < b.n; i++) {
        lines += b.p[i] == '\n';
    }
    assert_int_equal(lines, r.doc->nodes);
    buf_release(&b);
    read_done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dump_shows_every_node_on_its_line),
        cmocka_unit_test(the_dump_of_nothing_is_empty),
        cmocka_unit_test(the_dump_of_shared_nodes_stays_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
