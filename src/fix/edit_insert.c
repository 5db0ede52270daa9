/*
 * Putting things in. The neighbours show how: indent, line breaks and separators are theirs.
 */
#include "base/limits.h"
#include "fix/edits.h"

/* What stands between a key and its value, or two entries, where it is plain: ": ", " : ". */
static struct str between(struct str bytes, uint32_t begin, uint32_t end, char mark,
                          struct str otherwise)
{
    struct str gap = str_sub(bytes, begin, end);
    bool plain = gap.n > 0 && gap.n <= 3;
    size_t marks = 0;
    for (size_t i = 0; i < gap.n && plain; i++) {
        marks += gap.p[i] == mark;
        plain = gap.p[i] == mark || gap.p[i] == ' ';
    }
    return plain && marks == 1 ? gap : otherwise;
}

static struct str indent_unit(const struct edits *e, const struct doc_node *c, struct str indent)
{
    struct str bytes = e->doc->source->bytes;
    struct str outer = style_indent(bytes, c->span.begin);
    if (indent.n > outer.n && str_starts(indent, outer)) {
        return str_sub(indent, outer.n, indent.n);
    }
    return STR("  ");
}

/* The only item of a list is a map without blanks: {"A":1,"B":2}. */
static bool is_dense(struct str bytes, const struct doc_node *item)
{
    return item->kind == DOC_MAP && item->n > 1 && !item->is_alias &&
           !item->entries[1].key->is_alias &&
           str_is(str_sub(bytes, item->entries[0].value->span.end,
                          doc_full_span(item->entries[1].key).begin),
                  ",");
}

struct layout_rules edit_layout(const struct edits *e, const struct doc_node *c, struct arena *a)
{
    struct str bytes = e->doc->source->bytes;
    const struct doc_node *last = edit_last_child(c);
    struct layout_rules r = {
        .style = e->style, .layout = LAYOUT_FLOW, .colon = STR(": "), .comma = STR(", ")};
    const struct doc_node *head = last != NULL ? edit_head_of(last) : NULL;
    r.key = head != NULL && c->kind == DOC_MAP ? (enum doc_style)head->style : DOC_PLAIN;
    if (style_is_block(c) && head != NULL) {
        uint32_t begin = c->kind == DOC_SEQ ? c->span.begin : head->span.begin;
        uint32_t column = begin - style_line_begin(bytes, begin);
        struct str blanks = STR("                                                            ");
        r.layout = LAYOUT_BLOCK;
        r.indent = str_sub(blanks, 0, column);
        if (column > blanks.n) {
            struct buf b;
            buf_init(&b);
            buf_pad(&b, ' ', column);
            r.indent = str_copy(a, buf_str(&b));
            buf_release(&b);
        }
        r.unit = str_sub(blanks, 0, e->style->unit);
        return r;
    }
    if (head == NULL) {
        return r;
    }
    if (c->kind == DOC_MAP) {
        uint32_t value = doc_full_span(last).begin;
        r.colon = between(bytes, head->span.end, value, ':', STR(": "));
    }
    if (style_begins_line(bytes, head->span.begin)) {
        r.layout = LAYOUT_LINES;
        r.indent = style_indent(bytes, head->span.begin);
        r.unit = indent_unit(e, c, r.indent);
        struct str value = str_sub(bytes, last->span.begin, last->span.end);
        r.flat = !e->style->is_json && str_find_byte(value, '\n', 0) == STR_NPOS;
    } else if (c->n > 1) {
        const struct doc_node *before = c->kind == DOC_SEQ ? c->items[0] : c->entries[0].value;
        const struct doc_node *next = c->kind == DOC_SEQ ? c->items[1] : c->entries[1].key;
        r.comma = between(bytes, before->span.end, doc_full_span(next).begin, ',', STR(", "));
    } else if (str_is(r.colon, ":") || is_dense(bytes, last)) {
        r.comma = STR(",");
    }
    return r;
}

