/*
 * The tables of SEMANTICS 3.1, rebuilt here by subtracting the blocks that it names, and the
 * thresholds of 3.2 with their neighbours.
 */
#include "tests/check.h"

#include "net/internet.h"

static struct prefix prefix_of(const char *text)
{
    struct prefix p = {NET_V4, 0, {0, 0}};
    assert_true(prefix_parse(str_from(text), &p, NULL));
    return p;
}

static struct ipset set_of(struct arena *a, enum net_family f, const char *const *list)
{
    struct ipset s = ipset_empty(f);
    for (; *list != NULL; list++) {
        s = ipset_union(a, s, ipset_of(a, prefix_of(*list)));
    }
    return s;
}

static void the_tables_are_what_is_left_of_the_named_blocks(void **state)
{
    (void)state;
    static const char *const not_v4[] = {
        "0.0.0.0/8",      "10.0.0.0/8",     "100.64.0.0/10", "127.0.0.0/8",
        "169.254.0.0/16", "172.16.0.0/12",  "192.0.0.0/24",  "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",   NULL};
    static const char *const not_v6[] = {"2001:2::/48",   "2001:10::/28", "2001:20::/28",
                                         "2001:db8::/32", "3fff::/20",    NULL};
    static const char *const docs_v4[] = {"192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24",
                                          NULL};
    static const char *const docs_v6[] = {"2001:db8::/32", "3fff::/20", NULL};
    struct arena a = {0};
    struct ipset v4 = ipset_minus(&a, ipset_all(NET_V4), set_of(&a, NET_V4, not_v4));
    struct ipset v6 =
        ipset_minus(&a, ipset_of(&a, prefix_of("2000::/3")), set_of(&a, NET_V6, not_v6));
    assert_true(ipset_equal(internet_space(NET_V4), v4));
    assert_true(ipset_equal(internet_space(NET_V6), v6));
    assert_int_equal(ipset_count(internet_space(NET_V4)), 3702258432);
    assert_true(ipset_equal(internet_documentation(NET_V4), set_of(&a, NET_V4, docs_v4)));
    assert_true(ipset_equal(internet_documentation(NET_V6), set_of(&a, NET_V6, docs_v6)));
    arena_release(&a);
}

