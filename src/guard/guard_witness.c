/*
 * Witnesses: the smallest set of literals that, within the family, makes a guard hold.
 *
 * w is a witness of g within f iff f allows w, and w implies h = "g or not f". The best one is
 * found from the top variable v of h down. Either the witness does not mention v: then it
 * is one of "h for all v" within "f for some v"; or it says v=o: then the rest of it is one
 * of h within f, both with v fixed to o.
 *
 *     best(h, f) = least of best(forall v h, exists v f)
 *                           {v=o} + best(h[v=o], f[v=o])   for every outcome o
 *
 * Literals of doubtful variables are only allowed if there is no witness without them.
 * Pairs (h, f) seen before are remembered. Most guards have few; where there are too many the
 * search gives up and a shortest path with greedy dropping is taken (guard_greedy.c).
 */
#include "guard/guard_space.h"

/* A set of literals, first variable first; ends are shared. */
struct pick {
    struct guard_literal literal;
    uint32_t n; /* literals from here on */
    const struct pick *rest;
};

struct memo {
    uint32_t h; /* 0: free */
    uint32_t f;
    const struct pick *best;
};

struct search {
    struct guard_space *s;
    enum guard_doubt most; /* variables of a greater doubt are not mentioned */
    struct arena memory;
    struct memo *memo; /* open addressing */
    size_t memo_count;
    size_t memo_used;
    struct pick nothing;
    bool stopped;
};

/* ---- pairs seen before -------------------------------------------------------------------- */

enum { FIRST_MEMO = 64 };

static struct memo *memo_slot(const struct search *q, uint32_t h, uint32_t f)
{
    uint64_t hash = ((uint64_t)h << 32 | f) * UINT64_C(0x9E3779B97F4A7C15);
    size_t mask = q->memo_count - 1;
    for (size_t i = (size_t)(hash >> 32) & mask;; i = (i + 1) & mask) {
        struct memo *m = &q->memo[i];
        if (m->h == 0 || (m->h == h && m->f == f)) {
            return m;
        }
    }
}

static void memo_put(struct search *q, uint32_t h, uint32_t f, const struct pick *best)
{
    if (2 * (q->memo_used + 1) > q->memo_count) {
        const struct memo *old = q->memo;
        size_t n = q->memo_count;
        q->memo_count = n * 2;
        q->memo = ARENA_ARRAY(&q->memory, q->memo_count, struct memo);
        for (size_t i = 0; i < n; i++) {
            if (old[i].h) {
                *memo_slot(q, old[i].h, old[i].f) = old[i];
            }
        }
    }
    q->memo_used++;
    *memo_slot(q, h, f) = (struct memo){h, f, best};
}

/* ---- which of two witnesses is better ----------------------------------------------------- */

/* Compares the ranks of the literals, sorted: 1 if x has the lower ones, -1 if y, 0 if equal.
 * At the lowest rank where the numbers of literals differ, who has more is lower. */
static int lower_ranks(const struct guard_space *s, const struct pick *x, const struct pick *y)
{
    int32_t more[UINT8_MAX + 1] = {0};
    for (; x != y; x = x->rest, y = y->rest) {
        more[s->vars.at[x->literal.var]->rank]++;
        more[s->vars.at[y->literal.var]->rank]--;
    }
    for (size_t rank = 0; rank <= UINT8_MAX; rank++) {
        if (more[rank] != 0) {
            return more[rank] > 0 ? 1 : -1;
        }
    }
    return 0;
}

/* Fewest literals, then the lowest ranks, then the earliest variables, then the preferred
 * outcomes. Adding one literal to both sets does not change which is better, so the best
 * set is made of best parts; and no two sets are equally good, so it is unique. */
