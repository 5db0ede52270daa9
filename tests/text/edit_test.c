/* Edits: what is refused, in which order they are applied, and a naive reference. */
#include "text/edit.h"

#include "tests/check.h"

static const struct source source = {.id = 3, .bytes = STR_INIT("0123456789")};

static struct edit edit(uint32_t begin, uint32_t end, const char *text)
{
    return (struct edit){{3, begin, end}, str_from(text)};
}

static void apply(const struct edit *edits, size_t n, const char *expected)
{
    struct buf b;
    buf_init(&b);
    edits_apply(&source, edits, n, &b);
    assert_str(buf_str(&b), expected);
    buf_release(&b);
}

static void edits_are_sorted_and_applied(void **state)
{
    (void)state;
    struct edit edits[] = {
        edit(10, 10, "end"), edit(4, 6, ""), edit(0, 0, "begin"), edit(6, 7, "x"), edit(4, 4, "<"),
    };
    assert_true(edits_order(&source, edits, 5));
    apply(edits, 5, "begin0123<x789end");
}

static void no_edits_change_nothing(void **state)
{
    (void)state;
    assert_true(edits_order(&source, NULL, 0));
    apply(NULL, 0, "0123456789");
}

static void what_overlaps_is_refused(void **state)
{
    (void)state;
    static const struct {
        uint32_t a, b, c, d;
        bool ok;
    } rows[] = {
        {0, 2, 2, 4, true},                       /* they only touch */
        {0, 3, 2, 4, false}, {2, 4, 2, 4, false}, /* the same twice */
        {2, 2, 2, 2, false},                      /* two insertions at one point: which is first? */
        {2, 2, 2, 4, true},                       /* an insertion before a replacement */
        {2, 4, 4, 4, true},                       /* and behind one */
        {2, 4, 3, 3, false},                      /* inside one */
        {0, 9, 3, 4, false},                      /* one inside the other */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (int swap = 0; swap < 2; swap++) {
            struct edit edits[2];
            edits[swap] = edit(rows[i].a, rows[i].b, "x");
            edits[1 - swap] = edit(rows[i].c, rows[i].d, "y");
            if (edits_order(&source, edits, 2) != rows[i].ok) {
                fail_msg("row %zu", i);
            }
        }
    }
}

static void what_lies_outside_is_refused(void **state)
{
    (void)state;
    struct edit outside = edit(10, 11, "");
    struct edit backwards = edit(5, 4, "");
    struct edit elsewhere = {{2, 0, 1}, STR("")};
    struct edit nowhere = {SPAN_NONE, STR("")};
    assert_false(edits_order(&source, &outside, 1));
    assert_false(edits_order(&source, &backwards, 1));
    assert_false(edits_order(&source, &elsewhere, 1));
    assert_false(edits_order(&source, &nowhere, 1));
}

/* Reference: apply one by one from the back, so that offsets stay true. */
static void random_edits_agree_with_applying_them_one_by_one(void **state)
{
    (void)state;
    struct check_random r = {99};
    int accepted = 0;
    for (int round = 0; round < 5000; round++) {
        struct edit edits[4];
        size_t n = check_random_below(&r, 5);
        for (size_t i = 0; i < n; i++) {
            uint32_t first = check_random_below(&r, 11);
            uint32_t length = check_random_below(&r, 11 - first);
            edits[i] = edit(first, first + length % 4, &"xyz"[check_random_below(&r, 4)]);
        }
        if (!edits_order(&source, edits, n)) {
            continue;
        }
        accepted++;
        char text[64] = "0123456789";
        for (size_t i = n; i > 0; i--) {
            char tail[64];
            struct edit e = edits[i - 1];
            snprintf(tail, sizeof tail, "%s", text + e.at.end);
            snprintf(text + e.at.begin, sizeof text - e.at.begin, "%.*s%s", STR_ARG(e.text), tail);
        }
        apply(edits, n, text);
    }
    assert_true(accepted > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_are_sorted_and_applied),
        cmocka_unit_test(no_edits_change_nothing),
        cmocka_unit_test(what_overlaps_is_refused),
        cmocka_unit_test(what_lies_outside_is_refused),
        cmocka_unit_test(random_edits_agree_with_applying_them_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
