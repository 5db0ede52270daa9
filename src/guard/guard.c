/*
 * The space: its variables, its nodes and their table, and the budget.
 *
 * Nodes are hash-consed: guard_make looks up the runs it is given and only makes a node
 * that is not there yet, so equal guards are equal numbers. Nothing is ever freed.
 */
#include "guard/guard.h"

#include "guard/guard_space.h"

#ifdef CFNREACH_TEST
enum { FIRST_SLOTS = 4 };
#else
enum { FIRST_SLOTS = 256 };
#endif

/* One operation may take STEPS_PER_NODE steps for each node that its result may have (two
 * guards whose product is large can have a small result), and all operations together
 * ALL_STEPS_PER_NODE for each node that the space may have. A step is one run looked at; what
 * the cache knows costs none. */
enum { STEPS_PER_NODE = 32, ALL_STEPS_PER_NODE = 16 };

static void add_constant(struct guard_space *s)
{
    struct guard_node *n = ARENA_NEW(s->arena, struct guard_node);
    n->var = UINT32_MAX;
    *VEC_ADD(s->arena, &s->nodes) = n;
}

struct guard_space *guard_space_new(struct arena *a)
{
    struct guard_space *s = ARENA_NEW(a, struct guard_space);
    s->arena = a;
    s->limits =
        (struct guard_limits){LIMIT_GUARD_NODES, LIMIT_GUARD_TOTAL, (size_t)8 * LIMIT_GUARD_NODES};
    s->slot_count = FIRST_SLOTS;
    s->slots = ARENA_ARRAY(a, s->slot_count, uint64_t);
    add_constant(s);
    add_constant(s);
    return s;
}

void guard_set_limits(struct guard_space *s, struct guard_limits limits)
{
    s->limits = limits;
}

uint32_t guard_add(struct guard_space *s, struct guard_variable v)
{
    if (v.outcomes < 2 || v.outcomes > LIMIT_OUTCOMES) {
        BUG("variable %.*s has %u outcomes", STR_ARG(v.name), (unsigned)v.outcomes);
    }
    if (v.standard != GUARD_NO_OUTCOME && v.standard >= v.outcomes) {
        BUG("variable %.*s has no outcome %u", STR_ARG(v.name), (unsigned)v.standard);
    }
    struct guard_variable *kept = ARENA_NEW(s->arena, struct guard_variable);
    *kept = v;
    *VEC_ADD(s->arena, &s->vars) = kept;
    return (uint32_t)s->vars.n - 1;
}

uint32_t guard_count(const struct guard_space *s)
{
    return (uint32_t)s->vars.n;
}

const struct guard_variable *guard_variable(const struct guard_space *s, uint32_t var)
{
    if (var >= s->vars.n) {
        BUG("no variable %u", (unsigned)var);
    }
    return s->vars.at[var];
}

/* ---- one operation ------------------------------------------------------------------------ */

static inline size_t times(size_t a, size_t b)
{
    return a > SIZE_MAX / b ? SIZE_MAX : a * b;
}

/* `all` bounds the steps of the space, those taken before included. */
static void begin(struct guard_space *s, size_t steps, size_t makes, size_t all)
{
    size_t left = s->steps < all ? all - s->steps : 0;
    s->steps_left = steps < left ? steps : left;
    s->makes_left = makes;
    s->stack.n = 0;
}

void guard_begin_search(struct guard_space *s)
{
    begin(s, s->limits.search, s->limits.nodes, times(s->limits.total, ALL_STEPS_PER_NODE) / 2);
}

void guard_begin_build(struct guard_space *s, size_t spare)
{
    begin(s, times(s->limits.nodes, STEPS_PER_NODE), times(s->limits.nodes, spare),
          times(s->limits.total, ALL_STEPS_PER_NODE));
}

/* Bounds are sums over a tree; where they are too high the nodes are counted, and the exact
 * number is kept as the better bound. */
static bool fits(struct guard_space *s, uint32_t g)
{
    struct guard_node *n = s->nodes.at[g];
    if (n->bound <= s->limits.nodes) {
        return true;
    }
    size_t size = guard_walk(s, g, s->limits.nodes);
    if (size > s->limits.nodes) {
        return false;
    }
    n->bound = (uint32_t)size;
    return true;
}

struct guard guard_end(struct guard_space *s, uint32_t node)
{
    if (node == GUARD_NONE || !fits(s, node)) {
        s->exceeded = true;
        return guard_budget(s);
    }
    return (struct guard){node};
}

