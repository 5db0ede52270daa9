/* Patterns from the shelf are what compiling gives, whoever asks and however many there are. */
#include "base/regex_shelf.h"

#include <pthread.h>

#include "base/limits.h"
#include "tests/check.h"

static void a_pattern_is_compiled_once(void **state)
{
    (void)state;
    struct arena a = {0};
    struct regex_error error;
    struct regex_shelf *shelf = regex_shelf_new();
    char pattern[] = "[a-z]+";
    const struct regex *r = regex_shelf_get(shelf, &a, str_from(pattern), &error);
    assert_non_null(r);
    pattern[0] = 'x'; /* the shelf has a copy of its own */
    assert_ptr_equal(regex_shelf_get(shelf, &a, STR("[a-z]+"), &error), r);
    assert_ptr_not_equal(regex_shelf_get(shelf, &a, STR("[a-z]*"), &error), r);
    assert_int_equal(regex_full(r, STR("abc")), REGEX_MATCH);
    assert_int_equal(regex_full(r, STR("")), REGEX_NO_MATCH);
    assert_non_null(regex_shelf_get(shelf, &a, (struct str){0}, &error));
    assert_int_equal(a.total, 0);
    regex_shelf_release(shelf);
    arena_release(&a);
}

static void a_pattern_that_cannot_be_compiled_says_why_each_time(void **state)
{
    (void)state;
    struct arena a = {0};
    struct regex_error fresh, first, again;
    struct regex r;
    assert_false(regex_init(&r, STR("a[b"), &fresh));
    struct regex_shelf *shelf = regex_shelf_new();
    assert_null(regex_shelf_get(shelf, &a, STR("a[b"), &first));
    assert_null(regex_shelf_get(shelf, &a, STR("a[b"), &again));
    assert_string_equal(first.text, fresh.text);
    assert_string_equal(again.text, fresh.text);
    assert_int_equal(again.offset, fresh.offset);
    regex_shelf_release(shelf);
    arena_release(&a);
}

static void what_has_no_room_is_compiled_into_the_arena(void **state)
{
    (void)state;
    struct arena a = {0};
    struct regex_error error;
    struct regex_shelf *shelf = regex_shelf_new();
    char pattern[LIMIT_SHELVED_PATTERN_BYTES + 1];
    memset(pattern, 'x', sizeof pattern);
    const struct regex *r =
        regex_shelf_get(shelf, &a, (struct str){pattern, sizeof pattern}, &error);
    assert_int_equal(regex_full(r, (struct str){pattern, sizeof pattern}), REGEX_MATCH);
    assert_true(a.total > 0);
    r = regex_shelf_get(NULL, &a, STR("b+"), &error);
    assert_int_equal(regex_full(r, STR("bb")), REGEX_MATCH);
    assert_null(regex_shelf_get(NULL, &a, STR("b("), &error));
    for (int i = 0; i < 2 * LIMIT_SHELVED_PATTERNS; i++) {
        struct str text = str_format(&a, "p%d", i);
        r = regex_shelf_get(shelf, &a, text, &error);
        assert_int_equal(regex_full(r, text), REGEX_MATCH);
        assert_int_equal(regex_full(r, STR("p")), REGEX_NO_MATCH);
    }
    regex_shelf_release(shelf);
    regex_shelf_release(NULL);
    arena_release(&a);
}

enum { THREADS = 4, PATTERNS = 100 };

struct asking {
    struct regex_shelf *shelf;
    struct arena arena;
    const struct regex *got[PATTERNS];
};

static void *ask(void *context)
{
    struct asking *asking = context;
    for (int i = 0; i < PATTERNS; i++) {
        struct regex_error error;
        struct str pattern = str_format(&asking->arena, "[%d]", i);
        asking->got[i] = regex_shelf_get(asking->shelf, &asking->arena, pattern, &error);
    }
    return NULL;
}

static void threads_get_the_same_patterns(void **state)
{
    (void)state;
    static struct asking asking[THREADS];
    pthread_t threads[THREADS];
    struct regex_shelf *shelf = regex_shelf_new();
    for (int i = 0; i < THREADS; i++) {
        asking[i].shelf = shelf;
        assert_int_equal(pthread_create(&threads[i], NULL, ask, &asking[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    size_t shared = 0;
    for (int i = 0; i < PATTERNS; i++) {
        for (int k = 0; k < THREADS; k++) {
            assert_non_null(asking[k].got[i]);
            shared += asking[k].got[i] == asking[0].got[i];
        }
    }
    assert_true(shared > THREADS * PATTERNS / 2); /* all but those without room */
    for (int i = 0; i < THREADS; i++) {
        arena_release(&asking[i].arena);
    }
    regex_shelf_release(shelf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pattern_is_compiled_once),
        cmocka_unit_test(a_pattern_that_cannot_be_compiled_says_why_each_time),
        cmocka_unit_test(what_has_no_room_is_compiled_into_the_arena),
        cmocka_unit_test(threads_get_the_same_patterns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
