/*
 * Taking things out. In block style that is whole lines, from the end of the line before;
 * between brackets it is the thing and one comma, the one behind it if there is one.
 */
#include "base/limits.h"
#include "fix/edits.h"

/* [begin, end) with the lines that it stands on; nothing else may stand there. */
static bool remove_lines(struct edits *e, uint32_t begin, uint32_t end)
{
    struct str bytes = e->doc->source->bytes;
    if (!style_begins_line(bytes, begin) || !style_ends_line(bytes, end, true)) {
        return edits_fail(e, "something else stands on the same line");
    }
    uint32_t from = style_line_begin(bytes, begin);
    uint32_t to = style_line_end(bytes, end);
    if (from > 0) {
        from -= from > 1 && bytes.p[from - 1] == '\n' && bytes.p[from - 2] == '\r' ? 2 : 1;
    } else {
        to = style_skip(bytes, to, false);
    }
    return edits_add(e, from, to, STR(""));
}

/* A thing between brackets; the one before and behind it may be NULL, not both. */
static bool remove_between(struct edits *e, uint32_t begin, uint32_t end,
                           const struct doc_node *before, const struct doc_node *next)
{
    struct str bytes = e->doc->source->bytes;
    bool comments = !e->style->is_json;
    if (next == NULL && before == NULL) {
        BUG("a thing between brackets without a neighbour");
    }
    if (next == NULL) { /* the last one: the comma before it goes */
        uint32_t comma = style_skip(bytes, before->span.end, comments);
        bool comment = str_find_byte(str_sub(bytes, before->span.end, begin), '#', 0) != STR_NPOS;
        if (comma >= begin || bytes.p[comma] != ',' || (comments && comment)) {
            return edits_fail(e, "the comma before it is not where it should be");
        }
        return style_begins_line(bytes, comma) && style_ends_line(bytes, end, comments)
                   ? remove_lines(e, comma, end)
                   : edits_add(e, comma, end, STR(""));
    }
    uint32_t comma = style_skip(bytes, end, comments);
    uint32_t head = doc_full_span(next).begin;
    if (comma >= head || bytes.p[comma] != ',') {
        return edits_fail(e, "the comma behind it is not where it should be");
    }
    if (style_begins_line(bytes, begin) && style_ends_line(bytes, comma + 1, comments)) {
        return remove_lines(e, begin, comma + 1);
    }
    if (comments && str_find_byte(str_sub(bytes, begin, head), '#', 0) != STR_NPOS) {
        return edits_fail(e, "a comment stands in between");
    }
    return edits_add(e, begin, head, STR(""));
}

static bool remove_item(struct edits *e, const struct doc_node *item)
{
    const struct doc_node *list = item->parent;
    if (style_is_block(list)) {
        uint32_t dash = edit_dash_of(e, item);
        return dash == UINT32_MAX ? edits_fail(e, "its dash is not where it should be")
                                  : remove_lines(e, dash, item->span.end);
    }
    return remove_between(e, doc_full_span(item).begin, item->span.end,
                          item->index > 0 ? list->items[item->index - 1] : NULL,
                          item->index + 1 < list->n ? list->items[item->index + 1] : NULL);
}

static bool remove_entry(struct edits *e, const struct doc_node *value)
{
    const struct doc_node *map = value->parent;
    const struct doc_node *key = map->entries[value->index].key;
    const struct doc_node *next = NULL;
    if (value->index + 1 < map->n && !map->entries[value->index + 1].key->is_alias) {
        next = map->entries[value->index + 1].key;
    }
    uint32_t begin = key->span.begin;
    if (!style_is_block(map)) {
        return remove_between(e, begin, value->span.end,
                              value->index > 0 ? map->entries[value->index - 1].value : NULL, next);
    }
    struct str bytes = e->doc->source->bytes;
    if (style_begins_line(bytes, begin) || next == NULL) {
        return remove_lines(e, begin, value->span.end);
    }
    /* Behind a dash: the next key takes its place. */
    if (str_find_byte(str_sub(bytes, value->span.end, next->span.begin), '#', 0) != STR_NPOS) {
        return edits_fail(e, "a comment stands in between");
    }
    return edits_add(e, begin, next->span.begin, STR(""));
}

static bool is_no_value(const struct doc_node *node)
{
    const struct doc_node *name = doc_get(node, "Ref");
    bool tagged = str_is(node->tag, "!Ref") && doc_is(node, "AWS::NoValue");
    return tagged || (node->n == 1 && doc_is(name, "AWS::NoValue"));
}

static bool remove_at(struct edits *e, const struct doc_node *node, int depth)
{
    const struct doc_node *p = node->parent;
    if (p == NULL || depth > LIMIT_DEPTH) {
        return edits_fail(e, "it is not part of a list or a map");
    }
    if (p->kind == DOC_SEQ) {
        const struct doc_node *call = edit_call_of(p);
        bool is_if = call != NULL &&
                     (str_is(p->tag, "!If") ||
                      (call->kind == DOC_MAP && str_is(call->entries[0].key->text, "Fn::If")));
        if (is_if && p->n == 3 && node->index > 0) {
            return is_no_value(p->items[3 - node->index])
                       ? remove_at(e, call, depth + 1)
                       : edit_replace(e, node, piece_ref(e->arena, STR("AWS::NoValue")));
        }
        if (call != NULL) {
            return edits_fail(e, "a function computes it");
        }
        return p->n == 1 ? remove_at(e, p, depth + 1) : remove_item(e, node);
    }
    if (edit_call_of(node) == p || p->entries[node->index].value != node) {
        return edits_fail(e, "a function computes it");
    }
    if (p->n == 1) {
        return edits_fail(e, "nothing else is in its map");
    }
    return remove_entry(e, node);
}

bool edit_remove(struct edits *e, const struct doc_node *node)
{
    return !edits_is_shared(e, node) && remove_at(e, node, 0);
}
