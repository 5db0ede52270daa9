/*
 * What the files of this module share: nodes, the space, and the allowance of one
 * operation.
 *
 * A node keeps its children as runs of equal neighbours, not as an array:
 *
 *     outcome   0 1 2 3 4 5 6 7           run[0] = { end 3, child A }
 *     child     A A A B A A A A   ---->   run[1] = { end 4, child B }
 *                                         run[2] = { end 8, child A }
 *
 * Runs are maximal, so equal functions still have equal nodes, and "x is outcome k"
 * costs three runs however many outcomes x has. Children exist before their parents:
 * a child's id is lower than that of the parent, and no node refers to itself.
 *
 * Depth: the height of a node is the number of variables on its longest path; no node
 * over GUARD_HEIGHT is made (it counts as over the budget). A recursion over two nodes
 * takes a level of at least one of them with every step, so it is at most 2 * GUARD_HEIGHT
 * deep. The frames hold no arrays: the runs of a node under construction are on the
 * space's own stack.
 */
#ifndef CFNREACH_GUARD_GUARD_SPACE_H
#define CFNREACH_GUARD_GUARD_SPACE_H

#include "base/limits.h"
#include "guard/guard.h"

enum { GUARD_HEIGHT = 4000 };

#define GUARD_NONE UINT32_MAX /* no node: the allowance is used up */

enum guard_op {
    GUARD_OP_AND = 1,
    GUARD_OP_OR,
    GUARD_OP_MINUS,
    GUARD_OP_DISJOINT, /* the tests give 1 or 0, which are no nodes */
    GUARD_OP_IMPLIES,
    GUARD_OP_FIX,
    GUARD_OP_FORALL,
    GUARD_OP_EXISTS,
    GUARD_OP_STANDARD
};

/* Some variable has a standard outcome; variables are not all of one rank. Below them, a bit for
 * each doubt that occurs (1 << doubt). */
enum guard_marks { GUARD_MARK_STANDARD = 1 << 3, GUARD_MARK_RANKS = 1 << 4 };

struct guard_run {
    uint32_t end; /* first outcome after the run */
    uint32_t child;
};

struct guard_node {
    uint32_t var; /* UINT32_MAX for FALSE and TRUE */
    uint16_t count;
    uint16_t height;
    uint32_t bound; /* at least the number of nodes from here down; saturates */
    uint32_t seen;  /* stamp of the last walk that came by */
    uint32_t marks; /* of the variables from here down: guard_marks */
    uint64_t needs; /* the variables, of the first 64, that every witness mentions */
    struct guard_run run[];
};

struct guard_cached {
    uint32_t op; /* 0: free; else guard_op | outcome << 8 */
    uint32_t a;
    uint32_t b;
    uint32_t result;
};

/* Literals of a witness: the first, and the rest of them (guard_witness.c). */
struct guard_pick {
    struct guard_literal literal;
    uint32_t n; /* literals from here on */
    uint32_t rest;
};

/* The best witness of a pair of nodes without a doubt over `most`. */
struct guard_pair {
    uint32_t h; /* 0: free */
    uint32_t f;
    enum guard_doubt most;
    uint32_t best; /* a pick */
};

struct guard_found {
    struct guard_pair *pairs; /* open addressing */
    size_t pair_count;
    size_t pair_n;
    VEC(struct guard_pick) picks;
};

struct guard_limits {
    size_t nodes;  /* of one result */
    size_t total;  /* of the space; a node of r runs counts as r / 2 */
    size_t search; /* steps of the exact search for a witness */
};

struct guard_space {
    struct arena *arena;
    VEC(const struct guard_variable *) vars;
    VEC(struct guard_node *) nodes; /* 0 is FALSE, 1 is TRUE */
    uint64_t *slots;                /* open addressing: 0, or hash << 32 | node */
    size_t slot_count;
    struct guard_cached *cache; /* direct mapped */
    size_t cache_count;
    size_t cache_puts; /* since it last grew */
    VEC(struct guard_run) stack;
    VEC(uint32_t) walk; /* what the last guard_walk found */
    uint32_t stamp;
    struct guard_found found; /* by the searches for witnesses */
    size_t weight;            /* of all nodes, against limits.total */
    size_t steps;             /* ever taken */
    struct guard_limits limits;
    size_t steps_left; /* of the running operation */
    size_t makes_left;
    struct guard budget; /* FALSE until it is first used */
    bool exceeded;
};

