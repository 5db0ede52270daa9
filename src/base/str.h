/*
 * A slice of bytes: pointer and length, no terminating NUL, owned by whoever
 * owns the bytes (the source file, an arena, a literal). Cheap to pass by value.
 */
#ifndef CFNREACH_BASE_STR_H
#define CFNREACH_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

struct str {
    const char *p; /* may be NULL when n is 0 */
    size_t n;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
/* The same where C wants a constant: in the initialiser of a static table. */
/* clang-format off */
#define STR_INIT(literal) {"" literal, sizeof(literal) - 1}
/* clang-format on */

/* For printf's "%.*s": STR_ARG(s) gives both arguments; longer than INT_MAX is cut. */
#define STR_ARG(s) str_width(s), str_bytes(s)

int str_width(struct str s);
const char *str_bytes(struct str s); /* never NULL */

/* Names are compared more often than anything else is done, mostly with literals: those are
 * inline, so that the compiler sees the length of the literal. */

/* NULL gives the empty slice. */
static inline struct str str_from(const char *c_string)
{
    return c_string ? (struct str){c_string, strlen(c_string)} : (struct str){0};
}

/* Clamped to s. */
static inline struct str str_sub(struct str s, size_t begin, size_t end)
{
    end = end > s.n ? s.n : end;
    begin = begin > end ? end : begin;
    return (struct str){begin > 0 ? s.p + begin : s.p, end - begin}; /* NULL + 0 has no meaning */
}

static inline bool str_eq(struct str a, struct str b)
{
    /* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): NULL only where n is 0 */
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool str_is(struct str a, const char *c_string)
{
    return str_eq(a, str_from(c_string));
}

static inline bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq((struct str){s.p, prefix.n}, prefix);
}

bool str_eq_nocase(struct str a, struct str b); /* ASCII letters only */
int str_cmp(struct str a, struct str b);        /* bytewise; shorter first on a tie */
bool str_ends(struct str s, struct str suffix);
struct str str_trim(struct str s); /* blanks, tabs, CR, LF at both ends */

#define STR_NPOS SIZE_MAX
size_t str_find(struct str s, struct str what, size_t from); /* STR_NPOS if absent */
size_t str_find_byte(struct str s, char c, size_t from);

/* FNV-1a, 64 bit. Frozen: fingerprints depend on it. */
uint64_t str_hash(struct str s);

struct str str_copy(struct arena *a, struct str s);
char *str_to_c(struct arena *a, struct str s); /* NUL-terminated copy */
struct str str_join2(struct arena *a, struct str x, struct str y);
/* All parts in a row: STR_CAT(a, STR("'"), name, STR("'")). Much cheaper than a format. */
struct str str_concat(struct arena *a, const struct str *parts, size_t n);
#define STR_CAT(a, ...)                                                                            \
    str_concat((a), (const struct str[]){__VA_ARGS__},                                             \
               sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
struct str str_format(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* n in decimal: in the caller's bytes, or in the arena. */
enum { STR_DIGITS = 20 };
struct str str_digits(char *bytes, uint64_t n); /* STR_DIGITS bytes, filled from the end */
struct str str_number(struct arena *a, uint64_t n);

/* An optional '-' and ASCII digits only, within int64; false leaves *out alone. */
MUST_CHECK bool str_to_int(struct str s, int64_t *out);

#endif
