/*
 * Plain scalars, typed by hand-written matchers: this runs for every scalar of
 * every template, so the first byte decides what is tried at all.
 */
#include "doc/scalar.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The value of a digit in any base up to 16; 16 for what is none. */
static unsigned digit_of(char c)
{
    if (is_digit(c)) {
        return (unsigned)(c - '0');
    }
    if (c >= 'a' && c <= 'f') {
        return (unsigned)(c - 'a') + 10;
    }
    return c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10 : 16;
}

/* Digits of a base with '_' between, at least one digit, below 2^63. */
static bool based(struct str s, unsigned base, uint64_t *out)
{
    uint64_t v = 0;
    bool any = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '_') {
            continue;
        }
        unsigned digit = digit_of(s.p[i]);
        if (digit >= base || v > ((uint64_t)INT64_MAX - digit) / base) {
            return false;
        }
        v = v * base + digit;
        any = true;
    }
    *out = v;
    return any;
}

/* How many bytes from `at` are digits or '_', the first one a digit. */
static size_t digits(struct str s, size_t at)
{
    size_t i = at;
    if (i < s.n && is_digit(s.p[i])) {
        while (i < s.n && (is_digit(s.p[i]) || s.p[i] == '_')) {
            i++;
        }
    }
    return i - at;
}

/* Bytes of one ":59" at `at`: a colon, an optional digit up to 5, and a digit; 0 if none. */
static size_t sixtieth(struct str s, size_t at)
{
    if (at + 1 >= s.n || s.p[at] != ':' || !is_digit(s.p[at + 1])) {
        return 0;
    }
    bool two = at + 2 < s.n && is_digit(s.p[at + 2]);
    return !two ? 2 : s.p[at + 1] <= '5' ? 3 : 0;
}

/* "190:20:30": [1-9][0-9_]*(:[0-5]?[0-9])+ */
static bool sexagesimal(struct str s, uint64_t *out)
{
    size_t i = digits(s, 0);
    uint64_t v = 0;
    if (i == 0 || i == s.n || s.p[0] == '0' || !based(str_sub(s, 0, i), 10, &v)) {
        return false;
    }
    while (i < s.n) {
        size_t n = sixtieth(s, i);
        uint64_t part = 0;
        if (n == 0 || v > (uint64_t)INT64_MAX / 60 - 1 ||
            !based(str_sub(s, i + 1, i + n), 10, &part)) {
            return false;
        }
        v = v * 60 + part;
        i += n;
    }
    *out = v;
    return true;
}

/* Decimal digits of any length: only '_' goes. */
static struct str without_underscores(struct arena *a, struct str s, bool minus)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    if (minus) {
        p[n++] = '-';
    }
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '_') {
            p[n++] = s.p[i];
        }
    }
    return (struct str){p, n};
}

static bool decimal(struct arena *a, struct str *text, struct str s, bool minus)
{
    if (s.n > 1 && s.p[0] == '0') {
        return false; /* octal, or nothing */
    }
    if (str_is(s, "0")) {
        *text = s; /* -0 is 0 */
    } else if (str_find_byte(s, '_', 0) != STR_NPOS) {
        *text = without_underscores(a, s, minus);
    } else if (!minus) {
        *text = s;
    }
    return true;
}

static bool is_int(struct arena *a, struct str *text)
{
    struct str s = *text;
    bool minus = s.n && s.p[0] == '-';
    if (s.n && (s.p[0] == '-' || s.p[0] == '+')) {
        s = str_sub(s, 1, s.n);
    }
    size_t n = digits(s, 0);
    if (n == 0) {
        return false;
    }
    if (n == s.n && decimal(a, text, s, minus)) {
        return true;
    }
    uint64_t v = 0;
    bool ok = false;
    if (n == s.n) {
        ok = based(s, 8, &v); /* it begins with 0 */
    } else if (str_starts(s, STR("0x"))) {
        ok = based(str_sub(s, 2, s.n), 16, &v);
    } else if (str_starts(s, STR("0b"))) {
        ok = based(str_sub(s, 2, s.n), 2, &v);
    } else {
        ok = sexagesimal(s, &v);
    }
    if (ok) {
        *text = str_format(a, "%s%llu", minus && v ? "-" : "", (unsigned long long)v);
    }
    return ok;
}

