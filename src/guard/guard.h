/*
 * Guards: sets of assignments of the variables of a space.
 *
 * A template is a family of networks: parameters, conditions and facts about the
 * surroundings choose one. A guard says in which members of the family something
 * holds. It is kept as an ordered multi-valued decision diagram with shared nodes:
 *
 *     Env --dev--> TRUE            the paths to TRUE are the disjoint cubes;
 *      |  `-prod-> Ssh --yes--> TRUE     equal sets are equal nodes, so equality
 *      `--other--> FALSE  `-no--> FALSE  costs nothing and nothing is enumerated.
 *
 * Variables are ordered as they were added. A variable has finitely many outcomes,
 * 0 .. outcomes-1. A boolean fact has two: 0 is no, 1 is yes.
 *
 * Budget: an operation whose result would exceed LIMIT_GUARD_NODES nodes (or a space
 * over LIMIT_GUARD_TOTAL, or a path of more than 4000 variables) yields the guard of one special
 * variable, "budget", which is neither true nor false: what rests on it is at most possible.
 * guard_exceeded tells, so that the caller can name the value in a diagnostic.
 */
#ifndef CFNREACH_GUARD_GUARD_H
#define CFNREACH_GUARD_GUARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/vec.h"

/* A handle; copies are free. Two guards of one space are the same set iff node is equal. */
struct guard {
    uint32_t node;
};
#define GUARD_FALSE ((struct guard){0})
#define GUARD_TRUE  ((struct guard){1})

static inline bool guard_is_false(struct guard g)
{
    return g.node == 0;
}
static inline bool guard_is_true(struct guard g)
{
    return g.node == 1;
}
static inline bool guard_same(struct guard a, struct guard b)
{
    return a.node == b.node;
}

/* How sure a witness that needs the variable is (SEMANTICS 4.3, sets H and M). */
enum guard_doubt { GUARD_HIGH, GUARD_MEDIUM, GUARD_LOW };

#define GUARD_NO_OUTCOME UINT32_MAX

/* What is known of a variable. Labels are opaque to this module; they are copied nowhere,
 * so they must live as long as the space (same arena). */
struct guard_variable {
    struct str name;          /* "Env", "A-SUBROUTE(SubnetId)" */
    const struct str *labels; /* one per outcome; NULL for a yes/no fact */
    uint32_t outcomes;        /* 2 .. LIMIT_OUTCOMES */
    uint32_t standard; /* the outcome of the Default, or of a standard fact; GUARD_NO_OUTCOME */
    enum guard_doubt doubt;
    uint8_t rank;     /* order in which witnesses prefer and show variables (SEMANTICS 4.2); lower
                         first; where literals can be dropped the highest goes first */
    bool doubts_rule; /* free-text parameter, A-SG, A-PL, budget: lowers the severity
                         (SEMANTICS 4.3) */
};

struct guard_space;

/* The space lives in the arena. It is append-only and not thread-safe (one per unit). */
struct guard_space *guard_space_new(struct arena *a);

/* Adds a variable; returns its number, 0, 1, ... outcomes out of range is a BUG. */
uint32_t guard_add(struct guard_space *s, struct guard_variable v);
uint32_t guard_count(const struct guard_space *s);
const struct guard_variable *guard_variable(const struct guard_space *s, uint32_t var);

/* var has this outcome / one of these n outcomes (n may be 0: FALSE). */
struct guard guard_is(struct guard_space *s, uint32_t var, uint32_t outcome);
struct guard guard_among(struct guard_space *s, uint32_t var, const uint32_t *outcomes, size_t n);

struct guard guard_and_of(struct guard_space *s, struct guard a, struct guard b);
struct guard guard_or_of(struct guard_space *s, struct guard a, struct guard b);
struct guard guard_minus_of(struct guard_space *s, struct guard a, struct guard b);
bool guard_disjoint_of(struct guard_space *s, struct guard a, struct guard b);
bool guard_implies_of(struct guard_space *s, struct guard a, struct guard b);

