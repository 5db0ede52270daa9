/*
 * What is looked at: the first line break, the first key below "Resources", the first list in
 * block style, the first function. Templates are written in one style nearly always; where
 * they are not, edits that copy their neighbours' lines take over the local one.
 */
#include "fix/style.h"

#include "base/limits.h"
#include "base/vec.h"

enum { UNIT = 2 };

struct walk {
    struct style *style;
    struct str bytes;
    bool list_seen;
    bool tag_seen;
    bool long_seen;
};

uint32_t style_line_begin(struct str bytes, uint32_t at)
{
    while (at > 0 && bytes.p[at - 1] != '\n' && bytes.p[at - 1] != '\r') {
        at--;
    }
    return at;
}

uint32_t style_line_end(struct str bytes, uint32_t at)
{
    while (at < bytes.n && bytes.p[at] != '\n' && bytes.p[at] != '\r') {
        at++;
    }
    return at;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

struct str style_indent(struct str bytes, uint32_t at)
{
    uint32_t begin = style_line_begin(bytes, at);
    uint32_t end = begin;
    while (end < bytes.n && is_blank(bytes.p[end])) {
        end++;
    }
    return str_sub(bytes, begin, end);
}

bool style_begins_line(struct str bytes, uint32_t at)
{
    while (at > 0 && is_blank(bytes.p[at - 1])) {
        at--;
    }
    return at == style_line_begin(bytes, at);
}

bool style_ends_line(struct str bytes, uint32_t at, bool comments)
{
    uint32_t end = style_line_end(bytes, at);
    uint32_t begin = at;
    while (at < end && is_blank(bytes.p[at])) {
        at++;
    }
    return at == end || (comments && bytes.p[at] == '#' && at > begin);
}

uint32_t style_skip(struct str bytes, uint32_t at, bool comments)
{
    while (at < bytes.n) {
        char c = bytes.p[at];
        if (comments && c == '#') {
            at = style_line_end(bytes, at);
        } else if (is_blank(c) || c == '\n' || c == '\r') {
            at++;
        } else {
            break;
        }
    }
    return at;
}

bool style_is_block(const struct doc_node *node)
{
    return node->kind != DOC_SCALAR && node->style == DOC_BLOCK && !node->is_alias;
}

static uint32_t column(struct str bytes, uint32_t at)
{
    return at - style_line_begin(bytes, at);
}

static void look_at(struct walk *w, const struct doc_node *node)
{
    w->tag_seen = w->tag_seen || node->tag.n > 0;
    if (node->kind == DOC_MAP && node->n == 1) {
        struct str key = node->entries[0].key->text;
        w->long_seen = w->long_seen || str_is(key, "Ref") || str_starts(key, STR("Fn::"));
    }
    const struct doc_node *parent = node->parent;
    if (!w->list_seen && node->kind == DOC_SEQ && style_is_block(node) && node->tag.n == 0 &&
        parent != NULL && parent->kind == DOC_MAP && style_is_block(parent) &&
        style_begins_line(w->bytes, node->span.begin)) {
        uint32_t key = column(w->bytes, parent->entries[node->index].key->span.begin);
        w->list_seen = true;
        w->style->dash_indented = column(w->bytes, node->span.begin) > key;
    }
}

static void walk(struct walk *w, const struct doc_node *node, int depth)
{
    if (node->is_alias) {
        w->style->anchors_shared = true;
        return;
    }
    look_at(w, node);
    if (depth >= LIMIT_DEPTH) {
        return;
    }
    for (uint32_t i = 0; i < node->n; i++) {
        if (node->kind == DOC_SEQ) {
            walk(w, node->items[i], depth + 1);
        } else if (node->kind == DOC_MAP) {
            walk(w, node->entries[i].value, depth + 1);
        }
    }
}

struct style style_of(const struct doc *doc)
{
    struct str bytes = doc->source->bytes;
    uint32_t first = style_line_end(bytes, 0);
    bool crlf = first + 1 < bytes.n && bytes.p[first] == '\r' && bytes.p[first + 1] == '\n';
    struct style s = {.is_json = doc->is_json,
                      .newline = crlf ? STR("\r\n") : STR("\n"),
                      .unit = UNIT,
                      .dash_indented = true};
    struct walk w = {.style = &s, .bytes = bytes};
    if (doc->root != NULL) {
        walk(&w, doc->root, 0);
    }
    const struct doc_node *resources = doc_get(doc->root, "Resources");
    if (resources != NULL && resources->n > 0 && resources->kind == DOC_MAP &&
        style_is_block(resources) && !resources->entries[0].key->is_alias) {
        uint32_t unit = column(bytes, resources->entries[0].key->span.begin);
        s.unit = unit > 0 ? unit : UNIT;
    }
    s.long_names = w.long_seen && !w.tag_seen;
    return s;
}
