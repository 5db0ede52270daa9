#include "base/format.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/str.h"

struct out {
    char *to;
    size_t room;
    size_t n; /* of the whole, also where it does not fit */
};

static void put(struct out *o, struct str s)
{
    if (o->n < o->room && s.n > 0) {
        size_t left = o->room - o->n;
        memcpy(o->to + o->n, s.p, s.n < left ? s.n : left);
    }
    o->n += s.n;
}

static void put_number(struct out *o, bool minus, uint64_t n)
{
    char digits[STR_DIGITS];
    if (minus) {
        put(o, STR("-"));
    }
    put(o, str_digits(digits, n));
}

/* At most `most` bytes, and none behind a NUL. */
static struct str cut(const char *p, int most)
{
    if (most < 0) {
        return str_from(p);
    }
    const char *end = most > 0 ? memchr(p, 0, (size_t)most) : p;
    return (struct str){p, end ? (size_t)(end - p) : (size_t)most};
}

/* The conversion behind a '%', and its argument; the bytes that it takes, or 0: not one of ours. */
static size_t convert(struct out *o, const char *conversion, va_list *ap)
{
    switch (conversion[0]) {
    case '%':
        put(o, STR("%"));
        return 1;
    case 's':
        put(o, str_from(va_arg(*ap, const char *)));
        return 1;
    case 'c': {
        char c = (char)va_arg(*ap, int);
        put(o, (struct str){&c, 1});
        return 1;
    }
    case 'u':
        put_number(o, false, va_arg(*ap, unsigned));
        return 1;
    case 'd': {
        int d = va_arg(*ap, int);
        put_number(o, d < 0, d < 0 ? (uint64_t)0 - (uint64_t)d : (uint64_t)d);
        return 1;
    }
    case 'z':
        if (conversion[1] != 'u') {
            return 0;
        }
        put_number(o, false, va_arg(*ap, size_t));
        return 2;
    case '.': {
        if (conversion[1] != '*' || conversion[2] != 's') {
            return 0;
        }
        int most = va_arg(*ap, int);
        put(o, cut(va_arg(*ap, const char *), most));
        return 3;
    }
    default:
        return 0;
    }
}

/* False: the format has a conversion that is not ours. */
static bool format_ours(struct out *o, const char *fmt, va_list *ap)
{
    for (const char *at = fmt;;) {
        const char *percent = strchr(at, '%');
        if (percent == NULL) {
            put(o, str_from(at));
            return true;
        }
        put(o, (struct str){at, (size_t)(percent - at)});
        size_t n = convert(o, percent + 1, ap);
        if (n == 0) {
            return false;
        }
        at = percent + 1 + n;
    }
}

int format_bytes(char *to, size_t room, const char *fmt, va_list ap)
{
    struct out o = {to, room, 0};
    va_list own;
    va_copy(own, ap);
    bool ours = format_ours(&o, fmt, &own);
    va_end(own);
    if (!ours) {
        return vsnprintf(to, room, fmt, ap);
    }
    if (room > 0) {
        to[o.n < room ? o.n : room - 1] = '\0';
    }
    return o.n > INT_MAX ? -1 : (int)o.n;
}
