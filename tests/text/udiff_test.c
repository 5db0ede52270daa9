/* Unified diffs: written out by hand, and random ones applied by a small patch(1). */
#include "text/udiff.h"

#include <stdio.h>

#include "tests/check.h"

static struct arena arena;

static int end(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct source *make(const char *path, struct str bytes)
{
    struct source_set set;
    source_set_init(&set, &arena);
    return source_add(&set, str_from(path), bytes);
}

/* Replaces the first `from` in the text by `to`. */
static struct edit change(struct str text, const char *from, const char *to)
{
    size_t at = str_find(text, str_from(from), 0);
    assert_int_not_equal(at, STR_NPOS);
    return (struct edit){{0, (uint32_t)at, (uint32_t)(at + strlen(from))}, str_from(to)};
}

static void expect(struct source *src, struct edit *edits, size_t n, const char *expected)
{
    struct buf b;
    buf_init(&b);
    assert_true(edits_order(src, edits, n));
    udiff_write(src, edits, n, &b);
    assert_str(buf_str(&b), expected);
    buf_release(&b);
}

static void one_changed_line_has_three_lines_around_it(void **state)
{
    (void)state;
    struct str s = STR("1\n2\n3\n4\n5 old\n6\n7\n8\n9\n");
    struct edit e = change(s, "old", "new");
    expect(make("a/t.yaml", s), &e, 1,
           "--- a/a/t.yaml\n+++ b/a/t.yaml\n"
           "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5 old\n+5 new\n 6\n 7\n 8\n");
}

static void no_change_is_no_diff(void **state)
{
    (void)state;
    struct str s = STR("1\n2\n");
    struct edit e = change(s, "2", "2");
    expect(make("t", s), NULL, 0, "");
    expect(make("t", s), &e, 1, "");
}

/* SARIF consumers want insertions at the end of the line before: "\n" + text. */
static void a_line_inserted_from_the_end_of_the_one_before_is_one_plus(void **state)
{
    (void)state;
    struct str s = STR("1\n2\n3\n");
    struct edit e = {{0, 3, 3}, STR("\nnew")};
    expect(make("t", s), &e, 1, "--- a/t\n+++ b/t\n@@ -1,3 +1,4 @@\n 1\n 2\n+new\n 3\n");
    e = (struct edit){{0, 2, 2}, STR("new\n")};
    expect(make("t", s), &e, 1, "--- a/t\n+++ b/t\n@@ -1,3 +1,4 @@\n 1\n+new\n 2\n 3\n");
}

static void a_line_deleted_from_either_side_is_one_minus(void **state)
{
    (void)state;
    struct str s = STR("1\n2\n3\n");
    const char *expected = "--- a/t\n+++ b/t\n@@ -1,3 +1,2 @@\n 1\n-2\n 3\n";
    struct edit e = change(s, "2\n", "");
    expect(make("t", s), &e, 1, expected);
    e = change(s, "\n2", "");
    expect(make("t", s), &e, 1, expected);
}

/* Six lines between two changes still join them, seven do not. */
static void near_changes_share_a_hunk(void **state)
{
    (void)state;
    struct str near = STR("A\n1\n2\n3\n4\n5\n6\nB\n");
    struct edit edits[] = {change(near, "A", "a\na"), change(near, "B", "b")};
    expect(make("t", near), edits, 2,
           "--- a/t\n+++ b/t\n@@ -1,8 +1,9 @@\n-A\n+a\n+a\n 1\n 2\n 3\n 4\n 5\n 6\n-B\n+b\n");
    struct str far = STR("A\n1\n2\n3\n4\n5\n6\n7\nB\n");
    struct edit apart[] = {change(far, "A", "a\na"), change(far, "B", "b")};
    expect(make("t", far), apart, 2,
           "--- a/t\n+++ b/t\n@@ -1,4 +1,5 @@\n-A\n+a\n+a\n 1\n 2\n 3\n"
           "@@ -6,4 +7,4 @@\n 5\n 6\n 7\n-B\n+b\n");
}

/* A deletion shifts what comes after it to smaller numbers. */
static void later_hunks_are_shifted_back_by_deletions(void **state)
{
    (void)state;
    struct str s = STR("A\nA2\n1\n2\n3\n4\n5\n6\n7\nB\n");
    struct edit edits[] = {change(s, "A\nA2\n", ""), change(s, "B", "b")};
    expect(make("t", s), edits, 2,
           "--- a/t\n+++ b/t\n@@ -1,5 +1,3 @@\n-A\n-A2\n 1\n 2\n 3\n"
           "@@ -7,4 +5,4 @@\n 5\n 6\n 7\n-B\n+b\n");
}

static void a_missing_final_line_break_is_marked(void **state)
{
    (void)state;
    struct str s = STR("1\n2");
    struct edit e = change(s, "2", "3");
    expect(make("t", s), &e, 1,
           "--- a/t\n+++ b/t\n@@ -1,2 +1,2 @@\n 1\n"
           "-2\n\\ No newline at end of file\n+3\n\\ No newline at end of file\n");
    e = change(s, "1", "0");
    expect(make("t", s), &e, 1,
           "--- a/t\n+++ b/t\n@@ -1,2 +1,2 @@\n-1\n+0\n 2\n\\ No newline at end of file\n");
    e = (struct edit){{0, 3, 3}, STR("\n")};
    expect(make("t", s), &e, 1,
           "--- a/t\n+++ b/t\n@@ -1,2 +1,2 @@\n 1\n-2\n\\ No newline at end of file\n+2\n");
}

static void from_nothing_and_to_nothing(void **state)
{
    (void)state;
    struct edit e = {{0, 0, 0}, STR("1\n2\n")};
    expect(make("t", STR("")), &e, 1, "--- a/t\n+++ b/t\n@@ -0,0 +1,2 @@\n+1\n+2\n");
    e = (struct edit){{0, 0, 4}, STR("")};
    expect(make("t", STR("1\n2\n")), &e, 1, "--- a/t\n+++ b/t\n@@ -1,2 +0,0 @@\n-1\n-2\n");
    e = (struct edit){{0, 0, 2}, STR("")};
    expect(make("t", STR("1\n")), &e, 1, "--- a/t\n+++ b/t\n@@ -1 +0,0 @@\n-1\n");
}

static void carriage_returns_stay_in_their_lines(void **state)
{
    (void)state;
    struct str s = STR("1\r\n2\r\n3\rx\r\n");
    struct edit e = change(s, "2", "two");
    expect(make("t", s), &e, 1, "--- a/t\n+++ b/t\n@@ -1,3 +1,3 @@\n 1\r\n-2\r\n+two\r\n 3\rx\r\n");
}

static void paths_are_written_as_git_reads_them(void **state)
{
    (void)state;
    static const struct {
        const char *path, *expected;
    } rows[] = {
        {"./t.yaml", "--- a/t.yaml\n+++ b/t.yaml\n"},
        {"/abs/t.yaml", "--- a/abs/t.yaml\n+++ b/abs/t.yaml\n"},
        {"my t.yaml", "--- a/my t.yaml\t\n+++ b/my t.yaml\t\n"},
        {"a\"\\b", "--- \"a/a\\\"\\\\b\"\n+++ \"b/a\\\"\\\\b\"\n"},
        {"a\nb c", "--- \"a/a\\012b c\"\n+++ \"b/a\\012b c\"\n"},
        {"\xc3\xa4", "--- a/\xc3\xa4\n+++ b/\xc3\xa4\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct edit e = {{0, 0, 1}, STR("y")};
        struct str text = str_format(&arena, "%s@@ -1 +1 @@\n-x\n+y\n", rows[i].expected);
        expect(make(rows[i].path, STR("x\n")), &e, 1, str_to_c(&arena, text));
    }
}

/* ---- a patch(1) that believes nothing ---------------------------------------------------- */

/* Takes one line off *rest, with its LF. */
static struct str take_line(struct str *rest)
{
    size_t lf = str_find_byte(*rest, '\n', 0);
    struct str line = str_sub(*rest, 0, lf == STR_NPOS ? rest->n : lf + 1);
    *rest = str_sub(*rest, line.n, rest->n);
    return line;
}

static size_t lines_in(struct str s)
{
    size_t n = 0;
    while (s.n) {
        take_line(&s);
        n++;
    }
    return n;
}

static unsigned number(const char **at)
{
    unsigned n = 0;
    while (**at >= '0' && **at <= '9') {
        n = n * 10 + (unsigned)(*(*at)++ - '0');
    }
    return n;
}

/* "12" or "12,3" */
static void range(const char **at, unsigned *first, unsigned *count)
{
    *first = number(at);
    *count = 1;
    if (**at == ',') {
        ++*at;
        *count = number(at);
    }
}

struct patching {
    struct str rest; /* of the old text */
    struct buf out;
    unsigned old_line, new_line; /* lines gone through */
};

static void copy_line(struct patching *p)
{
    buf_add(&p->out, take_line(&p->rest));
    p->old_line++;
    p->new_line++;
}

/* Applies the hunk whose header is `header`; its lines are taken off *diff. */
static void apply_hunk(struct patching *p, struct str header, struct str *diff)
{
    unsigned old_first, old_count, new_first, new_count;
    const char *at = str_to_c(&arena, header) + strlen("@@ -");
    range(&at, &old_first, &old_count);
    at += strlen(" +");
    range(&at, &new_first, &new_count);
    assert_string_equal(at, " @@\n");
    while (p->old_line + 1 < old_first + (old_count ? 0 : 1)) {
        copy_line(p);
    }
    assert_int_equal(p->new_line + (new_count ? 1 : 0), new_first);
    while (diff->n && diff->p[0] != '@') {
        struct str line = take_line(diff);
        char kind = line.p[0];
        struct str text = str_sub(line, 1, line.n);
        if (diff->n && diff->p[0] == '\\') {
            assert_str(take_line(diff), "\\ No newline at end of file\n");
            text.n--;
        }
        if (kind != '+') {
            assert_true(str_eq(take_line(&p->rest), text));
            p->old_line++;
            old_count--;
        }
        if (kind != '-') {
            buf_add(&p->out, text);
            p->new_line++;
            new_count--;
        }
    }
    assert_int_equal(old_count, 0);
    assert_int_equal(new_count, 0);
}

static void check_round_trip(struct source *src, const struct edit *edits, size_t n)
{
    struct buf expected, diff;
    buf_init(&expected);
    buf_init(&diff);
    edits_apply(src, edits, n, &expected);
    udiff_write(src, edits, n, &diff);
    struct patching p = {.rest = src->bytes};
    buf_init(&p.out);
    struct str rest = buf_str(&diff);
    assert_int_equal(rest.n == 0, str_eq(src->bytes, buf_str(&expected)));
    if (rest.n) {
        take_line(&rest);
        take_line(&rest);
    }
    while (rest.n) {
        apply_hunk(&p, take_line(&rest), &rest);
    }
    buf_add(&p.out, p.rest);
    if (!str_eq(buf_str(&p.out), buf_str(&expected))) {
        fail_msg("'%.*s'\n%s", STR_ARG(src->bytes), diff.p);
    }
    assert_true(lines_in(buf_str(&diff)) > 2 || diff.n == 0);
    buf_release(&expected);
    buf_release(&diff);
    buf_release(&p.out);
}

static void random_diffs_can_be_applied(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a", "b", "\n", "\n", "\r\n", "cc\n", ""};
    enum { PIECES = sizeof pieces / sizeof pieces[0], MOST = 6 };
    struct check_random r = {5};
    int accepted = 0;
    for (int round = 0; round < 8000; round++) {
        struct buf b;
        buf_init(&b);
        for (uint32_t k = check_random_below(&r, 60); k > 0; k--) {
            buf_adds(&b, pieces[check_random_below(&r, PIECES)]);
        }
        struct source *src = make("t", buf_str(&b));
        struct edit edits[MOST];
        size_t n = check_random_below(&r, MOST + 1);
        for (size_t i = 0; i < n; i++) {
            uint32_t first = check_random_below(&r, (uint32_t)b.n + 1);
            uint32_t length = check_random_below(&r, (uint32_t)b.n - first + 1) % 5;
            struct str x = str_from(pieces[check_random_below(&r, PIECES)]);
            struct str y = str_from(pieces[check_random_below(&r, PIECES)]);
            edits[i] = (struct edit){{0, first, first + length}, str_join2(&arena, x, y)};
        }
        if (edits_order(src, edits, n)) {
            check_round_trip(src, edits, n);
            accepted++;
        }
        buf_release(&b);
    }
    assert_true(accepted > 3000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_changed_line_has_three_lines_around_it),
        cmocka_unit_test(no_change_is_no_diff),
        cmocka_unit_test(a_line_inserted_from_the_end_of_the_one_before_is_one_plus),
        cmocka_unit_test(a_line_deleted_from_either_side_is_one_minus),
        cmocka_unit_test(near_changes_share_a_hunk),
        cmocka_unit_test(later_hunks_are_shifted_back_by_deletions),
        cmocka_unit_test(a_missing_final_line_break_is_marked),
        cmocka_unit_test(from_nothing_and_to_nothing),
        cmocka_unit_test(carriage_returns_stay_in_their_lines),
        cmocka_unit_test(paths_are_written_as_git_reads_them),
        cmocka_unit_test(random_diffs_can_be_applied),
    };
    return cmocka_run_group_tests(tests, NULL, end);
}
