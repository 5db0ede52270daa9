/*
 * One pass over the bytes with a stack of open brackets. What is expected next
 * depends on the innermost bracket and on what stood before, so the messages can
 * name it.
 */
#include "doc/json_check.h"

#include "base/limits.h"

/* cJSON copies a number into 64 bytes. */
enum { NUMBER_BYTES = 63 };

struct checker {
    struct read_job *job;
    uint32_t at;
    uint32_t tokens;
    uint32_t depth;
    uint32_t open[LIMIT_DEPTH]; /* where the open brackets are */
};

static unsigned char byte(const struct checker *c)
{
    return read_byte(c->job, c->at);
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static void skip_blanks(struct checker *c)
{
    const char *p = c->job->bytes.p;
    uint32_t n = (uint32_t)c->job->bytes.n;
    uint32_t at = c->at;
    while (at < n && (p[at] == ' ' || p[at] == '\n' || p[at] == '\r' || p[at] == '\t')) {
        at++;
    }
    c->at = at;
}

static bool in_map(const struct checker *c)
{
    return c->depth && read_byte(c->job, c->open[c->depth - 1]) == '{';
}

/* "Expected WHAT, but found ...", with the innermost bracket beside it. */
static bool expected(struct checker *c, const char *what)
{
    struct read_job *job = c->job;
    bool comment = byte(c) == '#' || (byte(c) == '/' && strchr("/*", read_byte(job, c->at + 1)) &&
                                      c->at + 1 < job->bytes.n);
    read_fail(job, DIAG_SYNTAX, c->at, c->at + read_found_size(job, c->at),
              str_format(job->scratch, "Expected %s, but found %s.", what,
                         comment ? "a comment, which JSON does not have" : read_found(job, c->at)));
    if (c->depth) {
        uint32_t open = c->open[c->depth - 1];
        read_fail_beside(job, open, open + 1,
                         in_map(c) ? "The map begins here." : "The list begins here.");
    }
    return false;
}

/* ---- strings ------------------------------------------------------------------------------ */

static bool bad_escape(struct checker *c, uint32_t at, uint32_t n, const char *message)
{
    return read_fail(c->job, DIAG_SYNTAX, at, at + n, str_from(message));
}

/* Four hexadecimal digits at `at`; UINT32_MAX if they are not. */
static uint32_t hex4(const struct checker *c, uint32_t at)
{
    uint32_t v = 0;
    for (uint32_t i = at; i < at + 4; i++) {
        unsigned char b = read_byte(c->job, i);
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

static bool unicode_escape(struct checker *c)
{
    uint32_t begin = c->at;
    uint32_t v = hex4(c, begin + 2);
    if (v == UINT32_MAX) {
        return bad_escape(c, begin, 2, "Expected four hexadecimal digits after '\\u'.");
    }
    if (v == 0) {
        return bad_escape(c, begin, 6,
                          "The text contains '\\u0000', which CloudFormation refuses.");
    }
    c->at += 6;
    if (v < 0xD800 || v > 0xDFFF) {
        return true;
    }
    uint32_t low = 0;
    if (v < 0xDC00 && byte(c) == '\\' && read_byte(c->job, c->at + 1) == 'u') {
        low = hex4(c, c->at + 2);
    }
    if (low < 0xDC00 || low > 0xDFFF) {
        return bad_escape(c, begin, 6, "The escape sequence is one half of a surrogate pair.");
    }
    c->at += 6;
    return true;
}

static bool escape(struct checker *c)
{
    unsigned char b = read_byte(c->job, c->at + 1);
    if (b == 'u') {
        return unicode_escape(c);
    }
    if (b == 0 || !strchr("\"\\/bfnrt", b)) {
        return bad_escape(c, c->at, 2,
                          "Unknown escape sequence; write '\\\\' for a backslash in a JSON text.");
    }
    c->at += 2;
    return true;
}

static bool string(struct checker *c)
{
    uint32_t begin = c->at++;
    const char *p = c->job->bytes.p;
    uint32_t n = (uint32_t)c->job->bytes.n;
    for (;;) {
        while (c->at < n && p[c->at] != '"' && p[c->at] != '\\' &&
               (unsigned char)p[c->at] >= 0x20) {
            c->at++;
        }
        if (c->at < n && p[c->at] == '\\') {
            if (!escape(c)) {
                return false;
            }
            continue;
        }
        if (c->at < n && p[c->at] == '"') {
            c->at++;
            c->tokens++;
            return true;
        }
        if (c->at == n || p[c->at] == '\n' || p[c->at] == '\r') {
            read_fail(c->job, DIAG_SYNTAX, begin, c->at,
                      STR("The text that begins here has no closing quote on its line."));
            c->job->fault.reached = c->at;
            return false;
        }
        return read_fail(c->job, DIAG_SYNTAX, c->at, c->at + 1,
                         str_format(c->job->scratch,
                                    "Found %s inside a JSON text; it must be written as an escape "
                                    "sequence.",
                                    read_found(c->job, c->at)));
    }
}

/* ---- numbers and words -------------------------------------------------------------------- */

static void skip_digits(struct checker *c)
{
    while (is_digit(byte(c))) {
        c->at++;
    }
}

static bool bad_number(struct checker *c, uint32_t begin, const char *message)
{
    while (byte(c) && !strchr(" \t\r\n,:[]{}\"", byte(c))) {
        c->at++;
    }
    return read_fail(c->job, DIAG_SYNTAX, begin, c->at, str_from(message));
}

/* -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)? */
static bool number(struct checker *c)
{
    uint32_t begin = c->at;
    c->at += byte(c) == '-';
    uint32_t first = c->at;
    skip_digits(c);
    if (c->at == first) {
        return bad_number(c, begin, "Expected a digit after '-'.");
    }
    if (c->at - first > 1 && read_byte(c->job, first) == '0') {
        return bad_number(c, begin, "A JSON number cannot begin with 0; put it in quotes.");
    }
    if (byte(c) == '.') {
        c->at++;
        if (!is_digit(byte(c))) {
            return bad_number(c, begin, "Expected a digit after the '.' of the number.");
        }
        skip_digits(c);
    }
    if ((byte(c) | 0x20) == 'e') {
        c->at++;
        c->at += byte(c) == '-' || byte(c) == '+';
        if (!is_digit(byte(c))) {
            return bad_number(c, begin, "Expected a digit in the exponent of the number.");
        }
        skip_digits(c);
    }
    if (byte(c) && !strchr(" \t\r\n,:[]{}\"", byte(c))) {
        return bad_number(c, begin, "This is not a number; a text must be in double quotes.");
    }
    if (c->at - begin > NUMBER_BYTES) {
        return read_fail(c->job, DIAG_LIMIT, begin, c->at,
                         STR("The number has more than 63 characters, the limit."));
    }
    c->tokens++;
    return true;
}

static bool word(struct checker *c, const char *what)
{
    struct str rest = str_sub(c->job->bytes, c->at, c->job->bytes.n);
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        uint32_t n = (uint32_t)strlen(words[i]);
        unsigned char behind = read_byte(c->job, c->at + n);
        if (str_starts(rest, str_from(words[i])) &&
            (behind == 0 || strchr(" \t\r\n,:[]{}\"", behind))) {
            c->at += n;
            c->tokens++;
            return true;
        }
    }
    return expected(c, byte(c) == '\'' ? "a value in double quotes" : what);
}

/* ---- structure ---------------------------------------------------------------------------- */

static bool open_bracket(struct checker *c)
{
    if (c->depth == LIMIT_DEPTH) {
        return read_fail(c->job, DIAG_LIMIT, c->at, c->at + 1,
                         str_format(c->job->scratch,
                                    "Maps and lists are nested deeper than %d levels, the limit of "
                                    "the nesting depth.",
                                    (int)LIMIT_DEPTH));
    }
    c->open[c->depth++] = c->at++;
    c->tokens++;
    return true;
}

static bool key(struct checker *c, const char *what)
{
    if (byte(c) != '"') {
        return expected(c, what);
    }
    if (!string(c)) {
        return false;
    }
    skip_blanks(c);
    if (byte(c) != ':') {
        return expected(c, "':' after the key");
    }
    c->at++;
    skip_blanks(c);
    return true;
}

/* Behind a value: closes brackets, and steps over the comma to the next value.
 * *done: the outermost value is complete. */
static bool behind_value(struct checker *c, bool *done)
{
    for (;;) {
        if (c->depth == 0) {
            *done = true;
            return true;
        }
        skip_blanks(c);
        bool map = in_map(c);
        unsigned char b = byte(c);
        if (b == (map ? '}' : ']')) {
            c->at++;
            c->depth--;
            continue;
        }
        if (b != ',') {
            return expected(c, map ? "',' or '}' after the value" : "',' or ']' after the value");
        }
        c->at++;
        skip_blanks(c);
        if (map) {
            return key(c, "a key in double quotes after ','");
        }
        return byte(c) != ']' || expected(c, "a value after ','");
    }
}

/* A value, or the bracket that begins one. *inside: values follow in it. */
static bool value(struct checker *c, bool *inside)
{
    unsigned char b = byte(c);
    *inside = false;
    if (b == '"') {
        return string(c);
    }
    if (b == '-' || is_digit(b)) {
        return number(c);
    }
    if (b != '{' && b != '[') {
        return word(c, "a value");
    }
    if (!open_bracket(c)) {
        return false;
    }
    skip_blanks(c);
    if (byte(c) == (b == '{' ? '}' : ']')) {
        c->at++;
        c->depth--;
        return true;
    }
    *inside = true;
    return b == '[' || key(c, "a key in double quotes or '}'");
}

bool json_check(struct read_job *job, uint32_t *tokens, uint32_t *end)
{
    struct checker c = {.job = job, .at = job->begin};
    bool done = false;
    skip_blanks(&c);
    if (c.at == job->bytes.n) {
        return read_fail(job, DIAG_SYNTAX, job->begin, job->begin, READ_EMPTY);
    }
    while (!done) {
        bool inside = false;
        if (!value(&c, &inside) || (!inside && !behind_value(&c, &done))) {
            return false;
        }
    }
    *tokens = c.tokens;
    *end = c.at;
    skip_blanks(&c);
    if (c.at < job->bytes.n) {
        return expected(&c, "the end of the file behind the closing bracket");
    }
    return true;
}
