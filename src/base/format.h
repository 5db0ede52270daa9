/*
 * vsnprintf for the conversions that messages are made of: %s, %.*s, %c, %u, %d, %zu and %%.
 * What libc's takes for anything that a format may ask for costs ten times what the bytes do, and
 * a lint makes some ten thousand texts. A format with any other conversion goes to libc.
 */
#ifndef CFNREACH_BASE_FORMAT_H
#define CFNREACH_BASE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

#include "base/bug.h"

/* As vsnprintf: at most room - 1 bytes and a NUL go to `to` (NULL: none, room is 0); what it
 * returns is the length of the whole, negative if the format is bad. */
int format_bytes(char *to, size_t room, const char *fmt, va_list ap) PRINTF_LIKE(3, 0);

#endif
