/*
 * Line starts are found once per source with memchr. Columns are counted from
 * marks, one in every MARK_EVERY bytes, that say how many characters lie before
 * them: a template may be a single line of a megabyte, and asking for a thousand
 * places in it must not read it a thousand times.
 *
 *     bytes   |........|........|........|....
 *     marks   0        1        2        3         each at the start of a character
 */
#include "text/source.h"

#include "base/utf8.h"

struct source_mark {
    uint32_t at;     /* first start of a character at or behind MARK_EVERY * index */
    uint32_t points; /* code points before it */
    uint32_t units;  /* UTF-16 units before it */
};

#ifdef CFNREACH_TEST
enum { MARK_EVERY = 8 };
#else
enum { MARK_EVERY = 1024 };
#endif

enum { LF_BLOCK = 64 };

void source_set_init(struct source_set *set, struct arena *a)
{
    *set = (struct source_set){.arena = a};
}

struct source *source_add(struct source_set *set, struct str path, struct str bytes)
{
    if (bytes.n >= UINT32_MAX || set->all.n >= SPAN_NO_SOURCE) {
        BUG("source of %zu bytes as number %zu", bytes.n, set->all.n);
    }
    struct source *src = ARENA_NEW(set->arena, struct source);
    src->id = (uint32_t)set->all.n;
    src->path = str_copy(set->arena, path);
    src->bytes = bytes;
    src->arena = set->arena;
    *VEC_ADD(set->arena, &set->all) = src;
    return src;
}

void source_take(struct source_set *set, struct source *src)
{
    if (src->id != set->all.n) {
        BUG("source %u taken as number %zu", src->id, set->all.n);
    }
    src->arena = set->arena;
    *VEC_ADD(set->arena, &set->all) = src;
}

struct source *source_of(const struct source_set *set, struct span s)
{
    if (span_is_none(s)) {
        return NULL;
    }
    if (s.source >= set->all.n) {
        BUG("span of source %u, there are %zu", s.source, set->all.n);
    }
    return set->all.at[s.source];
}

struct str source_text(const struct source_set *set, struct span s)
{
    const struct source *src = source_of(set, s);
    return src ? str_sub(src->bytes, s.begin, s.end) : (struct str){0};
}

/* The next LF and the next CR, each looked for only when the last one was passed. */
struct breaks {
    struct str bytes;
    size_t lf;
    size_t cr;
};

/* Steps to the next line break at or behind `from`; false if there is none.
 * *end is one past the break. */
static bool next_break(struct breaks *b, size_t from, size_t *end)
{
    if (b->lf < from) {
        b->lf = str_find_byte(b->bytes, '\n', from);
    }
    if (b->cr < from) {
        b->cr = str_find_byte(b->bytes, '\r', from);
    }
    size_t at = b->lf < b->cr ? b->lf : b->cr;
    if (at == STR_NPOS) {
        return false;
    }
    *end = at + (b->cr < STR_NPOS && b->lf == b->cr + 1 && at == b->cr ? 2 : 1);
    return true;
}

static struct breaks breaks_of(struct str bytes)
{
    return (struct breaks){bytes, str_find_byte(bytes, '\n', 0), str_find_byte(bytes, '\r', 0)};
}

/* How many line breaks: the LF in blocks whose size compilers know, so that they make vectors of
 * them, then the CR without a LF. */
static uint32_t count_breaks(struct str s)
{
    uint32_t count = 0;
    size_t at = 0;
    for (; s.n - at >= LF_BLOCK; at += LF_BLOCK) {
        uint8_t in_block = 0;
        for (size_t i = 0; i < LF_BLOCK; i++) {
            in_block = (uint8_t)(in_block + (s.p[at + i] == '\n'));
        }
        count += in_block;
    }
    for (; at < s.n; at++) {
        count += s.p[at] == '\n';
    }
    size_t cr = str_find_byte(s, '\r', 0);
    for (; cr < STR_NPOS; cr = str_find_byte(s, '\r', cr + 1)) {
        count += cr + 1 == s.n || s.p[cr + 1] != '\n';
    }
    return count;
}

