#include "sarif/sarif.h"

#include "tests/check.h"
#include "tests/sarif/logged.h"

enum { PARTS = 2 };

/* A log of one part, or (of = 0) of everything, with one result for each of two files. */
static struct str made(struct arena *a, size_t part, size_t of, const char *pending)
{
    struct sarif_tool t = logged_tool();
    struct sarif_log *log = sarif_begin(a, &t);
    if (of) {
        sarif_shard(log, part, of);
    }
    for (size_t i = 1; i <= PARTS; i++) {
        struct sarif_result r = {.rule = i - 1,
                                 .level = "note",
                                 .rank = 30,
                                 .message = STR("It is."),
                                 .location = logged_place((uint32_t)i)};
        struct sarif_notification n = {.id = "T001", .level = "note", .message = STR("Here.")};
        if (of == 0 || part == i) {
            sarif_result(log, &r);
            sarif_notify(log, &n);
        }
    }
    struct sarif_notification settled = {.id = "T001", .level = "note", .message = STR("All.")};
    struct sarif_notification asked = {
        .id = "T001", .level = "error", .message = str_from(pending)};
    sarif_notify_run(log, &settled, false);
    if (*pending) {
        sarif_notify_run(log, &asked, of > 0);
    }
    struct buf out;
    buf_init(&out);
    bool failed = *pending && of == 0;
    sarif_end(log, failed ? 2 : 1, !failed, &out);
    struct str text = str_copy(a, buf_str(&out));
    buf_release(&out);
    return text;
}

static struct str merged(struct arena *a, const struct str *logs, size_t n, int *code)
{
    struct buf out;
    buf_init(&out);
    size_t bad = 0;
    struct str why = STR("");
    if (!sarif_merge(a, logs, n, "tool", &out, code, &bad, &why)) {
        buf_add(&out, why);
        *code = -1;
    }
    struct str text = str_copy(a, buf_str(&out));
    buf_release(&out);
    return text;
}

static void all_parts_are_the_whole_in_any_order(void **state)
{
    (void)state;
    struct arena a = {0};
    int code = 0;
    struct str parts[] = {made(&a, 2, 2, ""), made(&a, 1, 2, "")};
    assert_str(merged(&a, parts, 2, &code), made(&a, 0, 0, "").p);
    assert_int_equal(code, 1);
    arena_release(&a);
}

static void what_is_pending_counts_if_every_part_says_so(void **state)
{
    (void)state;
    struct arena a = {0};
    int code = 0;
    struct str all[] = {made(&a, 1, 2, "Unknown 'x'; did you mean 'y'?"),
                        made(&a, 2, 2, "Unknown 'x'.")};
    assert_str(merged(&a, all, 2, &code), made(&a, 0, 0, "Unknown 'x'; did you mean 'y'?").p);
    assert_int_equal(code, 2);
    struct str one[] = {made(&a, 1, 2, "Unknown 'x'."), made(&a, 2, 2, "")};
    assert_str(merged(&a, one, 2, &code), made(&a, 0, 0, "").p);
    assert_int_equal(code, 1);
    arena_release(&a);
}

static void what_does_not_belong_together_is_refused(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str one = made(&a, 1, 2, ""), whole = made(&a, 0, 0, "");
    const struct {
        struct str logs[PARTS];
        size_t n;
    } rows[] = {
        {{one, one}, 2},
        {{one, whole}, 2},
        {{one}, 1},
        {{STR("{"), whole}, 2},
        {{whole, STR("{}")}, 2},
        {{STR("\xff")}, 1},
        {{STR("[1] 2"), one}, 2},
        {{STR("{\"version\":\"2.1.0\",\"runs\":[{}]}")}, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int code = 0;
        assert_in_range(merged(&a, rows[i].logs, rows[i].n, &code).n, 1, 100);
        assert_int_equal(code, -1);
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_parts_are_the_whole_in_any_order),
        cmocka_unit_test(what_is_pending_counts_if_every_part_says_so),
        cmocka_unit_test(what_does_not_belong_together_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
