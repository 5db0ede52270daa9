/*
 * The text given whole against the text given in pieces: every event with its marks and texts, and
 * the fault at the end, must be the same, byte for byte. The whole text lies right before a page
 * that nobody may read, so a scanner that looks behind the NUL ends the test.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "doc/yaml_whole.h"

#include <sys/mman.h>
#include <unistd.h>

#include "base/limits.h"
#include "tests/doc/each_file.h"
#include "tests/doc/reading.h"

/* Room for a text and its NUL, with the page behind it. */
struct edge {
    char *map;
    size_t size;  /* all of it */
    char *behind; /* the page */
};

static struct edge edge_of(size_t room)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    struct edge e = {.size = (room + page - 1) / page * page + page};
    e.map = mmap(NULL, e.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(e.map != MAP_FAILED);
    e.behind = e.map + e.size - page;
    assert_int_equal(mprotect(e.behind, page, PROT_NONE), 0);
    return e;
}

static struct str put(const struct edge *e, struct str text)
{
    char *p = e->behind - text.n - 1;
    if (text.n) {
        memcpy(p, text.p, text.n);
    }
    p[text.n] = 0;
    return (struct str){p, text.n};
}

/* Everything that an event says, as a line. */
static void add_mark(struct buf *b, yaml_mark_t m)
{
    buf_addf(b, " %zu/%zu/%zu", m.index, m.line, m.column);
}

static void add_text(struct buf *b, const yaml_char_t *text, size_t n)
{
    buf_addf(b, text ? " (%zu)" : " none", n);
    buf_add(b, (struct str){(const char *)text, text ? n : 0});
}

static void add_name(struct buf *b, const yaml_char_t *name)
{
    add_text(b, name, name ? strlen((const char *)name) : 0);
}

static void add_event(struct buf *b, const yaml_event_t *e)
{
    buf_addf(b, "%d", (int)e->type);
    add_mark(b, e->start_mark);
    add_mark(b, e->end_mark);
    if (e->type == YAML_STREAM_START_EVENT) {
        buf_addf(b, " %d", (int)e->data.stream_start.encoding);
    } else if (e->type == YAML_SCALAR_EVENT) {
        add_text(b, e->data.scalar.value, e->data.scalar.length);
        add_name(b, e->data.scalar.tag);
        add_name(b, e->data.scalar.anchor);
        buf_addf(b, " %d %d %d", (int)e->data.scalar.style, e->data.scalar.plain_implicit,
                 e->data.scalar.quoted_implicit);
    } else if (e->type == YAML_ALIAS_EVENT) {
        add_name(b, e->data.alias.anchor);
    } else if (e->type == YAML_MAPPING_START_EVENT) {
        add_name(b, e->data.mapping_start.tag);
        add_name(b, e->data.mapping_start.anchor);
        buf_addf(b, " %d", (int)e->data.mapping_start.style);
    } else if (e->type == YAML_SEQUENCE_START_EVENT) {
        add_name(b, e->data.sequence_start.tag);
        add_name(b, e->data.sequence_start.anchor);
        buf_addf(b, " %d", (int)e->data.sequence_start.style);
    } else if (e->type == YAML_DOCUMENT_START_EVENT) {
        buf_addf(b, " %d", e->data.document_start.implicit);
    }
    buf_addc(b, '\n');
}

static void add_fault(struct buf *b, const yaml_parser_t *p)
{
    bool reader = p->error == YAML_READER_ERROR;
    buf_addf(b, "fault %d %s %d", (int)p->error, p->problem ? p->problem : "-", p->flow_level);
    buf_addf(b, " %zu %d", reader ? p->problem_offset : 0, reader ? p->problem_value : 0);
    add_mark(b, p->problem_mark);
    if (p->context) {
        buf_addf(b, " %s", p->context);
        add_mark(b, p->context_mark);
    }
}

/* As the reader stops at a depth, so does this: libyaml is quadratic in it. */
static void run(yaml_parser_t *parser, struct buf *out)
{
    yaml_event_t event;
    int depth = 0;
    for (bool done = false; !done && depth <= LIMIT_DEPTH;) {
        if (!yaml_parser_parse(parser, &event)) {
            add_fault(out, parser);
            return;
        }
        done = event.type == YAML_STREAM_END_EVENT;
        depth += event.type == YAML_MAPPING_START_EVENT || event.type == YAML_SEQUENCE_START_EVENT;
        depth -= event.type == YAML_MAPPING_END_EVENT || event.type == YAML_SEQUENCE_END_EVENT;
        add_event(out, &event);
        yaml_event_delete(&event);
    }
}

static void in_pieces(struct str text, struct buf *out)
{
    yaml_parser_t parser;
    assert_true(yaml_parser_initialize(&parser));
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)str_bytes(text), text.n);
    run(&parser, out);
    yaml_parser_delete(&parser);
}

/* True if libyaml got it whole. */
static bool as_a_whole(struct str text, bool has_nul, struct buf *out)
{
    struct arena a = {0};
    struct source source = {.bytes = text, .has_nul = has_nul};
    struct read_job job = {
        .scratch = &a, .source = &source, .bytes = text, .survey = utf8_survey(text)};
    struct yaml_whole whole;
    yaml_parser_t parser;
    assert_true(yaml_parser_initialize(&parser));
    yaml_whole_begin(&whole, &parser, &job);
    bool is_whole = whole.own != NULL;
    run(&parser, out);
    yaml_whole_end(&whole, &parser);
    yaml_parser_delete(&parser);
    arena_release(&a);
    return is_whole;
}

