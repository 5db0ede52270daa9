#include "base/str.h"

#include <limits.h>
#include <stdarg.h>

#include "base/format.h"

enum { FORMAT_BYTES = 256 };

int str_width(struct str s)
{
    return s.n > INT_MAX ? INT_MAX : (int)s.n;
}

const char *str_bytes(struct str s)
{
    return s.p ? s.p : "";
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.n != b.n) {
        return false;
    }
    for (size_t i = 0; i < a.n; i++) {
        if (lower(a.p[i]) != lower(b.p[i])) {
            return false;
        }
    }
    return true;
}

int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    if (c != 0) {
        return c;
    }
    return (a.n > b.n) - (a.n < b.n);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && str_eq(str_sub(s, s.n - suffix.n, s.n), suffix);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim(struct str s)
{
    while (s.n && is_blank(s.p[0])) {
        s = str_sub(s, 1, s.n);
    }
    while (s.n && is_blank(s.p[s.n - 1])) {
        s.n--;
    }
    return s;
}

size_t str_find(struct str s, struct str what, size_t from)
{
    if (what.n == 0) {
        return from <= s.n ? from : STR_NPOS;
    }
    while (from < s.n && s.n - from >= what.n) {
        const char *hit = memchr(s.p + from, what.p[0], s.n - from - what.n + 1);
        if (!hit) {
            return STR_NPOS;
        }
        from = (size_t)(hit - s.p);
        if (memcmp(hit, what.p, what.n) == 0) {
            return from;
        }
        from++;
    }
    return STR_NPOS;
}

size_t str_find_byte(struct str s, char c, size_t from)
{
    const char *hit = from < s.n ? memchr(s.p + from, c, s.n - from) : NULL;
    return hit ? (size_t)(hit - s.p) : STR_NPOS;
}

uint64_t str_hash(struct str s)
{
    uint64_t h = 0xcbf29ce484222325U;
    for (size_t i = 0; i < s.n; i++) {
        h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3U;
    }
    return h;
}

char *str_to_c(struct arena *a, struct str s)
{
    char *p = arena_bytes(a, s.n + 1);
    if (s.n) {
        memcpy(p, s.p, s.n);
    }
    p[s.n] = '\0';
    return p;
}

struct str str_copy(struct arena *a, struct str s)
{
    return (struct str){str_to_c(a, s), s.n};
}

struct str str_join2(struct arena *a, struct str x, struct str y)
{
    char *p = arena_alloc(a, x.n + y.n + 1);
    if (x.n) {
        memcpy(p, x.p, x.n);
    }
    if (y.n) {
        memcpy(p + x.n, y.p, y.n);
    }
    return (struct str){p, x.n + y.n};
}

struct str str_concat(struct arena *a, const struct str *parts, size_t n)
{
    size_t total = 0;
    for (size_t i = 0; i < n; i++) {
        total += parts[i].n;
    }
    char *p = arena_bytes(a, total + 1);
    char *to = p;
    for (size_t i = 0; i < n; i++) {
        if (parts[i].n) {
            memcpy(to, parts[i].p, parts[i].n);
            to += parts[i].n;
        }
    }
    *to = '\0';
    return (struct str){p, total};
}

struct str str_digits(char *bytes, uint64_t n)
{
    size_t at = STR_DIGITS;
    do {
        bytes[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    return (struct str){bytes + at, STR_DIGITS - at};
}

struct str str_number(struct arena *a, uint64_t n)
{
    char digits[STR_DIGITS];
    return str_copy(a, str_digits(digits, n));
}

struct str str_format(struct arena *a, const char *fmt, ...)
{
    char line[FORMAT_BYTES]; /* nearly all texts fit, and are formatted once */
    va_list ap;
    va_start(ap, fmt);
    int n = format_bytes(line, sizeof line, fmt, ap);
    va_end(ap);
    if (n < 0) {
        BUG("bad format '%s'", fmt);
    }
    if ((size_t)n < sizeof line) {
        return str_copy(a, (struct str){line, (size_t)n});
    }
    char *p = arena_alloc(a, (size_t)n + 1);
    va_start(ap, fmt);
    format_bytes(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return (struct str){p, (size_t)n};
}

bool str_to_int(struct str s, int64_t *out)
{
    bool minus = s.n && s.p[0] == '-';
    size_t i = minus;
    if (i == s.n) {
        return false;
    }
    int64_t v = 0; /* kept negative: the negative range is the larger one */
    for (; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') {
            return false;
        }
        int digit = s.p[i] - '0';
        if (v < (INT64_MIN + digit) / 10) {
            return false;
        }
        v = v * 10 - digit;
    }
    if (!minus && v == INT64_MIN) {
        return false;
    }
    *out = minus ? v : -v;
    return true;
}
