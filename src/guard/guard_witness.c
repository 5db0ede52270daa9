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
 * A node knows variables that every witness of it mentions (needs): where one child is FALSE,
 * that of the node; and what all other children need. What needs more literals than are known
 * to do is not looked at.
 *
 * Literals of doubtful variables are only allowed if there is no witness without them.
 * Pairs (h, f) seen before are remembered, by the searches that follow too. Most guards have few;
 * where there are too many the search gives up and a shortest path with greedy dropping is taken
 * (guard_greedy.c).
 */
#include "guard/guard_space.h"

/* A set of literals, first variable first; ends are shared. Picks have numbers: 0 is none, 1 the
 * empty set. */
enum { NO_PICK, NOTHING };

struct search {
    struct guard_space *s;
    enum guard_doubt most; /* variables of a greater doubt are not mentioned */
    bool stopped;
};

static const struct guard_pick *pick(const struct guard_space *s, uint32_t number)
{
    return &s->found.picks.at[number];
}

/* ---- pairs seen before -------------------------------------------------------------------- */

/* What is found is kept for the searches that follow: the guards of a template have much in
 * common. More than KEPT pairs are forgotten before the next one. */
#ifdef CFNREACH_TEST
enum { FIRST_PAIRS = 4, KEPT = 64 };
#else
enum { FIRST_PAIRS = 64, KEPT = 1 << 16 };
#endif

static struct guard_pair *pair_slot(const struct guard_found *found, uint32_t h, uint32_t f,
                                    enum guard_doubt most)
{
    uint64_t hash = ((uint64_t)h << 32 | f) * UINT64_C(0x9E3779B97F4A7C15);
    size_t mask = found->pair_count - 1;
    for (size_t i = (size_t)(hash >> 32) & mask;; i = (i + 1) & mask) {
        struct guard_pair *p = &found->pairs[i];
        if (p->h == 0 || (p->h == h && p->f == f && p->most == most)) {
            return p;
        }
    }
}

static void put_pair(struct guard_space *s, uint32_t h, uint32_t f, enum guard_doubt most,
                     uint32_t best)
{
    struct guard_found *found = &s->found;
    if (2 * (found->pair_n + 1) > found->pair_count) {
        const struct guard_pair *old = found->pairs;
        size_t n = found->pair_count;
        found->pair_count = n * 2;
        found->pairs = ARENA_ARRAY(s->arena, found->pair_count, struct guard_pair);
        for (size_t i = 0; i < n; i++) {
            if (old[i].h) {
                *pair_slot(found, old[i].h, old[i].f, old[i].most) = old[i];
            }
        }
    }
    found->pair_n++;
    *pair_slot(found, h, f, most) = (struct guard_pair){h, f, most, best};
}

static void forget(struct guard_space *s)
{
    struct guard_found *found = &s->found;
    if (found->pair_count == 0) {
        found->pair_count = FIRST_PAIRS;
        found->pairs = ARENA_ARRAY(s->arena, found->pair_count, struct guard_pair);
    } else {
        memset(found->pairs, 0, found->pair_count * sizeof *found->pairs);
    }
    found->pair_n = 0;
    found->picks.n = 0;
    for (uint32_t k = NO_PICK; k <= NOTHING; k++) {
        *VEC_ADD(s->arena, &found->picks) = (struct guard_pick){.n = 0};
    }
}

/* ---- which of two witnesses is better ----------------------------------------------------- */

static uint8_t rank_of(const struct guard_space *s, const struct guard_pick *p)
{
    return s->vars.at[p->literal.var]->rank;
}

/* Where the two part, have all their literals one rank? */
static bool is_one_rank(const struct guard_space *s, uint32_t x, uint32_t y)
{
    uint8_t rank = rank_of(s, pick(s, x));
    for (; x != y; x = pick(s, x)->rest, y = pick(s, y)->rest) {
        if (rank_of(s, pick(s, x)) != rank || rank_of(s, pick(s, y)) != rank) {
            return false;
        }
    }
    return true;
}

/* Compares the ranks of the literals, sorted: 1 if x has the lower ones, -1 if y, 0 if equal.
 * At the lowest rank where the numbers of literals differ, who has more is lower. */
