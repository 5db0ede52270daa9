#include "base/in_order.h"

#include <stdatomic.h>
#include <string.h>

#include "tests/check.h"

enum { JOBS = 500 };

struct seen {
    atomic_size_t worked[JOBS];
    atomic_size_t ahead; /* begun and not taken */
    size_t most_ahead;
    size_t taken[JOBS];
    size_t n;
};

static void work(void *context, size_t i)
{
    struct seen *s = context;
    atomic_fetch_add(&s->ahead, 1);
    for (volatile size_t k = 0; k < (i * 7919) % 1000; k++) {
        /* jobs of different lengths */
    }
    atomic_fetch_add(&s->worked[i], 1);
}

static void take(void *context, size_t i)
{
    struct seen *s = context;
    size_t ahead = atomic_fetch_sub(&s->ahead, 1);
    s->most_ahead = ahead > s->most_ahead ? ahead : s->most_ahead;
    assert_int_equal(atomic_load(&s->worked[i]), 1);
    s->taken[s->n++] = i;
}

static void every_job_is_done_once_and_taken_in_order(void **state)
{
    (void)state;
    static const size_t threads[] = {1, 2, 3, 16, MOST_THREADS};
    static const size_t jobs[] = {0, 1, 2, 5, JOBS};
    for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
        for (size_t j = 0; j < sizeof jobs / sizeof *jobs; j++) {
            static struct seen s; /* large for a stack */
            memset(&s, 0, sizeof s);
            in_order(jobs[j], threads[t], &s, work, take);
            assert_int_equal(s.n, jobs[j]);
            for (size_t i = 0; i < s.n; i++) {
                assert_int_equal(s.taken[i], i);
            }
            assert_true(s.most_ahead <= 4 * threads[t]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_job_is_done_once_and_taken_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
