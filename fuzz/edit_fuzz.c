/*
 * Edits: which lists are refused, what the rest make of the bytes, and that the unified diff
 * says the same, each against a slow model of its own. Two lists one after another are also the
 * one list that edits_sum makes of them.
 */
#include "fix/apply.h"
#include "fuzz/target.h"
#include "text/udiff.h"

enum { MOST_EDITS = 6, MOST_BYTES = 255 };

struct list {
    struct edit at[MOST_EDITS];
    size_t n;
};

/* Edits of a source of `size` bytes; a few lie outside. The texts are pieces of the input. */
static void list_read(struct list *l, struct input *in, size_t size)
{
    l->n = input_below(in, MOST_EDITS + 1);
    for (size_t i = 0; i < l->n; i++) {
        uint32_t begin = input_below(in, (uint32_t)size + 2);
        uint32_t end = begin + input_byte(in) % 8U;
        size_t n = input_byte(in) % 6U;
        n = n < in->left ? n : in->left;
        l->at[i] = (struct edit){{0, begin, end}, {(const char *)in->at, n}};
        in->at += n;
        in->left -= n;
    }
}

static bool collide(const struct edit *x, const struct edit *y)
{
    if (x->at.begin == x->at.end && y->at.begin == y->at.end) {
        return x->at.begin == y->at.begin;
    }
    return x->at.begin < y->at.end && y->at.begin < x->at.end;
}

static bool in_order(const struct list *l, size_t size)
{
    for (size_t i = 0; i < l->n; i++) {
        if (l->at[i].at.end > size) {
            return false;
        }
        for (size_t k = 0; k < i; k++) {
            if (collide(&l->at[i], &l->at[k])) {
                return false;
            }
        }
    }
    return true;
}

/* Byte by byte: insertions before the byte, then the byte or what replaces it. */
static void model(struct str bytes, const struct list *l, struct buf *out)
{
    for (uint32_t at = 0; at <= bytes.n; at++) {
        bool gone = false;
        for (size_t i = 0; i < l->n; i++) {
            const struct edit *e = &l->at[i];
            if (e->at.begin == at && e->at.end == at) {
                buf_add(out, e->text);
            }
        }
        for (size_t i = 0; i < l->n; i++) {
            const struct edit *e = &l->at[i];
            if (e->at.begin == at && e->at.end > at) {
                buf_add(out, e->text);
            }
            gone |= e->at.begin <= at && at < e->at.end;
        }
        if (!gone && at < bytes.n) {
            buf_addc(out, bytes.p[at]);
        }
    }
}

static struct str line_of(struct str s, size_t at)
{
    size_t lf = str_find_byte(s, '\n', at);
    return str_sub(s, at, lf == STR_NPOS ? s.n : lf + 1);
}

static size_t number(struct str line, size_t *at)
{
    size_t n = 0;
    while (*at < line.n && line.p[*at] >= '0' && line.p[*at] <= '9') {
        n = n * 10 + (size_t)(line.p[(*at)++] - '0');
    }
    return n;
}

/* "@@ -3,2 +3 @@": the first old line (0-based), and how many. */
static size_t hunk_begin(struct str line, size_t *lines)
{
    size_t at = 4;
    size_t first = number(line, &at);
    *lines = 1;
    if (at < line.n && line.p[at] == ',') {
        at++;
        *lines = number(line, &at);
    }
    return *lines > 0 ? first - 1 : first;
}

/* What `patch` does: the old lines of each hunk must stand where it says. */
static void patch(struct str old, struct str diff, struct buf *out)
{
    size_t done = 0; /* bytes of old */
    size_t line_no = 0;
    size_t left = 0; /* old lines of the hunk still to come */
    for (size_t at = 0; at < diff.n;) {
        struct str line = line_of(diff, at);
        at += line.n;
        if (at < diff.n && diff.p[at] == '\\') { /* "\ No newline": the LF is the diff's own */
            line.n--;
            at += line_of(diff, at).n;
        }
        char mark = line.p[0];
        struct str text = str_sub(line, 1, line.n);
        if (mark == '@') {
            REQUIRE(left == 0);
            for (size_t first = hunk_begin(line, &left); line_no < first; line_no++) {
                REQUIRE(done < old.n);
                buf_add(out, line_of(old, done));
                done += line_of(old, done).n;
            }
        } else if (str_starts(line, STR("--- a/")) && done == 0 && out->n == 0 && left == 0) {
            at += line_of(diff, at).n; /* the header's two lines */
        } else if (mark == '+') {
            buf_add(out, text);
        } else {
            REQUIRE(mark == ' ' || mark == '-');
            REQUIRE(str_eq(line_of(old, done), text));
            if (mark == ' ') {
                buf_add(out, text);
            }
            done += text.n;
            line_no++;
            left--;
        }
    }
    REQUIRE(left == 0);
    buf_add(out, str_sub(old, done, old.n));
}

static void diff_check(struct source *src, const struct list *l, struct str expected)
{
    struct buf diff;
    struct buf patched;
    buf_init(&diff);
    buf_init(&patched);
    udiff_write(src, l->at, l->n, &diff);
    patch(src->bytes, buf_str(&diff), &patched);
    REQUIRE(str_eq(buf_str(&patched), expected));
    buf_release(&diff);
    buf_release(&patched);
}

/* Edits on `middle`, which the first list has made of the source. */
static void sum_check(struct arena *a, struct source_set *sources, const struct source *src,
                      const struct list *first, struct str middle, struct input *in)
{
    struct source *then = source_add(sources, STR("middle"), middle);
    struct list second;
    list_read(&second, in, middle.n < MOST_BYTES - 1 ? middle.n : MOST_BYTES - 2);
    for (size_t i = 0; i < second.n; i++) {
        second.at[i].at.source = then->id;
    }
    if (!edits_order(then, second.at, second.n)) {
        return;
    }
    struct buf expected;
    struct buf got;
    buf_init(&expected);
    buf_init(&got);
    edits_apply(then, second.at, second.n, &expected);
    struct edit_sum sum = edits_sum(a, src, first->at, first->n, second.at, second.n);
    bool ordered = edits_order(src, sum.at.at, sum.at.n);
    REQUIRE(ordered);
    edits_apply(src, sum.at.at, sum.at.n, &got);
    REQUIRE(str_eq(buf_str(&expected), buf_str(&got)));
    buf_release(&expected);
    buf_release(&got);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input in = {data, size};
    size_t n = input_byte(&in);
    n = n < in.left ? n : in.left;
    n = n < MOST_BYTES - 1 ? n : MOST_BYTES - 2;
    struct arena a = {0};
    struct source_set sources;
    source_set_init(&sources, &a);
    struct source *src = source_add(&sources, STR("t.yaml"), input_text(in.at, n));
    in.at += n;
    in.left -= n;
    struct list l;
    list_read(&l, &in, n);
    bool fine = in_order(&l, n);
    bool ordered = edits_order(src, l.at, l.n);
    REQUIRE(ordered == fine);
    if (ordered) {
        struct buf expected;
        struct buf got;
        buf_init(&expected);
        buf_init(&got);
        model(src->bytes, &l, &expected);
        edits_apply(src, l.at, l.n, &got);
        REQUIRE(str_eq(buf_str(&expected), buf_str(&got)));
        diff_check(src, &l, buf_str(&got));
        sum_check(&a, &sources, src, &l, buf_str(&got), &in);
        buf_release(&expected);
        buf_release(&got);
    }
    arena_release(&a);
    return 0;
}