bool guard_exceeded(struct guard_space *s)
{
    bool exceeded = s->exceeded;
    s->exceeded = false;
    return exceeded;
}

/* Made even when nothing else may be made any more. */
struct guard guard_budget(struct guard_space *s)
{
    if (guard_is_false(s->budget)) {
        uint32_t var = guard_add(s, (struct guard_variable){.name = STR("budget"),
                                                            .outcomes = 2,
                                                            .standard = GUARD_NO_OUTCOME,
                                                            .doubt = GUARD_LOW,
                                                            .rank = UINT8_MAX,
                                                            .doubts_rule = true});
        struct guard_limits limits = s->limits;
        s->limits.total = SIZE_MAX;
        begin(s, 0, 1, 0);
        guard_push(s, 0, 1, 0);
        guard_push(s, 0, 2, 1);
        s->budget = (struct guard){guard_make(s, var, 0)};
        s->limits = limits;
    }
    return s->budget;
}

/* ---- nodes -------------------------------------------------------------------------------- */

void guard_push(struct guard_space *s, size_t base, uint32_t end, uint32_t child)
{
    if (s->stack.n > base && s->stack.at[s->stack.n - 1].child == child) {
        s->stack.at[s->stack.n - 1].end = end;
        return;
    }
    *VEC_ADD(s->arena, &s->stack) = (struct guard_run){end, child};
}

static inline uint64_t mixed(uint64_t h, uint64_t x)
{
    h = (h ^ x) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ (h >> 29);
}

static inline uint64_t hash_of(uint32_t var, const struct guard_run *run, size_t n)
{
    uint64_t h = mixed(n, var);
    for (size_t i = 0; i < n; i++) {
        h = mixed(h, (uint64_t)run[i].end << 32 | run[i].child);
    }
    return h;
}

static inline bool is_node(const struct guard_node *node, uint32_t var, const struct guard_run *run,
                           size_t n)
{
    bool same = node->var == var && node->count == n;
    for (size_t i = 0; same && i < n; i++) {
        same = node->run[i].end == run[i].end && node->run[i].child == run[i].child;
    }
    return same;
}

/* Where the node is, or the free slot where it belongs. The upper half of a slot is that of
 * the hash: nodes that differ in it need not be looked at. */
static inline uint64_t *slot_of(const struct guard_space *s, uint64_t hash, uint32_t var,
                                const struct guard_run *run, size_t n)
{
    size_t mask = s->slot_count - 1;
    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        uint64_t *slot = &s->slots[i];
        if (*slot == 0 ||
            (*slot >> 32 == hash >> 32 && is_node(s->nodes.at[(uint32_t)*slot], var, run, n))) {
            return slot;
        }
    }
}

static void grow_slots(struct guard_space *s)
{
    s->slot_count *= 2;
    s->slots = ARENA_ARRAY(s->arena, s->slot_count, uint64_t);
    size_t mask = s->slot_count - 1;
    for (size_t id = 2; id < s->nodes.n; id++) {
        const struct guard_node *n = s->nodes.at[id];
        uint64_t hash = hash_of(n->var, n->run, n->count);
        size_t i = (size_t)hash & mask;
        while (s->slots[i]) { /* no two nodes are equal */
            i = (i + 1) & mask;
        }
        s->slots[i] = (hash >> 32 << 32) | id;
    }
}

/* A node that is in no table yet; NULL when it is over a limit. */
static struct guard_node *new_node(struct guard_space *s, uint32_t var, const struct guard_run *run,
                                   size_t n)
{
    const struct guard_variable *v = s->vars.at[var];
    uint64_t bound = 1;
    uint16_t height = 0;
    uint32_t marks = UINT32_C(1) << v->doubt;
    uint64_t own = var < 64 ? UINT64_C(1) << var : 0;
    uint64_t needs = 0;
    uint64_t common = UINT64_MAX; /* of all children but FALSE */
    for (size_t i = 0; i < n; i++) {
        const struct guard_node *child = s->nodes.at[run[i].child];
        bound += child->bound; /* at most 4096 of 32 bits: no overflow */
        height = child->height > height ? child->height : height;
        marks |= child->marks;
        if (child->count > 0 && s->vars.at[child->var]->rank != v->rank) {
            marks |= GUARD_MARK_RANKS;
        }
        if (run[i].child == 0) {
            needs |= own;
        } else {
            common &= child->needs;
        }
    }
    size_t weight = (n + 1) / 2;
    if (s->makes_left == 0 || height >= GUARD_HEIGHT || weight > s->limits.total ||
        s->weight > s->limits.total - weight) {
        return NULL;
    }
    struct guard_node *node = arena_alloc(s->arena, sizeof *node + n * sizeof *run);
    node->var = var;
    node->count = (uint16_t)n;
    node->height = (uint16_t)(height + 1);
    node->bound = bound < UINT32_MAX ? (uint32_t)bound : UINT32_MAX;
    node->marks = marks | (v->standard == GUARD_NO_OUTCOME ? 0U : (uint32_t)GUARD_MARK_STANDARD);
    node->needs = needs | common;
    for (size_t i = 0; i < n; i++) {
        node->run[i] = run[i];
    }
    s->weight += weight;
    s->makes_left--;
    return node;
}

