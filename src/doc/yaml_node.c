/*
 * Events into nodes. libyaml's span of an event begins at its properties (tag and
 * anchor, in any order, with comments and line breaks between), so these are
 * stepped over in the bytes; a value itself can begin with neither '!' nor '&'.
 */
#include "doc/yaml_node.h"

#include "doc/scalar.h"

#define CORE_TAG "tag:yaml.org,2002:"

struct properties {
    struct span tag;
    struct span anchor; /* with its '&' */
};

/* ---- places ------------------------------------------------------------------------------- */

static bool is_break(unsigned char c)
{
    return c == '\n' || c == '\r';
}

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t';
}

/* Length of U+0085, U+2028 or U+2029 at `at`, which end a line in YAML 1.1; else 0. */
static uint32_t wide_break(const struct read_job *job, uint32_t at)
{
    unsigned char c = read_byte(job, at);
    if (c == 0xC2 && read_byte(job, at + 1) == 0x85) {
        return 2;
    }
    bool separator = c == 0xE2 && read_byte(job, at + 1) == 0x80 &&
                     (read_byte(job, at + 2) == 0xA8 || read_byte(job, at + 2) == 0xA9);
    return separator ? 3 : 0;
}

static uint32_t property_end(const struct read_job *job, uint32_t at, uint32_t end)
{
    if (read_byte(job, at) == '!' && read_byte(job, at + 1) == '<') {
        size_t close = str_find_byte(job->bytes, '>', at);
        return close < end ? (uint32_t)close + 1 : end;
    }
    at++;
    while (at < end && !is_blank(read_byte(job, at)) && !is_break(read_byte(job, at)) &&
           read_byte(job, at) < 0x80 && !strchr(",[]{}", read_byte(job, at))) {
        at++;
    }
    return at;
}

/* Steps over blanks, line breaks and comments. */
static uint32_t skip_gap(const struct read_job *job, uint32_t at, uint32_t end)
{
    while (at < end) {
        unsigned char c = read_byte(job, at);
        uint32_t wide = wide_break(job, at);
        if (c == '#') {
            while (at < end && !is_break(read_byte(job, at)) && !wide_break(job, at)) {
                at++;
            }
        } else if (is_blank(c) || is_break(c) || wide) {
            at += wide ? wide : 1;
        } else {
            break;
        }
    }
    return at;
}

/* Where the value begins that has its properties, if any, from `at`. `end` is
 * where the event ends. The value of a scalar that is only properties is empty
 * and stands right behind the last one. */
static uint32_t skip_properties(const struct read_job *job, uint32_t at, uint32_t end,
                                struct properties *p)
{
    *p = (struct properties){SPAN_NONE, SPAN_NONE};
    uint32_t behind = at;
    while (at < end && (read_byte(job, at) == '!' || read_byte(job, at) == '&')) {
        behind = property_end(job, at, end);
        struct span s = read_span(job, at, behind);
        if (read_byte(job, at) == '!') {
            p->tag = s;
        } else {
            p->anchor = s;
        }
        at = skip_gap(job, behind, end);
    }
    return at < end ? at : behind;
}

/* The end of a block scalar is behind the blank lines that follow it; its span
 * ends with the last line that is not blank. */
static uint32_t trimmed(const struct read_job *job, uint32_t begin, uint32_t end)
{
    uint32_t last = end;
    while (last > begin &&
           (is_blank(read_byte(job, last - 1)) || is_break(read_byte(job, last - 1)))) {
        last--;
    }
    while (last < end && is_blank(read_byte(job, last))) {
        last++;
    }
    return last;
}

/* ---- texts -------------------------------------------------------------------------------- */

/* What libyaml decoded, as a slice of the source where the bytes are the same. */
static struct str text_of(struct yaml_read *y, const yaml_char_t *value, size_t n, struct str like)
{
    struct str text = {(const char *)value, n};
    return str_eq(text, like) ? like : str_copy(y->job->arena, text);
}

static struct str written(const struct yaml_read *y, struct span s)
{
    return str_sub(y->job->bytes, s.begin, s.end); /* SPAN_NONE is empty, too */
}

static void name_anchor(struct yaml_read *y, struct doc_node *node, const yaml_char_t *anchor,
                        const struct properties *p)
{
    if (anchor) {
        const char *name = (const char *)anchor;
        struct str like = str_sub(written(y, p->anchor), 1, SIZE_MAX);
        build_anchor(&y->build, node, text_of(y, anchor, strlen(name), like));
    }
}

static void keep_tag_span(struct yaml_read *y, struct doc_node *node, struct span tag)
{
    if (!span_is_none(tag)) {
        doc_own_rare(y->job->arena, node)->tag_span = tag;
    }
}

/* A tag as the tree keeps it, or empty if it is one of YAML's own: then *core is
 * its name, such as "str". An unknown name under yaml.org's prefix is kept. */
