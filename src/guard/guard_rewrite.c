/*
 * Operations that take variables out of a guard: fix, forall, exists, standard.
 *
 * All four copy the diagram down to the variable in question and replace the nodes of that
 * variable: by one child (fix, standard), or by all children joined by AND or OR (forall,
 * exists).
 */
#include "guard/guard_space.h"

struct rewrite {
    enum guard_op op;
    uint32_t var; /* nothing below this variable changes */
    uint32_t outcome;
};

/* The children joined; GUARD_NONE beyond the allowance. */
uint32_t guard_folded(struct guard_space *s, enum guard_op op, uint32_t g)
{
    const struct guard_node *n = guard_node(s, g);
    enum guard_op with = op == GUARD_OP_FORALL ? GUARD_OP_AND : GUARD_OP_OR;
    uint32_t end = op == GUARD_OP_FORALL ? 0 : 1; /* nothing can change it any more */
    uint32_t r = n->run[0].child;
    for (size_t i = 1; i < n->count && r != end && r != GUARD_NONE; i++) {
        r = guard_apply(s, with, r, n->run[i].child);
    }
    return r;
}

static uint32_t rewrite(struct guard_space *s, const struct rewrite *w, uint32_t g);

static uint32_t copied(struct guard_space *s, const struct rewrite *w, const struct guard_node *n)
{
    size_t base = s->stack.n;
    for (size_t i = 0; i < n->count; i++) {
        uint32_t r = rewrite(s, w, n->run[i].child);
        if (r == GUARD_NONE) {
            return r;
        }
        guard_push(s, base, n->run[i].end, r);
    }
    return guard_make(s, n->var, base);
}

static uint32_t replaced(struct guard_space *s, const struct rewrite *w, uint32_t g)
{
    const struct guard_node *n = guard_node(s, g);
    if (w->op == GUARD_OP_STANDARD) {
        uint32_t standard = s->vars.at[n->var]->standard;
        return standard == GUARD_NO_OUTCOME ? copied(s, w, n)
                                            : rewrite(s, w, guard_child(n, standard));
    }
    if (n->var != w->var) {
        return copied(s, w, n);
    }
    return w->op == GUARD_OP_FIX ? guard_child(n, w->outcome) : guard_folded(s, w->op, g);
}

static uint32_t rewrite(struct guard_space *s, const struct rewrite *w, uint32_t g)
{
    const struct guard_node *n = guard_node(s, g);
    if (n->count == 0 || n->var > w->var ||
        (w->op == GUARD_OP_STANDARD && !(n->marks & GUARD_MARK_STANDARD))) {
        return g;
    }
    uint32_t r;
    uint32_t key = (uint32_t)w->op | w->outcome << 8;
    if (guard_recall(s, key, g, w->var, &r)) {
        return r;
    }
    if (!guard_spend(s, n->count)) {
        return GUARD_NONE;
    }
    r = replaced(s, w, g);
    if (r != GUARD_NONE) {
        guard_remember(s, key, g, w->var, r);
    }
    return r;
}

uint32_t guard_quantify(struct guard_space *s, enum guard_op op, uint32_t g, uint32_t var)
{
    return rewrite(s, &(struct rewrite){.op = op, .var = var}, g);
}

struct guard guard_fix(struct guard_space *s, struct guard g, uint32_t var, uint32_t outcome)
{
    const struct guard_variable *v = guard_variable(s, var);
    if (outcome >= v->outcomes) {
        BUG("variable %.*s has no outcome %u", STR_ARG(v->name), (unsigned)outcome);
    }
    guard_begin_build(s, 1);
    struct rewrite w = {GUARD_OP_FIX, var, outcome};
    return guard_end(s, rewrite(s, &w, g.node));
}

/* What is joined on the way need not be in the result, so more may be made than it may have. */
static struct guard quantified(struct guard_space *s, enum guard_op op, struct guard g,
                               uint32_t var)
{
    (void)guard_variable(s, var); /* must exist */
    guard_begin_build(s, 4);
    return guard_end(s, guard_quantify(s, op, g.node, var));
}

struct guard guard_forall(struct guard_space *s, struct guard g, uint32_t var)
{
    return quantified(s, GUARD_OP_FORALL, g, var);
}

struct guard guard_exists(struct guard_space *s, struct guard g, uint32_t var)
{
    return quantified(s, GUARD_OP_EXISTS, g, var);
}

struct guard guard_standard(struct guard_space *s, struct guard g)
{
    guard_begin_build(s, 1);
    return guard_end(s, rewrite(s, &(struct rewrite){GUARD_OP_STANDARD, UINT32_MAX, 0}, g.node));
}