static void find_lines(struct source *src)
{
    uint32_t count = count_breaks(src->bytes) + 1;
    src->lines = ARENA_ARRAY(src->arena, count, uint32_t);
    struct breaks b = breaks_of(src->bytes);
    size_t at = 0;
    for (uint32_t i = 1; i < count && next_break(&b, at, &at); i++) {
        src->lines[i] = (uint32_t)at;
    }
    src->line_count = count;
}

static void set_marks(struct source *src)
{
    size_t count = src->bytes.n / MARK_EVERY + 1;
    src->marks = ARENA_ARRAY(src->arena, count, struct source_mark);
    for (size_t i = 1; i < count; i++) {
        const struct source_mark *last = &src->marks[i - 1];
        size_t at = utf8_start(src->bytes, i * MARK_EVERY);
        struct utf8_count c = utf8_count(str_sub(src->bytes, last->at, at));
        src->marks[i] = (struct source_mark){(uint32_t)at, last->points + (uint32_t)c.points,
                                             last->units + (uint32_t)c.units};
    }
}

static void build_index(struct source *src)
{
    if (src->line_count == 0) {
        find_lines(src);
        if (!src->is_ascii) {
            set_marks(src);
        }
    }
}

/* Characters before byte `at`, which is the start of one or the end. */
static struct utf8_count characters_before(const struct source *src, size_t at)
{
    if (!src->marks) { /* ASCII */
        return (struct utf8_count){at, at};
    }
    const struct source_mark *mark = &src->marks[at / MARK_EVERY];
    struct utf8_count c = utf8_count(str_sub(src->bytes, mark->at, at));
    return (struct utf8_count){mark->points + c.points, mark->units + c.units};
}

/* The index of the line that holds byte `offset`. */
static uint32_t line_of(const struct source *src, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = src->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (src->lines[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The text of a line by its index: no line break, no BOM. */
static struct str line_text(const struct source *src, uint32_t index)
{
    size_t begin = src->lines[index];
    size_t end = src->bytes.n;
    if (index + 1 < src->line_count) {
        end = src->lines[index + 1] - 1;
        if (end > begin && src->bytes.p[end] == '\n' && src->bytes.p[end - 1] == '\r') {
            end--;
        }
    }
    if (index == 0 && str_starts(src->bytes, UTF8_BOM)) {
        begin = UTF8_BOM.n;
    }
    return str_sub(src->bytes, begin, end);
}

struct position source_position(struct source *src, uint32_t offset)
{
    build_index(src);
    uint32_t line = line_of(src, offset);
    struct str text = line_text(src, line);
    size_t begin = source_line_start(src, line + 1);
    size_t at = utf8_start(src->bytes, offset);
    if (at < begin) {
        at = begin;
    } else if (at > begin + text.n) {
        at = begin + text.n;
    }
    struct utf8_count from = characters_before(src, begin);
    struct utf8_count to = characters_before(src, at);
    return (struct position){line + 1, (uint32_t)(to.points - from.points) + 1,
                             (uint32_t)(to.units - from.units) + 1};
}

struct str source_line(struct source *src, uint32_t line)
{
    build_index(src);
    if (line == 0 || line > src->line_count) {
        return (struct str){0};
    }
    return line_text(src, line - 1);
}

uint32_t source_line_start(struct source *src, uint32_t line)
{
    build_index(src);
    if (line == 0 || line > src->line_count) {
        return (uint32_t)src->bytes.n;
    }
    if (line == 1 && str_starts(src->bytes, UTF8_BOM)) {
        return (uint32_t)UTF8_BOM.n;
    }
    return src->lines[line - 1];
}

const uint32_t *source_lines(struct source *src, uint32_t *n)
{
    build_index(src);
    *n = src->line_count;
    return src->lines;
}

uint32_t source_line_total(struct source *src)
{
    build_index(src);
    bool last_is_empty = src->lines[src->line_count - 1] == src->bytes.n;
    return src->line_count - (last_is_empty ? 1 : 0);
}