static struct str tag_of(struct yaml_read *y, const yaml_char_t *tag, struct span span,
                         struct str *core)
{
    static const char *const known[] = {"str",    "int",       "float", "bool",  "null",
                                        "map",    "seq",       "set",   "omap",  "pairs",
                                        "binary", "timestamp", "value", "merge", NULL};
    struct str all = str_from((const char *)tag);
    if (str_starts(all, STR(CORE_TAG))) {
        struct str name = str_sub(all, sizeof CORE_TAG - 1, all.n);
        for (size_t i = 0; known[i]; i++) {
            if (str_is(name, known[i])) {
                *core = str_from(known[i]);
                return (struct str){0};
            }
        }
    }
    return text_of(y, tag, all.n, written(y, span));
}

static bool tag_does_not_fit(struct yaml_read *y, struct span tag, const char *why)
{
    return read_fail(y->job, DIAG_SYNTAX, tag.begin, tag.end,
                     str_format(y->job->scratch, "The tag '%.*s' does not fit this value, %s.",
                                STR_ARG(str_sub(written(y, tag), 0, 60)), why));
}

/* Whether one of YAML's own tags names collections of this kind. */
static bool fits(const char *core, enum doc_kind kind)
{
    if (kind == DOC_MAP) {
        return strcmp(core, "map") == 0 || strcmp(core, "set") == 0;
    }
    return strcmp(core, "seq") == 0 || strcmp(core, "omap") == 0 || strcmp(core, "pairs") == 0;
}

/* ---- scalars ------------------------------------------------------------------------------ */

static enum doc_style style_of(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
        return DOC_SINGLE;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        return DOC_DOUBLE;
    case YAML_LITERAL_SCALAR_STYLE:
        return DOC_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE:
        return DOC_FOLDED;
    case YAML_ANY_SCALAR_STYLE:
    case YAML_PLAIN_SCALAR_STYLE:
        return DOC_PLAIN;
    }
    BUG("no such style: %d", (int)style);
}

/* Without a tag, plain scalars have a type of their own; under a short-form tag
 * they are texts ("!Ref 123"), and so are all keys, which keep what was written:
 * account ids with a leading zero are keys of mappings. */
static bool apply_type(struct yaml_read *y, struct doc_node *node, const char *core)
{
    struct arena *a = y->job->arena;
    node->type = DOC_STRING;
    if (!core) {
        if (node->style == DOC_PLAIN && span_is_none(doc_tag_span(node))) {
            node->type = (uint8_t)scalar_plain(a, &node->text);
        }
        return true;
    }
    static const struct {
        const char *core;
        enum doc_type type;
        const char *why;
    } typed[] = {
        {"int", DOC_INT, "which is no integer"},
        {"float", DOC_FLOAT, "which is no number"},
        {"bool", DOC_BOOL, "which is no boolean"},
        {"null", DOC_NULL, "which is not null"},
    };
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        if (strcmp(core, typed[i].core) == 0) {
            node->type = (uint8_t)typed[i].type;
            return scalar_as(a, typed[i].type, &node->text) ||
                   tag_does_not_fit(y, doc_tag_span(node), typed[i].why);
        }
    }
    return (!fits(core, DOC_MAP) && !fits(core, DOC_SEQ)) ||
           tag_does_not_fit(y, doc_tag_span(node), "which is a scalar");
}

/* An empty value has no bytes of its own: it is the point behind what was
 * written last on the line ("key:"), not where the next token happens to be. */
static uint32_t place_of_empty(const struct yaml_read *y, uint32_t at)
{
    if (at > y->job->begin && strchr(":-?", read_byte(y->job, at - 1))) {
        return at;
    }
    for (uint32_t i = y->last_end; i < at; i++) {
        if (is_break(read_byte(y->job, i))) {
            return y->last_end;
        }
    }
    return at;
}

static void set_place(struct yaml_read *y, const yaml_event_t *event, struct properties *p,
                      enum doc_style style, struct span *span)
{
    uint32_t begin = yaml_place_at(&y->place, event->start_mark.index);
    uint32_t end = yaml_place_at(&y->place, event->end_mark.index);
    begin = skip_properties(y->job, begin, end, p);
    if (style == DOC_PLAIN && event->data.scalar.length == 0) {
        bool bare = span_is_none(p->tag) && span_is_none(p->anchor);
        begin = bare ? place_of_empty(y, begin) : begin;
        end = begin;
    } else if (style == DOC_LITERAL || style == DOC_FOLDED) {
        end = trimmed(y->job, begin, end);
    }
    *span = read_span(y->job, begin, end);
}

