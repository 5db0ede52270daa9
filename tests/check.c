#include "tests/check.h"

void check_str(struct str actual, const char *expected, const char *file, int line)
{
    if (!str_is(actual, expected)) {
        print_error("is:       \"%.*s\"\nexpected: \"%s\"\n", STR_ARG(actual), expected);
        _fail(file, line);
    }
}

uint32_t check_random_below(struct check_random *r, uint32_t n)
{
    uint64_t x = r->state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    r->state = x;
    return (uint32_t)(((x * 0x2545F4914F6CDD1DU) >> 32) % n);
}
