#include "report/markdown_text.h"

#include <string.h>

#include "base/utf8.h"

void markdown_text(struct buf *out, struct str text)
{
    struct buf clean;
    buf_init(&clean);
    utf8_sanitise(&clean, text);
    for (size_t i = 0; i < clean.n; i++) {
        char c = clean.p[i];
        if (c == '<') {
            buf_adds(out, "&lt;");
        } else if (c == '&') {
            buf_adds(out, "&amp;");
        } else if (c == '@') { /* a mention would notify somebody */
            buf_adds(out, "&#64;");
        } else {
            if (strchr("\\`*_[]|~#", c)) {
                buf_addc(out, '\\');
            }
            buf_addc(out, c);
        }
    }
    buf_release(&clean);
}

static size_t longest_run(struct str text, char c)
{
    size_t best = 0;
    size_t run = 0;
    for (size_t i = 0; i < text.n; i++) {
        run = text.p[i] == c ? run + 1 : 0;
        best = run > best ? run : best;
    }
    return best;
}

void markdown_code(struct buf *out, struct str text)
{
    if (text.n == 0) {
        return;
    }
    size_t ticks = longest_run(text, '`') + 1;
    buf_pad(out, '`', ticks);
    buf_adds(out, ticks > 1 ? " " : "");
    struct buf clean;
    buf_init(&clean);
    utf8_sanitise(&clean, text);
    for (size_t i = 0; i < clean.n; i++) {
        buf_adds(out, clean.p[i] == '|' ? "\\" : ""); /* tables are split before code is read */
        buf_addc(out, clean.p[i]);
    }
    buf_release(&clean);
    buf_adds(out, ticks > 1 ? " " : "");
    buf_pad(out, '`', ticks);
}

void markdown_label(struct buf *out, struct str text)
{
    struct buf clean;
    buf_init(&clean);
    utf8_sanitise(&clean, text);
    for (size_t i = 0; i < clean.n; i++) {
        char c = clean.p[i];
        if (strchr("\"#<>&;`", c)) { /* Mermaid: #NUMBER; stands for a character */
            buf_addf(out, "#%d;", c);
        } else {
            buf_addc(out, c);
        }
    }
    buf_release(&clean);
}

/* Line breaks stay: each line is made harmless by itself. */
void markdown_fenced(struct buf *out, const char *language, struct str lines)
{
    size_t fence = longest_run(lines, '`') + 1;
    fence = fence < 3 ? 3 : fence;
    buf_pad(out, '`', fence);
    buf_addf(out, "%s\n", language);
    for (size_t at = 0; at < lines.n;) {
        size_t end = str_find_byte(lines, '\n', at);
        struct str line = str_sub(lines, at, end);
        at = end == STR_NPOS ? lines.n : end + 1;
        utf8_sanitise(out, str_ends(line, STR("\r")) ? str_sub(line, 0, line.n - 1) : line);
        buf_addc(out, '\n');
    }
    buf_pad(out, '`', fence);
    buf_adds(out, "\n\n");
}
