#include "base/buf.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/format.h"

enum { LINE = 64 }; /* room for what is formatted, as a first guess */

static char nothing[1]; /* what an empty buffer points at; never written to */

void buf_init(struct buf *b)
{
    *b = (struct buf){.p = nothing};
}

void buf_release(struct buf *b)
{
    if (b->cap) {
        free(b->p);
    }
    buf_init(b);
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    if (b->cap) {
        b->p[0] = '\0';
    }
}

void buf_reserve(struct buf *b, size_t more)
{
    if (more > SIZE_MAX / 4 || b->n > SIZE_MAX / 4) {
        bug_no_memory();
    }
    size_t need = b->n + more + 1;
    if (need <= b->cap) {
        return;
    }
    size_t cap = b->cap ? b->cap * 2 : 64;
    if (cap < need) {
        cap = need;
    }
    char *p = realloc(b->cap ? b->p : NULL, cap);
    if (!p) {
        bug_no_memory();
    }
    b->p = p;
    b->cap = cap;
}

void buf_add(struct buf *b, struct str s)
{
    if (s.n >= b->cap - b->n) {
        buf_reserve(b, s.n);
    }
    if (s.n) {
        memcpy(b->p + b->n, s.p, s.n);
    }
    b->n += s.n;
    b->p[b->n] = '\0';
}

void buf_add_number(struct buf *b, uint64_t n)
{
    size_t digits = 1;
    for (uint64_t rest = n; rest >= 10; rest /= 10) {
        digits++;
    }
    if (b->cap - b->n <= digits) {
        buf_reserve(b, digits);
    }
    b->n += digits;
    b->p[b->n] = '\0';
    for (char *to = b->p + b->n; digits > 0; digits--, n /= 10) {
        *--to = (char)('0' + n % 10);
    }
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
    buf_reserve(b, LINE);
    size_t room = b->cap - b->n;
    va_list ap;
    va_start(ap, fmt);
    int n = format_bytes(b->p + b->n, room, fmt, ap);
    va_end(ap);
    if (n < 0) {
        BUG("bad format '%s'", fmt);
    }
    if ((size_t)n >= room) { /* once more, now that its length is known */
        buf_reserve(b, (size_t)n);
        va_start(ap, fmt);
        format_bytes(b->p + b->n, (size_t)n + 1, fmt, ap);
        va_end(ap);
    }
    b->n += (size_t)n;
}

void buf_pad(struct buf *b, char c, size_t n)
{
    buf_reserve(b, n);
    memset(b->p + b->n, c, n);
    b->n += n;
    b->p[b->n] = '\0';
}

void buf_prepend(struct buf *b, const struct str *parts, size_t n)
{
    size_t total = 0;
    for (size_t i = 0; i < n; i++) {
        total += parts[i].n;
    }
    buf_reserve(b, total);
    memmove(b->p + total, b->p, b->n);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (parts[i].n) {
            memcpy(b->p + at, parts[i].p, parts[i].n);
        }
        at += parts[i].n;
    }
    b->n += total;
    b->p[b->n] = '\0';
}

void buf_take(struct buf *b, struct buf *from)
{
    if (b->cap == 0) {
        *b = *from;
        buf_init(from);
        return;
    }
    buf_add(b, buf_str(from));
    buf_release(from);
}

struct str buf_str(const struct buf *b)
{
    return (struct str){b->p, b->n};
}

struct str buf_keep(struct buf *b, struct arena *a)
{
    struct str s = str_copy(a, buf_str(b));
    buf_release(b);
    return s;
}