/* Does a block scalar end here whose trailing blank lines belong to it ("|+")? */
static bool keeps_blank_lines(struct str bytes, const struct doc_node *node)
{
    while (node != NULL && node->kind != DOC_SCALAR && style_is_block(node)) {
        node = edit_last_child(node);
    }
    if (node == NULL || (node->style != DOC_LITERAL && node->style != DOC_FOLDED)) {
        return false;
    }
    uint32_t end = style_line_end(bytes, node->span.begin);
    return str_find_byte(str_sub(bytes, node->span.begin, end), '+', 0) != STR_NPOS;
}

static unsigned depth_of(const struct doc_node *node)
{
    unsigned depth = 0;
    for (const struct doc_node *p = node->parent; p != NULL && depth < LIMIT_DEPTH; p = p->parent) {
        depth++;
    }
    return depth;
}

/* Adds `text`, an entry or item, behind a child; `rules` are those of the collection. */
static bool put_behind(struct edits *e, const struct layout_rules *rules,
                       const struct doc_node *child, struct str text)
{
    struct str bytes = e->doc->source->bytes;
    uint32_t at = child->span.end;
    struct buf b;
    buf_init(&b);
    bool ok = true;
    switch (rules->layout) {
    case LAYOUT_BLOCK:
        ok = style_ends_line(bytes, at, true) && !keeps_blank_lines(bytes, child);
        at = style_line_end(bytes, at);
        buf_add(&b, rules->style->newline);
        buf_add(&b, rules->indent);
        break;
    case LAYOUT_LINES:
        buf_addc(&b, ',');
        buf_add(&b, rules->style->newline);
        buf_add(&b, rules->indent);
        break;
    case LAYOUT_FLOW:
        buf_add(&b, rules->comma);
        break;
    }
    buf_add(&b, text);
    ok = ok ? edits_insert(e, at, depth_of(child), buf_str(&b))
            : edits_fail(e, "nothing can be put behind it");
    buf_release(&b);
    return ok;
}

static bool append(struct edits *e, const struct doc_node *c, struct str key, const struct piece *p)
{
    if (c->is_alias || edits_is_shared(e, c)) {
        return c->is_alias ? edits_fail(e, "it is an alias") : false;
    }
    struct layout_rules rules = edit_layout(e, c, e->arena);
    const struct doc_node *last = edit_last_child(c);
    struct buf b;
    buf_init(&b);
    if (c->kind == DOC_MAP) {
        piece_write_entry(&rules, key, p, &b);
    } else {
        buf_adds(&b, rules.layout == LAYOUT_BLOCK ? "-" : "");
        piece_write(&rules, p, &b);
    }
    bool ok;
    if (last != NULL) {
        ok = put_behind(e, &rules, last, buf_str(&b));
    } else if (c->style == DOC_FLOW) {
        ok = edits_insert(e, c->span.begin + 1, depth_of(c), buf_str(&b));
    } else {
        ok = edits_fail(e, "it is empty");
    }
    buf_release(&b);
    return ok;
}

bool edit_append_entry(struct edits *e, const struct doc_node *map, struct str key,
                       const struct piece *p)
{
    if (map->kind != DOC_MAP || edit_call_of(map) != NULL) {
        return edits_fail(e, "a function or macro makes it");
    }
    return append(e, map, key, p);
}

bool edit_append_item(struct edits *e, const struct doc_node *list, const struct piece *p)
{
    if (list->kind != DOC_SEQ || edit_call_of(list) != NULL) {
        return edits_fail(e, "a function or macro makes it");
    }
    return append(e, list, STR(""), p);
}

/* Is the line above the one of `at` empty? */
static bool is_below_blank_line(struct str bytes, uint32_t at)
{
    uint32_t end = style_line_begin(bytes, at);
    if (end == 0) {
        return false;
    }
    end -= end > 1 && bytes.p[end - 1] == '\n' && bytes.p[end - 2] == '\r' ? 2 : 1;
    return style_line_begin(bytes, end) + style_indent(bytes, end).n >= end;
}

