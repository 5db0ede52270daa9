/*
 * Operations on two guards, and the cache of what was computed.
 *
 * apply walks both diagrams at once, from the variable that comes first; a pair that was
 * seen before is taken from the cache. With AND, OR and MINUS each partial result is part
 * of the whole one (a node is replaced by its child only when all its children are that
 * one), so as soon as more nodes are made than a result may have, the budget is exceeded
 * for certain.
 *
 * disjoint and implies build nothing and stop at the first counterexample.
 */
#include "guard/guard_space.h"

#ifdef CFNREACH_TEST
enum { FIRST_CACHE = 4, LARGEST_CACHE = 1 << 12 };
#else
enum { FIRST_CACHE = 256, LARGEST_CACHE = 1 << 20 };
#endif

/* ---- the cache ---------------------------------------------------------------------------- */

static inline size_t cache_slot(const struct guard_space *s, uint32_t op, uint32_t a, uint32_t b)
{
    uint64_t h = ((uint64_t)a << 32 | b) * UINT64_C(0x9E3779B97F4A7C15);
    h = ((h ^ h >> 32) + op) * UINT64_C(0xD6E8FEB86659FD93);
    return (size_t)(h >> 32) & (s->cache_count - 1);
}

static inline bool recall(const struct guard_space *s, uint32_t op, uint32_t a, uint32_t b,
                          uint32_t *out)
{
    if (s->cache_count == 0) {
        return false;
    }
    const struct guard_cached *c = &s->cache[cache_slot(s, op, a, b)];
    if (c->op != op || c->a != a || c->b != b) {
        return false;
    }
    *out = c->result;
    return true;
}

bool guard_recall(const struct guard_space *s, uint32_t op, uint32_t a, uint32_t b, uint32_t *out)
{
    return recall(s, op, a, b, out);
}

/* Doubles once as much was put in as it holds twice over. */
static void grow_cache(struct guard_space *s)
{
    struct guard_cached *old = s->cache;
    size_t n = s->cache_count;
    s->cache_count = n ? n * 2 : FIRST_CACHE;
    s->cache = ARENA_ARRAY(s->arena, s->cache_count, struct guard_cached);
    s->cache_puts = 0;
    for (size_t i = 0; i < n; i++) {
        if (old[i].op) {
            s->cache[cache_slot(s, old[i].op, old[i].a, old[i].b)] = old[i];
        }
    }
}

static inline void remember(struct guard_space *s, uint32_t op, uint32_t a, uint32_t b,
                            uint32_t result)
{
    if (s->cache_puts >= 2 * s->cache_count && s->cache_count < LARGEST_CACHE) {
        grow_cache(s);
    }
    s->cache_puts++;
    s->cache[cache_slot(s, op, a, b)] = (struct guard_cached){op, a, b, result};
}

void guard_remember(struct guard_space *s, uint32_t op, uint32_t a, uint32_t b, uint32_t result)
{
    remember(s, op, a, b, result);
}

/* ---- two nodes side by side --------------------------------------------------------------- */

static void set_end(struct guard_join *j)
{
    j->end = j->a->end < j->b->end ? j->a->end : j->b->end;
}

void guard_join_begin(const struct guard_space *s, struct guard_join *j, uint32_t a, uint32_t b)
{
    const struct guard_node *na = s->nodes.at[a];
    const struct guard_node *nb = s->nodes.at[b];
    const struct guard_node *top = na->var < nb->var ? na : nb;
    j->var = top->var;
    j->outcomes = top->run[top->count - 1U].end;
    j->whole_a = (struct guard_run){j->outcomes, a};
    j->whole_b = (struct guard_run){j->outcomes, b};
    j->a = na->var == j->var ? na->run : &j->whole_a;
    j->b = nb->var == j->var ? nb->run : &j->whole_b;
    j->from = 0;
    set_end(j);
}

bool guard_join(struct guard_space *s, struct guard_join *j, uint32_t a, uint32_t b)
{
    guard_join_begin(s, j, a, b);
    return guard_spend(s, (size_t)guard_node(s, a)->count + guard_node(s, b)->count);
}

bool guard_join_next(struct guard_join *j)
{
    if (j->end == j->outcomes) {
        return false;
    }
    j->from = j->end;
    j->a += j->a->end == j->end;
    j->b += j->b->end == j->end;
    set_end(j);
    return true;
}

/* ---- and, or, minus ----------------------------------------------------------------------- */

/* The result where it is plain, else GUARD_NONE. 0 is FALSE, 1 is TRUE. */
static inline uint32_t plain(enum guard_op op, uint32_t a, uint32_t b)
{
    if (a > 1 && b > 1 && a != b) {
        return GUARD_NONE;
    }
    if (op == GUARD_OP_AND) {
        return a == b || b == 1 || a == 0 ? a : b == 0 || a == 1 ? b : GUARD_NONE;
    }
    if (op == GUARD_OP_OR) {
        return a == b || b == 0 || a == 1 ? a : b == 1 || a == 0 ? b : GUARD_NONE;
    }
    return a == b || a == 0 || b == 1 ? 0 : b == 0 ? a : GUARD_NONE;
}

/* Where nodes have two runs, as those of yes and no have, and end them at the same outcome. */
static inline bool is_halved(const struct guard_node *a, const struct guard_node *b)
{
    if (a->var != b->var) {
        return (a->var < b->var ? a : b)->count == 2;
    }
    return a->count == 2 && b->count == 2 && a->run[0].end == b->run[0].end;
}

