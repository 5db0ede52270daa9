/*
 * Fitting names with gaps. Gaps may hold anything, so little more than gaps fits everything:
 * what is known of both names has to be long enough to mean something.
 */
#include "cfn/link_name.h"

enum { LEAST_KNOWN = 2 }; /* letters and digits */

static void add(struct buf *b, const struct cfn_term *term)
{
    if (term->kind == CFN_TEXT) {
        buf_add(b, term->text);
    } else if (b->n == 0 || b->p[b->n - 1] != CFN_GAP) {
        buf_addc(b, CFN_GAP);
    }
}

struct str cfn_link_name(struct arena *a, const struct cfn_term *term)
{
    if (term->kind == CFN_NONE || term->kind == CFN_LIST || term->kind == CFN_MAP) {
        return (struct str){0};
    }
    struct buf b;
    buf_init(&b);
    if (term->kind == CFN_JOINED) {
        for (size_t i = 0; i < term->part_n; i++) {
            add(&b, &term->parts[i]);
        }
    } else {
        add(&b, term);
    }
    struct str name = str_copy(a, buf_str(&b));
    buf_release(&b);
    return name;
}

bool cfn_link_name_is_known(struct str name)
{
    return str_find_byte(name, CFN_GAP, 0) == STR_NPOS;
}

static bool means_something(struct str name)
{
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        n += (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c > 127;
    }
    return n >= LEAST_KNOWN;
}

/* Does a name with gaps become this text? Gaps take as little as they can, going back when that
 * was too little. */
static bool becomes(struct str name, struct str text)
{
    size_t i = 0;
    size_t k = 0;
    size_t gap = STR_NPOS;
    size_t taken = 0;
    while (k < text.n) {
        if (i < name.n && name.p[i] == CFN_GAP) {
            gap = i++;
            taken = k;
        } else if (i < name.n && name.p[i] == text.p[k]) {
            i++;
            k++;
        } else if (gap != STR_NPOS) {
            i = gap + 1;
            k = ++taken;
        } else {
            return false;
        }
    }
    while (i < name.n && name.p[i] == CFN_GAP) {
        i++;
    }
    return i == name.n;
}

static struct str before_gap(struct str name)
{
    return str_sub(name, 0, str_find_byte(name, CFN_GAP, 0));
}

static struct str behind_gap(struct str name)
{
    size_t i = name.n;
    while (i > 0 && name.p[i - 1] != CFN_GAP) {
        i--;
    }
    return str_sub(name, i, name.n);
}

/* Most names differ where they begin or end; where neither has a gap there, they cannot fit. */
static bool differ(char x, char y)
{
    return x != y && x != CFN_GAP && y != CFN_GAP;
}

enum cfn_fit cfn_link_fit(struct str a, struct str b)
{
    if (a.n > 0 && b.n > 0 && (differ(a.p[0], b.p[0]) || differ(a.p[a.n - 1], b.p[b.n - 1]))) {
        return CFN_FIT_NEVER;
    }
    bool a_known = cfn_link_name_is_known(a);
    bool b_known = cfn_link_name_is_known(b);
    if (a_known && b_known) {
        return a.n > 0 && str_eq(a, b) ? CFN_FIT_EQUAL : CFN_FIT_NEVER;
    }
    if (!means_something(a) || !means_something(b)) {
        return CFN_FIT_NEVER;
    }
    if (str_eq(a, b)) {
        return CFN_FIT_SHAPE;
    }
    if (a_known || b_known) {
        return (a_known ? becomes(b, a) : becomes(a, b)) ? CFN_FIT_MAYBE : CFN_FIT_NEVER;
    }
    struct str p = before_gap(a);
    struct str q = before_gap(b);
    struct str x = behind_gap(a);
    struct str y = behind_gap(b);
    bool fits = (str_starts(p, q) || str_starts(q, p)) && (str_ends(x, y) || str_ends(y, x));
    return fits ? CFN_FIT_MAYBE : CFN_FIT_NEVER;
}

bool cfn_link_fill(struct str name, struct str text, struct str *out)
{
    struct str head = before_gap(name);
    struct str tail = behind_gap(name);
    if (head.n + tail.n + 1 != name.n || text.n < head.n + tail.n || !str_starts(text, head) ||
        !str_ends(text, tail)) {
        return false;
    }
    *out = str_sub(text, head.n, text.n - tail.n);
    return true;
}