bool edit_insert_before(struct edits *e, const struct doc_node *map, uint32_t index, struct str key,
                        const struct piece *p)
{
    struct str bytes = e->doc->source->bytes;
    struct layout_rules rules = edit_layout(e, map, e->arena);
    uint32_t at = map->entries[index].key->span.begin;
    struct buf b;
    buf_init(&b);
    piece_write_entry(&rules, key, p, &b);
    bool lines = rules.layout != LAYOUT_FLOW;
    bool block = rules.layout == LAYOUT_BLOCK;
    if (block && index > 0 && style_begins_line(bytes, at)) {
        /* Behind the entry before, so that a comment above the next one stays there. */
        const struct doc_node *before = map->entries[index - 1].value;
        uint32_t end = style_line_end(bytes, before->span.end);
        bool blank_line = is_below_blank_line(bytes, at);
        struct str text = str_copy(e->arena, buf_str(&b));
        buf_clear(&b);
        buf_add(&b, blank_line ? e->style->newline : STR(""));
        buf_add(&b, e->style->newline);
        buf_add(&b, rules.indent);
        buf_add(&b, text);
        bool ok = !keeps_blank_lines(bytes, before) && style_ends_line(bytes, end, true)
                      ? edits_insert(e, end, depth_of(map), buf_str(&b))
                      : edits_fail(e, "nothing can be put behind the entry before it");
        buf_release(&b);
        return ok;
    }
    buf_add(&b, block ? STR("") : lines ? STR(",") : rules.comma);
    if (lines) {
        buf_add(&b, e->style->newline);
        buf_add(&b, rules.indent);
    }
    bool ok = edits_insert(e, at, depth_of(map), buf_str(&b));
    buf_release(&b);
    return ok;
}

bool edit_add_to_section(struct edits *e, const char *section, struct str key,
                         const struct piece *p)
{
    const struct doc_node *root = e->doc->root;
    const struct doc_entry *there = doc_entry_of(root, str_from(section));
    if (there != NULL && there->value->kind == DOC_MAP) {
        return edit_append_entry(e, there->value, key, p);
    }
    struct piece *map = piece_map(e->arena);
    piece_put(e->arena, map, str_to_c(e->arena, key), p);
    if (there != NULL) { /* "Parameters:" with nothing below it */
        return edits_fail(e, "the section '%s' is no map", section);
    }
    const struct doc_entry *resources = doc_entry_of(root, STR("Resources"));
    if (resources == NULL) {
        return edits_fail(e, "there is no section 'Resources'");
    }
    return edit_insert_before(e, root, resources->value->index, str_from(section), map);
}

/* ---- copies ------------------------------------------------------------------------------- */

static bool has_anchor(const struct edits *e, uint32_t begin, uint32_t end)
{
    struct str text = str_sub(e->doc->source->bytes, begin, end);
    return !e->style->is_json && str_find_byte(text, '&', 0) != STR_NPOS;
}

bool edit_copy(struct edits *e, const struct doc_node *node, struct str new_key,
               const struct edit_swap *swaps, size_t n)
{
    struct str bytes = e->doc->source->bytes;
    const struct doc_node *c = node->parent;
    const struct doc_node *head = edit_head_of(node);
    struct layout_rules rules = edit_layout(e, c, e->arena);
    bool item = c->kind == DOC_SEQ;
    uint32_t begin = item ? doc_full_span(node).begin : head->span.begin;
    if (item && rules.layout == LAYOUT_BLOCK) {
        begin = edit_dash_of(e, node);
    }
    if (begin == UINT32_MAX || node->is_alias || edits_is_shared(e, node) ||
        has_anchor(e, begin, node->span.end)) {
        return edits_fail(e, "it is written with an anchor or an alias");
    }
    struct buf b;
    buf_init(&b);
    uint32_t done = begin;
    if (!item) {
        uint32_t quote = head->style == DOC_SINGLE || head->style == DOC_DOUBLE;
        buf_add(&b, str_sub(bytes, begin, begin + quote));
        buf_add(&b, new_key);
        done = head->span.end - quote;
    }
    for (size_t i = 0; i < n; i++) {
        const struct doc_node *scalar = swaps[i].scalar;
        uint32_t quote = scalar->style == DOC_SINGLE || scalar->style == DOC_DOUBLE;
        buf_add(&b, str_sub(bytes, done, scalar->span.begin + quote));
        buf_add(&b, swaps[i].text);
        done = scalar->span.end - quote;
    }
    buf_add(&b, str_sub(bytes, done, node->span.end));
    bool ok = put_behind(e, &rules, node, buf_str(&b));
    buf_release(&b);
    return ok;
}
