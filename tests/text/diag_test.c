/* The table of diagnostics, and the queue: once each, bounded, in order. */
#include "text/diag.h"

#include "base/limits.h"
#include "tests/check.h"

static struct arena arena;

static int end(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct span at(uint32_t source, uint32_t first)
{
    return (struct span){source, first, first + 1};
}

/* DESIGN.md, Output contract: 90x, 91x, 92x error, 93x note, 94x warning; but an unused entry of a
 * policy that many repositories share is a note (ECOSYSTEM section 4). */
static void levels_follow_the_first_two_digits(void **state)
{
    (void)state;
    for (int i = 0; i < DIAG_ID_COUNT; i++) {
        const struct diag_kind *k = diag_kind((enum diag_id)i);
        assert_memory_equal(k->id, "CFNR9", 5);
        assert_int_equal(strlen(k->id), 7);
        char tens = k->id[5];
        assert_int_equal(k->level, tens <= '2'               ? DIAG_ERROR
                                   : tens == '3'             ? DIAG_NOTE
                                   : i == DIAG_UNUSED_IGNORE ? DIAG_NOTE
                                                             : DIAG_WARNING);
        assert_int_equal(k->text[strlen(k->text) - 1], '.');
        for (int other = 0; other < i; other++) {
            const struct diag_kind *o = diag_kind((enum diag_id)other);
            assert_true(strcmp(o->id, k->id) < 0); /* unique and in order */
            assert_string_not_equal(o->name, k->name);
        }
    }
}

static void an_equal_one_is_kept_once(void **state)
{
    (void)state;
    struct diags d;
    diags_init(&d, &arena);
    struct diag *g = diag_add(&d, DIAG_SYNTAX, at(0, 5), "Bad '%s'.", "x");
    g->resource = STR("Web");
    struct diag *again = diag_add(&d, DIAG_SYNTAX, at(0, 5), "Bad '%s'.", "x");
    assert_non_null(again);
    again->resource = STR("lost");
    diag_relate(&d, again, at(0, 1), "Lost.");
    assert_int_equal(d.all.n, 1);
    assert_int_equal(d.errors, 1);
    assert_int_equal(d.dropped, 0);
    assert_str(d.all.at[0].resource, "Web");
    assert_int_equal(d.all.at[0].related.n, 0);
    /* Another id, begin, end, source or message is another diagnostic. */
    diag_add(&d, DIAG_NOT_UTF8, at(0, 5), "Bad 'x'.");
    diag_add(&d, DIAG_SYNTAX, at(0, 6), "Bad 'x'.");
    diag_add(&d, DIAG_SYNTAX, (struct span){0, 5, 7}, "Bad 'x'.");
    diag_add(&d, DIAG_SYNTAX, at(1, 5), "Bad 'x'.");
    diag_add(&d, DIAG_SYNTAX, at(0, 5), "Bad 'y'.");
    assert_int_equal(d.all.n, 6);
    assert_int_equal(d.errors, 6);
}

static void messages_of_any_length_are_whole(void **state)
{
    (void)state;
    struct diags d;
    diags_init(&d, &arena);
    for (int n = 0; n < 300; n++) {
        struct diag *g = diag_add(&d, DIAG_MACRO, at(0, (uint32_t)n), "%0*d", n + 1, 7);
        assert_int_equal(g->message.n, n + 1);
        assert_int_equal(g->message.p[n], '7');
    }
    for (size_t n = 0; n < 300; n++) { /* none was overwritten by a later one */
        assert_int_equal(d.all.at[n].message.n, n + 1);
        assert_int_equal(d.all.at[n].message.p[n], '7');
    }
    assert_int_equal(d.errors, 0);
}

static void related_places_are_kept_in_order(void **state)
{
    (void)state;
    struct diags d;
    diags_init(&d, &arena);
    struct diag *g = diag_add(&d, DIAG_DUPLICATE_KEY, at(0, 9), "Twice.");
    diag_relate(&d, g, at(0, 1), "First '%s'.", "here");
    diag_relate(&d, g, SPAN_NONE, "Second.");
    diag_add(&d, DIAG_MACRO, at(0, 1), "A longer message than those before it was.");
    g = &d.all.at[0];
    assert_int_equal(g->related.n, 2);
    assert_str(g->related.at[0].text, "First 'here'.");
    assert_int_equal(g->related.at[0].at.begin, 1);
    assert_str(g->related.at[1].text, "Second.");
}

static void beyond_the_limit_they_are_counted(void **state)
{
    (void)state;
    struct diags d;
    diags_init(&d, &arena);
    for (uint32_t i = 0; i < LIMIT_DIAGNOSTICS; i++) {
        diag_add(&d, DIAG_MACRO, at(0, i), "A macro.");
    }
    assert_int_equal(d.all.n, LIMIT_DIAGNOSTICS);
    struct diag *g = diag_add(&d, DIAG_CYCLE, at(0, 0), "A cycle.");
    assert_non_null(g);
    g->property = STR("lost");
    diag_relate(&d, g, at(0, 0), "Lost.");
    diag_add(&d, DIAG_MACRO, at(1, 0), "A macro.");
    diag_add(&d, DIAG_MACRO, at(0, 0), "A macro."); /* said before: not counted */
    assert_int_equal(d.all.n, LIMIT_DIAGNOSTICS);
    assert_int_equal(d.dropped, 2);
    assert_int_equal(d.errors, 1);
}

static void a_flood_of_one_message_costs_nothing(void **state)
{
    (void)state;
    struct arena own = {0};
    struct diags d;
    diags_init(&d, &own);
    diag_add(&d, DIAG_MACRO, at(0, 0), "The same.");
    size_t total = own.total;
    for (int i = 0; i < 50000; i++) {
        struct diag *g = diag_add(&d, DIAG_MACRO, at(0, 0), "The same.");
        diag_relate(&d, g, at(0, 0), "The same, too.");
    }
    assert_int_equal(own.total, total);
    arena_release(&own);
}

static void sorting_is_by_place_then_id_then_message(void **state)
{
    (void)state;
    struct diags d;
    diags_init(&d, &arena);
    diag_add(&d, DIAG_UNREADABLE, SPAN_NONE, "9");
    diag_add(&d, DIAG_SYNTAX, at(1, 0), "8");
    diag_add(&d, DIAG_SYNTAX, (struct span){0, 5, 9}, "7");
    diag_add(&d, DIAG_LIMIT, (struct span){0, 5, 6}, "6");
    diag_add(&d, DIAG_SYNTAX, (struct span){0, 5, 6}, "5");
    diag_add(&d, DIAG_SYNTAX, (struct span){0, 5, 6}, "4");
    diag_add(&d, DIAG_SYNTAX, (struct span){0, 2, 9}, "3");
    diags_sort(&d);
    static const char *const expected[] = {"3", "4", "5", "6", "7", "8", "9"};
    assert_int_equal(d.all.n, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_str(d.all.at[i].message, expected[i]);
    }
    assert_int_equal(d.errors, 7);
}

/* Two files that cannot be opened have no place and one message. */
static void without_a_place_the_path_tells_them_apart(void **state)
{
    (void)state;
    struct diags d;
    diags_init(&d, &arena);
    static const char *const paths[] = {"b.yaml", "a.yaml", "b.yaml"};
    for (size_t i = 0; i < 3; i++) {
        diag_add(&d, DIAG_UNREADABLE, SPAN_NONE, "No such file.")->path = str_from(paths[i]);
    }
    diags_sort(&d);
    assert_int_equal(d.all.n, 2);
    assert_str(d.all.at[0].path, "a.yaml");
    assert_str(d.all.at[1].path, "b.yaml");
    assert_int_equal(d.errors, 2);
}

static void an_empty_queue_can_be_sorted(void **state)
{
    (void)state;
    struct diags d;
    diags_init(&d, &arena);
    diags_sort(&d);
    assert_int_equal(d.all.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_follow_the_first_two_digits),
        cmocka_unit_test(an_equal_one_is_kept_once),
        cmocka_unit_test(messages_of_any_length_are_whole),
        cmocka_unit_test(related_places_are_kept_in_order),
        cmocka_unit_test(beyond_the_limit_they_are_counted),
        cmocka_unit_test(a_flood_of_one_message_costs_nothing),
        cmocka_unit_test(sorting_is_by_place_then_id_then_message),
        cmocka_unit_test(without_a_place_the_path_tells_them_apart),
        cmocka_unit_test(an_empty_queue_can_be_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, end);
}