static int lower_ranks(const struct guard_space *s, uint32_t x, uint32_t y)
{
    if (x == y || is_one_rank(s, x, y)) {
        return 0;
    }
    int32_t more[UINT8_MAX + 1] = {0};
    for (; x != y; x = pick(s, x)->rest, y = pick(s, y)->rest) {
        more[rank_of(s, pick(s, x))]++;
        more[rank_of(s, pick(s, y))]--;
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
static bool is_better(const struct guard_space *s, uint32_t x, uint32_t y)
{
    if (y == NO_PICK || pick(s, x)->n != pick(s, y)->n) {
        return y == NO_PICK || pick(s, x)->n < pick(s, y)->n;
    }
    int ranks = lower_ranks(s, x, y);
    if (ranks != 0) {
        return ranks > 0;
    }
    const struct guard_literal *a = NULL; /* where outcomes differ first */
    const struct guard_literal *b = NULL;
    for (; x != y; x = pick(s, x)->rest, y = pick(s, y)->rest) {
        const struct guard_literal *of_x = &pick(s, x)->literal;
        const struct guard_literal *of_y = &pick(s, y)->literal;
        if (of_x->var != of_y->var) {
            return of_x->var < of_y->var;
        }
        if (!a && of_x->outcome != of_y->outcome) {
            a = of_x;
            b = of_y;
        }
    }
    if (!a) {
        return false; /* unreached: one set has a literal of the variable, or another outcome */
    }
    uint32_t standard = s->vars.at[a->var]->standard;
    return b->outcome != standard && (a->outcome == standard || a->outcome < b->outcome);
}

/* ---- the search --------------------------------------------------------------------------- */

static uint32_t stop(struct search *q)
{
    q->stopped = true;
    return NO_PICK;
}

static uint32_t best(struct search *q, uint32_t h, uint32_t f, size_t level);

static size_t count_of(uint64_t set)
{
    size_t n = 0;
    for (; set != 0; set &= set - 1) {
        n++;
    }
    return n;
}

/* Can a witness that has `more` literals beside those that are needed be as good as `known`? */
static bool can_do(const struct search *q, uint64_t needs, size_t more, uint32_t known)
{
    return known == NO_PICK || count_of(needs) + more <= pick(q->s, known)->n;
}

/* The better of what is known and {v=o} + the best rest, for every outcome o of h's variable.
 * Outcomes of one piece lead to the same pair; the preferred one stands for them. */
static uint32_t best_with(struct search *q, uint32_t h, uint32_t f, size_t level)
{
    struct guard_space *s = q->s;
    uint32_t known = NO_PICK;
    struct guard_join j;
    if (!guard_join(s, &j, h, f)) {
        return stop(q);
    }
    do {
        if (!can_do(q, guard_node(s, j.a->child)->needs, 1, known)) {
            continue;
        }
        uint32_t rest = best(q, j.a->child, j.b->child, level + 1);
        if (rest == NO_PICK) {
            continue;
        }
        uint32_t outcome = guard_preferred(s, j.var, j.from, j.end);
        uint32_t next = (uint32_t)s->found.picks.n;
        uint32_t n = pick(s, rest)->n + 1;
        *VEC_ADD(s->arena, &s->found.picks) = (struct guard_pick){{j.var, outcome}, n, rest};
        if (is_better(s, next, known)) {
            known = next;
        } else {
            s->found.picks.n--;
        }
    } while (guard_join_next(&j) && !q->stopped);
    return known;
}

/* The better of what is known and the best witness that does not mention the variable of h. That
 * of f comes no earlier. */
static uint32_t best_without(struct search *q, uint32_t h, uint32_t f, size_t level, uint32_t known)
{
    const struct guard_node *n = guard_node(q->s, h);
    uint64_t needs = 0;
    for (size_t i = 0; i < n->count; i++) {
        if (n->run[i].child == 0) {
            return known;
        }
        needs |= guard_node(q->s, n->run[i].child)->needs;
    }
    /* Of as many literals of one rank, those that begin with the earlier variable are better. */
    size_t more = (n->marks & GUARD_MARK_RANKS) != 0 ? 0 : 1;
    if (!can_do(q, needs, more, known)) {
        return known;
    }
    h = guard_folded(q->s, GUARD_OP_FORALL, h);
    if (h == 0) {
        return known;
    }
    f = guard_node(q->s, f)->var == n->var ? guard_folded(q->s, GUARD_OP_EXISTS, f) : f;
    if (h == GUARD_NONE || f == GUARD_NONE) {
        return stop(q);
    }
    uint32_t found = best(q, h, f, level + 1);
    return found != NO_PICK && is_better(q->s, found, known) ? found : known;
}

/* NO_PICK: there is none, or q->stopped. Recursion: at most GUARD_HEIGHT levels, then it stops. */
static uint32_t best(struct search *q, uint32_t h, uint32_t f, size_t level)
{
    if (h == 0 || f == 0 || q->stopped) {
        return NO_PICK;
    }
    if (h == 1) {
        return NOTHING;
    }
    uint32_t var = guard_node(q->s, h)->var;
    while (guard_node(q->s, f)->var < var) { /* saying it would not help h */
        f = guard_folded(q->s, GUARD_OP_EXISTS, f);
        if (f == GUARD_NONE) {
            return stop(q);
        }
    }
    const struct guard_pair *p = pair_slot(&q->s->found, h, f, q->most);
    if (p->h != 0) {
        return p->best;
    }
    if (level >= GUARD_HEIGHT || !guard_spend(q->s, 1)) {
        return stop(q);
    }
    uint32_t found = NO_PICK;
    if (q->s->vars.at[var]->doubt <= q->most) {
        found = best_with(q, h, f, level);
    }
    if (!q->stopped) {
        found = best_without(q, h, f, level, found);
    }
    if (q->stopped) {
        return NO_PICK;
    }
    put_pair(q->s, h, f, q->most, found);
    return found;
}

enum { FEW = 32 }; /* literals that need no memory of their own */

/* ---- the answer --------------------------------------------------------------------------- */

/* Literals in order of rank, then variable, into w; at ascends by variable. */
static void fill(const struct guard_space *s, const struct guard_literal *at, size_t n,
                 struct arena *a, struct guard_witness *w)
{
    struct guard_literal *out = ARENA_ARRAY(a, n, struct guard_literal);
    size_t filled = 0;
    for (uint32_t rank = 0; filled < n;) { /* once for each rank that occurs */
        uint32_t next = UINT32_MAX;
        for (size_t i = 0; i < n; i++) {
            const struct guard_variable *v = s->vars.at[at[i].var];
            if (v->rank == rank) {
                out[filled++] = at[i];
                w->doubt = v->doubt > w->doubt ? v->doubt : w->doubt;
                w->doubts_rule = w->doubts_rule || v->doubts_rule;
            } else if (v->rank > rank && v->rank < next) {
                next = v->rank;
            }
        }
        rank = next;
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

/* The best witness with no doubt over `most`. False: none, or *stopped. What a search that was
 * stopped has found is forgotten, so that to ask twice is to be told the same. */
static bool search(struct guard_space *s, uint32_t h, uint32_t f, enum guard_doubt most,
                   struct arena *a, struct guard_witness *w, bool *stopped)
{
    if (s->found.pair_count == 0 || s->found.pair_n > KEPT) {
        forget(s);
    }
    struct search q = {.s = s, .most = most};
    guard_begin_search(s);
    uint32_t found = best(&q, h, f, 0);
    *stopped = q.stopped;
    if (q.stopped) {
        forget(s);
        return false;
    }
    if (found == NO_PICK) {
        return false;
    }
    struct arena memory = {0};
    struct guard_literal few[FEW];
    size_t n = pick(s, found)->n;
    struct guard_literal *at = n <= FEW ? few : ARENA_ARRAY(&memory, n, struct guard_literal);
    for (size_t i = 0; i < n; i++, found = pick(s, found)->rest) {
        at[i] = pick(s, found)->literal;
    }
    fill(s, at, n, a, w);
    arena_release(&memory);
    return true;
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
    uint32_t doubts = guard_node(s, h)->marks | UINT32_C(1) << GUARD_HIGH;
    bool stopped = false;
    for (enum guard_doubt most = GUARD_HIGH; most <= GUARD_LOW && !stopped; most++) {
        if ((doubts >> most & 1) != 0 && search(s, h, family.node, most, a, &w, &stopped)) {
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
