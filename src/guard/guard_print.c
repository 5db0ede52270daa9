/*
 * Guards as text, for dumps and tests:
 *
 *     Env=dev & A-SUBROUTE(SubnetId) | Env!=dev & !A-NACL(SubnetId)
 *     Size={s,m} & Count!={1,2}
 *
 * Cubes after the first MOST_CUBES are shown as "...".
 */
#include "guard/guard_space.h"

enum { MOST_CUBES = 64 };

struct printer {
    struct guard_space *s;
    struct buf *out;
    size_t cubes;
};

static void print_outcome(const struct guard_variable *v, uint32_t outcome, struct buf *out)
{
    if (v->labels) {
        buf_add(out, v->labels[outcome]);
    } else {
        buf_addf(out, "%u", (unsigned)outcome);
    }
}

/* The outcomes that are among the part's n, or (inverted) those that are not. */
static void print_set(const struct guard_variable *v, const struct guard_cube_part *part,
                      bool inverted, struct buf *out)
{
    size_t count = inverted ? v->outcomes - part->n : part->n;
    size_t next = 0;
    size_t shown = 0;
    buf_adds(out, count > 1 ? "{" : "");
    for (uint32_t o = 0; o < v->outcomes; o++) {
        bool in = next < part->n && part->outcomes[next] == o;
        next += in;
        if (in != inverted) {
            buf_adds(out, shown++ ? "," : "");
            print_outcome(v, o, out);
        }
    }
    buf_adds(out, count > 1 ? "}" : "");
}

static void print_part(const struct guard_space *s, const struct guard_cube_part *part,
                       struct buf *out)
{
    const struct guard_variable *v = guard_variable(s, part->var);
    if (!v->labels && v->outcomes == 2) {
        buf_adds(out, part->outcomes[0] == 0 ? "!" : "");
        buf_add(out, v->name);
        return;
    }
    bool inverted = part->n > v->outcomes / 2; /* of two outcomes a part has one */
    buf_add(out, v->name);
    buf_adds(out, inverted ? "!=" : "=");
    print_set(v, part, inverted, out);
}

static bool print_cube(void *ctx, const struct guard_cube_part *parts, size_t n)
{
    struct printer *p = ctx;
    buf_adds(p->out, p->cubes ? " | " : "");
    if (p->cubes++ == MOST_CUBES) {
        buf_adds(p->out, "...");
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        buf_adds(p->out, i ? " & " : "");
        print_part(p->s, &parts[i], p->out);
    }
    return true;
}

void guard_print(struct guard_space *s, struct guard g, struct buf *out)
{
    if (guard_is_false(g) || guard_is_true(g)) {
        buf_adds(out, guard_is_true(g) ? "true" : "false");
        return;
    }
    struct printer p = {.s = s, .out = out};
    guard_cubes(s, g, print_cube, &p);
}
