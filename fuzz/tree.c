/*
 * What holds of every tree and every diagnostic, whatever was read.
 */
#include "base/limits.h"
#include "fuzz/target.h"

void span_check(struct span at, const struct source_set *sources)
{
    if (!span_is_none(at)) {
        const struct source *src = source_of(sources, at);
        REQUIRE(src != NULL);
        REQUIRE(at.begin <= at.end);
        REQUIRE(at.end <= src->bytes.n);
    }
}

void diags_check(const struct diags *d, const struct source_set *sources)
{
    size_t errors = 0;
    for (size_t i = 0; i < d->all.n; i++) {
        const struct diag *g = &d->all.at[i];
        errors += diag_kind(g->id)->level == DIAG_ERROR;
        REQUIRE(g->message.n > 0);
        span_check(g->at, sources);
        for (size_t k = 0; k < g->related.n; k++) {
            span_check(g->related.at[k].at, sources);
        }
    }
    REQUIRE(errors <= d->errors);
    REQUIRE(d->all.n <= LIMIT_DIAGNOSTICS);
}

/* Written where its span says, not elsewhere behind an alias or a merge key. */
static bool is_own(const struct doc_node *child, const struct doc_node *parent)
{
    return !child->is_alias && child->parent == parent;
}

static void node_check(const struct doc *doc, const struct doc_node *node, unsigned depth);

static void child_check(const struct doc *doc, const struct doc_node *parent,
                        const struct doc_node *child, uint32_t index, unsigned depth)
{
    if (is_own(child, parent)) {
        REQUIRE(child->index == index);
        REQUIRE(parent->span.begin <= doc_full_span(child).begin);
        REQUIRE(child->span.end <= parent->span.end);
    }
    node_check(doc, child, depth + 1);
}

static void node_check(const struct doc *doc, const struct doc_node *node, unsigned depth)
{
    REQUIRE(depth <= LIMIT_DEPTH);
    REQUIRE(node->span.begin <= node->span.end);
    REQUIRE(node->span.end <= doc->source->bytes.n);
    if (!span_is_none(node->tag_span)) {
        REQUIRE(node->tag_span.end <= doc->source->bytes.n);
    }
    if (node->is_alias) {
        REQUIRE(node->target != NULL);
        return; /* what is behind it is checked at its anchor */
    }
    for (uint32_t i = 0; node->kind == DOC_SEQ && i < node->n; i++) {
        child_check(doc, node, node->items[i], i, depth);
    }
    for (uint32_t i = 0; node->kind == DOC_MAP && i < node->n; i++) {
        const struct doc_entry *e = &node->entries[i];
        REQUIRE(e->key->kind == DOC_SCALAR);
        child_check(doc, node, e->key, i, depth);
        child_check(doc, node, e->value, i, depth);
        REQUIRE(doc_get_str(node, e->key->text) != NULL);
    }
}

void tree_check(const struct doc *doc)
{
    if (doc->root != NULL) {
        REQUIRE(doc->root->parent == NULL);
        node_check(doc, doc->root, 0);
    }
}
