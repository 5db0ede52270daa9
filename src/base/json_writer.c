#include "base/json_writer.h"

#include "base/utf8.h"

void json_begin(struct json_writer *w, struct buf *out, unsigned line_depth)
{
    *w = (struct json_writer){.out = out, .line_depth = line_depth};
}

static void before_value(struct json_writer *w)
{
    if (w->after_key) { /* the value stays on the key's line */
        w->after_key = false;
        return;
    }
    if (w->needs_comma) {
        buf_addc(w->out, ',');
    }
    if (w->depth > 0 && w->depth <= w->line_depth) {
        buf_addc(w->out, '\n');
    }
}

static void open(struct json_writer *w, char bracket)
{
    before_value(w);
    buf_addc(w->out, bracket);
    w->depth++;
    w->needs_comma = false;
}

static void close(struct json_writer *w, char bracket)
{
    if (w->depth == 0) {
        BUG("nothing is open to be closed by '%c'", bracket);
    }
    w->depth--;
    if (w->needs_comma && w->depth < w->line_depth) {
        buf_addc(w->out, '\n');
    }
    buf_addc(w->out, bracket);
    w->needs_comma = true;
}

void json_object_begin(struct json_writer *w)
{
    open(w, '{');
}

void json_object_end(struct json_writer *w)
{
    close(w, '}');
}

void json_array_begin(struct json_writer *w)
{
    open(w, '[');
}

void json_array_end(struct json_writer *w)
{
    close(w, ']');
}

/* The byte b in each byte of a word. */
#define EACH(b) ((uint64_t)(b)*UINT64_C(0x0101010101010101))

/* Eight bytes none of which is escaped or part of a longer character. A borrow out of a byte that
 * is escaped may also mark the one above it: there is one then. */
static bool eight_are_plain(uint64_t word)
{
    uint64_t quote = (word ^ EACH('"')) - EACH(1);
    uint64_t backslash = (word ^ EACH('\\')) - EACH(1);
    uint64_t control = word - EACH(0x20);
    return ((word | quote | backslash | control) & EACH(0x80)) == 0;
}

static bool is_plain(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 0x20 && u < 0x80 && c != '"' && c != '\\';
}

/* Copies what goes out as it is, from the start of the text; how many bytes that is. The last word
 * of a long text takes some bytes a second time. */
static size_t copy_plain(char *to, struct str text)
{
    enum { WORD = sizeof(uint64_t) };
    uint64_t word;
    size_t i = 0;
    while (text.n - i >= WORD) {
        memcpy(&word, text.p + i, WORD);
        if (!eight_are_plain(word)) {
            break;
        }
        memcpy(to + i, &word, WORD);
        i += WORD;
    }
    if (i > 0 && text.n - i < WORD) {
        memcpy(&word, text.p + text.n - WORD, WORD);
        if (eight_are_plain(word)) {
            memcpy(to + text.n - WORD, &word, WORD);
            return text.n;
        }
    }
    for (; i < text.n && is_plain(text.p[i]); i++) {
        to[i] = text.p[i];
    }
    return i;
}

static char letter_of(uint32_t point)
{
    switch (point) {
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    case '"':
    case '\\':
        return (char)point;
    default:
        return 0;
    }
}

/* RFC 8259, section 7: quotes, backslashes and control characters, with a letter where there is
 * one (cJSON writes the same, so a log keeps its bytes through sarif/merge.c). U+2028 and U+2029
 * are legal and stay; bad bytes become U+FFFD. */
static void escape(struct buf *out, uint32_t point)
{
    char letter = letter_of(point);
    if (letter) {
        buf_addc(out, '\\');
        buf_addc(out, letter);
    } else if (point < 0x20) {
        buf_addf(out, "\\u%04x", point);
    } else {
        utf8_add(out, point);
    }
}

void json_quote(struct str text, struct buf *out)
{
    buf_addc(out, '"');
    while (text.n > 0) {
        if (out->cap - out->n <= text.n) {
            buf_reserve(out, text.n);
        }
        size_t n = copy_plain(out->p + out->n, text);
        out->n += n;
        text = str_sub(text, n, text.n);
        if (text.n > 0) {
            struct utf8_point p = utf8_next(text, 0);
            escape(out, p.value);
            text = str_sub(text, p.n, text.n);
        }
    }
    buf_addc(out, '"');
}

void json_key_str(struct json_writer *w, struct str key)
{
    before_value(w);
    json_quote(key, w->out);
    buf_addc(w->out, ':');
    w->needs_comma = false;
    w->after_key = true;
}

void json_key(struct json_writer *w, const char *key)
{
    struct buf *out = w->out;
    size_t n = strlen(key);
    before_value(w);
    buf_reserve(out, n + 3);
    char *to = out->p + out->n;
    to[0] = '"';
    memcpy(to + 1, key, n + 1);
    memcpy(to + 1 + n, "\":", 3); /* both with the NUL */
    out->n += n + 3;
    w->needs_comma = false;
    w->after_key = true;
}

void json_str(struct json_writer *w, struct str value)
{
    before_value(w);
    json_quote(value, w->out);
    w->needs_comma = true;
}

void json_int(struct json_writer *w, uint64_t value)
{
    before_value(w);
    buf_add_number(w->out, value);
    w->needs_comma = true;
}

void json_boolean(struct json_writer *w, bool value)
{
    json_raw(w, value ? STR("true") : STR("false"));
}

void json_null(struct json_writer *w)
{
    json_raw(w, STR("null"));
}

void json_raw(struct json_writer *w, struct str value)
{
    before_value(w);
    buf_add(w->out, value);
    w->needs_comma = true;
}

void json_member(struct json_writer *w, const char *key, struct str value)
{
    json_key(w, key);
    json_str(w, value);
}

void json_member_c(struct json_writer *w, const char *key, const char *value)
{
    json_member(w, key, str_from(value));
}

void json_member_int(struct json_writer *w, const char *key, uint64_t value)
{
    json_key(w, key);
    json_int(w, value);
}

void json_member_bool(struct json_writer *w, const char *key, bool value)
{
    json_key(w, key);
    json_boolean(w, value);
}

void json_member_or_null(struct json_writer *w, const char *key, struct str value)
{
    json_key(w, key);
    if (value.n) {
        json_str(w, value);
    } else {
        json_null(w);
    }
}
