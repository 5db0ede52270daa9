/*
 * Putting one value in the place of another.
 */
#include "fix/edits.h"

static struct str written(struct edits *e, const struct layout_rules *rules, const struct piece *p)
{
    struct buf b;
    buf_init(&b);
    struct layout_rules flow = *rules;
    flow.layout = LAYOUT_FLOW;
    piece_write(&flow, p, &b);
    struct str text = str_copy(e->arena, buf_str(&b));
    buf_release(&b);
    return text;
}

/* A value on lines of its own under its key moves up behind the key. */
static uint32_t place_of(const struct edits *e, const struct doc_node *node, struct span at)
{
    struct str bytes = e->doc->source->bytes;
    const struct doc_node *p = node->parent;
    if (p == NULL || p->kind != DOC_MAP || !style_is_block(p) || !style_is_block(node)) {
        return at.begin;
    }
    uint32_t colon = p->entries[node->index].key->span.end;
    struct str gap = str_sub(bytes, colon, at.begin);
    bool bare = str_find_byte(gap, '#', 0) == STR_NPOS && str_find_byte(gap, '&', 0) == STR_NPOS;
    return bare && gap.n > 0 && gap.p[0] == ':' ? colon + 1 : at.begin;
}

bool edit_replace(struct edits *e, const struct doc_node *node, const struct piece *p)
{
    if (node->parent == NULL || edits_is_shared(e, node)) {
        return node->parent == NULL ? edits_fail(e, "it is the whole file") : false;
    }
    struct span at = doc_full_span(node);
    struct layout_rules rules = edit_layout(e, node->parent, e->arena);
    struct str text = written(e, &rules, p);
    uint32_t begin = place_of(e, node, at);
    if (begin != at.begin || at.begin == at.end) { /* moved up, or an empty value: "key:" */
        text = str_join2(e->arena, STR(" "), text);
    }
    return edits_add(e, begin, at.end, text);
}

bool edit_replace_entry(struct edits *e, const struct doc_node *map, uint32_t index,
                        const char *key, const struct piece *p)
{
    const struct doc_entry *entry = &map->entries[index];
    if (edits_is_shared(e, entry->value) || entry->key->is_alias) {
        return entry->key->is_alias ? edits_fail(e, "it comes from a merge key") : false;
    }
    struct layout_rules rules = edit_layout(e, map, e->arena);
    rules.key = (enum doc_style)entry->key->style;
    if (rules.layout == LAYOUT_LINES) {
        rules.layout = LAYOUT_FLOW;
    }
    struct buf b;
    buf_init(&b);
    piece_write_entry(&rules, str_from(key), p, &b);
    bool ok = edits_add(e, entry->key->span.begin, entry->value->span.end, buf_str(&b));
    buf_release(&b);
    return ok;
}

bool edit_replace_text(struct edits *e, const struct doc_node *scalar, struct str text)
{
    if (edits_is_shared(e, scalar)) {
        return false;
    }
    if (scalar->kind != DOC_SCALAR || scalar->is_alias || scalar->style == DOC_LITERAL ||
        scalar->style == DOC_FOLDED) {
        return edits_fail(e, "it is not written as one word");
    }
    uint32_t quote = scalar->style == DOC_SINGLE || scalar->style == DOC_DOUBLE;
    return edits_add(e, scalar->span.begin + quote, scalar->span.end - quote, text);
}
