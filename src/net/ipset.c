/*
 * Set algebra on sorted range lists: each operation is one merge of its two operands.
 *
 *     x      [----]    [-------]   [--]
 *     y        [---------]   [-------]
 *     both     [--]    [-]   []    [--]      the range that ends first is left behind
 */
#include "net/ipset.h"

#include <stdlib.h>

#include "base/bug.h"

/* The result under construction: room for every range that can come, of which seldom many do. */
struct ranges {
    struct arena *arena;
    struct ip_range *at;
    size_t n;
    size_t most;
};

static struct ranges ranges_for(struct arena *a, size_t most)
{
    return (struct ranges){a, ARENA_ARRAY(a, most, struct ip_range), 0, most};
}

static struct ipset ranges_done(struct ranges r, enum net_family f)
{
    arena_trim(r.arena, r.at, r.most * sizeof *r.at, r.n * sizeof *r.at);
    return (struct ipset){f, r.at, r.n};
}

static bool is_before(struct address a, struct address b)
{
    return address_cmp(a, b) < 0;
}

static struct address later(struct address a, struct address b)
{
    return is_before(a, b) ? b : a;
}

static struct address earlier(struct address a, struct address b)
{
    return is_before(a, b) ? a : b;
}

static void ranges_add(struct ranges *r, struct address first, struct address last)
{
    r->at[r->n++] = (struct ip_range){first, last};
}

/* Adds a range that begins no earlier than the last one did, and joins the two if they
 * overlap or touch. After the largest address nothing can touch: its successor wraps to 0,
 * which is no later than any `last`. */
static void ranges_join(struct ranges *r, struct ip_range next)
{
    if (r->n > 0) {
        struct ip_range *top = &r->at[r->n - 1];
        if (!is_before(top->last, next.first) ||
            address_cmp(address_next(top->last), next.first) == 0) {
            top->last = later(top->last, next.last);
            return;
        }
    }
    r->at[r->n++] = next;
}

static void same_family(struct ipset x, struct ipset y)
{
    if (x.family != y.family) {
        BUG("address sets of two families are mixed");
    }
}

static const struct ip_range all_v4[] = {{{0, 0}, {0, UINT32_MAX}}};
static const struct ip_range all_v6[] = {{{0, 0}, {UINT64_MAX, UINT64_MAX}}};

struct ipset ipset_empty(enum net_family f)
{
    return (struct ipset){f, NULL, 0};
}

struct ipset ipset_all(enum net_family f)
{
    return (struct ipset){f, f == NET_V4 ? all_v4 : all_v6, 1};
}

static bool is_all(struct ipset s)
{
    return ipset_equal(s, ipset_all(s.family));
}

struct ipset ipset_of(struct arena *a, struct prefix p)
{
    struct ranges r = ranges_for(a, 1);
    ranges_add(&r, p.first, prefix_last(p));
    return ranges_done(r, p.family);
}

static int order_by_first(const void *x, const void *y)
{
    const struct ip_range *a = x;
    const struct ip_range *b = y;
    return address_cmp(a->first, b->first);
}

/* Sorts and joins in place. Ranges that begin alike may come in any order: joining them
 * gives the same. */
static struct ipset sort_and_join(struct ranges r, enum net_family f)
{
    if (r.n > 1) {
        qsort(r.at, r.n, sizeof *r.at, order_by_first);
    }
    struct ranges out = r;
    out.n = 0;
    for (size_t i = 0; i < r.n; i++) {
        ranges_join(&out, r.at[i]);
    }
    return ranges_done(out, f);
}

struct ipset ipset_of_prefixes(struct arena *a, enum net_family f, const struct prefix *p, size_t n)
{
    struct ranges r = ranges_for(a, n);
    for (size_t i = 0; i < n; i++) {
        if (p[i].family == f) {
            ranges_add(&r, p[i].first, prefix_last(p[i]));
        }
    }
    return sort_and_join(r, f);
}

struct ipset ipset_union_all(struct arena *a, enum net_family f, const struct ipset *sets, size_t n)
{
    size_t most = 0;
    for (size_t i = 0; i < n; i++) {
        same_family(sets[i], ipset_empty(f));
        most += sets[i].n;
    }
    struct ranges r = ranges_for(a, most);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < sets[i].n; k++) {
            r.at[r.n++] = sets[i].at[k];
        }
    }
    return sort_and_join(r, f);
}

struct ipset ipset_union(struct arena *a, struct ipset x, struct ipset y)
{
    same_family(x, y);
    if (x.n == 0 || is_all(y)) {
        return y;
    }
    if (y.n == 0 || is_all(x)) {
        return x;
    }
    struct ranges out = ranges_for(a, x.n + y.n);
    size_t i = 0;
    size_t k = 0;
    while (i < x.n || k < y.n) {
        bool from_x = k == y.n || (i < x.n && !is_before(y.at[k].first, x.at[i].first));
        ranges_join(&out, from_x ? x.at[i++] : y.at[k++]);
    }
    return ranges_done(out, x.family);
}

