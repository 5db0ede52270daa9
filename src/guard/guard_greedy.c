/*
 * A witness in polynomial time: a shortest path to TRUE, then every literal that can go.
 *
 * For each doubt, lowest first, the variables of greater doubt are quantified away; if a path
 * is left its literals are a witness without them. What is dropped first is the literal
 * of the highest rank (the one that people would least like to read). The result is
 * minimal, since dropping one literal never makes another one droppable that was not, but
 * there may be shorter ones off the path.
 */
#include <stdlib.h>

#include "guard/guard_space.h"

static uint32_t find_literal(const struct guard_literal *at, size_t n, uint32_t var)
{
    size_t low = 0;
    size_t high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (at[middle].var < var) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < n && at[low].var == var ? (uint32_t)low : UINT32_MAX;
}

/* Walks everything that the literals leave open; FALSE must not be there. */
bool guard_covers(struct guard_space *s, uint32_t h, const struct guard_literal *at,
                  const bool *keep, size_t n)
{
    uint32_t stamp = guard_next_stamp(s);
    s->walk.n = 0;
    *VEC_ADD(s->arena, &s->walk) = h;
    for (size_t i = 0; i < s->walk.n; i++) {
        uint32_t id = s->walk.at[i];
        if (id == 0) {
            return false;
        }
        struct guard_node *node = s->nodes.at[id];
        if (id == 1 || node->seen == stamp) {
            continue;
        }
        node->seen = stamp;
        uint32_t k = find_literal(at, n, node->var);
        if (k != UINT32_MAX && (!keep || keep[k])) {
            *VEC_ADD(s->arena, &s->walk) = guard_child(node, at[k].outcome);
            continue;
        }
        for (size_t r = 0; r < node->count; r++) {
            *VEC_ADD(s->arena, &s->walk) = node->run[r].child;
        }
    }
    return true;
}

/* *g without the variables of a doubt over `most`. */
static bool strip(struct guard_space *s, enum guard_op op, enum guard_doubt most, uint32_t *g)
{
    struct arena memory = {0};
    struct guard_vars vars = {0};
    guard_support(s, (struct guard){*g}, &memory, &vars);
    guard_begin_build(s, 4);
    for (size_t i = 0; i < vars.n && *g != GUARD_NONE; i++) {
        if (s->vars.at[vars.at[i]]->doubt > most) {
            *g = guard_quantify(s, op, *g, vars.at[i]);
        }
    }
    arena_release(&memory);
    return *g != GUARD_NONE;
}

struct step {
    uint32_t id;
    uint32_t far; /* literals to TRUE; UINT32_MAX: no way */
    uint32_t outcome;
    uint32_t child;
};

static int by_id(const void *a, const void *b)
{
    uint32_t x = ((const struct step *)a)->id;
    uint32_t y = ((const struct step *)b)->id;
    return (x > y) - (x < y);
}

static const struct step *step_of(const struct step *steps, size_t n, uint32_t id)
{
    struct step key = {.id = id};
    const struct step *step = bsearch(&key, steps, n, sizeof key, by_id);
    if (!step) {
        BUG("node %u is on no path", (unsigned)id);
    }
    return step;
}

/* The first of the shortest ways from a node on; among equals one through the standard. */
static void choose(const struct guard_space *s, struct step *step, const struct step *steps,
                   size_t n)
{
    const struct guard_node *node = guard_node(s, step->id);
    uint32_t standard = s->vars.at[node->var]->standard;
    bool is_standard = false;
    step->far = UINT32_MAX;
    for (size_t i = 0; i < node->count; i++) {
        uint32_t child = node->run[i].child;
        uint32_t far = child == 0 ? UINT32_MAX : 0;
        if (child > 1) {
            far = step_of(steps, n, child)->far;
        }
        if (far == UINT32_MAX) {
            continue;
        }
        uint32_t outcome =
            guard_preferred(s, node->var, i ? node->run[i - 1].end : 0, node->run[i].end);
        if (far + 1 < step->far || (far + 1 == step->far && !is_standard && outcome == standard)) {
            *step = (struct step){step->id, far + 1, outcome, child};
            is_standard = outcome == standard;
        }
    }
}

/* A shortest path from x (not FALSE) to TRUE. Children have lower ids than their parents. */
static void shortest_path(struct guard_space *s, uint32_t x, struct arena *a,
                          struct guard_literal **at, size_t *n)
{
    size_t count = guard_walk(s, x, SIZE_MAX);
    struct step *steps = ARENA_ARRAY(a, count, struct step);
    for (size_t i = 0; i < count; i++) {
        steps[i].id = s->walk.at[i];
    }
    if (count > 0) {
        qsort(steps, count, sizeof *steps, by_id);
    }
    for (size_t i = 0; i < count; i++) {
        choose(s, &steps[i], steps, i);
    }
    *n = 0;
    *at = ARENA_ARRAY(a, guard_node(s, x)->height, struct guard_literal);
    while (x != 1) {
        const struct step *step = step_of(steps, count, x);
        (*at)[(*n)++] = (struct guard_literal){guard_node(s, x)->var, step->outcome};
        x = step->child;
    }
}

/* Drops what can go, highest rank first, of one rank the last variable first. */
static size_t drop(struct guard_space *s, uint32_t h, struct arena *a, struct guard_literal *at,
                   size_t n)
{
    bool *keep = ARENA_ARRAY(a, n, bool);
    for (size_t i = 0; i < n; i++) {
        keep[i] = true;
    }
    for (int rank = UINT8_MAX; rank >= 0; rank--) {
        for (size_t i = n; i-- > 0;) {
            if (s->vars.at[at[i].var]->rank == rank) {
                keep[i] = false;
                keep[i] = !guard_covers(s, h, at, keep, n);
            }
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (keep[i]) {
            at[kept++] = at[i];
        }
    }
    return kept;
}

bool guard_greedy(struct guard_space *s, uint32_t h, uint32_t f, struct arena *a,
                  struct guard_literal **at, size_t *n)
{
    for (enum guard_doubt most = GUARD_HIGH; most <= GUARD_LOW; most++) {
        uint32_t hd = h;
        uint32_t fd = f;
        if (!strip(s, GUARD_OP_FORALL, most, &hd) || !strip(s, GUARD_OP_EXISTS, most, &fd)) {
            continue;
        }
        guard_begin_build(s, 4);
        uint32_t x = guard_apply(s, GUARD_OP_AND, hd, fd);
        if (x != GUARD_NONE && x != 0) {
            shortest_path(s, x, a, at, n);
            *n = drop(s, h, a, *at, *n);
            return true;
        }
    }
    return false;
}