static inline const struct guard_node *guard_node(const struct guard_space *s, uint32_t id)
{
    return s->nodes.at[id];
}

/* Tests lower the limits to see what happens beyond them. */
void guard_set_limits(struct guard_space *s, struct guard_limits limits);

/* Starts an exact search for a witness. Searches only take the first half of the steps of the
 * space: better short of the best witness than of verdicts. */
void guard_begin_search(struct guard_space *s);
/* Starts an operation whose result may be a guard. Where not every node made is part of the result,
 * `spare` times as many may be made as it may have; else spare is 1. */
void guard_begin_build(struct guard_space *s, size_t spare);
/* Ends it: GUARD_NONE and results over the limit become the budget guard. */
struct guard guard_end(struct guard_space *s, uint32_t node);
/* Takes steps off the allowance; false when it is used up. */
MUST_CHECK static inline bool guard_spend(struct guard_space *s, size_t steps)
{
    if (s->steps_left < steps) {
        s->steps_left = 0;
        return false;
    }
    s->steps_left -= steps;
    s->steps += steps;
    return true;
}

/* Adds outcomes up to `end` to the node whose runs start at stack position base. */
void guard_push(struct guard_space *s, size_t base, uint32_t end, uint32_t child);
/* Takes the runs from base off the stack and gives their node. May be GUARD_NONE. */
uint32_t guard_make(struct guard_space *s, uint32_t var, size_t base);
/* The node of these two runs, without the stack. */
uint32_t guard_make_two(struct guard_space *s, uint32_t var, struct guard_run x,
                        struct guard_run y);
/* The child of n for an outcome. */
uint32_t guard_child(const struct guard_node *n, uint32_t outcome);

bool guard_recall(const struct guard_space *s, uint32_t op, uint32_t a, uint32_t b, uint32_t *out);
void guard_remember(struct guard_space *s, uint32_t op, uint32_t a, uint32_t b, uint32_t result);

/* The common refinement of the runs of two nodes at the higher of their variables. Must not
 * be copied: a side that does not mention the variable points at its own single run. */
struct guard_join {
    const struct guard_run *a;
    const struct guard_run *b;
    struct guard_run whole_a;
    struct guard_run whole_b;
    uint32_t var;
    uint32_t outcomes;
    uint32_t from; /* the current piece: [from, end) */
    uint32_t end;
};
/* a and b are not both constant. */
void guard_join_begin(const struct guard_space *s, struct guard_join *j, uint32_t a, uint32_t b);
/* The same for steps that are counted: false when the allowance is used up. */
MUST_CHECK bool guard_join(struct guard_space *s, struct guard_join *j, uint32_t a, uint32_t b);
bool guard_join_next(struct guard_join *j); /* false after the last piece */

/* The operations without guard_begin_build and guard_end. */
uint32_t guard_apply(struct guard_space *s, enum guard_op op, uint32_t a, uint32_t b);
uint32_t guard_quantify(struct guard_space *s, enum guard_op op, uint32_t g, uint32_t var);
/* The same for the variable of g itself. */
uint32_t guard_folded(struct guard_space *s, enum guard_op op, uint32_t g);

/* Fills s->walk with the nodes from g down, each once, constants left out; stops when there
 * are more than limit. Returns how many it found. */
size_t guard_walk(struct guard_space *s, uint32_t g, size_t limit);
uint32_t guard_next_stamp(struct guard_space *s);

/* The outcome in [from, end) that people would rather read: the standard one, else the first. */
uint32_t guard_preferred(const struct guard_space *s, uint32_t var, uint32_t from, uint32_t end);

/* h holds wherever the first n literals that are kept do (keep NULL: all). Literals ascend
 * by variable. */
bool guard_covers(struct guard_space *s, uint32_t h, const struct guard_literal *at,
                  const bool *keep, size_t n);

/* A witness by shortest path and greedy dropping: minimal, but not always the shortest.
 * h is "g or not f"; h and f have an assignment in common. Literals ascend by variable; they
 * are taken from a. False when even this was over the budget. */
MUST_CHECK bool guard_greedy(struct guard_space *s, uint32_t h, uint32_t f, struct arena *a,
                             struct guard_literal **at, size_t *n);

#endif