static bool has_nul(struct yaml_read *y, const struct doc_node *node)
{
    if (node->style != DOC_DOUBLE || !memchr(str_bytes(node->text), 0, node->text.n)) {
        return false; /* only an escape can give one */
    }
    read_fail(y->job, DIAG_SYNTAX, node->span.begin, node->span.end,
              STR("The text contains an escaped NUL character, which CloudFormation refuses."));
    return true;
}

bool yaml_node_scalar(struct yaml_read *y, const yaml_event_t *event)
{
    enum doc_style style = style_of(event->data.scalar.style);
    bool is_key = build_wants_key(&y->build);
    struct properties p;
    struct span span;
    set_place(y, event, &p, style, &span);
    y->last_end = span.end;
    struct doc_node *node = build_node(&y->build, DOC_SCALAR, style, span);
    if (!node) {
        return false;
    }
    uint32_t quote = style == DOC_SINGLE || style == DOC_DOUBLE;
    struct str like = str_sub(y->job->bytes, span.begin + quote, span.end - quote);
    node->text = text_of(y, event->data.scalar.value, event->data.scalar.length, like);
    keep_tag_span(y, node, p.tag);
    struct str core = {0};
    if (event->data.scalar.tag) {
        node->tag = tag_of(y, event->data.scalar.tag, p.tag, &core);
    }
    name_anchor(y, node, event->data.scalar.anchor, &p);
    if (has_nul(y, node)) {
        return false;
    }
    if (is_key && node->text.n == 0 && style == DOC_PLAIN) {
        return read_fail(y->job, DIAG_SYNTAX, span.begin, span.begin + 1,
                         STR("A key is missing here; a map needs 'key: value'."));
    }
    return is_key || apply_type(y, node, core.p);
}

/* ---- collections -------------------------------------------------------------------------- */

/* Where the value of a collection begins: at its bracket, its first '-' or its
 * first key. `end` is the end of the start event: behind a bracket, and behind
 * the '-' of a list in line with its key, else right there. The map in "[a: b]"
 * has no bracket and begins with its key or '?'. */
static uint32_t collection_begin(const struct yaml_read *y, uint32_t end, bool flow, bool map)
{
    unsigned char before = end > y->job->begin ? read_byte(y->job, end - 1) : 0;
    if (flow) {
        bool bracket = before == (map ? '{' : '[');
        return bracket || before == '?' ? end - 1 : end;
    }
    bool behind = !map && before == '-' && read_byte(y->job, end) != '-';
    return behind ? end - 1 : end;
}

bool yaml_node_open(struct yaml_read *y, const yaml_event_t *event)
{
    bool map = event->type == YAML_MAPPING_START_EVENT;
    bool flow = map ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                    : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    const yaml_char_t *tag = map ? event->data.mapping_start.tag : event->data.sequence_start.tag;
    const yaml_char_t *anchor =
        map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
    uint32_t start = yaml_place_at(&y->place, event->start_mark.index);
    uint32_t begin =
        collection_begin(y, yaml_place_at(&y->place, event->end_mark.index), flow, map);
    struct properties p;
    skip_properties(y->job, start, begin, &p);
    struct doc_node *node =
        build_node(&y->build, map ? DOC_MAP : DOC_SEQ, flow ? DOC_FLOW : DOC_BLOCK,
                   read_span(y->job, begin, begin + 1));
    if (!node || !build_open(&y->build, node)) {
        return false;
    }
    y->last_end = begin;
    keep_tag_span(y, node, p.tag);
    struct str core = {0};
    if (tag) {
        node->tag = tag_of(y, tag, p.tag, &core);
    }
    if (core.n && !fits(core.p, map ? DOC_MAP : DOC_SEQ)) {
        return tag_does_not_fit(y, p.tag, map ? "which is a map" : "which is a list");
    }
    name_anchor(y, node, anchor, &p);
    return true;
}

bool yaml_node_close(struct yaml_read *y, const yaml_event_t *event)
{
    const struct doc_node *node = build_innermost(&y->build);
    unsigned char first = read_byte(y->job, node->span.begin);
    if (node->style != DOC_FLOW || (first != '{' && first != '[')) {
        return build_close(&y->build, 0); /* "[a: b]" holds a map without brackets */
    }
    y->last_end = yaml_place_at(&y->place, event->end_mark.index);
    return build_close(&y->build, y->last_end);
}

bool yaml_node_alias(struct yaml_read *y, const yaml_event_t *event)
{
    uint32_t begin = yaml_place_at(&y->place, event->start_mark.index);
    uint32_t end = yaml_place_at(&y->place, event->end_mark.index);
    const yaml_char_t *anchor = event->data.alias.anchor;
    struct str like = str_sub(y->job->bytes, begin + 1, end);
    y->last_end = end;
    return build_alias(&y->build, text_of(y, anchor, strlen((const char *)anchor), like),
                       read_span(y->job, begin, end));
}
