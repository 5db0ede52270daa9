/*
 * Edits are bytes, a diff is lines. Edits that touch the same or neighbouring
 * lines become one region of whole lines; lines that are equal at both ends of it
 * are taken off; regions with at most two contexts between them share a hunk:
 *
 *     edits      ..x.......x..............x....
 *     regions    [====]  [====]         [====]
 *     hunks    [ctx           ctx]    [ctx    ctx]
 *
 * A line ends at LF and nowhere else, whatever source.h says: that is how git
 * and patch count. The CR of a CRLF is the last byte of its line.
 */
#include "text/udiff.h"

enum { CONTEXT = 3 };

struct region {
    size_t begin, end; /* whole old lines, as bytes */
    struct str fresh;  /* what replaces them */
    size_t first;      /* 0-based number of the first old line */
    size_t old_lines;
    size_t new_lines;
};

struct regions {
    struct arena arena;
    VEC(struct region) all;
};

static size_t line_begin(struct str s, size_t at)
{
    while (at > 0 && s.p[at - 1] != '\n') {
        at--;
    }
    return at;
}

/* One past the LF of the line that holds byte `at`; the end if there is none. */
static size_t line_end(struct str s, size_t at)
{
    size_t lf = str_find_byte(s, '\n', at);
    return lf == STR_NPOS ? s.n : lf + 1;
}

static size_t count_lines(struct str s)
{
    size_t n = 0;
    for (size_t at = 0; at < s.n; at = line_end(s, at)) {
        n++;
    }
    return n;
}

/* Whether `at` lies on the line that begins at `line`, or before it. */
static bool on_line(struct str s, size_t line, size_t at)
{
    return at <= str_find_byte(s, '\n', line); /* STR_NPOS is the largest number */
}

/* What stands in [begin, end) of the region after its edits. */
static struct str region_text(struct arena *a, struct str s, struct region r,
                              const struct edit *edits, size_t n)
{
    struct buf b;
    buf_init(&b);
    size_t done = r.begin;
    for (size_t i = 0; i < n; i++) {
        buf_add(&b, str_sub(s, done, edits[i].at.begin));
        buf_add(&b, edits[i].text);
        done = edits[i].at.end;
    }
    buf_add(&b, str_sub(s, done, r.end));
    struct str text = str_copy(a, buf_str(&b));
    buf_release(&b);
    return text;
}

/* Takes the edits of one region from edits[]; returns how many. The line behind
 * each edit belongs to it, so the new text ends its line unless the file ends. */
static size_t take_region(struct arena *a, struct str s, const struct edit *edits, size_t n,
                          struct region *r)
{
    size_t taken = 0;
    *r = (struct region){.begin = line_begin(s, edits[0].at.begin)};
    do {
        r->end = line_end(s, edits[taken++].at.end);
    } while (taken < n && on_line(s, r->end, edits[taken].at.begin));
    r->fresh = region_text(a, s, *r, edits, taken);
    return taken;
}

/* Takes off the lines that are equal at both ends of old and new. */
static void trim_region(struct str s, struct region *r)
{
    struct str old = str_sub(s, r->begin, r->end);
    struct str fresh = r->fresh;
    while (old.n && fresh.n) {
        size_t n = line_end(old, 0);
        if (!str_eq(str_sub(old, 0, n), str_sub(fresh, 0, line_end(fresh, 0)))) {
            break;
        }
        old = str_sub(old, n, old.n);
        fresh = str_sub(fresh, n, fresh.n);
        r->begin += n;
    }
    while (old.n && fresh.n) {
        struct str a = str_sub(old, line_begin(old, old.n - 1), old.n);
        struct str b = str_sub(fresh, line_begin(fresh, fresh.n - 1), fresh.n);
        if (!str_eq(a, b)) {
            break;
        }
        old.n -= a.n;
        fresh.n -= b.n;
    }
    r->end = r->begin + old.n;
    r->fresh = fresh;
    r->old_lines = count_lines(old);
    r->new_lines = count_lines(fresh);
}

static void find_regions(struct str s, const struct edit *edits, size_t n, struct regions *out)
{
    size_t counted = 0; /* bytes whose lines are in `line` */
    size_t line = 0;
    for (size_t i = 0; i < n;) {
        struct region r;
        i += take_region(&out->arena, s, edits + i, n - i, &r);
        trim_region(s, &r);
        if (r.begin == r.end && r.fresh.n == 0) {
            continue;
        }
        line += count_lines(str_sub(s, counted, r.begin));
        counted = r.begin;
        r.first = line;
        *VEC_ADD(&out->arena, &out->all) = r;
    }
}

