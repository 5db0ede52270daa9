/*
 * Growable output bytes: the one place where text is put together for people
 * and for files. `p` is never NULL after buf_init and is always NUL-terminated.
 */
#ifndef CFNREACH_BASE_BUF_H
#define CFNREACH_BASE_BUF_H

#include "base/str.h"

struct buf {
    char *p;
    size_t n;
    size_t cap;
};

void buf_init(struct buf *b);    /* allocates nothing */
void buf_release(struct buf *b); /* frees, and is again as after buf_init */
void buf_clear(struct buf *b);   /* empties, keeps the memory */

void buf_add(struct buf *b, struct str s);
void buf_addc(struct buf *b, char c);
void buf_adds(struct buf *b, const char *c_string);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_pad(struct buf *b, char c, size_t n); /* n times c */

struct str buf_str(const struct buf *b); /* valid until the next change of b */

#endif