static uint32_t apply_pair(struct guard_space *s, enum guard_op op, uint32_t a, uint32_t b);

uint32_t guard_apply(struct guard_space *s, enum guard_op op, uint32_t a, uint32_t b)
{
    uint32_t r = plain(op, a, b);
    return r != GUARD_NONE ? r : apply_pair(s, op, a, b);
}

/* The two pieces of a pair of nodes, without a join. */
static uint32_t apply_halves(struct guard_space *s, enum guard_op op, uint32_t a, uint32_t b)
{
    const struct guard_node *na = s->nodes.at[a];
    const struct guard_node *nb = s->nodes.at[b];
    bool in_a = na->var <= nb->var;
    bool in_b = nb->var <= na->var;
    const struct guard_node *top = in_a ? na : nb;
    uint32_t x = guard_apply(s, op, in_a ? na->run[0].child : a, in_b ? nb->run[0].child : b);
    if (x == GUARD_NONE) {
        return x;
    }
    uint32_t y = guard_apply(s, op, in_a ? na->run[1].child : a, in_b ? nb->run[1].child : b);
    if (y == GUARD_NONE) {
        return y;
    }
    return guard_make_two(s, top->var, (struct guard_run){top->run[0].end, x},
                          (struct guard_run){top->run[1].end, y});
}

static uint32_t apply_pieces(struct guard_space *s, enum guard_op op, uint32_t a, uint32_t b)
{
    struct guard_join j;
    guard_join_begin(s, &j, a, b);
    size_t base = s->stack.n;
    do {
        uint32_t r = guard_apply(s, op, j.a->child, j.b->child);
        if (r == GUARD_NONE) {
            return r;
        }
        guard_push(s, base, j.end, r);
    } while (guard_join_next(&j));
    return guard_make(s, j.var, base);
}

/* Neither is a constant, and they are not the same. */
static uint32_t apply_pair(struct guard_space *s, enum guard_op op, uint32_t a, uint32_t b)
{
    uint32_t r;
    if (a > b && op != GUARD_OP_MINUS) {
        uint32_t swap = a;
        a = b;
        b = swap;
    }
    if (recall(s, op, a, b, &r)) {
        return r;
    }
    const struct guard_node *na = s->nodes.at[a];
    const struct guard_node *nb = s->nodes.at[b];
    if (!guard_spend(s, (size_t)na->count + nb->count)) {
        return GUARD_NONE;
    }
    r = is_halved(na, nb) ? apply_halves(s, op, a, b) : apply_pieces(s, op, a, b);
    if (r != GUARD_NONE) {
        remember(s, op, a, b, r);
    }
    return r;
}

static struct guard applied(struct guard_space *s, enum guard_op op, struct guard a, struct guard b)
{
    guard_begin_build(s, 1);
    return guard_end(s, guard_apply(s, op, a.node, b.node));
}

struct guard guard_and_of(struct guard_space *s, struct guard a, struct guard b)
{
    return applied(s, GUARD_OP_AND, a, b);
}

struct guard guard_or_of(struct guard_space *s, struct guard a, struct guard b)
{
    return applied(s, GUARD_OP_OR, a, b);
}

struct guard guard_minus_of(struct guard_space *s, struct guard a, struct guard b)
{
    return applied(s, GUARD_OP_MINUS, a, b);
}

/* ---- tests -------------------------------------------------------------------------------- */

/* 1 or 0 where it is plain, else GUARD_NONE. A node other than 0 and 1 is neither empty nor
 * everything. */
static uint32_t plain_test(enum guard_op op, uint32_t a, uint32_t b)
{
    if (op == GUARD_OP_DISJOINT) {
        if (a == 0 || b == 0) {
            return 1;
        }
        return a == b || a == 1 || b == 1 ? 0 : GUARD_NONE;
    }
    if (a == 0 || b == 1 || a == b) {
        return 1;
    }
    return a == 1 || b == 0 ? 0 : GUARD_NONE;
}

static uint32_t test(struct guard_space *s, enum guard_op op, uint32_t a, uint32_t b)
{
    uint32_t r = plain_test(op, a, b);
    if (r != GUARD_NONE) {
        return r;
    }
    if (a > b && op == GUARD_OP_DISJOINT) {
        uint32_t swap = a;
        a = b;
        b = swap;
    }
    if (recall(s, op, a, b, &r)) {
        return r;
    }
    struct guard_join j;
    if (!guard_join(s, &j, a, b)) {
        return GUARD_NONE;
    }
    do {
        r = test(s, op, j.a->child, j.b->child);
        if (r == GUARD_NONE) {
            return r;
        }
    } while (r == 1 && guard_join_next(&j));
    remember(s, op, a, b, r);
    return r;
}

/* Over the budget the answer is no: nothing was proven. */
static bool tested(struct guard_space *s, enum guard_op op, struct guard a, struct guard b)
{
    guard_begin_build(s, 1);
    uint32_t r = test(s, op, a.node, b.node);
    if (r == GUARD_NONE) {
        s->exceeded = true;
    }
    return r == 1;
}

bool guard_disjoint_of(struct guard_space *s, struct guard a, struct guard b)
{
    return tested(s, GUARD_OP_DISJOINT, a, b);
}

bool guard_implies_of(struct guard_space *s, struct guard a, struct guard b)
{
    return tested(s, GUARD_OP_IMPLIES, a, b);
}