static bool is_better(const struct guard_space *s, const struct pick *x, const struct pick *y)
{
    if (!y || x->n != y->n) {
        return !y || x->n < y->n;
    }
    int ranks = lower_ranks(s, x, y);
    if (ranks != 0) {
        return ranks > 0;
    }
    const struct guard_literal *a = NULL; /* where outcomes differ first */
    const struct guard_literal *b = NULL;
    for (; x != y; x = x->rest, y = y->rest) {
        if (x->literal.var != y->literal.var) {
            return x->literal.var < y->literal.var;
        }
        if (!a && x->literal.outcome != y->literal.outcome) {
            a = &x->literal;
            b = &y->literal;
        }
    }
    if (!a) {
        return false; /* unreached: one set has a literal of the variable, or another outcome */
    }
    uint32_t standard = s->vars.at[a->var]->standard;
    return b->outcome != standard && (a->outcome == standard || a->outcome < b->outcome);
}

/* ---- the search --------------------------------------------------------------------------- */

static const struct pick *stop(struct search *q)
{
    q->stopped = true;
    return NULL;
}

static const struct pick *best(struct search *q, uint32_t h, uint32_t f, size_t level);

static const struct pick *best_without(struct search *q, uint32_t h, uint32_t f, size_t level)
{
    uint32_t var = guard_node(q->s, h)->var;
    h = guard_quantify(q->s, GUARD_OP_FORALL, h, var);
    f = guard_quantify(q->s, GUARD_OP_EXISTS, f, var);
    return h == GUARD_NONE || f == GUARD_NONE ? stop(q) : best(q, h, f, level + 1);
}

/* The better of what is known and {v=o} + the best rest, for every outcome o of h's variable.
 * Outcomes of one piece lead to the same pair; the preferred one stands for them. */
static const struct pick *best_with(struct search *q, uint32_t h, uint32_t f, size_t level,
                                    const struct pick *known)
{
    struct guard_join j;
    if (!guard_join(q->s, &j, h, f)) {
        return stop(q);
    }
    do {
        const struct pick *rest = best(q, j.a->child, j.b->child, level + 1);
        if (!rest) {
            continue;
        }
        uint32_t outcome = guard_preferred(q->s, j.var, j.from, j.end);
        struct pick next = {{j.var, outcome}, rest->n + 1, rest};
        if (is_better(q->s, &next, known)) {
            struct pick *kept = ARENA_NEW(&q->memory, struct pick);
            *kept = next;
            known = kept;
        }
    } while (guard_join_next(&j) && !q->stopped);
    return known;
}

/* NULL: there is none, or q->stopped. Recursion: at most GUARD_HEIGHT levels, then it stops. */
static const struct pick *best(struct search *q, uint32_t h, uint32_t f, size_t level)
{
    if (h == 0 || f == 0 || q->stopped) {
        return NULL;
    }
    if (h == 1) {
        return &q->nothing;
    }
    uint32_t var = guard_node(q->s, h)->var;
    while (guard_node(q->s, f)->var < var) { /* saying it would not help h */
        f = guard_quantify(q->s, GUARD_OP_EXISTS, f, guard_node(q->s, f)->var);
        if (f == GUARD_NONE) {
            return stop(q);
        }
    }
    const struct memo *m = memo_slot(q, h, f);
    if (m->h != 0) {
        return m->best;
    }
    if (level >= GUARD_HEIGHT || !guard_spend(q->s, 1)) {
        return stop(q);
    }
    const struct pick *found = best_without(q, h, f, level);
    if (q->s->vars.at[var]->doubt <= q->most && (!found || found->n > 0) && !q->stopped) {
        found = best_with(q, h, f, level, found);
    }
    if (q->stopped) {
        return NULL;
    }
    memo_put(q, h, f, found);
    return found;
}

/* ---- the answer --------------------------------------------------------------------------- */

