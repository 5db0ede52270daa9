/* BUG and the end of memory: what they print and how the process ends. */
#include "base/bug.h"

#include "tests/death.h"

static void a_bug(void)
{
    BUG("the %s is %d", "answer", 42);
}

static void a_bug_names_its_place_and_aborts(void **state)
{
    (void)state;
    assert_aborts(a_bug, "tests/base/bug_test.c:8: the answer is 42\n");
}

static void no_memory_exits_with_status_2(void **state)
{
    (void)state;
    assert_exits(bug_no_memory, 2, "cfnreach: out of memory\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bug_names_its_place_and_aborts),
        cmocka_unit_test(no_memory_exits_with_status_2),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