/* Each line of `lines` behind `mark`; the last line of a file may lack its LF. */
static void put_lines(struct buf *out, char mark, struct str lines)
{
    size_t at = 0;
    while (at < lines.n) {
        size_t end = line_end(lines, at);
        buf_addc(out, mark);
        buf_add(out, str_sub(lines, at, end));
        at = end;
    }
    if (lines.n && lines.p[lines.n - 1] != '\n') {
        buf_adds(out, "\n\\ No newline at end of file\n");
    }
}

/* The first byte of the line `lines` before the line start `at`. */
static size_t back_lines(struct str s, size_t at, size_t lines)
{
    for (; lines > 0 && at > 0; lines--) {
        at = line_begin(s, at - 1);
    }
    return at;
}

static size_t forward_lines(struct str s, size_t at, size_t lines)
{
    for (; lines > 0 && at < s.n; lines--) {
        at = line_end(s, at);
    }
    return at;
}

/* "12,7": 1-based first line and how many; an empty range names the line before. */
static void put_range(struct buf *out, size_t first, size_t lines)
{
    buf_addf(out, "%zu", lines ? first + 1 : first);
    if (lines != 1) {
        buf_addf(out, ",%zu", lines);
    }
}

/* One hunk of regions; `shift` is how many lines the ones before it have added
 * (modulo 2^n: it may stand for a negative number). */
static void put_hunk(struct buf *out, struct str s, const struct region *r, size_t n, size_t shift)
{
    size_t begin = back_lines(s, r[0].begin, CONTEXT);
    size_t end = forward_lines(s, r[n - 1].end, CONTEXT);
    size_t first = r[0].first - count_lines(str_sub(s, begin, r[0].begin));
    size_t old_lines = count_lines(str_sub(s, begin, end));
    size_t new_lines = old_lines;
    for (size_t i = 0; i < n; i++) {
        new_lines += r[i].new_lines - r[i].old_lines;
    }
    buf_adds(out, "@@ -");
    put_range(out, first, old_lines);
    buf_adds(out, " +");
    put_range(out, first + shift, new_lines);
    buf_adds(out, " @@\n");
    size_t at = begin;
    for (size_t i = 0; i < n; i++) {
        put_lines(out, ' ', str_sub(s, at, r[i].begin));
        put_lines(out, '-', str_sub(s, r[i].begin, r[i].end));
        put_lines(out, '+', r[i].fresh);
        at = r[i].end;
    }
    put_lines(out, ' ', str_sub(s, at, end));
}

/* A path as git writes it: below a/ or b/, quoted if it would break the line, and
 * with a tab behind it if a blank could be taken for its end. */
static void put_path(struct buf *out, const char *mark, const char *folder, struct str path)
{
    while (str_starts(path, STR("./")) || str_starts(path, STR("/"))) {
        path = str_sub(path, path.p[0] == '/' ? 1 : 2, path.n);
    }
    bool quote = false;
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        quote = quote || c < 0x20 || c == 0x7F || c == '"' || c == '\\';
    }
    buf_addf(out, "%s %s%s", mark, quote ? "\"" : "", folder);
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        if (c < 0x20 || c == 0x7F) {
            buf_addf(out, "\\%03o", (unsigned)c);
        } else {
            buf_adds(out, quote && (c == '"' || c == '\\') ? "\\" : "");
            buf_addc(out, path.p[i]);
        }
    }
    bool blank = !quote && str_find_byte(path, ' ', 0) != STR_NPOS;
    buf_adds(out, quote ? "\"\n" : blank ? "\t\n" : "\n");
}

void udiff_write(struct source *src, const struct edit *edits, size_t n, struct buf *out)
{
    struct regions found = {0};
    find_regions(src->bytes, edits, n, &found);
    size_t count = found.all.n;
    const struct region *r = found.all.at;
    if (count > 0) {
        put_path(out, "---", "a/", src->path);
        put_path(out, "+++", "b/", src->path);
    }
    size_t shift = 0;
    for (size_t i = 0; i < count;) {
        size_t hunk_shift = shift;
        size_t last = i;
        shift += r[i].new_lines - r[i].old_lines;
        while (last + 1 < count &&
               r[last + 1].first - (r[last].first + r[last].old_lines) <= 2 * (size_t)CONTEXT) {
            last++;
            shift += r[last].new_lines - r[last].old_lines;
        }
        put_hunk(out, src->bytes, r + i, last - i + 1, hunk_shift);
        i = last + 1;
    }
    arena_release(&found.arena);
}
