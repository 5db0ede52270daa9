/*
 * Most bytes of a template in JSON are blanks of indentation or stand inside texts; both are
 * stepped over eight at a time.
 */
#include "doc/json_scan.h"

#include "base/limits.h"

#define EACH_BYTE(b) (UINT64_C(0x0101010101010101) * (b))

/* The eight bytes at `at`, which the source must have. */
static uint64_t eight(const struct read_job *job, uint32_t at)
{
    uint64_t word;
    memcpy(&word, job->bytes.p + at, sizeof word);
    return word;
}

/* Is one of the bytes 0? (The sign bit of a byte minus 1, where it was not set before: the first
 * borrow can only come from a zero.) */
static bool has_zero(uint64_t word)
{
    return ((word - EACH_BYTE(0x01)) & ~word & EACH_BYTE(0x80)) != 0;
}

/* Is one of the bytes a quote, a backslash, or below a blank? */
static bool ends_run(uint64_t word)
{
    return has_zero(word ^ EACH_BYTE('"')) || has_zero(word ^ EACH_BYTE('\\')) ||
           has_zero(word & EACH_BYTE(0xE0));
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* May this byte stand behind a number or a word? 0 also stands for the end. */
static bool is_delimiter(unsigned char c)
{
    return c == 0 || strchr(" \t\r\n,:[]{}\"", c);
}

uint32_t json_scan_blanks(const struct read_job *job, uint32_t at)
{
    const char *p = job->bytes.p;
    uint32_t n = (uint32_t)job->bytes.n;
    while (at < n && (p[at] == ' ' || p[at] == '\n' || p[at] == '\r' || p[at] == '\t')) {
        at++;
        while (n - at >= sizeof(uint64_t) && eight(job, at) == EACH_BYTE(' ')) {
            at += (uint32_t)sizeof(uint64_t);
        }
    }
    return at;
}

/* ---- texts -------------------------------------------------------------------------------- */

static bool bad_escape(struct read_job *job, uint32_t at, uint32_t n, const char *message)
{
    return read_fail(job, DIAG_SYNTAX, at, at + n, str_from(message));
}

/* Four hexadecimal digits at `at`; UINT32_MAX if they are not. */
static uint32_t hex4(const struct read_job *job, uint32_t at)
{
    uint32_t v = 0;
    for (uint32_t i = at; i < at + 4; i++) {
        unsigned char b = read_byte(job, i);
        unsigned char low = (unsigned char)(b | 0x20);
        if (is_digit(b)) {
            v = v * 16 + (uint32_t)(b - '0');
        } else if (low >= 'a' && low <= 'f') {
            v = v * 16 + (uint32_t)(low - 'a') + 10;
        } else {
            return UINT32_MAX;
        }
    }
    return v;
}

static bool unicode_escape(struct read_job *job, uint32_t *at)
{
    uint32_t begin = *at;
    uint32_t v = hex4(job, begin + 2);
    if (v == UINT32_MAX) {
        return bad_escape(job, begin, 2, "Expected four hexadecimal digits after '\\u'.");
    }
    if (v == 0) {
        return bad_escape(job, begin, 6,
                          "The text contains '\\u0000', which CloudFormation refuses.");
    }
    *at += 6;
    if (v < 0xD800 || v > 0xDFFF) {
        return true;
    }
    uint32_t low = 0;
    if (v < 0xDC00 && read_byte(job, *at) == '\\' && read_byte(job, *at + 1) == 'u') {
        low = hex4(job, *at + 2);
    }
    if (low < 0xDC00 || low > 0xDFFF) {
        return bad_escape(job, begin, 6, "The escape sequence is one half of a surrogate pair.");
    }
    *at += 6;
    return true;
}

static bool escape(struct read_job *job, uint32_t *at)
{
    unsigned char b = read_byte(job, *at + 1);
    if (b == 'u') {
        return unicode_escape(job, at);
    }
    if (b == 0 || !strchr("\"\\/bfnrt", b)) {
        return bad_escape(job, *at, 2,
                          "Unknown escape sequence; write '\\\\' for a backslash in a JSON text.");
    }
    *at += 2;
    return true;
}

/* Neither a quote nor an escape stands at `at`, inside the text that begins at `begin`. */
static bool bad_text(struct read_job *job, uint32_t begin, uint32_t at)
{
    unsigned char b = read_byte(job, at);
    if (at == job->bytes.n || b == '\n' || b == '\r') {
        read_fail(job, DIAG_SYNTAX, begin, at,
                  STR("The text that begins here has no closing quote on its line."));
        job->fault.reached = at;
        return false;
    }
    return read_fail(job, DIAG_SYNTAX, at, at + 1,
                     str_format(job->scratch,
                                "Found %s inside a JSON text; it must be written as an escape "
                                "sequence.",
                                read_found(job, at)));
}

bool json_scan_text(struct read_job *job, uint32_t *at, bool *escapes)
{
    uint32_t begin = *at;
    const char *p = job->bytes.p;
    uint32_t n = (uint32_t)job->bytes.n;
    *escapes = false;
    uint32_t i = begin + 1;
    for (;;) {
        while (n - i >= sizeof(uint64_t) && !ends_run(eight(job, i))) {
            i += (uint32_t)sizeof(uint64_t);
        }
        while (i < n && p[i] != '"' && p[i] != '\\' && (unsigned char)p[i] >= 0x20) {
            i++;
        }
        unsigned char b = read_byte(job, i);
        if (b == '"') {
            *at = i + 1;
            return true;
        }
        if (b != '\\') {
            return bad_text(job, begin, i);
        }
        *escapes = true;
        if (!escape(job, &i)) {
            return false;
        }
    }
}

/* ---- numbers and words -------------------------------------------------------------------- */

static uint32_t digits(const struct read_job *job, uint32_t at)
{
    while (is_digit(read_byte(job, at))) {
        at++;
    }
    return at;
}

static bool bad_number(struct read_job *job, uint32_t begin, uint32_t at, const char *message)
{
    while (!is_delimiter(read_byte(job, at))) {
        at++;
    }
    return read_fail(job, DIAG_SYNTAX, begin, at, str_from(message));
}

/* -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)? */
bool json_scan_number(struct read_job *job, uint32_t *at, enum doc_type *type)
{
    uint32_t begin = *at;
    uint32_t first = begin + (read_byte(job, begin) == '-');
    uint32_t i = digits(job, first);
    *type = DOC_INT;
    if (i == first) {
        return bad_number(job, begin, i, "Expected a digit after '-'.");
    }
    if (i - first > 1 && read_byte(job, first) == '0') {
        return bad_number(job, begin, i, "A JSON number cannot begin with 0; put it in quotes.");
    }
    if (read_byte(job, i) == '.') {
        *type = DOC_FLOAT;
        if (!is_digit(read_byte(job, ++i))) {
            return bad_number(job, begin, i, "Expected a digit after the '.' of the number.");
        }
        i = digits(job, i);
    }
    if ((read_byte(job, i) | 0x20) == 'e') {
        *type = DOC_FLOAT;
        i++;
        i += read_byte(job, i) == '-' || read_byte(job, i) == '+';
        if (!is_digit(read_byte(job, i))) {
            return bad_number(job, begin, i, "Expected a digit in the exponent of the number.");
        }
        i = digits(job, i);
    }
    if (!is_delimiter(read_byte(job, i))) {
        return bad_number(job, begin, i, "This is not a number; a text must be in double quotes.");
    }
    if (i - begin > LIMIT_NUMBER_BYTES) {
        return read_fail(job, DIAG_LIMIT, begin, i,
                         str_format(job->scratch,
                                    "The number has more than %d characters, the limit.",
                                    (int)LIMIT_NUMBER_BYTES));
    }
    *at = i;
    return true;
}

bool json_scan_word(const struct read_job *job, uint32_t *at, enum doc_type *type)
{
    static const struct {
        struct str text;
        enum doc_type type;
    } words[] = {
        {STR_INIT("true"), DOC_BOOL}, {STR_INIT("false"), DOC_BOOL}, {STR_INIT("null"), DOC_NULL}};
    struct str rest = str_sub(job->bytes, *at, job->bytes.n);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        uint32_t behind = *at + (uint32_t)words[i].text.n;
        if (str_starts(rest, words[i].text) && is_delimiter(read_byte(job, behind))) {
            *at = behind;
            *type = words[i].type;
            return true;
        }
    }
    return false;
}
