#include "report/text_fixes.h"

#include "tests/check.h"

struct page {
    struct arena arena;
    struct source_set sources;
    struct buf out;
};

static void open_page(struct page *p, const char *text)
{
    *p = (struct page){.arena = {0}};
    source_set_init(&p->sources, &p->arena);
    source_add(&p->sources, STR("t.yaml"), str_from(text));
    buf_init(&p->out);
}

static void close_page(struct page *p)
{
    buf_release(&p->out);
    arena_release(&p->arena);
}

static void the_best_fix_is_shown_as_lines_and_others_by_title(void **state UNUSED)
{
    struct page p;
    open_page(&p, "A: 1\nB: 2\nC: 3\n");
    struct edit edit = {{0, 8, 9}, STR("x")};
    struct str lost = STR("tcp/80 of 'Web' from the internet");
    struct fix fixes[] = {
        {.id = STR("R8-1"), .title = STR("Ask."), .safety = FIX_ADVICE},
        {.id = STR("R2-1"), .title = STR("Change."), .edits = &edit, .edit_n = 1},
        {.id = STR("R1-1"),
         .title = STR("Drop."),
         .safety = FIX_UNSAFE,
         .edits = &edit,
         .edit_n = 1,
         .collateral = &lost,
         .collateral_n = 1},
    };
    struct str title = STR("More.");
    struct fix_list list = {.at = fixes, .n = 3, .unproven = &title, .unproven_n = 1};
    text_fixes_write(&p.sources, list, "", "", &p.out);
    assert_str(buf_str(&p.out), "  R8-1       Ask. (advice)\n"
                                "  R2-1       Change. (safe)\n"
                                "             -B: 2\n"
                                "             +B: x\n"
                                "  R1-1       Drop. (unsafe: also closes tcp/80 of 'Web' from the "
                                "internet)\n"
                                "  not proven 1 more: run `cfnreach fix`\n");
    close_page(&p);
}

static void why_there_is_no_edit_is_said(void **state UNUSED)
{
    struct page p;
    open_page(&p, "A: 1\n");
    text_fixes_write(&p.sources, (struct fix_list){.hindrance = STR("it is shared")}, "", "",
                     &p.out);
    assert_str(buf_str(&p.out), "  no edit    it is shared\n");
    close_page(&p);
}

static void carriage_returns_and_many_lines_are_left_out(void **state UNUSED)
{
    struct page p;
    open_page(&p, "A: 1\r\n");
    struct edit edit = {{0, 4, 4},
                        STR("\r\n1:\r\n2:\r\n3:\r\n4:\r\n5:\r\n6:\r\n7:\r\n8:\r\n9:\r\n10:\r\n11:"
                            "\r\n12:\r\n13:\r\n14:\r\n15:\r\n16:\r\n17:\r\n18:")};
    struct fix fix = {
        .id = STR("R6-1"), .title = STR("Add."), .safety = FIX_UNSAFE, .edits = &edit, .edit_n = 1};
    text_fixes_write(&p.sources, (struct fix_list){.at = &fix, .n = 1}, "", "", &p.out);
    assert_int_equal(str_find_byte(buf_str(&p.out), '\r', 0), STR_NPOS);
    assert_true(str_ends(buf_str(&p.out),
                         STR("+16:\n             and 2 more lines: cfnreach fix --only R6-1 "
                             "--unsafe\n")));
    close_page(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_fix_is_shown_as_lines_and_others_by_title),
        cmocka_unit_test(why_there_is_no_edit_is_said),
        cmocka_unit_test(carriage_returns_and_many_lines_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
