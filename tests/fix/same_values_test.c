#include "tests/fix/fixing.h"

static struct doc *doc_of(struct arena *a, struct source_set *set, struct diags *d, struct str text)
{
    return doc_read(a, source_add(set, STR("t"), text), LIMIT_TEMPLATE_BYTES, d);
}

/* Replaces the first `old` in text by `fresh`; the result, or `instead` of it, is compared. */
static bool check(const char *text, const char *old, const char *fresh, const char *instead)
{
    struct arena a = {0};
    struct source_set set;
    struct diags d;
    source_set_init(&set, &a);
    diags_init(&d, &a);
    struct doc *before = doc_of(&a, &set, &d, str_from(text));
    uint32_t at = (uint32_t)str_find(str_from(text), str_from(old), 0);
    struct edit edit = {{before->source->id, at, at + (uint32_t)strlen(old)}, str_from(fresh)};
    struct buf b;
    buf_init(&b);
    edits_apply(before->source, &edit, 1, &b);
    struct str made = instead != NULL ? str_from(instead) : str_copy(&a, buf_str(&b));
    bool same = same_values(&a, leaves_of(&a, before), doc_of(&a, &set, &d, made), &edit, 1);
    buf_release(&b);
    arena_release(&a);
    return same;
}

static void what_an_edit_touches_may_differ(void **state UNUSED)
{
    assert_true(check("A: 1\nB: 2\nC: 3\n", "2", "[4, 5]", NULL));
    assert_true(check("A: 1\nB: 2\nC: 3\n", "\nB: 2", "", NULL));
    assert_true(check("A:\n  - 1\n  - 2\nC: 3\n", "\n  - 1", "", NULL)); /* positions shift */
}

static void what_it_does_not_touch_may_not(void **state UNUSED)
{
    assert_false(check("A: 1\nB: 2\nC: 3\n", "2", "5", "A: 1\nB: 5\nC: 4\n"));
    /* The comment swallows the rest of the line. */
    assert_false(check("A: [1, 2, 3]\n", "1", "1 #", "A: [1 #, 2, 3]\n, 4]\n"));
    /* The indentation pulls C into B. */
    assert_false(check("B:\n  x: 1\nC: 2\n", "\nC", "\n  C", NULL));
    assert_false(check("A: 1\nB: 2\n", "1", "1\nX: 3", "A: 1\nX: 3\nB: !Ref 2\n"));
}

static void text_that_cannot_be_read_is_not_the_same(void **state UNUSED)
{
    assert_false(check("A: 1\nB: 2\n", "1", "[", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_an_edit_touches_may_differ),
        cmocka_unit_test(what_it_does_not_touch_may_not),
        cmocka_unit_test(text_that_cannot_be_read_is_not_the_same),
    };
    return RUN_TESTS(tests);
}
