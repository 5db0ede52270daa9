/*
 * The algebra against bitmaps: a universe of 256 addresses laid over both ends of each family
 * and over the border between the two 64-bit words. The bitmap's answer, written as canonical
 * ranges, must be the set's answer, range by range.
 */
#include "tests/check.h"

#include "net/ipset.h"

enum { UNIVERSE = 256, ROUNDS = 300 };

/* Where address number 0 of the universe is. */
static const struct {
    enum net_family family;
    struct address base;
} places[] = {
    {NET_V4, {0, 0}},
    {NET_V4, {0, 0x0a0000c0}},
    {NET_V4, {0, 0xffffff00}}, /* ends with 255.255.255.255 */
    {NET_V6, {0, 0}},
    {NET_V6, {4, UINT64_MAX - 99}}, /* number 100 is in the next word */
    {NET_V6, {0x20010db800000000, 0}},
    {NET_V6, {UINT64_MAX, UINT64_MAX - 255}}, /* ends with the last address */
};
enum { PLACES = sizeof places / sizeof *places };

struct bitmap {
    bool has[UNIVERSE];
};

static struct address address_at(int place, int number)
{
    struct address a = places[place].base;
    uint64_t low = a.lo + (uint64_t)number;
    return (struct address){a.hi + (low < a.lo ? 1 : 0), low};
}

static struct ipset set_of(struct arena *a, int place, const struct bitmap *m)
{
    struct ip_range *ranges = ARENA_ARRAY(a, UNIVERSE, struct ip_range);
    size_t n = 0;
    for (int i = 0; i < UNIVERSE; i++) {
        if (m->has[i]) {
            if (i == 0 || !m->has[i - 1]) {
                ranges[n++].first = address_at(place, i);
            }
            ranges[n - 1].last = address_at(place, i);
        }
    }
    return (struct ipset){places[place].family, ranges, n};
}

/* A few runs, so that adjacent, nested and equal ranges are frequent; sometimes noise. */
static struct bitmap random_bitmap(struct check_random *r)
{
    struct bitmap m = {{false}};
    if (check_random_below(r, 8) == 0) {
        for (int i = 0; i < UNIVERSE; i++) {
            m.has[i] = check_random_below(r, 2) == 0;
        }
    }
    for (uint32_t runs = check_random_below(r, 6); runs > 0; runs--) {
        uint32_t begin = 8 * check_random_below(r, 32);
        uint32_t length = 1 + check_random_below(r, check_random_below(r, 2) == 0 ? 16 : 256);
        bool set = check_random_below(r, 4) != 0;
        for (uint32_t i = begin; i < UNIVERSE && i < begin + length; i++) {
            m.has[i] = set;
        }
    }
    return m;
}

static void check_pair(struct arena *a, int place, const struct bitmap *mx, const struct bitmap *my)
{
    struct ipset x = set_of(a, place, mx);
    struct ipset y = set_of(a, place, my);
    struct bitmap either;
    struct bitmap both;
    struct bitmap minus;
    bool covers = true;
    bool meets = false;
    uint64_t count = 0;
    for (int i = 0; i < UNIVERSE; i++) {
        either.has[i] = mx->has[i] || my->has[i];
        both.has[i] = mx->has[i] && my->has[i];
        minus.has[i] = mx->has[i] && !my->has[i];
        covers = covers && (mx->has[i] || !my->has[i]);
        meets = meets || both.has[i];
        count += mx->has[i] ? 1 : 0;
        assert_int_equal(ipset_has(x, address_at(place, i)), mx->has[i]);
    }
    assert_true(ipset_equal(ipset_union(a, x, y), set_of(a, place, &either)));
    assert_true(ipset_equal(ipset_both(a, x, y), set_of(a, place, &both)));
    assert_true(ipset_equal(ipset_minus(a, x, y), set_of(a, place, &minus)));
    assert_int_equal(ipset_covers(x, y), covers);
    assert_int_equal(ipset_meets(x, y), meets);
    assert_int_equal(ipset_count(x), count);
    assert_int_equal(ipset_is_empty(x), count == 0);
    assert_int_equal(ipset_equal(x, y), memcmp(mx, my, sizeof *mx) == 0);

    /* with everything, and twice the complement */
    struct ipset all = ipset_all(places[place].family);
    struct ipset rest = ipset_minus(a, all, x);
    assert_true(ipset_equal(ipset_union(a, rest, x), all));
    assert_true(ipset_equal(ipset_minus(a, all, rest), x));
    assert_false(ipset_meets(rest, x));
    assert_true(ipset_equal(ipset_both(a, all, x), x));
    assert_true(ipset_is_empty(ipset_minus(a, x, all)));
    assert_true(ipset_covers(all, x));
}