/* The node of n runs, n over 1: the one that is there, or a new one. May be GUARD_NONE. */
static inline uint32_t node_of(struct guard_space *s, uint32_t var, const struct guard_run *run,
                               size_t n)
{
    uint64_t hash = hash_of(var, run, n);
    uint64_t *slot = slot_of(s, hash, var, run, n);
    uint32_t known = (uint32_t)*slot;
    if (known) {
        return known;
    }
    struct guard_node *node = new_node(s, var, run, n);
    if (!node) {
        return GUARD_NONE;
    }
    uint32_t id = (uint32_t)s->nodes.n;
    *slot = (hash >> 32 << 32) | id;
    *VEC_ADD(s->arena, &s->nodes) = node;
    if (s->nodes.n > s->slot_count / 2) {
        grow_slots(s);
    }
    return id;
}

uint32_t guard_make(struct guard_space *s, uint32_t var, size_t base)
{
    const struct guard_run *run = s->stack.at + base;
    size_t n = s->stack.n - base;
    s->stack.n = base;
    return n == 1 ? run[0].child : node_of(s, var, run, n);
}

uint32_t guard_make_two(struct guard_space *s, uint32_t var, struct guard_run x, struct guard_run y)
{
    const struct guard_run run[] = {x, y};
    return x.child == y.child ? x.child : node_of(s, var, run, 2);
}

uint32_t guard_child(const struct guard_node *n, uint32_t outcome)
{
    size_t low = 0; /* the first run whose end is over outcome */
    size_t high = n->count - 1U;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (n->run[middle].end > outcome) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return n->run[low].child;
}

uint32_t guard_preferred(const struct guard_space *s, uint32_t var, uint32_t from, uint32_t end)
{
    uint32_t standard = s->vars.at[var]->standard; /* GUARD_NO_OUTCOME is over every end */
    return standard >= from && standard < end ? standard : from;
}

/* ---- guards of one variable --------------------------------------------------------------- */

static void check_outcome(const struct guard_space *s, uint32_t var, uint32_t outcome)
{
    const struct guard_variable *v = guard_variable(s, var);
    if (outcome >= v->outcomes) {
        BUG("variable %.*s has no outcome %u", STR_ARG(v->name), (unsigned)outcome);
    }
}

struct guard guard_is(struct guard_space *s, uint32_t var, uint32_t outcome)
{
    check_outcome(s, var, outcome);
    uint32_t outcomes = s->vars.at[var]->outcomes;
    guard_begin_build(s, 1);
    if (outcome > 0) {
        guard_push(s, 0, outcome, 0);
    }
    guard_push(s, 0, outcome + 1, 1);
    if (outcome + 1 < outcomes) {
        guard_push(s, 0, outcomes, 0);
    }
    return guard_end(s, guard_make(s, var, 0));
}

struct guard guard_among(struct guard_space *s, uint32_t var, const uint32_t *outcomes, size_t n)
{
    uint64_t in[LIMIT_OUTCOMES / 64] = {0};
    uint32_t count = guard_variable(s, var)->outcomes;
    for (size_t i = 0; i < n; i++) {
        check_outcome(s, var, outcomes[i]);
        in[outcomes[i] / 64] |= UINT64_C(1) << outcomes[i] % 64;
    }
    guard_begin_build(s, 1);
    for (uint32_t o = 0; o < count; o++) {
        guard_push(s, 0, o + 1, (uint32_t)(in[o / 64] >> o % 64 & 1));
    }
    return guard_end(s, guard_make(s, var, 0));
}