/* Literals in order of rank, then variable, into w; at ascends by variable. */
static void fill(const struct guard_space *s, const struct guard_literal *at, size_t n,
                 struct arena *a, struct guard_witness *w)
{
    size_t first[UINT8_MAX + 2] = {0}; /* by rank: where the next one goes */
    for (size_t i = 0; i < n; i++) {
        first[s->vars.at[at[i].var]->rank + 1U]++;
    }
    for (size_t rank = 1; rank <= UINT8_MAX; rank++) {
        first[rank] += first[rank - 1];
    }
    struct guard_literal *out = ARENA_ARRAY(a, n, struct guard_literal);
    for (size_t i = 0; i < n; i++) {
        const struct guard_variable *v = s->vars.at[at[i].var];
        out[first[v->rank]++] = at[i];
        w->doubt = v->doubt > w->doubt ? v->doubt : w->doubt;
        w->doubts_rule = w->doubts_rule || v->doubts_rule;
    }
    w->at = out;
    w->n = n;
    w->found = true;
}

static struct guard_witness budget_witness(struct guard_space *s, struct arena *a)
{
    s->exceeded = true;
    struct guard_literal yes = {guard_node(s, guard_budget(s).node)->var, 1};
    struct guard_witness w = {0};
    fill(s, &yes, 1, a, &w);
    return w;
}

/* The best witness with no doubt over `most`. False: none, or *stopped. */
static bool search(struct guard_space *s, uint32_t h, uint32_t f, enum guard_doubt most,
                   struct arena *a, struct guard_witness *w, bool *stopped)
{
    struct search q = {.s = s, .most = most, .memo_count = FIRST_MEMO};
    q.memo = ARENA_ARRAY(&q.memory, q.memo_count, struct memo);
    guard_begin_search(s);
    const struct pick *found = best(&q, h, f, 0);
    *stopped = q.stopped;
    if (found && !q.stopped) {
        struct guard_literal *at = ARENA_ARRAY(&q.memory, found->n, struct guard_literal);
        size_t n = 0;
        for (const struct pick *p = found; p->n > 0; p = p->rest) {
            at[n++] = p->literal;
        }
        fill(s, at, n, a, w);
    }
    arena_release(&q.memory);
    return found && !*stopped;
}

/* Which doubts occur among the variables of h. */
static void doubts_of(struct guard_space *s, uint32_t h, bool occurs[GUARD_LOW + 1])
{
    size_t n = guard_walk(s, h, SIZE_MAX);
    for (size_t i = 0; i < n; i++) {
        occurs[s->vars.at[guard_node(s, s->walk.at[i])->var]->doubt] = true;
    }
}

/* h = g or not f; GUARD_NONE over the budget. The parts may be larger than a guard. */
static uint32_t or_outside(struct guard_space *s, uint32_t g, uint32_t f)
{
    guard_begin_build(s, 4);
    uint32_t outside = guard_apply(s, GUARD_OP_MINUS, 1, f);
    return outside == GUARD_NONE ? outside : guard_apply(s, GUARD_OP_OR, g, outside);
}

struct guard_witness guard_witness(struct guard_space *s, struct guard g, struct guard family,
                                   struct arena *a)
{
    struct guard_witness w = {0};
    bool exceeded = s->exceeded;
    s->exceeded = false;
    if (guard_disjoint(s, g, family)) {
        s->exceeded = exceeded;
        return w;
    }
    uint32_t h = s->exceeded ? GUARD_NONE : or_outside(s, g.node, family.node);
    s->exceeded = s->exceeded || exceeded;
    if (h == GUARD_NONE) {
        return budget_witness(s, a);
    }
    bool occurs[GUARD_LOW + 1] = {[GUARD_HIGH] = true};
    doubts_of(s, h, occurs);
    bool stopped = false;
    for (enum guard_doubt most = GUARD_HIGH; most <= GUARD_LOW && !stopped; most++) {
        if (occurs[most] && search(s, h, family.node, most, a, &w, &stopped)) {
            return w;
        }
    }
    struct guard_literal *at;
    size_t n;
    struct arena memory = {0};
    bool ok = guard_greedy(s, h, family.node, &memory, &at, &n);
    if (ok) {
        fill(s, at, n, a, &w);
    } else {
        w = budget_witness(s, a);
    }
    arena_release(&memory);
    return w;
}
