#include "report/excerpt.h"

#include "base/utf8.h"

enum { WIDEST = 100, BEFORE = 40, NUMBER = 6 };

/* Code points of a slice as terminal columns: one each, which is right for all but wide and
 * combining characters. */
static size_t columns(struct str s)
{
    return utf8_count(s).points;
}

/* The byte offset of the n-th code point of a line, or its end. */
static size_t offset_of(struct str line, size_t n)
{
    size_t at = 0;
    while (n > 0 && at < line.n) {
        at += utf8_next(line, at).n;
        n--;
    }
    return at;
}

void excerpt_write(struct source_set *sources, struct span s, const char *mark, const char *unmark,
                   struct buf *out)
{
    struct source *src = span_is_none(s) ? NULL : source_of(sources, s);
    if (!src) {
        return;
    }
    struct position begin = source_position(src, s.begin);
    uint32_t start = source_line_start(src, begin.line);
    struct str line = source_line(src, begin.line);
    size_t from = s.begin > start ? s.begin - start : 0;
    size_t to = s.end > start && s.end - start <= line.n ? s.end - start : line.n;
    from = from < line.n ? from : line.n;
    to = to < from ? from : to;
    size_t before = columns(str_sub(line, 0, from));
    size_t marked = columns(str_sub(line, from, to));
    struct str shown = line;
    const char *lead = "";
    if (columns(line) > WIDEST && before > BEFORE) {
        shown = str_sub(shown, offset_of(line, before - BEFORE), shown.n);
        before = BEFORE + 1;
        lead = "…";
    }
    if (columns(shown) > WIDEST) {
        shown = str_sub(shown, 0, offset_of(shown, WIDEST));
    }
    size_t room = columns(shown) + (*lead ? 1 : 0);
    if (before + marked > room) {
        marked = room > before ? room - before : 1;
    }
    char digits[STR_DIGITS];
    struct str number = str_digits(digits, begin.line);
    buf_pad(out, ' ', number.n < NUMBER ? NUMBER - number.n : 0);
    buf_add(out, number);
    buf_adds(out, " | ");
    buf_adds(out, lead);
    utf8_sanitise(out, shown);
    buf_adds(out, "\n       | ");
    buf_pad(out, ' ', before);
    buf_adds(out, mark);
    buf_pad(out, '^', marked ? marked : 1);
    buf_adds(out, unmark);
    buf_addc(out, '\n');
}