struct ipset ipset_both(struct arena *a, struct ipset x, struct ipset y)
{
    same_family(x, y);
    if (x.n == 0 || is_all(y)) {
        return x;
    }
    if (y.n == 0 || is_all(x)) {
        return y;
    }
    struct ranges out = ranges_for(a, x.n + y.n);
    for (size_t i = 0, k = 0; i < x.n && k < y.n;) {
        struct address first = later(x.at[i].first, y.at[k].first);
        struct address last = earlier(x.at[i].last, y.at[k].last);
        if (!is_before(last, first)) {
            ranges_add(&out, first, last);
        }
        if (is_before(x.at[i].last, y.at[k].last)) {
            i++;
        } else {
            k++;
        }
    }
    return ranges_done(out, x.family);
}

struct ipset ipset_minus(struct arena *a, struct ipset x, struct ipset y)
{
    same_family(x, y);
    if (x.n == 0 || y.n == 0) {
        return x;
    }
    if (is_all(y)) {
        return ipset_empty(x.family);
    }
    struct ranges out = ranges_for(a, x.n + y.n);
    size_t k = 0;
    for (size_t i = 0; i < x.n; i++) {
        struct address from = x.at[i].first; /* all before it is decided */
        bool left = true;
        while (k < y.n && is_before(y.at[k].last, from)) {
            k++;
        }
        /* A y that ends with or after this x stays: the next x may meet it too. */
        for (; k < y.n && !is_before(x.at[i].last, y.at[k].first); k++) {
            if (is_before(from, y.at[k].first)) {
                ranges_add(&out, from, address_previous(y.at[k].first));
            }
            if (!is_before(y.at[k].last, x.at[i].last)) {
                left = false;
                break;
            }
            from = address_next(y.at[k].last);
        }
        if (left) {
            ranges_add(&out, from, x.at[i].last);
        }
    }
    return ranges_done(out, x.family);
}

bool ipset_is_empty(struct ipset s)
{
    return s.n == 0;
}

bool ipset_equal(struct ipset x, struct ipset y)
{
    if (x.family != y.family || x.n != y.n) {
        return false;
    }
    for (size_t i = 0; i < x.n; i++) {
        if (address_cmp(x.at[i].first, y.at[i].first) != 0 ||
            address_cmp(x.at[i].last, y.at[i].last) != 0) {
            return false;
        }
    }
    return true;
}

bool ipset_has(struct ipset s, struct address a)
{
    size_t begin = 0;
    size_t end = s.n;
    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        if (is_before(s.at[middle].last, a)) {
            begin = middle + 1;
        } else {
            end = middle;
        }
    }
    return begin < s.n && !is_before(a, s.at[begin].first);
}

bool ipset_covers(struct ipset outer, struct ipset inner)
{
    same_family(outer, inner);
    size_t k = 0;
    for (size_t i = 0; i < inner.n; i++) {
        while (k < outer.n && is_before(outer.at[k].last, inner.at[i].last)) {
            k++;
        }
        /* Ranges of one set do not touch, so one of them must hold the whole range. */
        if (k == outer.n || is_before(inner.at[i].first, outer.at[k].first)) {
            return false;
        }
    }
    return true;
}

bool ipset_meets(struct ipset x, struct ipset y)
{
    same_family(x, y);
    for (size_t i = 0, k = 0; i < x.n && k < y.n;) {
        if (is_before(x.at[i].last, y.at[k].first)) {
            i++;
        } else if (is_before(y.at[k].last, x.at[i].first)) {
            k++;
        } else {
            return true;
        }
    }
    return false;
}

uint64_t ipset_count(struct ipset s)
{
    uint64_t count = 0;
    for (size_t i = 0; i < s.n; i++) {
        struct ip_range r = s.at[i];
        uint64_t low = r.last.lo - r.first.lo;
        uint64_t high = r.last.hi - r.first.hi - (r.last.lo < r.first.lo ? 1 : 0);
        /* low + 1 addresses are added; UINT64_MAX stands for "that many or more". */
        if (high != 0 || low >= UINT64_MAX - count) {
            return UINT64_MAX;
        }
        count += low + 1;
    }
    return count;
}

static unsigned count_ones(uint64_t v)
{
    unsigned n = 0;
    for (; v != 0; v &= v - 1) {
        n++;
    }
    return n;
}

/* Is r one prefix? Then first and last differ in the host bits only, which are all zero in
 * first and all one in last. */
static bool range_as_prefix(enum net_family f, struct ip_range r, struct prefix *out)
{
    struct address hosts = {r.first.hi ^ r.last.hi, r.first.lo ^ r.last.lo};
    struct address above = address_next(hosts);
    if ((hosts.hi & above.hi) != 0 || (hosts.lo & above.lo) != 0 || (hosts.hi & r.first.hi) != 0 ||
        (hosts.lo & r.first.lo) != 0) {
        return false;
    }
    unsigned bits = f == NET_V4 ? 32 : 128;
    out->family = f;
    out->length = (uint8_t)(bits - count_ones(hosts.hi) - count_ones(hosts.lo));
    out->first = r.first;
    return true;
}

void ipset_print(struct ipset s, struct buf *out)
{
    for (size_t i = 0; i < s.n; i++) {
        struct prefix p;
        if (i > 0) {
            buf_adds(out, ", ");
        }
        if (range_as_prefix(s.family, s.at[i], &p)) {
            prefix_print(p, out);
        } else {
            address_print(s.family, s.at[i].first, out);
            buf_addc(out, '-');
            address_print(s.family, s.at[i].last, out);
        }
    }
}
