/*
 * One line per node: "begin-end kind style type tag &anchor text". The text is quoted as
 * in JSON; children are indented; entries are a key line and a value line.
 */
#include "doc/dump.h"

#include "base/limits.h"

static const char *const style_names[] = {
    [DOC_PLAIN] = "plain",     [DOC_SINGLE] = "single", [DOC_DOUBLE] = "double",
    [DOC_LITERAL] = "literal", [DOC_FOLDED] = "folded", [DOC_BLOCK] = "block",
    [DOC_FLOW] = "flow",
};

static const char *const type_names[] = {
    [DOC_STRING] = "string", [DOC_INT] = "int",   [DOC_FLOAT] = "float",
    [DOC_BOOL] = "bool",     [DOC_NULL] = "null",
};

static const char *const kind_names[] = {
    [DOC_SCALAR] = "scalar",
    [DOC_SEQ] = "list",
    [DOC_MAP] = "map",
};

static void add_quoted(struct buf *out, struct str s)
{
    buf_addc(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\') {
            buf_addf(out, "\\%c", c);
        } else if (c == '\n') {
            buf_adds(out, "\\n");
        } else if (c < 0x20 || c == 0x7F) {
            buf_addf(out, "\\u%04x", c);
        } else {
            buf_addc(out, (char)c);
        }
    }
    buf_addc(out, '"');
}

static void add_node(struct buf *out, const struct doc_node *node, size_t depth)
{
    buf_pad(out, ' ', depth * 2);
    buf_addf(out, "%u-%u %s%s %s", node->span.begin, node->span.end, node->is_key ? "key " : "",
             kind_names[node->kind], style_names[node->style]);
    if (node->kind == DOC_SCALAR) {
        buf_addf(out, " %s", type_names[node->type]);
    }
    if (node->tag.n) {
        buf_addf(out, " %.*s", STR_ARG(node->tag));
    }
    if (doc_anchor(node).n) {
        buf_addf(out, " &%.*s", STR_ARG(doc_anchor(node)));
    }
    const struct doc_node *target = node->is_alias ? doc_target(node) : NULL;
    if (target) {
        buf_addf(out, " alias of %u-%u", target->span.begin, target->span.end);
    }
    if (node->kind == DOC_SCALAR) {
        buf_addc(out, ' ');
        add_quoted(out, node->text);
    }
    buf_addc(out, '\n');
}

/* The depth of a tree as written is bounded: an alias is not descended into. */
static void dump(struct buf *out, const struct doc_node *node, size_t depth)
{
    if (depth > LIMIT_DEPTH) {
        BUG("a tree deeper than the reader allows");
    }
    add_node(out, node, depth);
    if (node->is_alias || node->kind == DOC_SCALAR) {
        return;
    }
    for (uint32_t i = 0; i < node->n; i++) {
        if (node->kind == DOC_SEQ) {
            dump(out, node->items[i], depth + 1);
        } else {
            add_node(out, node->entries[i].key, depth + 1);
            dump(out, node->entries[i].value, depth + 1);
        }
    }
}

void doc_dump(const struct doc *doc, struct buf *out)
{
    if (doc->root) {
        dump(out, doc->root, 0);
    }
}
