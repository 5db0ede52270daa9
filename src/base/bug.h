/*
 * Our own mistakes, and the attributes that let the compiler find them.
 *
 * BUG() is for states that only a defect in cfnreach can reach; whatever a user
 * or a template can cause is a diagnostic (text/diag.h) or a status instead.
 */
#ifndef CFNREACH_BASE_BUG_H
#define CFNREACH_BASE_BUG_H

#include "base/banned.h"

#if defined(__GNUC__)
#define MUST_CHECK             __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define NORETURN               __attribute__((noreturn))
#define UNUSED                 __attribute__((unused))
#else
#define MUST_CHECK
#define PRINTF_LIKE(fmt, args)
#define NORETURN
#define UNUSED
#endif

/* Prints "BUG: file:line: message" to stderr and aborts. Never returns. */
#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
NORETURN void bug_at(const char *file, int line, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* The machine is out of memory: says so on stderr and exits with status 2. */
NORETURN void bug_no_memory(void);

#endif