/* "e+10" at `at` up to the end. */
static bool is_exponent(struct str s, size_t at)
{
    if (at >= s.n || (s.p[at] != 'e' && s.p[at] != 'E')) {
        return false;
    }
    at++;
    if (at < s.n && (s.p[at] == '-' || s.p[at] == '+')) {
        at++;
    }
    size_t first = at;
    while (at < s.n && is_digit(s.p[at])) {
        at++;
    }
    return at > first && at == s.n;
}

static bool is_float(struct str s)
{
    if (str_is(s, ".nan") || str_is(s, ".NaN") || str_is(s, ".NAN")) {
        return true;
    }
    if (s.n && (s.p[0] == '-' || s.p[0] == '+')) {
        s = str_sub(s, 1, s.n);
    }
    if (str_is(s, ".inf") || str_is(s, ".Inf") || str_is(s, ".INF")) {
        return true;
    }
    size_t i = digits(s, 0);
    bool whole = i > 0;
    bool sixty = false;
    for (size_t n; whole && (n = sixtieth(s, i)) > 0; i += n) {
        sixty = true;
    }
    if (i < s.n && s.p[i] == '.') {
        i++;
        size_t fraction = i;
        while (i < s.n && (is_digit(s.p[i]) || (s.p[i] == '_' && (whole || i > fraction)))) {
            i++;
        }
        if (!whole && i == fraction) {
            return false;
        }
        return i == s.n || (!sixty && is_exponent(s, i));
    }
    return whole && !sixty && is_exponent(s, i);
}

static bool is_any(struct str s, const char *const *words)
{
    for (; *words; words++) {
        if (str_is(s, *words)) {
            return true;
        }
    }
    return false;
}

static bool is_null(struct str s)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
    return is_any(s, nulls);
}

static bool is_bool(struct str *text)
{
    static const char *const yes[] = {"true", "True", "TRUE", "yes", "Yes",
                                      "YES",  "on",   "On",   "ON",  NULL};
    static const char *const no[] = {"false", "False", "FALSE", "no",  "No",
                                     "NO",    "off",   "Off",   "OFF", NULL};
    if (is_any(*text, yes)) {
        *text = STR("true");
        return true;
    }
    if (is_any(*text, no)) {
        *text = STR("false");
        return true;
    }
    return false;
}

bool scalar_as(struct arena *a, enum doc_type type, struct str *text)
{
    switch (type) {
    case DOC_STRING:
        return true;
    case DOC_INT:
        return is_int(a, text);
    case DOC_FLOAT:
        return is_float(*text) || is_int(a, text);
    case DOC_BOOL:
        return is_bool(text);
    case DOC_NULL:
        return is_null(*text);
    }
    BUG("no such type: %d", (int)type);
}

enum doc_type scalar_plain(struct arena *a, struct str *text)
{
    if (text->n == 0) {
        return DOC_NULL;
    }
    char c = text->p[0];
    if (is_digit(c) || c == '-' || c == '+' || c == '.') {
        return is_int(a, text) ? DOC_INT : is_float(*text) ? DOC_FLOAT : DOC_STRING;
    }
    if (text->n > 5) {
        return DOC_STRING; /* the longest word is "false" */
    }
    switch (c) {
    case '~':
    case 'n':
    case 'N':
        if (is_null(*text)) {
            return DOC_NULL;
        }
        break;
    case 'y':
    case 'Y':
    case 't':
    case 'T':
    case 'f':
    case 'F':
    case 'o':
    case 'O':
        break;
    default:
        return DOC_STRING;
    }
    return is_bool(text) ? DOC_BOOL : DOC_STRING;
}
