/*
 * The list of edits, and what may not be edited.
 */
#include "fix/edits.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/limits.h"

bool edits_fail(struct edits *e, const char *fmt, ...)
{
    char text[256];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    size_t size = n < 0 ? 0 : (size_t)n;
    e->why = str_copy(e->arena, (struct str){text, size < sizeof text ? size : sizeof text - 1});
    return false;
}

bool edits_add(struct edits *e, uint32_t begin, uint32_t end, struct str text)
{
    for (size_t i = 0; i < e->all.n; i++) {
        struct edit *other = &e->all.at[i];
        bool same_place = other->at.begin == begin && other->at.end == end;
        if (same_place && str_eq(other->text, text)) {
            return true;
        }
        if (same_place || (begin < other->at.end && other->at.begin < end) ||
            (begin == end && other->at.begin < begin && begin < other->at.end) ||
            (other->at.begin == other->at.end && begin < other->at.begin &&
             other->at.begin < end)) {
            return edits_fail(e, "it would have to change one place twice");
        }
    }
    *VEC_ADD(e->arena, &e->all) =
        (struct edit){{e->doc->source->id, begin, end}, str_copy(e->arena, text)};
    return true;
}

/* What is inserted at one point, all parts of it. */
static struct str text_at(const struct edits *e, uint32_t at)
{
    struct buf b;
    buf_init(&b);
    for (unsigned depth = LIMIT_DEPTH + 1; depth-- > 0;) {
        for (size_t i = 0; i < e->parts.n; i++) {
            if (e->parts.at[i].at == at && e->parts.at[i].depth == depth) {
                buf_add(&b, e->parts.at[i].text);
            }
        }
    }
    struct str text = str_copy(e->arena, buf_str(&b));
    buf_release(&b);
    return text;
}

bool edits_insert(struct edits *e, uint32_t at, unsigned depth, struct str text)
{
    bool there = false;
    for (size_t i = 0; i < e->parts.n; i++) {
        const struct edit_part *p = &e->parts.at[i];
        if (p->at == at && p->depth == depth && str_eq(p->text, text)) {
            return true;
        }
        there = there || p->at == at;
    }
    *VEC_ADD(e->arena, &e->parts) = (struct edit_part){at, depth, str_copy(e->arena, text)};
    if (!there) {
        return edits_add(e, at, at, text);
    }
    for (size_t i = 0; i < e->all.n; i++) {
        if (e->all.at[i].at.begin == at && e->all.at[i].at.end == at) {
            e->all.at[i].text = text_at(e, at);
        }
    }
    return true;
}

/* ---- anchors ------------------------------------------------------------------------------ */

static bool is_within(const struct doc_node *node, const struct doc_node *outer)
{
    while (node != NULL && node != outer) {
        node = node->parent;
    }
    return node != NULL;
}

/* An alias outside of `node` whose target has to do with it; NULL if there is none. */
static const struct doc_node *user_of(const struct doc_node *at, const struct doc_node *node,
                                      int depth)
{
    if (at == node || depth > LIMIT_DEPTH) {
        return NULL;
    }
    if (at->is_alias) {
        const struct doc_node *target = doc_target(at);
        bool touches = target != NULL && (is_within(target, node) || is_within(node, target));
        return touches ? at : NULL;
    }
    for (uint32_t i = 0; i < at->n && at->kind != DOC_SCALAR; i++) {
        const struct doc_node *child = at->kind == DOC_SEQ ? at->items[i] : at->entries[i].value;
        const struct doc_node *user = user_of(child, node, depth + 1);
        if (user != NULL) {
            return user;
        }
    }
    return NULL;
}

bool edits_is_shared(struct edits *e, const struct doc_node *node)
{
    if (doc_copies(node) > 1) {
        edits_fail(e, "it is written in a loop that makes %u of it", doc_copies(node));
        return true;
    }
    if (doc_copies(node) == 1) {
        edits_fail(e, "a loop writes a part of the same resource");
        return true;
    }
    if (!e->style->anchors_shared) {
        return false;
    }
    const struct doc_node *user = user_of(e->doc->root, node, 0);
    if (user == NULL) {
        return false;
    }
    edits_fail(e, "other places share it through an anchor, '%.*s' among them",
               STR_ARG(str_sub(e->doc->source->bytes, user->span.begin, user->span.end)));
    return true;
}

/* ---- the tree ----------------------------------------------------------------------------- */

const struct doc_node *edit_head_of(const struct doc_node *child)
{
    const struct doc_node *p = child->parent;
    return p != NULL && p->kind == DOC_MAP ? p->entries[child->index].key : child;
}

const struct doc_node *edit_last_child(const struct doc_node *c)
{
    for (uint32_t i = c->n; i-- > 0;) {
        const struct doc_node *child = c->kind == DOC_SEQ ? c->items[i] : c->entries[i].value;
        if (c->kind == DOC_SEQ || !c->entries[i].key->is_alias) {
            return child;
        }
    }
    return NULL;
}

const struct doc_node *edit_call_of(const struct doc_node *args)
{
    if (args->tag.n > 0) {
        return args;
    }
    const struct doc_node *p = args->parent;
    bool only = p != NULL && p->kind == DOC_MAP && p->n == 1;
    return only && str_starts(p->entries[0].key->text, STR("Fn::")) ? p : NULL;
}

uint32_t edit_dash_of(const struct edits *e, const struct doc_node *item)
{
    struct str bytes = e->doc->source->bytes;
    const struct doc_node *list = item->parent;
    uint32_t first = list->span.begin;
    if (item->index == 0) {
        return first < bytes.n && bytes.p[first] == '-' ? first : UINT32_MAX;
    }
    uint32_t column = first - style_line_begin(bytes, first);
    uint32_t line = style_line_end(bytes, list->items[item->index - 1]->span.end);
    while (line < item->span.begin) {
        if (bytes.p[line] == '\n' || bytes.p[line] == '\r') {
            line++;
            continue;
        }
        uint32_t at = line;
        while (at < bytes.n && bytes.p[at] == ' ') {
            at++;
        }
        if (at < bytes.n && bytes.p[at] == '-' && at - line == column) {
            return at;
        }
        line = style_line_end(bytes, line);
    }
    return UINT32_MAX;
}