static void every_operation_agrees_with_bitmaps(void **state)
{
    (void)state;
    struct check_random r = {4711};
    for (int place = 0; place < PLACES; place++) {
        for (int round = 0; round < ROUNDS; round++) {
            struct arena a = {0};
            struct bitmap x = random_bitmap(&r);
            struct bitmap y = check_random_below(&r, 10) == 0 ? x : random_bitmap(&r);
            check_pair(&a, place, &x, &y);
            arena_release(&a);
        }
    }
}

static void a_union_of_many_agrees_with_bitmaps(void **state)
{
    (void)state;
    struct check_random r = {815};
    for (int place = 0; place < PLACES; place++) {
        for (int round = 0; round < ROUNDS / 10; round++) {
            struct arena a = {0};
            struct bitmap sum = {{false}};
            struct ipset sets[12];
            size_t n = check_random_below(&r, 13);
            for (size_t k = 0; k < n; k++) {
                struct bitmap m = random_bitmap(&r);
                sets[k] = set_of(&a, place, &m);
                for (int i = 0; i < UNIVERSE; i++) {
                    sum.has[i] = sum.has[i] || m.has[i];
                }
            }
            assert_true(ipset_equal(ipset_union_all(&a, places[place].family, sets, n),
                                    set_of(&a, place, &sum)));
            arena_release(&a);
        }
    }
}

/* The places whose base is a multiple of 256 can be cut into prefixes of 1 to 256 addresses. */
static void a_union_of_prefixes_agrees_with_bitmaps(void **state)
{
    (void)state;
    struct check_random r = {31337};
    for (int place = 0; place < PLACES; place++) {
        uint8_t bits = places[place].family == NET_V4 ? 32 : 128;
        if (places[place].base.lo % UNIVERSE != 0) {
            continue;
        }
        for (int round = 0; round < ROUNDS; round++) {
            struct arena a = {0};
            struct bitmap sum = {{false}};
            struct prefix list[20];
            size_t n = check_random_below(&r, 21);
            for (size_t k = 0; k < n; k++) {
                unsigned log2 = check_random_below(&r, check_random_below(&r, 2) == 0 ? 4 : 9);
                unsigned size = 1U << log2;
                unsigned begin = size * check_random_below(&r, UNIVERSE / size);
                list[k] = (struct prefix){places[place].family, (uint8_t)(bits - log2),
                                          address_at(place, (int)begin)};
                if (check_random_below(&r, 8) == 0) { /* of the other family: left out */
                    list[k] = (struct prefix){bits == 32 ? NET_V6 : NET_V4, 0, {0, 0}};
                    continue;
                }
                for (unsigned i = begin; i < begin + size; i++) {
                    sum.has[i] = true;
                }
                struct bitmap one = {{false}};
                memset(&one.has[begin], true, size);
                assert_true(ipset_equal(ipset_of(&a, list[k]), set_of(&a, place, &one)));
            }
            assert_true(ipset_equal(ipset_of_prefixes(&a, places[place].family, list, n),
                                    set_of(&a, place, &sum)));
            arena_release(&a);
        }
    }
}

static struct ipset parse_set(struct arena *a, enum net_family f, const char *list)
{
    struct prefix p[16];
    size_t n = 0;
    struct str rest = str_from(list);
    while (rest.n > 0) {
        size_t comma = str_find_byte(rest, ',', 0);
        assert_true(prefix_parse(str_sub(rest, 0, comma), &p[n++], NULL));
        rest = comma == STR_NPOS ? STR("") : str_sub(rest, comma + 1, rest.n);
    }
    return ipset_of_prefixes(a, f, p, n);
}

static void the_two_halves_are_the_whole(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_true(ipset_equal(parse_set(&a, NET_V4, "128.0.0.0/1,0.0.0.0/1"), ipset_all(NET_V4)));
    assert_true(ipset_equal(parse_set(&a, NET_V6, "8000::/1,::/1"), ipset_all(NET_V6)));
    assert_true(ipset_equal(
        ipset_union(&a, parse_set(&a, NET_V6, "8000::/1"), parse_set(&a, NET_V6, "::/1")),
        ipset_all(NET_V6)));
    assert_false(ipset_equal(ipset_all(NET_V4), ipset_all(NET_V6)));
    assert_false(ipset_equal(ipset_empty(NET_V4), ipset_empty(NET_V6)));
    arena_release(&a);
}

static void counts_stop_at_the_largest_number(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_int_equal(ipset_count(ipset_empty(NET_V6)), 0);
    assert_int_equal(ipset_count(ipset_all(NET_V4)), 4294967296);
    assert_true(ipset_count(ipset_all(NET_V6)) == UINT64_MAX);
    assert_true(ipset_count(parse_set(&a, NET_V6, "::/64")) == UINT64_MAX);
    assert_true(ipset_count(parse_set(&a, NET_V6, "::/65")) == (uint64_t)1 << 63);
    /* two halves of 2^64, apart: their sum no longer fits */
    assert_true(ipset_count(parse_set(&a, NET_V6, "::/65,1::/65")) == UINT64_MAX);
    assert_true(ipset_count(parse_set(&a, NET_V6, "::/65,1::/66")) == (uint64_t)3 << 62);
    /* from the last address of one word to the first of the next: two */
    struct ip_range across = {{4, UINT64_MAX}, {5, 0}};
    assert_int_equal(ipset_count((struct ipset){NET_V6, &across, 1}), 2);
    arena_release(&a);
}

