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
void buf_add_number(struct buf *b, uint64_t n);                       /* in decimal digits */
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3); /* the slowest of them */
void buf_pad(struct buf *b, char c, size_t n);                        /* n times c */

/* All parts, in their order, before what is there. None of them is part of b. */
void buf_prepend(struct buf *b, const struct str *parts, size_t n);
/* Appends what `from` holds, which is empty then; the memory changes hands if b has none. */
void buf_take(struct buf *b, struct buf *from);

struct str buf_str(const struct buf *b); /* valid until the next change of b */

/* What b holds, copied into the arena; b is released. */
struct str buf_keep(struct buf *b, struct arena *a);

void buf_reserve(struct buf *b, size_t more); /* room for `more` bytes and the NUL */

static inline void buf_addc(struct buf *b, char c)
{
    if (b->cap - b->n < 2) {
        buf_reserve(b, 1);
    }
    b->p[b->n++] = c;
    b->p[b->n] = '\0';
}

/* Inline, so that the compiler sees the length of a literal. */
static inline void buf_adds(struct buf *b, const char *c_string)
{
    buf_add(b, str_from(c_string));
}

#endif