static void well_known_addresses_are_on_their_side(void **state)
{
    (void)state;
    static const struct {
        const char *address;
        bool internet;
    } rows[] = {
        {"0.255.255.255", false},
        {"1.0.0.0", true},
        {"8.8.8.8", true},
        {"9.255.255.255", true},
        {"10.0.0.0", false},
        {"10.255.255.255", false},
        {"11.0.0.0", true},
        {"100.63.255.255", true},
        {"100.64.0.0", false},
        {"100.127.255.255", false},
        {"100.128.0.0", true},
        {"127.0.0.1", false},
        {"169.254.169.254", false},
        {"172.15.255.255", true},
        {"172.31.255.255", false},
        {"172.32.0.0", true},
        {"192.0.0.255", false},
        {"192.0.1.0", true},
        {"192.88.99.1", false},
        {"192.169.0.0", true},
        {"198.19.255.255", false},
        {"198.41.0.4", true},
        {"223.255.255.255", true},
        {"224.0.0.0", false},
        {"255.255.255.255", false},
        {"::", false},
        {"::1", false},
        {"::ffff:8.8.8.8", false},
        {"1fff:ffff::", false},
        {"2000::", true},
        {"2001:2::1", false},
        {"2001:2:1::", true},
        {"2001:f:ffff::", true},
        {"2001:10::", false},
        {"2001:2f:ffff::", false},
        {"2001:30::", true},
        {"2001:db8::1", false},
        {"2606:4700:4700::1111", true},
        {"3fff:fff:ffff::", false},
        {"3fff:1000::", true},
        {"3fff:ffff:ffff::", true},
        {"4000::", false},
        {"fc00::1", false},
        {"fe80::1", false},
        {"ff02::1", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct prefix p = prefix_of(rows[i].address);
        if (ipset_has(internet_space(p.family), p.first) != rows[i].internet) {
            fail_msg("%s is on the wrong side", rows[i].address);
        }
    }
}

static void exposure_follows_the_thresholds(void **state)
{
    (void)state;
    static const struct {
        enum net_family family;
        const char *sources[5];
        enum exposure label;
    } rows[] = {
        {NET_V4, {NULL}, EXPOSURE_NONE},
        {NET_V4, {"10.0.0.0/8", "192.168.0.0/16"}, EXPOSURE_NONE},
        {NET_V4, {"203.0.113.0/24"}, EXPOSURE_NONE},
        {NET_V4, {"8.8.8.8/32"}, EXPOSURE_NARROW},
        {NET_V4, {"8.8.8.0/24"}, EXPOSURE_NARROW},                /* 256 */
        {NET_V4, {"8.8.8.0/24", "10.0.0.0/8"}, EXPOSURE_NARROW},  /* private ones do not count */
        {NET_V4, {"8.8.8.0/24", "9.9.9.9/32"}, EXPOSURE_LIMITED}, /* 257 */
        {NET_V4, {"8.8.8.0/24", "9.9.9.0/24"}, EXPOSURE_LIMITED},
        {NET_V4, {"8.0.0.0/9"}, EXPOSURE_LIMITED},
        {NET_V4, {"8.0.0.0/9", "8.128.0.0/10", "8.192.0.0/10"}, EXPOSURE_BROAD}, /* 2^24 */
        {NET_V4, {"9.0.0.0/8"}, EXPOSURE_BROAD},
        {NET_V4, {"100.0.0.0/8"}, EXPOSURE_LIMITED}, /* a quarter of it is shared space */
        {NET_V4, {"0.0.0.0/2"}, EXPOSURE_BROAD},
        {NET_V4, {"0.0.0.0/0"}, EXPOSURE_WORLD},
        {NET_V4, {"0.0.0.0/1", "128.0.0.0/1"}, EXPOSURE_WORLD},
        {NET_V4, {"0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3"}, EXPOSURE_WORLD}, /* no class D, E */
        {NET_V4, {"0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/4"}, EXPOSURE_BROAD},
        {NET_V6, {NULL}, EXPOSURE_NONE},
        {NET_V6, {"fc00::/7", "fe80::/10", "::ffff:0.0.0.0/96"}, EXPOSURE_NONE},
        {NET_V6, {"2001:db8::/32"}, EXPOSURE_NONE},
        {NET_V6, {"2606:4700::1/128"}, EXPOSURE_NARROW},
        {NET_V6, {"2606:4700:1::/48"}, EXPOSURE_NARROW},
        {NET_V6, {"2606:4700:1::/49", "2606:4700:1:ffff::/64", "fc00::/7"}, EXPOSURE_NARROW},
        {NET_V6, {"2606:4700:1::1/128", "2606:4700:2::1/128"}, EXPOSURE_LIMITED},
        {NET_V6, {"2606:4700::/47"}, EXPOSURE_LIMITED},
        {NET_V6, {"2606:4700::/33"}, EXPOSURE_LIMITED},
        {NET_V6, {"2606:4700::/33", "2606:4701::/33"}, EXPOSURE_BROAD}, /* 2^95 + 2^95 */
        {NET_V6, {"2606:4700::/32"}, EXPOSURE_BROAD},
        {NET_V6, {"2000::/3"}, EXPOSURE_WORLD},
        {NET_V6, {"::/0"}, EXPOSURE_WORLD},
        {NET_V6, {"::/1", "8000::/1"}, EXPOSURE_WORLD},
        {NET_V6, {"2000::/4"}, EXPOSURE_BROAD},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena a = {0};
        enum exposure e = exposure_of(&a, set_of(&a, rows[i].family, rows[i].sources));
        if (e != rows[i].label) {
            fail_msg("row %zu is %s", i, exposure_name(e));
        }
        arena_release(&a);
    }
}

/* 2^96 - 1 addresses are limited, one more is broad: the sum must not lose a carry. */
static void the_ipv6_sum_is_exact(void **state)
{
    (void)state;
    struct arena a = {0};
    struct ip_range ranges[] = {
        {{0x2606470000000000, 1}, {0x26064700ffffffff, UINT64_MAX}},
        {{0x2606480000000000, 0}, {0x2606480000000000, 0}},
    };
    assert_int_equal(exposure_of(&a, (struct ipset){NET_V6, ranges, 1}), EXPOSURE_LIMITED);
    assert_int_equal(exposure_of(&a, (struct ipset){NET_V6, ranges, 2}), EXPOSURE_BROAD);
    /* From 2 on into the next 2^96: the difference of the low halves borrows. */
    struct ip_range borrows = {{0x2606470000000000, 2}, {0x2606470100000000, 0}};
    assert_int_equal(exposure_of(&a, (struct ipset){NET_V6, &borrows, 1}), EXPOSURE_LIMITED);
    borrows.last.lo = 1;
    assert_int_equal(exposure_of(&a, (struct ipset){NET_V6, &borrows, 1}), EXPOSURE_BROAD);
    /* 2^96 - 5 and 6 more: the sum of the low halves carries. */
    struct ip_range carries[] = {
        {{0x2606470000000000, 0}, {0x26064700ffffffff, UINT64_MAX - 5}},
        {{0x2606480000000000, 0}, {0x2606480000000000, 5}},
    };
    assert_int_equal(exposure_of(&a, (struct ipset){NET_V6, carries, 2}), EXPOSURE_BROAD);
    carries[1].last.lo = 3;
    assert_int_equal(exposure_of(&a, (struct ipset){NET_V6, carries, 2}), EXPOSURE_LIMITED);
    arena_release(&a);
}

static void labels_have_names_in_order(void **state)
{
    (void)state;
    static const char *const names[] = {"none", "narrow", "limited", "broad", "service", "world"};
    for (int i = 0; i <= EXPOSURE_WORLD; i++) {
        assert_string_equal(exposure_name((enum exposure)i), names[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tables_are_what_is_left_of_the_named_blocks),
        cmocka_unit_test(well_known_addresses_are_on_their_side),
        cmocka_unit_test(exposure_follows_the_thresholds),
        cmocka_unit_test(the_ipv6_sum_is_exact),
        cmocka_unit_test(labels_have_names_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