static void ranges_that_are_prefixes_are_printed_as_such(void **state)
{
    (void)state;
    static const struct {
        struct ip_range range;
        enum net_family family;
        const char *text;
    } rows[] = {
        {{{0, 0x0a000000}, {0, 0x0affffff}}, NET_V4, "10.0.0.0/8"},
        {{{0, 0xc0000201}, {0, 0xc0000207}}, NET_V4, "192.0.2.1-192.0.2.7"},
        {{{0, 0xc0000200}, {0, 0xc0000206}}, NET_V4, "192.0.2.0-192.0.2.6"},
        {{{0, 0xc0000201}, {0, 0xc0000202}}, NET_V4, "192.0.2.1-192.0.2.2"},
        {{{0, 0xc0000203}, {0, 0xc0000204}}, NET_V4, "192.0.2.3-192.0.2.4"},
        {{{0, 0xc0000201}, {0, 0xc0000201}}, NET_V4, "192.0.2.1/32"},
        {{{0, 0}, {0, UINT32_MAX}}, NET_V4, "0.0.0.0/0"},
        {{{0, 0}, {UINT64_MAX, UINT64_MAX}}, NET_V6, "::/0"},
        {{{0, 0}, {0, UINT64_MAX}}, NET_V6, "::/64"},
        {{{1, 0}, {1, UINT64_MAX}}, NET_V6, "0:0:0:1::/64"},
        {{{1, 0}, {2, UINT64_MAX}}, NET_V6, "0:0:0:1::-::2:ffff:ffff:ffff:ffff"},
        {{{0, UINT64_MAX}, {1, 0}}, NET_V6, "::ffff:ffff:ffff:ffff-0:0:0:1::"},
        {{{UINT64_MAX, UINT64_MAX}, {UINT64_MAX, UINT64_MAX}},
         NET_V6,
         "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"},
    };
    struct buf b;
    buf_init(&b);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf_clear(&b);
        ipset_print((struct ipset){rows[i].family, &rows[i].range, 1}, &b);
        assert_string_equal(b.p, rows[i].text);
    }
    struct arena a = {0};
    buf_clear(&b);
    ipset_print(parse_set(&a, NET_V4, "192.168.0.0/16,10.0.0.0/8,10.1.0.0/16"), &b);
    assert_string_equal(b.p, "10.0.0.0/8, 192.168.0.0/16");
    buf_clear(&b);
    ipset_print(ipset_empty(NET_V4), &b);
    assert_int_equal(b.n, 0);
    arena_release(&a);
    buf_release(&b);
}

/* 200,000 ranges a side, merged a few times: a quadratic merge would take minutes. */
static void large_sets_take_linear_time(void **state)
{
    (void)state;
    enum { MANY = 200000 };
    struct arena a = {0};
    struct prefix *even = ARENA_ARRAY(&a, MANY, struct prefix);
    struct prefix *odd = ARENA_ARRAY(&a, MANY, struct prefix);
    for (uint64_t i = 0; i < MANY; i++) {
        /* highest first: sorting has something to do; a gap of 4 between equal parities */
        even[i] = (struct prefix){NET_V4, 32, {0, 4 * (MANY - i)}};
        odd[i] = (struct prefix){NET_V4, 32, {0, 4 * (MANY - i) + 1}};
    }
    struct ipset x = ipset_of_prefixes(&a, NET_V4, even, MANY);
    struct ipset y = ipset_of_prefixes(&a, NET_V4, odd, MANY);
    assert_int_equal(x.n, MANY);
    assert_false(ipset_meets(x, y));
    struct ipset pairs = ipset_union(&a, x, y);
    assert_int_equal(pairs.n, MANY); /* each even address touches its odd neighbour */
    assert_int_equal(ipset_count(pairs), 2 * MANY);
    assert_true(ipset_equal(ipset_minus(&a, pairs, y), x));
    assert_true(ipset_equal(ipset_both(&a, pairs, y), y));
    assert_int_equal(ipset_minus(&a, ipset_all(NET_V4), x).n, MANY + 1);
    assert_true(ipset_covers(pairs, x));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_operation_agrees_with_bitmaps),
        cmocka_unit_test(a_union_of_many_agrees_with_bitmaps),
        cmocka_unit_test(a_union_of_prefixes_agrees_with_bitmaps),
        cmocka_unit_test(the_two_halves_are_the_whole),
        cmocka_unit_test(counts_stop_at_the_largest_number),
        cmocka_unit_test(ranges_that_are_prefixes_are_printed_as_such),
        cmocka_unit_test(large_sets_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
