#include "report/json_writer.h"

#include <inttypes.h>

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

/* RFC 8259, section 7: quotes, backslashes and control characters. U+2028 and U+2029 are legal
 * and stay; bad bytes become U+FFFD. */
void json_quote(struct str text, struct buf *out)
{
    buf_addc(out, '"');
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        while (i < text.n && (unsigned char)text.p[i] >= 0x20 && (unsigned char)text.p[i] < 0x7f &&
               text.p[i] != '"' && text.p[i] != '\\') {
            i++;
        }
        buf_add(out, str_sub(text, from, i));
        if (i == text.n) {
            break;
        }
        struct utf8_point p = utf8_next(text, i);
        if (p.value == '"' || p.value == '\\') {
            buf_addf(out, "\\%c", (char)p.value);
        } else if (p.value == '\n') {
            buf_adds(out, "\\n");
        } else if (p.value == '\t') {
            buf_adds(out, "\\t");
        } else if (p.value < 0x20 || p.value == 0x7f) {
            buf_addf(out, "\\u%04x", p.value);
        } else {
            utf8_add(out, p.value);
        }
        i += p.n;
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
    json_key_str(w, str_from(key));
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
    buf_addf(w->out, "%" PRIu64, value);
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

void json_member_or_null(struct json_writer *w, const char *key, struct str value)
{
    json_key(w, key);
    if (value.n) {
        json_str(w, value);
    } else {
        json_null(w);
    }
}
