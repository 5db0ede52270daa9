/*
 * The guard algebra against truth tables: a small space, eight guards, and any sequence of
 * operations on them; beside each guard stands the plain set of its assignments.
 */
#include <string.h>

#include "fuzz/target.h"
#include "guard/guard.h"

enum { MOST_VARS = 5, MOST_OUTCOMES = 4, MOST_POINTS = 1024, REGISTERS = 8, MOST_STEPS = 64 };

struct entry {
    struct guard g;
    bool in[MOST_POINTS];
};

struct table {
    struct arena arena;
    struct guard_space *s;
    uint32_t vars;
    uint32_t outcomes[MOST_VARS];
    size_t points;
    struct entry regs[REGISTERS];
};

static void decode(const struct table *t, size_t point, uint32_t *outcome)
{
    for (uint32_t v = 0; v < t->vars; v++) {
        outcome[v] = (uint32_t)(point % t->outcomes[v]);
        point /= t->outcomes[v];
    }
}

static size_t with(const struct table *t, size_t point, uint32_t var, uint32_t o)
{
    size_t weight = 1;
    for (uint32_t v = 0; v < var; v++) {
        weight *= t->outcomes[v];
    }
    return point + o * weight - point / weight % t->outcomes[var] * weight;
}

static void entry_check(const struct table *t, const struct entry *e)
{
    uint32_t outcome[MOST_VARS];
    for (size_t p = 0; p < t->points; p++) {
        decode(t, p, outcome);
        REQUIRE(guard_holds(t->s, e->g, outcome) == e->in[p]);
    }
}

/* Questions about two guards. */
static void ask(struct table *t, const struct entry *x, const struct entry *y)
{
    bool same = true;
    bool disjoint = true;
    bool implies = true;
    for (size_t p = 0; p < t->points; p++) {
        same &= x->in[p] == y->in[p];
        disjoint &= !(x->in[p] && y->in[p]);
        implies &= !x->in[p] || y->in[p];
    }
    REQUIRE(guard_same(x->g, y->g) == same);
    REQUIRE(guard_disjoint(t->s, x->g, y->g) == disjoint);
    REQUIRE(guard_implies(t->s, x->g, y->g) == implies);
}

static bool matches(const struct table *t, const struct guard_witness *w, size_t p, size_t without)
{
    uint32_t outcome[MOST_VARS];
    decode(t, p, outcome);
    for (size_t i = 0; i < w->n; i++) {
        if (i != without && outcome[w->at[i].var] != w->at[i].outcome) {
            return false;
        }
    }
    return true;
}

/* Do the literals, one left out, suffice within the family? */
static bool suffices(const struct table *t, const struct guard_witness *w, size_t without,
                     const struct entry *g, const struct entry *family)
{
    for (size_t p = 0; p < t->points; p++) {
        if (family->in[p] && matches(t, w, p, without) && !g->in[p]) {
            return false;
        }
    }
    return true;
}

static void witness_check(struct table *t, const struct entry *g, const struct entry *family)
{
    struct guard_witness w = guard_witness(t->s, g->g, family->g, &t->arena);
    bool both = false;
    bool reached = false;
    for (size_t p = 0; p < t->points; p++) {
        both |= g->in[p] && family->in[p];
        reached |= family->in[p] && matches(t, &w, p, SIZE_MAX);
    }
    REQUIRE(w.found == both);
    if (w.found) {
        REQUIRE(reached);
        REQUIRE(suffices(t, &w, SIZE_MAX, g, family));
        for (size_t i = 0; i < w.n; i++) {
            REQUIRE(!suffices(t, &w, i, g, family));
        }
    }
}

struct covered {
    const struct table *t;
    unsigned times[MOST_POINTS];
};

static bool cover(void *context, const struct guard_cube_part *parts, size_t n)
{
    struct covered *c = context;
    for (size_t p = 0; p < c->t->points; p++) {
        uint32_t outcome[MOST_VARS];
        decode(c->t, p, outcome);
        bool inside = true;
        for (size_t i = 0; i < n; i++) {
            bool one = false;
            for (size_t k = 0; k < parts[i].n; k++) {
                one |= parts[i].outcomes[k] == outcome[parts[i].var];
            }
            inside &= one;
        }
        c->times[p] += inside;
    }
    return true;
}

static void cubes_check(struct table *t, const struct entry *e)
{
    struct covered c = {.t = t};
    guard_cubes(t->s, e->g, cover, &c);
    for (size_t p = 0; p < t->points; p++) {
        REQUIRE(c.times[p] == (e->in[p] ? 1U : 0U));
    }
}

