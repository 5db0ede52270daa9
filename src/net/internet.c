/*
 * The tables of SEMANTICS 3.1, written as what is left between the excluded blocks, and the
 * labels of 3.2. The blocks are IANA's special-purpose registries (RFC 6890).
 */
#include "net/internet.h"

#include <stddef.h>

#define QUAD(a, b, c, d)                                                                           \
    {                                                                                              \
        0, (uint64_t)(a) << 24 | (uint64_t)(b) << 16 | (uint64_t)(c) << 8 | (uint64_t)(d)          \
    }
/* Whole /64 blocks: from the first address of one to the last of another. */
#define BLOCKS(first, last)                                                                        \
    {                                                                                              \
        {UINT64_C(first), 0},                                                                      \
        {                                                                                          \
            UINT64_C(last), UINT64_MAX                                                             \
        }                                                                                          \
    }

static const struct ip_range internet_v4[] = {
    /* without 0/8 */
    {QUAD(1, 0, 0, 0), QUAD(9, 255, 255, 255)},
    /* without 10/8 (private) */
    {QUAD(11, 0, 0, 0), QUAD(100, 63, 255, 255)},
    /* without 100.64/10 (shared address space) */
    {QUAD(100, 128, 0, 0), QUAD(126, 255, 255, 255)},
    /* without 127/8 (loopback) */
    {QUAD(128, 0, 0, 0), QUAD(169, 253, 255, 255)},
    /* without 169.254/16 (link local) */
    {QUAD(169, 255, 0, 0), QUAD(172, 15, 255, 255)},
    /* without 172.16/12 (private) */
    {QUAD(172, 32, 0, 0), QUAD(191, 255, 255, 255)},
    /* without 192.0.0/24 (protocol assignments); 192.0.2/24 (documentation) follows */
    {QUAD(192, 0, 1, 0), QUAD(192, 0, 1, 255)},
    {QUAD(192, 0, 3, 0), QUAD(192, 88, 98, 255)},
    /* without 192.88.99/24 (6to4 relays) */
    {QUAD(192, 88, 100, 0), QUAD(192, 167, 255, 255)},
    /* without 192.168/16 (private) */
    {QUAD(192, 169, 0, 0), QUAD(198, 17, 255, 255)},
    /* without 198.18/15 (benchmarks) */
    {QUAD(198, 20, 0, 0), QUAD(198, 51, 99, 255)},
    /* without 198.51.100/24 (documentation) */
    {QUAD(198, 51, 101, 0), QUAD(203, 0, 112, 255)},
    /* without 203.0.113/24 (documentation), 224/4 (multicast), 240/4 (reserved) */
    {QUAD(203, 0, 114, 0), QUAD(223, 255, 255, 255)},
};

/* 2000::/3; unique local, link local, mapped and multicast addresses lie outside. */
static const struct ip_range internet_v6[] = {
    BLOCKS(0x2000000000000000, 0x20010001ffffffff), /* without 2001:2::/48 (benchmarks) */
    BLOCKS(0x2001000200010000, 0x2001000fffffffff), /* without 2001:10::/28, 2001:20::/28 */
    BLOCKS(0x2001003000000000, 0x20010db7ffffffff), /* without 2001:db8::/32 (documentation) */
    BLOCKS(0x20010db900000000, 0x3ffeffffffffffff), /* without 3fff::/20 (documentation) */
    BLOCKS(0x3fff100000000000, 0x3fffffffffffffff),
};

static const struct ip_range documentation_v4[] = {
    {QUAD(192, 0, 2, 0), QUAD(192, 0, 2, 255)},
    {QUAD(198, 51, 100, 0), QUAD(198, 51, 100, 255)},
    {QUAD(203, 0, 113, 0), QUAD(203, 0, 113, 255)},
};

static const struct ip_range documentation_v6[] = {
    BLOCKS(0x20010db800000000, 0x20010db8ffffffff),
    BLOCKS(0x3fff000000000000, 0x3fff0fffffffffff),
};

#define TABLE(family, table) ((struct ipset){(family), (table), sizeof(table) / sizeof *(table)})

struct ipset internet_space(enum net_family f)
{
    return f == NET_V4 ? TABLE(NET_V4, internet_v4) : TABLE(NET_V6, internet_v6);
}

struct ipset internet_documentation(enum net_family f)
{
    return f == NET_V4 ? TABLE(NET_V4, documentation_v4) : TABLE(NET_V6, documentation_v6);
}

static enum exposure exposure_v4(struct ipset sources)
{
    uint64_t n = ipset_count(sources);
    if (n >= UINT64_C(1) << 24) {
        return EXPOSURE_BROAD;
    }
    return n > 256 ? EXPOSURE_LIMITED : EXPOSURE_NARROW;
}

/* Are there at least 2^96 addresses? The tables and sums stay below 2^128: the empty rest of
 * the space is far larger than 2000::/3. */
static bool is_broad_v6(struct ipset s)
{
    struct address sum = {0, 0};
    for (size_t i = 0; i < s.n; i++) {
        struct ip_range r = s.at[i];
        uint64_t low = r.last.lo - r.first.lo;
        uint64_t high = r.last.hi - r.first.hi - (r.last.lo < r.first.lo ? 1 : 0);
        sum.lo += low;
        sum.hi += high + (sum.lo < low ? 1 : 0);
        sum = address_next(sum);
    }
    return sum.hi >> 32 != 0;
}

static enum exposure exposure_v6(struct ipset sources)
{
    struct address first = sources.at[0].first;
    struct address last = sources.at[sources.n - 1].last;
    if (first.hi >> 16 == last.hi >> 16) {
        return EXPOSURE_NARROW; /* within one /48 */
    }
    return is_broad_v6(sources) ? EXPOSURE_BROAD : EXPOSURE_LIMITED;
}

enum exposure exposure_of(struct arena *scratch, struct ipset sources)
{
    struct ipset space = internet_space(sources.family);
    struct ipset used = ipset_both(scratch, sources, space);
    if (ipset_is_empty(used)) {
        return EXPOSURE_NONE;
    }
    if (ipset_equal(used, space)) {
        return EXPOSURE_WORLD;
    }
    return sources.family == NET_V4 ? exposure_v4(used) : exposure_v6(used);
}

const char *exposure_name(enum exposure e)
{
    switch (e) {
    case EXPOSURE_NONE:
        return "none";
    case EXPOSURE_NARROW:
        return "narrow";
    case EXPOSURE_LIMITED:
        return "limited";
    case EXPOSURE_BROAD:
        return "broad";
    case EXPOSURE_SERVICE:
        return "service";
    case EXPOSURE_WORLD:
        return "world";
    }
    BUG("no such exposure: %d", (int)e);
}
