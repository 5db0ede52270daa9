/*
 * Paths, written from the node upwards and turned round.
 */
#include "doc/path.h"

struct steps {
    VEC(struct str) at; /* innermost first */
};

/* The name of a node in its parent. The value of a merge key is in the text but
 * not among the entries. */
static struct str step_name(struct arena *a, const struct doc_node *node)
{
    const struct doc_node *parent = node->parent;
    if (parent->kind == DOC_SEQ) {
        return str_format(a, "%u", (unsigned)node->index);
    }
    if (node->is_key) {
        return node->text;
    }
    if (node->index < parent->n && parent->entries[node->index].value == node) {
        return parent->entries[node->index].key->text;
    }
    return STR("<<");
}

/* "Fn::If" for "!If": what the template would hold in the long form between a
 * collection and its children. Empty for no tag, "!Ref" and "!Condition". */
static struct str long_name(struct arena *a, const struct doc_node *node)
{
    struct str tag = node->tag;
    if (tag.n < 2 || tag.p[0] != '!' || str_is(tag, "!Ref") || str_is(tag, "!Condition")) {
        return (struct str){0};
    }
    struct str name = str_sub(tag, 1, tag.n);
    return str_starts(name, STR("Fn::")) ? name : str_join2(a, STR("Fn::"), name);
}

/* The steps from `from` (NULL: the root) down to node; false if it is not below. */
static bool collect(struct arena *a, const struct doc_node *from, const struct doc_node *node,
                    bool with_tags, struct steps *steps)
{
    steps->at.n = 0;
    for (; node != from && node->parent; node = node->parent) {
        *VEC_ADD(a, &steps->at) = step_name(a, node);
        struct str tag = with_tags ? long_name(a, node->parent) : (struct str){0};
        if (tag.n) {
            *VEC_ADD(a, &steps->at) = tag;
        }
    }
    return !from || node == from;
}

static void add_escaped(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '~') {
            buf_adds(b, "~0");
        } else if (s.p[i] == '/') {
            buf_adds(b, "~1");
        } else {
            buf_addc(b, s.p[i]);
        }
    }
}

struct str doc_path(struct arena *a, const struct doc_node *from, const struct doc_node *node)
{
    struct steps steps = {0};
    if (!collect(a, from, node, true, &steps)) {
        (void)collect(a, NULL, node, true, &steps);
    }
    struct buf b;
    buf_init(&b);
    for (size_t i = steps.at.n; i-- > 0;) {
        buf_add(&b, steps.at.at[i]);
        buf_adds(&b, i ? "/" : "");
    }
    struct str path = str_copy(a, buf_str(&b));
    buf_release(&b);
    return path;
}

struct str doc_pointer(struct arena *a, const struct doc_node *node)
{
    struct steps steps = {0};
    (void)collect(a, NULL, doc_copies(node) > 0 ? doc_target(node) : node, false, &steps);
    struct buf b;
    buf_init(&b);
    for (size_t i = steps.at.n; i-- > 0;) {
        buf_addc(&b, '/');
        add_escaped(&b, steps.at.at[i]);
    }
    struct str pointer = str_copy(a, buf_str(&b));
    buf_release(&b);
    return pointer;
}

/* "0", "17"; not "", "01", "-1". */
static const struct doc_node *item_at(const struct doc_node *seq, struct str name)
{
    int64_t i = 0;
    if ((name.n > 1 && name.p[0] == '0') || str_find_byte(name, '-', 0) != STR_NPOS ||
        !str_to_int(name, &i) || i >= (int64_t)seq->n) {
        return NULL;
    }
    return seq->items[i];
}

const struct doc_node *doc_at(const struct doc_node *from, const char *path)
{
    struct str rest = str_from(path);
    while (from && rest.n) {
        size_t slash = str_find_byte(rest, '/', 0);
        struct str name = str_sub(rest, 0, slash);
        rest = str_sub(rest, slash == STR_NPOS ? rest.n : slash + 1, rest.n);
        from = from->kind == DOC_SEQ ? item_at(from, name) : doc_get_str(from, name);
    }
    return from;
}
