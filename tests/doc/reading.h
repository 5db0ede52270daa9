/*
 * One document read for a test. The bytes lie in a block of exactly their size, so
 * that the sanitizer sees a reader that looks behind the end.
 */
#ifndef CFNREACH_TESTS_DOC_READING_H
#define CFNREACH_TESTS_DOC_READING_H

#include "base/limits.h"
#include "doc/doc.h"
#include "doc/path.h"
#include "tests/check.h"

struct reading {
    struct arena arena;
    struct source_set set;
    struct source *source;
    struct diags diags;
    struct doc *doc;
    char *bytes;
};

static inline void read_bytes(struct reading *r, const char *path, struct str bytes)
{
    *r = (struct reading){0};
    r->bytes = test_malloc(bytes.n + !bytes.n);
    if (bytes.n) {
        memcpy(r->bytes, bytes.p, bytes.n);
    }
    source_set_init(&r->set, &r->arena);
    r->source = source_add(&r->set, str_from(path), (struct str){r->bytes, bytes.n});
    diags_init(&r->diags, &r->arena);
    r->doc = doc_read(&r->arena, r->source, LIMIT_TEMPLATE_BYTES, &r->diags);
}

static inline void read_text(struct reading *r, const char *path, const char *text)
{
    read_bytes(r, path, str_from(text));
}

static inline void read_done(struct reading *r)
{
    arena_release(&r->arena);
    test_free(r->bytes);
}

/* What stands in the source at the node's span. */
static inline struct str written(const struct reading *r, const struct doc_node *node)
{
    assert_non_null(node);
    return source_text(&r->set, node->span);
}

static inline const struct doc_node *node_at(const struct reading *r, const char *path)
{
    const struct doc_node *node = doc_at(r->doc->root, path);
    if (!node) {
        print_error("nothing at \"%s\"\n", path);
    }
    assert_non_null(node);
    return node;
}

/* The first diagnostic, which must exist, must be this one, and must lie in the source. */
static inline const struct diag *only_diag(const struct reading *r, enum diag_id id)
{
    assert_int_equal(r->diags.all.n, 1);
    const struct diag *g = &r->diags.all.at[0];
    assert_int_equal(g->id, id);
    assert_int_equal(g->at.source, r->source->id);
    assert_true(g->at.begin <= g->at.end);
    assert_true(g->at.end <= r->source->bytes.n);
    return g;
}

#endif
