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
static bool eight_are_plain(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    uint64_t quote = (word ^ EACH('"')) - EACH(1);
    uint64_t backslash = (word ^ EACH('\\')) - EACH(1);
    uint64_t del = (word ^ EACH(0x7f)) - EACH(1);
    uint64_t control = word - EACH(0x20);
    return ((word | quote | backslash | del | control) & EACH(0x80)) == 0;
}

static bool is_plain(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 0x20 && u < 0x7f && c != '"' && c != '\\';
}

/* How many bytes from `at` on go out as they are. */
static size_t plain_run(struct str text, size_t at)
{
    size_t i = at;
    while (text.n - i >= sizeof(uint64_t) && eight_are_plain(text.p + i)) {
        i += sizeof(uint64_t);
    }
    while (i < text.n && is_plain(text.p[i])) {
        i++;
    }
    return i - at;
}

static char short_escape(uint32_t point)
{
    switch (point) {
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\r':
        return 'r';
    default:
        return 0;
    }
}

/* RFC 8259, section 7: quotes, backslashes and control characters. U+2028 and U+2029 are legal
 * and stay; bad bytes become U+FFFD. */
static void escape(struct buf *out, uint32_t point, bool short_escapes)
{
    char letter = point == '\n'                   ? 'n'
                  : point == '\t'                 ? 't'
                  : point == '"' || point == '\\' ? (char)point
                  : short_escapes                 ? short_escape(point)
                                                  : 0;
    if (letter) {
        buf_addc(out, '\\');
        buf_addc(out, letter);
    } else if (point < 0x20 || (point == 0x7f && !short_escapes)) {
        buf_addf(out, "\\u%04x", point);
    } else {
        utf8_add(out, point);
    }
}

static void quote(struct str text, struct buf *out, bool short_escapes)
{
    buf_addc(out, '"');
    for (size_t i = 0; i < text.n;) {
        size_t run = plain_run(text, i);
        buf_add(out, str_sub(text, i, i + run));
        i += run;
        struct utf8_point p = utf8_next(text, i);
        if (p.n > 0) {
            escape(out, p.value, short_escapes);
            i += p.n;
        }
    }
    buf_addc(out, '"');
}

void json_quote(struct str text, struct buf *out)
{
    quote(text, out, false);
}

void json_key_str(struct json_writer *w, struct str key)
{
    before_value(w);
    quote(key, w->out, w->short_escapes);
    buf_addc(w->out, ':');
    w->needs_comma = false;
    w->after_key = true;
}

void json_str(struct json_writer *w, struct str value)
{
    before_value(w);
    quote(value, w->out, w->short_escapes);
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
