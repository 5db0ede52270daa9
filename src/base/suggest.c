/*
 * Damerau's edit distance in its restricted form (no part is edited twice), three
 * rows of the table at a time, given up as soon as a row shows that the candidate
 * is farther than the best one so far.
 */
#include "base/suggest.h"

/* Longer names are only compared regardless of case: nobody misspells them by a
 * letter or two, and the rows live on the stack. */
enum { LONGEST = 255 };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The distance between a and b, or anything above `limit` if it is above it. */
static size_t distance(struct str a, struct str b, size_t limit)
{
    uint16_t rows[3][LONGEST + 1];
    uint16_t *before = rows[0]; /* the row of i - 2 */
    uint16_t *above = rows[1];
    uint16_t *row = rows[2];
    for (size_t j = 0; j <= b.n; j++) {
        above[j] = (uint16_t)j;
        before[j] = 0;
    }
    for (size_t i = 1; i <= a.n; i++) {
        size_t nearest = row[0] = (uint16_t)i;
        char x = lower(a.p[i - 1]);
        for (size_t j = 1; j <= b.n; j++) {
            char y = lower(b.p[j - 1]);
            size_t d = least(above[j], row[j - 1]) + 1U;
            d = least(d, above[j - 1] + (x == y ? 0U : 1U));
            if (i > 1 && j > 1 && x == lower(b.p[j - 2]) && y == lower(a.p[i - 2])) {
                d = least(d, before[j - 2] + 1U);
            }
            row[j] = (uint16_t)d;
            nearest = least(nearest, d);
        }
        if (nearest > limit) {
            return nearest;
        }
        uint16_t *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[b.n];
}

struct str suggest(struct str name, const struct str *candidates, size_t n)
{
    struct str best = {0};
    size_t nearest = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        struct str c = candidates[i];
        size_t longer = name.n > c.n ? name.n : c.n;
        if (c.n && str_eq_nocase(name, c)) {
            return c;
        }
        size_t limit = longer == 2 ? 1 : longer / 3;
        limit = least(limit, nearest - 1);
        if (longer > LONGEST || limit == 0 || longer - least(name.n, c.n) > limit) {
            continue;
        }
        size_t d = distance(name, c, limit);
        if (d <= limit) {
            nearest = d;
            best = c;
        }
    }
    return best;
}
