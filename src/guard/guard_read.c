/*
 * Reading a guard without changing it: its variables, its size, its value.
 * The walks keep a list instead of recursing.
 */
#include <stdlib.h>

#include "guard/guard_space.h"

uint32_t guard_next_stamp(struct guard_space *s)
{
    if (s->stamp == UINT32_MAX) {
        for (size_t i = 0; i < s->nodes.n; i++) {
            s->nodes.at[i]->seen = 0;
        }
        s->stamp = 0;
    }
    return ++s->stamp;
}

static void come_by(struct guard_space *s, uint32_t id)
{
    struct guard_node *n = s->nodes.at[id];
    if (n->count > 0 && n->seen != s->stamp) {
        n->seen = s->stamp;
        *VEC_ADD(s->arena, &s->walk) = id;
    }
}

size_t guard_walk(struct guard_space *s, uint32_t g, size_t limit)
{
    (void)guard_next_stamp(s);
    s->walk.n = 0;
    come_by(s, g);
    for (size_t i = 0; i < s->walk.n && s->walk.n <= limit; i++) {
        const struct guard_node *n = guard_node(s, s->walk.at[i]);
        for (size_t k = 0; k < n->count; k++) {
            come_by(s, n->run[k].child);
        }
    }
    return s->walk.n;
}

size_t guard_size(struct guard_space *s, struct guard g)
{
    return guard_walk(s, g.node, SIZE_MAX);
}

size_t guard_total(const struct guard_space *s)
{
    return s->nodes.n - 2;
}

bool guard_mentions(struct guard_space *s, struct guard g, uint32_t var)
{
    size_t n = guard_walk(s, g.node, SIZE_MAX);
    for (size_t i = 0; i < n; i++) {
        if (guard_node(s, s->walk.at[i])->var == var) {
            return true;
        }
    }
    return false;
}

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void guard_support(struct guard_space *s, struct guard g, struct arena *a, struct guard_vars *out)
{
    size_t n = guard_walk(s, g.node, SIZE_MAX);
    for (size_t i = 0; i < n; i++) {
        s->walk.at[i] = guard_node(s, s->walk.at[i])->var;
    }
    if (n > 1) {
        qsort(s->walk.at, n, sizeof *s->walk.at, ascending);
    }
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || s->walk.at[i] != s->walk.at[i - 1]) {
            *VEC_ADD(a, out) = s->walk.at[i];
        }
    }
}

bool guard_holds(const struct guard_space *s, struct guard g, const uint32_t *outcome)
{
    uint32_t id = g.node;
    while (id > 1) {
        const struct guard_node *n = guard_node(s, id);
        if (outcome[n->var] >= n->run[n->count - 1U].end) {
            BUG("variable %u has no outcome %u", (unsigned)n->var, (unsigned)outcome[n->var]);
        }
        id = guard_child(n, outcome[n->var]);
    }
    return id == 1;
}