/* Both ways, of a text that is UTF-8. */
static void compare(const struct edge *e, struct str text)
{
    struct utf8_survey survey = utf8_survey(text);
    if (survey.bad != STR_NPOS) {
        return;
    }
    struct buf pieces;
    struct buf whole;
    buf_init(&pieces);
    buf_init(&whole);
    in_pieces(text, &pieces);
    bool was_whole = as_a_whole(put(e, text), true, &whole);
    assert_int_equal(was_whole, survey.is_printable);
    bool same = str_eq(buf_str(&pieces), buf_str(&whole));
    if (!same) {
        print_error("of the text:\n%.*s\n-- pieces:\n%.*s\n-- whole:\n%.*s\n",
                    STR_ARG(str_sub(text, 0, 2000)), STR_ARG(buf_str(&pieces)),
                    STR_ARG(buf_str(&whole)));
    }
    assert_true(same);
    buf_release(&pieces);
    buf_release(&whole);
}

static const char *const texts[] = {
    "",
    "\n",
    "a",
    "a: 1\nb: [x, 'y', \"z\\n\\u00e9\"]\n",
    "--- !!map\n? a\n: - b\n  - &x c\n  - *x\n...\n",
    "%YAML 1.1\n%TAG !e! tag:e,2000:\n---\na: !e!x {b: c}\n",
    "a: |2-\n    x\n\n   y\nb: >+\n  folded\n  text\n\n\nc: x\n",
    "a: \"line\n  folded\\\n  x\\x41\\U0001F600\"\r\nb: 'it''s'\rc: d\r\n",
    "\xEF\xBB\xBF"
    "a: b\n",
    "a: \xC3\xA9\xC2\x85"
    "b: \xE2\x80\xA8 c\xE2\x80\xA9 d: \xF0\x9F\x98\x80\n",
    "a: b: c\n",
    "a:\n\tb: c\n",
    "a: [b, c\n",
    "{a: b, c: d",
    "a: 'x\n",
    "a: \"x\\",
    "a: \"\\x4\"\n",
    "a: !<tag:x%41> b\nc: !x%C3%A9 d\n",
    "a: &\nb: *\n",
    "- - - a\n- b\n -\n--",
    "..",
    "...",
    "---",
    "%",
    "a: b # c\n#",
    "a: \x01\n",
    "a: \x7F\nb: [\n",
    "a: \xEF\xBF\xBE\n",
    "a: \xC2\x80\n",
    "a: \xEF\xBB\xBF b\n",
};

static void both_ways_give_the_same_of_texts_cut_and_changed_at_every_byte(void **state)
{
    (void)state;
    struct edge e = edge_of(4096);
    static const char bytes[] = "\0\t\n\r !\"#%&'*,-.:>?@[\\]`{|}~0a\x1F\x7F";
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct str text = str_from(texts[i]);
        struct arena a = {0};
        for (size_t n = 0; n <= text.n; n++) {
            compare(&e, str_sub(text, 0, n));
        }
        for (size_t at = 0; at < text.n; at++) {
            char *changed = str_to_c(&a, text);
            for (size_t k = 0; k < sizeof bytes - 1; k++) {
                changed[at] = bytes[k];
                compare(&e, (struct str){changed, text.n});
            }
        }
        arena_release(&a);
    }
    munmap(e.map, e.size);
}

/* The reader of libyaml works in pieces of 16 kB. */
static void both_ways_give_the_same_across_the_pieces(void **state)
{
    (void)state;
    struct edge e = edge_of(200 * 1024);
    static const char *const units[] = {"- \xF0\x9F\x98\x80 a: \xC3\xA9\n", "a1: \"b\\x41 c\"\n",
                                        "- 'x\r\n\r\n  y'\n", "\xE2\x82\xAC"};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        struct buf b;
        buf_init(&b);
        while (b.n < 60 * 1024) {
            buf_adds(&b, units[i]);
        }
        for (size_t begin = 0; begin < 24; begin++) {
            compare(&e, str_sub(buf_str(&b), begin, b.n));
        }
        buf_adds(&b, "\n\x01");
        compare(&e, buf_str(&b));
        buf_release(&b);
    }
    munmap(e.map, e.size);
}

static void bytes_without_a_nul_behind_them_are_copied(void **state)
{
    (void)state;
    struct str text = STR("a: b\nc: [d, e]\n");
    char *exact = test_malloc(text.n);
    memcpy(exact, text.p, text.n);
    struct buf pieces;
    struct buf whole;
    buf_init(&pieces);
    buf_init(&whole);
    in_pieces(text, &pieces);
    assert_true(as_a_whole((struct str){exact, text.n}, false, &whole));
    assert_true(str_eq(buf_str(&pieces), buf_str(&whole)));
    whole.n = 0;
    assert_true(as_a_whole((struct str){0}, true, &whole));
    assert_true(whole.n > 0);
    buf_release(&pieces);
    buf_release(&whole);
    test_free(exact);
}

static void compare_file(void *edge, struct str bytes)
{
    compare(edge, bytes);
}

static void both_ways_give_the_same_of_every_file_there_is(void **state)
{
    (void)state;
    struct edge e = edge_of(LIMIT_TEMPLATE_BYTES + 1);
    assert_true(each_file(compare_file, &e) > 100);
    munmap(e.map, e.size);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ways_give_the_same_of_texts_cut_and_changed_at_every_byte),
        cmocka_unit_test(both_ways_give_the_same_across_the_pieces),
        cmocka_unit_test(bytes_without_a_nul_behind_them_are_copied),
        cmocka_unit_test(both_ways_give_the_same_of_every_file_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