/* A register becomes a set of outcomes of one variable. */
static void leaf(struct table *t, struct input *in, struct entry *out)
{
    uint32_t var = input_below(in, t->vars);
    uint32_t mask = input_byte(in);
    uint32_t list[MOST_OUTCOMES];
    size_t n = 0;
    for (uint32_t o = 0; o < t->outcomes[var]; o++) {
        if (mask >> o & 1U) {
            list[n++] = o;
        }
    }
    out->g = guard_among(t->s, var, list, n);
    for (size_t p = 0; p < t->points; p++) {
        uint32_t outcome[MOST_VARS];
        decode(t, p, outcome);
        out->in[p] = mask >> outcome[var] & 1U;
    }
}

/* One variable of x fixed, or quantified. */
static void restrict_one(struct table *t, struct input *in, const struct entry *x,
                         struct entry *out)
{
    uint32_t var = input_below(in, t->vars);
    uint32_t how = input_below(in, 3);
    uint32_t to = input_below(in, t->outcomes[var]);
    bool mentioned = false;
    for (size_t p = 0; p < t->points; p++) {
        bool all = true;
        bool some = false;
        for (uint32_t o = 0; o < t->outcomes[var]; o++) {
            all &= x->in[with(t, p, var, o)];
            some |= x->in[with(t, p, var, o)];
        }
        out->in[p] = how == 0 ? x->in[with(t, p, var, to)] : how == 1 ? all : some;
        mentioned |= all != some;
    }
    out->g = how == 0   ? guard_fix(t->s, x->g, var, to)
             : how == 1 ? guard_forall(t->s, x->g, var)
                        : guard_exists(t->s, x->g, var);
    REQUIRE(guard_mentions(t->s, x->g, var) == mentioned);
    REQUIRE(!guard_mentions(t->s, out->g, var));
}

static void combine(struct table *t, uint32_t op, const struct entry *x, const struct entry *y,
                    struct entry *out)
{
    for (size_t p = 0; p < t->points; p++) {
        bool a = x->in[p];
        bool b = y->in[p];
        out->in[p] = op == 0 ? a && b : op == 1 ? a || b : op == 2 ? a && !b : !a;
    }
    out->g = op == 0   ? guard_and(t->s, x->g, y->g)
             : op == 1 ? guard_or(t->s, x->g, y->g)
             : op == 2 ? guard_minus(t->s, x->g, y->g)
                       : guard_not(t->s, x->g);
}

static void step(struct table *t, struct input *in)
{
    uint32_t op = input_below(in, 8);
    struct entry x = t->regs[input_below(in, REGISTERS)];
    struct entry y = t->regs[input_below(in, REGISTERS)];
    struct entry *out = &t->regs[input_below(in, REGISTERS)];
    if (op < 4) {
        combine(t, op, &x, &y, out);
    } else if (op == 4) {
        restrict_one(t, in, &x, out);
    } else if (op == 5) {
        witness_check(t, &x, &y);
        cubes_check(t, &x);
    } else {
        leaf(t, in, out);
    }
    entry_check(t, out);
    ask(t, &x, out);
    ask(t, out, &y);
}

static void open_space(struct table *t, struct input *in)
{
    t->s = guard_space_new(&t->arena);
    t->vars = 1 + input_below(in, MOST_VARS);
    t->points = 1;
    for (uint32_t v = 0; v < t->vars; v++) {
        uint8_t b = input_byte(in);
        t->outcomes[v] = 2 + b % (MOST_OUTCOMES - 1);
        t->points *= t->outcomes[v];
        uint32_t standard = b / 3U % (t->outcomes[v] + 1);
        guard_add(t->s, (struct guard_variable){
                            .name = str_format(&t->arena, "v%u", (unsigned)v),
                            .outcomes = t->outcomes[v],
                            .standard = standard < t->outcomes[v] ? standard : GUARD_NO_OUTCOME,
                            .doubt = (enum guard_doubt)(b / 16U % 3U),
                            .rank = (uint8_t)(b / 48U),
                            .doubts_rule = b >= 128});
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct table t;
    memset(&t, 0, sizeof t);
    struct input in = {data, size};
    open_space(&t, &in);
    for (size_t i = 0; i < REGISTERS; i++) {
        t.regs[i].g = GUARD_FALSE;
    }
    for (int i = 0; i < MOST_STEPS && in.left > 0; i++) {
        step(&t, &in);
    }
    REQUIRE(!guard_exceeded(t.s));
    arena_release(&t.arena);
    return 0;
}
