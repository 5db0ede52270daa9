/*
 * A guard within a family as a short list of disjoint cubes.
 *
 * The best witness of what is left is a cube, and no literal of it can be dropped. Each of its
 * literals then takes in the other outcomes of its variable that keep the cube inside what is left:
 *
 *     left = g;  Env=dev  ->  Env=dev|test;  left = g without it;  Env=prod, Ssh=yes;  ...
 *
 * A cube only grows by that, so what could not be dropped before still cannot be. What
 * is left loses a cube each time: the cubes are disjoint within the family, and the first one
 * holds the witness. guard_cubes lists the paths of the diagram instead, which are as many
 * and as long as the order of variables makes them.
 */
#include "guard/guard_space.h"

/* Of a longer cube the literals stay as they are: to widen n of them takes n * n operations. */
enum { MOST_WIDENED = 64 };

/* The family within all parts of the cube but one (n: within all of them). */
static struct guard within(struct guard_space *s, struct guard family,
                           const struct guard_cube_part *parts, size_t n, size_t without)
{
    struct guard g = family;
    for (size_t i = 0; i < n; i++) {
        if (i != without) {
            g = guard_and(s, g, guard_among(s, parts[i].var, parts[i].outcomes, parts[i].n));
        }
    }
    return g;
}

/* Adds to part i the outcomes that the family has there and that keep the cube inside `left`. */
static void widen(struct guard_space *s, struct guard left, struct guard family,
                  struct guard_cube_part *parts, size_t n, size_t i, struct arena *a)
{
    struct guard rest = within(s, family, parts, n, i);
    struct guard outside = guard_minus(s, rest, left);
    uint32_t count = guard_variable(s, parts[i].var)->outcomes;
    uint32_t *outcomes = ARENA_ARRAY(a, count, uint32_t);
    uint32_t own = parts[i].outcomes[0];
    size_t kept = 0;
    for (uint32_t o = 0; o < count; o++) {
        struct guard is = guard_is(s, parts[i].var, o);
        if (o == own || (guard_disjoint(s, outside, is) && !guard_disjoint(s, rest, is))) {
            outcomes[kept++] = o;
        }
    }
    parts[i].outcomes = outcomes;
    parts[i].n = kept;
}

static struct guard_cube cube_of(struct guard_space *s, const struct guard_witness *w,
                                 struct guard left, struct guard family, struct arena *a)
{
    struct guard_cube_part *parts = ARENA_ARRAY(a, w->n, struct guard_cube_part);
    for (size_t i = 0; i < w->n; i++) {
        parts[i] = (struct guard_cube_part){w->at[i].var, &w->at[i].outcome, 1};
    }
    for (size_t i = 0; i < w->n && w->n <= MOST_WIDENED; i++) {
        widen(s, left, family, parts, w->n, i, a);
    }
    return (struct guard_cube){parts, w->n};
}

struct guard_cover guard_cover(struct guard_space *s, struct guard g, struct guard family,
                               size_t most, struct arena *a)
{
    struct guard_cube *at = ARENA_ARRAY(a, most, struct guard_cube);
    struct guard_cover cover = {.at = at};
    bool exceeded = s->exceeded;
    s->exceeded = false;
    struct guard left = guard_and(s, g, family);
    while (!guard_is_false(left) && cover.n < most && !s->exceeded) {
        struct guard_witness w = guard_witness(s, left, family, a);
        if (!w.found || s->exceeded) {
            break;
        }
        struct guard_cube cube = cube_of(s, &w, left, family, a);
        struct guard taken = within(s, family, cube.parts, cube.n, cube.n);
        if (s->exceeded || !guard_implies(s, taken, left)) {
            break;
        }
        at[cover.n++] = cube;
        left = guard_minus(s, left, taken);
    }
    cover.more = !guard_is_false(left);
    s->exceeded = exceeded || s->exceeded;
    return cover;
}
