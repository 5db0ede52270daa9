/*
 * The one test header: cmocka with the includes it wants before it, and the
 * assertions that our own types need.
 */
#ifndef CFNREACH_TESTS_CHECK_H
#define CFNREACH_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/str.h"

/* Compares a slice with a C string; prints both on failure. */
#define assert_str(actual, expected) check_str((actual), (expected), __FILE__, __LINE__)
void check_str(struct str actual, const char *expected, const char *file, int line);

/* A deterministic random sequence (xorshift64*): the same worlds on every run. */
struct check_random {
    uint64_t state; /* any value but 0 */
};
uint32_t check_random_below(struct check_random *r, uint32_t n); /* 0 <= x < n; n > 0 */

#endif
