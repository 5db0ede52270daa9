/*
 * The tree is made in one pass over the prefixes sorted by (first address, length): the
 * parent of the next prefix is an ancestor of the one before, or that one itself.
 */
#include "reach/nest.h"

#include <stdlib.h>

struct item {
    struct prefix prefix;
    uint32_t number;
};

static int by_place(const void *x, const void *y)
{
    const struct item *a = x;
    const struct item *b = y;
    int order = address_cmp(a->prefix.first, b->prefix.first);
    if (order != 0) {
        return order;
    }
    if (a->prefix.length != b->prefix.length) {
        return a->prefix.length < b->prefix.length ? -1 : 1;
    }
    return (a->number > b->number) - (a->number < b->number);
}

struct nest nest_of(struct arena *a, enum net_family f, const struct prefix *p, size_t n)
{
    struct item *items = ARENA_ARRAY(a, n, struct item);
    for (size_t i = 0; i < n; i++) {
        if (p[i].family != f) {
            BUG("a prefix of the other family");
        }
        items[i] = (struct item){.prefix = p[i], .number = (uint32_t)i};
    }
    qsort(items, n, sizeof *items, by_place);
    struct nest_node *node = ARENA_ARRAY(a, n + 1, struct nest_node);
    uint32_t *order = ARENA_ARRAY(a, n, uint32_t);
    uint32_t count = 1;
    uint32_t here = 0;
    node[0].prefix.family = f;
    for (uint32_t i = 0; i < n; i++) {
        order[i] = items[i].number;
        while (!prefix_covers(node[here].prefix, items[i].prefix)) {
            here = node[here].parent;
        }
        if (!prefix_equal(node[here].prefix, items[i].prefix)) {
            node[count] =
                (struct nest_node){.prefix = items[i].prefix, .parent = here, .begin = i, .end = i};
            here = count++;
        }
        node[here].end = i + 1;
    }
    return (struct nest){.node = node, .n = count, .order = order};
}

/* Behind the last address of a node its parent goes on. */
static void close_node(struct line_maker *m, const struct nest_node *node, uint32_t parent_value)
{
    struct address last = prefix_last(node->prefix);
    if (address_cmp(last, address_last(node->prefix.family)) < 0) {
        line_put(m, address_next(last), parent_value);
    }
}

struct line nest_line(struct arena *a, const struct nest *nest, const uint32_t *value)
{
    struct line_maker m = {.arena = a};
    const struct nest_node *node = nest->node;
    uint32_t here = 0;
    line_put(&m, (struct address){0}, value[0]);
    for (uint32_t i = 1; i < nest->n; i++) {
        while (here != node[i].parent) {
            close_node(&m, &node[here], value[node[here].parent]);
            here = node[here].parent;
        }
        line_put(&m, node[i].prefix.first, value[i]);
        here = i;
    }
    while (here != 0) {
        close_node(&m, &node[here], value[node[here].parent]);
        here = node[here].parent;
    }
    return line_made(&m);
}
