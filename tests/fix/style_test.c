#include "tests/fix/fixing.h"

static struct style style(const char *text)
{
    struct editing e;
    editing_open(&e, text);
    struct style s = e.style;
    arena_release(&e.arena);
    return s;
}

static void the_unit_is_the_depth_of_the_first_resource(void **state UNUSED)
{
    assert_int_equal(style("Resources:\n    A:\n        Type: x\n").unit, 4);
    assert_int_equal(style("Resources:\n  A:\n    Type: x\n").unit, 2);
    assert_int_equal(style("Resources: {A: {Type: x}}\n").unit, 2);
}

static void dashes_stand_where_the_first_list_has_them(void **state UNUSED)
{
    assert_true(style("A:\n  - x\n").dash_indented);
    assert_false(style("A:\n- x\n").dash_indented);
    assert_true(style("A: [x]\n").dash_indented);
}

static void the_first_line_break_counts(void **state UNUSED)
{
    assert_str(style("A: b\r\nC: d\n").newline, "\r\n");
    assert_str(style("A: b\nC: d\r\n").newline, "\n");
    assert_str(style("A: b").newline, "\n");
}

static void long_names_are_used_where_no_tag_is(void **state UNUSED)
{
    assert_true(style("A: {Ref: B}\n").long_names);
    assert_true(style("A: {'Fn::GetAtt': [B, c]}\n").long_names);
    assert_false(style("A: {Ref: B}\nC: !Ref D\n").long_names);
    assert_false(style("A: b\n").long_names);
}

static void aliases_are_seen(void **state UNUSED)
{
    assert_true(style("A: &x {b: c}\nD: *x\n").anchors_shared);
    assert_false(style("A: &x {b: c}\n").anchors_shared);
}

static void lines_are_found_in_every_kind_of_break(void **state UNUSED)
{
    struct str s = STR("ab\r\n  cd # e\rf");
    assert_int_equal(style_line_begin(s, 7), 4);
    assert_int_equal(style_line_end(s, 4), 12);
    assert_str(style_indent(s, 7), "  ");
    assert_true(style_begins_line(s, 6));
    assert_false(style_begins_line(s, 7));
    assert_true(style_ends_line(s, 8, true));
    assert_false(style_ends_line(s, 8, false)); /* the comment counts where there are none */
    assert_int_equal(style_skip(s, 2, true), 6);
    assert_int_equal(style_skip(s, 8, true), 13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_unit_is_the_depth_of_the_first_resource),
        cmocka_unit_test(dashes_stand_where_the_first_list_has_them),
        cmocka_unit_test(the_first_line_break_counts),
        cmocka_unit_test(long_names_are_used_where_no_tag_is),
        cmocka_unit_test(aliases_are_seen),
        cmocka_unit_test(lines_are_found_in_every_kind_of_break),
    };
    return RUN_TESTS(tests);
}