/* Mostly one side is a constant, and in a template without choices always: no call then. */
static inline struct guard guard_and(struct guard_space *s, struct guard a, struct guard b)
{
    if (a.node <= 1 || a.node == b.node) {
        return a.node == 1 ? b : a;
    }
    return b.node <= 1 ? (b.node == 1 ? a : b) : guard_and_of(s, a, b);
}
static inline struct guard guard_or(struct guard_space *s, struct guard a, struct guard b)
{
    if (a.node <= 1 || a.node == b.node) {
        return a.node == 0 ? b : a;
    }
    return b.node <= 1 ? (b.node == 0 ? a : b) : guard_or_of(s, a, b);
}
static inline struct guard guard_minus(struct guard_space *s, struct guard a, struct guard b)
{
    if (a.node == 0 || b.node == 0) {
        return a;
    }
    return a.node == b.node || b.node == 1 ? GUARD_FALSE : guard_minus_of(s, a, b);
}
static inline struct guard guard_not(struct guard_space *s, struct guard a)
{
    return guard_minus(s, GUARD_TRUE, a);
}
/* No assignment in both / every assignment of a is in b; exact unless the budget was hit. */
static inline bool guard_disjoint(struct guard_space *s, struct guard a, struct guard b)
{
    if (a.node <= 1 || b.node <= 1 || a.node == b.node) {
        return a.node == 0 || b.node == 0;
    }
    return guard_disjoint_of(s, a, b);
}
static inline bool guard_implies(struct guard_space *s, struct guard a, struct guard b)
{
    if (a.node <= 1 || b.node <= 1 || a.node == b.node) {
        return a.node == 0 || b.node == 1 || a.node == b.node;
    }
    return guard_implies_of(s, a, b);
}

/* g with var fixed to outcome. */
struct guard guard_fix(struct guard_space *s, struct guard g, uint32_t var, uint32_t outcome);
/* Assignments under which g holds whatever var is (for all) / for some value of var. */
struct guard guard_forall(struct guard_space *s, struct guard g, uint32_t var);
struct guard guard_exists(struct guard_space *s, struct guard g, uint32_t var);
/* Does g hold with every variable that has a standard outcome at it? TRUE, FALSE or what
 * is left over the other variables. */
struct guard guard_standard(struct guard_space *s, struct guard g);
/* Is var mentioned in g? */
bool guard_mentions(struct guard_space *s, struct guard g, uint32_t var);
/* Appends the variables that g mentions, ascending, to out. */
struct guard_vars {
    uint32_t *at;
    size_t n;
    size_t cap;
};
void guard_support(struct guard_space *s, struct guard g, struct arena *a, struct guard_vars *out);

/* The value of g under a full assignment: outcome[var] for every variable of the space. */
bool guard_holds(const struct guard_space *s, struct guard g, const uint32_t *outcome);

struct guard_literal {
    uint32_t var;
    uint32_t outcome;
};

/* A witness: a small set of literals which, within `family`, makes g hold.
 * Best = highest confidence (fewest doubts: the largest guard_doubt in it is minimal), then
 * fewest literals, then rank order (SEMANTICS 4.3, 4.5). Minimal: no literal can be dropped.
 * Literals are ordered by rank, then var. */
struct guard_witness {
    const struct guard_literal *at;
    size_t n;               /* 0: g holds throughout the family */
    enum guard_doubt doubt; /* the largest in it; GUARD_HIGH when empty */
    bool doubts_rule;
    bool found; /* false: g and family have no assignment in common */
};
struct guard_witness guard_witness(struct guard_space *s, struct guard g, struct guard family,
                                   struct arena *a);

/* Calls visit once per cube (path to TRUE), in order; a cube lists (var, outcomes) pairs.
 * Stops when visit returns false. */
struct guard_cube_part {
    uint32_t var;
    const uint32_t *outcomes; /* ascending */
    size_t n;
};
void guard_cubes(struct guard_space *s, struct guard g,
                 bool (*visit)(void *ctx, const struct guard_cube_part *parts, size_t n),
                 void *ctx);

/* g within the family as disjoint cubes, the best witness first: it lies in the first cube. Of no
 * cube can a part be dropped, or a part of the family's outcomes be added to one. At most `most`;
 * `more`: they are not all of g, because there were more, or because the budget was hit. Where g
 * covers the family there is one cube without parts. */
struct guard_cube {
    const struct guard_cube_part *parts; /* by rank, then var */
    size_t n;
};
struct guard_cover {
    const struct guard_cube *at;
    size_t n;
    bool more;
};
struct guard_cover guard_cover(struct guard_space *s, struct guard g, struct guard family,
                               size_t most, struct arena *a);

/* The budget: was it exceeded since the last call? The guard of the budget variable
 * (added on first use). Nodes in use / of one guard, for --stats and bench. */
bool guard_exceeded(struct guard_space *s);
struct guard guard_budget(struct guard_space *s);
size_t guard_size(struct guard_space *s, struct guard g);
size_t guard_total(const struct guard_space *s);

/* "Env=dev & A-SUBROUTE(SubnetId)" for dumps and tests: cubes joined by " | ", "true", "false". */
void guard_print(struct guard_space *s, struct guard g, struct buf *out);

#endif
