#include "tests/fix/fixing.h"

static void the_same_edit_twice_is_one(void **state UNUSED)
{
    struct editing e;
    editing_open(&e, "A: b\n");
    bool ok = edits_add(&e.edits, 3, 4, STR("x")) && edits_add(&e.edits, 3, 4, STR("x"));
    assert_edited(&e, ok, "A: x\n");
}

static void two_edits_of_one_place_are_refused(void **state UNUSED)
{
    static const struct {
        uint32_t begin, end;
    } others[] = {{3, 4}, {2, 5}, {3, 5}, {4, 5}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct editing e;
        editing_open(&e, "A: bcd\n");
        assert_true(edits_add(&e.edits, 3, 6, STR("x")));
        assert_edited(&e, edits_add(&e.edits, others[i].begin, others[i].end, STR("y")), NULL);
    }
}

static void edits_that_touch_are_two(void **state UNUSED)
{
    struct editing e;
    editing_open(&e, "A: bcd\n");
    bool ok = edits_add(&e.edits, 4, 5, STR("x")) && edits_add(&e.edits, 3, 4, STR("y"));
    assert_edited(&e, ok, "A: yxd\n");
}

static void of_insertions_at_one_point_the_deepest_comes_first(void **state UNUSED)
{
    struct editing e;
    editing_open(&e, "A: b\n");
    bool ok =
        edits_insert(&e.edits, 4, 1, STR("-one")) && edits_insert(&e.edits, 4, 3, STR("-three")) &&
        edits_insert(&e.edits, 4, 1, STR("-two")) && edits_insert(&e.edits, 4, 1, STR("-one"));
    assert_edited(&e, ok, "A: b-three-one-two\n");
}

static void what_an_alias_uses_is_shared(void **state UNUSED)
{
    static const char text[] = "A: &x\n  - p: 1\n  - p: 2\nB: *x\nC: &y {q: 1}\nD:\n  <<: *y\n"
                               "E: &z {r: 1}\n";
    struct editing e;
    editing_open(&e, text);
    assert_true(edits_is_shared(&e.edits, editing_at(&e, "A/0")));
    assert_true(edits_is_shared(&e.edits, editing_at(&e, "A/1/p")));
    assert_true(edits_is_shared(&e.edits, editing_at(&e, "C/q")));
    assert_true(edits_is_shared(&e.edits, editing_at(&e, "C")));
    assert_false(edits_is_shared(&e.edits, editing_at(&e, "B"))); /* the use alone */
    assert_false(edits_is_shared(&e.edits, editing_at(&e, "E/r")));
    arena_release(&e.arena);
}

static void dashes_are_found_behind_comments(void **state UNUSED)
{
    struct editing e;
    editing_open(&e, "A:\n  - x\n  # - y\n\n  -\n    b: 1\n");
    assert_int_equal(edit_dash_of(&e.edits, editing_at(&e, "A/0")), 5);
    assert_int_equal(edit_dash_of(&e.edits, editing_at(&e, "A/1")), 20);
    arena_release(&e.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_edit_twice_is_one),
        cmocka_unit_test(two_edits_of_one_place_are_refused),
        cmocka_unit_test(edits_that_touch_are_two),
        cmocka_unit_test(of_insertions_at_one_point_the_deepest_comes_first),
        cmocka_unit_test(what_an_alias_uses_is_shared),
        cmocka_unit_test(dashes_are_found_behind_comments),
    };
    return RUN_TESTS(tests);
}
