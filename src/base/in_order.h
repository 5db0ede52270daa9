/*
 * Jobs done by several threads whose results are taken one after another, as if one thread had
 * done everything: what is reported cannot depend on who was faster.
 *
 *     work:   3  5  4  6 ...     any thread, any order, at most a window ahead
 *     take:   1  2  3  4 ...     the calling thread, in order
 */
#ifndef CFNREACH_BASE_IN_ORDER_H
#define CFNREACH_BASE_IN_ORDER_H

#include <stddef.h>

enum { MOST_THREADS = 256 };

/* Calls work(context, i) once for each i < n on up to `threads` threads (at least 1, at most
 * MOST_THREADS; the calling one is among them), and take(context, i) in ascending order on the
 * calling thread, each after its work. No more than four results for each thread wait (others go on
 * while one takes long), so that memory does not grow with n. Threads that cannot be started are
 * done without. */
void in_order(size_t n, size_t threads, void *context, void (*work)(void *context, size_t i),
              void (*take)(void *context, size_t i));

#endif
