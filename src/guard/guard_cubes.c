/*
 * The cubes of a guard: its paths to TRUE.
 *
 * At each node the outcomes that lead to one child are taken together; children are visited
 * in the order of their first outcome. Two paths part at some variable, so cubes are disjoint.
 * Most guards have few, but their number has no bound: the visitor says when it is enough.
 */
#include "guard/guard_space.h"

struct cubes {
    const struct guard_space *s;
    struct guard_cube_part *parts; /* one for each level */
    uint32_t **outcomes;           /* by variable: room for those of its part */
    struct arena memory;
    bool (*visit)(void *ctx, const struct guard_cube_part *parts, size_t n);
    void *ctx;
};

static bool came_before(const struct guard_node *n, size_t run)
{
    for (size_t i = 0; i < run; i++) {
        if (n->run[i].child == n->run[run].child) {
            return true;
        }
    }
    return false;
}

/* All outcomes of n that lead where the given run leads. */
static size_t gather(const struct guard_node *n, size_t run, uint32_t *out)
{
    size_t count = 0;
    for (size_t i = run; i < n->count; i++) {
        if (n->run[i].child == n->run[run].child) {
            for (uint32_t o = i ? n->run[i - 1].end : 0; o < n->run[i].end; o++) {
                out[count++] = o;
            }
        }
    }
    return count;
}

/* Recursion: as deep as the guard is high. */
static bool descend(struct cubes *c, uint32_t g, size_t level)
{
    if (g == 1) {
        return c->visit(c->ctx, c->parts, level);
    }
    const struct guard_node *n = guard_node(c->s, g);
    for (size_t i = 0; i < n->count; i++) {
        if (n->run[i].child == 0 || came_before(n, i)) {
            continue;
        }
        uint32_t **room = &c->outcomes[n->var];
        if (!*room) {
            *room = ARENA_ARRAY(&c->memory, n->run[n->count - 1U].end, uint32_t);
        }
        size_t count = gather(n, i, *room);
        c->parts[level] = (struct guard_cube_part){n->var, *room, count};
        if (!descend(c, n->run[i].child, level + 1)) {
            return false;
        }
    }
    return true;
}

void guard_cubes(struct guard_space *s, struct guard g,
                 bool (*visit)(void *ctx, const struct guard_cube_part *parts, size_t n), void *ctx)
{
    struct cubes c = {.s = s, .visit = visit, .ctx = ctx};
    if (guard_is_false(g)) {
        return;
    }
    c.parts = ARENA_ARRAY(&c.memory, guard_node(s, g.node)->height, struct guard_cube_part);
    c.outcomes = ARENA_ARRAY(&c.memory, s->vars.n, uint32_t *);
    (void)descend(&c, g.node, 0);
    arena_release(&c.memory);
}
