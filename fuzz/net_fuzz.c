/*
 * The set algebra against bitmaps: 64 neighbouring addresses at the beginning, in the middle
 * and at the end of both families, as one bit each. And texts: what reads as a prefix prints as
 * one that reads as the same.
 */
#include <string.h>

#include "fuzz/target.h"
#include "net/ipset.h"

enum { WINDOW = 64, REGISTERS = 6, MOST_STEPS = 64, MOST_SETS = 4 };

struct entry {
    struct ipset set;
    uint64_t bits;
};

struct world {
    struct arena arena;
    enum net_family family;
    struct address base;
    struct entry regs[REGISTERS];
};

/* The windows: first address of each; all are multiples of 64 below a carry or an end. */
static const struct {
    enum net_family family;
    struct address base;
} windows[] = {
    {NET_V4, {0, 0}},
    {NET_V4, {0, 0x0a000000U}},
    {NET_V4, {0, 0xffffffffU - 63}},
    {NET_V6, {0, 0}},
    {NET_V6, {0x20010db800000000U, UINT64_MAX - 63}},
    {NET_V6, {0x20010db800000001U, 0}},
    {NET_V6, {UINT64_MAX, UINT64_MAX - 63}},
};

static struct address address_at(const struct world *w, unsigned i)
{
    return (struct address){w->base.hi, w->base.lo + i};
}

static struct prefix prefix_at(const struct world *w, unsigned i, unsigned host_bits)
{
    unsigned size = w->family == NET_V4 ? 32 : 128;
    unsigned first = i >> host_bits << host_bits;
    return (struct prefix){w->family, (uint8_t)(size - host_bits), address_at(w, first)};
}

static uint64_t bits_of(unsigned i, unsigned host_bits)
{
    unsigned first = i >> host_bits << host_bits;
    unsigned n = 1U << host_bits;
    return (n == WINDOW ? UINT64_MAX : (UINT64_C(1) << n) - 1) << first;
}

static void entry_check(const struct world *w, const struct entry *e)
{
    uint64_t count = 0;
    for (unsigned i = 0; i < WINDOW; i++) {
        bool in = e->bits >> i & 1U;
        REQUIRE(ipset_has(e->set, address_at(w, i)) == in);
        count += in;
    }
    REQUIRE(ipset_count(e->set) == count);
    REQUIRE(ipset_is_empty(e->set) == (e->bits == 0));
    for (size_t i = 0; i < e->set.n; i++) { /* canonical: ordered, apart, never touching */
        REQUIRE(address_cmp(e->set.at[i].first, e->set.at[i].last) <= 0);
        REQUIRE(i == 0 || address_cmp(address_next(e->set.at[i - 1].last), e->set.at[i].first) < 0);
    }
}

static void ask(const struct entry *x, const struct entry *y)
{
    REQUIRE(ipset_equal(x->set, y->set) == (x->bits == y->bits));
    REQUIRE(ipset_covers(x->set, y->set) == ((y->bits & ~x->bits) == 0));
    REQUIRE(ipset_meets(x->set, y->set) == ((x->bits & y->bits) != 0));
}

static void many(struct world *w, struct input *in, struct entry *out)
{
    struct prefix p[MOST_SETS];
    struct ipset sets[MOST_SETS];
    uint64_t bits = 0;
    uint64_t bits_of_sets = 0;
    uint32_t n = input_below(in, MOST_SETS + 1);
    for (uint32_t k = 0; k < n; k++) {
        unsigned i = input_below(in, WINDOW);
        unsigned host_bits = input_below(in, 7);
        p[k] = prefix_at(w, i, host_bits);
        bits |= bits_of(i, host_bits);
        const struct entry *e = &w->regs[input_below(in, REGISTERS)];
        sets[k] = e->set;
        bits_of_sets |= e->bits;
    }
    struct entry all = {ipset_union_all(&w->arena, w->family, sets, n), bits_of_sets};
    entry_check(w, &all);
    *out = (struct entry){ipset_of_prefixes(&w->arena, w->family, p, n), bits};
}

static void step(struct world *w, struct input *in)
{
    uint32_t op = input_below(in, 6);
    struct entry x = w->regs[input_below(in, REGISTERS)];
    struct entry y = w->regs[input_below(in, REGISTERS)];
    struct entry *out = &w->regs[input_below(in, REGISTERS)];
    struct arena *a = &w->arena;
    if (op == 0) {
        *out = (struct entry){ipset_union(a, x.set, y.set), x.bits | y.bits};
    } else if (op == 1) {
        *out = (struct entry){ipset_both(a, x.set, y.set), x.bits & y.bits};
    } else if (op == 2) {
        *out = (struct entry){ipset_minus(a, x.set, y.set), x.bits & ~y.bits};
    } else if (op == 3) {
        many(w, in, out);
    } else {
        unsigned i = input_below(in, WINDOW);
        unsigned host_bits = input_below(in, 7);
        *out = (struct entry){ipset_of(a, prefix_at(w, i, host_bits)), bits_of(i, host_bits)};
    }
    entry_check(w, out);
    ask(&x, out);
    ask(out, &y);
    struct ipset back = ipset_minus(a, ipset_all(w->family), out->set);
    REQUIRE(!ipset_meets(back, out->set));
    REQUIRE(ipset_equal(ipset_minus(a, ipset_all(w->family), back), out->set));
}

static void print_check(struct prefix p)
{
    struct buf b;
    buf_init(&b);
    prefix_print(p, &b);
    struct prefix again;
    unsigned flags = 0;
    bool reads = prefix_parse(buf_str(&b), &again, &flags);
    REQUIRE(reads);
    REQUIRE(prefix_equal(p, again));
    REQUIRE((flags & PREFIX_MASKED) == 0);
    buf_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct prefix p;
    if (prefix_parse(input_text(data, size), &p, NULL)) {
        REQUIRE(prefix_covers(p, p));
        REQUIRE(address_cmp(p.first, prefix_last(p)) <= 0);
        print_check(p);
    }
    struct input in = {data, size};
    struct world w = {.arena = {0}};
    uint32_t window = input_below(&in, sizeof windows / sizeof *windows);
    w.family = windows[window].family;
    w.base = windows[window].base;
    for (size_t i = 0; i < REGISTERS; i++) {
        w.regs[i].set = ipset_empty(w.family);
    }
    for (int i = 0; i < MOST_STEPS && in.left > 0; i++) {
        step(&w, &in);
    }
    struct buf out;
    buf_init(&out);
    ipset_print(w.regs[0].set, &out);
    buf_release(&out);
    arena_release(&w.arena);
    return 0;
}
